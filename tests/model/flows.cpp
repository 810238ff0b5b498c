// What each step reads and changes, in small worlds and in the founding scenario.
#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include <entente/model/flows.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;

Model whole_tables(const Scenario& scenario, std::vector<ParameterId> varied = {}) {
    return compile(scenario, {.varied = std::move(varied), .unroll = Unroll::no, .starts_known = false});
}

std::string name_of(const Model& model, const NamedState& state) {
    const std::string& kind = model.tables[state.kind].name;
    if (state.event.value >= 0) return kind + '.' + model.events[state.event].name;
    return model.column(model.field_columns[state.kind][state.field]).name;
}

/// A line a step: `a.x, a.y -> a.x`.
std::vector<std::string> flows(const Model& model) {
    std::vector<std::string> lines;
    for (const StepFlow& flow : step_flows(model)) {
        const auto names = [&](const std::vector<NamedState>& states) {
            std::vector<std::string> list;
            for (const NamedState& state : states) list.push_back(name_of(model, state));
            return fmt::format("{}", fmt::join(list, ", "));
        };
        lines.push_back(names(flow.reads) + " -> " + names(flow.changes));
    }
    return lines;
}

std::vector<std::string> flows(const std::string& text) { return flows(whole_tables(scenario_of(text))); }

/// Four states, each tied to each other.
std::string states(const std::string& steps, const std::string& head = "") {
    return head + "agents:\n  state:\n    fields: {x: 0, y: 1, z: 2, group: 0}\n    derived: {gap: y - z, twice: 2 * gap}\n    members: [a, b, c, d]\n"
                  "links: {tie: {source: state, target: state, fields: {w: 1, v: 1}, derived: {pull: w * target.y}, pattern: complete}}\nsteps:\n" + steps;
}

std::vector<std::string> rule(const std::string& statement, const std::string& on = "state") {
    return flows(states(fmt::format("  - {{rule: r, on: {}, do: [\"{}\"]}}\n", on, statement)));
}

TEST(Flows, lead_from_what_a_statement_reads_to_what_it_changes) {
    EXPECT_THAT(rule("x = y + 1"), ElementsAre("state.y -> state.x"));
    EXPECT_THAT(rule("x = 1"), ElementsAre(" -> state.x"));
    EXPECT_THAT(rule("x = dt * normal()"), ElementsAre(" -> state.x"));
    EXPECT_THAT(rule("x = state[a].y"), ElementsAre("state.y -> state.x"));
    EXPECT_THAT(rule("x = 2 * state[a].y + 1"), ElementsAre("state.y -> state.x")) << "computed once for all rows";
}

TEST(Flows, of_a_statement_that_adds_begin_at_what_it_changes) {
    EXPECT_THAT(rule("x += y"), ElementsAre("state.x, state.y -> state.x"));
    EXPECT_THAT(rule("source.x += v", "tie"), ElementsAre("state.x, tie.v -> state.x"));
    EXPECT_THAT(rule("reverse.w -= v", "tie"), ElementsAre("tie.w, tie.v -> tie.w"));
}

TEST(Flows, follow_what_is_derived) {
    EXPECT_THAT(rule("x = twice"), ElementsAre("state.y, state.z -> state.x"));
    EXPECT_THAT(rule("v = pull + source.gap", "tie"), ElementsAre("state.y, state.z, tie.w -> tie.v"));
}

TEST(Flows, follow_aggregates) {
    EXPECT_THAT(rule("x = sum(k.w * k.target.y for k in tie.out(self) if k.v > 0)"), ElementsAre("state.y, tie.w, tie.v -> state.x"));
    EXPECT_THAT(rule("x = mean(s.y for s in state if s.z > 0)"), ElementsAre("state.y, state.z -> state.x"));
    EXPECT_THAT(rule("x = max(k.pull + k.source.y for k in tie.into(self))"), ElementsAre("state.y, tie.w -> state.x"));
    EXPECT_THAT(rule("v = sum(k.w for k in tie.into(target))", "tie"), ElementsAre("tie.w -> tie.v"));
    EXPECT_THAT(rule("x = count(s.y > x for s in state)"), ElementsAre("state.x, state.y -> state.x"));
}

TEST(Flows, follow_long_sums) {
    EXPECT_THAT(flows("agents: {cell: {count: 5000, fields: {x: 0, y: 1}}, town: {fields: {z: 0}, members: [a]}}\n"
                      "steps: [{rule: r, on: town, do: ['z = sum(c.y for c in cell if c.x > 0)']}]"),
                ElementsAre("cell.x, cell.y -> town.z"));
}

