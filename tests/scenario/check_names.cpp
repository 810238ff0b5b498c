#include "reading.hpp"

namespace entente::test {
namespace {

const std::string people = bare + R"(agents:
  state:
    fields: {gdp: 1}
    members: [NO, in, or, self, '365', '700', Guinea-Bissau, Sao Tome, "Côte d'Ivoire", 'a -> b', '"X" = ]']
links:
  road:
    source: state
    target: state
    fields: {km: 1}
    members:
      365 -> 700: {km: 3}
      NO -> in: {km: 4}
      "'Côte d\\'Ivoire' -> Guinea-Bissau": {km: 5}
      Guinea-Bissau -> Côte d'Ivoire: {km: 6}
      "'a -> b' -> '\"X\" = ]'": {km: 7}
      self -> or: {km: 8}
)";

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
    {"a_member_without_a_name", bare, R"(
agents: {state: {members: [a, '']}}
)",
     R"(
world.yaml:3:32: error: a name is empty
    3 | agents: {state: {members: [a, '']}}
      |                                ^
help: an agent may be called by any text without control characters)"},
    {"a_member_on_two_lines", bare, R"(
agents: {state: {members: ["north\nkorea"]}}
)",
     R"(
world.yaml:3:29: error: the name 'north korea' holds a line break
    3 | agents: {state: {members: ["north\nkorea"]}}
      |                             ^~~~~
help: an agent may be called by any text without control characters)"},
    {"names_that_lack_their_quotes", people, R"(
measures:
  a: state[Guinea-Bissau].gdp
  b: state[in].gdp
  c: state[365].gdp
  d: road[Côte d'Ivoire, 365].km
  e: road[365, Sao Tome].km
  f: state['Cote d\'Ivoire'].gdp
  g: state[self].gdp
)",
     R"(
world.yaml:20:12: error: 'Guinea-Bissau' names no member of 'state'
   20 |   a: state[Guinea-Bissau].gdp
      |            ^~~~~~~~~~~~~
help: a name that is not a plain word stands in quotes: 'Guinea-Bissau'

world.yaml:21:12: error: 'in' does not fit here
   21 |   b: state[in].gdp
      |            ^~
help: a name that is not a plain word stands in quotes: 'in'

world.yaml:22:12: error: '365' names no member of 'state'
   22 |   c: state[365].gdp
      |            ^~~
help: a name that is not a plain word stands in quotes: '365'

world.yaml:23:12: error: 'ô' has no meaning in an expression
   23 |   d: road[Côte d'Ivoire, 365].km
      |            ^~
help: a name that is not a plain word stands in quotes: 'Côte d\'Ivoire'

world.yaml:24:20: error: 'Tome' does not fit here
   24 |   e: road[365, Sao Tome].km
      |                    ^~~~
help: a name that is not a plain word stands in quotes: 'Sao Tome'

world.yaml:25:12: error: no member of 'state' is called 'Cote d\'Ivoire'
   25 |   f: state['Cote d\'Ivoire'].gdp
      |            ^~~~~~~~~~~~~~~~
help: did you mean 'Côte d\'Ivoire'?

world.yaml:26:12: error: 'self' has no meaning in a measure
   26 |   g: state[self].gdp
      |            ^~~~
help: there is no row here: name one, as in relation[russia, afghanistan])"},
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

TEST(Names, of_agents_are_any_text) {
    const Scenario scenario = read(people + R"(
measures:
  a: state['Côte d\'Ivoire'].gdp + state["Côte d'Ivoire"].gdp + state[NO].gdp + state['NO'].gdp
  b: road['365', '700'].km + road[NO, 'in'].km + road['self', 'or'].km + road['a -> b', '"X" = ]'].km
variants:
  other:
    agents: {state: {members: {in: {gdp: 3}, Sao Tome: {gdp: 2}}}}
    links: {road: {members: {365 -> 700: {km: 1}, "'NO' -> 'in'": {km: 2}}}}
timeline:
  - {tick: 1, set: {"state['Guinea-Bissau'].gdp": 3, "road['Côte d\\'Ivoire', 'Guinea-Bissau'].km": 1}}
)");
    std::vector<std::string> names;
    for (const AgentMember& member : scenario.agents[0].members) names.push_back(member.name);
    EXPECT_EQ(names, (std::vector<std::string>{"NO", "in", "or", "self", "365", "700", "Guinea-Bissau", "Sao Tome", "Côte d'Ivoire", "a -> b", "\"X\" = ]"}));
    std::vector<std::pair<int, int>> ends;
    for (const LinkMember& member : scenario.links[0].members) ends.emplace_back(member.source, member.target);
    EXPECT_EQ(ends, (std::vector<std::pair<int, int>>{{4, 5}, {0, 1}, {8, 6}, {6, 8}, {9, 10}, {3, 2}}));
    EXPECT_EQ(scenario.variants[0].members[2].row->to->member.value, 5);
    EXPECT_EQ(scenario.variants[0].members[3].row->to->member.value, 1);
    EXPECT_EQ(scenario.timeline[0].sets[0].target->row->member.value, 6);
}

TEST(Names, that_need_quotes_are_written_so_in_the_resolved_scenario) {
    const std::string json = resolved_json(read(people));
    for (const auto* key : {R"("365 -> 700": {)", R"("Côte d'Ivoire -> Guinea-Bissau": {)", R"("'a -> b' -> '\"X\" = ]'": {)", R"("Sao Tome": {})"})
        EXPECT_NE(json.find(key), std::string::npos) << key << json;
}

TEST(Names, of_members_may_be_words_of_the_language) {
    const Scenario scenario =
        read(bare + "agents: {state: {fields: {arms: 1}, members: [step, sum]}}\nmeasures: {m: 'state[step].arms'}\n");
    EXPECT_EQ(scenario.agents[0].members[0].name, "step");
}

}  // namespace
}  // namespace entente::test
