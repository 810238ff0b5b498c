// Tests: run_results, model/compile_measures.
// What is recorded of a run, worked by hand.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsNan;
using testing::NanSensitiveDoubleEq;

constexpr double missing = Results::missing;

/// x of a is 1, 2, 4, 8, 16 at the ends of five months, two in 2020 and three in 2021; x of b is always -3.
std::string doubling(const std::string& measures) {
    return R"yaml(
calendar: {start: 2020-11-15, ticks: 5, step: month}
agents:
  state:
    fields: {x: 0, y: 0}
    derived: {twice: 2 * x}
    members: {a: {x: 0.5}, b: {x: -3}}
links:
  tie: {source: state, target: state, fields: {w: 7}, members: [a -> b]}
steps:
  - {rule: double, on: state, where: x > 0, do: [x *= 2]}
  - {event: big, on: state, where: x > 3, probability: 1}
  - {event: often, on: tie, probability: 0}
timeline:
  - {date: 2020-12-20, event: often, on: a -> b}
  - {date: 2021-03-15, event: often, on: a -> b}
  - {date: 2021-03-16, event: often, on: a -> b}
measures:
)yaml" + measures;
}

Results of(const std::string& measure) { return run(doubling("  m: " + measure + "\n"), {.runs = 3, .threads = 1}); }
double at_end(const std::string& measure) { return final_values(of(measure), "m")[0]; }

// -- one run ------------------------------------------------------------------------------------------------------------------------------

TEST(Measures, a_series_is_recorded_at_the_end_of_every_tick) {
    const Results results = of("\"state[a].x\"");
    EXPECT_EQ(results.measures[0].form, MeasureInfo::Form::series);
    EXPECT_THAT(series(results, "m"), ElementsAre(1, 2, 4, 8, 16, 1, 2, 4, 8, 16, 1, 2, 4, 8, 16));
    EXPECT_THAT(final_values(results, "m"), Each(16));
}

TEST(Measures, of_the_world_use_aggregates_lookups_derived_fields_events_and_the_clock) {
    EXPECT_EQ(at_end("\"sum(k.x for k in state)\""), 13);
    EXPECT_EQ(at_end("\"state[a].twice + tie[a, b].w + has(tie[b, a])\""), 39);
    EXPECT_EQ(at_end("\"big[a] + 10 * big[b] + 100 * often[a, b]\""), 201);
    EXPECT_EQ(at_end("tick * 100 + month"), 403);
    EXPECT_EQ(at_end("\"median(k.x for k in state)\""), 6.5);
}

TEST(Measures, first_is_the_tick_at_which_it_came) {
    const Results results = of("first(state[a].x > 3)");
    EXPECT_EQ(results.measures[0].form, MeasureInfo::Form::date);
    EXPECT_THAT(final_values(results, "m"), Each(2));
    EXPECT_THAT(series(results, "m"), IsEmpty());
    EXPECT_EQ(at_end("first(state[a].x > 0)"), 0);
    EXPECT_EQ(at_end("first(state[a].x)"), 0);
}

TEST(Measures, a_date_that_never_came_is_missing) {
    EXPECT_THAT(at_end("first(state[a].x > 100)"), IsNan());
}

TEST(Measures, a_date_in_arithmetic_is_years_since_the_start) {
    EXPECT_EQ(of("first(state[a].x > 3) * 12").measures[0].form, MeasureInfo::Form::scalar);
    EXPECT_DOUBLE_EQ(at_end("first(state[a].x > 3) * 12"), 2);
    EXPECT_THAT(at_end("first(state[a].x > 100) + 1"), IsNan());
}

