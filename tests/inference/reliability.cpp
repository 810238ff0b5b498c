// Reliability diagrams and PIT histograms by hand and against R 4.2.2.
#include <cmath>
#include <vector>

#include <gmock/gmock.h>

#include <entente/inference/baselines.hpp>
#include <entente/inference/reliability.hpp>
#include <entente/inference/scores.hpp>

#include "forms.hpp"

namespace entente::test {
namespace {

using testing::DoubleEq;
using testing::Each;
using testing::ElementsAre;
using testing::IsNan;

TEST(Reliability, bins_of_a_case_by_hand) {
    const std::vector<double> chances{0, 0.1, 0.5, 0.7, 1, nan, 0.2};
    const std::vector<double> came{0, 1, 0, 1, 1, 1, nan};
    const std::vector<ReliabilityBin> bins = reliability(chances, came, 4);
    ASSERT_EQ(bins.size(), 4u);
    EXPECT_EQ(bins[0].count, 2u);
    EXPECT_DOUBLE_EQ(bins[0].mean_chance, 0.05);
    EXPECT_EQ(bins[0].share, 0.5);
    EXPECT_EQ(bins[1].count, 0u);
    EXPECT_THAT(bins[1].share, IsNan());
    EXPECT_THAT(bins[1].consistent.low, IsNan());
    EXPECT_EQ(bins[2].count, 2u) << "0.5 begins the third bin";
    EXPECT_EQ(bins[3].count, 1u) << "1 is in the last";
    EXPECT_EQ(bins[3].low, 0.75);
    EXPECT_EQ(bins[3].high, 1);
    EXPECT_EQ(bins[3].consistent.low, 1) << "what is certain must come";
}

/// pb <- function(ps) { m <- 1; for (q in ps) m <- c(m * (1 - q), 0) + c(0, m * q); m }; of cumsum(pb(q)) the first >= .025 and >= .975: 4
/// and 11 of 12.
TEST(Reliability, is_consistent_where_the_bins_own_chances_put_it) {
    const std::vector<double> chances{.62, .64, .68, .61, .66, .69, .63, .65, .62, .67, .6, .69};
    const ReliabilityBin bin = reliability(chances, std::vector<double>(12, 1.0))[6];
    EXPECT_EQ(bin.count, 12u);
    EXPECT_EQ(bin.share, 1);
    EXPECT_DOUBLE_EQ(bin.consistent.low, 4.0 / 12);
    EXPECT_DOUBLE_EQ(bin.consistent.high, 11.0 / 12);
}

/// qbinom(c(.025, .975), 200, .1) and qbinom(c(.05, .95), 50, .25).
TEST(PitHistogram, has_the_band_of_R) {
    EXPECT_DOUBLE_EQ(pit_band(200).low, 10 * 12.0 / 200);
    EXPECT_DOUBLE_EQ(pit_band(200).high, 10 * 29.0 / 200);
    EXPECT_DOUBLE_EQ(pit_band(50, 4, 0.9).low, 4 * 8.0 / 50);
    EXPECT_DOUBLE_EQ(pit_band(50, 4, 0.9).high, 4 * 18.0 / 50);
}

TEST(PitHistogram, of_cases_by_hand) {
    EXPECT_THAT(pit_histogram(std::vector<Interval>{{0.25, 0.75}}, 4), ElementsAre(0, 2, 2, 0));
    EXPECT_THAT(pit_histogram(std::vector<Interval>{{0.3, 0.3}, {0.9, 0.9}, {nan, nan}}, 2), ElementsAre(1, 1));
    EXPECT_THAT(pit_histogram(std::vector<Interval>{{0, 0}, {0, 1}, {1, 1}, {0.5, 1}}, 2), ElementsAre(0.75, 1.25));
    EXPECT_THAT(pit_histogram({}, 2), Each(IsNan()));
}

/// k <- c(0, 3, 1, 5, 2, 2, 0, 7); lam <- c(.5, 2, 2, 4, 1.5, 3, 1, 4); lo <- ppois(k - 1, lam); hi <- ppois(k, lam)
/// G <- function(u) mean(pmin(1, pmax(0, (u - lo) / (hi - lo)))); 5 * diff(sapply(0:5 / 5, G)).
TEST(PitHistogram, of_counts_is_that_of_R) {
    const std::vector<double> counts{0, 3, 1, 5, 2, 2, 0, 7};
    const std::vector<double> means{.5, 2, 2, 4, 1.5, 3, 1, 4};
    std::vector<Interval> transforms;
    for (std::size_t i = 0; i < counts.size(); ++i) transforms.push_back(pit(constant_hazard_count(means[i], 1), counts[i]));
    const std::vector<double> expected{0.6975674192221641, 1.5110525176629586, 0.3896580075178913, 1.5568410128462311, 0.8448810427507547};
    EXPECT_THAT(pit_histogram(transforms, 5), testing::Pointwise(testing::DoubleNear(1e-12), expected));
}

/// Dates drawn as quantiles of the forecast's own distribution, never among them.
TEST(PitHistogram, of_calibrated_dates_is_even) {
    const Window window{0, 1};
    const DateForecast forecast = constant_hazard_date(0.8, window, grid(window, 20));
    std::vector<Interval> transforms;
    for (int i = 0; i < 4000; ++i) {
        const double date = -std::log1p(-(i + 0.5) / 4000) / 0.8;
        const double tick = std::ceil(date * 20) / 20;
        transforms.push_back(
            pit(forecast, tick > 1 ? not_come_by(1) : date_on(forecast.times[static_cast<std::size_t>(std::ceil(date * 20)) - 1])));
    }
    EXPECT_THAT(pit_histogram(transforms, 10), Each(testing::DoubleNear(1, 0.01)));
}

/// Runs of half the spread that records have: too many records fall outside of all runs.
TEST(PitHistogram, of_forecasts_that_are_too_narrow_is_u_shaped) {
    const NumberForecast narrow = by_quantiles([](double p) { return normal_quantile(p) / 2; }, 1000);
    const NumberForecast records = by_quantiles([](double p) { return normal_quantile(p); }, 2000);
    std::vector<Interval> transforms;
    for (const double y : records.values) transforms.push_back(pit(narrow, y));
    const std::vector<double> heights = pit_histogram(transforms, 10);

    EXPECT_NEAR(heights.front(), 10 * std::erfc(1.2815515655446004 / 2 / std::sqrt(2.0)) / 2, 0.03);
    EXPECT_NEAR(heights.back(), heights.front(), 0.03);
    EXPECT_LT(heights[4], 0.6);
    EXPECT_GT(heights.front(), pit_band(2000).high);
}

}  // namespace
}  // namespace entente::test
