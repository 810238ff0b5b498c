// Tests: compile_rows, aggregate_facts, pairs, row_lists, known.
// Steps and aggregates go over the rows on which they can do something, and that changes nothing of what they do: `World` holds each value
// to that of steps that go over all rows.
#include <map>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// Ten states, of which `a` seeks and `b` sends; `c` is listed.
std::string world(const std::string& steps, const std::string& more = "") {
    return "agents:\n  state:\n    fields: {seeks: 0, sends: 0, x: 1, y: 0}\n"
           "    members: {a: {seeks: 1}, b: {sends: 2}, c: {}, d: {}, e: {}, f: {}, g: {}, h: {}, i: {}, j: {}}\n"
           "links:\n  tie:\n    source: state\n    target: state\n    pattern: complete\n"
           "    fields: {w: 1, listed: 0, stake: 0, heat: 0}\n    members: {c -> a: {listed: 1}, d -> b: {stake: 0.5}}\n"
           "  pact: {source: state, target: state, fields: {}, members: [a -> b, c -> d]}\nsteps:\n" +
           steps + more;
}

/// How many rows the programs of each step go over, the most of them; the aggregates by their text.
std::map<std::string, std::int64_t> rows_of_programs(const std::string& text) {
    const Model model = compile(scenario_of(text), {.unroll = Unroll::no});
    std::map<std::string, std::int64_t> rows;
    for (const CompiledStep& step : model.steps) {
        rows[step.name] = 0;
        for (const Pass& pass : step.passes)
            if (const auto* run = std::get_if<RunProgram>(&pass)) {
                const ProgramOnDomain& program = model.programs[run->program];
                std::int64_t& most = rows[program.step];
                most = std::max(most, model.domain(program.domain).rows);
            }
    }
    return rows;
}

TEST(RowLists, hold_the_rows_on_which_a_condition_that_never_changes_holds) {
    const std::string text = world("  - {rule: r, on: tie, where: target.seeks > 0, do: [w += 1]}\n  - {rule: s, on: tie, where: \"has(pact[source, target])\", do: [w += 2]}\n"
                                  "  - {rule: t, on: tie, where: w > 0, do: [heat += 1]}\n");
    const auto rows = rows_of_programs(text);
    EXPECT_EQ(rows.at("r"), 9);
    EXPECT_EQ(rows.at("s"), 2);
    EXPECT_EQ(rows.at("t"), 90);
    World made(text);
    made.tick(3);
    EXPECT_EQ(made["tie[b, a].w"], 4);
    EXPECT_EQ(made["tie[a, b].w"], 7);
    EXPECT_EQ(made["tie[e, f].w"], 1);
    EXPECT_EQ(made["tie[e, f].heat"], 3);
}

TEST(RowLists, end_where_a_step_may_change_what_the_condition_reads) {
    const std::string text = world("  - {rule: r, on: tie, where: listed > 0, do: [w += 1]}\n"
                                   "  - {event: listing, on: tie, where: source.sends > 0, probability: 0.5, do: [listed = 1]}\n");
    const auto rows = rows_of_programs(text);
    EXPECT_EQ(rows.at("r"), 10) << "the one that begins so, and nine of the sender";
    EXPECT_EQ(rows.at("listing"), 9);
    World made(text);
    made.tick(20);
    EXPECT_EQ(made["tie[c, a].w"], 21);
    EXPECT_EQ(made["tie[e, f].w"], 1);
    EXPECT_GT(made["tie[b, a].w"], 2);
}

TEST(RowLists, end_where_the_timeline_may_change_what_the_condition_reads) {
    const std::string text = world("  - {rule: r, on: tie, where: listed > 0, do: [w += 1]}\n", "timeline: [{tick: 2, set: {\"tie[e, f].listed\": 1}}]\n");
    EXPECT_EQ(rows_of_programs(text).at("r"), 2);
    World made(text);
    made.tick(5);
    EXPECT_EQ(made["tie[e, f].w"], 4);
    EXPECT_EQ(made["tie[c, a].w"], 6);
}

