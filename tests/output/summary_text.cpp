// Tests: text_table, base/wording.
#include <entente/output/summary_text.hpp>

#include <gmock/gmock.h>

#include "../sample.hpp"

namespace entente {
namespace {

std::string told(const Results& results, const TextStyle& style = {},
                 const SavedResults& saved = {"results/kabul", {"manifest.json", "runs.csv"}, {}}) {
    return summary_text(results, summarise(results), sample::record(), saved, style);
}

TEST(SummaryText, reads_as_a_page) {
    EXPECT_EQ(told(sample::ensemble()), R"(Kabul's search
2021-12-20 to 2022-01-09, 3 weeks · 4 runs · seed 7 · aid_rate = 0.5

62 % of runs: first recognition by 9 Jan 2022 (95 % interval 19–99 %); in half of all runs by 3 Jan
    2022; 1 of 4 runs failed.
Trust of Russia in Kabul on 9 Jan 2022: 0.5, median of runs (all 3 runs 0.25–0.75); 1 of 4 runs
    failed.

Over time                              start  mean at end  least – greatest  course of the mean
  trust                                 0.05          0.5  0.25 – 0.75       ▁▁▅█
  start: before the first tick

One value per run                       mean       median  least – greatest
  incursions             incursions        2            2  1 – 3

Dates                                of runs  95 % interval  median      when it came
  recognised                            62 %        19–99 %  2022-01-03  2021-12-20 – 2022-01-03

By year, mean                          2021*    2022*
  aid                    t                 3        4
  * in part: 2021 from 2021-12-20, 2022 to 2022-01-09

alarm of each relation                 start  mean at end  least – greatest  course of the mean
  russia -> afghanistan                   12         16.7  6 – 30            ▁▃▆█
  afghanistan -> russia                   13         17.7  7 – 31            ▁▃▆█

Events                   on          times per run
  incursion              border                  2

1 of 4 runs failed
  run 2 stopped on 2021-12-27 in 'trade' on russia: `x = 1 / y` is inf (y = 0)
  To repeat one: entente run worlds/kabul.yaml --set aid_rate=0.5 --seed 7 --first-run 2 --runs 1

Cost     4 runs in 2 ms, 2,000 a second, on 2 threads (AVX2); loaded and compiled in 4 ms
Digest   0123456789abcdef0123456789abcdef
Results  results/kabul: manifest.json, runs.csv
)");
}

/// A date on each of twenty rows, row k of which has seen it in k of twenty runs.
TEST(SummaryText, tells_of_many_rows_the_extremes_and_the_median) {
    Results results = sample::ensemble();
    results.runs = 20;
    results.failures.clear();
    results.measures = {{.name = "fell", .form = MeasureForm::date, .unit = {}, .about = {}, .expression = {}, .kind = "state", .rows = {}}};
    results.headline = {0};
    for (int row = 0; row < 20; ++row) results.measures[0].rows.push_back("s" + std::to_string(row));
    results.final_values = {{}};
    for (int run = 0; run < 20; ++run)
        for (int row = 0; row < 20; ++row) results.final_values[0].push_back(run < row ? 1 : sample::never);
    RunRecord record = sample::record();
    record.identity.runs = 20;
    const std::string text = summary_text(results, summarise(results), record, {}, {});
    std::vector<std::string> rows;
    for (std::size_t at = text.find("\n  s"); at != std::string::npos; at = text.find("\n  s", at + 1)) rows.push_back(text.substr(at + 3, text.find("  ", at + 4) - at - 3));
    EXPECT_THAT(rows, testing::ElementsAre("s19", "s18", "s17", "s10 (median)", "s2", "s1", "s0"));
    EXPECT_THAT(text, testing::HasSubstr("\nfell of each state"));
    EXPECT_THAT(text, testing::HasSubstr("\n  3 greatest, median and 3 least of 20 rows of state; all with --all-rows\n"));
    const std::string all = summary_text(results, summarise(results), record, {}, {}, RowsTold::all);
    EXPECT_THAT(all, testing::HasSubstr("\n  s13 "));
    EXPECT_THAT(all, testing::Not(testing::HasSubstr("--all-rows")));
}

TEST(SummaryText, keeps_to_ascii_where_the_terminal_has_no_more) {
    const std::string text = told(sample::ensemble(), {.width = 80, .unicode = false, .colour = false});
    EXPECT_TRUE(std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 128; })) << text;
    EXPECT_THAT(text, testing::HasSubstr("_=#"));
}

TEST(SummaryText, tells_a_single_run_without_ranges) {
    Results results = sample::ensemble();
    results.runs = results.series_runs = 1;
    RunRecord record = sample::record();
    record.identity.runs = 1;
    results.failures.clear();
    results.yearly[3] = {2, 3};
    results.series[0].resize(4);
    results.series[4].resize(8);
    results.final_values = {{0.25}, {3}, {2}, {5}, {results.series[4][6], results.series[4][7]}};
    EXPECT_EQ(summary_text(results, summarise(results), record, {"results/kabul", {"manifest.json", "runs.csv"}, {}}, {}), R"(Kabul's search
2021-12-20 to 2022-01-09, 3 weeks · 1 run · seed 7 · aid_rate = 0.5

3 Jan 2022 in the one run: first recognition.
Trust of Russia in Kabul on 9 Jan 2022: 0.25 in the one run.

Over time                              start      end  course
  trust                                 0.05     0.25  ▁▃▇█
  start: before the first tick

One value per run                      value
  incursions             incursions        3

Dates                                came
  recognised                         2022-01-03

By year                                2021*    2022*
  aid                    t                 2        3
  * in part: 2021 from 2021-12-20, 2022 to 2022-01-09

alarm of each relation                 start      end  course
  russia -> afghanistan                    0        6  ▁▃▆█
  afghanistan -> russia                    1        7  ▁▃▆█

Events                   on          times
  incursion              border          6

Cost     1 run in 2 ms, 500 a second, on 2 threads (AVX2); loaded and compiled in 4 ms
Digest   0123456789abcdef0123456789abcdef
Results  results/kabul: manifest.json, runs.csv
)");
}

TEST(SummaryText, says_when_a_run_was_interrupted) {
    RunRecord record = sample::record();
    record.identity.runs = 100;
    const Results results = sample::ensemble();
    EXPECT_THAT(summary_text(results, summarise(results), record, {}, {}), testing::HasSubstr("\nInterrupted: 4 of 100 runs were made.\n"));
}

TEST(SparkLine, runs_from_the_least_to_the_greatest_value) {
    const TextStyle style;
    EXPECT_EQ(spark_line(std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7}, 20, style), "▁▂▃▄▅▆▇█");
    EXPECT_EQ(spark_line(std::vector<double>{1, 1, 1}, 20, style), "▁▁▁");
    EXPECT_EQ(spark_line(std::vector<double>{0, Results::missing, 7}, 20, style), "▁ █");
    EXPECT_EQ(spark_line(std::vector<double>{0, 2, 6, 8}, 2, style), "▁█");
    EXPECT_EQ(spark_line({}, 20, style), "");
    EXPECT_EQ(spark_line(std::vector<double>{0, 7}, 20, {.width = 80, .unicode = false, .colour = false}), "_#");
}

}  // namespace
}  // namespace entente