TEST(Measures, last_total_average_peak_trough_and_share_run_over_all_ticks) {
    EXPECT_EQ(of("total(state[a].x)").measures[0].form, MeasureInfo::Form::scalar);
    EXPECT_EQ(at_end("last(state[a].x)"), 16);
    EXPECT_EQ(at_end("total(state[a].x)"), 31);
    EXPECT_EQ(at_end("average(state[a].x)"), 31.0 / 5);
    EXPECT_EQ(at_end("peak(state[a].x)"), 16);
    EXPECT_EQ(at_end("trough(state[a].x)"), 1);
    EXPECT_EQ(at_end("share(state[a].x > 3)"), 3.0 / 5);
    EXPECT_EQ(at_end("share(state[a].x)"), 1);
    EXPECT_EQ(at_end("peak(state[b].x)"), -3);
    EXPECT_EQ(at_end("trough(-state[a].x)"), -16);
    EXPECT_EQ(at_end("total(big[a])"), 3);
}

TEST(Measures, functions_over_time_are_combined_by_arithmetic) {
    EXPECT_EQ(at_end("peak(state[a].x) - trough(state[b].x) + dt * 0"), 19);
    EXPECT_EQ(at_end("total(state[a].x) / max(last(state[a].x), 2)"), 31.0 / 16);
    EXPECT_EQ(at_end("1 if share(state[b].x < 0) == 1 else 0"), 1);
}

TEST(Measures, count_events_of_the_timeline_too) {
    EXPECT_EQ(at_end("\"total(often[a, b])\""), 3);
    EXPECT_EQ(at_end("\"first(often[a, b] == 2)\""), 4);
}

// -- by year ------------------------------------------------------------------------------------------------------------------------------

std::vector<double> by_year(const std::string& measure) {
    const Results results = run(doubling("  m: {value: \"" + measure + "\", per: year}\n"), {.runs = 2, .threads = 1});
    EXPECT_THAT(results.years, ElementsAre(2020, 2021));
    EXPECT_EQ(results.measures[0].form, MeasureInfo::Form::yearly);
    return results.yearly[0];
}

TEST(Measures, per_year_begin_anew_with_every_civil_year) {
    EXPECT_THAT(by_year("total(state[a].x)"), ElementsAre(3, 28, 3, 28));
    EXPECT_THAT(by_year("average(state[a].x)"), ElementsAre(1.5, 28.0 / 3, 1.5, 28.0 / 3));
    EXPECT_THAT(by_year("peak(state[a].x)"), ElementsAre(2, 16, 2, 16));
    EXPECT_THAT(by_year("trough(state[a].x)"), ElementsAre(1, 4, 1, 4));
    EXPECT_THAT(by_year("last(state[a].x)"), ElementsAre(2, 16, 2, 16));
    EXPECT_THAT(by_year("share(state[a].x > 1)"), ElementsAre(0.5, 1, 0.5, 1));
    EXPECT_THAT(by_year("total(often[a, b])"), ElementsAre(1, 2, 1, 2));
    EXPECT_THAT(by_year("total(state[a].x) + peak(state[b].x)"), ElementsAre(0, 25, 0, 25));
}

TEST(Measures, per_year_are_over_the_run_what_they_are_without_years) {
    for (const std::string expression :
         {"total(state[a].x)", "average(state[a].x)", "peak(state[a].x)", "trough(state[a].x)", "peak(-state[a].x)", "trough(-state[a].x)", "last(state[a].x)",
          "share(state[a].x > 1)", "total(often[a, b])", "total(state[a].x) / average(state[a].x) + peak(state[b].x)", "first(state[a].x > 3) - first(state[a].x > 0)",
          "first(state[a].x > 99) + 1"}) {
        const std::string measures = fmt::format("  yearly: {{value: \"{0}\", per: year}}\n  whole: {{value: \"{0}\"}}\n", expression);
        for (const int lanes : {1, 8})
            for (const Unroll unroll : {Unroll::automatic, Unroll::no}) {
                const Results results = run_ensemble(compile(scenario_of(doubling(measures)), {{}, unroll}), {.runs = 3, .threads = 1, .lanes = lanes});
                EXPECT_TRUE(same_bits(final_values(results, "yearly"), final_values(results, "whole"))) << expression;
            }
    }
}

