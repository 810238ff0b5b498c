#include "reading.hpp"

namespace entente::test {
namespace {

const Fault faults[] = {
    {"an_unknown_key_of_agents", bare, R"(
agents:
  state:
    feilds: {a: 1}
    count: 3
)",
     R"(
world.yaml:5:5: error: a kind of agents has no key 'feilds'
    5 |     feilds: {a: 1}
      |     ^~~~~~
help: did you mean 'fields'?)"},
    {"agents_without_number", bare, R"(
agents:
  state:
    fields: {a: 1}
)",
     R"(
world.yaml:4:3: error: 'state' has no agents
    4 |   state:
      |   ^~~~~
help: give it members, a table or a count)"},
    {"agents_counted_and_named", bare, R"(
agents:
  state:
    count: 3
    members: [russia]
)",
     R"(
world.yaml:5:5: error: 'state' has both 'count' and 'members'
    5 |     count: 3
      |     ^~~~~
help: agents that are counted have no names: keep one of the two)"},
    {"a_count_of_none", bare, R"(
agents:
  state:
    count: 0
)",
     R"(
world.yaml:5:12: error: 'count' must be a whole number from 1 to 1000000000, and this is 0
    5 |     count: 0
      |            ^)"},
    {"a_field_without_start", bare, R"(
agents:
  state:
    fields: {a: {unit: km}}
    count: 3
)",
     R"(
world.yaml:5:17: error: a field lacks its 'start'
    5 |     fields: {a: {unit: km}}
      |                 ^
help: start: over parameters, the row's own fields given earlier, a link's `source.x` and `target.x`, and draws; a draw is made per row and run)"},
    {"a_field_with_nothing", bare, R"(
agents:
  state:
    fields: {a: }
    count: 3
)",
     R"(
world.yaml:5:14: error: 'a' must be an expression, and this is nothing
    5 |     fields: {a: }
      |              ^)"},
    {"an_unknown_key_of_a_field", bare, R"(
agents:
  state:
    fields: {a: {start: 1, rnage: [0, 1]}}
    count: 3
)",
     R"(
world.yaml:5:28: error: a field has no key 'rnage'
    5 |     fields: {a: {start: 1, rnage: [0, 1]}}
      |                            ^~~~~
help: did you mean 'range'?)"},
    {"a_start_outside_its_range", bare, R"(
agents:
  state:
    fields: {a: {start: -2, range: [0, 1]}}
    count: 3
)",
     R"(
world.yaml:5:25: error: the start -2 of 'a' is outside its range [0, 1]
    5 |     fields: {a: {start: -2, range: [0, 1]}}
      |                         ^~
help: change the value or widen the range)"},
    {"a_start_that_reads_a_later_field", bare, R"(
agents:
  state:
    fields: {a: b, b: 1}
    count: 3
)",
     R"(
world.yaml:5:17: error: 'b' has no value yet in a start expression
    5 |     fields: {a: b, b: 1}
      |                 ^
help: a start expression reads the row's own fields given earlier)"},
    {"a_start_that_reads_an_unknown_name", bare, R"(
agents:
  state:
    fields: {a: 2 * gian}
    count: 3
parameters: {gain: 1}
)",
     R"(
world.yaml:5:21: error: no parameter or field is called 'gian'
    5 |     fields: {a: 2 * gian}
      |                     ^~~~
help: did you mean 'gain'?)"},
    {"a_start_that_is_a_list", bare, R"(
agents:
  state:
    fields: {a: [1]}
    count: 3
)",
     R"(
world.yaml:5:17: error: 'a' must be an expression, and this is a list
    5 |     fields: {a: [1]}
      |                 ^
help: put an expression that begins with a bracket in quotes)"},
    {"a_derived_field_without_value", bare, R"(
agents:
  state:
    derived: {a: {unit: km}}
    count: 3
)",
     R"(
world.yaml:5:18: error: a derived field lacks its 'value'
    5 |     derived: {a: {unit: km}}
      |                  ^
help: value: over everything the row can read)"},
    {"a_circle_of_derived_fields", bare, R"(
agents:
  state:
    fields: {x: 1}
    derived: {a: b + x, b: 2 * c, c: a}
    count: 3
)",
     R"(
world.yaml:6:15: error: derived fields depend on each other in a cycle: state.a reads state.b reads state.c reads state.a
    6 |     derived: {a: b + x, b: 2 * c, c: a}
      |               ^
help: keep one of them as a field, written by a rule)"},
    {"a_derived_field_that_reads_itself", bare, R"(
agents:
  state:
    derived: {a: a + 1}
    count: 3
)",
     R"(
world.yaml:5:15: error: derived fields depend on each other in a cycle: state.a reads state.a
    5 |     derived: {a: a + 1}
      |               ^
help: keep one of them as a field, written by a rule)"},
    {"a_draw_in_a_derived_field", bare, R"(
agents:
  state:
    derived: {a: normal()}
    count: 3
)",
     R"(
world.yaml:5:18: error: nothing can be drawn in a derived field
    5 |     derived: {a: normal()}
      |                  ^~~~~~~~
help: draw in a rule and keep the value in a field)"},
    {"a_members_field_that_is_unknown", bare, R"(
agents:
  state:
    fields: {trust: 1}
    members: {russia: {trsut: 2}}
)",
     R"(
world.yaml:6:24: error: 'state' has no field called 'trsut'
    6 |     members: {russia: {trsut: 2}}
      |                        ^~~~~
