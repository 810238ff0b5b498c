// Dated facts and interventions.
#include <string>

#include <gmock/gmock.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;

/// Weeks from Sunday 2021-08-15; x of every state grows by 1 a week; `visit` never happens of itself.
std::string weeks(const std::string& timeline) {
    return R"yaml(
calendar: {start: 2021-08-15, ticks: 10, step: week}
agents:
  state:
    fields: {x: 0, y: 0, near: {start: 0, range: [0, 1]}}
    members: [a, b, c]
links:
  tie: {source: state, target: state, fields: {w: 1, v: 2}, members: [a -> b, b -> a, a -> c]}
steps:
  - {rule: grow, on: state, do: [x += 1]}
  - {event: visit, on: tie, where: tick > 100, probability: 0, do: [w += 10 * visit, target.y += w, reverse.w += 1]}
  - {event: turn, on: tie, probability: 0, let: {old: w}, do: [w = v, v = old]}
  - {rule: count, on: tie, where: visit, do: [v += visit]}
timeline:
)yaml" + timeline;
}

TEST(Timeline, sets_a_field_on_the_tick_that_holds_the_date_before_the_steps) {
    World world(weeks("  - {date: 2021-08-28, set: {\"state[b].x\": 50}}\n"));  // the last day of the second week
    EXPECT_THAT(world.tick().all("state.x"), ElementsAre(1, 1, 1));
    EXPECT_THAT(world.tick().all("state.x"), ElementsAre(2, 51, 2));
    EXPECT_THAT(world.tick().all("state.x"), ElementsAre(3, 52, 3));
}

TEST(Timeline, sets_on_the_first_day_of_a_tick) {
    World world(weeks("  - {date: 2021-08-22, set: {\"state[b].x\": 50}}\n"));
    EXPECT_THAT(world.tick(2).all("state.x"), ElementsAre(2, 51, 2));
}

TEST(Timeline, entries_of_one_tick_take_effect_in_the_written_order) {
    World world(weeks("  - {date: 2021-08-17, set: {\"state[a].x\": 5}}\n"
                      "  - {date: 2021-08-16, set: {\"state[a].x\": \"state[a].x * 2\", \"state[a].y\": \"state[a].x + 1\"}}\n"));
    world.tick();
    EXPECT_EQ(world["state[a].x"], 11);
    EXPECT_EQ(world["state[a].y"], 11);
}

TEST(Timeline, entries_need_not_be_written_in_the_order_of_their_dates) {
    World world(weeks("  - {date: 2021-09-01, set: {\"state[a].x\": 100}}\n  - {date: 2021-08-15, set: {\"state[a].x\": 10}}\n"));
    EXPECT_EQ(world.tick()["state[a].x"], 11);
    EXPECT_EQ(world.tick(2)["state[a].x"], 101);
}

TEST(Timeline, sets_links_and_clamps_to_the_range) {
    World world(weeks("  - {date: 2021-08-15, set: {\"tie[a, c].w\": -4, \"state[c].near\": 7}}\n"));
    world.tick();
    EXPECT_EQ(world["tie[a, c].w"], -4);
    EXPECT_EQ(world["state[c].near"], 1);
}

TEST(Timeline, may_read_the_whole_world_for_what_it_sets) {
    World world(weeks("  - {date: 2021-08-22, set: {\"state[c].y\": \"sum(k.x for k in state) + tie[a, b].w + tick\"}}\n"));
    EXPECT_EQ(world.tick(2)["state[c].y"], 3 + 1 + 1);
}

TEST(Timeline, sets_in_one_entry_see_those_before_them_in_aggregates_too) {
    World world(weeks("  - {date: 2021-08-15, set: {\"state[a].y\": \"1 + sum(k.y for k in state)\", \"state[b].y\": \"sum(k.y for k in state)\"}}\n"));
    EXPECT_EQ(world.tick()["state[b].y"], 1);
}

TEST(Timeline, fires_an_event_on_one_row_whatever_its_chance_and_where) {
    World world(weeks("  - {date: 2021-08-16, event: visit, on: a -> b}\n"));
    world.tick();
    EXPECT_THAT(world.fired("visit"), ElementsAre(1, 0, 0));
    EXPECT_EQ(world["tie[a, b].w"], 11);
    EXPECT_EQ(world["state[b].y"], 11);  // what was just assigned
    EXPECT_EQ(world["tie[b, a].w"], 2);
    EXPECT_EQ(world["tie[a, b].v"], 3);  // seen by a later step
    world.tick();
    EXPECT_THAT(world.fired("visit"), ElementsAre(0, 0, 0));
    EXPECT_EQ(world["tie[a, b].v"], 3);
}

