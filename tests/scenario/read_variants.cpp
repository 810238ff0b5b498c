// Tests: variant.
#include "reading.hpp"

namespace entente::test {
namespace {

const std::string measured = relations + R"(parameters: {gain: {value: 1, range: [0, 2]}}
measures: {a: 'state[russia].trust', b: 'state[russia].arms', c: 'relation[russia, afghanistan].goodwill'}
)";

const Fault faults[] = {
    {"a_variant_that_is_a_number", measured, R"(
variants:
  calm: 3
)",
     R"(
world.yaml:17:9: error: 'calm' must be a mapping of what it changes, and this is 3
   17 |   calm: 3
      |         ^
help: write {parameters: {…}, timeline: […]})"},
    {"a_misspelt_key", measured, R"(
variants:
  calm: {paramters: {gain: 2}}
)",
     R"(
world.yaml:17:10: error: a variant has no key 'paramters'
   17 |   calm: {paramters: {gain: 2}}
      |          ^~~~~~~~~
help: did you mean 'parameters'?)"},
    {"an_unknown_parameter", measured, R"(
variants:
  calm: {parameters: {gian: 2}}
)",
     R"(
world.yaml:17:23: error: no parameter is called 'gian'
   17 |   calm: {parameters: {gian: 2}}
      |                       ^~~~
help: did you mean 'gain'?)"},
    {"a_value_outside_its_range", measured, R"(
variants:
  calm: {parameters: {gain: 3}}
)",
     R"(
world.yaml:17:29: error: the value 3 of 'gain' is outside its range [0, 2]
   17 |   calm: {parameters: {gain: 3}}
      |                             ^
help: change the value or widen the range)"},
    {"an_unknown_kind", measured, R"(
variants:
  calm: {agents: {states: {fields: {trust: 1}}}}
)",
     R"(
world.yaml:17:19: error: no kind of agents is called 'states'
   17 |   calm: {agents: {states: {fields: {trust: 1}}}}
      |                   ^~~~~~
help: did you mean 'state'?)"},
    {"a_link_kind_among_the_agents", measured, R"(
variants:
  calm: {agents: {relation: {fields: {goodwill: 1}}}}
)",
     R"(
world.yaml:17:19: error: no kind of agents is called 'relation'
   17 |   calm: {agents: {relation: {fields: {goodwill: 1}}}}
      |                   ^~~~~~~~
help: there is only state)"},
    {"an_unknown_field", measured, R"(
variants:
  calm: {agents: {state: {fields: {turst: 1}}}}
)",
     R"(
world.yaml:17:36: error: 'state' has no field called 'turst'
   17 |   calm: {agents: {state: {fields: {turst: 1}}}}
      |                                    ^~~~~
help: did you mean 'trust'?)"},
    {"a_start_outside_its_range", measured, R"(
variants:
  calm: {agents: {state: {fields: {trust: 2}, members: {russia: {trust: 3}}}}}
)",
     R"(
world.yaml:17:43: error: the start 2 of 'trust' is outside its range [0, 1]
   17 |   calm: {agents: {state: {fields: {trust: 2}, members: {russia: {trust: 3}}}}}
      |                                           ^
help: change the value or widen the range

world.yaml:17:73: error: the start 3 of 'trust' is outside its range [0, 1]
   17 |   calm: {agents: {state: {fields: {trust: 2}, members: {russia: {trust: 3}}}}}
      |                                                                         ^
help: change the value or widen the range)"},
    {"an_unknown_member", measured, R"(
variants:
  calm: {agents: {state: {members: {rusia: {trust: 1}}}}}
)",
     R"(
world.yaml:17:37: error: no member of 'state' is called 'rusia'
   17 |   calm: {agents: {state: {members: {rusia: {trust: 1}}}}}
      |                                     ^~~~~
help: did you mean 'russia'?)"},
    {"a_link_that_is_absent", measured, R"(
variants:
  calm: {links: {relation: {members: {afghanistan -> russia: {goodwill: 1}}}}}
)",
     R"(
world.yaml:17:39: error: no link of 'relation' runs from afghanistan to russia
   17 |   calm: {links: {relation: {members: {afghanistan -> russia: {goodwill: 1}}}}}
      |                                       ^~~~~~~~~~~~~~~~~~~~~
help: did you mean 'russia -> afghanistan'?)"},
    {"a_key_of_the_kind_that_no_variant_changes", measured, R"(
variants:
  calm: {agents: {state: {count: 3}}}
)",
     R"(
world.yaml:17:27: error: a variant's kind has no key 'count'
   17 |   calm: {agents: {state: {count: 3}}}
      |                           ^~~~~
