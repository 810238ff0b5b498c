#include <entente/output/levels_table.hpp>

#include <gmock/gmock.h>

#include <entente/output/summary_json.hpp>
#include <entente/output/summary_text.hpp>

#include "../sample.hpp"

namespace entente {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Two runs of three weeks over the turn of a year: a series, a yearly measure, a scalar and a panel on the same ladder.
Results ladder() {
    Results results = sample::ensemble();
    const MeasureInfo of_rows = results.measures[4];
    results.measures = {results.measures[0], results.measures[3], results.measures[1], of_rows};
    for (MeasureInfo& measure : results.measures) measure.levels = {{"none", ""}, {"full", "Full embassy"}};
    results.measures[3].row_labels = {"Moscow to Kabul", "Kabul to Moscow"};
    results.runs = results.series_runs = 2;
    results.failures = {};
    results.final_values = {{1, 0}, {1, 0}, {1, 1}, {0, 1, 1, 1}};
    results.series = {{0, 0, 1, 1, 0, 0, 0, 0}, {}, {}, {0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1}};
    results.yearly = {{}, {0, 1, 0, 0}, {}, {}};
    return results;
}

std::string table() {
    const Results results = ladder();
    std::string text;
    write_levels(results, summarise(results), [&](std::string_view piece) { text += piece; });
    return text;
}

TEST(LevelsTable, has_a_line_a_measure_moment_or_year_and_level) {
    EXPECT_THAT(table(), testing::StartsWith("measure,row,date,year,level,value,share\n"
                                             "trust,,2021-12-20,,none,0,1\n"
                                             "trust,,2021-12-27,,none,0,1\n"
                                             "trust,,2022-01-03,,none,0,0.5\n"
                                             "trust,,2022-01-10,,none,0,0.5\n"
                                             "trust,,,,none,0,0.5\n"
                                             "trust,,2021-12-20,,full,1,0\n"));
    EXPECT_THAT(table(), HasSubstr("\naid,,,2021,none,0,1\naid,,,2022,none,0,0.5\naid,,,,none,0,0.5\n"));
    EXPECT_THAT(table(), HasSubstr("\nincursions,,,,full,1,1\n"));
}

TEST(LevelsTable, tells_rows_at_the_end_after_all_of_them_together) {
    EXPECT_THAT(table(), HasSubstr("\nalarm,,,,full,1,0.75\nalarm,russia -> afghanistan,,,none,0,0.5\nalarm,russia -> afghanistan,,,full,1,0.5\n"));
    EXPECT_TRUE(has_levels(ladder()));
    EXPECT_FALSE(has_levels(sample::ensemble()));
}

TEST(LevelsTable, and_texts_tell_no_mean_between_levels) {
    const Results results = ladder();
    const Summary summary = summarise(results);
    const std::string text = summary_text(results, summary, RunRecord{}, {}, {.width = 100}, RowsTold::all);
    EXPECT_THAT(text, HasSubstr("aid, share of runs"));
    EXPECT_THAT(text, testing::ContainsRegex("Full embassy +0 % +50 % +50 %"));
    EXPECT_THAT(text, testing::ContainsRegex("Moscow to Kabul[^\n]+50 % none, 50 % Full embassy"));
    for (const auto* heading : {"Over time", "One value per run", "By year", "mean at end"}) EXPECT_THAT(text, Not(HasSubstr(heading))) << text;
    EXPECT_THAT(summary_json(results, summary, RunRecord{}), HasSubstr("\"share_by_year\": {\n            \"2021\": 0.0,"));
}

}  // namespace
}  // namespace entente
