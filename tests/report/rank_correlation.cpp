#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include <entente/report/rank_correlation.hpp>

namespace entente {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<double> rising(std::size_t count) {
    std::vector<double> values;
    for (std::size_t at = 0; at < count; ++at) values.push_back(static_cast<double>(at));
    return values;
}

TEST(RankCorrelation, is_one_of_whatever_rises_with_the_other_and_minus_one_of_what_falls) {
    const auto one = rising(20);
    std::vector<double> powers;
    std::vector<double> falling;
    for (const double value : one) {
        powers.push_back(std::exp(value));
        falling.push_back(-value * value);
    }
    EXPECT_DOUBLE_EQ(rank_correlation(one, powers), 1);
    EXPECT_DOUBLE_EQ(rank_correlation(one, falling), -1);
}

/// Worked by hand: 0 to 19 beside the same with the first and last exchanged has a sum of squared differences of 2 · 19²: 1 − 6 · 722 / (20 · 399).
TEST(RankCorrelation, is_less_where_two_change_places) {
    const auto one = rising(20);
    auto other = one;
    std::swap(other.front(), other.back());
    EXPECT_NEAR(rank_correlation(one, other), 1 - 6.0 * 722 / (20 * 399), 1e-12);
}

/// Of 0 and 1 it is the correlation of the mean ranks: 10 zeros rank 5.5, 10 ones 15.5, beside 1 to 20: sqrt(3)/2 · 20 / sqrt(20² − 1).
TEST(RankCorrelation, gives_ties_their_mean_rank) {
    std::vector<double> halves(20, 0);
    for (std::size_t at = 10; at < 20; ++at) halves[at] = 1;
    EXPECT_NEAR(rank_correlation(rising(20), halves), std::sqrt(3.0) / 2 * 20 / std::sqrt(399.0), 1e-12);
}

TEST(RankCorrelation, is_missing_of_few_pairs_or_of_what_never_varies) {
    auto holed = rising(20);
    holed[3] = missing;
    EXPECT_TRUE(std::isnan(rank_correlation(rising(20), holed)));
    EXPECT_TRUE(std::isnan(rank_correlation(rising(30), std::vector<double>(30, 7))));
    EXPECT_TRUE(std::isnan(rank_correlation(rising(19), rising(19))));
}

TEST(RankCorrelation, takes_a_date_that_never_comes_as_later_than_all_and_leaves_out_runs_that_failed) {
    Results results;
    results.calendar = Calendar::undated(100);
    results.runs = 24;
    results.measures.resize(2);
    results.measures[0].form = MeasureInfo::Form::date;
    results.measures[1].form = MeasureInfo::Form::series;
    results.final_values = {rising(24), rising(24)};
    for (const std::size_t never : {22U, 23U}) results.final_values[0][never] = missing;
    results.final_values[1][23] = 22;
    EXPECT_NEAR(rank_correlation(results, 0, 1), 1, 1e-12);
    results.failures.emplace_back().run = 0;
    results.final_values[0][0] = missing;
    results.final_values[1][0] = missing;
    EXPECT_NEAR(rank_correlation(results, 0, 1), 1, 1e-12);
}

}  // namespace
}  // namespace entente
