// Runs that can't go on: what they say, and that the others do not notice.
#include <cmath>
#include <limits>
#include <string>

#include <gmock/gmock.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsNan;

/// a with x = 1, y = 0; b with x = 1, y = 2.
std::string states(const std::string& steps, const std::string& calendar = "calendar: {start: 2021-08-15, ticks: 10, step: week}\n") {
    return calendar + "agents: {state: {fields: {x: 1, y: 0, z: {start: 0, range: [0, 10]}}, members: {a: {}, b: {y: 2}}}}\n" +
           "links: {tie: {source: state, target: state, fields: {w: 0}, members: {a -> b: {w: 3}, b -> a: {w: 0}}}}\nsteps:\n" + steps;
}

// -- what is said -------------------------------------------------------------------------------------------------------------------------

TEST(Failures, tell_run_date_step_row_statement_value_and_operands) {
    EXPECT_EQ(failure_of(states("  - {rule: divide, on: state, do: [x = x / y]}\n")),
              "run 0 stopped on 2021-08-15 in 'divide' on a: `x = x / y` is inf (x = 1, y = 0)");
}

TEST(Failures, tell_the_tick_of_a_calendar_without_dates) {
    EXPECT_EQ(failure_of(states("  - {rule: fall, on: state, do: [y -= 1]}\n  - {rule: root, on: state, do: [x = sqrt(y + 1.5)]}\n", "calendar: {ticks: 10}\n")),
              "run 0 stopped in tick 1 in 'root' on a: `x = sqrt(y + 1.5)` is nan (y = -2)");
}

TEST(Failures, tell_of_a_nan) {
    EXPECT_EQ(failure_of(states("  - {rule: divide, on: state, do: [x = y / y]}\n")), "run 0 stopped on 2021-08-15 in 'divide' on a: `x = y / y` is nan (y = 0)");
    EXPECT_EQ(failure_of(states("  - {rule: divide, on: state, do: [x = -y / y]}\n")), "run 0 stopped on 2021-08-15 in 'divide' on a: `x = -y / y` is nan (y = 0)");
    EXPECT_EQ(failure_of(states("  - {rule: logs, on: state, do: [x = log(y - 1)]}\n")), "run 0 stopped on 2021-08-15 in 'logs' on a: `x = log(y - 1)` is nan (y = 0)");
}

TEST(Failures, tell_of_an_overflow_and_of_a_logarithm_of_0) {
    EXPECT_EQ(failure_of(states("  - {rule: grow, on: state, do: [x *= 1e200]}\n")), "run 0 stopped on 2021-08-22 in 'grow' on a: `x *= 1e200` is inf (x = 1e+200)");
    EXPECT_EQ(failure_of(states("  - {rule: logs, on: state, do: [x = log(y)]}\n")), "run 0 stopped on 2021-08-15 in 'logs' on a: `x = log(y)` is -inf (y = 0)");
    EXPECT_EQ(failure_of(states("  - {rule: grow, on: state, do: [x = exp(1000 * y)]}\n")), "run 0 stopped on 2021-08-15 in 'grow' on b: `x = exp(1000 * y)` is inf (y = 2)");
}

TEST(Failures, show_the_value_that_a_statement_changes) {
    EXPECT_EQ(failure_of(states("  - {rule: r, on: state, do: [x += 1 / y]}\n")), "run 0 stopped on 2021-08-15 in 'r' on a: `x += 1 / y` is inf (x = 1, y = 0)");
}

TEST(Failures, show_what_was_just_assigned_and_what_other_rows_held) {
    EXPECT_EQ(failure_of(states("  - {rule: r, on: tie, let: {half: w / 2}, do: [w = 7, w = source.x / (w - 7) * half]}\n")),
              "run 0 stopped on 2021-08-15 in 'r' on a -> b: `w = source.x / (w - 7) * half` is inf (source.x = 1, w = 7, half = 1.5)");
}

