#include <cmath>

#include <entente/scenario/settings.hpp>

#include "../scratch.hpp"
#include "reading.hpp"

namespace entente::test {
namespace {

const std::string calm = relations + R"(parameters: {gain: {value: 1, range: [0, 2]}}
measures: {a: 'state[russia].trust', b: 'state[russia].arms', c: 'relation[russia, afghanistan].goodwill'}
)";

TEST(Settings, change_one_parameter) {
    const Scenario scenario = read(calm);
    EXPECT_EQ(with_setting(scenario, "gain=2").parameters.at(0).value, 2);
    EXPECT_EQ(with_setting(scenario, "gain=no").parameters.at(0).value, 0);
    EXPECT_EQ(with_setting(scenario, "gain=0.000_5").parameters.at(0).value, 0.0005);
}

TEST(Settings, that_can_not_be_are_told) {
    const Scenario scenario = read(calm);
    EXPECT_EQ(thrown_by([&] { with_setting(scenario, "gain"); }), "'gain' has no value\nhelp: write name=value, as in aid_rate=0.5");
    EXPECT_EQ(thrown_by([&] { with_setting(scenario, "gian=1"); }), "no parameter is called 'gian'\nhelp: did you mean 'gain'?");
    EXPECT_EQ(thrown_by([&] { with_setting(scenario, "xyz=1"); }), "no parameter is called 'xyz'\nhelp: there is only gain");
    EXPECT_EQ(thrown_by([&] { with_setting(scenario, "gain=much"); }),
              "'gain' can't be set to 'much': it is not a finite number\nhelp: write name=value, as in aid_rate=0.5");
    EXPECT_EQ(thrown_by([&] { with_setting(scenario, "gain=01"); }),
              "'gain' can't be set to '01': it is not a finite number\nhelp: write 1, without the leading zero");
    EXPECT_EQ(thrown_by([&] { with_setting(scenario, "gain=inf"); }),
              "'gain' can't be set to 'inf': it is not a finite number\nhelp: write name=value, as in aid_rate=0.5");
    EXPECT_EQ(thrown_by([&] { with_setting(scenario, "gain=2.5"); }),
              "the value 2.5 of 'gain' is outside its range [0, 2]\nhelp: choose a value inside");
}

TEST(Settings, that_the_timeline_replaces_are_told) {
    const auto said = [](const std::string& calendar, const std::string& timeline) {
        return timeline_warning(read("entente: 1\ncalendar: " + calendar + "\nparameters: {gain: 1, loss: 2}\nmeasures: {m: gain + loss}\ntimeline: " + timeline), {0});
    };
    const std::string dated = "{start: 2021-08-15, end: 2021-12-31, step: week}";
    EXPECT_EQ(said(dated, "[{date: 2021-09-01, set: {gain: 0}}]"),
              "the timeline sets 'gain' on 2021-09-01: from then on no run has the value given to it");
    EXPECT_EQ(said("{ticks: 5}", "[{tick: 1, set: {loss: gain}}, {tick: 2, set: {gain: loss}}]"),
              "the timeline sets 'gain' at tick 2: from then on no run has the value given to it");
    EXPECT_EQ(said("{ticks: 5}", "[{tick: 1, set: {loss: gain}}, {tick: 2, set: {gain: 'max(0, gain - 1)'}}]"), "");
}

// -- start values ----------------------------------------------------------------------------------------------------------------------

const Parameter& last_parameter(const Scenario& scenario) {
    return scenario.parameters.back();
}

/// The value of the parameter that a start becomes.
double start_now(const Scenario& scenario, std::string_view place) {
    return last_parameter(with_start_as_parameter(scenario, place)).value;
}

TEST(StartParameters, have_the_unit_range_and_remarks_of_their_field) {
    const Scenario scenario = read(bare + R"(agents:
  state:
    fields: {trust: {start: 0.5, unit: "1", range: [0, 1], about: what it hopes, source: a guess}}
    members: [russia, afghanistan]
measures: {a: 'state[russia].trust'}
)");
    const Parameter parameter = last_parameter(with_start_as_parameter(scenario, "state[russia].trust"));
    EXPECT_EQ(parameter.name, "state[russia].trust");
    EXPECT_EQ(parameter.unit, "1");
    EXPECT_EQ(parameter.range.low, 0);
    EXPECT_EQ(parameter.range.high, 1);
    EXPECT_EQ(parameter.value, 0.5);
    EXPECT_EQ(parameter.remarks.about, "what it hopes");
    EXPECT_EQ(parameter.remarks.source, "a guess");
    EXPECT_FALSE(parameter.prior);
}

TEST(StartParameters, are_read_by_the_start_of_their_row_alone) {
    const Scenario changed = with_start_as_parameter(read(calm), "state[russia].trust");
    ASSERT_EQ(changed.parameters.size(), 2u);
    EXPECT_EQ(changed.schema.parameters.at(1), "state[russia].trust");
    const StartOverride start = changed.agents.at(0).members.at(0).starts.at(0);
    EXPECT_EQ(start.field, FieldId{0});
    EXPECT_EQ(start.value.text.value, "state[russia].trust");
    EXPECT_EQ(start.value.tree->kind, Expr::Kind::parameter);
    EXPECT_EQ(start.value.tree->parameter, ParameterId{1});
    EXPECT_TRUE(changed.agents.at(0).members.at(1).starts.empty());
}

TEST(StartParameters, are_found_however_they_are_spelled) {
    const Scenario changed = with_start_as_parameter(read(calm), " relation[ russia,afghanistan ].goodwill ");
    EXPECT_EQ(last_parameter(changed).name, "relation[russia, afghanistan].goodwill");
    EXPECT_EQ(find_parameter(changed, "relation[russia,afghanistan].goodwill"), ParameterId{1});
    EXPECT_EQ(find_parameter(changed, "gain"), ParameterId{0});
    EXPECT_EQ(find_parameter(changed, "state[russia].trust"), std::nullopt);
    EXPECT_EQ(find_parameter(changed, "state[rusia].trust"), std::nullopt);
    EXPECT_EQ(find_parameter(changed, "gian"), std::nullopt);
}

TEST(StartParameters, are_made_once) {
    const Scenario once = with_setting(read(calm), "state[russia].trust=0.25");
    const Scenario twice = with_start_as_parameter(once, "state[ russia ].trust");
    EXPECT_EQ(twice.parameters.size(), 2u);
    EXPECT_EQ(last_parameter(twice).value, 0.25);
}

TEST(StartParameters, begin_with_the_number_that_the_row_has) {
    const Scenario scenario = read(bare + R"(
parameters: {gain: 3}
agents: {state: {fields: {x: 1, y: -2}, members: {a: {x: 7}, b: {x: gain}, c: {}}}}
measures: {all: 'sum(k.x + k.y for k in state)'}
)");
    EXPECT_EQ(start_now(scenario, "state[a].x"), 7);
    EXPECT_EQ(start_now(scenario, "state[c].x"), 1);
    EXPECT_EQ(start_now(scenario, "state[a].y"), -2);
    EXPECT_TRUE(std::isnan(start_now(scenario, "state[b].x"))) << "an expression is no number";
}

TEST(StartParameters, tell_what_expression_they_stand_for) {
    const Scenario scenario = read(
        bare + "agents: {state: {fields: {x: uniform(), y: {start: 2 * x, about: height}}, members: [a]}}\nmeasures: {m: 'state[a].y'}");
    EXPECT_EQ(last_parameter(with_start_as_parameter(scenario, "state[a].x")).remarks.about, "in place of uniform()");
    EXPECT_EQ(last_parameter(with_start_as_parameter(scenario, "state[a].y")).remarks.about, "height, in place of 2 * x");
}

TEST(StartParameters, begin_with_the_number_of_a_table) {
    const Scratch scratch;
    std::ofstream(scratch.path() / "states.csv") << "name,x\na,1.5\nb,2.5\n";
    std::ofstream(scratch.path() / "ties.csv") << "source,target,w\nb,a,3.5\n";
    const Scenario scenario = read(bare +
                                       "agents: {state: {fields: {x: 7, y: 8}, table: states.csv, members: {b: {x: 9}, c: {}}}}\n"
                                       "links: {tie: {source: state, target: state, fields: {w: 0}, table: ties.csv}}\n"
                                       "measures: {all: 'sum(k.x + k.y for k in state) + sum(k.w for k in tie)'}\n",
                                   scratch.path());
    EXPECT_EQ(start_now(scenario, "state[a].x"), 1.5);
    EXPECT_EQ(start_now(scenario, "state[b].x"), 9);
    EXPECT_EQ(start_now(scenario, "state[c].x"), 7);
    EXPECT_EQ(start_now(scenario, "state[a].y"), 8);
    EXPECT_EQ(start_now(scenario, "tie[b, a].w"), 3.5);
    EXPECT_EQ(with_start_as_parameter(scenario, "tie[b, a].w").links.at(0).members.size(), 1u);
}

TEST(StartParameters, of_places_that_can_not_be_are_told) {
    const Scenario scenario = read(bare + R"(
agents:
  state: {fields: {trust: 1}, derived: {doubt: 1 - trust}, members: [russia, afghanistan]}
  cell: {fields: {x: 1}, count: 3}
links:
  relation: {source: state, target: state, fields: {goodwill: 1}, members: [russia -> afghanistan]}
  knows: {source: state, target: state, fields: {w: 1}, pattern: complete}
measures: {a: 'sum(k.doubt for k in state) + sum(k.x for k in cell) + sum(r.goodwill for r in relation) + sum(r.w for r in knows)'}
)");
    const auto said = [&](std::string_view place) { return thrown_by([&] { with_start_as_parameter(scenario, place); }); };
    EXPECT_EQ(said("stat[russia].trust"), "no kind of agents or links is called 'stat'\nhelp: did you mean 'state'?");
    EXPECT_EQ(said("state[rusia].trust"), "no member of 'state' is called 'rusia'\nhelp: did you mean 'russia'?");
    EXPECT_EQ(said("state[russia].turst"), "'state' has no field called 'turst'\nhelp: did you mean 'trust'?");
    EXPECT_EQ(said("state[russia].doubt"), "'state[russia].doubt' can't be set: it is not a field\nhelp: only fields hold state");
    EXPECT_EQ(said("state[russia]"),
              "'state[russia]' names no field of a row\nhelp: write kind[member].field or kind[source, target].field");
    EXPECT_EQ(said("state.trust"), "'state.trust' names no field of a row\nhelp: write kind[member].field or kind[source, target].field");
    EXPECT_EQ(said("state[russia, afghanistan].trust"), "state[…] takes one member\nhelp: write state[a]");
    EXPECT_EQ(said("relation[russia].goodwill"), "relation[…] takes a source and a target\nhelp: write relation[a, b]");
    EXPECT_EQ(said("relation[afghanistan, russia].goodwill"),
              "no link of 'relation' runs from afghanistan to russia\nhelp: did you mean relation[russia, afghanistan]?");
    EXPECT_EQ(said("knows[russia, russia].w"), "no link of 'knows' runs from russia to russia\nhelp: add it to the members of 'knows'");
    EXPECT_EQ(said("cell[0].x"), "the agents of 'cell' have no names, so '0' can't be looked up\nhelp: ");
    EXPECT_EQ(said("cell[first].x"), "the agents of 'cell' have no names, so 'first' can't be looked up\nhelp: ");
}

TEST(Settings, change_the_start_of_a_named_row) {
    const Scenario changed = with_setting(read(calm), "relation[russia,afghanistan].goodwill = 0.9");
    EXPECT_EQ(last_parameter(changed).name, "relation[russia, afghanistan].goodwill");
    EXPECT_EQ(last_parameter(changed).value, 0.9);
    EXPECT_EQ(last_parameter(with_setting(changed, "relation[russia, afghanistan].goodwill=0.8")).value, 0.8);
}

TEST(Settings, name_rows_by_any_text) {
    const Scenario scenario = read(bare + "agents: {state: {fields: {gdp: 1}, members: [Côte d'Ivoire, 365, 'a=]']}}\n");
    const Scenario changed = with_setting(with_setting(scenario, R"(state["Côte d'Ivoire"].gdp = 5)"), "state['a=]'].gdp=6");
    EXPECT_EQ(changed.parameters.at(0).name, R"(state['Côte d\'Ivoire'].gdp)");
    EXPECT_EQ(changed.parameters.at(0).value, 5);
    EXPECT_EQ(changed.parameters.at(1).name, "state['a=]'].gdp");
    EXPECT_EQ(thrown_by([&] { with_setting(scenario, "state[365].gdp=5"); }),
              "'365' names no member of 'state'\nhelp: a name that is not a plain word stands in quotes: '365'");
}

TEST(Settings, of_starts_that_can_not_be_are_told) {
    const Scenario scenario = read(calm);
    EXPECT_EQ(thrown_by([&] { with_setting(scenario, "state[ russia ].trust=1.5"); }),
              "the value 1.5 of 'state[russia].trust' is outside its range [0, 1]\nhelp: choose a value inside");
    EXPECT_EQ(thrown_by([&] { with_setting(scenario, "state[russia].trust=much"); }),
              "'state[russia].trust' can't be set to 'much': it is not a finite number\nhelp: write name=value, as in aid_rate=0.5");
    EXPECT_EQ(thrown_by([&] { with_setting(scenario, "state[russia].turst=1"); }),
              "'state' has no field called 'turst'\nhelp: did you mean 'trust'?");
    EXPECT_EQ(thrown_by([&] { with_setting(scenario, "state[russia=1].trust"); }),
              "'state[russia=1].trust' has no value\nhelp: write name=value, as in aid_rate=0.5");
}

}  // namespace
}  // namespace entente::test
