// Tests: recorder, run_results, model/compile_measures.
// Measures over time on every row of a kind, held against the same told from their series.
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <entente/study/recorder.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;
using testing::NanSensitiveDoubleEq;

constexpr double missing = Results::missing;

/// x of a is 1, 2, 4, 8, 16 at the ends of five months, two in 2020 and three in 2021; x of b is -3, that of c 3, 2, 1, 0, -1.
std::string world(const std::string& measures) {
    return R"yaml(
calendar: {start: 2020-11-15, ticks: 5, step: month}
agents:
  state:
    fields: {x: 0, falls: 0}
    members: {a: {x: 0.5}, b: {x: -3}, c: {x: 4, falls: 1}}
  cell: {fields: {y: 2}, count: 3}
links:
  tie: {source: state, target: state, fields: {w: 7}, members: [a -> b, c -> a]}
steps:
  - {rule: double, on: state, where: x > 0 and falls == 0, do: [x *= 2]}
  - {rule: fall, on: state, where: falls == 1, do: [x -= 1]}
  - {rule: grow, on: cell, do: [y += 1]}
  - {event: often, on: tie, probability: 0}
timeline:
  - {date: 2020-12-20, event: often, on: a -> b}
  - {date: 2021-03-15, event: often, on: a -> b}
measures:
)yaml" + measures;
}

Results of(const std::string& measure, const std::string& on = "state", const std::string& more = "") {
    const std::string text = world(fmt::format("  m: {{value: \"{}\", on: {}{}}}\n", measure, on, more));
    const Results results = run(text, {.runs = 2, .threads = 1});
    const Results by_table = run_ensemble(compile(scenario_of(text), {{}, Unroll::no}), {.runs = 2, .threads = 1, .lanes = 8});
    EXPECT_EQ(results.digest, by_table.digest) << measure;
    EXPECT_TRUE(same_bits(results.final_values[0], by_table.final_values[0])) << measure;
    EXPECT_TRUE(same_bits(results.yearly[0], by_table.yearly[0])) << measure;
    return results;
}
/// Of the second run.
std::vector<double> at_end(const std::string& measure, const std::string& on = "state") {
    const auto all = of(measure, on).final_values[0];
    return {all.begin() + std::ssize(all) / 2, all.end()};
}

TEST(MeasuresByRow, take_every_function_over_time) {
    EXPECT_THAT(at_end("last(x)"), ElementsAre(16, -3, -1));
    EXPECT_THAT(at_end("total(x)"), ElementsAre(31, -15, 5));
    EXPECT_THAT(at_end("average(x)"), ElementsAre(31.0 / 5, -3, 1));
    EXPECT_THAT(at_end("peak(x)"), ElementsAre(16, -3, 3));
    EXPECT_THAT(at_end("trough(x)"), ElementsAre(1, -3, -1));
    EXPECT_THAT(at_end("share(x > 1)"), ElementsAre(4.0 / 5, 0, 2.0 / 5));
    EXPECT_THAT(at_end("peak(x) - trough(x) + dt * 0"), ElementsAre(15, 0, 4));
}

TEST(MeasuresByRow, are_dates_of_each_row) {
    const Results results = of("first(x > 3)");
    EXPECT_EQ(results.measures[0].form, MeasureForm::date);
    EXPECT_EQ(results.measures[0].kind, "state");
    EXPECT_THAT(results.final_values[0], ElementsAre(2, NanSensitiveDoubleEq(missing), NanSensitiveDoubleEq(missing), 2,
                                                     NanSensitiveDoubleEq(missing), NanSensitiveDoubleEq(missing)));
    EXPECT_THAT(at_end("first(x < 1)"), ElementsAre(NanSensitiveDoubleEq(missing), 0, 3));
    EXPECT_THAT(at_end("first(x < 3) * 12"), ElementsAre(0, 0, testing::DoubleNear(1, 1e-12)));
}

TEST(MeasuresByRow, of_links_read_their_ends_and_know_their_names) {
    const Results results = of("total(w * target.x + often)", "tie");
    EXPECT_THAT(results.final_values[0], ElementsAre(-105 + 2, 217, -103, 217));
    EXPECT_THAT(results.measures[0].rows, ElementsAre("a -> b", "c -> a"));
    EXPECT_THAT(results.measures[0].sources, ElementsAre("a", "c"));
    EXPECT_THAT(results.measures[0].targets, ElementsAre("b", "a"));
}