TEST(Failures, show_aggregates_and_draws_as_written) {
    EXPECT_EQ(failure_of(states("  - {rule: r, on: state, do: ['x = sum(k.y for k in state) / y']}\n")),
              "run 0 stopped on 2021-08-15 in 'r' on a: `x = sum(k.y for k in state) / y` is inf (sum(k.y for k in state) = 2, y = 0)");
}

TEST(Failures, a_range_hides_no_infinity) {
    EXPECT_EQ(failure_of(states("  - {rule: r, on: state, do: [z = 1 / y]}\n")), "run 0 stopped on 2021-08-15 in 'r' on a: `z = 1 / y` is inf (y = 0)");
    EXPECT_EQ(failure_of(states("  - {rule: r, on: state, do: [z = y / y]}\n")), "run 0 stopped on 2021-08-15 in 'r' on a: `z = y / y` is nan (y = 0)");
}

TEST(Failures, a_probability_lies_between_0_and_1) {
    EXPECT_EQ(failure_of(states("  - {event: e, on: state, probability: 1.3 * x}\n")),
              "run 0 stopped on 2021-08-15 in 'e' on a: `probability: 1.3 * x` is 1.3, but a probability is between 0 and 1 (x = 1)");
    EXPECT_EQ(failure_of(states("  - {event: e, on: state, probability: -x / 8}\n")),
              "run 0 stopped on 2021-08-15 in 'e' on a: `probability: -x / 8` is -0.125, but a probability is between 0 and 1 (x = 1)");
    EXPECT_EQ(failure_of(states("  - {event: e, on: state, probability: y / y}\n")), "run 0 stopped on 2021-08-15 in 'e' on a: `probability: y / y` is nan (y = 0)");
    EXPECT_EQ(failure_of(states("  - {event: e, on: state, probability: y}\n")),
              "run 0 stopped on 2021-08-15 in 'e' on b: `probability: y` is 2, but a probability is between 0 and 1 (y = 2)");
}

TEST(Failures, a_rate_and_an_expected_count_are_not_negative) {
    EXPECT_EQ(failure_of(states("  - {event: e, on: state, rate: y - x}\n")),
              "run 0 stopped on 2021-08-15 in 'e' on a: `rate: y - x` is -1, but a rate is not negative (y = 0, x = 1)");
    EXPECT_EQ(failure_of(states("  - {event: e, on: state, rate: 1 / y}\n")), "run 0 stopped on 2021-08-15 in 'e' on a: `rate: 1 / y` is inf (y = 0)");
    EXPECT_EQ(failure_of(states("  - {event: e, on: state, count: y - x}\n")),
              "run 0 stopped on 2021-08-15 in 'e' on a: `count: y - x` is -1, but a rate is not negative (y = 0, x = 1)");
}

TEST(Failures, a_temperature_lies_above_0_and_utilities_are_finite) {
    EXPECT_EQ(failure_of(states("  - {event: e, on: tie, choice: 1, temperature: source.y}\n")),
              "run 0 stopped on 2021-08-15 in 'e' on a: `temperature: source.y` is 0, but a temperature is above 0 (source.y = 0)");
    EXPECT_EQ(failure_of(states("  - {event: e, on: tie, choice: 1 / w}\n")), "run 0 stopped on 2021-08-15 in 'e' on b -> a: `choice: 1 / w` is inf (w = 0)");
    EXPECT_EQ(failure_of(states("  - {event: e, on: tie, choice: w, outside: 1 / source.y}\n")),
              "run 0 stopped on 2021-08-15 in 'e' on a: `outside: 1 / source.y` is inf (source.y = 0)");
}

TEST(Failures, a_contribution_is_finite_and_so_is_their_sum) {
    EXPECT_EQ(failure_of(states("  - {rule: r, on: tie, do: [target.x += 1 / w]}\n")),
              "run 0 stopped on 2021-08-15 in 'r' on b -> a: `target.x += 1 / w` is inf (w = 0)");
    EXPECT_EQ(failure_of(states("  - {rule: big, on: state, do: [x = 1.5e308]}\n  - {rule: r, on: tie, where: w == 0, do: [target.x += 1.5e308]}\n")),
              "run 0 stopped on 2021-08-15 in 'r' on a: `target.x += 1.5e308` is inf (x = 1.5e+308, all contributions = 1.5e+308)");
}

