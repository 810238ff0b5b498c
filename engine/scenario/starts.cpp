#include <entente/scenario/starts.hpp>

#include <algorithm>
#include <cmath>

namespace entente {
namespace {

/// What a scenario says of one named row.
struct Said {
    const std::vector<StartOverride>* starts = nullptr;  ///< null: it has no entry of its own
    const TableData* table = nullptr;                    ///< null: it stands in none …
    std::size_t table_row = 0;                           ///< … on this line
};

Said said_of_agent(const AgentKind& kind, std::size_t row) {
    Said said{&kind.members[row].starts};
    const bool is_in_table = kind.table && row < kind.table->rows;
    if (is_in_table) said.table = &*kind.table, said.table_row = row;
    return said;
}

auto member_between(auto& members, int source, int target) {
    return std::find_if(members.begin(), members.end(), [&](const LinkMember& m) { return m.source == source && m.target == target; });
}

Said said_of_link(const LinkKind& kind, int source, int target) {
    Said said;
    if (const auto member = member_between(kind.members, source, target); member != kind.members.end()) said.starts = &member->starts;
    const auto line = std::find(kind.table_ends.begin(), kind.table_ends.end(), std::pair(source, target));
    if (line != kind.table_ends.end()) said.table = &*kind.table, said.table_row = static_cast<std::size_t>(line - kind.table_ends.begin());
    return said;
}

Said said_of(const Scenario& scenario, const RowRef& row) {
    if (row.form == RowRef::Form::member) return said_of_agent(scenario.agent_kind(row.kind), static_cast<std::size_t>(row.member.value));
    return said_of_link(scenario.link_kind(row.kind), row.from->member.value, row.to->member.value);
}

auto start_of(auto& starts, FieldId field) {
    return std::find_if(starts.begin(), starts.end(), [&](const StartOverride& s) { return s.field == field; });
}

const Formula* own_start(const Said& said, FieldId field) {
    if (!said.starts) return nullptr;
    const auto own = start_of(*said.starts, field);
    return own == said.starts->end() ? nullptr : &own->value;
}

std::optional<double> number_in_table(const Said& said, FieldId field) {
    if (!said.table) return std::nullopt;
    const auto& fields = said.table->fields;
    const auto column = std::find(fields.begin(), fields.end(), field);
    if (column == fields.end()) return std::nullopt;
    const double number = said.table->columns[static_cast<std::size_t>(column - fields.begin())][said.table_row];
    return std::isnan(number) ? std::nullopt : std::optional(number);
}

std::vector<StartOverride>& entry_of(Scenario& scenario, const RowRef& row, const Place& place) {
    const auto index = static_cast<std::size_t>(row.kind.value);
    if (row.form == RowRef::Form::member) return scenario.agents[index].members[static_cast<std::size_t>(row.member.value)].starts;
    auto& members = scenario.links[index - scenario.agents.size()].members;
    const int source = row.from->member.value;
    const int target = row.to->member.value;
    if (const auto found = member_between(members, source, target); found != members.end()) return found->starts;
    members.push_back({source, target, place, {}, true});
    return members.back().starts;
}

}  // namespace

std::optional<double> constant_of(const ExprPtr& tree) {
    if (tree && tree->kind == Expr::Kind::number) return tree->number;
    if (tree && tree->kind == Expr::Kind::call && tree->function == Function::negate && tree->args[0]->kind == Expr::Kind::number)
        return -tree->args[0]->number;
    return std::nullopt;
}

const Formula* start_formula(const Scenario& scenario, const RowRef& row, FieldId field) {
    const Said said = said_of(scenario, row);
    if (const Formula* own = own_start(said, field)) return own;
    if (number_in_table(said, field)) return nullptr;
    return &scenario.fields(row.kind)[static_cast<std::size_t>(field.value)].start;
}

std::optional<double> start_number(const Scenario& scenario, const RowRef& row, FieldId field) {
    const Formula* formula = start_formula(scenario, row, field);
    return formula ? constant_of(formula->tree) : number_in_table(said_of(scenario, row), field);
}

void set_start(Scenario& scenario, const RowRef& row, const StartOverride& start, const Place& place) {
    auto& starts = entry_of(scenario, row, place);
    if (const auto same = start_of(starts, start.field); same != starts.end())
        *same = start;
    else
        starts.push_back(start);
}

}  // namespace entente
