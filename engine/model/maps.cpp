#include <entente/model/maps.hpp>

#include <algorithm>
#include <array>
#include <cassert>

#include <fmt/format.h>

#include <entente/base/draws.hpp>

namespace entente {

Route Maps::listed(RowMap rows, std::string name) {
    const auto n = rows.size();
    rows.resize(n + vector_size, n > 0 ? rows.back() : 0);
    model_.record.map_names.add(std::move(name));
    return {Route::Form::listed, model_.maps.add(std::move(rows)), 0};
}

RowIndex Maps::at(const Route& route, std::int64_t row) const {
    if (route.form == Route::Form::identity) return static_cast<RowIndex>(row);
    if (route.form == Route::Form::fixed) return route.row;
    assert(row >= 0 && row + vector_size < std::ssize(model_.maps[route.map]));
    return model_.maps[route.map][static_cast<std::size_t>(row)];
}

/// "" of the row itself.
std::string Maps::name_of(const Route& route) const {
    if (route.form == Route::Form::identity) return "";
    if (route.form == Route::Form::fixed) return fmt::format("row {}", route.row);
    return model_.record.map_names[route.map];
}

template <class Step>
Route Maps::compose(Verb verb, const Route& route, KindId kind, std::int64_t rows, Step step) {
    if (route.form == Route::Form::fixed) return {Route::Form::fixed, {}, route.row < 0 ? no_row : step(route.row)};
    const auto key = std::make_tuple(verb, route, kind, rows);
    if (const auto found = composed_.find(key); found != composed_.end()) return found->second;
    RowMap map(static_cast<std::size_t>(rows));
    for (std::int64_t row = 0; row < rows; ++row) {
        const RowIndex from = at(route, row);
        map[static_cast<std::size_t>(row)] = from < 0 ? no_row : step(from);
    }
    constexpr std::array verbs{"source", "target", "reverse"};
    const std::string of = name_of(route);
    return composed_[key] = listed(std::move(map), verbs[static_cast<std::size_t>(verb)] + (of.empty() ? of : " of " + of));
}

Route Maps::source_of(const Route& route, KindId link, std::int64_t rows) {
    assert(model_.tables[link].is_link);
    return compose(Verb::source, route, link, rows,
                   [&](RowIndex r) { return model_.tables[link].source[static_cast<std::size_t>(r)]; });
}

Route Maps::target_of(const Route& route, KindId link, std::int64_t rows) {
    assert(model_.tables[link].is_link);
    return compose(Verb::target, route, link, rows,
                   [&](RowIndex r) { return model_.tables[link].target[static_cast<std::size_t>(r)]; });
}

Route Maps::reverse_of(const Route& route, KindId link, std::int64_t rows) {
    const Table& table = model_.tables[link];
    return compose(Verb::reverse, route, link, rows, [&](RowIndex r) {
        return table.between(table.target[static_cast<std::size_t>(r)], table.source[static_cast<std::size_t>(r)]);
    });
}

Route Maps::between(const Route& from, const Route& to, KindId link, std::int64_t rows) {
    const Table& table = model_.tables[link];
    assert(table.is_link);
    if (from.form == Route::Form::fixed && to.form == Route::Form::fixed) return {Route::Form::fixed, {}, table.between(from.row, to.row)};
    const auto key = std::make_tuple(from, to, link, rows);
    if (const auto found = between_.find(key); found != between_.end()) return found->second;
    RowMap map(static_cast<std::size_t>(rows));
    for (std::int64_t row = 0; row < rows; ++row) map[static_cast<std::size_t>(row)] = table.between(at(from, row), at(to, row));
    const auto named = [&](const Route& end) { return end.form == Route::Form::identity ? "self" : name_of(end); };
    return between_[key] = listed(std::move(map), fmt::format("link from {} to {}", named(from), named(to)));
}

Route Maps::placed(const Route& route, MapId list, const RowMap& place, std::int64_t rows) {
    const auto at_place = [&](RowIndex row) { return row < 0 ? no_row : place[static_cast<std::size_t>(row)]; };
    if (route.form == Route::Form::fixed) return {Route::Form::fixed, {}, at_place(route.row)};
    const auto key = std::make_tuple(route, list, rows);
    if (const auto found = placed_.find(key); found != placed_.end()) return found->second;
    RowMap map(static_cast<std::size_t>(rows));
    for (std::int64_t row = 0; row < rows; ++row) map[static_cast<std::size_t>(row)] = at_place(at(route, row));
    const std::string of = name_of(route);
    return placed_[key] = listed(std::move(map), of.empty() ? "self" : of);
}

/// `names` has room for a vector more than there are rows.
IdentityId Maps::add_identity(std::vector<std::uint64_t> names) {
    return model_.identities.add(std::move(names));
}

IdentityId Maps::identity(const Route& route, KindId kind, std::int64_t rows) {
    const auto key = std::make_tuple(route, kind, rows);
    if (const auto found = identities_.find(key); found != identities_.end()) return found->second;
    std::vector<std::uint64_t> names(static_cast<std::size_t>(rows) + vector_size);
    for (std::int64_t row = 0; row < rows; ++row)
        if (const RowIndex r = at(route, row); r >= 0) names[static_cast<std::size_t>(row)] = row_identity(model_.tables, kind, r);
    return identities_[key] = add_identity(std::move(names));
}

IdentityId Maps::pair_identity(IdentityId first, IdentityId second) {
    const auto key = std::make_pair(first, second);
    if (const auto found = pairs_.find(key); found != pairs_.end()) return found->second;
    const auto& a = model_.identities[first];
    const auto& b = model_.identities[second];
    assert(a.size() == b.size());  // of the same pairs
    std::vector<std::uint64_t> names(a.size());
    for (std::size_t row = 0; row + vector_size < names.size(); ++row) names[row] = mix(a[row], b[row]);
    return pairs_[key] = add_identity(std::move(names));
}

}  // namespace entente
