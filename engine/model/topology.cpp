#include <entente/model/topology.hpp>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <unordered_set>

#include <fmt/format.h>

#include <entente/base/draws.hpp>
#include <entente/base/hash.hpp>
#include <entente/base/machine.hpp>
#include <entente/language/quotes.hpp>
#include <entente/model/patterns.hpp>
#include <entente/scenario/lookups.hpp>

namespace entente {
namespace {

/// The least that agents take: what keys the draws of each, and its state in one run.
void need_memory_for_agents(const Scenario& scenario) {
    double agents = 0;
    double bytes = 0;
    for (const AgentKind& kind : scenario.agents) {
        const auto rows = static_cast<double>(kind.size());
        agents += rows;
        bytes += rows * static_cast<double>(sizeof(std::uint64_t) + kind.fields.size() * sizeof(double));
    }
    need_memory(bytes, fmt::format("{:.3g} agents", agents), "take fewer agents");
}

Table agents_table(const AgentKind& kind) {
    Table table;
    table.name = kind.name;
    table.label = kind.remarks.label;
    table.rows = static_cast<std::int64_t>(kind.size());
    for (const AgentMember& member : kind.members) table.names.push_back(member.name);
    if (std::ranges::any_of(kind.members, [](const AgentMember& member) { return !member.label.empty(); }))
        for (const AgentMember& member : kind.members) table.labels.push_back(member.label);
    for (const std::string& name : table.names) table.name_hashes.push_back(stable_hash(name));
    return table;
}

/// Counting sort of the links by one of their ends; row order within a group.
void group(const RowMap& ends, std::int64_t agents, std::vector<RowIndex>& order, std::vector<std::int64_t>& offset) {
    offset.assign(static_cast<std::size_t>(agents) + 1, 0);
    for (const RowIndex end : ends) {
        assert(end >= 0 && end < agents);
        ++offset[static_cast<std::size_t>(end) + 1];
    }
    for (std::size_t a = 1; a < offset.size(); ++a) offset[a] += offset[a - 1];
    order.resize(ends.size());
    std::vector<std::int64_t> next(offset.begin(), offset.end() - 1);
    for (std::size_t row = 0; row < ends.size(); ++row)
        order[static_cast<std::size_t>(next[static_cast<std::size_t>(ends[row])]++)] = static_cast<RowIndex>(row);
}

/// Whether the ends of each group's links ascend.
bool ascend(const std::vector<RowIndex>& order, const std::vector<std::int64_t>& offset, const RowMap& ends) {
    const auto end_of = [&](RowIndex link) { return ends[static_cast<std::size_t>(link)]; };
    for (std::size_t group = 0; group + 1 < offset.size(); ++group)
        if (!std::ranges::is_sorted(std::span(order).subspan(static_cast<std::size_t>(offset[group]), static_cast<std::size_t>(offset[group + 1] - offset[group])), {}, end_of))
            return false;
    return true;
}

using Members = std::vector<LinkMember>;

/// Pattern first, then the table's links, then those named one by one; a link that is there already is not added again. What must
/// exist and does not is `missing`.
void collect_links(const LinkKind& kind, const Table& sources, const Table& targets, Table& table, Members& missing) {
    if (kind.pattern)
        add_pattern(*kind.pattern, kind.name, sources.rows, targets.rows, kind.source == kind.target, table.source, table.target);
    std::unordered_set<std::uint64_t> present;
    const auto key = [](std::int64_t s, std::int64_t t) { return (static_cast<std::uint64_t>(s) << 32) | static_cast<std::uint64_t>(t); };
    const bool mixed = (kind.pattern && (kind.table || !kind.members.empty())) || (kind.table && !kind.members.empty());
    if (mixed)
        for (std::size_t row = 0; row < table.source.size(); ++row) present.insert(key(table.source[row], table.target[row]));
    const auto add = [&](int s, int t) {
        if (mixed && !present.insert(key(s, t)).second) return;
        table.source.push_back(s);
        table.target.push_back(t);
    };
    for (const auto& [s, t] : kind.table_ends) add(s, t);
    for (const LinkMember& member : kind.members) {
        if (member.must_exist && mixed && !present.contains(key(member.source, member.target)))
            missing.push_back(member);
        else
            add(member.source, member.target);
    }
}

Table links_table(const LinkKind& kind, const Tables& tables, Members& missing) {
    Table table;
    table.name = kind.name;
    table.label = kind.remarks.label;
    table.is_link = true;
    assert(kind.source.value < std::ssize(tables) && kind.target.value < std::ssize(tables));  // agents are laid out first
    table.source_kind = kind.source;
    table.target_kind = kind.target;
    const Table& sources = tables[kind.source];
    const Table& targets = tables[kind.target];
    collect_links(kind, sources, targets, table, missing);
    table.rows = static_cast<std::int64_t>(table.source.size());
    assert(table.source.size() == table.target.size());
    group(table.source, sources.rows, table.by_source, table.source_offset);
    group(table.target, targets.rows, table.by_target, table.target_offset);
    table.targets_ascend = ascend(table.by_source, table.source_offset, table.target);
    table.sources_ascend = ascend(table.by_target, table.target_offset, table.source);
    return table;
}

/// Says which links of patterns are asked for by name and do not exist; those that are written out were looked for when read.
class LinkCheck {
public:
    LinkCheck(const Scenario& scenario, const Tables& tables) : scenario_(scenario), tables_(tables) {}