TEST(MeasuresByRow, of_kinds_without_names_are_numbered) {
    const Results results = of("total(y)", "cell");
    EXPECT_THAT(results.measures[0].rows, ElementsAre("cell 0", "cell 1", "cell 2"));
    EXPECT_THAT(at_end("total(y)", "cell"), ElementsAre(25, 25, 25));
}

TEST(MeasuresByRow, aggregate_and_look_up_as_others_do) {
    EXPECT_THAT(at_end("total(sum(k.w for k in tie.out(self)) + has(tie[self, a]))"), ElementsAre(35, 0, 40));
    EXPECT_THAT(at_end("last(x) if has(tie[self, a]) else peak(x) + 100"), ElementsAre(116, 97, -1));
}

TEST(MeasuresByRow, per_year_begin_anew_with_every_year_and_are_over_the_run_what_they_are_without) {
    const Results results = of("total(x)", "state", ", per: year");
    EXPECT_EQ(results.measures[0].form, MeasureForm::yearly);
    EXPECT_THAT(results.years, ElementsAre(2020, 2021));
    EXPECT_THAT(results.yearly[0], ElementsAre(3, -6, 5, 28, -9, 0, 3, -6, 5, 28, -9, 0)) << "by run, year and row";
    for (const std::string expression : {"total(x)", "average(x)", "peak(x)", "trough(-x)", "last(x)", "share(x > 1)", "first(x > 3) - first(x > 0)"})
        EXPECT_TRUE(same_bits(of(expression, "state", ", per: year").final_values[0], of(expression).final_values[0])) << expression;
}

TEST(MeasuresByRow, that_are_series_leave_their_last_values) {
    const Results results = of("x");
    EXPECT_EQ(results.measures[0].form, MeasureForm::series);
    EXPECT_THAT(results.final_values[0], ElementsAre(16, -3, -1, 16, -3, -1));
    EXPECT_THAT(run(world("  m: {value: x, on: state}\n"), {.runs = 1, .series_runs = 0}).final_values[0], ElementsAre(16, -3, -1)) << "though no series are kept";
}

TEST(MeasuresByRow, over_time_keep_no_series) {
    const Model model = compile(scenario_of(world("  m: {value: total(x), on: state}\n  n: {value: average(x), on: state, per: year}\n")));
    EXPECT_EQ(series_bytes_per_run(model), 0);
    EXPECT_EQ(values_per_run(model), 3 + 3 * 3);
}

TEST(MeasuresByRow, on_a_kind_without_rows_are_nothing) {
    const Results results = run("agents: {state: {fields: {x: 1}, members: [a]}}\nlinks: {tie: {source: state, target: state, fields: {w: 1}, members: []}}\n"
                                "measures: {m: {value: total(w), on: tie}, d: {value: first(w > 0), on: tie, unit: x}, s: {value: w, on: tie}}",
                                {.runs = 3});
    EXPECT_THAT(results.final_values[0], testing::IsEmpty());
    EXPECT_EQ(results.measures[0].width(), 0U);
}

