#include <entente/scenario/reader.hpp>

#include <fmt/format.h>

#include <entente/base/names.hpp>

namespace entente {
namespace {

bool is_word_character(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::optional<KindId> Reader::find_kind(const Text& name, Wanted wanted) {
    if (lost.contains(name.value)) return std::nullopt;
    std::vector<std::string> candidates;
    for (const Schema::Kind& kind : scenario.schema.kinds)
        if (wanted == Wanted::any || kind.is_link == (wanted == Wanted::links)) candidates.push_back(kind.name);
    const auto found = scenario.schema.kind(name.value);
    if (found && (wanted == Wanted::any || scenario.schema[*found].is_link == (wanted == Wanted::links))) return found;
    const std::string_view things = wanted == Wanted::any ? "agents or links" : wanted == Wanted::agents ? "agents" : "links";
    problems.error(name.place, fmt::format("no kind of {} is called '{}'", things, name.value),
                   did_you_mean(name.value, candidates, there_are(candidates)));
    return std::nullopt;
}

bool Reader::mentions_lost(std::string_view text) const {
    if (lost.empty()) return false;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && is_word_character(text[end])) ++end;
        if (end > i && lost.contains(text.substr(i, end - i))) return true;
        i = std::max(end, i + 1);
    }
    return false;
}

void Reader::check_link(const RowRef& row, const Place& place) {
    if (row.form != RowRef::Kind::link_between) return;
    const auto [named, is_new] = links_.try_emplace(row.kind.value);
    if (is_new) named->second = named_links(scenario.link_kind(row.kind));
    entente::check_link(row, scenario, named->second, place, problems);
}

std::unordered_set<std::uint64_t> named_links(const LinkKind& kind) {
    std::unordered_set<std::uint64_t> ends;
    for (const LinkMember& member : kind.members) ends.insert(pair_of(member.source, member.target));
    for (const auto& [source, target] : kind.table_ends) ends.insert(pair_of(source, target));
    return ends;
}

void check_link(const RowRef& row, const Scenario& scenario, const std::unordered_set<std::uint64_t>& named, const Place& place,
                Problems& problems) {
    if (row.form != RowRef::Kind::link_between || row.from->form != RowRef::Kind::member || row.to->form != RowRef::Kind::member) return;
    const LinkKind& kind = scenario.link_kind(row.kind);
    const int source = row.from->member.value;
    const int target = row.to->member.value;
    const bool is_self = kind.source == kind.target && source == target;
    if (named.contains(pair_of(source, target)) || (kind.pattern && !is_self)) return;
    const auto& names = scenario.schema;
    problems.error(
        place,
        fmt::format("no link of '{}' runs from {} to {}", kind.name, names[kind.source].members[static_cast<std::size_t>(source)],
                    names[kind.target].members[static_cast<std::size_t>(target)]),
        fmt::format("add it to the members of '{}'", kind.name));
}

}  // namespace entente
