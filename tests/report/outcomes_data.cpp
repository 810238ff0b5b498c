// Tests: outcomes_data, page_outcomes.
#include <entente/report/outcomes_data.hpp>

#include <cmath>
#include <vector>

#include <gmock/gmock.h>

#include "unpacked.hpp"

namespace entente {
namespace {

using Form = MeasureInfo::Form;
using testing::ElementsAre;

constexpr std::int64_t ticks = 70;

/// A course of a run, by which all numbers here are known.
double value_of(std::int64_t run, std::int64_t moment, std::size_t row = 0) {
    return static_cast<double>(moment) + 10 * std::sin(static_cast<double>(run) + 3 * static_cast<double>(row));
}

MeasureInfo measure(const std::string& name, Form form) {
    return {.name = name, .form = form, .unit = {}, .about = {}, .expression = {}, .kind = {}, .rows = {}};
}

/// `trust` by row on so many rows, `first`, which is its first row, a date, a number, and one by the year; run 3 failed in tick 7.
Results some_runs(std::int64_t runs, std::size_t rows = 2) {
    Results results;
    results.measures = {measure("trust", Form::series), measure("first", Form::series), measure("came", Form::date), measure("snubs", Form::scalar),
                        measure("aid", Form::yearly)};
    results.measures[0].kind = "state";
    for (std::size_t row = 0; row < rows; ++row) results.measures[0].rows.push_back("s" + std::to_string(row));
    results.calendar = Calendar::dated(*parse_date("2021-01-03"), *parse_step("week"), ticks);
    results.years = {2021, 2022};
    results.runs = results.series_runs = runs;
    results.first_run = 100;
    results.final_values.resize(5);
    results.series.resize(5);
    results.yearly.resize(5);
    for (std::int64_t run = 0; run < runs; ++run) {
        const bool failed = run == 3;
        for (std::int64_t moment = 0; moment <= ticks; ++moment) {
            const bool is_known = !failed || moment <= 7;
            for (std::size_t row = 0; row < rows; ++row) results.series[0].push_back(is_known ? value_of(run, moment, row) : Results::missing);
            results.series[1].push_back(is_known ? value_of(run, moment) : Results::missing);
        }
        for (std::size_t row = 0; row < rows; ++row) results.final_values[0].push_back(failed ? Results::missing : value_of(run, ticks, row));
        results.final_values[1].push_back(failed ? Results::missing : value_of(run, ticks));
        results.final_values[2].push_back(run % 2 == 0 ? static_cast<double>(run % ticks) : Results::missing);
        results.final_values[3].push_back(failed ? Results::missing : static_cast<double>(run % 5));
        results.final_values[4].push_back(failed ? Results::missing : 3);
        for (const double amount : {1.0 + static_cast<double>(run % 3), 2.0}) results.yearly[4].push_back(failed ? Results::missing : amount);
    }
    results.failures = {{.run = 103, .tick = 7, .step = {}, .statement = {}, .row = {}, .message = {}}};
    return results;
}

page::OutcomesData data_of(const Results& results, const RunLabels& labels = {}) {
    return outcomes_data({}, results, summarise(results), labels).value();
}

TEST(OutcomesData, of_few_runs_there_are_none) {
    const Results results = some_runs(least_outcome_runs - 1);
    EXPECT_FALSE(outcomes_data({}, results, summarise(results), {}).has_value());
}

TEST(OutcomesData, courses_come_back_within_a_twentieth_of_their_spread) {
    const Results results = some_runs(200);
    const page::OutcomesData data = data_of(results);
    EXPECT_EQ(data.runs, 200);
    EXPECT_EQ(data.over, "all 200 runs");
    const page::OutcomeCourse& course = data.courses.front();
    const std::vector<double> places = unpacked(course.values);
    const std::vector<std::int64_t> moments = thinned(ticks + 1, 60);
    ASSERT_EQ(data.times.size(), moments.size());
    EXPECT_EQ(data.times.front(), page::Moment{"2021-01-03"});
    ASSERT_EQ(course.low.size(), moments.size());
    const double spread = 10 / std::sqrt(2);
    for (std::size_t run = 0; run < 200; ++run)
        for (std::size_t at = 0; at < moments.size(); ++at) {
            const double place = places[run * moments.size() + at];
            const bool is_known = run != 3 || moments[at] <= 7;
            ASSERT_EQ(std::isnan(place), !is_known);
            if (!is_known) continue;
            ASSERT_NEAR(course.low[at] * (1 - place) + course.high[at] * place, value_of(static_cast<std::int64_t>(run), moments[at]), 0.051 * spread);
        }
    EXPECT_NEAR(unpacked(*course.last)[5], value_of(5, ticks), 1e-3);
    EXPECT_TRUE(std::isnan(unpacked(*course.last)[3]));
}

TEST(OutcomesData, what_is_the_same_in_every_run_stands_together_the_measure_of_the_world_first) {
    const page::OutcomesData data = data_of(some_runs(30));
    ASSERT_EQ(data.courses.size(), 3U) << "trust[s0] is `first`";
    EXPECT_THAT(data.courses[0].series, ElementsAre(2, 0));
    EXPECT_THAT(data.courses[1].series, ElementsAre(3)) << "of the years";
    EXPECT_FALSE(data.courses[1].last);
    EXPECT_THAT(data.courses[2].series, ElementsAre(1));
    EXPECT_EQ(data.left_out, "");
}

TEST(OutcomesData, whole_numbers_come_back_whole) {
    const page::OutcomesData data = data_of(some_runs(30));
    const page::OutcomeCourse& years = data.courses[1];
    const std::vector<double> places = unpacked(years.values);
    for (std::size_t run = 0; run < 30; ++run) {
        if (run == 3) continue;
        EXPECT_NEAR(years.low[0] + places[2 * run] * (years.high[0] - years.low[0]), 1 + static_cast<double>(run % 3), 1e-12);
        EXPECT_EQ(years.low[1] + places[2 * run + 1] * (years.high[1] - years.low[1]), 2);
    }
}

TEST(OutcomesData, dates_are_days_since_1970_to_the_day) {
    const Results results = some_runs(150);
    const page::OutcomesData data = data_of(results);
    const std::vector<double> days = unpacked(data.dates.at(0));
    for (std::size_t run = 0; run < 150; ++run) {
        ASSERT_EQ(std::isnan(days[run]), run % 2 != 0);
        if (run % 2 == 0) {
            ASSERT_EQ(std::lround(days[run]), results.calendar.first_day(static_cast<std::int64_t>(run) % ticks).time_since_epoch().count());
        }
    }
    EXPECT_EQ(data.end, static_cast<double>(results.calendar.first_day(ticks).time_since_epoch().count()));
    const std::vector<double> failed = unpacked(data.failed);
    EXPECT_EQ(std::lround(failed[3]), results.calendar.first_day(7).time_since_epoch().count());
    EXPECT_TRUE(std::isnan(failed[4]));
}

TEST(OutcomesData, without_dates_times_are_ticks) {
    Results results = some_runs(30);
    results.calendar = Calendar::undated(ticks);
    const page::OutcomesData data = data_of(results);
    EXPECT_NEAR(unpacked(data.dates.at(0))[28], 28, 1e-3);
    EXPECT_EQ(data.end, ticks);
    EXPECT_EQ(data.times.back(), page::Moment{static_cast<double>(ticks)});
}

TEST(OutcomesData, tells_what_was_given_to_each_run) {
    RunLabels labels;
    labels.varied.push_back({"gain", {}});
    for (int run = 0; run < 30; ++run) labels.varied.back().values.push_back(run * 0.1);
    const page::OutcomesData data = data_of(some_runs(30), labels);
    ASSERT_EQ(data.parameters.size(), 1U);
    EXPECT_EQ(data.parameters[0].name, "gain");
    EXPECT_NEAR(unpacked(data.parameters[0].values)[17], 1.7, 1e-4);
}

std::int64_t values_in(const page::OutcomesData& data) {
    std::int64_t count = 0;
    for (const page::OutcomeCourse& course : data.courses) count += course.values.count + (course.last ? 2 * course.last->count : 0);
    return count;
}

TEST(OutcomesData, of_many_runs_the_first_ones_are_kept) {
    const page::OutcomesData data = data_of(some_runs(10'000, 1));
    EXPECT_LT(data.runs, 10'000);
    EXPECT_GT(data.runs, 1000);
    EXPECT_THAT(data.over, testing::MatchesRegex("the first [0-9],[0-9]+ of 10,000 runs"));
    EXPECT_LE(values_in(data), most_outcome_values);
    EXPECT_EQ(data.dates.at(0).count, data.runs);
}

TEST(OutcomesData, of_many_rows_the_last_are_left_out_and_the_world_stays) {
    Results results = some_runs(1500, 40);
    results.measures.push_back(measure("fear", Form::series));
    results.measures.back().kind = "state";
    results.measures.back().rows = results.measures[0].rows;
    results.final_values.emplace_back(results.final_values[0]);
    UnfilledDoubles& fear = results.series.emplace_back(results.series[0]);
    for (double& value : fear) value = 2 * value + 1;
    results.yearly.emplace_back();
    const page::OutcomesData data = data_of(results);
    EXPECT_EQ(data.runs, 400);
    EXPECT_LE(values_in(data), most_outcome_values);
    EXPECT_EQ(data.courses.front().series, (std::vector<std::int64_t>{40, 0})) << "the measure of the world, and the row that is the same";
    const std::size_t kept = data.courses.size() - 1;  // without the years
    EXPECT_GT(kept, 30U);
    EXPECT_EQ(data.left_out, std::to_string(80 - kept) + " series of rows are left out of the comparison, for want of room.");
}

}  // namespace
}  // namespace entente