help: did you mean 'trust'?)"},
    {"a_members_start_of_a_derived_field", bare, R"(
agents:
  state:
    fields: {trust: 1}
    derived: {doubt: 1 - trust}
    members: {russia: {doubt: 2}}
)",
     R"(
world.yaml:7:24: error: 'doubt' is derived and has no start
    7 |     members: {russia: {doubt: 2}}
      |                        ^~~~~
help: start the fields it is made of)"},
    {"a_members_start_outside_its_range", bare, R"(
agents:
  state:
    fields: {trust: {start: 0, range: [0, 1]}}
    members: {russia: {trust: 2}}
)",
     R"(
world.yaml:6:31: error: the start 2 of 'trust' is outside its range [0, 1]
    6 |     members: {russia: {trust: 2}}
      |                               ^
help: change the value or widen the range)"},
    {"a_members_start_that_reads_a_field", bare, R"(
agents:
  state:
    fields: {trust: 0, arms: 1}
    members: {russia: {trust: arms}}
)",
     R"(
world.yaml:6:31: error: no parameter is called 'arms'
    6 |     members: {russia: {trust: arms}}
      |                               ^~~~
help: a start expression knows parameters and the row's own fields given earlier)"},
    {"a_members_start_that_is_a_number", bare, R"(
agents:
  state:
    fields: {trust: 0}
    members: {russia: 0.4}
)",
     R"(
world.yaml:6:23: error: 'russia' must be a mapping of fields to starts, and this is 0.4
    6 |     members: {russia: 0.4}
      |                       ^~~
help: write russia: {field: 0.4})"},
    {"a_member_named_twice", bare, R"(
agents:
  state:
    members: [russia, afghanistan, russia]
)",
     R"(
world.yaml:5:36: error: member 'russia' is already defined on line 5
    5 |     members: [russia, afghanistan, russia]
      |                                    ^~~~~~
help: keep one of them)"},
    {"members_that_are_a_number", bare, R"(
agents:
  state:
    members: 3
)",
     R"(
world.yaml:5:14: error: 'members' must be a list of names, or a mapping of names to starts, and this is 3
    5 |     members: 3
      |              ^)"},
    {"a_member_that_is_a_list", bare, R"(
agents:
  state:
    members: [[russia]]
)",
     R"(
world.yaml:5:15: error: 'members' must be names, each alone or with its starts, and this is a list
    5 |     members: [[russia]]
      |               ^
help: write `- name` or `- name: {field: 1}`)"},
};

ENTENTE_TELLS(Kinds, faults);

TEST(Kinds, read_fields_by_number_by_expression_and_in_full) {
    const Scenario scenario = read(bare + R"(
parameters: {gain: 2}
agents:
  state:
    about: governments
    source: Correlates of War
    fields:
      arms: 3
      stock: gain * arms
      listed: yes
      trust: {start: 'uniform(0, 1) + uniform(0, 1)', unit: share, range: [0, 2], about: what it is, source: where it is from}
    derived:
      doubt: 1 - trust
      fear: {value: doubt * arms, unit: none, about: of others}
    count: 4
)");
    const AgentKind& state = scenario.agents.at(0);
    EXPECT_EQ(state.remarks.about, "governments");
    EXPECT_EQ(state.remarks.source, "Correlates of War");
    EXPECT_EQ(state.unnamed, 4u);
    EXPECT_EQ(state.size(), 4u);
    ASSERT_EQ(state.fields.size(), 4u);
    EXPECT_EQ(state.fields[0].start.tree->number, 3);
    EXPECT_EQ(state.fields[1].start.tree->function, Function::multiply);
    EXPECT_EQ(state.fields[2].start.tree->number, 1);
    const Field& trust = state.fields[3];
    EXPECT_EQ(trust.start.text.value, "uniform(0, 1) + uniform(0, 1)");
    EXPECT_EQ(trust.start.tree->args[0]->place_number, 1);
    EXPECT_EQ(trust.start.tree->args[1]->place_number, 2);
    EXPECT_EQ(trust.unit, "share");
    EXPECT_EQ(trust.range.high, 2);
    EXPECT_EQ(trust.remarks.source, "where it is from");
    ASSERT_EQ(state.derived.size(), 2u);
    EXPECT_EQ(state.derived[1].value.text.value, "doubt * arms");
    EXPECT_EQ(state.derived[1].unit, "none");
    EXPECT_EQ(scenario.schema.kinds[0].derived, (std::vector<std::string>{"doubt", "fear"}));
}

TEST(Kinds, read_members_as_a_list_or_a_mapping) {
    const Scenario scenario = read(bare + R"(
agents:
  state:
    fields: {arms: 1}
    members: [russia, {afghanistan: {arms: 2}}]
  town:
    fields: {size: 1}
    members:
      kabul: {size: 5}
      moscow:
)");
    const AgentKind& state = scenario.agents.at(0);
    EXPECT_EQ(state.members[0].name, "russia");
    EXPECT_TRUE(state.members[0].starts.empty());
    EXPECT_EQ(state.members[1].name, "afghanistan");
    EXPECT_EQ(state.members[1].starts.at(0).value.tree->number, 2);
    EXPECT_EQ(scenario.agents.at(1).members.at(1).name, "moscow");
    EXPECT_EQ(scenario.schema.member({1}, "moscow")->value, 1);
}

TEST(ResolvedJson, holds_the_labels_of_members) {
    const Scenario scenario = read(bare + "agents: {state: {members: {a: {label: An agent}, b: {}}}}\n");
    EXPECT_NE(resolved_json(scenario).find("An agent"), std::string::npos);
}

}  // namespace
}  // namespace entente::test