TEST(Flows, follow_medians) {
    EXPECT_THAT(rule("x = median(s.y for s in state if s.group == group)"), ElementsAre("state.y, state.group -> state.x"));
    EXPECT_THAT(rule("x = weighted_median((s.y, s.z) for s in state)"), ElementsAre("state.y, state.z -> state.x"));
}

TEST(Flows, follow_sums_that_are_found_by_value) {
    const auto matched = [](const std::string& aggregate) {
        const Model model = whole_tables(scenario_of("agents: {cell: {count: 200, fields: {x: 0, owner: 0, key: 0, tax: 1, paid: 1}}}\n"
                                                     "steps: [{rule: r, on: cell, do: [\"x = " + aggregate + "\"]}]"));
        EXPECT_TRUE(std::ranges::any_of(model.steps[0].passes, [](const Pass& pass) { return std::holds_alternative<MatchItems>(pass); }));
        return flows(model);
    };
    EXPECT_THAT(matched("sum(c.tax for c in cell if c.owner == key)"), ElementsAre("cell.owner, cell.key, cell.tax -> cell.x"));
    EXPECT_THAT(matched("mean(c.tax for c in cell if c.owner == key and c.paid)"), ElementsAre("cell.owner, cell.key, cell.tax, cell.paid -> cell.x"));
    EXPECT_THAT(matched("count(1 for c in cell if c.owner == key)"), ElementsAre("cell.owner, cell.key -> cell.x"));
}

TEST(Flows, follow_names_that_a_row_gives) {
    EXPECT_THAT(flows(states("  - {rule: r, on: state, let: {lead: 'y - mean(s.y for s in state)', unused: z}, do: ['x = lead']}\n")), ElementsAre("state.y -> state.x"));
}

TEST(Flows, begin_at_what_decides_where_a_rule_applies) {
    EXPECT_THAT(flows(states("  - {rule: r, on: state, where: z > 1, do: ['x = y']}\n")), ElementsAre("state.y, state.z -> state.x"))
        << "x, as it is on rows that are left alone, was not read";
}

TEST(Flows, do_not_begin_at_values_that_are_kept_while_others_are_changed) {
    EXPECT_THAT(flows(states("  - {rule: r, on: tie, where: source.z > 1, do: ['w = 0', 'v = reverse.v']}\n")), ElementsAre("state.z, tie.v -> tie.w, tie.v"));
    EXPECT_THAT(flows(states("  - {rule: r, on: tie, where: source.z > 1, do: ['w = 0', 'v = reverse.w']}\n")), ElementsAre("state.z, tie.w -> tie.w, tie.v"))
        << "w, which is written beside as others still read it";
}

TEST(Flows, see_what_a_step_has_assigned_as_its_own) {
    EXPECT_THAT(rule("x = y\", \"z = x"), ElementsAre("state.y -> state.x, state.z"));
}

TEST(Flows, lead_through_chances_and_choices) {
    EXPECT_THAT(flows(states("  - {event: e, on: state, rate: y, where: z > 0, do: ['x = 1']}\n")), ElementsAre("state.y, state.z -> state.x"));
    EXPECT_THAT(flows(states("  - {event: e, on: state, probability: y, do: []}\n")), ElementsAre("state.y -> "));
    EXPECT_THAT(flows(states("  - {event: e, on: state, count: y, do: ['x += e']}\n")), ElementsAre("state.x, state.y -> state.x"));
    EXPECT_THAT(flows(states("  - {event: e, on: tie, choice: w, temperature: source.y, outside: source.z, where: v > 0, do: ['target.x += 1']}\n")),
                ElementsAre("state.x, state.y, state.z, tie.w, tie.v -> state.x"));
}

TEST(Flows, tell_of_events_that_steps_read) {
    EXPECT_THAT(flows(states("  - {event: e, on: tie, rate: w, do: []}\n  - {rule: r, on: state, do: ['x += sum(k.e for k in tie.out(self))']}\n")),
                ElementsAre("tie.w -> tie.e", "state.x, tie.e -> state.x"));
    EXPECT_THAT(flows(states("  - {event: e, on: tie, rate: w, do: []}\n", "").append("measures: {n: sum(k.e for k in tie)}\n")), ElementsAre("tie.w -> "))
        << "a measure is no step";
    EXPECT_THAT(flows(states("  - {event: e, on: tie, probability: '0 if reverse.e else 0.5', do: []}\n")), ElementsAre("tie.e -> tie.e"));
}

TEST(Flows, begin_at_fields_that_no_step_changes) {
    EXPECT_THAT(flows("agents: {state: {fields: {x: 0, size: 3}, members: [a]}}\nsteps: [{rule: r, on: state, do: ['x = size']}]"), ElementsAre("state.size -> state.x"));
}

