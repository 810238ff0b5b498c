// Rows of a kind as domains of their own, and what is taken back of a model when a step is laid out anew.

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <entente/model/lowering.hpp>

namespace entente {

Lowering::Checkpoint Lowering::checkpoint() const {
    return {model_.domains.size(), model_.columns.size(), model_.programs.size(), model_.starts.size(),
            model_.groups.size(),  model_.products.size(), model_.start.size(),   aggregates_};
}

void Lowering::roll_back(const Checkpoint& to) {
    const auto is_gone = [&](DomainId domain) { return domain.value >= static_cast<int>(to.domains); };
    std::erase_if(lists_, [&](const auto& entry) { return is_gone(entry.second.domain); });
    std::erase_if(item_counts_, [&](const auto& entry) { return is_gone(entry.first.first) || entry.second.value >= static_cast<int>(to.columns); });
    aggregates_ = to.aggregates;
    model_.domains.resize(to.domains);
    model_.columns.resize(to.columns);
    model_.programs.resize(to.programs);
    model_.starts.resize(to.starts);
    model_.groups.resize(to.groups);
    model_.products.resize(to.products);
    model_.start.resize(to.start_passes, RunProgram{});
    if (known_) known_->forget_from(to.columns);
}

const RowList& Lowering::list(KindId kind, const RowFlags& wanted) {
    const bool is_all = !is_worth_a_list(std::ranges::count(wanted, true), std::ssize(wanted));
    RowMap rows;
    for (std::size_t row = 0; !is_all && row < wanted.size(); ++row)
        if (wanted[row]) rows.push_back(static_cast<RowIndex>(row));
    const auto [found, is_new] = lists_.try_emplace({kind, is_all, rows}, RowList{});
    RowList& made = found->second;
    if (!is_new) return made;
    made = {.kind = kind, .domain = domain_of(kind), .rows = std::ssize(wanted), .at = {}, .place = {}};
    if (is_all) return made;
    made.rows = std::ssize(rows);
    made.place.assign(wanted.size(), no_row);
    for (std::size_t place = 0; place < rows.size(); ++place) made.place[static_cast<std::size_t>(rows[place])] = static_cast<RowIndex>(place);
    made.at = maps_.listed(std::move(rows), "row");
    made.domain = model_.domains.add({.name = fmt::format("{} of {} rows of {}", made.rows, wanted.size(), model_.tables[kind].name),
                                      .rows = made.rows, .kind = {}, .shown_kind = kind, .shown_rows = made.at.map});
    return made;
}

RowFlags Lowering::reached(KindId kind, const std::vector<std::pair<Route, std::int64_t>>& routes) const {
    RowFlags found(static_cast<std::size_t>(model_.tables[kind].rows), known_ == nullptr);
    for (const auto& [route, rows] : routes)
        for (std::int64_t row = 0; row < rows; ++row)
            if (const RowIndex to = maps_.at(route, row); to >= 0) found[static_cast<std::size_t>(to)] = true;
    return found;
}

Binding Lowering::rows_of(const RowList& list) const {
    Binding binding;
    binding.domain = list.domain;
    binding.rows = list.rows;
    binding.kind = list.kind;
    binding.own = list.at;
    return binding;
}

Route Lowering::within(const RowList& list, const Route& route, std::int64_t rows) {
    if (list.is_all()) return route;
    if (route == list.at) return {};
    return maps_.placed(route, list.at.map, list.place, rows);
}

}  // namespace entente
