// Tests: check_formulas.
#include "reading.hpp"

namespace entente::test {
namespace {

/// russia -> afghanistan alone, and everything of it read.
const std::string one_way = relations + "measures: {a: 'state[russia].trust', b: 'state[russia].arms', c: 'relation[russia, afghanistan].goodwill'}\n";

const Fault faults[] = {
    {"a_link_the_other_way", relations, R"(
measures: {m: 'relation[afghanistan, russia].goodwill'}
)",
     R"(
world.yaml:14:16: error: no link of 'relation' runs from afghanistan to russia
   14 | measures: {m: 'relation[afghanistan, russia].goodwill'}
      |                ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
help: did you mean relation[russia, afghanistan]?)"},
    {"a_link_to_oneself", relations, R"(
measures: {m: 'relation[russia, russia].goodwill'}
)",
     R"(
world.yaml:14:16: error: no link of 'relation' runs from russia to russia
   14 | measures: {m: 'relation[russia, russia].goodwill'}
      |                ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
help: add it to the members of 'relation')"},
    {"a_link_in_a_step", relations, R"(
steps:
  - {rule: r, on: state, let: {near: 'relation[afghanistan, russia].warmth'}, do: [trust = near]}
)",
     R"(
world.yaml:15:39: error: no link of 'relation' runs from afghanistan to russia
   15 |   - {rule: r, on: state, let: {near: 'relation[afghanistan, russia].warmth'}, do: [trust = near]}
      |                                       ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
help: did you mean relation[russia, afghanistan]?)"},
    {"a_link_reached_from_a_missing_one", relations, R"(
measures: {m: 'relation[afghanistan, russia].reverse.goodwill'}
)",
     R"(
world.yaml:14:16: error: no link of 'relation' runs from afghanistan to russia
   14 | measures: {m: 'relation[afghanistan, russia].reverse.goodwill'}
      |                ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
help: did you mean relation[russia, afghanistan]?)"},
    {"the_reverse_of_a_link_of_one_way", relations, R"(
measures: {m: 'relation[russia, afghanistan].reverse.goodwill'}
)",
     R"(
world.yaml:14:16: error: no link of 'relation' runs from afghanistan to russia
   14 | measures: {m: 'relation[russia, afghanistan].reverse.goodwill'}
      |                ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
help: did you mean relation[russia, afghanistan]?)"},
    {"an_event_of_a_missing_link", relations, R"(
steps: [{event: visit, on: relation, rate: 1}]
measures: {m: 'total(visit[afghanistan, russia])'}
)",
     R"(
world.yaml:15:22: error: no link of 'relation' runs from afghanistan to russia
   15 | measures: {m: 'total(visit[afghanistan, russia])'}
      |                      ^~~~~~~~~~~~~~~~~~~~~~~~~~
help: did you mean visit[russia, afghanistan]?)"},
    {"what_the_timeline_sets", one_way, R"(
timeline: [{tick: 1, set: {'relation[russia, afghanistan].goodwill': 'relation[afghanistan, russia].goodwill'}}]
)",
     R"(
world.yaml:15:71: error: no link of 'relation' runs from afghanistan to russia
   15 | timeline: [{tick: 1, set: {'relation[russia, afghanistan].goodwill': 'relation[afghanistan, russia].goodwill'}}]
      |                                                                       ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
help: did you mean relation[russia, afghanistan]?)"},
    {"the_timeline_of_a_variant", one_way, R"(
variants: {calm: {timeline: [{tick: 1, set: {'relation[afghanistan, russia].goodwill': 1}}]}}
)",
     R"(
world.yaml:15:47: error: no link of 'relation' runs from afghanistan to russia
   15 | variants: {calm: {timeline: [{tick: 1, set: {'relation[afghanistan, russia].goodwill': 1}}]}}
      |                                               ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
help: did you mean relation[russia, afghanistan]?)"},
};

ENTENTE_TELLS(Lookups, faults);

TEST(Lookups, between_rows_found_at_run_time_and_inside_has_may_miss) {
    EXPECT_EQ(said_about(one_way + R"(
steps:
  - {rule: r, on: state, do: ['trust = relation[self, russia].goodwill', 'arms = has(relation[afghanistan, russia])']}
)"),
              "");
    EXPECT_EQ(said_about(one_way + R"(
steps:
  - rule: r
    on: state
    do:
      - 'trust = relation[afghanistan, russia].goodwill if has(relation[afghanistan, russia]) else 0.5'
      - 'arms = has(relation[afghanistan, russia].reverse)'
)"),
              "")
        << "who asks knows";
}

TEST(Lookups, are_not_said_to_miss_where_a_link_could_not_be_read) {
    EXPECT_EQ(said_about(states + R"(links: {relation: {source: state, target: state, members: [rusia -> afghanistan], fields: {goodwill: 1}}}
measures: {m: 'relation[russia, afghanistan].goodwill'}
)"),
              R"(world.yaml:7:60: error: no member of 'state' is called 'rusia'
    7 | links: {relation: {source: state, target: state, members: [rusia -> afghanistan], fields: {goodwill: 1}}}
      |                                                            ^~~~~
help: did you mean 'russia'?)");
}

TEST(Lookups, of_a_complete_pattern_find_all_but_links_to_oneself) {
    const std::string complete = states + "links: {relation: {source: state, target: state, pattern: complete, fields: {goodwill: 1}}}\n";
    EXPECT_EQ(said_about(complete + "measures: {a: 'state[russia].trust', b: 'state[russia].arms', m: 'relation[afghanistan, russia].goodwill'}\n"), "");
    EXPECT_EQ(said_about(complete + "measures: {m: 'relation[russia, russia].goodwill'}\n"), R"(world.yaml:8:16: error: no link of 'relation' runs from russia to russia
    8 | measures: {m: 'relation[russia, russia].goodwill'}
      |                ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
help: add it to the members of 'relation')");
}

}  // namespace
}  // namespace entente::test
