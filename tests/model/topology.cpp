// Tables: who is there, who is linked to whom, and by which name each row's draws go.
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <entente/base/draws.hpp>
#include <entente/base/hash.hpp>
#include <entente/model/topology.hpp>
#include <entente/scenario/settings.hpp>

#include "../scratch.hpp"
#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<RowIndex> list(std::span<const RowIndex> rows) { return {rows.begin(), rows.end()}; }

const std::string four = R"yaml(
agents:
  state: {fields: {x: 0}, members: [a, b, c, d]}
  cell: {count: 3, fields: {x: 0}}
links:
  tie: {source: state, target: state, fields: {w: 5}, members: [c -> a, a -> b, a -> c, b -> a]}
  held: {source: state, target: cell, fields: {w: 0}, pattern: complete}
)yaml";

TEST(Topology, tables_stand_in_the_order_of_the_scenario_agents_first) {
    const auto tables = lay_out(scenario_of(four));
    ASSERT_EQ(tables.size(), 4U);
    EXPECT_EQ(tables[{0}].name, "state");
    EXPECT_EQ(tables[{1}].name, "cell");
    EXPECT_EQ(tables[{2}].name, "tie");
    EXPECT_EQ(tables[{3}].name, "held");
    EXPECT_EQ(tables[{0}].rows, 4);
    EXPECT_EQ(tables[{1}].rows, 3);
    EXPECT_EQ(tables[{2}].rows, 4);
    EXPECT_EQ(tables[{3}].rows, 12);
    EXPECT_FALSE(tables[{1}].is_link);
    EXPECT_TRUE(tables[{2}].is_link);
}

TEST(Topology, links_are_grouped_by_either_end_in_row_order) {
    const auto tables = lay_out(scenario_of(four));
    EXPECT_THAT(list(tables[{2}].out_of(0)), ElementsAre(1, 2));
    EXPECT_THAT(list(tables[{2}].into(0)), ElementsAre(0, 3));
    EXPECT_THAT(list(tables[{2}].out_of(3)), IsEmpty());
    EXPECT_THAT(list(tables[{2}].into(3)), IsEmpty());
}

TEST(Topology, a_link_is_found_between_its_ends) {
    const auto tables = lay_out(scenario_of(four));
    EXPECT_EQ(tables[{2}].between(2, 0), 0);
    EXPECT_EQ(tables[{2}].between(0, 2), 2);
    EXPECT_EQ(tables[{2}].between(2, 1), no_row);
    EXPECT_EQ(tables[{2}].between(no_row, 1), no_row);
    EXPECT_EQ(tables[{3}].between(3, 2), 11);
}

TEST(Topology, rows_are_named_by_members_by_ends_or_by_number) {
    const auto tables = lay_out(scenario_of(four));
    EXPECT_EQ(row_name(tables, {0}, 1), "b");
    EXPECT_EQ(row_name(tables, {1}, 2), "cell 2");
    EXPECT_EQ(row_name(tables, {2}, 0), "c -> a");
    EXPECT_EQ(row_name(tables, {3}, 4), "b -> cell 1");
}

TEST(Topology, draws_are_keyed_by_names_so_that_order_and_newcomers_do_not_matter) {
    const auto tables = lay_out(scenario_of(four));
    EXPECT_EQ(row_identity(tables, {0}, 1), stable_hash("b"));
    EXPECT_EQ(row_identity(tables, {1}, 2), mix(2));
    EXPECT_EQ(row_identity(tables, {2}, 0), mix(stable_hash("c"), stable_hash("a")));
    EXPECT_NE(row_identity(tables, {2}, 0), row_identity(tables, {2}, 2));  // a -> c is another
}

TEST(Topology, members_beside_a_pattern_override_starts_and_add_links) {
    World world("agents: {state: {fields: {x: 0}, members: [a, b, c, d]}}\nlinks:\n  tie:\n    source: state\n    target: state\n    fields: {w: 5}\n"
                "    pattern: {ring: {k: 2}}\n    members: {b -> a: {w: 6}, a -> c: {w: 7}}\n");
    const Table& ties = world.model().tables[{1}];
    EXPECT_EQ(ties.rows, 9);
    EXPECT_EQ(row_name(world.model().tables, {1}, 8), "a -> c");
    EXPECT_EQ(world["tie[b, a].w"], 6);
    EXPECT_EQ(world["tie[a, b].w"], 5);
    EXPECT_EQ(world["tie[a, c].w"], 7);
}

TEST(Topology, members_beside_a_table_override_starts_and_add_links) {
    const Scratch scratch;
    std::ofstream(scratch.path() / "ties.csv") << "source,target,w\na,b,6\nc,d,7\n";
    World world(scenario_of("agents: {state: {fields: {x: 0}, members: [a, b, c, d]}}\nlinks:\n  tie:\n    source: state\n    target: state\n    fields: {w: 5}\n    table: ties.csv\n"
                            "    members: {c -> d: {w: 8}, d -> a: {}}\n",
                            scratch.path()));
    EXPECT_EQ(world.model().tables[{1}].rows, 3);
    EXPECT_EQ(world["tie[a, b].w"], 6);
    EXPECT_EQ(world["tie[c, d].w"], 8);
    EXPECT_EQ(world["tie[d, a].w"], 5);
}

