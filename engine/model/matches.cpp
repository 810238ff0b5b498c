// Aggregates over a whole kind whose condition is an equation between the item and the row that asks: `sum(p.tax for p in province if
// p.owner == number)`. Pair by pair this takes items times rows; taken by the value on both sides it takes one walk over each.

#include <fmt/format.h>

#include <cassert>

#include <entente/model/lowering.hpp>

namespace entente {
namespace {

/// With fewer items than this all pairs are as quick.
constexpr std::int64_t fewest_items = 128;

bool mentions_loop(const RowRef& row) {
    return row.form == RowRef::Form::loop || (row.from && mentions_loop(*row.from)) || (row.to && mentions_loop(*row.to));
}

/// Row-local names can't speak of the loop's item.
bool mentions_loop(const Expr& expr) {
    if (expr.row && mentions_loop(*expr.row)) return true;
    if (expr.other_row && mentions_loop(*expr.other_row)) return true;
    for (const ExprPtr& arg : expr.args)
        if (mentions_loop(*arg)) return true;
    return false;
}

void split(const ExprPtr& condition, std::vector<ExprPtr>& parts) {
    if (condition->kind == Expr::Kind::call && condition->function == Function::logical_and) {
        for (const ExprPtr& arg : condition->args) split(arg, parts);
    } else {
        parts.push_back(condition);
    }
}

}  // namespace

/// The equation to match by, where all else speaks of the items alone.
std::optional<Lowering::Match> Lowering::match_of(const Expr& expr, const Binding& key, const TextOwner& owner) const {
    if (!entry_of(expr.aggregate).reduction || !expr.filter || expr.over.form != Collection::Form::all || key.domain == world_domain()) return {};
    if (model_.tables[expr.over.kind].rows < fewest_items) return {};
    const auto of_items = [&](const Expr& part) {
        const Mentions found = mentions(part, owner);
        return !found.own && !found.source && !found.target;
    };
    std::vector<ExprPtr> parts;
    split(expr.filter, parts);
    Match match;
    for (const ExprPtr& part : parts) {
        if (of_items(*part)) {
            match.filters.push_back(part);
            continue;
        }
        if (match.item || part->kind != Expr::Kind::call || part->function != Function::equal) return {};
        for (const bool swapped : {false, true}) {
            const ExprPtr& item = part->args[swapped ? 1 : 0];
            const ExprPtr& sought = part->args[swapped ? 0 : 1];
            if (of_items(*item) && !mentions_loop(*sought)) match.item = item, match.sought = sought;
        }
        if (!match.item) return {};
    }
    if (!match.item || !of_items(*expr.args[0])) return {};
    return match;
}

/// The same bits as pair by pair: what falls to one key is taken in the order of the items' rows.
Lowering::AggregateColumns Lowering::matched(const Expr& expr, const Match& match, const Binding& key, const Scope& outer, std::vector<Pass>& passes) {
    const KindId kind = expr.over.kind;
    const std::int64_t rows = model_.tables[kind].rows;
    MatchItems pass;
    const Reduction& how = *entry_of(expr.aggregate).reduction;
    pass.how = how.how;
    const auto keep = [&](Scope& scope, std::string_view what, Value value) {
        const ColumnId column = add_column(fmt::format("{} of '{}'", what, expr.text), scope.binding.domain);
        scope.builder.store({column, {}}, value, {});
        return column;
    };

    ProgramBuilder of_items;
    Binding items;
    items.domain = domain_of(kind);
    items.rows = rows;
    items.kind = key.kind;
    items.loop = Route{};
    items.loop_kind = kind;
    Scope item{of_items, items, outer.owner, nullptr, nullptr};
    Value body = value(*expr.args[0], item, passes);
    if (how.of_truth) body = truth(of_items, body);
    pass.values = keep(item, "values", body);
    pass.keys = keep(item, "item keys", value(*match.item, item, passes));
    if (!match.filters.empty()) {
        Value all = truth(*match.filters[0], item, passes);
        for (std::size_t i = 1; i < match.filters.size(); ++i) all = of_items.op(Op::logical_and, all, truth(*match.filters[i], item, passes));
        pass.mask = keep(item, "filter", all);
    }
    passes.push_back(RunProgram{add_program(of_items.finish(), items.domain, expr.text)});

    ProgramBuilder of_keys;
    Scope asking{of_keys, key, outer.owner, nullptr, nullptr};
    pass.sought = keep(asking, "keys", value(*match.sought, asking, passes));
    passes.push_back(RunProgram{add_program(of_keys.finish(), key.domain, expr.text)});

    pass.to = add_column(fmt::format("result of '{}'", expr.text), key.domain);
    if (how.counted != Reduction::Counted::no) pass.counts = add_column(fmt::format("count of '{}'", expr.text), key.domain);
    pass.start = how.start;
    passes.push_back(pass);
    return {pass.to, pass.counts};
}

}  // namespace entente