/// By row over a kind of some size, whose runs differ, each function against what the series of the same run come to.
TEST(MeasuresByRow, are_what_their_series_come_to) {
    const std::string text = "calendar: {start: 2020-10-01, ticks: 14, step: month}\nagents: {state: {fields: {x: normal()}, count: 13}}\n"
                             "steps: [{rule: r, on: state, do: [x += normal()]}]\n"
                             "measures: {x: {value: x, on: state}, total: {value: total(x), on: state}, average: {value: average(x), on: state, per: year},\n"
                             "           peak: {value: peak(x), on: state}, low: {value: trough(x), on: state}, share: {value: share(x > 1), on: state}, when: {value: first(x > 2), on: state}}\n";
    constexpr std::int64_t runs = 40;
    constexpr std::int64_t rows = 13;
    for (const Unroll unroll : {Unroll::no, Unroll::yes})
        for (const int lanes : {1, 16}) {
            const Results results = run_ensemble(compile(scenario_of(text), {{}, unroll}), {.runs = runs, .threads = 2, .lanes = lanes});
            for (std::int64_t run = 0; run < runs; ++run)
                for (std::int64_t row = 0; row < rows; ++row) {
                    double total = 0, in_2020 = 0, peak = -1e300, low = 1e300, times = 0, when = missing;
                    for (std::int64_t tick = 0; tick < 14; ++tick) {
                        const double x = results.series[0][static_cast<std::size_t>((run * 15 + tick + 1) * rows + row)];
                        total += x;
                        if (tick < 3) in_2020 += x;
                        peak = std::max(peak, x);
                        low = std::min(low, x);
                        times += x > 1 ? 1 : 0;
                        if (x > 2 && std::isnan(when)) when = static_cast<double>(tick);
                    }
                    const auto at = static_cast<std::size_t>(run * rows + row);
                    ASSERT_EQ(final_values(results, "total")[at], total);
                    ASSERT_NEAR(final_values(results, "average")[at], total / 14, 1e-14) << "years are summed up first";
                    ASSERT_EQ(results.yearly[2][static_cast<std::size_t>(run * 2 * rows + row)], in_2020 / 3);
                    ASSERT_EQ(final_values(results, "peak")[at], peak);
                    ASSERT_EQ(final_values(results, "low")[at], low);
                    ASSERT_EQ(final_values(results, "share")[at], times / 14);
                    ASSERT_THAT(final_values(results, "when")[at], NanSensitiveDoubleEq(when));
                }
        }
}

TEST(MeasuresByRow, of_a_run_that_failed_are_the_dates_that_had_come_and_the_years_that_were_over) {
    const std::string text = R"yaml(
calendar: {start: 2020-11-15, ticks: 5, step: month}
agents: {state: {fields: {x: 0, y: 0, bad: "bernoulli(0.5)"}, members: {a: {}, b: {x: 1}}}}
steps:
  - {rule: grow, on: state, do: [x += 1]}
  - {rule: fall, on: state, where: tick == 3, do: ["y = log(1 - 2 * state[a].bad)"]}
measures:
  before: {value: first(x > 3), on: state}
  total: {value: total(x), on: state}
  yearly: {value: total(x), on: state, per: year}
)yaml";
    for (const int lanes : {1, 8}) {
        const Results results = run(text, {.runs = 40, .threads = 1, .lanes = lanes});
        ASSERT_GT(results.failures.size(), 5U);
        for (std::int64_t run = 0; run < results.runs; ++run) {
            const auto r = static_cast<std::size_t>(run);
            const auto known = [&](double value) { return NanSensitiveDoubleEq(results.failed(run) ? missing : value); };
            EXPECT_THAT(results.final_values[0][2 * r], known(3)) << "in the tick in which it failed";
            EXPECT_THAT(results.final_values[0][2 * r + 1], 2) << "in the tick before";
            EXPECT_THAT(results.final_values[1][2 * r + 1], known(20));
            EXPECT_THAT(results.yearly[2][4 * r], 3);
            EXPECT_THAT(results.yearly[2][4 * r + 3], known(15));
        }
    }
}

TEST(Recorder, keeps_the_series_of_those_rows_alone_that_are_asked_for) {
    const Model model = compile(scenario_of(world("  m: {value: x, on: state}\n  n: {value: y, on: cell}\n  all: \"sum(s.x for s in state)\"\n")));
    for (const int lanes : {1, 8}) {
        const RunPlan plan{.runs = 3, .threads = 1, .lanes = lanes};
        const Results whole = run_ensemble(model, plan);
        RunPlan less = plan;
        less.series_rows = {{0, 2}, {}, {0}};
        const Results kept = run_ensemble(model, less);
        EXPECT_EQ(kept.digest, whole.digest);
        ASSERT_EQ(kept.series[0].size(), 3U * 6 * 2);
        for (std::size_t at = 0; at < 3 * 6; ++at) {
            EXPECT_EQ(kept.series[0][at * 2], whole.series[0][at * 3]);
            EXPECT_EQ(kept.series[0][at * 2 + 1], whole.series[0][at * 3 + 2]);
        }
        EXPECT_TRUE(kept.series[1].empty());
        EXPECT_TRUE(same_bits(kept.series[2], whole.series[2]));
        EXPECT_EQ(series_bytes_per_run(model, less.series_rows), 3 * 6 * 8);
    }
}

}  // namespace
}  // namespace entente::test
