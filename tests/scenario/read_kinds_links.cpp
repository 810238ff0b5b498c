#include "reading.hpp"

namespace entente::test {
namespace {

const Fault link_faults[] = {
    {"a_link_kind_without_source", states, R"(
links:
  relation:
    target: state
    members: []
)",
     R"(
world.yaml:8:3: error: 'relation' lacks its 'source'
    8 |   relation:
      |   ^~~~~~~~
help: name the kind of agents there)"},
    {"a_link_kind_of_unknown_agents", states, R"(
links:
  relation:
    source: stat
    target: state
    members: []
)",
     R"(
world.yaml:9:13: error: no kind of agents is called 'stat'
    9 |     source: stat
      |             ^~~~
help: did you mean 'state'?)"},
    {"a_link_kind_between_links", states, R"(
links:
  relation:
    source: state
    target: relation
    members: []
)",
     R"(
world.yaml:10:13: error: no kind of agents is called 'relation'
   10 |     target: relation
      |             ^~~~~~~~
help: there is only state)"},
    {"an_unknown_key_of_links", states, R"(
links:
  relation:
    source: state
    target: state
    count: 3
    members: []
)",
     R"(
world.yaml:11:5: error: a kind of links has no key 'count'
   11 |     count: 3
      |     ^~~~~
help: its keys are source, target, fields, derived, members, table, pattern, topology_seed, label and about)"},
    {"a_link_kind_without_links", states, R"(
links:
  relation:
    source: state
    target: state
)",
     R"(
world.yaml:8:3: error: 'relation' has no links
    8 |   relation:
      |   ^~~~~~~~
help: give it members, a table or a pattern)"},
    {"a_link_to_an_unknown_agent", states, R"(
links:
  relation:
    source: state
    target: state
    members: [russia -> afganistan]
)",
     R"(
world.yaml:11:25: error: no member of 'state' is called 'afganistan'
   11 |     members: [russia -> afganistan]
      |                         ^~~~~~~~~~
help: did you mean 'afghanistan'?)"},
    {"a_link_from_nobody", states, R"(
links:
  relation:
    source: state
    target: state
    members: [-> russia]
)",
     R"(
world.yaml:11:15: error: '-> russia' is not a row of 'relation'
   11 |     members: [-> russia]
      |               ^~~~~~~~~
help: a link is written source -> target)"},
    {"a_link_without_an_arrow", states, R"(
links:
  relation:
    source: state
    target: state
    members: [russia]
)",
     R"(
world.yaml:11:15: error: 'russia' is not a row of 'relation'
   11 |     members: [russia]
      |               ^~~~~~
help: a link is written source -> target)"},
    {"a_link_written_as_a_member_with_starts", states, R"(
links:
  relation:
    source: state
    target: state
    members: [russia: afghanistan]
)",
     R"(
world.yaml:11:15: error: 'russia: afghanistan' is not a link
   11 |     members: [russia: afghanistan]
      |               ^~~~~~
help: write russia -> afghanistan)"},
    {"a_second_link", states, R"(
links:
  relation:
    source: state
    target: state
    members:
      - russia -> afghanistan
      - russia  ->  afghanistan
)",
     R"(
world.yaml:13:9: error: a second link 'russia  ->  afghanistan': the first is on line 12
   13 |       - russia  ->  afghanistan
      |         ^~~~~~~~~~~~~~~~~~~~~~~
help: a kind has at most one link from one agent to another)"},
    {"a_links_start_of_an_unknown_field", states, R"(
links:
  relation:
    source: state
    target: state
    fields: {goodwill: 1}
    members:
      - russia -> afghanistan: {godwill: 2}
)",
     R"(
world.yaml:13:33: error: 'relation' has no field called 'godwill'
   13 |       - russia -> afghanistan: {godwill: 2}
      |                                 ^~~~~~~
help: did you mean 'goodwill'?)"},
    {"a_table_beside_a_pattern_that_is_not_there", states, R"(
links:
  relation:
    source: state
    target: state
    table: a.csv
    pattern: complete
)",
     R"(
world.yaml:11:12: error: 'a.csv' does not exist
   11 |     table: a.csv
      |            ^~~~~
help: check the name and the folder)"},
};

ENTENTE_TELLS(KindsOfLinks, link_faults);

TEST(KindsOfLinks, are_read_in_every_way_of_writing) {
    const Scenario scenario = read(states + R"(
links:
  relation:
    source: state
    target: state
    fields: {goodwill: source.trust}
    members:
      - russia -> afghanistan
      - afghanistan->russia: {goodwill: 2}
  aid:
    about: gifts
    source: state
    target: state
    fields: {tonnes: 1}
    members:
      russia -> afghanistan: {tonnes: 266}
)");
    const LinkKind& relation = scenario.links.at(0);
    EXPECT_EQ(relation.source.value, 0);
    ASSERT_EQ(relation.members.size(), 2u);
    EXPECT_EQ(relation.members[0].source, 0);
    EXPECT_EQ(relation.members[0].target, 1);
    EXPECT_EQ(relation.members[1].source, 1);
    EXPECT_EQ(relation.members[1].starts.at(0).value.tree->number, 2);
    EXPECT_EQ(relation.fields[0].start.tree->row->form, RowRef::Form::source_of);
    EXPECT_EQ(scenario.links.at(1).members.at(0).starts.at(0).value.tree->number, 266);
    EXPECT_EQ(scenario.links.at(1).remarks.about, "gifts");
    EXPECT_TRUE(scenario.is_link_kind(*scenario.schema.kind("aid")));
}

TEST(KindsOfLinks, say_nothing_more_of_a_name_whose_declaration_was_bad) {
    EXPECT_EQ(said_about(states + R"(
links:
  relation: {source: stat, target: state, fields: {goodwill: 1}, members: [russia -> afghanistan]}
steps:
  - {event: visit, on: relation, rate: 1, do: [goodwill += 1]}
  - {rule: forget, on: state, do: ['trust *= mean(r.goodwill for r in relation.out(self))']}
timeline: [{tick: 1, event: visit, on: russia -> afghanistan}]
measures: {m: 'total(visit[russia, afghanistan])'}
)"),
              R"(world.yaml:9:22: error: no kind of agents is called 'stat'
    9 |   relation: {source: stat, target: state, fields: {goodwill: 1}, members: [russia -> afghanistan]}
      |                      ^~~~
help: did you mean 'state'?)");
}

TEST(KindsOfLinks, may_run_from_an_agent_to_itself) {
    const Folder folder;
    folder.write("ties.csv", "source,target,w\nrussia,russia,2\nrussia,afghanistan,3\n");
    const Scenario scenario = read(states + "links:\n  relation: {source: state, target: state, members: [russia -> russia, russia -> afghanistan]}\n"
                                            "  tie: {source: state, target: state, fields: {w: 0}, table: ties.csv}\n"
                                            "measures: {m: 'tie[russia, russia].w + state[russia].arms', n: 'state[russia].trust', o: 'relation[russia, russia].source.arms'}\n",
                                   folder.path());
    EXPECT_EQ(scenario.links[0].members[0].source, scenario.links[0].members[0].target);
    EXPECT_EQ(scenario.links[1].table_ends[0], std::pair(0, 0));
}

}  // namespace
}  // namespace entente::test