TEST(RowLists, leave_out_rows_that_keep_what_they_have) {
    const std::string text = world("  - {event: raid, on: tie, rate: 3 * stake, do: [heat += 1]}\n"
                                   "  - {rule: fade, on: tie, do: [heat = heat / 2]}\n"
                                   "  - {rule: fear, on: tie, do: [\"w += 0.1 * sum(r.stake * r.raid for r in tie.into(target))\"]}\n");
    const auto rows = rows_of_programs(text);
    EXPECT_EQ(rows.at("raid"), 1);
    EXPECT_EQ(rows.at("fade"), 1) << "elsewhere heat is 0 and stays so";
    EXPECT_EQ(rows.at("fear"), 9) << "the ties to b";
    EXPECT_EQ(rows.at("sum(r.stake * r.raid for r in tie.into(target))"), 1);
    World made(text);
    made.tick(30);
    EXPECT_GT(made["tie[a, b].w"], 1);
    EXPECT_EQ(made["tie[b, a].w"], 1);
}

TEST(RowLists, keep_rows_on_which_a_product_with_0_is_not_a_number) {
    const std::string failing = world("  - {rule: grow, on: state, do: [x *= 10000]}\n  - {rule: r, on: tie, do: [w += stake * exp(source.x)]}\n");
    EXPECT_EQ(rows_of_programs(failing).at("r"), 90);
    EXPECT_THAT(failure_of(failing), HasSubstr("w += stake * exp(source.x)"));
}

TEST(RowLists, tell_a_failing_row_by_its_name) {
    EXPECT_THAT(failure_of(world("  - {rule: r, on: tie, where: target.seeks > 0 and source.sends > 0, do: [w = log(0 * w - 1)]}\n")), HasSubstr("b -> a"));
    EXPECT_THAT(failure_of(world("  - {event: e, on: tie, where: target.seeks > 0, probability: 1 + source.sends, do: [w = 1]}\n")), HasSubstr("b -> a"));
}

TEST(RowLists, do_not_take_minus_0_for_0) {
    World made("agents: {state: {fields: {x: -0.0, z: 0}, members: [a, b, c]}}\nsteps: [{rule: r, on: state, do: [x += z]}]\n");
    made.tick();
    EXPECT_TRUE(same_bits(made["state[a].x"], 0.0)) << "-0 + 0 is 0";
}

TEST(RowLists, carry_contributions_to_the_rows_that_they_reach) {
    const std::string text = world("  - {event: gift, on: tie, where: source.sends > 0, probability: 0.5, do: [target.x += 1, reverse.w += 2, source.y -= 1]}\n");
    World made(text);
    made.tick(10);
    EXPECT_GT(made["state[a].x"], 1);
    EXPECT_EQ(made["state[b].x"], 1);
    double given = 0;
    for (const double x : made.all("state.x")) given += x - 1;
    EXPECT_EQ(made["state[b].y"], -given);
}

TEST(RowLists, end_where_a_contribution_may_change_what_the_condition_reads) {
    const std::string text = world("  - {rule: r, on: state, where: y > 0, do: [x += 1]}\n  - {event: gift, on: tie, where: source.sends > 0, probability: 0.5, do: [target.y += 1, reverse.heat += 1]}\n"
                                   "  - {rule: s, on: tie, where: heat > 0, do: [w += 1]}\n");
    const auto rows = rows_of_programs(text);
    EXPECT_EQ(rows.at("r"), 10) << "nine of ten: more than half, so all";
    EXPECT_EQ(rows.at("s"), 9) << "the ties to the sender";
    World made(text);
    made.tick(12);
    EXPECT_GT(made["state[a].x"], 1);
    EXPECT_GT(made["tie[a, b].w"], 1);
    EXPECT_EQ(made["state[b].x"], 1);
}

TEST(RowLists, hold_fields_that_are_assigned_and_contributed_to) {
    const std::string text = world("  - {rule: r, on: tie, where: source.seeks > 0, do: [w = 3, reverse.w += 1]}\n  - {rule: s, on: tie, where: target.seeks > 0, do: [w = 0.5 * w, reverse.w += w]}\n");
    World made(text);
    made.tick(3);
    EXPECT_GT(made["tie[b, a].w"], 0);
}

