// Tests: compile_unrolled.
// What a rule's statements do to their rows, worked by hand.
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;

/// Three states in a ring: a -> b -> c -> a, with x = 1, 2, 3.
std::string ring(const std::string& steps) {
    return R"yaml(
agents:
  state:
    fields: {x: 0, y: 0}
    derived: {twice: 2 * x, four_times: 2 * twice}
    members: {a: {x: 1}, b: {x: 2}, c: {x: 3}}
links:
  next:
    source: state
    target: state
    members: [a -> b, b -> c, c -> a]
steps:
)yaml" + steps;
}

/// Two states with a tie each way, x = 10 and 20.
std::string pair(const std::string& steps, const std::string& range = "[-inf, inf]") {
    return "agents: {state: {fields: {z: 0}, members: [a, b]}}\nlinks:\n  tie:\n    source: state\n    target: state\n    fields: {x: {start: 0, range: " + range +
           "}, y: 0}\n    members: {a -> b: {x: 10}, b -> a: {x: 20}}\nsteps:\n" + steps;
}

/// Two ties into c, from a with w = 1 and from b with w = 2; x = 10, 20, 30.
std::string fork(const std::string& steps, const std::string& range = "[-inf, inf]") {
    return "agents: {state: {fields: {x: {start: 0, range: " + range +
           "}}, members: {a: {x: 10}, b: {x: 20}, c: {x: 30}}}}\nlinks:\n  tie:\n    source: state\n    target: state\n    fields: {w: 0}\n"
           "    members: {a -> c: {w: 1}, b -> c: {w: 2}}\nsteps:\n" + steps;
}

// -- statements ------------------------------------------------------------------------------------------------------------------------

TEST(Rules, statements_run_in_order_and_see_what_was_just_assigned) {
    World world("agents: {state: {fields: {x: 5, y: 2}, members: [a]}}\nsteps: [{rule: r, on: state, do: [x = y + 1, y = x * 10, x += y]}]");
    world.tick();
    EXPECT_EQ(world["state[a].y"], 30);
    EXPECT_EQ(world["state[a].x"], 33);
}

TEST(Rules, a_statement_assigns_adds_subtracts_or_multiplies) {
    World world("agents: {state: {fields: {a: 5, b: 5, c: 5, d: 5}, members: [s]}}\nsteps: [{rule: r, on: state, do: [a = 2, b += 2, c -= 2, d *= 2]}]");
    world.tick();
    EXPECT_EQ(world["state[s].a"], 2);
    EXPECT_EQ(world["state[s].b"], 7);
    EXPECT_EQ(world["state[s].c"], 3);
    EXPECT_EQ(world["state[s].d"], 10);
}

TEST(Rules, a_single_statement_needs_no_list) {
    World world("agents: {state: {fields: {x: 5}, members: [a]}}\nsteps: [{rule: r, on: state, do: x += 1}]");
    EXPECT_EQ(world.tick()["state[a].x"], 6);
}

TEST(Rules, steps_run_in_the_written_order_and_each_sees_what_the_one_before_left) {
    World world(ring("  - {rule: first, on: state, do: [x += 1]}\n  - {rule: second, on: state, do: [x *= 10]}\n  - {rule: third, on: state, do: [y = x]}\n"));
    world.tick();
    EXPECT_THAT(world.all("state.y"), ElementsAre(20, 30, 40));
}

TEST(Rules, swapping_two_fields_takes_a_let) {
    World world("agents: {state: {fields: {x: 1, y: 2}, members: [a]}}\nsteps: [{rule: r, on: state, let: {old: x}, do: [x = y, y = old]}]");
    world.tick();
    EXPECT_EQ(world["state[a].x"], 2);
    EXPECT_EQ(world["state[a].y"], 1);
}

// -- others read the start of the step ---------------------------------------------------------------------------------------------------

TEST(Rules, other_rows_read_the_state_at_the_steps_start) {
    World world(ring("  - {rule: turn, on: state, do: ['x = sum(n.target.x for n in next.out(self))']}\n"));
    EXPECT_THAT(world.tick().all("state.x"), ElementsAre(2, 3, 1));  // in place it would be 2, 3, 2
    EXPECT_THAT(world.tick(2).all("state.x"), ElementsAre(1, 2, 3));
}

TEST(Rules, the_reverse_reads_the_state_at_the_steps_start) {
    World world(pair("  - {rule: swap, on: tie, do: [x = reverse.x]}\n"));
    EXPECT_THAT(world.tick().all("tie.x"), ElementsAre(20, 10));
}

