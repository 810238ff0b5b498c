#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include <entente/base/draws.hpp>
#include <entente/base/hash.hpp>
#include <entente/model/compiler.hpp>

namespace entente {
namespace {

/// Places of a step's own draws; those in its text are numbered from 1.
constexpr int firing_place = 0;

}  // namespace

Value Compiler::clamped(ProgramBuilder& builder, Value value, const Range& range) const {
    if (range.low > -std::numeric_limits<double>::infinity()) value = builder.op(Op::maximum, value, builder.constant(range.low));
    if (range.high < std::numeric_limits<double>::infinity()) value = builder.op(Op::minimum, value, builder.constant(range.high));
    return value;
}

Check Compiler::check(Check::Demand demand, std::string what) const {
    return {demand, std::move(what), shown_step_, shown_row_};
}

Value Compiler::checked(Draft& draft, Value value, const Formula& formula, Check::Demand demand, std::string what) {
    draft.builder.check(value, draft.mask, check(demand, std::move(what)), lowering_.operands(*formula.tree, draft.scope, draft.passes));
    return value;
}

/// Over the rows on which the step may do something, as far as that is known before anything runs.
CompiledStep Compiler::step(const Step& step) {
    CompiledStep compiled{.name = step.name, .passes = {}, .rows = model_.tables[step.on].rows, .on = step.on};
    lowering_.begin_step();
    const RowList* rows = &rows_where(step);
    for (;;) {
        const Lowering::Checkpoint before = lowering_.checkpoint();
        ProgramBuilder builder = lowering_.builder(rows->rows);
        Draft draft(step, builder, lowering_.rows_of(*rows), lowering_.stream(step.name, stable_hash(step.name)));
        draft.rows = rows;
        fill_in(draft);
        if (lowering_.known()) {
            const RowFlags changed = rows_changed(draft);
            const auto count = std::ranges::count(changed, true);
            if (Lowering::is_worth_a_list(count, rows->rows) && rows->rows > 0) {
                RowFlags wanted(static_cast<std::size_t>(compiled.rows));
                for (std::size_t row = 0; row < changed.size(); ++row)
                    if (changed[row]) wanted[static_cast<std::size_t>(maps_.at(rows->at, static_cast<std::int64_t>(row)))] = true;
                lowering_.roll_back(before);
                rows = &lowering_.list(step.on, wanted);
                continue;
            }
            note_changes(draft);
        }
        for (std::int64_t row = 0; row < rows->rows; ++row) note_asked(draft, static_cast<std::size_t>(row), maps_.at(rows->at, row));
        if (rows->rows > 0) finish(draft, compiled.passes);
        record_left_out(step, *rows);
        return compiled;
    }
}

/// The step's program, up to what it stores.
void Compiler::fill_in(Draft& draft) {
    const Step& step = draft.step;
    ProgramBuilder& builder = draft.builder;
    if (step.where) draft.mask = lowering_.truth(*step.where->tree, draft.scope, draft.passes);
    if (draft.mask && builder.is_constant(draft.mask) && builder.constant_of(draft.mask) != 0) draft.mask = {};
    if (step.form != Step::Form::choice) ask(draft, draft.mask);
    if (draft.mask) builder.skip_unless(draft.mask);
    if (step.form == Step::Form::choice) {
        choose(draft);
    } else if (step.form != Step::Form::rule) {
        const Value count = driven(draft);
        fire(draft, draft.mask ? builder.op(Op::select, draft.mask, count, builder.constant(0)) : count);
    }
    store_chance_kept(draft);
    statements(draft);
}

/// Events by probability, rate and expected count: how often each row's event fires this tick.
Value Compiler::driven(Draft& draft) {
    assert(draft.step.drive);
    ProgramBuilder& b = draft.builder;
    const Step& step = draft.step;
    const Value x = lowering_.value(*step.drive->tree, draft.scope, draft.passes);
    const Value dt = b.constant(model_.calendar.dt());
    const auto uniform = [&] {
        return lowering_.uniform_draw(draft.scope, draft.scope.owner.stream, firing_place, step.on, *draft.scope.binding.own);
    };
    if (step.form == Step::Form::probability) {
        checked(draft, x, *step.drive, Check::Demand::probability, "probability: " + step.drive->text.value);
        keep_chance(draft, x);
        const bool surely = b.is_constant(x) && b.constant_of(x) == 1;
        return as_on_record_by_probability(draft, surely ? x : b.op(Op::less, uniform(), x), x);
    }
    if (step.form == Step::Form::rate) {
        checked(draft, x, *step.drive, Check::Demand::not_negative, "rate: " + step.drive->text.value);
        const Value expected = b.op(Op::multiply, x, dt);
        if (chances_) keep_chance(draft, b.op(Op::negate, b.op(Op::expm1, b.op(Op::negate, expected))));
        return as_on_record_by_rate(draft, b.op(Op::fires, uniform(), expected), expected);
    }
    checked(draft, x, *step.drive, Check::Demand::not_negative, "count: " + step.drive->text.value);
    const Value expected = b.op(Op::multiply, x, dt);
    keep_chance(draft, expected);
    return as_on_record_by_count(draft, b.op(Op::poisson, uniform(), expected), expected);
}

void Compiler::keep_chance(Draft& draft, Value chance) const {
    if (chances_) draft.chance = chance;
}

/// Where it fired.
void Compiler::store_chance_kept(Draft& draft) {
    if (!draft.chance) return;
    draft.builder.store(lowering_.effect(model_.events[draft.step.event].chance, *draft.scope.binding.own), draft.chance, draft.mask);
}

/// Leaves blocks in which nothing fired; elsewhere the firings are counted where later steps, measures and the log find them.
void Compiler::fire(Draft& draft, Value count) {
    assert(!draft.count && draft.step.event.value >= 0);  // a step fires once
    ProgramBuilder& b = draft.builder;
    const ColumnId counts = model_.events[draft.step.event].count;
    draft.count = b.op(Op::add, lowering_.read(b, counts, *draft.scope.binding.own), count);  // to what the timeline fired
    draft.mask = lowering_.truth(b, count);
    draft.frame.event = draft.step.event;
    draft.frame.fired = count;
    b.skip_unless(draft.mask);
}

Value Compiler::gumbel(Scope& scope, std::uint64_t stream, KindId kind, const Route& route) {
    ProgramBuilder& b = scope.builder;
    const Value u = lowering_.uniform_draw(scope, stream, firing_place, kind, route);
    const Value open = b.op(Op::add, u, b.constant(0x1p-53));
    return b.op(Op::negate, b.op(Op::log, b.op(Op::negate, b.op(Op::log, open))));
}

Value Compiler::scaled(const Step& step, Scope& scope, std::vector<Pass>& passes, Value utility, Value mask) {
    ProgramBuilder& b = scope.builder;
    if (!step.temperature) return utility;
    const Value temperature = lowering_.value(*step.temperature->tree, scope, passes);
    b.check(temperature, mask, check(Check::Demand::positive, "temperature: " + step.temperature->text.value),
            lowering_.operands(*step.temperature->tree, scope, passes));
    return b.op(Op::divide, utility, temperature);
}

/// What is known where only the source of the links is.
Scope Compiler::at_source(const Draft& draft, ProgramBuilder& builder, const Binding& source, const Route& route) {
    Scope scope{builder, source, draft.scope.owner, nullptr, nullptr};
    scope.binding.kind = draft.step.on;
    scope.binding.own.reset();
    scope.binding.source = route;
    return scope;
}

Value Compiler::outside_option(const Step& step, Scope& scope, std::vector<Pass>& passes) {
    ProgramBuilder& b = scope.builder;
    Value utility = b.constant(0);
    if (step.outside) {
        utility = lowering_.value(*step.outside->tree, scope, passes);
        b.check(utility, {}, check(Check::Demand::finite, "outside: " + step.outside->text.value),
                lowering_.operands(*step.outside->tree, scope, passes));
    }
    return scaled(step, scope, passes, utility, {});
}

std::uint64_t Compiler::outside_stream(const Step& step, const Scope& scope) {
    return lowering_.stream("outside of " + step.name, mix(scope.owner.stream, stable_hash("outside")));
}

Value Compiler::link_utility(const Step& step, Scope& scope, std::vector<Pass>& passes, Value mask) {
    ProgramBuilder& b = scope.builder;
    const Value utility = lowering_.value(*step.drive->tree, scope, passes);
    b.check(utility, mask, check(Check::Demand::finite, "choice: " + step.drive->text.value),
            lowering_.operands(*step.drive->tree, scope, passes));
    return scaled(step, scope, passes, utility, mask);
}

Value Compiler::link_score(const Step& step, Scope& scope, std::vector<Pass>& passes, Value mask) {
    const Value utility = link_utility(step, scope, passes, mask);
    return scope.builder.op(Op::add, utility, gumbel(scope, scope.owner.stream, step.on, *scope.binding.own));
}

/// Multinomial logit by the Gumbel maximum: of utility / temperature + Gumbel noise, the largest of a source's links and of
/// its outside option is chosen (McFadden 1974). One draw a link and one a source, so that a new link shifts no other's.
void Compiler::choose(Draft& draft) {
    const Step& step = draft.step;
    if (StepConditions* on_record = conditions_of(step)) return choose_as_on_record(draft, *on_record);
    const Table& table = model_.tables[step.on];
    const RowList& links = *draft.rows;
    const Route source_row = maps_.source_of(links.at, step.on, links.rows);
    const RowList& sources = lowering_.list(table.source_kind, lowering_.reached(table.source_kind, {{source_row, links.rows}}));
    const ColumnId best = lowering_.add_column("best of " + step.name, sources.domain);
    const ColumnId score = lowering_.add_column("score of " + step.name, links.domain);
    const ColumnId stays = chances_ ? lowering_.add_column("outside of " + step.name, sources.domain) : ColumnId{};
    const ColumnId utility = chances_ ? lowering_.add_column("utility of " + step.name, links.domain) : ColumnId{};
    {  // the outside option of every source
        ProgramBuilder b = lowering_.builder(sources.rows);
        Scope scope = at_source(draft, b, lowering_.rows_of(sources), sources.at);
        const Value outside = outside_option(step, scope, draft.passes);
        b.store({best, {}}, b.op(Op::add, outside, gumbel(scope, outside_stream(step, scope), table.source_kind, sources.at)), {});
        if (chances_) b.store({stays, {}}, outside, {});
        draft.passes.push_back(RunProgram{lowering_.add_program(b.finish(), sources.domain, step.name)});
    }
    const Route source = lowering_.within(sources, source_row, links.rows);
    {  // every link's score, and each source's best
        ProgramBuilder b = lowering_.builder(links.rows);
        Scope scope{b, draft.scope.binding, draft.scope.owner, nullptr, nullptr};
        const Value mask = step.where ? lowering_.truth(*step.where->tree, scope, draft.passes) : Value{};
        if (mask && !chances_) b.skip_unless(mask);  // what is left of older scores there is never looked at
        const Value value = link_utility(step, scope, draft.passes, mask);
        if (chances_) b.store({utility, {}}, mask ? b.op(Op::select, mask, value, b.constant(-std::numeric_limits<double>::infinity())) : value, {});
        const Value noisy = b.op(Op::add, value, gumbel(scope, scope.owner.stream, step.on, *scope.binding.own));
        b.contribute(Op::contribute_max, lowering_.effect(best, source), noisy, mask);
        b.store({score, {}}, mask ? b.op(Op::select, mask, noisy, b.constant(-std::numeric_limits<double>::infinity())) : noisy, {});
        draft.passes.push_back(RunProgram{lowering_.add_program(b.finish(), links.domain, step.name)});
    }
    ProgramBuilder& b = draft.builder;
    Value chosen = b.op(Op::equal, b.load({score, {}}), lowering_.read(b, best, source));
    if (draft.mask) chosen = b.op(Op::logical_and, draft.mask, chosen);
    if (chances_) keep_chance(draft, share_of_choice(draft, sources, source, stays, utility));
    fire(draft, chosen);
}

/// exp(u - m) / sum over all that the source might choose of exp(u - m), m the largest utility.
Value Compiler::share_of_choice(Draft& draft, const RowList& sources, const Route& source, ColumnId outside, ColumnId utility) {
    const std::string& name = draft.step.name;
    const RowList& links = *draft.rows;
    const ColumnId top = lowering_.add_column("top of " + name, sources.domain), total = lowering_.add_column("all chances of " + name, sources.domain);
    const auto over = [&](const RowList& rows, const auto& write) {
        ProgramBuilder b = lowering_.builder(rows.rows);
        write(b);
        draft.passes.push_back(RunProgram{lowering_.add_program(b.finish(), rows.domain, name)});
    };
    over(sources, [&](ProgramBuilder& b) { b.store({top, {}}, b.load({outside, {}}), {}); });
    over(links, [&](ProgramBuilder& b) { b.contribute(Op::contribute_max, lowering_.effect(top, source), b.load({utility, {}}), {}); });
    over(sources, [&](ProgramBuilder& b) { b.store({total, {}}, b.op(Op::exp, b.op(Op::subtract, b.load({outside, {}}), b.load({top, {}}))), {}); });
    const auto weight = [&](ProgramBuilder& b) { return b.op(Op::exp, b.op(Op::subtract, b.load({utility, {}}), lowering_.read(b, top, source))); };
    over(links, [&](ProgramBuilder& b) { b.contribute(Op::contribute, lowering_.effect(total, source), weight(b), {}); });
    return draft.builder.op(Op::divide, weight(draft.builder), lowering_.read(draft.builder, total, source));
}

void Compiler::statements(Draft& draft) {
    draft.scope.frame = &draft.frame;
    for (const Statement& one : draft.step.statements) statement(draft, one);
}

void Compiler::statement(Draft& draft, const Statement& statement) {
    ProgramBuilder& b = draft.builder;
    Value value = lowering_.value(*statement.value.tree, draft.scope, draft.passes);
    if (statement.on != Statement::On::own) return contribute(draft, statement, value);
    const KindId kind = draft.step.on;
    const auto found = draft.frame.assigned.find(statement.field);
    const auto now = [&] {
        return found != draft.frame.assigned.end()
                   ? found->second
                   : lowering_.read(b, lowering_.field_column(kind, statement.field), *draft.scope.binding.own);
    };
    keep(draft, statement, value);
    if (statement.op == Statement::Op::add) value = b.op(Op::add, now(), value);
    if (statement.op == Statement::Op::subtract) value = b.op(Op::subtract, now(), value);
    if (statement.op == Statement::Op::multiply) value = b.op(Op::multiply, now(), value);
    auto names = lowering_.operands(*statement.value.tree, draft.scope, draft.passes);
    const std::string& own = field(kind, statement.field).name;
    const bool shown = std::any_of(names.begin(), names.end(), [&](const auto& name) { return name.first == own; });
    if (statement.op != Statement::Op::set && !shown) names.insert(names.begin(), {own, now()});
    b.check(value, draft.mask, check(Check::Demand::finite, statement.text.value), names);
    draft.frame.assigned[statement.field] = clamped(b, value, field(kind, statement.field).range);
    draft.unclamped[statement.field] = value;
}

/// To another row: summed over all rows in their order, added once when the step is over.
void Compiler::contribute(Draft& draft, const Statement& statement, Value value) {
    ProgramBuilder& b = draft.builder;
    const Binding& at = draft.scope.binding;
    const Table& table = model_.tables[draft.step.on];
    assert(table.is_link && statement.op != Statement::Op::set && statement.op != Statement::Op::multiply);  // what is summed up
    const RowPtr own = std::make_shared<RowRef>(RowRef{RowRef::Form::own, draft.step.on, {}, nullptr, nullptr});
    const RowRef::Form form = statement.on == Statement::On::source   ? RowRef::Form::source_of
                              : statement.on == Statement::On::target ? RowRef::Form::target_of
                                                                      : RowRef::Form::reverse_of;
    const KindId kind = statement.on == Statement::On::source   ? table.source_kind
                        : statement.on == Statement::On::target ? table.target_kind
                                                                : draft.step.on;
    const Route to = lowering_.route({form, kind, {}, own, nullptr}, at);
    if (to.form == Route::Form::fixed && to.row < 0) return;  // the reverse of a one-way link
    if (statement.op == Statement::Op::subtract) value = b.op(Op::negate, value);
    b.check(value, draft.mask, check(Check::Demand::finite, statement.text.value),
            lowering_.operands(*statement.value.tree, draft.scope, draft.passes));
    Contribution& all = draft.contributions[{kind, statement.field, statement.on}];
    if (all.value) {
        all.value = b.op(Op::add, all.value, value);
    } else {
        all = {{}, to, value, statement.text.value};
    }
}

/// Stores what was assigned and counted, and sums up what was contributed.
void Compiler::finish(Draft& draft, std::vector<Pass>& passes) {
    ProgramBuilder& b = draft.builder;
    std::vector<Pass> before;
    std::vector<Pass> after;
    store_own(draft, before, after);
    std::map<std::pair<KindId, FieldId>, const RowList*> reached;
    for (auto& [key, all] : draft.contributions) {
        const RowList*& rows = reached[{key.kind, key.field}];
        if (!rows) rows = &rows_contributed_to(draft, key.kind, key.field);
        all.rows = rows;
        all.sums = lowering_.add_column("contributions to " + column_name(key.kind, key.field), rows->domain);
        before.push_back(FillColumn{all.sums, 0});
        b.contribute(Op::contribute, lowering_.effect(all.sums, lowering_.within(*rows, all.to, draft.scope.binding.rows)), all.value, draft.mask);
    }
    passes.insert(passes.end(), draft.passes.begin(), draft.passes.end());
    passes.insert(passes.end(), before.begin(), before.end());
    passes.push_back(RunProgram{lowering_.add_program(b.finish(), draft.scope.binding.domain, draft.step.name)});
    passes.insert(passes.end(), after.begin(), after.end());
    apply_contributions(draft, passes);
}

/// The rows that contributions lead to; of a field that the step assigns too also its own.
const RowList& Compiler::rows_contributed_to(const Draft& draft, KindId kind, FieldId field) {
    std::vector<std::pair<Route, std::int64_t>> ways;
    for (const auto& [key, all] : draft.contributions)
        if (key.kind == kind && key.field == field) ways.emplace_back(all.to, draft.scope.binding.rows);
    if (kind == draft.step.on && draft.frame.assigned.contains(field)) ways.emplace_back(*draft.scope.binding.own, draft.scope.binding.rows);
    return lowering_.list(kind, lowering_.reached(kind, ways));
}

/// A column that the program reads on other rows too is written beside, and changed over when the step is over.
void Compiler::store_own(Draft& draft, std::vector<Pass>& before, std::vector<Pass>& after) {
    ProgramBuilder& b = draft.builder;
    const Binding& at = draft.scope.binding;
    assert(at.own);
    const Route own = *at.own;
    ProgramBuilder put_beside;
    ProgramBuilder put_back;
    const auto is_read_elsewhere = [&](ColumnId column) {
        const auto elsewhere = [&](const auto& uniform) { return uniform.column == column; };
        const auto by_map = [&](const Load& load) {
            return load.column == column && load.map.is_given() && (own.form != Route::Form::listed || load.map != own.map);
        };
        return own.form != Route::Form::fixed && (std::any_of(b.loads().begin(), b.loads().end(), by_map) ||
                                                  std::any_of(b.uniforms().begin(), b.uniforms().end(), elsewhere));
    };
    const auto store = [&](ColumnId column, Value value) {
        if (!is_read_elsewhere(column)) return b.store(lowering_.effect(column, own), value, draft.mask);
        const ColumnId next = lowering_.add_column("next " + model_.column(column).name, at.domain);
        b.store({next, {}}, value, draft.mask);
        if (own.form == Route::Form::identity) {
            if (draft.mask) before.push_back(CopyColumn{.from = column, .to = next});  // else every row is written
            after.push_back(SwapColumns{column, next});
            return;
        }
        if (draft.mask) put_beside.store({next, {}}, put_beside.load({column, own.map}), {});
        put_back.store({column, own.map}, put_back.load({next, {}}), {});
    };
    for (const auto& [id, clamped_value] : draft.frame.assigned) {
        const bool clamped_later = draft.contributions.contains({draft.step.on, id, Statement::On::reverse});
        store(lowering_.field_column(draft.step.on, id), clamped_later ? draft.unclamped.at(id) : clamped_value);
    }
    if (draft.count) store(model_.events[draft.step.event].count, draft.count);
    for (const auto& [builder, list] : {std::pair{&put_beside, &before}, std::pair{&put_back, &after}})
        if (!builder->effects().empty()) list->push_back(RunProgram{lowering_.add_program(builder->finish(), at.domain, draft.step.name)});
}

void Compiler::apply_contributions(Draft& draft, std::vector<Pass>& passes) {
    for (auto at = draft.contributions.begin(); at != draft.contributions.end();) {
        const auto [kind, id, first_end] = at->first;
        const std::string& text = at->second.text;
        const RowList& rows = *at->second.rows;
        assert(at->second.sums.value >= 0);  // finish() has made it
        const bool assigned = kind == draft.step.on && draft.frame.assigned.contains(id);
        ProgramBuilder b;
        Value added = b.load({at->second.sums, {}});
        for (++at; at != draft.contributions.end() && at->first.kind == kind && at->first.field == id; ++at)
            added = b.op(Op::add, added, b.load({at->second.sums, {}}));
        const Value something = b.op(Op::not_equal, added, b.constant(0));
        if (!assigned) b.skip_unless(something);
        apply(b, kind, id, lowering_.effect(lowering_.field_column(kind, id), rows.at), added, assigned ? Value{} : something,
              check(Check::Demand::finite, text));
        passes.push_back(RunProgram{lowering_.add_program(b.finish(), rows.domain, draft.step.name)});
    }
}

/// Adds what rows contributed to a field, where it is something, and clamps the sum. A field that was assigned in the same step was
/// not clamped then, so that it is on every row now (no mask).
void Compiler::apply(ProgramBuilder& b, KindId kind, FieldId id, const Effect& to, Value added, Value mask, Check check) {
    const Value before = b.load({.column = to.column, .map = to.map, .row = to.row});
    Value sum = b.op(Op::add, before, added);
    if (!mask) sum = b.op(Op::select, b.op(Op::not_equal, added, b.constant(0)), sum, before);
    b.check(sum, mask, std::move(check), {{field(kind, id).name, before}, {"all contributions", added}});
    b.store(to, clamped(b, sum, field(kind, id).range), mask);
}

}  // namespace entente