TEST(Measures, per_year_leave_those_of_the_whole_run_alone) {
    const Results results = run(doubling("  yearly: {value: \"total(state[a].x)\", per: year}\n  whole: total(state[a].x)\n  when: first(state[a].x > 3)\n"), {.runs = 2, .threads = 1});
    EXPECT_THAT(final_values(results, "whole"), Each(31));
    EXPECT_THAT(final_values(results, "when"), Each(2));
}

/// The average of five ticks, not that of the averages of two ticks and of three.
TEST(Measures, per_year_average_over_all_ticks_of_the_run) {
    const Results results = run(doubling("  m: {value: \"average(state[a].x)\", per: year}\n"), {.runs = 2, .threads = 1});
    EXPECT_THAT(final_values(results, "m"), Each(31.0 / 5));
}

TEST(Measures, every_tick_of_a_calendar_without_dates_is_a_year) {
    const Results results = run("calendar: {ticks: 3}\nagents: {state: {fields: {x: 1}, members: [a]}}\nsteps: [{rule: r, on: state, do: [x *= 2]}]\n"
                                "measures: {m: {value: \"total(state[a].x)\", per: year}}",
                                {.runs = 1, .threads = 1});
    EXPECT_THAT(results.years, ElementsAre(0, 1, 2));
    EXPECT_THAT(results.yearly[0], ElementsAre(2, 4, 8));
}

// -- runs that fail -----------------------------------------------------------------------------------------------------------------------

/// x grows from 1 by 1 a month, from November 2020 to March 2021; runs in which `bad` is 1 fail on 2021-02-15, in the fourth tick.
Results half_failing(const RunPlan& plan) {
    return run(R"yaml(
calendar: {start: 2020-11-15, ticks: 5, step: month}
agents: {state: {fields: {x: 0, y: 0, bad: "bernoulli(0.5)"}, members: [a, b]}}
steps:
  - {rule: grow, on: state, do: [x += 1]}
  - {rule: fall, on: state, where: tick == 3, do: ["y = log(1 - 2 * state[a].bad)"]}
measures:
  x: "state[a].x"
  all: {value: x, on: state}
  early: "first(state[a].x > 1)"
  before: "first(state[a].x > 2)"
  then: "first(state[a].x > 3)"
  total: "total(state[a].x)"
  yearly: {value: "total(state[a].x)", per: year}
)yaml",
               plan);
}

TEST(Measures, of_a_run_that_failed_are_what_it_had_shown_before) {
    for (const int lanes : {1, 8}) {
        const Results results = half_failing({.runs = 40, .threads = 1, .lanes = lanes});
        ASSERT_GT(results.failures.size(), 5U);
        ASSERT_LT(results.failures.size(), 35U);
        for (std::int64_t run = 0; run < results.runs; ++run) {
            const auto r = static_cast<std::size_t>(run);
            const bool failed = results.failed(run);
            const auto known = [&](double value) { return NanSensitiveDoubleEq(failed ? missing : value); };
            const auto of_run = [&](const auto& values, std::size_t size) { return std::vector<double>(values.begin() + static_cast<std::ptrdiff_t>(r * size), values.begin() + static_cast<std::ptrdiff_t>((r + 1) * size)); };
            EXPECT_THAT(of_run(results.series[0], 6), ElementsAre(0, 1, 2, 3, known(4), known(5)));
            EXPECT_THAT(of_run(results.series[1], 12), ElementsAre(0, 0, 1, 1, 2, 2, 3, 3, known(4), known(4), known(5), known(5)));
            EXPECT_THAT(of_run(results.yearly[6], 2), ElementsAre(3, known(12)));
            EXPECT_THAT(results.final_values[0][r], known(5));
            EXPECT_THAT(results.final_values[2][r], 1);
            EXPECT_THAT(results.final_values[3][r], 2) << "in the tick before";
            EXPECT_THAT(results.final_values[4][r], known(3)) << "in the tick in which it failed";
            EXPECT_THAT(results.final_values[5][r], known(15));
            EXPECT_THAT(results.final_values[6][r], known(15));
        }
    }
}