TEST(Rules, a_looked_up_agent_reads_the_state_at_the_steps_start_even_on_its_own_row) {
    World world(ring("  - {rule: r, on: state, do: ['x += state[a].x', 'y = state[b].x']}\n"));
    world.tick();
    EXPECT_THAT(world.all("state.x"), ElementsAre(2, 3, 4));  // in place it would be 2, 4, 5
    EXPECT_THAT(world.all("state.y"), ElementsAre(2, 2, 2));
}

TEST(Rules, a_looked_up_link_reads_the_state_at_the_steps_start) {
    World world(pair("  - {rule: r, on: tie, do: ['x = tie[a, b].x + 1', 'y = tie[a, b].x']}\n"));
    world.tick();
    EXPECT_THAT(world.all("tie.x"), ElementsAre(11, 11));
    EXPECT_THAT(world.all("tie.y"), ElementsAre(10, 10));
}

TEST(Rules, aggregates_over_the_own_table_read_the_state_at_the_steps_start) {
    World world(ring("  - {rule: r, on: state, do: ['x = sum(k.x for k in state)', 'y = sum(k.x for k in state)']}\n"));
    world.tick();
    EXPECT_THAT(world.all("state.x"), ElementsAre(6, 6, 6));
    EXPECT_THAT(world.all("state.y"), ElementsAre(6, 6, 6));
}

TEST(Rules, derived_fields_of_other_rows_read_the_state_at_the_steps_start) {
    World world(ring("  - {rule: r, on: state, do: ['x = sum(n.target.four_times for n in next.out(self))']}\n"));
    EXPECT_THAT(world.tick().all("state.x"), ElementsAre(8, 12, 4));
}

// -- where, let, derived ----------------------------------------------------------------------------------------------------------------

TEST(Rules, rows_on_which_where_does_not_hold_stay_as_they_are) {
    World world(ring("  - {rule: r, on: state, where: x > 1 and x != 3, do: [x = 100, y += 1]}\n"));
    world.tick();
    EXPECT_THAT(world.all("state.x"), ElementsAre(1, 100, 3));
    EXPECT_THAT(world.all("state.y"), ElementsAre(0, 1, 0));
}

TEST(Rules, where_holds_for_any_number_but_0) {
    World world("agents: {state: {fields: {x: 0, hit: 0}, members: {a: {x: -0.5}, b: {x: 0}, c: {x: 7}}}}\nsteps: [{rule: r, on: state, where: x, do: [hit = 1]}]");
    EXPECT_THAT(world.tick().all("state.hit"), ElementsAre(1, 0, 1));
}

TEST(Rules, where_is_asked_once_and_not_again_after_a_statement) {
    World world(ring("  - {rule: r, on: state, where: x > 1, do: [x = -1, y = 5]}\n"));
    world.tick();
    EXPECT_THAT(world.all("state.y"), ElementsAre(0, 5, 5));
}

TEST(Rules, where_that_holds_nowhere_changes_nothing_and_one_that_always_holds_changes_all) {
    World world(ring("  - {rule: never, on: state, where: 0, do: [x = 9]}\n  - {rule: always, on: state, where: 1, do: [y = 9]}\n"));
    world.tick();
    EXPECT_THAT(world.all("state.x"), ElementsAre(1, 2, 3));
    EXPECT_THAT(world.all("state.y"), ElementsAre(9, 9, 9));
}

TEST(Rules, let_holds_what_the_row_saw_when_the_step_began) {
    World world(ring("  - {rule: r, on: state, let: {old: x, older: old * 10}, do: [x = 100, y = older + old]}\n"));
    EXPECT_THAT(world.tick().all("state.y"), ElementsAre(11, 22, 33));
}

TEST(Rules, a_draw_in_a_let_used_twice_is_one_draw) {
    World world("agents: {state: {fields: {x: 0, y: 0}, members: [a]}}\nsteps: [{rule: r, on: state, let: {u: uniform()}, do: [x = u, y = u]}]");
    world.tick();
    EXPECT_EQ(world["state[a].x"], world["state[a].y"]);
    EXPECT_NE(world["state[a].x"], 0);
}

TEST(Rules, a_draw_in_a_let_is_the_same_in_where_and_in_an_aggregate) {
    World world(ring("  - {rule: r, on: state, let: {u: uniform()}, where: u < 0.99, do: [x = u, 'y = sum(u for n in next.out(self))']}\n"));
    world.tick();
    EXPECT_EQ(world.all("state.x"), world.all("state.y"));
}