help: its keys are fields and members)"},
    {"a_section_of_the_wrong_shape", measured, R"(
variants:
  calm: {parameters: [gain], agents: [state], timeline: {tick: 1}}
)",
     R"(
world.yaml:17:22: error: 'parameters' must be a mapping, and this is a list
   17 |   calm: {parameters: [gain], agents: [state], timeline: {tick: 1}}
      |                      ^

world.yaml:17:38: error: 'agents' must be a mapping, and this is a list
   17 |   calm: {parameters: [gain], agents: [state], timeline: {tick: 1}}
      |                                      ^

world.yaml:17:57: error: 'timeline' must be a list, and this is a mapping
   17 |   calm: {parameters: [gain], agents: [state], timeline: {tick: 1}}
      |                                                         ^
help: begin each entry with '- ')"},
};

ENTENTE_TELLS(Variants, faults);

const std::string calm = measured + R"(
timeline: [{tick: 1, set: {"state[russia].trust": 0.9}}]
variants:
  calm:
    about: nobody arms
    source: a thought
    parameters: {gain: 0.5}
    agents: {state: {fields: {arms: gain}, members: {russia: {trust: 0.25}}}}
    links: {relation: {members: [russia -> afghanistan: {goodwill: 7}]}}
    timeline: [{tick: 0, set: {"state[russia].arms": 1}}, {tick: 1, set: {"state[russia].arms": 2}}]
  other: {}
)";

TEST(Variants, are_read_with_all_they_change) {
    const Scenario scenario = read(calm);
    ASSERT_EQ(scenario.variants.size(), 2u);
    const Variant& variant = scenario.variants[0];
    EXPECT_EQ(variant.name, "calm");
    EXPECT_EQ(variant.remarks.about, "nobody arms");
    EXPECT_EQ(variant.parameters.at(0).value, 0.5);
    EXPECT_EQ(variant.fields.at(0).value.tree->kind, Expr::Kind::parameter);
    EXPECT_EQ(variant.members.at(0).row->member.value, 0);
    EXPECT_EQ(variant.members.at(1).start.value.tree->number, 7);
    EXPECT_EQ(variant.timeline.size(), 2u);
}

TEST(Variants, change_the_scenario_and_leave_the_original) {
    const Scenario scenario = read(calm);
    const Scenario changed = with_variant(scenario, "calm");
    EXPECT_EQ(changed.parameters.at(0).value, 0.5);
    EXPECT_EQ(changed.agents.at(0).fields.at(1).start.text.value, "gain");
    EXPECT_EQ(changed.agents.at(0).members.at(0).starts.at(0).value.text.value, "0.25");
    EXPECT_EQ(changed.links.at(0).members.at(0).starts.at(0).value.text.value, "7");
    ASSERT_EQ(changed.timeline.size(), 3u);
    EXPECT_EQ(changed.timeline[0].tick, 0);
    EXPECT_EQ(changed.timeline[1].sets.at(0).value.text.value, "0.9");
    EXPECT_EQ(changed.timeline[2].sets.at(0).value.text.value, "2");
    EXPECT_EQ(scenario.parameters.at(0).value, 1);
    EXPECT_TRUE(scenario.agents.at(0).members.at(0).starts.empty());
    EXPECT_EQ(with_variant(scenario, "other").parameters.at(0).value, 1);
}

TEST(Variants, take_the_place_of_a_start_that_a_member_has) {
    const Scenario scenario = read(bare +
                                   "agents: {state: {fields: {arms: 1}, members: {russia: {arms: 2}}}}\nmeasures: {a: "
                                   "'state[russia].arms'}\nvariants: {calm: {agents: {state: {members: {russia: {arms: 3}}}}}}\n");
    const auto starts = with_variant(scenario, "calm").agents.at(0).members.at(0).starts;
    ASSERT_EQ(starts.size(), 1u);
    EXPECT_EQ(starts[0].value.text.value, "3");
}

TEST(Variants, give_a_link_of_a_pattern_a_start_of_its_own) {
    const Scenario scenario = read(states +
                                   "links: {relation: {source: state, target: state, fields: {g: 1}, pattern: complete}}\nmeasures: {a: "
                                   "'state[russia].trust', b: 'state[russia].arms', c: 'relation[russia, afghanistan].g'}\nvariants: "
                                   "{calm: {links: {relation: {members: {afghanistan -> russia: {g: 3}}}}}}\n");
    const LinkMember member = with_variant(scenario, "calm").links.at(0).members.at(0);
    EXPECT_EQ(member.source, 1);
    EXPECT_EQ(member.target, 0);
    EXPECT_EQ(member.starts.at(0).value.text.value, "3");
}