// -- panels -------------------------------------------------------------------------------------------------------------------------------

TEST(Measures, on_a_kind_are_a_series_for_every_row) {
    const Results results = run(doubling("  m: {value: x + y, on: state, unit: t, about: what it weighs}\n"), {.runs = 2, .threads = 1});
    const MeasureInfo& info = results.measures[0];
    EXPECT_EQ(info.form, MeasureInfo::Form::series);
    EXPECT_EQ(info.kind, "state");
    EXPECT_THAT(info.rows, ElementsAre("a", "b"));
    EXPECT_EQ(info.unit, "t");
    EXPECT_EQ(info.about, "what it weighs");
    EXPECT_EQ(info.expression, "x + y");
    EXPECT_THAT(series(results, "m"), ElementsAre(1, -3, 2, -3, 4, -3, 8, -3, 16, -3, 1, -3, 2, -3, 4, -3, 8, -3, 16, -3));
    EXPECT_THAT(final_values(results, "m"), ElementsAre(16, -3, 16, -3));
}

TEST(Measures, on_links_read_their_ends_and_are_named_by_them) {
    const Results results = run(doubling("  m: {value: \"w * target.x + sum(k.x for k in state) + often\", on: tie}\n"), {.runs = 1, .threads = 1});
    EXPECT_THAT(results.measures[0].rows, ElementsAre("a -> b"));
    EXPECT_THAT(series(results, "m"), ElementsAre(-21 - 2, -21 - 1 + 1, -21 + 1, -21 + 5, -21 + 13 + 2));
}

TEST(Measures, over_time_and_by_row_begin_with_the_state_before_the_first_tick) {
    const std::string text = "calendar: {ticks: 4}\nparameters: {p: 2}\nagents: {state: {fields: {x: {start: \"uniform(0, 1)\"}, y: 10 * p, z: 0}, derived: {w: x + y}, members: [a, b]}}\n"
                             "links: {tie: {source: state, target: state, fields: {w: 1}, pattern: complete}}\n"
                             "steps: [{rule: r, on: state, do: [x += 1, y = 0, z += 1]}, {event: e, on: tie, probability: 1, do: [w += 1]}]\n"
                             "timeline: [{tick: 0, set: {\"state[a].z\": 5}}]\n"
                             "measures: {x: {value: x, on: state}, w: {value: w, on: state}, y: sum(s.y for s in state), z: \"state[a].z\", e: sum(k.e for k in tie),\n"
                             "           total: total(sum(s.y + 1 for s in state)), least: trough(sum(s.z for s in state)), when: first(sum(s.y for s in state) > 0), clock: 10 * tick + t}\n";
    const Scenario scenario = scenario_of(text);
    for (const Unroll unroll : {Unroll::no, Unroll::yes})
        for (const int lanes : {1, 8, 64}) {
            const Results results = run_ensemble(compile(scenario, {{}, unroll}), {.runs = 20, .lanes = lanes});
            const std::vector<double> starts = start_of(results, "x");
            const std::vector<double> after = at_moments(results, "x", 1, 2);
            ASSERT_EQ(starts.size(), 40U);
            for (std::size_t i = 0; i < starts.size(); ++i) {
                EXPECT_TRUE(starts[i] >= 0 && starts[i] < 1);
                EXPECT_EQ(after[i], starts[i] + 1);
                EXPECT_EQ(start_of(results, "w")[i], starts[i] + 20);
            }
            EXPECT_THAT(start_of(results, "y"), Each(40));
            EXPECT_THAT(start_of(results, "z"), Each(0)) << "the timeline belongs to the first tick";
            EXPECT_THAT(start_of(results, "e"), Each(0)) << "nothing has fired";
            EXPECT_THAT(start_of(results, "clock"), Each(0));
            EXPECT_THAT(at_moments(results, "clock", 0, 5), testing::Contains(33).Times(20));
            EXPECT_THAT(final_values(results, "total"), Each(8)) << "totals are over ticks";
            EXPECT_THAT(final_values(results, "least"), Each(7));
            EXPECT_THAT(final_values(results, "when"), Each(testing::IsNan()));
        }
}

