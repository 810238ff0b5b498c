// Tests: headline_comparison, headline_record, headline_run, headline_sensitivity, headline_sweep, headline_words, sensitivity_finding.
#include <entente/summary/headline.hpp>

#include <gmock/gmock.h>

#include "../sample.hpp"

namespace entente {
namespace {

Headline headline(const Results& results, std::size_t measure) {
    Results asked = results;
    asked.headline = {measure};
    return run_headline(asked, summarise(asked)).at(0);
}

TEST(Headline, of_a_date_is_the_share_of_runs_by_the_end_as_the_table_has_it) {
    const Results results = sample::ensemble();
    const Coming coming = summarise(results).measures[2].date->coming;
    const Headline found = headline(results, 2);
    EXPECT_EQ(found.measure, "recognised");
    ASSERT_EQ(found.numbers.size(), 1u);
    EXPECT_EQ(found.numbers[0].value, coming.share);
    EXPECT_EQ(found.numbers[0].low, coming.interval.low);
    EXPECT_EQ(found.numbers[0].high, coming.interval.high);
    EXPECT_EQ(found.numbers[0].number, "62 %");
    EXPECT_EQ(found.numbers[0].interval, "95 % interval 19–99 %");
    EXPECT_EQ(found.sentence, "62 % of runs: first recognition by 9 Jan 2022 (95 % interval 19–99 %); in half of all runs by 3 Jan 2022; 1 of 4 runs failed.");
}

TEST(Headline, of_a_series_is_its_median_at_the_end_with_the_range_of_few_runs) {
    const Headline found = headline(sample::ensemble(), 0);
    EXPECT_EQ(found.figure, "trust");
    EXPECT_EQ(found.numbers[0].value, 0.5);
    EXPECT_EQ(found.numbers[0].low, 0.25) << "of three runs the least, and no quantile";
    EXPECT_EQ(found.sentence, "Trust of Russia in Kabul on 9 Jan 2022: 0.5, median of runs (all 3 runs 0.25–0.75); 1 of 4 runs failed.");
    EXPECT_EQ(found.says, "trust of Russia in Kabul on 9 Jan 2022, median of runs; 1 of 4 runs failed");
}

TEST(Headline, of_many_runs_has_their_quantiles) {
    Results results = sample::ensemble();
    results.runs = 101;
    results.failures.clear();
    results.series_runs = 0;
    results.final_values[1].clear();
    for (int run = 0; run <= 100; ++run) results.final_values[1].push_back(1000.0 * run);
    results.measures = {results.measures[1]};
    results.final_values = {results.final_values[1]};
    results.headline = {0};
    const Headline found = run_headline(results, summarise(results)).at(0);
    EXPECT_EQ(found.numbers[0].number, "50,000 incursions");
    EXPECT_EQ(found.numbers[0].interval, "5–95 % of runs 5,000–95,000");
    EXPECT_EQ(found.sentence, "incursions: 50,000 incursions, median of runs (5–95 % of runs 5,000–95,000).") << "a name is written as it is";
}

TEST(Headline, of_zeros_and_ones_is_the_share_of_ones) {
    Results results = sample::ensemble();
    results.measures = {results.measures[1]};
    results.runs = 40;
    results.failures.clear();
    results.final_values = {{}};
    for (int run = 0; run < 40; ++run) results.final_values[0].push_back(run % 4 == 0 ? 1 : 0);
    results.headline = {0};
    const Headline found = run_headline(results, summarise(results)).at(0);
    EXPECT_EQ(found.numbers[0].number, "25 %");
    EXPECT_EQ(found.numbers[0].low, wilson_interval(10, 40).low);
    EXPECT_EQ(found.sentence, "incursions: 25 % of runs (95 % interval 14–40 %).");
}

TEST(Headline, of_one_run_is_what_happened_in_it) {
    Results results = sample::ensemble();
    results.runs = 1;
    results.series_runs = 1;
    results.failures.clear();
    for (auto& values : results.final_values) values.resize(values.size() / 4);
    const auto one = run_headline(results, summarise(results));
    EXPECT_EQ(one.at(0).sentence, "3 Jan 2022 in the one run: first recognition.");
    EXPECT_EQ(one.at(1).sentence, "Trust of Russia in Kabul on 9 Jan 2022: 0.25 in the one run.");
    EXPECT_TRUE(std::isnan(one.at(1).numbers[0].low));
    results.final_values[2] = {sample::never};
    EXPECT_EQ(run_headline(results, summarise(results)).at(0).sentence, "never by 9 Jan 2022 in the one run: first recognition.");
}

TEST(Headline, of_rows_is_of_the_greatest) {
    const Headline found = headline(sample::ensemble(), 4);
    ASSERT_EQ(found.numbers.size(), 2u);
    EXPECT_EQ(found.numbers[0].of, "afghanistan -> russia") << "17.7 on the mean, the other 16.7";
    EXPECT_EQ(found.numbers[0].number, "15");
    EXPECT_EQ(found.sentence, "alarm on 9 Jan 2022, median of runs (2 rows): afghanistan -> russia 15, russia -> afghanistan 14.");
}

TEST(Headline, of_runs_that_all_failed_at_once_has_no_number) {
    Results results = sample::ensemble();
    results.final_values[2].assign(4, sample::never);
    results.failures.clear();
    for (int run = 0; run < 4; ++run) results.failures.push_back({.run = run, .tick = 0, .step = "s", .statement = "x", .row = "r", .message = "stopped"});
    const Headline found = headline(results, 2);
    EXPECT_EQ(found.numbers[0].number, "–");
    EXPECT_EQ(found.sentence, "Unknown, because every run failed in its first tick: first recognition by 9 Jan 2022; 4 of 4 runs failed.");
}

}  // namespace
}  // namespace entente
