// What a run begins with.
#include <cmath>
#include <string>

#include <gmock/gmock.h>

#include "../scratch.hpp"
#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;
using testing::Lt;

TEST(Start, is_a_number_yes_no_or_an_expression_over_parameters) {
    World world("parameters: {gain: 3}\nagents: {state: {fields: {x: 2, y: \"gain ** 2 + 1\", z: yes, w: {start: -1.5, unit: km}}, members: [a]}}");
    EXPECT_EQ(world["state[a].x"], 2);
    EXPECT_EQ(world["state[a].y"], 10);
    EXPECT_EQ(world["state[a].z"], 1);
    EXPECT_EQ(world["state[a].w"], -1.5);
}

TEST(Start, members_override_and_later_fields_read_what_the_row_really_has) {
    World world("parameters: {gain: 3}\nagents: {state: {fields: {x: 2, y: x * 10, z: x + y}, members: {a: {}, b: {x: 5}, c: {y: 1}, d: {x: gain + 1}, e: {z: no}}}}");
    EXPECT_THAT(world.all("state.x"), ElementsAre(2, 5, 2, 4, 2));
    EXPECT_THAT(world.all("state.y"), ElementsAre(20, 50, 1, 40, 20));
    EXPECT_THAT(world.all("state.z"), ElementsAre(22, 55, 3, 44, 0));
}

TEST(Start, of_links_reads_the_ends_as_they_start) {
    World world("agents: {state: {fields: {x: 1}, members: {a: {x: 10}, b: {}}}}\n"
                "links: {tie: {source: state, target: state, fields: {w: source.x - target.x, v: w * 2}, members: {a -> b: {}, b -> a: {w: 100}}}}");
    EXPECT_THAT(world.all("tie.w"), ElementsAre(9, 100));
    EXPECT_THAT(world.all("tie.v"), ElementsAre(18, 200));
}

TEST(Start, clamps_expressions_to_the_range) {
    World world("parameters: {gain: 30}\nagents: {state: {fields: {x: {start: 2 * gain, range: [0, 10]}, y: x}, members: {a: {}, b: {x: -gain}}}}");
    EXPECT_THAT(world.all("state.x"), ElementsAre(10, 0));
    EXPECT_THAT(world.all("state.y"), ElementsAre(10, 0));
}

TEST(Start, draws_differ_by_row_run_field_and_seed_and_come_again) {
    const std::string text = "agents: {state: {fields: {x: 'uniform(2, 3)', y: 'uniform(2, 3)'}, members: [a, b]}}\nsteps: [{rule: r, on: state, do: [x *= 1]}]\n"
                             "measures: {x: \"state[a].x\", y: \"state[a].y\", other: \"state[b].x\"}";
    const Results results = run(text, {.runs = 50, .threads = 1});
    std::vector<double> all;
    for (const auto& values : results.final_values) all.insert(all.end(), values.begin(), values.end());
    EXPECT_THAT(all, Each(AllOf(Ge(2), Lt(3))));
    std::vector<double> sorted = all;
    std::sort(sorted.begin(), sorted.end());
    EXPECT_TRUE(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end());
    EXPECT_EQ(run(text, {.runs = 50, .threads = 1}).final_values, results.final_values);
    EXPECT_NE(run(text, {.runs = 50, .seed = 2, .threads = 1}).final_values, results.final_values);
}

TEST(Start, draws_of_a_member_do_not_hang_on_the_others) {
    World few("agents: {state: {fields: {x: normal()}, members: [a, b]}}");
    World many("agents: {state: {fields: {w: normal(), x: normal()}, members: [z, b, y, a]}}");
    EXPECT_EQ(few["state[a].x"], many["state[a].x"]);
    EXPECT_EQ(few["state[b].x"], many["state[b].x"]);
}

TEST(Start, of_agents_comes_from_a_table_with_members_on_top) {
    const Scratch scratch;
    std::ofstream(scratch.path() / "states.csv") << "name,x\na,1.5\nb,2.5\n";
    World world(scenario_of("agents: {state: {fields: {x: 7, y: x * 2}, table: states.csv, members: {b: {x: 9}, c: {}}}}", scratch.path()));
    EXPECT_THAT(world.all("state.x"), ElementsAre(1.5, 9, 7));
    EXPECT_THAT(world.all("state.y"), ElementsAre(3, 18, 14));
}