TEST(Failures, of_draws_with_senseless_arguments_are_told_where_they_are_written) {
    EXPECT_EQ(failure_of(states("  - {rule: r, on: state, do: [x = bernoulli(y)]}\n")),
              "run 0 stopped on 2021-08-15 in 'r' on b: `x = bernoulli(y)` is nan (bernoulli(y) = nan)");
    EXPECT_EQ(failure_of(states("  - {rule: r, on: state, do: [x = poisson(y - 1)]}\n")),
              "run 0 stopped on 2021-08-15 in 'r' on a: `x = poisson(y - 1)` is nan (poisson(y - 1) = nan)");
}

TEST(Failures, of_starts_come_before_the_first_tick) {
    EXPECT_EQ(failure_of("parameters: {none: 0}\nagents: {state: {fields: {x: 1 / none}, members: [a]}}"),
              "run 0 stopped before the first tick in 'start' on a: `the start of state.x` is inf (none = 0)");
    EXPECT_EQ(failure_of("parameters: {none: 0}\nagents: {state: {fields: {x: 1}, members: {a: {}, b: {x: log(none - 1)}}}}"),
              "run 0 stopped before the first tick in 'the start of state.x on b' on b: `the start of state.x on b` is nan (none = 0)");
}

TEST(Failures, of_what_the_timeline_sets_name_the_entry) {
    EXPECT_EQ(failure_of(states("  - {rule: r, on: state, do: [x += 0]}\ntimeline: [{date: 2021-08-30, set: {\"state[b].x\": \"1 / state[a].y\"}}]\n")),
              "run 0 stopped on 2021-08-29 in 'set: state[b].x: 1 / state[a].y' on b: `set: state[b].x: 1 / state[a].y` is inf (state[a].y = 0)");
}

TEST(Failures, of_events_that_the_timeline_fires_are_told_like_those_of_the_step) {
    EXPECT_EQ(failure_of(states("  - {event: e, on: state, probability: 0, do: [x = 1 / y]}\ntimeline: [{date: 2021-08-30, event: e, on: a}]\n")),
              "run 0 stopped on 2021-08-29 in 'e' on a: `x = 1 / y` is inf (y = 0)");
}

// -- what counts for nothing ----------------------------------------------------------------------------------------------------------------

TEST(Failures, a_nan_in_the_branch_not_taken_counts_for_nothing) {
    World world(states("  - {rule: r, on: state, do: [x = 1 / y if y > 0 else 7]}\n"));
    EXPECT_THAT(world.tick(3).all("state.x"), ElementsAre(7, 0.5));
    EXPECT_FALSE(world.failed());
}

TEST(Failures, a_nan_on_rows_that_where_leaves_out_counts_for_nothing) {
    World world(states("  - {rule: r, on: state, where: y > 0, do: [x = 1 / y, z = x / y]}\n"
                       "  - {event: p, on: state, where: y > 0, probability: 1 / y}\n"
                       "  - {event: n, on: state, where: y > 0, rate: log(y)}\n"
                       "  - {event: c, on: state, where: y > 0, count: 1 / y}\n"
                       "  - {event: u, on: tie, where: w > 0, choice: log(w), do: [target.x += log(w)]}\n"
                       "  - {rule: s, on: tie, where: w > 0, do: [target.x += 1 / w]}\n"));
    world.tick(5);
    EXPECT_FALSE(world.failed());
    EXPECT_EQ(world["state[a].x"], 1);
}

TEST(Failures, a_nan_in_statements_of_an_event_that_did_not_fire_counts_for_nothing) {
    World world(states("  - {event: e, on: state, probability: 0, do: [x = 1 / y]}\n"));
    world.tick(3);
    EXPECT_FALSE(world.failed());
}

