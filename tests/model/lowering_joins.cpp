// Tests: maps.
// Reading other rows: ends, reverses, lookups, and whether a link is there.
#include <string>

#include <gmock/gmock.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;

/// a, b, c with x = 1, 2, 3; links a -> b, b -> a, a -> c with w = 10, 20, 30.
std::string three(const std::string& on, const std::string& expression) {
    return R"yaml(
agents:
  state:
    fields: {x: 0, got: 0}
    derived: {more: x + 100}
    members: {a: {x: 1}, b: {x: 2}, c: {x: 3}}
links:
  tie:
    source: state
    target: state
    fields: {w: 0, got: 0}
    derived: {even_more: w + 1000, gap: target.x - source.x}
    members: {a -> b: {w: 10}, b -> a: {w: 20}, a -> c: {w: 30}}
steps:
  - {rule: r, on: )yaml" + on + ", do: [\"got = " + expression + "\"]}\n";
}

std::vector<double> on_ties(const std::string& expression) { return World(three("tie", expression)).tick().all("tie.got"); }
std::vector<double> on_states(const std::string& expression) { return World(three("state", expression)).tick().all("state.got"); }

TEST(Joins, source_and_target_read_the_ends_of_a_link) {
    EXPECT_THAT(on_ties("source.x"), ElementsAre(1, 2, 1));
    EXPECT_THAT(on_ties("target.x"), ElementsAre(2, 1, 3));
    EXPECT_THAT(on_ties("10 * source.more + target.more"), ElementsAre(1112, 1121, 1113));
}

TEST(Joins, reverse_reads_the_link_back_and_0_where_there_is_none) {
    EXPECT_THAT(on_ties("reverse.w"), ElementsAre(20, 10, 0));
    EXPECT_THAT(on_ties("reverse.reverse.w"), ElementsAre(10, 20, 0));
    EXPECT_THAT(on_ties("has(reverse)"), ElementsAre(1, 1, 0));
}

TEST(Joins, derived_fields_of_an_absent_link_are_0) {
    EXPECT_THAT(on_ties("reverse.even_more"), ElementsAre(1020, 1010, 0));
    EXPECT_THAT(on_ties("reverse.gap"), ElementsAre(-1, 1, 0));
    EXPECT_THAT(on_states("tie[self, b].even_more"), ElementsAre(1010, 0, 0));
    EXPECT_THAT(on_states("sum(tie[k, a].even_more for k in state if k == state[c])"), ElementsAre(0, 0, 0));
}

TEST(Joins, ends_of_ends_are_reached) {
    EXPECT_THAT(on_ties("reverse.source.x"), ElementsAre(2, 1, 0));
    EXPECT_THAT(on_ties("reverse.target.x"), ElementsAre(1, 2, 0));
    EXPECT_THAT(on_ties("reverse.target.more"), ElementsAre(101, 102, 0));
}

TEST(Joins, a_link_is_looked_up_by_members) {
    EXPECT_THAT(on_states("tie[a, b].w + tie[a, c].w"), ElementsAre(40, 40, 40));
    EXPECT_THAT(on_ties("tie[b, a].w"), ElementsAre(20, 20, 20));
    EXPECT_THAT(on_ties("tie[b, a].gap"), ElementsAre(-1, -1, -1));
}

TEST(Joins, a_link_is_looked_up_by_self_source_and_target) {
    EXPECT_THAT(on_states("tie[self, b].w"), ElementsAre(10, 0, 0));
    EXPECT_THAT(on_states("tie[a, self].w"), ElementsAre(0, 10, 30));
    EXPECT_THAT(on_ties("tie[target, source].w"), ElementsAre(20, 10, 0));
    EXPECT_THAT(on_ties("tie[source, c].w"), ElementsAre(30, 0, 30));
    EXPECT_THAT(on_ties("tie[source, target].w"), ElementsAre(10, 20, 30));
}

TEST(Joins, a_link_is_looked_up_by_loop_variables_and_their_ends) {
    EXPECT_THAT(on_states("sum(tie[k, self].w for k in state)"), ElementsAre(20, 10, 30));
    EXPECT_THAT(on_states("sum(tie[r.target, self].w for r in tie.out(self))"), ElementsAre(20, 10, 0));
    EXPECT_THAT(on_ties("sum(tie[r.source, target].w for r in tie)"), ElementsAre(10 + 0 + 10, 0 + 20 + 0, 30 + 0 + 30));
}

TEST(Joins, an_agent_is_looked_up_by_member) {
    EXPECT_THAT(on_states("state[c].x"), ElementsAre(3, 3, 3));
    EXPECT_THAT(on_ties("state[b].more"), ElementsAre(102, 102, 102));
}

TEST(Joins, an_absent_link_reads_0_and_has_tells) {
    EXPECT_THAT(on_states("sum(tie[k, a].w for k in state if k == state[c])"), ElementsAre(0, 0, 0));
    EXPECT_THAT(on_states("has(tie[c, a])"), ElementsAre(0, 0, 0));
    EXPECT_THAT(on_states("has(tie[a, c])"), ElementsAre(1, 1, 1));
    EXPECT_THAT(on_states("has(tie[self, c])"), ElementsAre(1, 0, 0));
    EXPECT_THAT(on_states("has(tie[self, self])"), ElementsAre(0, 0, 0));
    EXPECT_THAT(on_states("sum(has(tie[self, k]) for k in state)"), ElementsAre(2, 1, 0));
    EXPECT_THAT(on_ties("not has(tie[target, source])"), ElementsAre(0, 0, 1));
}

TEST(Joins, rows_are_compared_as_rows) {
    EXPECT_THAT(on_states("self == state[b]"), ElementsAre(0, 1, 0));
    EXPECT_THAT(on_states("self != state[b]"), ElementsAre(1, 0, 1));
    EXPECT_THAT(on_ties("source == state[a]"), ElementsAre(1, 0, 1));
    EXPECT_THAT(on_ties("source == target"), ElementsAre(0, 0, 0));
    EXPECT_THAT(on_ties("state[a] == state[a] and state[a] != state[b]"), ElementsAre(1, 1, 1));
    EXPECT_THAT(on_states("sum(k.x for k in state if k != self)"), ElementsAre(5, 4, 3));
    EXPECT_THAT(on_states("sum(k.x for k in state if k == self)"), ElementsAre(1, 2, 3));
    EXPECT_THAT(on_ties("sum(k.x for k in state if k != source and k != target)"), ElementsAre(3, 3, 2));
    EXPECT_THAT(on_ties("count(r == reverse for r in tie)"), ElementsAre(1, 1, 0));
}

TEST(Joins, the_ends_of_links_between_two_kinds_are_of_their_kinds) {
    World world("agents:\n  donor: {fields: {gives: 7}, members: [d]}\n  needy: {fields: {need: 3}, members: [m, n]}\n"
                "links: {aid: {source: donor, target: needy, fields: {load: 0}, members: [d -> n]}}\n"
                "steps: [{rule: r, on: aid, do: [load = source.gives * target.need]}, {rule: s, on: needy, do: ['need = aid[d, self].load']}]");
    world.tick();
    EXPECT_THAT(world.all("needy.need"), ElementsAre(0, 21));
}

}  // namespace
}  // namespace entente::test