TEST(Flows, leave_out_what_a_parameter_folds_away) {
    const std::string text = states("  - {rule: r, on: state, do: ['x = y if strict else z']}\n  - {rule: q, on: state, where: strict, do: ['x = z']}\n",
                                    "parameters: {strict: 0}\n");
    const Scenario scenario = scenario_of(text);
    EXPECT_THAT(flows(whole_tables(scenario)), ElementsAre("state.z -> state.x", " -> ")) << "nowhere does the second rule apply";
    EXPECT_THAT(flows(whole_tables(scenario, {ParameterId{0}})), ElementsAre("state.y, state.z -> state.x", "state.z -> state.x"));
}

// -- against the equations --------------------------------------------------------------------------------------------------------------

/// What the trees of a step's equations name, whatever the parameters are.
class Equations {
public:
    explicit Equations(const Scenario& scenario) : scenario_(scenario) {}

    [[nodiscard]] std::set<NamedState> read_by(const Step& step) const {
        std::set<NamedState> found;
        for (const Let& let : step.lets) read(*let.value.tree, found);
        for (const auto& formula : {step.where, step.drive, step.temperature, step.outside})
            if (formula) read(*formula->tree, found);
        for (const Statement& statement : step.statements) {
            read(*statement.value.tree, found);
            if (statement.op != Statement::Op::set) found.insert(changed_by(step, statement));
        }
        return found;
    }

    [[nodiscard]] NamedState changed_by(const Step& step, const Statement& statement) const {
        KindId kind = step.on;
        if (statement.on == Statement::On::source) kind = scenario_.link_kind(step.on).source;
        if (statement.on == Statement::On::target) kind = scenario_.link_kind(step.on).target;
        return {kind, statement.field, {}};
    }

private:
    void read(const Expr& expr, std::set<NamedState>& into) const {
        if (expr.kind == Expr::Kind::field) into.insert({expr.row->kind, expr.field, {}});
        if (expr.kind == Expr::Kind::event) into.insert({expr.row->kind, {}, expr.event});
        if (expr.kind == Expr::Kind::derived)
            read(*scenario_.derived(expr.row->kind)[static_cast<std::size_t>(expr.derived.value)].value.tree, into);
        for (const ExprPtr& arg : expr.args) read(*arg, into);
        if (expr.filter) read(*expr.filter, into);
    }

    const Scenario& scenario_;
};

Scenario shipped(const std::filesystem::path& file) { return read_scenario(std::filesystem::path(ENTENTE_ROOT) / "scenarios" / file).scenario; }

TEST(Flows, of_the_founding_scenario_are_those_of_its_equations) {
    const Scenario scenario = shipped("moscow-kabul.yaml");
    const Model model = whole_tables(scenario);
    const Equations equations(scenario);
    const auto found = step_flows(model);
    ASSERT_EQ(found.size(), scenario.steps.size());
    for (std::size_t s = 0; s < found.size(); ++s) {
        const Step& step = scenario.steps[s];
        std::set<NamedState> reads = equations.read_by(step);
        reads.erase({step.on, {}, step.event});  // what has just fired, where its own statements name it
        EXPECT_EQ(std::vector(reads.begin(), reads.end()), found[s].reads) << step.name;
        std::set<NamedState> changes;
        for (const Statement& statement : step.statements) changes.insert(equations.changed_by(step, statement));
        const auto is_event = [](const NamedState& state) { return state.event.value >= 0; };
        std::vector<NamedState> changed = found[s].changes;
        std::erase_if(changed, is_event);
        EXPECT_EQ(std::vector(changes.begin(), changes.end()), changed) << step.name;
    }
}

TEST(Flows, of_published_models_begin_at_nothing_that_their_equations_do_not_name) {
    for (const auto& entry : std::filesystem::directory_iterator(std::filesystem::path(ENTENTE_ROOT) / "scenarios/classics")) {
        if (entry.path().extension() != ".yaml") continue;
        const Scenario scenario = shipped(entry.path());
        const Model model = whole_tables(scenario);
        const Equations equations(scenario);
        const auto found = step_flows(model);
        for (std::size_t s = 0; s < found.size(); ++s) {
            const std::set<NamedState> named = equations.read_by(scenario.steps[s]);
            for (const NamedState& state : found[s].reads)
                EXPECT_TRUE(named.contains(state)) << entry.path() << ": " << scenario.steps[s].name << ": " << name_of(model, state);
        }
    }
}

}  // namespace
}  // namespace entente::test