TEST(Variants, that_do_not_exist_are_told_with_those_that_do) {
    const Scenario scenario = read(calm);
    EXPECT_EQ(thrown_by([&] { with_variant(scenario, "clam"); }), "no variant is called 'clam'\nhelp: did you mean 'calm'?");
    EXPECT_EQ(thrown_by([&] { with_variant(scenario, "xyz"); }), "no variant is called 'xyz'\nhelp: there are calm and other");
    EXPECT_EQ(thrown_by([&] { with_variant(read(bare), "calm"); }), "no variant is called 'calm'\nhelp: there is none");
}

class VariantInputs : public testing::Test {
protected:
    const Folder folder;
    const std::string world = "entente: 1\ncalendar: {start: 2021-01-01, ticks: 2, step: year}\nagents: {state: {fields: {arms: 1}, members: [a, b]}}\n"
                              "inputs:\n  oil: {table: t.csv, date: y, value: low / 10, unit: USD}\n  aid: {table: p.csv, on: state, missing: 0, outside: hold}\n"
                              "measures: {m: \"oil + sum(s.aid + s.arms for s in state)\"}\nvariants:\n";
    void SetUp() override {
        folder.write("t.csv", "y,low,high\n2021,10,70\n2022,20,80\n").write("other.csv", "y,low\n2021,50\n2022,60\n");
        folder.write("p.csv", "name,year,value\na,2021,1\nb,2021,2\n").write("q.csv", "name,year,value\nb,2021,5\n");
    }
    std::vector<double> values(const Scenario& scenario, std::size_t input) { return scenario.inputs.at(input).values->values; }
};

TEST_F(VariantInputs, have_other_tables_or_other_columns) {
    const Scenario scenario = read(world + "  high: {inputs: {oil: {value: high / 10}}}\n  other: {inputs: {oil: other.csv, aid: {table: q.csv}}}\n", folder.path());
    EXPECT_EQ(values(scenario, 0), (std::vector<double>{1, 2}));
    const Scenario high = with_variant(scenario, "high");
    EXPECT_EQ(values(high, 0), (std::vector<double>{7, 8}));
    EXPECT_EQ(high.inputs[0].unit, "USD");
    EXPECT_EQ(values(high, 1), (std::vector<double>{1, 2}));
    const Scenario other = with_variant(scenario, "other");
    EXPECT_EQ(values(other, 0), (std::vector<double>{5, 6}));
    EXPECT_EQ(other.inputs[0].path, "other.csv");
    EXPECT_EQ(values(other, 1), (std::vector<double>{0, 5}));
    EXPECT_EQ(other.inputs[1].on, scenario.inputs[1].on);
    EXPECT_NE(resolved_json(scenario).find("other.csv"), std::string::npos);
}

TEST_F(VariantInputs, tell_what_they_can_not_change) {
    EXPECT_EQ(said_about(world + "  v: {inputs: {oli: other.csv}}\n", folder.path()), R"(world.yaml:9:16: error: no input is called 'oli'
    9 |   v: {inputs: {oli: other.csv}}
      |                ^~~
help: did you mean 'oil'?)");
    EXPECT_EQ(said_about(world + "  v: {inputs: {oil: {table: other.csv, unit: GBP}}}\n", folder.path()), R"(world.yaml:9:46: error: a variant can't change the 'unit' of an input
    9 |   v: {inputs: {oil: {table: other.csv, unit: GBP}}}
      |                                              ^~~
help: give a table with the same rows, in the same unit)");
    EXPECT_EQ(said_about(world + "  v: {inputs: {oil: [other.csv]}}\n", folder.path()), R"(world.yaml:9:21: error: 'oil' must be a CSV file or a mapping, and this is a list
    9 |   v: {inputs: {oil: [other.csv]}}
      |                     ^
help: write {table: data/high.csv})");
    EXPECT_EQ(said_about(world + "  v: {inputs: {oil: p.csv}}\n", folder.path()), R"(world.yaml:5:29: error: the table 'p.csv' has no column 'y'
    5 |   oil: {table: t.csv, date: y, value: low / 10, unit: USD}
      |                             ^
help: its columns are name, year and value

world.yaml:5:39: error: the table 'p.csv' has no column 'low'
    5 |   oil: {table: t.csv, date: y, value: low / 10, unit: USD}
      |                                       ^~~
help: its columns are name, year and value)");
}

}  // namespace
}  // namespace entente::test
