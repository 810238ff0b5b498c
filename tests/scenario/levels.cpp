// Tests: language/checker_levels.
#include <entente/scenario/levels.hpp>
#include <entente/scenario/settings.hpp>
#include <entente/scenario/starts.hpp>

#include "reading.hpp"

namespace entente::test {
namespace {

const std::string ladder = bare + R"said(parameters:
  opening: {value: mission, range: [0, 3], prior: "choice(mission, ambassadors)"}
agents:
  state:
    members: {a: {alert: high}, b: {}}
    fields:
      alert: {start: low, levels: [low, medium, high]}
      risk: {start: high, levels: [low, high]}
links:
  relation:
    source: state
    target: state
    members: {a -> b: {standing: diplomats}, b -> a: {}}
    fields:
      standing: {start: opening, levels: [none, mission, diplomats, {name: ambassadors, label: Ambassadors exchanged}]}
measures:
  standing: {value: standing, on: relation}
  ab: "relation[a, b].standing"
  best: "peak(relation[a, b].standing)"
  mean: "mean(r.standing for r in relation)"
  risk: "state[a].risk"
)said";
const std::string ladder_steps = ladder + "steps:\n";

double constant(const Formula& formula) {
    return constant_of(formula.tree).value_or(-1);
}

TEST(Levels, are_the_numbers_from_0_on) {
    const Scenario scenario = read(ladder);
    const Field& standing = scenario.links[0].fields[0];
    EXPECT_EQ(names_of(standing.levels), (std::vector<std::string>{"none", "mission", "diplomats", "ambassadors"}));
    EXPECT_EQ(standing.levels[3].label, "Ambassadors exchanged");
    EXPECT_EQ(standing.range.low, 0);
    EXPECT_EQ(standing.range.high, 3);
    EXPECT_EQ(constant(scenario.links[0].members[0].starts[0].value), 2);
    EXPECT_EQ(constant(scenario.agents[0].members[0].starts[0].value), 2);  // high of alert
    EXPECT_EQ(constant(scenario.agents[0].fields[1].start), 1);            // high of risk
    EXPECT_EQ(scenario.parameters[0].value, 1);
    EXPECT_EQ(scenario.parameters[0].prior->arguments, (std::vector<double>{1, 3}));
}

TEST(Levels, mean_those_of_the_field_that_they_are_compared_with_or_written_to) {
    const Scenario scenario = read(ladder_steps + R"said(
  - rule: r
    on: state
    let: {scared: alert == high, bold: low < risk, both: alert >= medium and high == risk}
    do: [risk = high if alert >= high else low]
timeline: [{tick: 1, set: {"state[b].alert": high, opening: diplomats, "relation[b, a].standing": none}}]
variants: {v: {parameters: {opening: none}, agents: {state: {fields: {risk: low}, members: {b: {alert: high}}}}}}
)said");
    const auto& lets = scenario.steps[0].lets;
    EXPECT_EQ(lets[0].value.tree->args[1]->number, 2);
    EXPECT_EQ(lets[1].value.tree->args[0]->number, 0);
    EXPECT_EQ(lets[2].value.tree->args[1]->args[0]->number, 1);
    const Expr& written = *scenario.steps[0].statements[0].value.tree;
    EXPECT_EQ(written.args[0]->args[1]->number, 2);
    EXPECT_EQ(written.args[1]->number, 1);
    EXPECT_EQ(constant(scenario.timeline[0].sets[0].value), 2);
    EXPECT_EQ(scenario.variants[0].parameters[0].value, 0);
    EXPECT_EQ(constant(scenario.variants[0].members[0].start.value), 2);
}

TEST(Levels, are_those_of_measures_that_are_a_field) {
    const Scenario scenario = read(ladder);
    const auto named = [&](std::size_t measure) { return levels_of(scenario, scenario.measures[measure].value.tree); };
    for (const std::size_t measure : {0U, 1U, 2U}) EXPECT_EQ(named(measure)->size(), 4U) << measure;
    EXPECT_EQ(named(3), nullptr);
    EXPECT_EQ(named(4)->size(), 2U);
}

TEST(Levels, are_set_by_name) {
    const Scenario scenario = read(ladder);
    EXPECT_EQ(with_setting(scenario, "relation[a, b].standing=ambassadors").parameters.back().value, 3);
    EXPECT_EQ(with_setting(scenario, "state[a].risk=high").parameters.back().value, 1);
    EXPECT_EQ(with_setting(scenario, "opening=none").parameters.front().value, 0);
    EXPECT_EQ(thrown_by([&] { with_setting(scenario, "state[a].risk=hihg"); }), "'hihg' is not a level of 'state[a].risk'\nhelp: did you mean 'high'?");
}

TEST(Levels, stand_in_tables) {
    Folder folder;
    folder.write("states.csv", "name,alert,risk\nx,high,1\ny,medium,high\n");
    const Scenario scenario = read(bare + "agents: {state: {table: states.csv, fields: {alert: {start: low, levels: [low, medium, high]}, risk: {start: low, levels: [low, high]}}}}\n"
                                          "measures: {m: 'last(state[x].alert + state[x].risk)'}\n", folder.path());
    EXPECT_EQ(scenario.agents[0].table->columns[0], (std::vector<double>{2, 1}));
    EXPECT_EQ(scenario.agents[0].table->columns[1], (std::vector<double>{1, 1}));
}

TEST(Levels, keep_to_their_field_beside_a_panel) {
    Folder folder;
    folder.write("aid.csv", "name,tick,value\nx,0,5\n");
    const Scenario scenario = read(bare + "inputs: {aid: {table: aid.csv, on: state, outside: hold}}\n"
                                          "agents: {state: {members: [x], fields: {alert: {start: high, levels: [low, high]}, gold: 1}}}\n"
                                          "measures: {m: 'state[x].alert == high', g: 'state[x].gold + state[x].aid'}\n", folder.path());
    EXPECT_EQ(scenario.agents[0].fields[0].name, "aid");
    EXPECT_EQ(scenario.schema.kinds[0].levels, (std::vector<std::vector<std::string>>{{}, {"low", "high"}, {}}));
    EXPECT_EQ(constant(scenario.agents[0].fields[1].start), 1);
}

const Fault faults[] = {
    {"a_level_of_another_field", ladder_steps, R"(
  - {rule: r, on: state, do: [alert = mission]}
  - {rule: s, on: relation, where: standing == high, do: [standing = none]}
)",
     R"(
world.yaml:25:39: error: 'mission' is not a level of 'alert'
   25 |   - {rule: r, on: state, do: [alert = mission]}
      |                                       ^~~~~~~
help: its levels are low, medium and high

world.yaml:26:48: error: 'high' is not a level of 'standing'
   26 |   - {rule: s, on: relation, where: standing == high, do: [standing = none]}
      |                                                ^~~~
help: its levels are none, mission, diplomats and ambassadors)"},
    {"a_level_that_is_misspelt_or_that_there_is_not", ladder_steps, R"(
  - {rule: r, on: state, do: [alert = meduim]}
  - {rule: s, on: relation, where: standing == missoin, do: [standing = closed]}
  - {event: e, on: state, rate: hihg, do: [alert = high]}
)",
     R"(
world.yaml:25:39: error: no parameter or field is called 'meduim'
   25 |   - {rule: r, on: state, do: [alert = meduim]}
      |                                       ^~~~~~
help: did you mean 'medium'?

world.yaml:26:48: error: no parameter or field is called 'missoin'
   26 |   - {rule: s, on: relation, where: standing == missoin, do: [standing = closed]}
      |                                                ^~~~~~~
help: did you mean 'mission'?

world.yaml:26:73: error: no parameter or field is called 'closed'
   26 |   - {rule: s, on: relation, where: standing == missoin, do: [standing = closed]}
      |                                                                         ^~~~~~
help: the levels of 'standing' are none, mission, diplomats and ambassadors

world.yaml:27:33: error: no parameter or field is called 'hihg'
   27 |   - {event: e, on: state, rate: hihg, do: [alert = high]}
      |                                 ^~~~
help: did you mean 'high'?)"},
    {"a_level_that_may_be_several_numbers", ladder_steps, R"(
  - {event: e, on: state, rate: high, do: [alert = high]}
)",
     R"(
