// Aggregates: hoisted to the coarsest key they depend on, computed once for each of its rows before the step's own program runs.

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

#include <entente/base/problem.hpp>
#include <entente/model/lowering.hpp>

namespace entente {
Mentions& Mentions::operator|=(const Mentions& other) {
    own |= other.own;
    source |= other.source;
    target |= other.target;
    return *this;
}

Mentions Lowering::mentions(const RowRef& row) {
    Mentions found;
    if (row.form == RowRef::Form::own) found.own = true;
    if (row.form == RowRef::Form::source_of && row.from->form == RowRef::Form::own) return {false, true, false};
    if (row.form == RowRef::Form::target_of && row.from->form == RowRef::Form::own) return {false, false, true};
    if (row.from) found |= mentions(*row.from);
    if (row.to) found |= mentions(*row.to);
    return found;
}

/// A draw is fresh on every row of the step, so whatever draws depends on the row.
Mentions Lowering::mentions(const Expr& expr, const TextOwner& owner) const {
    Mentions found;
    if (expr.kind == Expr::Kind::draw) found.own = true;
    if (expr.kind == Expr::Kind::let) {
        const Expr* tree = (*owner.lets)[static_cast<std::size_t>(expr.let)].value.tree.get();
        const auto known = let_mentions_.find(tree);
        found |= known != let_mentions_.end() ? known->second : let_mentions_[tree] = mentions(*tree, owner);
    }
    if (expr.row) found |= mentions(*expr.row);
    if (expr.other_row) found |= mentions(*expr.other_row);
    if (expr.over.anchor) found |= mentions(*expr.over.anchor);
    for (const ExprPtr& arg : expr.args) found |= mentions(*arg, owner);
    if (expr.filter) found |= mentions(*expr.filter, owner);
    return found;
}

std::string Lowering::signature(const RowRef& row) {
    return fmt::format("{}:{}:{}({},{})", static_cast<int>(row.form), row.kind.value, row.member.value,
                       row.from ? signature(*row.from) : "", row.to ? signature(*row.to) : "");
}

int Lowering::let_number(const Expr& tree, const TextOwner& owner) const {
    const std::pair key{&tree, owner.stream};
    if (const auto known = let_numbers_.find(key); known != let_numbers_.end()) return known->second;
    const int number = signatures_.try_emplace(signature(tree, owner), static_cast<int>(signatures_.size())).first->second;
    return let_numbers_[key] = number;
}

/// Two expressions with one signature have one meaning.
std::string Lowering::signature(const Expr& expr, const TextOwner& owner) const {
    std::string text = fmt::format("{}", static_cast<int>(expr.kind));
    switch (expr.kind) {
        case Expr::Kind::number:
            text += fmt::format("={}", expr.number);
            break;
        case Expr::Kind::parameter:
            text += fmt::format("p{}", expr.parameter.value);
            break;
        case Expr::Kind::input:
            text += fmt::format("i{}", expr.input.value);
            break;
        case Expr::Kind::clock:
            text += fmt::format("c{}", static_cast<int>(expr.clock));
            break;
        case Expr::Kind::field:
            text += fmt::format("f{}", expr.field.value);
            break;
        case Expr::Kind::derived:
            text += fmt::format("d{}", expr.derived.value);
            break;
        case Expr::Kind::event:
            text += fmt::format("e{}", expr.event.value);
            break;
        case Expr::Kind::let:
            text += fmt::format("l{}", let_number(*(*owner.lets)[static_cast<std::size_t>(expr.let)].value.tree, owner));
            break;
        case Expr::Kind::call:
            text += fmt::format("o{}", static_cast<int>(expr.function));
            break;
        case Expr::Kind::draw:
            text += fmt::format("r{}.{}.{}", static_cast<int>(expr.draw), expr.place_number, owner.stream);
            break;
        case Expr::Kind::aggregate:
            text += fmt::format("a{}.{}.{}", static_cast<int>(expr.aggregate), static_cast<int>(expr.over.form), expr.over.kind.value);
            if (expr.over.anchor) text += "@" + signature(*expr.over.anchor);
            break;
        case Expr::Kind::has:
        case Expr::Kind::same_row:
            break;
        case Expr::Kind::over_time:
            text += fmt::format("t{}", static_cast<int>(expr.over_time));
            break;
    }
    if (expr.row) text += "[" + signature(*expr.row) + "]";
    if (expr.other_row) text += "[" + signature(*expr.other_row) + "]";
    for (const ExprPtr& arg : expr.args) text += "(" + signature(*arg, owner) + ")";
    if (expr.filter) text += "?(" + signature(*expr.filter, owner) + ")";
    return text;
}

Value Lowering::aggregate(const Expr& expr, Scope& scope, std::vector<Pass>& passes) {
    if (is_unrolled(scope.builder)) return unrolled_aggregate(expr, scope, passes);
    const Binding& at = scope.binding;
    const Mentions depends = mentions(expr, scope.owner);
    Binding key = world();
    Route here{Route::Form::fixed, {}, 0};
    key.kind = at.kind;
    if (depends.own || (depends.source && depends.target)) {
        key = own_rows(at.kind);
        here = *at.own;
    } else if (depends.source || depends.target) {
        const RowRef own{RowRef::Form::own, at.kind, {}, nullptr, nullptr};
        const Table& table = model_.tables[at.kind];
        const KindId end = depends.source ? table.source_kind : table.target_kind;
        const RowRef end_row{
            depends.source ? RowRef::Form::source_of : RowRef::Form::target_of, end, {}, std::make_shared<RowRef>(own), nullptr};
        here = route(end_row, at);
        key = own_rows(end);
        key.kind = at.kind;
        key.own.reset();
        (depends.source ? key.source : key.target) = Route{};
    }
    const std::string name = fmt::format("{}|{}|{}", key.domain.value, at.kind.value, signature(expr, scope.owner));
    const AggregateColumns made = key.domain == world_domain() ? of_world(expr, name, key, scope, passes) : of_keys(expr, name, key, here, scope, passes);
    ProgramBuilder& b = scope.builder;
    const Value value = read(b, made.result, here);
    return made.count.value < 0 ? value : of_counted(b, expr.aggregate, value, read(b, made.count, here));
}

Lowering::AggregateColumns Lowering::of_world(const Expr& expr, const std::string& name, const Binding& key, const Scope& scope, std::vector<Pass>& passes) {
    if (const auto found = aggregates_.find(name); found != aggregates_.end()) return found->second.front().columns;
    const AggregateColumns made = make_aggregate(expr, key, scope, passes);
    aggregates_[name].push_back({nullptr, made});
    return made;
}

/// The aggregate for the keys that are asked for, and the way to these: `here` leads to places in their list then.
Lowering::AggregateColumns Lowering::of_keys(const Expr& expr, const std::string& name, Binding key, Route& here, const Scope& scope,
                                             std::vector<Pass>& passes) {
    const KindId kind{key.domain.value};
    const RowFlags wanted = keys_wanted(here, scope, key.rows);
    const auto serves = [&](const ListedAggregate& one) {
        for (std::size_t row = 0; row < wanted.size(); ++row)
            if (wanted[row] && !one.keys->has(static_cast<RowIndex>(row))) return false;
        return true;
    };
    const auto place_in = [&](const RowList& keys) { here = within(keys, here, scope.binding.rows); };
    for (const ListedAggregate& one : aggregates_[name])
        if (serves(one)) return place_in(*one.keys), one.columns;
    const RowList& keys = list(kind, wanted);
    key.domain = keys.domain;
    key.rows = keys.rows;
    for (std::optional<Route>* route : {&key.own, &key.source, &key.target})
        if (*route) *route = keys.at;
    const AggregateColumns made = make_aggregate(expr, key, scope, passes);
    aggregates_[name].push_back({&keys, made});
    place_in(keys);
    return made;
}

/// The rows of the key's kind that `here` leads to, where the value will be looked at.
RowFlags Lowering::keys_wanted(const Route& here, const Scope& scope, std::int64_t keys) const {
    if (!known_) return RowFlags(static_cast<std::size_t>(keys), true);
    RowFlags wanted(static_cast<std::size_t>(keys));
    for (std::int64_t row = 0; row < scope.binding.rows; ++row)
        if (!scope.demand || (*scope.demand)[static_cast<std::size_t>(row)])
            if (const RowIndex key = maps_.at(here, row); key >= 0) wanted[static_cast<std::size_t>(key)] = true;
    return wanted;
}

/// The aggregate of so many items, of none 0.
Value Lowering::of_counted(ProgramBuilder& b, Aggregate aggregate, Value result, Value number) {
    const Value something = b.op(Op::less, b.constant(0), number);
    const bool is_mean = entry_of(aggregate).reduction->counted == Reduction::Counted::for_the_mean;
    return b.op(Op::select, something, is_mean ? b.op(Op::divide, result, number) : result, b.constant(0));
}

Lowering::AggregateColumns Lowering::make_aggregate(const Expr& expr, const Binding& key, const Scope& outer, std::vector<Pass>& passes) {
    if (const auto match = match_of(expr, key, outer.owner)) return matched(expr, *match, key, outer, passes);
    if (const auto factors = factors_of(expr, key))
        if (const auto made = sum_of_products(expr, *factors, key, outer, passes)) return *made;
    const Items pairs = items(expr, key);
    assert(pairs.rows == model_.domain(pairs.domain).rows);
    const auto& how = entry_of(expr.aggregate).reduction;
    return how ? reduce(expr, *how, pairs, key, outer, passes) : median(expr, pairs, key, outer, passes);
}

/// What the names in an aggregate mean on its pairs.
Scope Lowering::of_pairs(const Expr& expr, const Items& pairs, const Binding& key, const Scope& outer, ProgramBuilder& builder) const {
    Scope scope{builder, {}, outer.owner, nullptr, nullptr};
    scope.binding.domain = pairs.domain;
    scope.binding.rows = pairs.rows;
    scope.binding.kind = key.kind;
    if (key.own) scope.binding.own = pairs.key_row;
    if (key.source) scope.binding.source = pairs.key_row;
    if (key.target) scope.binding.target = pairs.key_row;
    scope.binding.loop = pairs.item;
    scope.binding.loop_kind = expr.over.kind;
    return scope;
}

/// Item after item, in the order in which rows contribute.
Value Lowering::unrolled_aggregate(const Expr& expr, Scope& outer, std::vector<Pass>& passes) {
    assert(is_unrolled(outer.builder));
    ProgramBuilder& b = outer.builder;
    const Table& table = model_.tables[expr.over.kind];
    std::vector<RowIndex> items;
    if (expr.over.anchor) {
        const RowIndex agent = maps_.at(route(*expr.over.anchor, outer.binding), 0);
        if (agent >= 0) {
            const auto linked = expr.over.form == Collection::Form::out_of ? table.out_of(agent) : table.into(agent);
            items.assign(linked.begin(), linked.end());
        }
    } else {
        for (std::int64_t row = 0; row < table.rows; ++row) items.push_back(static_cast<RowIndex>(row));
    }
    const auto& how = entry_of(expr.aggregate).reduction;
    if (!how) throw NotUnrolled{{ByTable::Reason::has_median}};
    Value result = b.constant(how->start);
    Value number = b.constant(0);
    for (const RowIndex item : items) {
        Scope scope{b, outer.binding, outer.owner, nullptr, nullptr};
        scope.binding.loop = Route{Route::Form::fixed, {}, item};
        scope.binding.loop_kind = expr.over.kind;
        const Value mask = expr.filter ? truth(*expr.filter, scope, passes) : b.constant(1);
        const Value body = value(*expr.args[0], scope, passes);
        result = b.op(Op::select, mask, contributed(b, *how, result, how->of_truth ? truth(b, body) : body), result);
        number = b.op(Op::add, number, mask);
    }
    return how->counted == Reduction::Counted::no ? result : of_counted(b, expr.aggregate, result, number);
}

/// What becomes of `result` when `item` is contributed to it, as the kernels take it.
Value Lowering::contributed(ProgramBuilder& b, const Reduction& how, Value result, Value item) {
    if (how.how == Op::contribute) return b.op(Op::add, result, item);
    const bool is_min = how.how == Op::contribute_min;
    if (!is_min && how.how != Op::contribute_max) throw std::logic_error(fmt::format("'{}' is no contribution that is taken item by item", operation(how.how).name));
    if (how.of_truth) return b.op(is_min ? Op::minimum : Op::maximum, result, item);
    const Value is_beyond = is_min ? b.op(Op::less, item, result) : b.op(Op::less, result, item);
    return b.op(Op::select, b.op(Op::logical_or, is_beyond, b.op(Op::not_equal, item, item)), item, result);  // NaN stays
}

Lowering::AggregateColumns Lowering::reduce(const Expr& expr, const Reduction& how, const Items& pairs, const Binding& key, const Scope& outer,
                                            std::vector<Pass>& passes) {
    const Checkpoint before = checkpoint();
    ProgramBuilder b = builder(pairs.rows);
    Scope scope = of_pairs(expr, pairs, key, outer, b);
    std::vector<Pass> inner;  // what the body itself needs comes first
    const Value mask = expr.filter ? truth(*expr.filter, scope, inner) : Value{};
    if (mask) scope.demand = where_it_may_be(scope, mask, true);
    const Value item = value(*expr.args[0], scope, inner);
    const Value body = how.of_truth ? truth(b, item) : item;
    if (known_ && !is_segmented(pairs)) {
        const RowFlags wanted = that_count(b, how, pairs.rows, mask, body);
        const auto count = std::ranges::count(wanted, true);
        if (is_worth_a_list(count, pairs.rows) && pairs.rows > 0) {
            roll_back(before);
            return reduce(expr, how, some_of(expr, pairs, key, wanted), key, outer, passes);
        }
        if (is_known(how, pairs.rows, b, mask, body)) {
            const RowFlags counted = mask ? that_count(b, how, pairs.rows, mask, {}) : RowFlags(static_cast<std::size_t>(pairs.rows), true);
            const RowFacts* facts = b.facts(body);
            const auto value_at = [&](std::size_t row) { return b.is_constant(body) ? b.constant_of(body) : facts->value[row]; };
            std::vector<double> numbers;
            for (std::size_t row = 0; row < counted.size(); ++row) numbers.push_back(value_at(row));
            roll_back(before);
            return known_before(expr, how, pairs, key, counted, numbers);
        }
    }
    const bool counted = how.counted != Reduction::Counted::no;
    AggregateColumns made;
    const auto prepare = [&](std::string_view what, double value) {
        const ColumnId column = add_column(fmt::format("{} of '{}'", what, expr.text), key.domain, value);
        inner.push_back(FillColumn{column, value});
        return column;
    };
    std::vector<Pass> folds;  // of long sums
    made.result = prepare("result", how.start);
    b.contribute(how.how, segments(how.how, effect(made.result, pairs.key), pairs.domain, how.start, expr.text, inner, folds), body, mask);
    if (counted && !mask) {
        made.count = item_counts(pairs, key.domain);
    } else if (counted) {
        made.count = prepare("count", 0);
        b.contribute(Op::contribute, segments(Op::contribute, effect(made.count, pairs.key), pairs.domain, 0, expr.text, inner, folds), b.constant(1), mask);
    }
    if (known_ && key.domain != world_domain()) note_result(made.result, how, pairs, key, b.bounds(body));
    passes.insert(passes.end(), inner.begin(), inner.end());
    passes.push_back(RunProgram{add_program(b.finish(), pairs.domain, expr.text)});
    passes.insert(passes.end(), folds.begin(), folds.end());
    return made;
}

/// Where a contribution of all rows of `domain` goes: straight to its one row, or to segments that are then summed up into it.
Effect Lowering::segments(Op how, const Effect& to, DomainId domain, double initial, std::string_view text, std::vector<Pass>& before,
                          std::vector<Pass>& after) {
    assert(to.map.value < 0 || to.row < 0);
    const std::int64_t rows = model_.domain(domain).rows;
    if (to.row < 0 || rows <= longest_plain_sum) return to;
    const DomainId parts = model_.domains.add(
        {.name = fmt::format("segments of {}", model_.domain(domain).name), .rows = segment_count(rows), .kind = {}, .shown_kind = {}});
    const ColumnId sums = add_column(fmt::format("segments of '{}'", text), parts, initial);
    before.push_back(FillColumn{sums, initial});
    ProgramBuilder builder;
    std::vector<Pass> folds;
    const Effect next = segments(how, to, parts, initial, text, before, folds);
    builder.contribute(how, next, builder.load({sums, {}}), {});
    after.push_back(RunProgram{add_program(builder.finish(), parts, std::string(text))});
    after.insert(after.end(), folds.begin(), folds.end());
    return {sums, {}, no_row, true};
}

/// How many items each key row has: fixed, where no condition chooses among them.
ColumnId Lowering::item_counts(const Items& pairs, DomainId key_domain) {
    const auto [found, is_new] = item_counts_.try_emplace({pairs.domain, pairs.key}, ColumnId{});
    if (!is_new) return found->second;
    std::vector<double> counts(static_cast<std::size_t>(model_.domain(key_domain).rows));
    for (std::int64_t row = 0; row < pairs.rows; ++row) {
        assert(maps_.at(pairs.key, row) >= 0 && maps_.at(pairs.key, row) < std::ssize(counts));
        counts[static_cast<std::size_t>(maps_.at(pairs.key, row))] += 1;
    }
    found->second = add_column(fmt::format("items of {}", model_.domain(pairs.domain).name), key_domain);
    model_.start.push_back(SpreadStarts{found->second, model_.starts.add(std::move(counts))});
    return found->second;
}

GroupsId Lowering::groups_of(const Items& pairs, std::int64_t keys) {
    Groups groups;
    groups.offset.assign(static_cast<std::size_t>(keys) + 1, 0);
    for (std::int64_t row = 0; row < pairs.rows; ++row) ++groups.offset[static_cast<std::size_t>(maps_.at(pairs.key, row)) + 1];
    for (std::size_t k = 1; k < groups.offset.size(); ++k) {
        groups.largest = std::max(groups.largest, groups.offset[k]);
        groups.offset[k] += groups.offset[k - 1];
    }
    assert(groups.offset.back() == pairs.rows);  // each pair has a key
    groups.rows.resize(static_cast<std::size_t>(pairs.rows));
    std::vector<std::int64_t> next(groups.offset.begin(), groups.offset.end() - 1);
    for (std::int64_t row = 0; row < pairs.rows; ++row)
        groups.rows[static_cast<std::size_t>(next[static_cast<std::size_t>(maps_.at(pairs.key, row))]++)] = static_cast<RowIndex>(row);
    return model_.groups.add(std::move(groups));
}

Lowering::AggregateColumns Lowering::median(const Expr& expr, const Items& pairs, const Binding& key, const Scope& outer,
                                            std::vector<Pass>& passes) {
    ProgramBuilder b = builder(pairs.rows);
    Scope scope = of_pairs(expr, pairs, key, outer, b);
    FindMedians find;
    find.to = add_column(fmt::format("result of '{}'", expr.text), key.domain);
    find.groups = groups_of(pairs, key.rows);
    const auto keep = [&](std::string_view what, Value value) {
        const ColumnId column = add_column(fmt::format("{} of '{}'", what, expr.text), pairs.domain);
        b.store({column, {}}, value, {});
        return column;
    };
    find.values = keep("values", value(*expr.args[0], scope, passes));
    if (expr.aggregate == Aggregate::weighted_median) find.weights = keep("weights", value(*expr.args[1], scope, passes));
    if (expr.filter) find.mask = keep("filter", truth(*expr.filter, scope, passes));
    passes.push_back(RunProgram{add_program(b.finish(), pairs.domain, expr.text)});
    passes.push_back(find);
    return {find.to, {}};
}

}  // namespace entente
