// Dated facts and interventions.
#include <string>

#include <gmock/gmock.h>

#include "../scratch.hpp"
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

/// `seen` follows the parameter `rate`, which is 2, `doubled` a derived field of it; ten ticks.
std::string rates(const std::string& timeline) {
    return R"yaml(
calendar: {ticks: 10}
parameters: {rate: {value: 2, range: [0, 100]}}
agents:
  state:
    fields: {begun: rate, seen: 0, kept: 0, both: 0}
    derived: {doubled: 2 * rate}
    members: [a, b]
steps:
  - {rule: look, on: state, do: [seen = rate, kept += doubled, both = sum(rate for k in state)]}
timeline:
)yaml" + timeline;
}

TEST(Timeline, sets_a_parameter_from_its_tick_on) {
    World world(rates("  - {tick: 3, set: {rate: 5}}\n  - {tick: 6, set: {rate: 1}}\n"));
    EXPECT_EQ(world.tick(3)["state[a].seen"], 2);
    EXPECT_EQ(world["state[a].both"], 4);
    EXPECT_EQ(world.tick()["state[a].seen"], 5);
    EXPECT_EQ(world["state[a].both"], 10);
    EXPECT_EQ(world.tick(6)["state[a].seen"], 1);
    EXPECT_EQ(world["state[b].kept"], 2 * (3 * 2 + 3 * 5 + 4 * 1));
    EXPECT_EQ(world["state[b].begun"], 2);
}

TEST(Timeline, sets_a_parameter_on_the_first_tick_after_the_starts) {
    World world(rates("  - {tick: 0, set: {rate: 5}}\n"));
    EXPECT_EQ(world.tick()["state[a].seen"], 5);
    EXPECT_EQ(world["state[a].begun"], 2);
}

TEST(Timeline, sets_a_parameter_to_an_expression_within_its_range) {
    World world(rates("  - {tick: 2, set: {rate: \"rate + state[a].seen + tick\"}}\n  - {tick: 4, set: {rate: rate * 100}}\n"
                      "  - {tick: 6, set: {rate: \"-rate\", \"state[a].kept\": rate}}\n"));
    EXPECT_EQ(world.tick(3)["state[a].seen"], 2 + 2 + 2);
    EXPECT_EQ(world.tick(2)["state[a].seen"], 100);
    EXPECT_EQ(world.tick(2)["state[a].seen"], 0);
    EXPECT_EQ(world["state[a].kept"], 0);
}

TEST(Timeline, sets_a_parameter_in_runs_that_differ_in_it) {
    const Scenario scenario = scenario_of(rates("  - {tick: 1, set: {rate: rate / 2}}\n  - {tick: 2, set: {rate: 7}}\n"));
    for (const Unroll unroll : {Unroll::no, Unroll::yes}) {
        const Model model = compile(scenario, {.varied = {ParameterId{0}}, .unroll = unroll});
        Batch batch(model, 8, choose_kernels(""));
        batch.begin(1, 0, {{0, 10, 20, 30, 40, 50, 60, 70}});
        const auto seen = [&](int field) { return batch.lanes_of(model.field_columns[{0}][{field}], 0); };
        EXPECT_THAT(seen(0), ElementsAre(0, 10, 20, 30, 40, 50, 60, 70));
        batch.tick();
        EXPECT_THAT(seen(1), ElementsAre(0, 10, 20, 30, 40, 50, 60, 70));
        batch.tick();
        EXPECT_THAT(seen(1), ElementsAre(0, 5, 10, 15, 20, 25, 30, 35));
        batch.tick();
        EXPECT_THAT(seen(1), testing::Each(7));
    }
}

TEST(Timeline, stops_a_run_whose_parameter_is_set_to_no_number) {
    EXPECT_EQ(failure_of(rates("  - {tick: 4, set: {rate: \"1 / state[a].begun - 1 / (state[a].begun - rate)\"}}\n")),
              "run 0 stopped in tick 4 in 'set: rate: 1 / state[a].begun - 1 / (state[a].begun - rate)' on the world: `set: rate: 1 / state[a].begun - 1 / "
              "(state[a].begun - rate)` is -inf (state[a].begun = 2, rate = 2)");
}

TEST(Timeline, sets_a_field_of_all_rows) {
    World world(weeks("  - {date: 2021-08-22, set: {\"state[*].x\": 50}}\n"));
    EXPECT_THAT(world.tick(2).all("state.x"), ElementsAre(51, 51, 51));
    EXPECT_THAT(world.tick().all("state.x"), ElementsAre(52, 52, 52));
}

TEST(Timeline, sets_all_rows_each_to_its_own_value_clamped) {
    World world(weeks("  - {date: 2021-08-15, set: {\"state[b].x\": 4}}\n"
                      "  - {date: 2021-08-15, set: {\"state[*].y\": \"10 * x + sum(k.x for k in state)\", \"state[*].near\": y / 10}}\n"));
    world.tick();
    EXPECT_THAT(world.all("state.y"), ElementsAre(4, 44, 4));
    EXPECT_THAT(world.all("state.near"), ElementsAre(0.4, 1, 0.4));
}

TEST(Timeline, sets_all_rows_as_they_stood_together) {
    World world(weeks("  - {date: 2021-08-15, set: {\"tie[*, *].w\": \"v + target.x + 10 * has(reverse) * reverse.w\"}}\n"));
    EXPECT_THAT(world.tick().all("tie.w"), ElementsAre(12, 12, 2));
}

TEST(Timeline, sets_the_links_at_one_end) {
    World world(weeks("  - {date: 2021-08-15, set: {\"tie[a, *].w\": 5, \"tie[*, a].v\": 7, \"tie[*, c].v\": w + 1}}\n"));
    world.tick();
    EXPECT_THAT(world.all("tie.w"), ElementsAre(5, 1, 5));
    EXPECT_THAT(world.all("tie.v"), ElementsAre(2, 7, 6));
}

TEST(Timeline, sets_all_of_a_crowd) {
    World world("calendar: {ticks: 3}\nagents: {cell: {count: 700, fields: {x: 0}}}\nsteps: [{rule: r, on: cell, do: [x += 1]}]\n"
                "timeline: [{tick: 1, set: {\"cell[*].x\": 10 * x}}]");
    EXPECT_THAT(world.tick(2).all("cell.x"), testing::Each(11));
}

TEST(Timeline, from_a_table_is_the_one_that_is_written) {
    const Scratch scratch;
    write_text(scratch.path() / "record.csv", "date,event,source,target\n2021-08-16,visit,a,b\n2021-08-17,visit,a,b\n2021-08-30,turn,a,c\n2021-09-20,visit,a,b\n");
    World table(scenario_of(weeks("  - {table: record.csv}\n"), scratch.path()));
    World written(weeks("  - {date: 2021-08-16, event: visit, on: a -> b}\n  - {date: 2021-08-17, event: visit, on: a -> b}\n"
                        "  - {date: 2021-08-30, event: turn, on: a -> c}\n  - {date: 2021-09-20, event: visit, on: a -> b}\n"));
    for (int tick = 0; tick < 10; ++tick) {
        table.tick(), written.tick();
        for (const char* field : {"tie.w", "tie.v", "state.y"}) EXPECT_EQ(table.all(field), written.all(field)) << tick << field;
    }
    EXPECT_EQ(table["tie[a, b].w"], 31);
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
