#include "reading.hpp"

namespace entente::test {
namespace {

const Fault faults[] = {
    {"a_name_of_two_words", bare, R"(
parameters: {aid rate: 1}
)",
     R"(
world.yaml:3:14: error: 'aid rate' can't be the name of a parameter
    3 | parameters: {aid rate: 1}
      |              ^~~~~~~~
help: write aid_rate: a name is letters a-z, digits and underscores, does not begin with a digit and is not a word of the language such as `if`)"},
    {"a_name_that_begins_with_a_digit", bare, R"(
parameters: {2nd: 1}
)",
     R"(
world.yaml:3:14: error: '2nd' can't be the name of a parameter
    3 | parameters: {2nd: 1}
      |              ^~~
help: a name is letters a-z, digits and underscores, does not begin with a digit and is not a word of the language such as `if`)"},
    {"a_name_that_is_a_word_of_python", bare, R"(
parameters: {lambda: 1}
)",
     R"(
world.yaml:3:14: error: 'lambda' can't be the name of a parameter
    3 | parameters: {lambda: 1}
      |              ^~~~~~
help: a name is letters a-z, digits and underscores, does not begin with a digit and is not a word of the language such as `if`)"},
    {"a_name_that_is_a_word_of_the_language", bare, R"(
parameters: {dt: 1}
)",
     R"(
world.yaml:3:14: error: 'dt' is a word of the language and can't be the name of a parameter
    3 | parameters: {dt: 1}
      |              ^~
help: choose another name)"},
    {"a_field_called_like_a_parameter", states, R"(
parameters: {trust: 1}
)",
     R"(
world.yaml:5:14: error: 'trust' is the name of a parameter already, on line 7
    5 |     fields: {trust: {start: 0.5, range: [0, 1]}, arms: 3}
      |              ^~~~~
help: choose another name: expressions could not distinguish them)"},
    {"a_kind_called_like_a_parameter", states, R"(
parameters: {state: 1}
)",
     R"(
world.yaml:4:3: error: 'state' is the name of a parameter already, on line 7
    4 |   state:
      |   ^~~~~
help: choose another name: expressions could not distinguish them)"},
    {"a_derived_field_called_like_a_field", bare, R"(
agents: {state: {fields: {a: 1}, derived: {a: 2}, count: 3}}
)",
     R"(
world.yaml:3:44: error: 'a' is the name of a field already, on line 3
    3 | agents: {state: {fields: {a: 1}, derived: {a: 2}, count: 3}}
      |                                            ^
help: choose another name: expressions could not distinguish them)"},
    {"an_event_called_like_a_field", stepping, R"(
  - {event: trust, on: state, rate: 1}
)",
     R"(
world.yaml:5:14: error: 'trust' is the name of an event already, on line 15
    5 |     fields: {trust: {start: 0.5, range: [0, 1]}, arms: 3}
      |              ^~~~~
help: choose another name: expressions could not distinguish them)"},
    {"an_event_called_like_a_kind", stepping, R"(
  - {event: relation, on: state, rate: 1}
)",
     R"(
world.yaml:15:13: error: 'relation' is the name of a kind of links already, on line 8
   15 |   - {event: relation, on: state, rate: 1}
      |             ^~~~~~~~
help: choose another name: expressions could not distinguish them)"},
    {"an_event_of_two_words", stepping, R"(
  - {event: aid shipment, on: state, rate: 1}
)",
     R"(
world.yaml:15:13: error: 'aid shipment' can't be the name of an event
   15 |   - {event: aid shipment, on: state, rate: 1}
      |             ^~~~~~~~~~~~
help: write aid_shipment: a name is letters a-z, digits and underscores, does not begin with a digit and is not a word of the language such as `if`)"},
    {"a_let_called_like_a_field", stepping, R"(
  - {rule: r, on: state, let: {trust: 1}, do: [arms = 1]}
)",
     R"(
world.yaml:15:32: error: 'trust' is the name of a field already, on line 5
   15 |   - {rule: r, on: state, let: {trust: 1}, do: [arms = 1]}
      |                                ^~~~~
help: choose another name: expressions could not distinguish them)"},
    {"a_member_of_two_words", bare, R"(
agents: {state: {members: [north korea]}}
)",
     R"(
world.yaml:3:28: error: 'north korea' can't be the name of a member
    3 | agents: {state: {members: [north korea]}}
      |                            ^~~~~~~~~~~
help: write north_korea: a name is letters a-z, digits and underscores, does not begin with a digit and is not a word of the language such as `if`)"},
    {"a_member_called_self", bare, R"(
agents: {state: {members: [self]}}
)",
     R"(
world.yaml:3:28: error: 'self' is a word of the language and can't be the name of a member
    3 | agents: {state: {members: [self]}}
      |                            ^~~~