TEST(Timeline, an_event_fired_twice_in_a_tick_counts_twice_and_has_its_effect_twice) {
    World world(weeks("  - {date: 2021-08-16, event: visit, on: a -> b}\n  - {date: 2021-08-17, event: visit, on: a -> b}\n"));
    world.tick();
    EXPECT_EQ(world["visit[a, b]"], 2);
    EXPECT_EQ(world["tie[a, b].w"], 21);
    EXPECT_EQ(world["tie[a, b].v"], 4);
}

TEST(Timeline, an_event_comes_on_top_of_those_that_happen_by_chance) {
    World world("calendar: {ticks: 3}\nagents: {state: {fields: {x: 0}, members: [a, b]}}\nsteps: [{event: e, on: state, probability: 1, do: [x += e]}]\n"
                "timeline: [{tick: 1, event: e, on: b}]");
    EXPECT_THAT(world.tick(2).fired("e"), ElementsAre(1, 2));
    EXPECT_THAT(world.all("state.x"), ElementsAre(2, 3));
}

TEST(Timeline, an_event_may_swap_two_fields_of_its_row) {
    World world(weeks("  - {date: 2021-08-16, event: turn, on: a -> c}\n"));
    world.tick();
    EXPECT_EQ(world["tie[a, c].w"], 2);
    EXPECT_EQ(world["tie[a, c].v"], 1);
}

TEST(Timeline, one_entry_may_fire_an_event_and_then_set) {
    World world(weeks("  - {date: 2021-08-16, event: visit, on: a -> b, set: {\"state[c].y\": \"tie[a, b].w\"}}\n"));
    EXPECT_EQ(world.tick()["state[c].y"], 11);
}

TEST(Timeline, of_a_calendar_without_dates_is_by_tick) {
    World world("calendar: {ticks: 5}\nagents: {state: {fields: {x: 0}, members: [a]}}\nsteps: [{rule: r, on: state, do: [x += 1]}]\n"
                "timeline: [{tick: 2, set: {\"state[a].x\": 10}}, {tick: 4, set: {\"state[a].x\": 0}}]");
    EXPECT_EQ(world.tick(2)["state[a].x"], 2);
    EXPECT_EQ(world.tick()["state[a].x"], 11);
    EXPECT_EQ(world.tick(2)["state[a].x"], 1);
}

TEST(Timeline, entries_outside_the_calendar_never_take_effect) {
    World world(weeks("  - {date: 2020-01-01, set: {\"state[a].x\": 50}}\n  - {date: 2031-01-01, event: visit, on: a -> b}\n"));
    EXPECT_EQ(world.tick(10)["state[a].x"], 10);
    EXPECT_EQ(world["tie[a, b].w"], 1);
}

TEST(Timeline, finds_that_no_event_has_fired_yet_this_tick) {
    World world("agents: {state: {fields: {x: 0, y: 0}, members: [a, b]}}\n"
                "steps: [{event: e, on: state, probability: 1, do: [y += e]}, {event: f, on: state, probability: 1, do: [x += 10 * sum(s.e for s in state)]}]\n"
                "timeline: [{tick: 2, set: {\"state[a].x\": \"100 + e[a] + f[b]\"}}, {tick: 4, event: f, on: b}]");
    EXPECT_EQ(world.tick(2)["state[a].x"], 40);
    EXPECT_EQ(world.tick()["state[a].x"], 120);
    EXPECT_EQ(world.tick(2)["state[b].x"], 100);  // the firing on record adds nothing: e comes later in that tick
}

TEST(Timeline, of_a_run_begun_again_takes_effect_again) {
    const Scenario scenario = scenario_of(weeks("  - {date: 2021-08-16, event: visit, on: a -> b}\n"));
    const Model model = compile(scenario);
    Batch batch(model, 8, choose_kernels(""));
    for (int i = 0; i < 2; ++i) {
        batch.begin(1, 0);
        batch.tick();
        batch.tick();
        EXPECT_EQ(batch.lanes_of(model.field_columns[{1}][{0}], 0)[0], 11);
    }
}

}  // namespace
}  // namespace entente::test