TEST(Start, of_links_comes_from_a_table) {
    const Scratch scratch;
    std::ofstream(scratch.path() / "ties.csv") << "source,target,w\nb,a,1.5\na,b,2.5\n";
    World world(scenario_of("agents: {state: {fields: {x: 7}, members: [a, b]}}\nlinks: {tie: {source: state, target: state, fields: {w: 0, v: w * 2}, table: ties.csv}}", scratch.path()));
    EXPECT_EQ(world["tie[b, a].w"], 1.5);
    EXPECT_EQ(world["tie[a, b].v"], 5);
}

TEST(Start, of_links_of_a_pattern_is_overridden_by_a_table_beside_it) {
    const Scratch scratch;
    std::ofstream(scratch.path() / "ties.csv") << "source,target,w\nb,a,1.5\n";
    World world(scenario_of("agents: {state: {fields: {x: 7}, members: [a, b]}}\n"
                            "links: {tie: {source: state, target: state, fields: {w: 9}, pattern: complete, table: ties.csv}}",
                            scratch.path()));
    EXPECT_EQ(world["tie[a, b].w"], 9);
    EXPECT_EQ(world["tie[b, a].w"], 1.5);
    EXPECT_EQ(world.all("tie.w").size(), 2);
}

TEST(Start, of_a_count_is_the_same_for_all) {
    World world("agents: {cell: {count: 300, fields: {x: 4}}}");
    EXPECT_THAT(world.all("cell.x"), Each(4));
}

TEST(Start, reads_mathematical_functions_and_draws_within_expressions) {
    World world("agents: {state: {fields: {x: sqrt(16), y: \"uniform() < 2\", z: \"clip(normal(), 5, 6)\"}, members: [a]}}");
    EXPECT_EQ(world["state[a].x"], 4);
    EXPECT_EQ(world["state[a].y"], 1);
    EXPECT_EQ(world["state[a].z"], 5);
}

// -- variants and settings ------------------------------------------------------------------------------------------------------------------

const std::string varied = R"yaml(
parameters: {gain: 1, other: {value: 5, range: [0, 10]}}
agents: {state: {fields: {x: gain, y: 2}, members: {a: {}, b: {y: 3}}}}
links: {tie: {source: state, target: state, fields: {w: other}, pattern: complete}}
variants:
  strong: {parameters: {gain: 8}}
  shifted: {agents: {state: {fields: {y: gain + 10}, members: {a: {x: 4}}}}}
  tied: {links: {tie: {members: {a -> b: {w: 9}}}}}
)yaml";

TEST(Start, a_variant_changes_parameters) {
    World world(with_variant(scenario_of(varied), "strong"));
    EXPECT_THAT(world.all("state.x"), ElementsAre(8, 8));
    EXPECT_THAT(world.all("tie.w"), ElementsAre(5, 5));
}

TEST(Start, a_variant_changes_starts_of_fields_and_members) {
    World world(with_variant(scenario_of(varied), "shifted"));
    EXPECT_THAT(world.all("state.x"), ElementsAre(4, 1));
    EXPECT_THAT(world.all("state.y"), ElementsAre(11, 3));
}

TEST(Start, a_variant_changes_a_link_of_a_pattern) {
    World world(with_variant(scenario_of(varied), "tied"));
    EXPECT_EQ(world["tie[a, b].w"], 9);
    EXPECT_EQ(world["tie[b, a].w"], 5);
    EXPECT_EQ(world.model().tables[{1}].rows, 2);
}

TEST(Start, a_setting_changes_one_parameter) {
    World world(with_setting(scenario_of(varied), "other=7.5"));
    EXPECT_THAT(world.all("tie.w"), ElementsAre(7.5, 7.5));
    EXPECT_THAT(world.all("state.x"), ElementsAre(1, 1));
}

TEST(Start, a_setting_comes_on_top_of_a_variant) {
    World world(with_setting(with_variant(scenario_of(varied), "strong"), "gain=2"));
    EXPECT_THAT(world.all("state.x"), ElementsAre(2, 2));
}

}  // namespace
}  // namespace entente::test