world.yaml:25:33: error: 'high' is a level of several fields, and not the same number in all
   25 |   - {event: e, on: state, rate: high, do: [alert = high]}
      |                                 ^~~~
help: compare it with one of the fields alone, as in field == level, or give one of the levels another name)"},
    {"a_name_that_something_else_has", bare, R"(
parameters: {high: 1}
agents: {a: {members: [x], fields: {v: {start: high, levels: [low, high]}}}}
measures: {m: "a[x].v"}
)",
     R"(
world.yaml:4:68: error: 'high' is the name of a parameter already, on line 3
    4 | agents: {a: {members: [x], fields: {v: {start: high, levels: [low, high]}}}}
      |                                                                    ^~~~
help: choose another name for the level: expressions could not distinguish them)"},
    {"a_range_beside_them", bare, R"(
agents: {a: {members: [x], fields: {v: {start: low, range: [0, 1], levels: [low, high]}}}}
measures: {m: "a[x].v"}
)",
     R"(
world.yaml:3:60: error: 'v' has levels, which are its range
    3 | agents: {a: {members: [x], fields: {v: {start: low, range: [0, 1], levels: [low, high]}}}}
      |                                                            ^
help: remove `range`)"},
};

ENTENTE_TELLS(Levels, faults);

}  // namespace
}  // namespace entente::test
