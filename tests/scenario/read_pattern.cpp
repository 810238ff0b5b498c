#include "reading.hpp"

namespace entente::test {
namespace {

const Fault faults[] = {
    {"an_unknown_pattern", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: {rign: {k: 2}}
)",
     R"(
world.yaml:8:15: error: no pattern is called 'rign'
    8 |     pattern: {rign: {k: 2}}
      |               ^~~~
help: did you mean 'ring'?)"},
    {"a_pattern_without_its_numbers", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: ring
)",
     R"(
world.yaml:8:14: error: the pattern 'ring' lacks its 'k'
    8 |     pattern: ring
      |              ^~~~
help: write {ring: {k: …}})"},
    {"a_pattern_that_is_a_list", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: [ring]
)",
     R"(
world.yaml:8:14: error: 'pattern' must be `complete` or one form with its keys, and this is a list
    8 |     pattern: [ring]
      |              ^
help: write complete, or {ring: {k: 4}}, {random: {p: 0.1}}, …)"},
    {"two_patterns_at_once", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: {ring: {k: 2}, random: {p: 1}}
)",
     R"(
world.yaml:8:14: error: 'pattern' must be `complete` or one form with its keys, and this is a mapping
    8 |     pattern: {ring: {k: 2}, random: {p: 1}}
      |              ^
help: write complete, or {ring: {k: 4}}, {random: {p: 0.1}}, …)"},
    {"a_misspelt_key", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: {ring: {n: 2}}
)",
     R"(
world.yaml:8:21: error: the pattern 'ring' lacks its 'k'
    8 |     pattern: {ring: {n: 2}}
      |                     ^
help: k: neighbours of each agent, half of them on either side

world.yaml:8:22: error: the pattern 'ring' has no key 'n'
    8 |     pattern: {ring: {n: 2}}
      |                      ^
help: its only key is k)"},
    {"an_odd_ring", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: {ring: {k: 3}}
)",
     R"(
world.yaml:8:25: error: 'k' must be even, and this is 3
    8 |     pattern: {ring: {k: 3}}
      |                         ^
help: half of the neighbours are on either side)"},
    {"more_neighbours_than_agents", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: {small_world: {k: 6, p: 0.1}}
)",
     R"(
world.yaml:8:32: error: 'k' is 6, and there are only 6 agents
    8 |     pattern: {small_world: {k: 6, p: 0.1}}
      |                                ^
help: an agent is not its own neighbour: take fewer)"},
    {"a_chance_above_one", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: {random: {p: 1.5}}
)",
     R"(
world.yaml:8:27: error: 'p' must be between 0 and 1, and this is 1.5
    8 |     pattern: {random: {p: 1.5}}
      |                           ^~~
help: it is a probability)"},
    {"a_grid_of_another_size", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: {grid: {width: 2, height: 4}}
)",
     R"(
world.yaml:8:29: error: a grid of 2 by 4 holds 8 agents, and there are 6
    8 |     pattern: {grid: {width: 2, height: 4}}
      |                             ^
help: width times height must be their number)"},
    {"a_grid_of_five_neighbours", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: {grid: {width: 2, height: 3, torus: maybe, neighbours: 5}}
)",
     R"(
world.yaml:8:50: error: 'torus' must be yes or no, and this is the text 'maybe'
    8 |     pattern: {grid: {width: 2, height: 3, torus: maybe, neighbours: 5}}
      |                                                  ^~~~~

world.yaml:8:69: error: 'neighbours' must be 4 or 8, and this is 5
    8 |     pattern: {grid: {width: 2, height: 3, torus: maybe, neighbours: 5}}
      |                                                                     ^
help: 4 without the diagonals, 8 with them)"},
    {"a_radius_beside_neighbours", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: {grid: {width: 2, height: 3, neighbours: 8, radius: 2}}
)",
     R"(
world.yaml:8:66: error: both 'radius' and 'neighbours' say who is near
    8 |     pattern: {grid: {width: 2, height: 3, neighbours: 8, radius: 2}}
      |                                                                  ^
help: remove one of them)"},
    {"a_radius_that_reaches_nobody", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: {grid: {width: 2, height: 3, radius: 0.5}}
)",
     R"(
world.yaml:8:51: error: a radius of 0.5 reaches nobody
    8 |     pattern: {grid: {width: 2, height: 3, radius: 0.5}}
      |                                                   ^~~
help: the nearest cells are 1 away)"},
    {"a_radius_beyond_the_grid", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: {grid: {width: 2, height: 3, radius: 4}}
)",
     R"(