TEST(Rules, draws_differ_by_place_in_the_text_row_and_tick) {
    World world(ring("  - {rule: r, on: state, do: [x = uniform(), y = uniform()]}\n"));
    std::vector<double> seen;
    for (int tick = 0; tick < 3; ++tick) {
        world.tick();
        for (const char* column : {"state.x", "state.y"})
            for (const double value : world.all(column)) seen.push_back(value);
    }
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(std::unique(seen.begin(), seen.end()) - seen.begin(), 18);
}

TEST(Rules, own_derived_fields_see_what_was_just_assigned) {
    World world(ring("  - {rule: r, on: state, do: [x = 10, y = twice + four_times]}\n"));
    EXPECT_THAT(world.tick().all("state.y"), ElementsAre(60, 60, 60));
}

TEST(Rules, own_derived_fields_in_a_let_see_the_start_of_the_step) {
    World world(ring("  - {rule: r, on: state, let: {before: twice}, do: [x = 10, y = before]}\n"));
    EXPECT_THAT(world.tick().all("state.y"), ElementsAre(2, 4, 6));
}

TEST(Rules, derived_fields_hold_no_state) {
    World world(ring("  - {rule: first, on: state, do: [x += 1]}\n  - {rule: second, on: state, do: [y = twice]}\n"));
    EXPECT_THAT(world.tick(2).all("state.y"), ElementsAre(6, 8, 10));
}

// -- ranges -----------------------------------------------------------------------------------------------------------------------------

TEST(Rules, a_range_clamps_on_every_write) {
    World world("agents: {state: {fields: {x: {start: 5, range: [0, 10]}, y: 0, z: 0}, members: [a]}}\n"
                "steps: [{rule: r, on: state, do: [x += 20, y = x, x -= 100, z = x]}]");
    world.tick();
    EXPECT_EQ(world["state[a].y"], 10);
    EXPECT_EQ(world["state[a].z"], 0);
}

TEST(Rules, a_range_may_be_open_on_one_side) {
    World world("agents: {state: {fields: {x: {start: 0, range: [0, inf]}, y: {start: 0, range: [-inf, 3]}}, members: [a]}}\n"
                "steps: [{rule: r, on: state, do: [x -= 1, y += 9]}, {rule: s, on: state, where: tick == 1, do: [x = 1e300, y = -1e300]}]");
    world.tick();
    EXPECT_EQ(world["state[a].x"], 0);
    EXPECT_EQ(world["state[a].y"], 3);
    world.tick();
    EXPECT_EQ(world["state[a].x"], 1e300);
    EXPECT_EQ(world["state[a].y"], -1e300);
}

// -- contributions ----------------------------------------------------------------------------------------------------------------------

TEST(Contributions, reach_both_ends_and_are_summed_over_all_rows) {
    World world(fork("  - {rule: pay, on: tie, do: [target.x += w, source.x -= 10 * w]}\n"));
    EXPECT_THAT(world.tick().all("state.x"), ElementsAre(0, 0, 33));
}

TEST(Contributions, of_several_statements_to_one_field_add_up) {
    World world(fork("  - {rule: pay, on: tie, do: [target.x += w, target.x += 100, target.x -= 0.5]}\n"));
    EXPECT_THAT(world.tick().all("state.x"), ElementsAre(10, 20, 30 + 3 + 200 - 1));
}

TEST(Contributions, are_not_seen_before_the_step_is_over) {
    World world(fork("  - {rule: pay, on: tie, do: [target.x += w, w = target.x]}\n"));
    world.tick();
    EXPECT_THAT(world.all("tie.w"), ElementsAre(30, 30));
    EXPECT_EQ(world["state[c].x"], 33);
}

TEST(Contributions, to_the_reverse_come_on_top_of_what_its_own_row_assigned) {
    World world(pair("  - {rule: r, on: tie, do: [x = x + 1, reverse.x += y + 100 * source.z, reverse.x -= x]}\n"));
    EXPECT_THAT(world.tick().all("tie.x"), ElementsAre(11 - 21, 21 - 11));  // what is sent is the x just assigned
}