TEST(RowLists, serve_choices) {
    const std::string text = world("  - {event: bid, on: tie, where: source.seeks > 0, choice: \"2 * has(pact[source, target])\", do: [w += 1]}\n"
                                   "  - {event: visit, on: tie, where: bid > 0, probability: 0.5, do: [heat += 1]}\n");
    EXPECT_EQ(rows_of_programs(text).at("bid"), 9);
    World made(text);
    made.tick(50);
    double bids = 0;
    for (const double w : made.all("tie.w")) bids += w - 1;
    EXPECT_GT(bids, 25);
    EXPECT_LE(bids, 50);
}

TEST(RowLists, read_neighbours_as_the_step_found_them) {
    const std::string text = world("  - {rule: r, on: tie, where: target.seeks > 0 or source.seeks > 0, do: [w = 0.5 * w + 0.25 * reverse.w + 0.1 * source.x]}\n");
    World made(text);
    made.tick(4);
    EXPECT_NE(made["tie[a, b].w"], 1);
    EXPECT_EQ(made["tie[d, e].w"], 1);
}

TEST(RowLists, narrow_aggregates_to_where_a_conditional_looks_at_them) {
    const std::string sum = "sum(tie[source, k.source].w * k.w for k in tie.into(target))";
    const std::string text = world("  - {rule: grow, on: tie, do: [w = 0.9 * w + 0.2]}\n  - {rule: r, on: tie, do: [\"heat += " + sum + " if listed > 0 else source.sends\"]}\n");
    EXPECT_EQ(rows_of_programs(text).at(sum), 9) << "of the one listed tie's target";
    World made(text);
    made.tick(3);
    EXPECT_NEAR(made["tie[c, a].heat"], 8 * (1.1 * 1.1 + 1.19 * 1.19 + 1.271 * 1.271), 1e-9);
    EXPECT_EQ(made["tie[b, a].heat"], 6);
}

TEST(RowLists, work_out_aggregates_of_what_is_known_before_anything_runs) {
    const std::string sum = "sum(r.source.sends for r in tie.into(target))";
    const std::string text = world("  - {rule: r, on: tie, do: [\"w += " + sum + "\"]}\n");
    EXPECT_FALSE(rows_of_programs(text).contains(sum));
    World made(text);
    made.tick(2);
    EXPECT_EQ(made["tie[c, a].w"], 5);
    EXPECT_EQ(made["tie[a, b].w"], 1) << "b does not send to itself";
}

TEST(RowLists, leave_out_whole_steps_that_can_do_nothing) {
    const std::string text = world("  - {rule: r, on: tie, where: listed > 5, do: [w += 1]}\n  - {event: e, on: state, where: sends > 9, rate: 1, do: [x += 1]}\n");
    const Model model = compile(scenario_of(text), {.unroll = Unroll::no});
    for (const CompiledStep& step : model.steps) EXPECT_TRUE(step.passes.empty()) << step.name;
    EXPECT_EQ(model.record.steps[0].rows_left_out, 90);
    World(text).tick(2);
}

TEST(RowLists, are_not_made_of_what_is_known_only_of_runs_from_the_start) {
    const std::string text = world("  - {rule: r, on: tie, where: target.seeks > 0, do: [w += 1]}\n");
    const Model model = compile(scenario_of(text), {.unroll = Unroll::no, .starts_known = false});
    EXPECT_EQ(model.record.steps[0].rows_left_out, 0);
}

TEST(RowLists, count_events_of_the_timeline_on_rows_where_the_step_never_fires) {
    const std::string text = world("  - {event: gift, on: tie, where: source.sends > 0, probability: 1, do: [w += 1]}\n"
                                   "  - {rule: r, on: tie, where: gift > 0, do: [heat += gift]}\n", "timeline: [{tick: 1, event: gift, on: e -> f}, {tick: 3, event: gift, on: b -> a}]\n");
    EXPECT_EQ(rows_of_programs(text).at("r"), 10);
    World made(text);
    made.tick(5);
    EXPECT_EQ(made["tie[e, f].heat"], 1);
    EXPECT_EQ(made["tie[b, a].heat"], 6);
    EXPECT_THAT(made.fired("gift"), testing::Contains(1).Times(9));
}

}  // namespace
}  // namespace entente::test
