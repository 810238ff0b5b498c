#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <entente/base/harmless.hpp>
#include <entente/base/names.hpp>
#include <entente/scenario/levels.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

constexpr std::int64_t most_agents = 1'000'000'000;

Field field_of(const Entry& entry, Problems& problems) {
    Field field;
    field.name = entry.key.value;
    field.place = entry.key.place;
    const Node& node = *entry.value;
    if (!node.is_map()) {
        field.start.text = read_formula(node, field.name, problems);
        return field;
    }
    const Mapping mapping(node, Section::field, problems);
    field.start.text = mapping.formula("start");
    field.unit = mapping.line("unit");
    field.range = mapping.range();
    if (const Node* levels = mapping.find("levels")) {
        if (const Node* range = mapping.find("range"))
            problems.error(range->place, fmt::format("'{}' has levels, which are its range", field.name), "remove `range`");
        field.levels = read_levels(*levels, problems);
        field.range = {0, static_cast<double>(std::max<std::size_t>(field.levels.size(), 1) - 1)};
    }
    field.remarks = mapping.remarks();
    return field;
}

Derived derived_of(const Entry& entry, Problems& problems) {
    Derived derived;
    derived.name = entry.key.value;
    derived.place = entry.key.place;
    const Node& node = *entry.value;
    if (!node.is_map()) {
        derived.value.text = read_formula(node, derived.name, problems);
        return derived;
    }
    const Mapping mapping(node, Section::derived, problems);
    derived.value.text = mapping.formula("value");
    derived.unit = mapping.line("unit");
    derived.remarks = mapping.remarks();
    return derived;
}

std::string text_of(const MergedKind& kind, std::string_view key, Problems& problems) {
    const Entry* entry = kind.keys.find(key);
    const auto text = entry ? read_text(*entry->value, key, problems) : std::nullopt;
    return text ? text->value : std::string{};
}

constexpr std::array<std::string_view, 3> member_keys{"label", "iso", "position"};

/// What stands under a key of its own among a member's starts, unless there is a field of that name.
const Node* member_key_in(const Node& starts, std::string_view key, const Schema::Kind& kind) {
    return std::ranges::find(kind.fields, key) == kind.fields.end() ? starts.find(key) : nullptr;
}

std::string iso_of(const Node& node, Problems& problems) {
    const std::string code = read_text(node, "iso", problems).value_or(Text{}).value;
    if (code.empty() || country_of(code)) return code;
    problems.error(node.place, fmt::format("'{}' is not a country's code", code), country_help(code));
    return "";
}

std::optional<Position> position_of(const Node& node, Problems& problems) {
    const std::string wanted = "write position: [latitude, longitude] in degrees, north and east positive, as in [34.5, 69.2]";
    if (!node.is_list() || node.items.size() != 2) {
        wrong_type(node, "position", "a list of two numbers", problems, wanted);
        return {};
    }
    const auto latitude = read_number(*node.items[0], "position", problems);
    const auto longitude = read_number(*node.items[1], "position", problems);
    if (!latitude || !longitude) return {};
    if (const std::string fault = position_fault(*latitude, *longitude); !fault.empty()) {
        problems.error(node.place, fault, wanted);
        return {};
    }
    return Position{*latitude, *longitude};
}

/// Members beside a table override its rows' starts, or come after them.
void add_members(Reader& reader, const MergedKind& merged, KindId kind, AgentKind& agents) {
    Schema::Kind& names = reader.scenario.schema.kinds[static_cast<std::size_t>(kind.value)];
    for (const Entry& entry : merged.members.entries()) {
        const auto [found, is_new] = names.member_rows.try_emplace(entry.key.value, static_cast<int>(agents.members.size()));
        if (is_new) {
            names.members.push_back(entry.key.value);
            agents.members.push_back({entry.key.value, entry.key.place, {}});
        }
        AgentMember& member = agents.members[static_cast<std::size_t>(found->second)];
        if (const Node* label = member_key_in(*entry.value, "label", names)) member.label = harmless_line(read_text(*label, "label", reader.problems).value_or(Text{}).value);
        if (const Node* iso = member_key_in(*entry.value, "iso", names)) member.site.iso = iso_of(*iso, reader.problems);
        if (const Node* position = member_key_in(*entry.value, "position", names)) member.site.position = position_of(*position, reader.problems);
        member.starts = read_starts(reader, *entry.value, kind, MemberKeys::may_be_there);
    }
}