help: choose another name)"},
    {"a_measure_of_two_words", states, R"(
measures: {the trust: 'state[russia].trust'}
)",
     R"(
world.yaml:7:12: error: 'the trust' can't be the name of a measure
    7 | measures: {the trust: 'state[russia].trust'}
      |            ^~~~~~~~~
help: write the_trust: a name is letters a-z, digits and underscores, does not begin with a digit and is not a word of the language such as `if`)"},
    {"a_measure_called_like_a_column", states, R"(
measures: {run: 'state[russia].trust'}
)",
     R"(
world.yaml:7:12: error: 'run' is a column of the tables of results and can't be the name of a measure
    7 | measures: {run: 'state[russia].trust'}
      |            ^~~
help: choose another name: such columns are run, point, alternative, replicate, drawn_as, status, runs, failed, time and year)"},
    {"a_measure_called_like_a_column_of_studies", states, R"(
measures: {runs: 'state[russia].trust', point: 'state[russia].arms'}
)",
     R"(
world.yaml:7:12: error: 'runs' is a column of the tables of results and can't be the name of a measure
    7 | measures: {runs: 'state[russia].trust', point: 'state[russia].arms'}
      |            ^~~~
help: choose another name: such columns are run, point, alternative, replicate, drawn_as, status, runs, failed, time and year

world.yaml:7:41: error: 'point' is a column of the tables of results and can't be the name of a measure
    7 | measures: {runs: 'state[russia].trust', point: 'state[russia].arms'}
      |                                         ^~~~~
help: choose another name: such columns are run, point, alternative, replicate, drawn_as, status, runs, failed, time and year)"},
    {"measures_called_like_columns_made_of_others", states, R"(
measures:
  arms: 'state[russia].arms'
  arms_se: 'state[russia].trust'
  war: 'first(state[russia].arms > 9)'
  war_years: 'state[russia].trust'
  war_came_se: 'state[russia].trust'
)",
     R"(
world.yaml:9:3: error: in tables of studies 'arms_se' is the standard error of 'arms'
    9 |   arms_se: 'state[russia].trust'
      |   ^~~~~~~
help: choose another name: one of the two columns would be lost

world.yaml:11:3: error: in tables of studies 'war_years' is a number made of the date 'war'
   11 |   war_years: 'state[russia].trust'
      |   ^~~~~~~~~
help: choose another name: one of the two columns would be lost

world.yaml:12:3: error: in tables of studies 'war_came_se' is the standard error of 'war'
   12 |   war_came_se: 'state[russia].trust'
      |   ^~~~~~~~~~~
help: choose another name: one of the two columns would be lost)"},
    {"parameters_that_tables_would_call_alike", states, R"(
parameters: {arms_se: 3, parameter_arms_se: 4}
measures: {arms: 'state[russia].trust + state[russia].arms + arms_se + parameter_arms_se'}
)",
     R"(
world.yaml:7:14: warning: tables of results have a column 'arms_se' of their own: the parameter is called 'parameter_arms_se' there
    7 | parameters: {arms_se: 3, parameter_arms_se: 4}
      |              ^~~~~~~
help: with another name it is called the same everywhere

world.yaml:7:26: error: in tables of results 'parameter_arms_se' is the parameter 'arms_se'
    7 | parameters: {arms_se: 3, parameter_arms_se: 4}
      |                          ^~~~~~~~~~~~~~~~~
help: choose another name: one of the two columns would be lost)"},
    {"a_parameter_called_like_a_column", states, R"(
parameters: {runs: 3}
measures: {a: 'state[russia].trust + runs', b: 'state[russia].arms'}
)",
     R"(
world.yaml:7:14: warning: tables of results have a column 'runs' of their own: the parameter is called 'parameter_runs' there
    7 | parameters: {runs: 3}
      |              ^~~~
help: with another name it is called the same everywhere)"},
    {"a_measure_called_like_a_parameter", states, R"(
parameters: {gain: 1}
measures: {gain: 'state[russia].trust'}
)",
     R"(
world.yaml:8:12: error: 'gain' is the name of a parameter already
    8 | measures: {gain: 'state[russia].trust'}
      |            ^~~~
help: choose another name: both are columns of the results)"},
};

ENTENTE_TELLS(Names, faults);

TEST(Names, may_be_the_same_in_different_kinds) {
    const Scenario scenario = read(bare + "agents:\n  state: {fields: {size: 1}, count: 2}\n  town: {fields: {size: 1}, count: 2}\n");
    EXPECT_EQ(scenario.schema.kinds.size(), 2u);
}

TEST(Names, of_members_may_be_words_of_the_language) {
    const Scenario scenario =
        read(bare + "agents: {state: {fields: {arms: 1}, members: [step, sum]}}\nmeasures: {m: 'state[step].arms'}\n");
    EXPECT_EQ(scenario.agents[0].members[0].name, "step");
}

}  // namespace
}  // namespace entente::test