    void look_for(const std::vector<Lookup>& lookups) {
        for (const Lookup& lookup : lookups)
            if (scenario_.link_kind(lookup.kind).pattern && !exists(lookup.kind, lookup.source, lookup.target)) say(lookup);
    }
    void say(const Lookup& lookup) {
        const LinkKind& kind = scenario_.link_kind(lookup.kind);
        const bool is_turned = kind.source == kind.target && exists(lookup.kind, lookup.target, lookup.source);
        say_missing(lookup, is_turned, scenario_.schema, problems_);
    }
    void refuse() const {
        if (!problems_.has_errors()) return;
        if (scenario_.sources) throw ScenarioError(problems_, *scenario_.sources);
        const Problem first = problems_.sorted().front();
        throw Error(first.what, first.help);
    }

private:
    [[nodiscard]] bool exists(KindId kind, int source, int target) const {
        return tables_[kind].between(source, target) != no_row;
    }

    const Scenario& scenario_;
    const Tables& tables_;
    Problems problems_;
};

}  // namespace

namespace {

/// Of an agent's links, in row order, the one whose other end is `wanted`.
RowIndex link_to(RowIndex wanted, std::span<const RowIndex> links, const RowMap& ends, bool ascending) {
    const auto end_of = [&](RowIndex link) { return ends[static_cast<std::size_t>(link)]; };
    for (const std::int64_t place : {std::int64_t{wanted} - 1, std::int64_t{wanted}})  // where it stands if it has links to all, itself left out or not
        if (place >= 0 && place < std::ssize(links) && end_of(links[static_cast<std::size_t>(place)]) == wanted) return links[static_cast<std::size_t>(place)];
    const auto found = ascending ? std::ranges::lower_bound(links, wanted, {}, end_of) : std::ranges::find(links, wanted, end_of);
    return found != links.end() && end_of(*found) == wanted ? *found : no_row;
}

}  // namespace

std::span<const RowIndex> Table::out_of(RowIndex agent) const {
    assert(is_link && agent >= 0 && agent + 1 < std::ssize(source_offset));
    const auto a = static_cast<std::size_t>(agent);
    return std::span(by_source).subspan(static_cast<std::size_t>(source_offset[a]),
                                        static_cast<std::size_t>(source_offset[a + 1] - source_offset[a]));
}

std::span<const RowIndex> Table::into(RowIndex agent) const {
    assert(is_link && agent >= 0 && agent + 1 < std::ssize(target_offset));
    const auto a = static_cast<std::size_t>(agent);
    return std::span(by_target).subspan(static_cast<std::size_t>(target_offset[a]),
                                        static_cast<std::size_t>(target_offset[a + 1] - target_offset[a]));
}

RowIndex Table::between(RowIndex source_row, RowIndex target_row) const {
    if (source_row < 0 || target_row < 0) return no_row;
    const auto out = out_of(source_row);
    const auto in = into(target_row);
    return out.size() <= in.size() ? link_to(target_row, out, target, targets_ascend) : link_to(source_row, in, source, sources_ascend);
}

Tables lay_out(const Scenario& scenario) {
    need_memory_for_agents(scenario);
    Tables tables;
    LinkCheck check(scenario, tables);
    for (const AgentKind& kind : scenario.agents) tables.add(agents_table(kind));
    for (const LinkKind& kind : scenario.links) {
        Members missing;
        const KindId id = tables.add(links_table(kind, tables, missing));
        for (const LinkMember& member : missing) check.say({id, member.source, member.target, member.place, kind.name});
    }
    check.look_for(lookups_in_formulas(scenario));
    check.look_for(lookups_in_timeline(scenario.timeline));
    check.refuse();
    return tables;
}

double expected_rows(const Scenario& scenario) {
    double rows = 0;
    const auto agents = [&](KindId kind) { return static_cast<double>(scenario.agent_kind(kind).size()); };
    for (const AgentKind& kind : scenario.agents) rows += static_cast<double>(kind.size());
    for (const LinkKind& kind : scenario.links) {
        if (kind.pattern) rows += expected_links(*kind.pattern, agents(kind.source), agents(kind.target));
        else rows += static_cast<double>(kind.table_ends.size() + kind.members.size());
    }
    return rows;
}

std::uint64_t row_identity(const Tables& tables, KindId kind, std::int64_t row) {
    const Table& table = tables[kind];
    const auto r = static_cast<std::size_t>(row);
    if (table.is_link)
        return mix(row_identity(tables, table.source_kind, table.source[r]), row_identity(tables, table.target_kind, table.target[r]));
    return table.names.empty() ? mix(static_cast<std::uint64_t>(row)) : table.name_hashes[r];
}

std::string row_name(const Tables& tables, KindId kind, std::int64_t row) {
    const Table& table = tables[kind];
    const auto r = static_cast<std::size_t>(row);
    if (table.is_link)
        return fmt::format("{} -> {}", as_end(row_name(tables, table.source_kind, table.source[r])),
                           as_end(row_name(tables, table.target_kind, table.target[r])));
    return table.names.empty() ? fmt::format("{} {}", table.name, row) : table.names[r];
}

std::string row_label(const Tables& tables, KindId kind, std::int64_t row) {
    const Table& table = tables[kind];
    const auto r = static_cast<std::size_t>(row);
    if (table.is_link)
        return fmt::format("{} -> {}", row_label(tables, table.source_kind, table.source[r]), row_label(tables, table.target_kind, table.target[r]));
    return table.labels.empty() || table.labels[r].empty() ? row_name(tables, kind, row) : table.labels[r];
}

bool has_labels(const Tables& tables, KindId kind) {
    const Table& table = tables[kind];
    return table.is_link ? has_labels(tables, table.source_kind) || has_labels(tables, table.target_kind) : !table.labels.empty();
}

}  // namespace entente
