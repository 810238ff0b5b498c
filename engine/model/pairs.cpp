// The pairs of an aggregate: keys that it is taken for, and the items that belong to each.

#include <algorithm>
#include <cassert>
#include <utility>

#include <fmt/format.h>

#include <entente/base/problem.hpp>
#include <entente/model/lowering.hpp>

namespace entente {

/// Where every item belongs to just one key row, the items' own table serves; else the pairs are listed.
Lowering::Items Lowering::items(const Expr& expr, const Binding& key) {
    const KindId kind = expr.over.kind;
    const std::int64_t rows = model_.tables[kind].rows;
    if (expr.over.form == Collection::Form::all && key.domain == world_domain())
        return {domain_of(kind), rows, {Route::Form::fixed, {}, 0}, {Route::Form::fixed, {}, 0}, {}};
    if (expr.over.anchor) {
        const Route anchor = route(*expr.over.anchor, key);
        if (anchor.form == Route::Form::identity) {
            const bool out = expr.over.form == Collection::Form::out_of;
            const Route at = out ? maps_.source_of({}, kind, rows) : maps_.target_of({}, kind, rows);
            return {domain_of(kind), rows, at, at, {}};
        }
    }
    return listed_items(expr, key);
}

/// The pairs of a collection and the keys that it is asked for are listed once.
Lowering::Items Lowering::listed_items(const Expr& expr, const Binding& key) {
    const Route anchor = expr.over.anchor ? route(*expr.over.anchor, key) : Route{};
    const std::tuple known{expr.over.form, expr.over.kind, anchor, list_of(key), key.rows};
    auto found = pairs_.find(known);
    if (found == pairs_.end()) found = pairs_.emplace(known, list_pairs(expr, key, anchor)).first;
    Items pairs = found->second;
    pairs.domain = model_.domains.add({.name = fmt::format("pairs of '{}'", expr.text), .rows = pairs.rows, .kind = {}, .shown_kind = expr.over.kind});
    return pairs;
}

Lowering::Items Lowering::list_pairs(const Expr& expr, const Binding& key, const Route& anchor) {
    const Table& table = model_.tables[expr.over.kind];
    const auto items_at = [&](std::int64_t row) -> std::span<const RowIndex> {
        const RowIndex agent = maps_.at(anchor, row);
        if (agent < 0) return {};
        return expr.over.form == Collection::Form::out_of ? table.out_of(agent) : table.into(agent);
    };
    const bool all = expr.over.form == Collection::Form::all;
    assert(all || expr.over.anchor);
    std::int64_t count = 0;
    for (std::int64_t row = 0; row < key.rows; ++row) count += all ? table.rows : static_cast<std::int64_t>(items_at(row).size());
    if (count > most_pairs_)
        throw Error(fmt::format("'{}' looks at {} pairs of rows on every tick, more than {}", expr.text, count, most_pairs_),
                    "make its body depend on one end of the link only, or on fewer links");
    RowMap keys;
    RowMap items;
    keys.reserve(static_cast<std::size_t>(count) + vector_size);
    items.reserve(static_cast<std::size_t>(count) + vector_size);
    for (std::int64_t row = 0; row < key.rows; ++row) {
        const auto add = [&](RowIndex item) { keys.push_back(static_cast<RowIndex>(row)), items.push_back(item); };
        if (all)
            for (std::int64_t item = 0; item < table.rows; ++item) add(static_cast<RowIndex>(item));
        else
            for (const RowIndex item : items_at(row)) add(item);
    }
    return pairs_of({}, key, std::move(keys), std::move(items));
}

/// The rows that keys are, by their place; of the world none.
Route Lowering::list_of(const Binding& key) const {
    if (key.domain == world_domain()) return {Route::Form::fixed, {}, 0};
    return key.own ? *key.own : key.source ? *key.source : *key.target;
}

/// Pairs by the place of the key and the item's row.
Lowering::Items Lowering::pairs_of(DomainId domain, const Binding& key, RowMap keys, RowMap items) {
    const std::int64_t count = std::ssize(items);
    const Route item = maps_.listed(std::move(items), "item");
    const Route list = list_of(key);
    if (list.form == Route::Form::fixed) return {domain, count, list, list, item};
    RowMap rows;
    if (list.form == Route::Form::listed)
        for (const RowIndex place : keys) rows.push_back(maps_.at(list, place));
    const Route at = maps_.listed(std::move(keys), "key");
    return {domain, count, at, list.form == Route::Form::listed ? maps_.listed(std::move(rows), "key") : at, item};
}

/// Those that are wanted.
Lowering::Items Lowering::some_of(const Expr& expr, const Items& pairs, const Binding& key, const RowFlags& wanted) {
    RowMap keys;
    RowMap items;
    for (std::int64_t row = 0; row < pairs.rows; ++row) {
        if (!wanted[static_cast<std::size_t>(row)]) continue;
        keys.push_back(maps_.at(pairs.key, row));
        items.push_back(maps_.at(pairs.item, row));
    }
    const DomainId domain = model_.domains.add({.name = fmt::format("{} of {} pairs of '{}'", items.size(), pairs.rows, expr.text),
                                                .rows = std::ssize(items), .kind = {}, .shown_kind = expr.over.kind});
    return pairs_of(domain, key, std::move(keys), std::move(items));
}

}  // namespace entente