TEST(Topology, a_pattern_that_does_not_fit_stops_the_scenario) {
    EXPECT_THROW(compile(scenario_of("agents: {state: {fields: {x: 0}, members: [a, b, c]}}\nlinks: {tie: {source: state, target: state, fields: {w: 0}, pattern: {ring: {k: 4}}}}\n")), Error);
}

/// A ring a - b - c - d, and something that asks for one of its links.
std::string asking(const std::string& who) {
    return "agents: {state: {fields: {x: 0}, members: [a, b, c, d]}}\nlinks:\n  tie: {source: state, target: state, fields: {w: 5}, pattern: {ring: {k: 2}}}\n" + who;
}

TEST(Topology, links_that_a_pattern_did_not_make_can_not_be_asked_for_by_name) {
    const auto said = [](const std::string& who) { return refusal([&] { compile(scenario_of(asking(who))); }); };
    EXPECT_EQ(said("measures: {m: 'tie[a, b].w'}"), "");
    EXPECT_EQ(said("measures: {m: 'has(tie[a, c])'}"), "");
    EXPECT_EQ(said("measures: {m: 'tie[a, c].w'}"), R"(world.yaml:6:16: error: no link of 'tie' runs from a to c
    6 | measures: {m: 'tie[a, c].w'}
      |                ^~~~~~~~~~~
help: add it to the members of 'tie')");
    EXPECT_EQ(said("timeline: [{tick: 1, set: {'tie[a, c].w': 1}}]"), R"(world.yaml:6:29: error: no link of 'tie' runs from a to c
    6 | timeline: [{tick: 1, set: {'tie[a, c].w': 1}}]
      |                             ^~~~~~~~~~~
help: add it to the members of 'tie')");
    EXPECT_EQ(said("steps: [{event: visit, on: tie, rate: 1}]\ntimeline: [{tick: 1, event: visit, on: a -> c}]"), R"(world.yaml:7:40: error: no link of 'tie' runs from a to c
    7 | timeline: [{tick: 1, event: visit, on: a -> c}]
      |                                        ^~~~~~
help: add it to the members of 'tie')");
}

TEST(Topology, a_variant_or_setting_adds_no_link_to_a_pattern) {
    const Scenario scenario = scenario_of(asking("variants: {far: {links: {tie: {members: {a -> c: {w: 1}}}}}, near: {links: {tie: {members: {a -> b: {w: 1}}}}}}"));
    EXPECT_EQ(refusal([&] { compile(with_variant(scenario, "near")); }), "");
    EXPECT_EQ(refusal([&] { compile(with_variant(scenario, "far")); }), R"(world.yaml:6:12: error: no link of 'tie' runs from a to c
    6 | variants: {far: {links: {tie: {members: {a -> c: {w: 1}}}}}, near: {links: {tie: {members: {a -> b: {w: 1}}}}}}
      |            ^~~
help: add it to the members of 'tie')");
    EXPECT_EQ(refusal([&] { compile(with_setting(scenario, "tie[d, a].w=1")); }), "");
    EXPECT_EQ(refusal([&] { compile(with_setting(scenario, "tie[a, c].w=1")); }), "error: no link of 'tie' runs from a to c\nhelp: add it to the members of 'tie'");
}

TEST(Topology, one_way_links_between_kinds_are_told_where_they_run) {
    const auto said = [](const std::string& pattern) {
        return refusal([&] {
            compile(scenario_of("agents: {state: {fields: {x: 0}, members: [a, b, c]}}\nlinks:\n  tie: {source: state, target: state, fields: {w: 5}, members: [c -> a], pattern: " +
                                pattern + "}\nmeasures: {m: 'tie[a, c].w'}"));
        });
    };
    EXPECT_EQ(said("complete"), "");
    EXPECT_EQ(said("{random: {p: 0}}"), R"(world.yaml:6:16: error: no link of 'tie' runs from a to c
    6 | measures: {m: 'tie[a, c].w'}
      |                ^~~~~~~~~~~
help: did you mean tie[c, a]?)");
}

TEST(Topology, more_agents_than_memory_holds_are_refused_at_once) {
    std::string fields;
    for (int f = 0; f < 1000; ++f) fields += (f > 0 ? ", f" : "f") + std::to_string(f) + ": 0";
    const std::string said = refusal([&] { compile(scenario_of("agents: {a: {count: 1_000_000_000, fields: {" + fields + "}}}\n")); });
    EXPECT_THAT(said, testing::MatchesRegex("1e\\+09 agents would take 8008\\.0 GB of memory, and [0-9.]+ GB are free\nhelp: take fewer agents"));
}

TEST(Topology, is_as_large_as_expected_nearly) {
    for (const char* pattern : {"complete", "{ring: {k: 4}}", "{grid: {width: 20, height: 20, radius: 3}}", "{random: {p: 0.1}}", "{scale_free: {m: 3}}", "{regular: {k: 5}}"}) {
        const Scenario scenario = scenario_of(std::string("agents: {cell: {count: 400, fields: {x: 0}}, town: {fields: {x: 0}, members: [a, b]}}\n"
                                                          "links:\n  road: {source: town, target: town, members: [a -> b]}\n  tie: {source: cell, target: cell, pattern: ") + pattern + "}");
        std::int64_t rows = 0;
        for (const Table& table : lay_out(scenario)) rows += table.rows;
        EXPECT_NEAR(expected_rows(scenario), static_cast<double>(rows), 0.15 * static_cast<double>(rows)) << pattern;
    }
}

}  // namespace
}  // namespace entente::test
