#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <entente/summary/level_shares.hpp>

namespace entente::test {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Two runs of one tick, of which a series and a panel of two rows were kept.
Results two_runs() {
    Results results;
    results.calendar = Calendar::undated(1);
    results.runs = 2;
    results.series_runs = 2;
    const std::vector<MeasureLevel> levels{{"none", ""}, {"mission", "Mission"}, {"full", ""}};
    const auto info = [](const char* name, MeasureForm form, std::vector<std::string> rows, std::vector<MeasureLevel> named) {
        MeasureInfo made;
        made.name = name;
        made.form = form;
        if (!rows.empty()) made.kind = "state";
        made.rows = std::move(rows);
        made.levels = std::move(named);
        return made;
    };
    const MeasureInfo series = info("s", MeasureForm::series, {}, levels);
    const MeasureInfo panel = info("p", MeasureForm::series, {"a", "b"}, levels);
    const MeasureInfo plain = info("q", MeasureForm::series, {}, {});
    results.measures = {series, panel, plain};
    results.final_values = {{2, 1}, {2, 2, 1, 2}, {5, 6}};
    results.series = {{0, 2, 0, 1}, {0, 1, 2, 2, 0, nan, 1, 2}, {5, 5, 6, 6}};
    results.yearly = {{}, {}, {}};
    return results;
}

TEST(LevelShares, are_of_the_nearest_level_and_of_values_that_are_there) {
    EXPECT_EQ(level_shares(std::vector<double>{0, 1, 1.4, 1.6, 7, -3, nan}, 3), (std::vector<double>{2.0 / 6, 2.0 / 6, 2.0 / 6}));
    EXPECT_TRUE(std::isnan(level_shares(std::vector<double>{nan}, 2)[0]));
}

TEST(LevelShares, of_a_series_are_shares_of_runs) {
    const auto shares = level_shares(two_runs(), 0, 10);
    ASSERT_EQ(shares.size(), 3U);
    EXPECT_EQ(shares[0].course, (std::vector<double>{1, 0}));
    EXPECT_EQ(shares[1].course, (std::vector<double>{0, 0.5}));
    EXPECT_EQ(shares[2].last, 0.5);
    EXPECT_EQ(level_shares(two_runs(), 0, 1)[2].course, (std::vector<double>{0, 1}));
    EXPECT_TRUE(level_shares(two_runs(), 2, 10).empty());
}

TEST(LevelShares, by_row_are_shares_of_rows_and_runs) {
    const auto shares = level_shares(two_runs(), 1, 10);
    EXPECT_EQ(shares[0].course, (std::vector<double>{2.0 / 3, 0}));
    EXPECT_EQ(shares[2].last, 0.75);
    const auto row = level_shares_of_row(two_runs(), 1, 0, 10);
    EXPECT_EQ(row[0].course, (std::vector<double>{1, 0}));
    EXPECT_EQ(row[1].last, 0.5);
    EXPECT_EQ(row[2].last, 0.5);
    EXPECT_EQ(level_shares_of_row(two_runs(), 1, 1, 10)[1].course, (std::vector<double>{1, 0}));
}

TEST(LevelShares, of_a_yearly_measure_are_told_for_each_year) {
    Results results = two_runs();
    results.measures = {results.measures[0], results.measures[1]};
    for (MeasureInfo& measure : results.measures) measure.form = MeasureForm::yearly;
    results.years = {2020, 2021};
    results.series = {{}, {}};
    results.yearly = {{0, 2, 1, 1}, {0, 1, 2, 2, 0, nan, 1, 2}};
    const auto shares = level_shares(results, 0, 10);
    EXPECT_EQ(shares[0].by_year, (std::vector<double>{0.5, 0}));
    EXPECT_EQ(shares[1].by_year, (std::vector<double>{0.5, 0.5}));
    EXPECT_EQ(shares[2].by_year, (std::vector<double>{0, 0.5}));
    EXPECT_TRUE(shares[0].course.empty());
    EXPECT_EQ(level_shares(results, 1, 10)[0].by_year, (std::vector<double>{2.0 / 3, 0}));
    EXPECT_EQ(level_shares_of_row(results, 1, 0, 10)[2].by_year, (std::vector<double>{0, 0.5}));
}

TEST(LevelShares, in_words_begin_with_the_largest) {
    const std::vector<MeasureLevel> levels{{"none", ""}, {"mission", "Mission"}, {"full", ""}};
    EXPECT_EQ(shares_text(levels, {{.last = 0.25}, {.last = 0.75}, {.last = 0}}), "75 % Mission, 25 % none");
    EXPECT_EQ(shares_text(levels, {{.last = nan}, {.last = nan}, {.last = nan}}), "");
    const std::vector<MeasureLevel> six{{"a", ""}, {"b", ""}, {"c", ""}, {"d", ""}, {"e", ""}, {"f", ""}};
    EXPECT_EQ(shares_text(six, {{.last = 0.1}, {.last = 0.1}, {.last = 0.1}, {.last = 0.2}, {.last = 0.1}, {.last = 0.4}}), "40 % f, 20 % d, 10 % a, 10 % b, 20 % others");
}

}  // namespace
}  // namespace entente::test
