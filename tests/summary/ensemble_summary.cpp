// Tests: output/summary_json.
#include <entente/summary/ensemble_summary.hpp>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <entente/output/summary_json.hpp>

#include "../sample.hpp"

namespace entente {
namespace {

using nlohmann::json;

TEST(Distribution, of_five_values_has_the_moments_worked_by_hand) {
    const Distribution found = distribution(std::vector<double>{4, 1, sample::never, 3, 2, 5});
    EXPECT_EQ(found.n, 5);
    EXPECT_EQ(found.missing, 1);
    EXPECT_DOUBLE_EQ(found.mean, 3);
    EXPECT_DOUBLE_EQ(found.sd, std::sqrt(2.5));
    EXPECT_DOUBLE_EQ(found.standard_error, std::sqrt(0.5));
    EXPECT_THAT(found.quantiles, testing::ElementsAre(testing::DoubleEq(1.2), 2, 3, 4, testing::DoubleEq(4.8)));
    EXPECT_EQ(found.least, 1);
    EXPECT_EQ(found.greatest, 5);
}

TEST(Distribution, of_nothing_is_missing) {
    const Distribution found = distribution(std::vector<double>{sample::never});
    EXPECT_EQ(found.n, 0);
    EXPECT_EQ(found.missing, 1);
    EXPECT_TRUE(std::isnan(found.mean));
    EXPECT_TRUE(std::isnan(found.quantiles[2]));
}

TEST(Summary, follows_a_series_over_time) {
    const Summary summary = summarise(sample::ensemble());
    const Fan& fan = summary.measures[0].fan.value();
    EXPECT_EQ(fan.runs, 4);
    EXPECT_THAT(fan.mean, testing::ElementsAre(0.05, testing::DoubleEq(0.1), testing::DoubleEq(0.3), 0.5));
    EXPECT_THAT(fan.quantiles[2], testing::ElementsAre(0.05, 0.1, 0.3, 0.5));
    EXPECT_EQ(summary.measures[0].values.missing, 1);
}

TEST(Summary, tells_in_how_many_runs_a_date_came) {
    const Summary summary = summarise(sample::ensemble());
    const DateSummary& date = summary.measures[2].date.value();
    EXPECT_EQ(date.coming.came, 2);
    EXPECT_EQ(date.coming.of, 4) << "one was watched until it failed";
    EXPECT_DOUBLE_EQ(date.coming.share, 1 - 0.75 * 0.5) << "of two that were left after one came and one failed it came in one";
    EXPECT_EQ(date.coming.interval.low, date.coming.curve.back().interval.low);
    EXPECT_EQ(date.when.quantiles[2], 1);
}

TEST(Summary, censors_a_failed_run_at_its_failure) {
    const Summary summary = summarise(sample::ensemble());
    const auto& curve = summary.measures[2].date->coming.curve;
    ASSERT_EQ(curve.size(), 2u);
    EXPECT_EQ(curve[0].time, 0);
    EXPECT_EQ(curve[0].at_risk, 4u);
    EXPECT_DOUBLE_EQ(curve[0].share, 0.25);
    EXPECT_EQ(curve[1].time, 2);
    EXPECT_EQ(curve[1].at_risk, 2u) << "one came, one failed";
    EXPECT_DOUBLE_EQ(curve[1].share, 1 - 0.75 * 0.5);
    EXPECT_EQ(summary.measures[2].date->coming.median, 2);
}

/// Twelve runs of ten years: two in which it never came, six in which it came, of which three failed later, and four that failed before.
Results twelve() {
    Results results = sample::ensemble();
    results.measures = {results.measures[2]};
    results.headline = {0};
    results.calendar = Calendar::undated(10);
    results.runs = 12;
    results.final_values = {{2, 2, 5, 7, sample::never, sample::never, sample::never, sample::never, sample::never, sample::never, 8, 6}};
    results.series = {{}};
    results.yearly = {{}};
    results.series_runs = 0;
    results.failures.clear();
    for (const auto& [run, tick] : std::vector<std::pair<std::int64_t, std::int64_t>>{{0, 6}, {2, 9}, {6, 5}, {7, 5}, {8, 1}, {9, 3}, {10, 9}})
        results.failures.push_back({.run = run, .tick = tick, .step = {}, .statement = {}, .row = {}, .message = {}});
    return results;
}

/// survfit(Surv(time, came) ~ 1, conf.type = "log-log") of R's survival 3.5-3, with time the date, the tick before the failure, or 10:
/// time = c(2, 2, 5, 7, 10, 10, 4, 4, 0, 2, 8, 6), came = c(1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1).
TEST(Summary, keeps_dates_of_runs_that_failed_later_as_R_does) {
    const Results results = twelve();
    const DateSummary date = *summarise(results).measures[0].date;
    EXPECT_EQ(date.coming.came, 6);
    EXPECT_EQ(date.coming.of, 12);
    EXPECT_NEAR(date.coming.share, 0.727272727272727, 1e-14);
    EXPECT_NEAR(date.coming.interval.low, 0.411318997374684, 1e-13);
    EXPECT_NEAR(date.coming.interval.high, 0.958660599450948, 1e-13);
    EXPECT_EQ(date.coming.median, 7);
    EXPECT_EQ(date.when.n, 6);
}

TEST(Summary, without_failures_gives_the_share_of_runs_with_wilsons_interval) {
    Results results = twelve();
    results.failures.clear();
    const Coming coming = summarise(results).measures[0].date->coming;
    EXPECT_EQ(coming.share, 0.5);
    EXPECT_EQ(coming.interval.low, wilson_interval(6, 12).low);
    EXPECT_EQ(coming.interval.high, wilson_interval(6, 12).high);
    EXPECT_EQ(coming.median, 8) << "by then six of twelve, though the curve is a product of rounded numbers";
}

TEST(Summary, knows_no_share_where_no_run_was_watched_to_the_end) {
    Results results = twelve();
    for (const std::int64_t run : {3, 4, 5, 11}) results.failures.push_back({.run = run, .tick = 9, .step = {}, .statement = {}, .row = {}, .message = {}});
    std::ranges::sort(results.failures, {}, &RunFailure::run);
    const Coming coming = summarise(results).measures[0].date->coming;
    EXPECT_TRUE(std::isnan(coming.share));
    EXPECT_NEAR(coming.interval.low, 0.411318997374684, 1e-13) << "as many had come before";
    EXPECT_EQ(coming.interval.high, 1);
    EXPECT_EQ(coming.median, 7);
}

TEST(Summary, has_no_quantiles_of_one_or_two_runs_but_the_median) {
    Results results = sample::ensemble();
    results.series_runs = 2;
    const Fan fan = *summarise(results).measures[0].fan;
    EXPECT_THAT(fan.quantiles[2], testing::ElementsAre(0.05, 0.1, 0.25, 0.375));
    for (const std::size_t level : {0, 1, 3, 4}) EXPECT_THAT(fan.quantiles[level], testing::Each(testing::IsNan())) << level;
}

TEST(Summary, takes_years_and_rows_apart) {
    const Summary summary = summarise(sample::ensemble());
    ASSERT_EQ(summary.measures[3].by_year.size(), 2u);
    EXPECT_EQ(summary.measures[3].by_year[0].mean, 3);
    EXPECT_EQ(summary.measures[3].by_year[1].mean, 4);
    ASSERT_EQ(summary.measures[4].rows.size(), 2u);
    EXPECT_DOUBLE_EQ(summary.measures[4].rows[1].values.mean, (7.0 + 15 + 31) / 3) << "without the run that failed";
    EXPECT_THAT(summary.measures[4].rows[0].course, testing::ElementsAre(12, 14, 16, 18));
}

/// Eight runs of a measure of each form on three rows.
Results by_row(MeasureForm form) {
    Results results = sample::ensemble();
    results.runs = 4;
    results.failures.clear();
    results.measures = {{.name = "m", .form = form, .unit = {}, .about = {}, .expression = {}, .kind = "state", .rows = {"a", "b", "c"}}};
    results.headline = {0};
    results.final_values = {{0, sample::never, 2, 1, sample::never, 2, 2, sample::never, 2, 1, sample::never, sample::never}};
    results.yearly = {{1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 8}};
    return results;
}

TEST(Summary, tells_of_each_row_what_it_would_of_the_world) {
    const Summary dates = summarise(by_row(MeasureForm::date));
    ASSERT_EQ(dates.measures[0].rows.size(), 3U);
    EXPECT_EQ(dates.measures[0].rows[0].date->coming.share, 1);
    EXPECT_EQ(dates.measures[0].rows[1].date->coming.came, 0);
    EXPECT_EQ(dates.measures[0].rows[2].date->coming.share, 0.75);
    EXPECT_FALSE(dates.measures[0].date);
    const Summary yearly = summarise(by_row(MeasureForm::yearly));
    ASSERT_EQ(yearly.measures[0].rows[2].by_year.size(), 2U);
    EXPECT_EQ(yearly.measures[0].rows[2].by_year[0].mean, 3);
    EXPECT_EQ(yearly.measures[0].rows[2].by_year[1].mean, 6.5);
    EXPECT_EQ(yearly.measures[0].rows[0].values.mean, 1);
}

TEST(Summary, ranks_rows_by_their_means_or_by_how_often_they_come_and_what_is_missing_last) {
    EXPECT_THAT(ranked_rows(summarise(by_row(MeasureForm::scalar)).measures[0]), testing::ElementsAre(2, 0, 1));
    EXPECT_THAT(ranked_rows(summarise(by_row(MeasureForm::date)).measures[0]), testing::ElementsAre(0, 2, 1));
}

TEST(SummaryJson, has_rows_by_name) {
    const Results results = by_row(MeasureForm::date);
    const json dates = json::parse(summary_json(results, summarise(results), sample::record()))["measures"]["m"];
    EXPECT_EQ(dates["form"], "date");
    EXPECT_EQ(dates["rows"]["a"]["came"], 4);
    const Results of_years = by_row(MeasureForm::yearly);
    const json yearly = json::parse(summary_json(of_years, summarise(of_years), sample::record()))["measures"]["m"];
    EXPECT_EQ(yearly["rows"]["c"]["years"]["2022"]["mean"], 6.5);
    EXPECT_EQ(yearly["rows_told"], 3);
}

TEST(Summary, needs_no_series) {
    Results results = sample::ensemble();
    results.series.assign(results.measures.size(), {});
    results.series_runs = 0;
    const Summary summary = summarise(results);
    EXPECT_FALSE(summary.measures[0].fan);
    EXPECT_EQ(summary.measures[0].values.mean, 0.5);
    EXPECT_DOUBLE_EQ(summary.measures[4].rows[1].values.mean, (7.0 + 15 + 31) / 3);
    EXPECT_TRUE(summary.measures[4].rows[1].course.empty());
}

TEST(SummaryJson, has_every_measure_under_its_name) {
    const Results results = sample::ensemble();
    const json found = json::parse(summary_json(results, summarise(results), sample::record()));
    EXPECT_EQ(found["format"], "entente-run-summary/1");
    EXPECT_EQ(found["time"], json({"2021-12-20", "2021-12-27", "2022-01-03", "2022-01-10"}));
    EXPECT_EQ(found["measures"]["trust"]["mean"], 0.5);
    EXPECT_EQ(found["measures"]["trust"]["time"]["quantiles"]["0.5"], json({0.05, 0.1, 0.3, 0.5}));
    EXPECT_EQ(found["measures"]["recognised"]["came"], 2);
    EXPECT_EQ(found["measures"]["recognised"]["median"], "2022-01-03");
    EXPECT_EQ(found["measures"]["recognised"]["when"]["max"], "2022-01-03");
    EXPECT_EQ(found["measures"]["recognised"]["kaplan_meier"][0]["when"], "2021-12-20");
    EXPECT_EQ(found["measures"]["aid"]["years"]["2022"]["mean"], 4);
    EXPECT_EQ(found["measures"]["aid"]["years"]["2021"]["partial"], true);
    EXPECT_EQ(found["measures"]["alarm"]["rows"]["afghanistan -> russia"]["n"], 3);
    EXPECT_EQ(found["measures"]["alarm"]["form"], "panel");
    EXPECT_EQ(found["measures"]["alarm"]["row_count"], 2);
    EXPECT_EQ(found["events"]["incursion"], json({{"on", "border"}, {"total", 6}, {"per_run", 2}, {"cameo", "190"}, {"goldstein", -10}}));
    EXPECT_EQ(found["digest"], results.digest);
}

TEST(SummaryJson, says_how_to_make_a_failed_run_again) {
    const Results results = sample::ensemble();
    const json found = json::parse(summary_json(results, summarise(results), sample::record()))["failures"];
    EXPECT_EQ(found["count"], 1);
    EXPECT_EQ(found["listed"][0]["when"], "2021-12-27");
    EXPECT_EQ(found["listed"][0]["command"], "entente run worlds/kabul.yaml --set aid_rate=0.5 --seed 7 --first-run 2 --runs 1");
}

TEST(SummaryJson, gives_what_is_missing_as_null) {
    Results results = sample::ensemble();
    results.final_values[2] = {sample::never, sample::never, sample::never, sample::never};
    const json found = json::parse(summary_json(results, summarise(results), sample::record()))["measures"]["recognised"];
    EXPECT_EQ(found["share"], 0);
    EXPECT_TRUE(found["median"].is_null());
    EXPECT_TRUE(found["when"]["quantiles"]["0.5"].is_null());
}

}  // namespace
}  // namespace entente