TEST(Measures, of_the_start_cost_nothing_where_no_series_are_kept) {
    const Results results = run("agents: {state: {fields: {x: 1}, members: [a]}}\nsteps: [{rule: r, on: state, do: [x += 1]}]\nmeasures: {x: \"state[a].x\"}", {.runs = 3, .series_runs = 0});
    EXPECT_TRUE(results.series[0].empty());
    EXPECT_THAT(final_values(results, "x"), Each(101));
}

TEST(Measures, on_kinds_of_any_size_are_what_one_run_alone_has) {
    const std::string text = "calendar: {ticks: 19}\nagents:\n  few: {fields: {x: 0}, count: 3}\n  many: {fields: {x: 0}, count: 11}\n"
                             "steps: [{rule: r, on: few, do: [x += normal()]}, {rule: s, on: many, do: [x += normal()]}]\n"
                             "measures: {few: {value: x, on: few}, many: {value: x, on: many}, one: sum(f.x for f in few)}\n";
    const Results wide = run(text, {.runs = 30, .threads = 1, .lanes = 16, .series_runs = 21});
    const Results single = run(text, {.runs = 30, .threads = 1, .lanes = 1, .series_runs = 21});
    for (std::size_t m = 0; m < 3; ++m) {
        EXPECT_EQ(wide.series[m].size(), 21U * 20 * (m == 0 ? 3 : m == 1 ? 11 : 1));
        EXPECT_TRUE(same_bits(wide.series[m], single.series[m])) << wide.measures[m].name;
    }
}

// -- many runs ------------------------------------------------------------------------------------------------------------------------------

TEST(Measures, of_runs_differ_where_the_runs_do) {
    const std::string text = "calendar: {ticks: 4}\nagents: {state: {fields: {x: 0}, members: [a]}}\nsteps: [{rule: r, on: state, do: [x += normal()]}]\n"
                             "measures: {now: \"state[a].x\", entire: \"total(state[a].x)\", top: \"peak(state[a].x)\", when: \"first(state[a].x > 0.5)\", middle: \"average(state[a].x)\", part: \"share(state[a].x > 0)\"}\n";
    const Results results = run(text, {.runs = 100, .threads = 2, .lanes = 8});
    const auto now = series(results, "now");
    for (std::size_t run = 0; run < 100; ++run) {
        double total = 0;
        double peak = -1e300;
        double when = missing;
        double positive = 0;
        for (std::size_t tick = 0; tick < 4; ++tick) {
            const double x = now[run * 4 + tick];
            total += x;
            peak = std::max(peak, x);
            if (x > 0.5 && std::isnan(when)) when = static_cast<double>(tick);
            positive += x > 0;
        }
        ASSERT_EQ(final_values(results, "now")[run], now[run * 4 + 3]);
        ASSERT_EQ(final_values(results, "entire")[run], total);
        ASSERT_EQ(final_values(results, "middle")[run], total / 4);
        ASSERT_EQ(final_values(results, "top")[run], peak);
        ASSERT_THAT(final_values(results, "when")[run], NanSensitiveDoubleEq(when));
        ASSERT_EQ(final_values(results, "part")[run], positive / 4);
    }
}

TEST(Measures, need_not_be_there) {
    const Results results = run("agents: {state: {fields: {x: normal()}, members: [a]}}", {.runs = 10, .threads = 1});
    EXPECT_THAT(results.measures, IsEmpty());
    EXPECT_EQ(results.digest.size(), 32U);
}

}  // namespace
}  // namespace entente::test