void read_population(Reader& reader, const MergedKind& merged, KindId kind, AgentKind& agents) {
    const Entry* table = merged.keys.find("table");
    const Entry* count = merged.keys.find("count");
    if (count && (table || merged.has_members))
        reader.problems.error(count->key.place, fmt::format("'{}' has both 'count' and {}", agents.name, table ? "'table'" : "'members'"),
                              "agents that are counted have no names: keep one of the two");
    if (!count && !table && !merged.has_members && !merged.is_broken && !merged.is_misspelt)
        reader.problems.error(agents.place, fmt::format("'{}' has no agents", agents.name), "give it members, a table or a count");
    if (count)
        agents.unnamed = static_cast<std::size_t>(read_whole(*count->value, "count", 1, most_agents, reader.problems).value_or(1));
    else if (table)
        read_agent_table(reader, *table->value, kind, agents);
    if (!count) add_members(reader, merged, kind, agents);
}

struct Ends {
    std::optional<KindId> source;
    std::optional<KindId> target;
};

std::optional<KindId> end_of(Reader& reader, const MergedKind& kind, std::string_view key) {
    const Entry* entry = kind.keys.find(key);
    if (!entry) {
        if (!kind.is_broken && !kind.is_misspelt)
            reader.problems.error(kind.name.place, fmt::format("'{}' lacks its '{}'", kind.name.value, key),
                                  "name the kind of agents there");
        return std::nullopt;
    }
    const auto name = read_text(*entry->value, key, reader.problems);
    return name ? reader.find_kind(*name, Reader::Wanted::agents) : std::nullopt;
}

void add_link(Reader& reader, const Entry& entry, KindId kind, LinkKind& links, std::unordered_map<std::uint64_t, int>& lines) {
    const RowPtr row = read_row(entry.key, kind, reader.scenario.schema, reader.problems);
    if (!row) {
        reader.incomplete.insert(kind.value);
        return;
    }
    const int source = row->from->member.value;
    const int target = row->to->member.value;
    const auto [first, is_new] = lines.try_emplace(pair_of(source, target), entry.key.place.line);
    if (is_new)
        links.members.push_back({source, target, entry.key.place, read_starts(reader, *entry.value, kind)});
    else
        reader.problems.error(entry.key.place,
                              fmt::format("a second link '{}': the first is on line {}", entry.key.value, first->second),
                              "a kind has at most one link from one agent to another");
}

void read_population(Reader& reader, const MergedKind& merged, KindId kind, LinkKind& links) {
    const Entry* table = merged.keys.find("table");
    if (!table && !merged.keys.find("pattern") && !merged.has_members && !merged.is_broken && !merged.is_misspelt)
        reader.problems.error(links.place, fmt::format("'{}' has no links", links.name), "give it members, a table or a pattern");
    if (table) read_link_table(reader, *table->value, kind, links);
    links.pattern = read_pattern(reader, merged, links);
    std::unordered_map<std::uint64_t, int> lines;
    for (const Entry& entry : merged.members.entries()) add_link(reader, entry, kind, links, lines);
}

}  // namespace