TEST(Failures, a_nan_in_a_measure_is_only_recorded) {
    const Results results = run(states("  - {rule: r, on: state, do: [x += 1]}\nmeasures: {ratio: \"state[b].y / state[a].y\", root: \"sqrt(-state[a].x)\"}\n"));
    EXPECT_THAT(results.failures, IsEmpty());
    EXPECT_THAT(series(results, "ratio"), Each(std::numeric_limits<double>::infinity()));
    EXPECT_THAT(series(results, "root"), Each(IsNan()));
}

// -- the others ----------------------------------------------------------------------------------------------------------------------------

/// Half of the runs begin with a negative x and fail at tick 2; `guard` keeps them from it.
std::string roots(const std::string& guard) {
    return "calendar: {ticks: 6}\nagents: {state: {fields: {x: \"uniform(-1, 1)\", y: 0}, members: [a, b]}}\nsteps:\n"
           "  - {rule: walk, on: state, do: [y += normal()]}\n"
           "  - {rule: root, on: state, where: tick >= 2, do: [y += sqrt(" + guard + "(x))]}\n"
           "  - {event: e, on: state, rate: 1, do: [y += 0.25]}\n"
           "measures: {y: \"state[a].y\", top: \"peak(state[b].y)\", up: \"first(state[a].y > 1)\", yearly: {value: \"total(e[a])\", per: year}, all: {value: y, on: state}, good: \"state[a].x >= 0 and state[b].x >= 0\"}\n";
}

TEST(Failures, stop_only_their_own_run) {
    const Results failing = run(roots(""), {.runs = 300, .threads = 2});
    const Results sound = run(roots("abs"), {.runs = 300, .threads = 2});
    ASSERT_THAT(sound.failures, IsEmpty());
    const auto good = final_values(sound, "good");
    for (std::size_t run = 0; run < 300; ++run) {
        ASSERT_EQ(failing.failed(static_cast<std::int64_t>(run)), good[run] == 0);
        for (std::size_t m = 0; m < sound.measures.size(); ++m) {
            const std::size_t width = sound.measures[m].width();
            for (std::size_t at = run * width; at < (run + 1) * width; ++at) {
                const double value = failing.final_values[m][at];
                const bool came_before = sound.measures[m].form == MeasureInfo::Form::date && sound.final_values[m][at] < 2;
                const double wanted = good[run] != 0 || came_before ? sound.final_values[m][at] : Results::missing;
                EXPECT_TRUE(same_bits(value, wanted) || (std::isnan(value) && std::isnan(wanted))) << sound.measures[m].name;
            }
        }
    }
}

TEST(Failures, are_listed_in_run_order_once_a_run) {
    const Results results = run(roots(""), {.runs = 300, .threads = 2, .lanes = 8});
    ASSERT_GT(results.failures.size(), 200U);  // three in four have a negative one
    for (std::size_t i = 0; i < results.failures.size(); ++i) {
        const RunFailure& failure = results.failures[i];
        EXPECT_EQ(failure.tick, 2);
        EXPECT_EQ(failure.step, "root");
        EXPECT_EQ(failure.statement, "y += sqrt((x))");
        EXPECT_TRUE(i == 0 || results.failures[i - 1].run < failure.run);
    }
}

TEST(Failures, leave_what_was_before_their_tick_and_nothing_but_missing_values_from_it_on) {
    const Results results = run(roots(""), {.runs = 40, .threads = 1});
    const std::int64_t run = results.failures.front().run;
    const auto at = static_cast<std::size_t>(run);
    for (std::size_t tick = 0; tick < 6; ++tick) {
        const bool is_missing = tick >= 2;
        EXPECT_EQ(std::isnan(series(results, "y")[at * 6 + tick]), is_missing);
        EXPECT_EQ(std::isnan(results.yearly[number_of(results, "yearly")][at * 6 + tick]), is_missing);
        for (std::size_t row = 0; row < 2; ++row) EXPECT_EQ(std::isnan(series(results, "all")[(at * 6 + tick) * 2 + row]), is_missing);
    }
}