world.yaml:8:51: error: a radius of 4 is longer than the grid
    8 |     pattern: {grid: {width: 2, height: 3, radius: 4}}
      |                                                   ^
help: 3 reaches across)"},
    {"newcomers_that_attach_to_too_many", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: {scale_free: {m: 6}}
)",
     R"(
world.yaml:8:31: error: 'm' is 6, and there are only 6 agents
    8 |     pattern: {scale_free: {m: 6}}
      |                               ^
help: an agent is not its own neighbour: take fewer)"},
    {"a_regular_graph_that_can_not_be", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: {regular: {k: 3}}
  lane:
    source: town
    target: town
    pattern: {regular: {k: 3}}
)",
     R"(
world.yaml:12:28: error: 5 agents can't have 3 neighbours each
   12 |     pattern: {regular: {k: 3}}
      |                            ^
help: agents times neighbours must be even)"},
    {"a_ring_between_two_kinds", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: town
    pattern: {ring: {k: 2}}
)",
     R"(
world.yaml:8:15: error: the pattern 'ring' joins agents of one kind, and 'road' runs from 'state' to 'town'
    8 |     pattern: {ring: {k: 2}}
      |               ^~~~
help: between two kinds there are `complete` and `random`)"},
    {"a_seed_without_a_pattern", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    members: []
    topology_seed: 3
)",
     R"(
world.yaml:9:5: error: a 'topology_seed' needs a pattern
    9 |     topology_seed: 3
      |     ^~~~~~~~~~~~~
help: remove it, or add a pattern)"},
    {"a_seed_below_zero", bare, R"(
agents: {state: {count: 6}, town: {count: 5}}
links:
  road:
    source: state
    target: state
    pattern: {random: {p: 0.1}}
    topology_seed: -3
)",
     R"(
world.yaml:9:20: error: 'topology_seed' must be a whole number from 0 to 9007199254740992, and this is -3
    9 |     topology_seed: -3
      |                    ^~)"},
};

ENTENTE_TELLS(Patterns, faults);

Pattern pattern(const std::string& text, const std::string& more = "") {
    return *read(bare + "agents: {state: {count: 6}}\nlinks: {road: {source: state, target: state, pattern: " + text + more + "}}\n")
                .links.at(0)
                .pattern;
}

TEST(Patterns, are_read_with_their_numbers) {
    EXPECT_EQ(pattern("complete").form, Pattern::Form::complete);
    EXPECT_EQ(pattern("{ring: {k: 4}}").k, 4);
    const Pattern grid = pattern("{grid: {width: 3, height: 2, torus: yes, neighbours: 8}}");
    EXPECT_EQ(grid.form, Pattern::Form::grid);
    EXPECT_EQ(grid.width, 3);
    EXPECT_EQ(grid.height, 2);
    EXPECT_TRUE(grid.torus);
    EXPECT_EQ(grid.neighbours, 8);
    EXPECT_FALSE(grid.radius);
    EXPECT_EQ(pattern("{grid: {width: 3, height: 2, radius: 2.5}}").radius, 2.5);
    const Pattern random = pattern("{random: {p: 0.25}}", ", topology_seed: 42");
    EXPECT_EQ(random.form, Pattern::Form::random);
    EXPECT_EQ(random.p, 0.25);
    EXPECT_EQ(random.topology_seed, 42u);
    EXPECT_EQ(pattern("{small_world: {k: 2, p: 0.1}}").form, Pattern::Form::small_world);
    EXPECT_EQ(pattern("{scale_free: {m: 2}}").k, 2);
    EXPECT_EQ(pattern("{regular: {k: 3}}").form, Pattern::Form::regular);
}

TEST(Patterns, may_join_two_kinds_completely_or_at_random) {
    const Scenario scenario = read(bare +
                                   "agents: {state: {count: 6}, town: {count: 2}}\nlinks:\n  a: {source: state, target: town, pattern: "
                                   "complete}\n  b: {source: state, target: town, pattern: {random: {p: 0.5}}}\n");
    EXPECT_EQ(scenario.links.at(1).target.value, 1);
}

TEST(Patterns, leave_room_for_members_beside_them) {
    const Scenario scenario = read(
        states +
        "links: {relation: {source: state, target: state, fields: {g: 1}, pattern: complete, members: {russia -> afghanistan: {g: 2}}}}\n");
    EXPECT_EQ(scenario.links.at(0).members.at(0).starts.at(0).value.tree->number, 2);
}

}  // namespace
}  // namespace entente::test