TEST(Contributions, come_on_top_of_an_assignment_that_read_other_rows) {
    World world(pair("  - {rule: r, on: tie, do: [x = reverse.x, reverse.x += 1]}\n"));
    EXPECT_THAT(world.tick().all("tie.x"), ElementsAre(21, 11));
    EXPECT_THAT(world.tick().all("tie.x"), ElementsAre(12, 22));
}

TEST(Contributions, are_summed_in_row_order) {
    World world("agents: {state: {fields: {x: 0}, members: [a, b, c, d, hub]}}\nlinks:\n  tie:\n    source: state\n    target: state\n    fields: {w: 0}\n"
                "    members: {b -> hub: {w: 1e16}, a -> hub: {w: 1}, d -> hub: {w: -1e16}, c -> hub: {w: 1}}\n"
                "steps: [{rule: r, on: tie, do: [target.x += w]}]");
    EXPECT_EQ(world.tick()["state[hub].x"], 1);  // ((1e16 + 1) - 1e16) + 1, where the first 1 is lost
}

TEST(Contributions, are_clamped_once_when_all_are_in) {
    World world(fork("  - {rule: pay, on: tie, do: ['target.x += 80 if w == 1 else -60']}\n", "[0, 100]"));
    EXPECT_EQ(world.tick()["state[c].x"], 50);  // clamped one by one it would be 40
    EXPECT_EQ(world.tick(4)["state[c].x"], 100);
}

TEST(Contributions, are_clamped_together_with_what_the_own_row_assigned) {
    World world(pair("  - {rule: r, on: tie, do: [x += 90, y = x, reverse.x -= 30]}\n", "[0, 100]"));
    world.tick();
    EXPECT_THAT(world.all("tie.x"), ElementsAre(10 + 90 - 30, 20 + 90 - 30));
    EXPECT_THAT(world.all("tie.y"), ElementsAre(100, 100));  // the row itself sees what it wrote within the range
}

/// 300 links in a row, so that every width of lanes cuts them into other blocks; amounts whose sum depends on their order.
TEST(Contributions, of_both_ends_to_one_field_do_not_hang_on_how_rows_are_cut_into_blocks) {
    World world("agents: {cell: {count: 300, fields: {x: 0}}}\nlinks: {next: {source: cell, target: cell, fields: {w: uniform()}, pattern: {ring: {k: 6}}}}\n"
                "steps: [{rule: r, on: next, do: [source.x -= w / 3, target.x += w / 7, source.x += 0.1 * w, target.x += 1 / w]}]");
    EXPECT_EQ(world.tick(2).all("cell.x").size(), 300U);
}

TEST(Contributions, come_only_from_rows_on_which_where_holds) {
    World world(fork("  - {rule: pay, on: tie, where: w > 1, do: [target.x += w]}\n"));
    EXPECT_THAT(world.tick().all("state.x"), ElementsAre(10, 20, 32));
}

TEST(Contributions, to_a_reverse_that_does_not_exist_go_nowhere) {
    World world("agents: {state: {fields: {z: 0}, members: [a, b, c]}}\nlinks:\n  tie:\n    source: state\n    target: state\n    fields: {x: 1}\n"
                "    members: [a -> b, b -> a, a -> c]\nsteps: [{rule: r, on: tie, do: [reverse.x += 5]}]");
    EXPECT_THAT(world.tick().all("tie.x"), ElementsAre(6, 6, 1));
}

TEST(Contributions, begin_anew_on_every_tick) {
    World world(fork("  - {rule: pay, on: tie, do: [target.x += w]}\n"));
    EXPECT_EQ(world.tick(3)["state[c].x"], 39);
}

TEST(Contributions, go_between_kinds) {
    World world("agents:\n  donor: {fields: {spent: 0}, members: [d, e]}\n  needy: {fields: {stock: 0}, members: [n]}\n"
                "links: {aid: {source: donor, target: needy, fields: {load: 3}, members: [d -> n, e -> n]}}\n"
                "steps: [{rule: give, on: aid, do: [source.spent += load, target.stock += load]}]");
    world.tick();
    EXPECT_THAT(world.all("donor.spent"), ElementsAre(3, 3));
    EXPECT_EQ(world["needy[n].stock"], 6);
}

// -- the clock ----------------------------------------------------------------------------------------------------------------------------

/// a is linked to itself, and to b both ways.
std::string itself(const std::string& steps) {
    return "agents: {state: {fields: {x: 0, y: 0}, members: [a, b]}}\nlinks:\n  tie:\n    source: state\n    target: state\n    fields: {f: 1, g: 0, h: 0}\n"
           "    members: {a -> a: {f: 5}, a -> b: {}, b -> a: {f: 3}}\nsteps:\n" + steps;
}