TEST(Failures, and_the_digest_do_not_depend_on_lanes_threads_and_instructions) {
    const Results reference = run(roots(""), {.runs = 200, .threads = 1, .lanes = 1});
    for (const Kernels* kernels : available_kernels())
        for (const int lanes : {1, 8, 64, 512}) {
            const Results other = run(roots(""), {.runs = 200, .threads = 2, .lanes = lanes, .instruction_set = std::string(kernels->name)});
            EXPECT_EQ(other.digest, reference.digest);
            EXPECT_EQ(other.failures, reference.failures);
            for (std::size_t m = 0; m < reference.measures.size(); ++m) {
                EXPECT_TRUE(same_bits(other.final_values[m], reference.final_values[m])) << reference.measures[m].name;
                EXPECT_TRUE(same_bits(other.series[m], reference.series[m])) << reference.measures[m].name;
                EXPECT_TRUE(same_bits(other.yearly[m], reference.yearly[m])) << reference.measures[m].name;
            }
        }
}

TEST(Failures, leave_what_other_runs_had_stored_before_as_it_was) {
    // Steps that follow on each other in one tick: the failing one comes after others have stored what they read.
    const std::string text = "calendar: {ticks: 20}\nagents: {state: {fields: {x: 0, w: 0, y: 1, z: \"uniform(0, 1)\"}, members: [a, b]}}\nsteps:\n"
                             "  - {rule: count, on: state, do: [x += 1, w += x * y]}\n"
                             "  - {rule: divide, on: state, do: \"y = 1 / max(0, z - tick / 50)\"}\n"
                             "measures: {w: sum(s.w for s in state)}\n";
    const Results reference = run(text, {.runs = 100, .threads = 1, .lanes = 1});
    ASSERT_GT(reference.failures.size(), 10U);
    ASSERT_LT(reference.failures.size(), 90U);
    for (const Kernels* kernels : available_kernels())
        for (const int lanes : {1, 8, 64})
            EXPECT_EQ(run(text, {.runs = 100, .threads = 1, .lanes = lanes, .instruction_set = std::string(kernels->name)}).digest, reference.digest)
                << kernels->name << ' ' << lanes;
}

TEST(Failures, of_one_run_name_the_same_row_and_statement_however_many_lanes_there_are) {
    // row 3 fails in the first statement, row 0 in the second: whichever is told, all widths tell the same
    const std::string text = "agents: {cell: {count: 40, fields: {x: \"uniform(0, 1)\", y: 0}}}\nsteps:\n"
                             "  - {rule: r, on: cell, do: [y = 1 / (x > 0.1), y = 1 / (x < 0.9)]}\n";
    const Results reference = run(text, {.runs = 64, .threads = 1, .lanes = 1});
    ASSERT_EQ(reference.failures.size(), 64U);
    for (const int lanes : {8, 64, 512}) EXPECT_EQ(run(text, {.runs = 64, .threads = 1, .lanes = lanes}).failures, reference.failures) << lanes;
}

TEST(Failures, events_of_a_failed_run_are_not_counted_nor_logged_from_the_failing_tick_on) {
    const std::string text = "calendar: {ticks: 4}\nagents: {state: {fields: {x: 1, low: \"uniform(-1, 1)\"}, members: [a]}}\nsteps:\n"
                             "  - {event: e, on: state, probability: 1}\n  - {event: rare, on: state, where: tick == 2, count: low}\n"
                             "measures: {x: \"state[a].x\"}\n";
    const Results results = run(text, {.runs = 100, .threads = 2, .lanes = 8, .log_events = true});
    ASSERT_FALSE(results.failures.empty());
    EXPECT_EQ(results.event_totals[0], 4.0 * static_cast<double>(100 - results.failures.size()));
    for (const LoggedEvent& event : results.log) {
        EXPECT_GT(event.count, 0);
        EXPECT_TRUE(!results.failed(event.run) || event.tick < 2);
    }
}

}  // namespace
}  // namespace entente::test