void read_fields(Reader& reader, const MergedKind& kind, std::vector<Field>& fields, std::vector<Derived>& derived, Schema::Kind& names) {
    if (const auto panels = reader.panels.find(kind.name.value); panels != reader.panels.end())
        for (const InputId id : panels->second) {  // before all others, so that starts may read them
            const Input& input = reader.scenario.inputs[static_cast<std::size_t>(id.value)];
            fields.push_back({.name = input.name, .place = input.place, .start = {}, .unit = input.unit, .range = {}, .remarks = input.remarks, .input = id});
            names.fields.push_back(input.name);
            names.levels.emplace_back();
        }
    for (const Entry& entry : kind.fields.entries()) {
        fields.push_back(field_of(entry, reader.problems));
        names.fields.push_back(entry.key.value);
        names.levels.push_back(names_of(fields.back().levels));
    }
    for (const Entry& entry : kind.derived.entries()) {
        derived.push_back(derived_of(entry, reader.problems));
        names.derived.push_back(entry.key.value);
    }
}

std::vector<StartOverride> read_starts(Reader& reader, const Node& starts, KindId kind, MemberKeys keys) {
    std::vector<StartOverride> found;
    const Schema::Kind& names = reader.scenario.schema[kind];
    for (const Entry& entry : starts.entries) {
        const auto field = reader.scenario.schema.field(kind, entry.key.value);
        if (field && reader.is_input(kind, *field)) {
            reader.problems.error(entry.key.place, fmt::format("'{}' is an input and has no start", entry.key.value), "change its table");
        } else if (field) {
            found.push_back({*field, {read_formula(*entry.value, entry.key.value, reader.problems), nullptr}});
        } else if (keys == MemberKeys::none || std::ranges::find(member_keys, entry.key.value) == member_keys.end()) {
            const std::string otherwise =
                names.fields.empty() ? "it has no fields" : fmt::format("its fields are {}", listed(names.fields));
            const bool is_derived = reader.scenario.schema.derived(kind, entry.key.value).has_value();
            reader.problems.error(entry.key.place,
                                  is_derived ? fmt::format("'{}' is derived and has no start", entry.key.value)
                                             : fmt::format("'{}' has no field called '{}'", names.name, entry.key.value),
                                  is_derived ? "start the fields it is made of" : did_you_mean(entry.key.value, names.fields, otherwise));
        }
    }
    return found;
}

void read_agents(Reader& reader, const std::vector<MergedKind>& kinds) {
    for (const MergedKind& merged : kinds) {
        AgentKind agents;
        agents.name = merged.name.value;
        agents.place = merged.name.place;
        agents.remarks = {text_of(merged, "about", reader.problems), text_of(merged, "source", reader.problems), harmless_line(text_of(merged, "label", reader.problems))};
        Schema::Kind names;
        names.name = agents.name;
        read_fields(reader, merged, agents.fields, agents.derived, names);
        const KindId kind{static_cast<int>(reader.scenario.schema.kinds.size())};
        reader.scenario.schema.kinds.push_back(std::move(names));
        if (merged.is_broken) reader.lost.insert(agents.name);
        read_population(reader, merged, kind, agents);
        reader.scenario.agents.push_back(std::move(agents));
    }
}

void read_links(Reader& reader, const std::vector<MergedKind>& kinds) {
    for (const MergedKind& merged : kinds) {
        LinkKind links;
        links.name = merged.name.value;
        links.place = merged.name.place;
        links.remarks.about = text_of(merged, "about", reader.problems);
        links.remarks.label = harmless_line(text_of(merged, "label", reader.problems));
        Schema::Kind names;
        names.name = links.name;
        names.is_link = true;
        read_fields(reader, merged, links.fields, links.derived, names);
        const auto source = end_of(reader, merged, "source");
        const auto target = end_of(reader, merged, "target");
        if (!source || !target) {
            reader.lost.insert(links.name);
            continue;
        }
        names.source = links.source = *source;
        names.target = links.target = *target;
        const KindId kind{static_cast<int>(reader.scenario.schema.kinds.size())};
        reader.scenario.schema.kinds.push_back(std::move(names));
        read_population(reader, merged, kind, links);
        reader.scenario.links.push_back(std::move(links));
    }
}

}  // namespace entente