TEST(LinksToOneself, have_one_row_at_both_ends_to_which_both_contribute) {
    World world(itself("  - {rule: r, on: tie, do: [source.x += 1, target.x += 10, source.y += f, target.y -= f]}"));
    world.tick();
    EXPECT_THAT(world.all("state.x"), ElementsAre(22, 11));  // a is source twice and target twice
    EXPECT_THAT(world.all("state.y"), ElementsAre(-2, 2));   // 5 - 5 + 1 - 3, and 3 - 1
}

TEST(LinksToOneself, are_their_own_reverse) {
    World world(itself("  - {rule: r, on: tie, do: [reverse.g += f, h = reverse.f, f = 100]}"));
    world.tick();
    EXPECT_THAT(world.all("tie.g"), ElementsAre(5, 3, 1));
    EXPECT_THAT(world.all("tie.h"), ElementsAre(5, 3, 1));
    EXPECT_THAT(world.all("tie.f"), ElementsAre(100, 100, 100));
}

TEST(LinksToOneself, are_among_those_that_go_out_and_those_that_come_in) {
    World world(itself("  - {rule: r, on: state, do: ['x = sum(r.f for r in tie.out(self))', 'y = sum(r.f for r in tie.into(self) if r.source != self)']}"));
    world.tick();
    EXPECT_THAT(world.all("state.x"), ElementsAre(6, 3));
    EXPECT_THAT(world.all("state.y"), ElementsAre(3, 1));
}

TEST(LinksToOneself, may_be_chosen) {
    World world(itself("  - {event: stay, on: tie, choice: 'f', temperature: 1e-6, outside: -1e9, do: [target.x += 1]}"));
    world.tick();
    EXPECT_THAT(world.fired("stay"), ElementsAre(1, 0, 1));
    EXPECT_THAT(world.all("state.x"), ElementsAre(2, 0));
}

TEST(LinksToOneself, are_the_weights_that_people_give_their_own_opinion) {
    World world("agents: {person: {fields: {x: 0}, members: {p: {x: 30}, q: {x: 90}}}}\nlinks:\n  weight:\n    source: person\n    target: person\n    fields: {w: 0}\n"
                "    members: [p -> p: {w: 0.5}, p -> q: {w: 0.5}, q -> p: {w: 0.25}, q -> q: {w: 0.75}]\n"
                "steps: [{rule: meet, on: person, do: [\"x = sum(r.w * r.target.x for r in weight.out(self))\"]}]");
    world.tick(60);
    EXPECT_NEAR(world["person[p].x"], 70, 1e-9);  // (30 + 2 * 90) / 3, DeGroot 1974
    EXPECT_NEAR(world["person[q].x"], 70, 1e-9);
}

TEST(Clock, reads_tick_years_month_and_the_length_of_a_tick) {
    World world("calendar: {start: 2021-11-15, ticks: 4, step: month}\nagents: {state: {fields: {k: 0, s: 0, y: 0, m: 0, d: 0}, members: [a]}}\n"
                "steps: [{rule: r, on: state, do: [k = tick, s = t, y = year, m = month, d = dt]}]");
    world.tick();
    EXPECT_EQ(world["state[a].k"], 0);
    EXPECT_EQ(world["state[a].s"], 0);
    EXPECT_EQ(world["state[a].y"], 2021);
    EXPECT_EQ(world["state[a].m"], 11);
    world.tick(3);
    EXPECT_EQ(world["state[a].k"], 3);
    EXPECT_EQ(world["state[a].s"], 3.0 / 12);
    EXPECT_EQ(world["state[a].y"], 2022);
    EXPECT_EQ(world["state[a].m"], 2);
    EXPECT_EQ(world["state[a].d"], 1.0 / 12);
}

TEST(Clock, of_an_undated_calendar_counts_ticks_of_a_year) {
    World world("calendar: {ticks: 4}\nagents: {state: {fields: {s: 0, m: 0, d: 0}, members: [a]}}\nsteps: [{rule: r, on: state, do: [s = t, m = month, d = dt]}]");
    world.tick(3);
    EXPECT_EQ(world["state[a].s"], 2);
    EXPECT_EQ(world["state[a].m"], 1);
    EXPECT_EQ(world["state[a].d"], 1);
}

}  // namespace
}  // namespace entente::test
