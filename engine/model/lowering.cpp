#include <entente/model/lowering.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include <entente/base/draws.hpp>

namespace entente {
namespace {

/// Beyond this the code for every single row would outgrow the caches and the patience of who waits for it.
constexpr int most_unrolled_values = 100'000;

}  // namespace

Lowering::Lowering(const Scenario& scenario, Model& model, Maps& maps, std::vector<bool> varied, std::int64_t most_pairs, std::int64_t fewest_products)
    : scenario_(scenario), model_(model), maps_(maps), varied_(std::move(varied)), most_pairs_(most_pairs), fewest_products_(fewest_products) {
    for (const Parameter& parameter : scenario.parameters) {
        const double most = std::max(std::fabs(parameter.range.low), std::fabs(parameter.range.high));
        parameter_bounds_.push_back({most, false, false});
    }
}

ProgramBuilder Lowering::builder(std::int64_t rows) const {
    return ProgramBuilder(known_ ? std::make_shared<const KnownRows>(*known_, model_, parameter_bounds_, rows) : nullptr);
}

// -- rows ------------------------------------------------------------------------------------------------------------------------------

Binding Lowering::own_rows(KindId kind) const {
    Binding binding;
    binding.domain = domain_of(kind);
    binding.rows = model_.domain(binding.domain).rows;
    binding.kind = kind;
    binding.own = Route{};
    return binding;
}

Binding Lowering::one_row(KindId kind, RowIndex row) {
    Binding binding = world();
    binding.kind = kind;
    binding.own = Route{Route::Form::fixed, {}, row};
    binding.domain = model_.domains.add(
        {.name = fmt::format("one row of {}", model_.tables[kind].name), .rows = 1, .kind = {}, .shown_kind = kind, .shown_row = row});
    return binding;
}

Binding Lowering::world() const {
    Binding binding;
    binding.domain = world_domain();
    binding.rows = 1;
    return binding;
}

Route Lowering::route(const RowRef& row, const Binding& binding) {
    const auto of_own = [&] { return row.from->form == RowRef::Form::own; };
    switch (row.form) {
        case RowRef::Form::own:
            assert(binding.own);
            return *binding.own;
        case RowRef::Form::loop:
            assert(binding.loop);
            return *binding.loop;
        case RowRef::Form::member:
            return {Route::Form::fixed, {}, row.member.value};
        case RowRef::Form::source_of:
            if (of_own() && binding.source) return *binding.source;
            if (row.from->form == RowRef::Form::loop && binding.loop_source) return *binding.loop_source;
            return maps_.source_of(route(*row.from, binding), row.from->kind, binding.rows);
        case RowRef::Form::target_of:
            if (of_own() && binding.target) return *binding.target;
            if (row.from->form == RowRef::Form::loop && binding.loop_target) return *binding.loop_target;
            return maps_.target_of(route(*row.from, binding), row.from->kind, binding.rows);
        case RowRef::Form::reverse_of:
            return maps_.reverse_of(route(*row.from, binding), row.from->kind, binding.rows);
        case RowRef::Form::link_between:
            return maps_.between(route(*row.from, binding), route(*row.to, binding), row.kind, binding.rows);
    }
    return {};
}

Value Lowering::read(ProgramBuilder& builder, ColumnId column, const Route& route) const {
    if (route.form == Route::Form::identity) return builder.load({column, {}});
    if (route.form == Route::Form::listed) return builder.load({column, route.map});
    if (route.row < 0) return builder.constant(0);
    assert(route.row < model_.rows_of(column));
    if (known_ && !is_unrolled(builder))
        if (const RowFacts* facts = known_->facts(column); facts && facts->known[static_cast<std::size_t>(route.row)] == RowFacts::Known::yes)
            return builder.constant(facts->value[static_cast<std::size_t>(route.row)]);
    if (is_unrolled(builder)) {
        const Cell cell{column, route.row};
        if (const auto found = unrolled_->before.find(cell); found != unrolled_->before.end()) return found->second;
        if (const auto found = unrolled_->constants.find(cell); found != unrolled_->constants.end()) return builder.constant(found->second);
        return builder.load({.column = column, .row = route.row});
    }
    return builder.uniform({.form = Uniform::Form::row, .column = column, .row = route.row});
}

Effect Lowering::effect(ColumnId column, const Route& route) {
    if (route.form == Route::Form::identity) return {column, {}};
    if (route.form == Route::Form::listed) return {column, route.map};
    return {column, {}, route.row};
}

bool Lowering::may_be_absent(const Route& route) const {
    if (route.form != Route::Form::listed) return route.form == Route::Form::fixed && route.row < 0;
    const RowMap& map = model_.maps[route.map];
    return std::find(map.begin(), map.end(), no_row) != map.end();
}

Value Lowering::presence(ProgramBuilder& builder, const Route& route) {
    if (!may_be_absent(route)) return builder.constant(1);
    if (route.form == Route::Form::fixed) return builder.constant(0);
    return builder.load({.map = route.map, .presence = true});
}

ColumnId Lowering::add_column(std::string name, DomainId domain, double initial) {
    return model_.columns.add({std::move(name), domain, initial});
}

ProgramId Lowering::add_program(Program program, DomainId domain, std::string step) {
    return model_.programs.add({.program = std::move(program), .domain = domain, .step = std::move(step), .by_key = {}, .slices = {}});
}

// -- values ----------------------------------------------------------------------------------------------------------------------------

Value Lowering::truth(ProgramBuilder& builder, Value value) {
    return builder.is_boolean(value) ? value : builder.op(Op::not_equal, value, builder.constant(0));
}

Value Lowering::truth(const Expr& expr, Scope& scope, std::vector<Pass>& passes) {
    return truth(scope.builder, value(expr, scope, passes));
}

Value Lowering::value(const Expr& expr, Scope& scope, std::vector<Pass>& passes) {
    if (memory_.builder == &scope.builder) return lowered(expr, scope, passes);
    Memory outer = std::exchange(memory_, {&scope.builder, {}});
    const Value made = lowered(expr, scope, passes);
    memory_ = std::move(outer);
    return made;
}

Value Lowering::named(const Expr& tree, Scope& scope, std::vector<Pass>& passes) {
    const Binding& at = scope.binding;
    const Named key{&tree, scope.owner.stream, at.domain, at.own, at.source, at.target, scope.frame, scope.demand.get()};
    if (const auto known = memory_.values.find(key); known != memory_.values.end()) return known->second;
    const Value made = value(tree, scope, passes);
    return memory_.values[key] = made;
}

/// Calls may be nested as deep as an expression is long: what else there is to do stands apart, so that little of the stack is taken.
Value Lowering::lowered(const Expr& expr, Scope& scope, std::vector<Pass>& passes) {
    if (is_unrolled(scope.builder)) count_value();
    return expr.kind == Expr::Kind::call ? call(expr, scope, passes) : operand(expr, scope, passes);
}

void Lowering::count_value() {
    if (++unrolled_values_ > most_unrolled_values)
        throw NotUnrolled{{ByTable::Reason::too_many_values, static_cast<double>(unrolled_values_), most_unrolled_values}};
}

Value Lowering::operand(const Expr& expr, Scope& scope, std::vector<Pass>& passes) {
    ProgramBuilder& b = scope.builder;
    switch (expr.kind) {
        case Expr::Kind::number:
            return b.constant(expr.number);
        case Expr::Kind::parameter: {
            const auto p = static_cast<std::size_t>(expr.parameter.value);
            if (const ColumnId column = model_.parameter_columns[p].column; column.is_given()) return read(b, column, {Route::Form::fixed, {}, 0});
            return varied_[p] ? b.uniform({.form = Uniform::Form::parameter, .number = expr.parameter.value})
                              : b.constant(model_.parameter_values[p]);
        }
        case Expr::Kind::input: {
            const InputColumn& input = model_.inputs[expr.input];
            if (input.values->is_constant()) return b.constant(input.values->values.front());
            return read(b, input.column, {Route::Form::fixed, {}, 0});
        }
        case Expr::Kind::clock:
            return clock(b, expr.clock);
        case Expr::Kind::field:
            if (scope.frame && expr.row->form == RowRef::Form::own)
                if (const auto found = scope.frame->assigned.find(expr.field); found != scope.frame->assigned.end())
                    return found->second;
            return read(b, field_column(expr.row->kind, expr.field), route(*expr.row, scope.binding));
        case Expr::Kind::derived:
            return derived(expr, scope, passes);
        case Expr::Kind::event:
            if (scope.frame && expr.row->form == RowRef::Form::own && scope.frame->event == expr.event) return scope.frame->fired;
            return read(b, model_.events[expr.event].count, route(*expr.row, scope.binding));
        case Expr::Kind::let:
            return let(expr, scope, passes);
        case Expr::Kind::has:
            return presence(b, route(*expr.row, scope.binding));
        case Expr::Kind::same_row:
            return same_row(expr, scope);
        case Expr::Kind::call:
            return call(expr, scope, passes);
        case Expr::Kind::draw:
            return draw(expr, scope, passes);
        case Expr::Kind::aggregate:
            return aggregate(expr, scope, passes);
        case Expr::Kind::over_time:
            return over_time(expr, scope);
    }
    return {};
}

Value Lowering::clock(ProgramBuilder& builder, Clock clock) const {
    switch (clock) {
        case Clock::dt:
            return builder.constant(model_.calendar.dt());
        case Clock::tick:
            return builder.uniform({.form = Uniform::Form::tick});
        case Clock::t:
            return builder.uniform({.form = Uniform::Form::t});
        case Clock::year:
            return builder.uniform({.form = Uniform::Form::year});
        case Clock::month:
            return builder.uniform({.form = Uniform::Form::month});
    }
    return {};
}

/// What an accumulator holds at the end: `first` as years since the start, or NaN where it never came.
Value Lowering::over_time(const Expr& expr, Scope& scope) const {
    assert(scope.over_time && scope.over_time->contains(&expr));  // a measure's, at its end
    ProgramBuilder& b = scope.builder;
    const auto [kept, ticks] = scope.over_time->at(&expr);
    const Value value = b.load({kept, {}});
    if (ticks.value >= 0) return b.op(Op::divide, value, b.load({ticks, {}}));
    if (expr.over_time != OverTime::first) return value;
    const Value years = b.op(Op::multiply, value, b.constant(model_.calendar.dt()));
    return b.op(Op::select, b.op(Op::less, value, b.constant(0)), b.constant(std::numeric_limits<double>::quiet_NaN()), years);
}

/// A derived field is its expression, read on the row in question; of a link that does not exist it is 0, as its fields are.
Value Lowering::derived(const Expr& expr, Scope& scope, std::vector<Pass>& passes) {
    assert(expr.derived.value < std::ssize(scenario_.derived(expr.row->kind)));
    const Expr& tree = *scenario_.derived(expr.row->kind)[static_cast<std::size_t>(expr.derived.value)].value.tree;
    const bool own = expr.row->form == RowRef::Form::own;
    const Route at = route(*expr.row, scope.binding);
    if (at.form == Route::Form::fixed && at.row < 0) return scope.builder.constant(0);
    Binding binding;
    binding.domain = scope.binding.domain;
    binding.rows = scope.binding.rows;
    binding.kind = expr.row->kind;
    binding.own = at;
    Scope inner{scope.builder, binding, {}, own ? scope.frame : nullptr, nullptr, scope.demand};
    const Value result = named(tree, inner, passes);
    return may_be_absent(at) ? scope.builder.op(Op::select, presence(scope.builder, at), result, scope.builder.constant(0)) : result;
}

/// Row-local names hold what the row saw when the step began.
Value Lowering::let(const Expr& expr, Scope& scope, std::vector<Pass>& passes) {
    assert(scope.owner.lets && expr.let < std::ssize(*scope.owner.lets));
    Binding binding = scope.binding;
    binding.loop.reset();
    binding.loop_kind = {};
    Scope inner{scope.builder, binding, scope.owner, nullptr, nullptr, scope.demand};
    return named(*(*scope.owner.lets)[static_cast<std::size_t>(expr.let)].value.tree, inner, passes);
}

Value Lowering::same_row(const Expr& expr, Scope& scope) {
    const Route a = route(*expr.row, scope.binding);
    const Route b = route(*expr.other_row, scope.binding);
    if (a == b) return scope.builder.constant(1);
    if (a.form == Route::Form::fixed && b.form == Route::Form::fixed) return scope.builder.constant(0);
    RowMap same(static_cast<std::size_t>(scope.binding.rows));
    for (std::int64_t row = 0; row < scope.binding.rows; ++row)
        same[static_cast<std::size_t>(row)] = maps_.at(a, row) == maps_.at(b, row) ? 0 : no_row;
    return presence(scope.builder, maps_.listed(std::move(same), "same row"));
}

Value Lowering::call(const Expr& expr, Scope& scope, std::vector<Pass>& passes) {
    ProgramBuilder& b = scope.builder;
    if (expr.function == Function::power && expr.args[1]->kind == Expr::Kind::number && expr.args[1]->number == 2) {
        const Value x = lowered(*expr.args[0], scope, passes);
        return b.op(Op::multiply, x, x);
    }
    std::vector<Value> args;
    for (const ExprPtr& arg : expr.args)  // past value(), which would take more of the stack
        args.push_back(args.empty() || !first_decides(expr, b) ? lowered(*arg, scope, passes)
                                                               : lowered_where(*arg, args[0], is_for_true(expr, args.size()), scope, passes));
    return entry_of(expr.function).make(b, args, model_.calendar.dt());
}

/// A value that is looked at only where a condition comes out so.
Value Lowering::lowered_where(const Expr& expr, Value condition, bool truth, Scope& scope, std::vector<Pass>& passes) {
    std::shared_ptr<const RowFlags> outer = scope.demand;
    scope.demand = where_it_may_be(scope, condition, truth);
    const Value made = lowered(expr, scope, passes);
    scope.demand = std::move(outer);
    return made;
}

/// Whether the first argument decides where the others are looked at.
bool Lowering::first_decides(const Expr& expr, const ProgramBuilder& builder) const {
    const bool is_choice = expr.function == Function::conditional || expr.function == Function::logical_and || expr.function == Function::logical_or;
    return is_choice && known_ && !is_unrolled(builder);
}

/// Whether an argument is looked at where the first one holds, rather than where it does not.
bool Lowering::is_for_true(const Expr& expr, std::size_t argument) {
    return expr.function != Function::logical_or && argument != 2;
}

/// The rows demanded on which a condition may come out so.
std::shared_ptr<const RowFlags> Lowering::where_it_may_be(const Scope& scope, Value condition, bool truth) {
    const RowFacts* facts = scope.builder.facts(condition);
    if (!facts) return scope.demand;
    RowFlags made(facts->value.size());
    for (std::size_t row = 0; row < made.size(); ++row)
        made[row] = (!scope.demand || (*scope.demand)[row]) && !(truth ? facts->is_zero(row) : facts->is_not_zero(row));
    if (scope.demand ? made == *scope.demand : std::ranges::all_of(made, [](bool one) { return one; })) return scope.demand;
    return *demands_.emplace(std::make_shared<const RowFlags>(std::move(made))).first;
}

std::uint64_t Lowering::stream(std::string owner, std::uint64_t number) {
    owners_.try_emplace(number, std::move(owner));
    return number;
}

/// The uniform for one place in the text of a stream's owner.
Value Lowering::place_draw(ProgramBuilder& builder, std::uint64_t owner, int place, IdentityId identity) {
    const std::uint64_t number = mix(owner, static_cast<std::uint64_t>(place / 2));
    if (const auto found = owners_.find(owner); found != owners_.end())
        model_.record.draws.try_emplace(number, DrawName{found->second, place / 2});
    return builder.draw({number, identity}, place % 2);
}

Value Lowering::uniform_draw(Scope& scope, std::uint64_t stream, int place, KindId kind, const Route& route) {
    return place_draw(scope.builder, stream, place, maps_.identity(route, kind, scope.binding.rows));
}

/// One fresh uniform for each row, tick and place in the text, made into the distribution asked for by its inverse.
Value Lowering::draw(const Expr& expr, Scope& scope, std::vector<Pass>& passes) {
    ProgramBuilder& b = scope.builder;
    std::vector<Value> args;
    for (const ExprPtr& arg : expr.args) args.push_back(value(*arg, scope, passes));
    const Binding& at = scope.binding;
    assert(at.own || at.source);  // a draw is some row's
    IdentityId identity = at.own ? maps_.identity(*at.own, at.kind, at.rows)
                                 : maps_.identity(*at.source, model_.tables[at.kind].source_kind, at.rows);
    if (at.loop) identity = maps_.pair_identity(identity, maps_.identity(*at.loop, at.loop_kind, at.rows));
    const Value u = place_draw(b, scope.owner.stream, expr.place_number, identity);
    const auto scaled = [&](Value z) { return b.op(Op::add, args[0], b.op(Op::multiply, args[1], z)); };
    switch (expr.draw) {
        case Draw::uniform:
            return b.op(Op::add, args[0], b.op(Op::multiply, b.op(Op::subtract, args[1], args[0]), u));
        case Draw::normal:
            return scaled(b.op(Op::normal, u));
        case Draw::lognormal:
            return b.op(Op::exp, scaled(b.op(Op::normal, u)));
        case Draw::bernoulli: {  // a chance outside 0 to 1 has no meaning: NaN, which stops the run where it is written
            const Value valid =
                b.op(Op::logical_and, b.op(Op::less_equal, b.constant(0), args[0]), b.op(Op::less_equal, args[0], b.constant(1)));
            return b.op(Op::select, valid, b.op(Op::less, u, args[0]), b.constant(std::numeric_limits<double>::quiet_NaN()));
        }
        case Draw::poisson:
            return b.op(Op::poisson, u, args[0]);
        case Draw::exponential:
            return b.op(Op::select, b.op(Op::less_equal, b.constant(0), args[0]),
                        b.op(Op::divide, b.op(Op::negate, b.op(Op::log1p, b.op(Op::negate, u))), args[0]),
                        b.constant(std::numeric_limits<double>::quiet_NaN()));
    }
    return {};
}

std::vector<std::pair<std::string, Value>> Lowering::operands(const Expr& expr, Scope& scope, std::vector<Pass>& passes) {
    constexpr std::size_t most = 8;
    std::vector<std::pair<std::string, Value>> found;
    const auto visit = [&](const auto& self, const Expr& e) -> void {
        if (e.kind == Expr::Kind::number || found.size() >= most) return;
        if (e.kind == Expr::Kind::call) {
            const std::shared_ptr<const RowFlags> outer = scope.demand;
            for (std::size_t number = 0; number < e.args.size(); ++number) {
                if (number > 0 && first_decides(e, scope.builder))
                    scope.demand = where_it_may_be(scope, value(*e.args[0], scope, passes), is_for_true(e, number));
                self(self, *e.args[number]);
                scope.demand = outer;
            }
            return;
        }
        const auto same = [&](const auto& entry) { return entry.first == e.text; };
        if (std::none_of(found.begin(), found.end(), same)) found.emplace_back(e.text, value(e, scope, passes));
    };
    visit(visit, expr);
    return found;
}

}  // namespace entente
