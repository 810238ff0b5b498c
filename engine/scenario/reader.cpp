#include <entente/scenario/reader.hpp>

#include <algorithm>

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

bool Reader::is_input(KindId kind, FieldId field) const {
    const Schema::Kind& names = scenario.schema[kind];
    const auto found = panels.find(names.name);
    return found != panels.end() && std::ranges::any_of(found->second, [&](InputId id) {
        return scenario.inputs[static_cast<std::size_t>(id.value)].name == names.fields[static_cast<std::size_t>(field.value)];
    });
}

void Reader::check_link(const Lookup& lookup) {
    if (incomplete.contains(lookup.kind.value)) return;
    const LinkKind& kind = scenario.link_kind(lookup.kind);
    const auto [named, is_new] = links_.try_emplace(lookup.kind.value);
    if (is_new) named->second = named_links(kind);
    entente::check_link(lookup, scenario, named->second, problems);
}

void Reader::check_links(const std::vector<Lookup>& lookups) {
    for (const Lookup& lookup : lookups) check_link(lookup);
}

void check_lookups(Reader& reader) {
    reader.check_links(lookups_in_formulas(reader.scenario));
    reader.check_links(lookups_in_timeline(reader.scenario.timeline));
    for (const Variant& variant : reader.scenario.variants) reader.check_links(lookups_in_timeline(variant.timeline));
}

void check_link(const Lookup& lookup, const Scenario& scenario, const std::unordered_set<std::uint64_t>& named, Problems& problems) {
    const LinkKind& kind = scenario.link_kind(lookup.kind);
    if (is_written(kind, named, lookup.source, lookup.target).value_or(true)) return;
    const bool can_be_turned = kind.source == kind.target && lookup.source != lookup.target;
    say_missing(lookup, can_be_turned && is_written(kind, named, lookup.target, lookup.source).value_or(false), scenario.schema, problems);
}

}  // namespace entente
