// Scores of chances and numbers against closed forms, and against R 4.2.2.
#include <cmath>
#include <numbers>
#include <vector>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <entente/base/elementary.hpp>
#include <entente/inference/scores.hpp>

#include "forms.hpp"

namespace entente::test {
namespace {

using testing::IsNan;

double phi(double z) {
    return std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
}
double Phi(double z) {
    return std::erfc(-z / std::numbers::sqrt2) / 2;
}

/// Gneiting & Raftery (2007), the equation after (21).
double crps_of_normal(double mean, double sd, double y) {
    const double z = (y - mean) / sd;
    return sd * (z * (2 * Phi(z) - 1) + 2 * phi(z) - 1 / std::sqrt(std::numbers::pi));
}

// -- chances ------------------------------------------------------------------------------------------------------------------------------

TEST(Brier, of_cases_by_hand) {
    EXPECT_DOUBLE_EQ(brier_score(0.3, true), 0.49);
    EXPECT_DOUBLE_EQ(brier_score(0.3, false), 0.09);
    EXPECT_EQ(brier_score(1, true), 0);
    EXPECT_THAT(brier_score(nan, true), IsNan());
}

TEST(Brier, fair_of_three_out_of_ten_by_hand) {
    EXPECT_DOUBLE_EQ(fair_brier_score(0.3, 0.1, true), 0.49 - 0.21 / 9);
    EXPECT_DOUBLE_EQ(fair_brier_score(0.3, 0, true), 0.49) << "known exactly";
    EXPECT_NEAR(fair_brier_score(1.0 / 10 / 2, 0.1, false), -1.0 / (4 * 10 * 9), 1e-15) << "the lowest";
    EXPECT_THAT(fair_brier_score(1, 1, true), IsNan()) << "of a single run";
}

/// Over what m runs with chance p can show, binomially weighted.
TEST(Brier, fair_has_the_score_of_the_chance_itself_for_its_mean) {
    for (const int m : {2, 3, 10}) {
        for (const double p : {0.1, 0.5, 0.8}) {
            double fair = 0;
            double plain = 0;
            for (int k = 0; k <= m; ++k) {
                const double weight =
                    std::exp(std::lgamma(m + 1) - std::lgamma(k + 1) - std::lgamma(m - k + 1)) * std::pow(p, k) * std::pow(1 - p, m - k);
                fair += weight * fair_brier_score(static_cast<double>(k) / m, 1.0 / m, true);
                plain += weight * brier_score(static_cast<double>(k) / m, true);
            }
            EXPECT_NEAR(fair, brier_score(p, true), 1e-13);
            EXPECT_NEAR(plain, brier_score(p, true) + p * (1 - p) / m, 1e-13);
        }
    }
}

TEST(LogScore, of_cases_by_hand) {
    const std::vector<double> chances{0.5, 0.25, 0, 0.25};
    EXPECT_DOUBLE_EQ(log_score(chances, {0, 0}, 0), std::log(2));
    EXPECT_DOUBLE_EQ(log_score(chances, {1, 3}, 0), std::log(2)) << "known to lie in one of three cells";
    EXPECT_EQ(log_score(chances, {2, 2}, 0), std::numeric_limits<double>::infinity());
    EXPECT_DOUBLE_EQ(log_score(chances, {2, 2}, 0.05), -std::log(0.05));
    EXPECT_DOUBLE_EQ(log_score(chances, {0, 0}, 0.05), -std::log(0.05 + 0.8 * 0.5));
    EXPECT_EQ(log_score(chances, {0, 3}, 0.05), 0) << "that it lies somewhere tells nothing";
}

/// 8 runs in 4 cells, as 4, 2, 0, 2: with half a run more in each, 4.5, 2.5, 0.5, 2.5 of 10.
TEST(LogScore, has_a_floor_that_adds_half_a_run_to_each_cell) {
    const double floor = half_run_floor(1.0 / 8, 4);
    EXPECT_DOUBLE_EQ(floor, 0.05);
    const std::vector<double> chances{0.5, 0.25, 0, 0.25};
    EXPECT_DOUBLE_EQ(log_score(chances, {0, 0}, floor), -std::log(0.45));
    EXPECT_DOUBLE_EQ(log_score(chances, {1, 1}, floor), -std::log(0.25));
    EXPECT_DOUBLE_EQ(log_score(chances, {2, 2}, floor), -std::log(0.05));
    EXPECT_EQ(half_run_floor(0, 4), 0);
}

// -- numbers ------------------------------------------------------------------------------------------------------------------------------

TEST(Crps, of_a_point_is_the_distance) {
    EXPECT_EQ(crps({.values = {3}, .points = PointsAre::exact}, 5), 2);
    EXPECT_THAT(crps({.values = {3}}, 5), IsNan()) << "a single run: how far apart runs are is not known";
    EXPECT_THAT(crps({.values = {}}, 5), IsNan());
    EXPECT_THAT(crps({.values = {3, 4}}, nan), IsNan());
}

TEST(Crps, of_two_runs_by_hand) {
    EXPECT_DOUBLE_EQ(crps({.values = {1, 4}, .points = PointsAre::exact}, 2), 1.5 - 3.0 / 4) << "(1 + 2) / 2 - 2 * 3 / (2 * 4)";
    EXPECT_DOUBLE_EQ(crps({.values = {1, 4}}, 2), 1.5 - 3.0 / 2);
}

/// mean(abs(x - y)) - sum(abs(outer(x, x, "-"))) / (2 * m^2), and / (2 * m * (m - 1)); y = 2.7.
TEST(Crps, of_an_ensemble_is_that_of_R) {
    EXPECT_NEAR(crps({.values = seven, .points = PointsAre::exact}, 2.7), 0.6867346938775509, 1e-14);
    EXPECT_NEAR(crps({.values = seven}, 2.7), 0.4523809523809523, 1e-14);
}

/// sum(w * abs(x - y)) - sum(outer(w, w) * abs(outer(x, x, "-"))) / 2, fair: / 2 / (1 - sum(w^2)); w <- w / sum(w).
TEST(Crps, of_a_weighted_ensemble_is_that_of_R) {
    EXPECT_NEAR(crps({.values = seven, .weights = seven_weights, .points = PointsAre::exact}, 2.7), 0.5427500000000001, 1e-14);
    EXPECT_NEAR(crps({.values = seven, .weights = seven_weights}, 2.7), 0.2732515337423311, 1e-14);
}

/// With F <- function(t) sum(w * pnorm((t - x) / 0.8)): integrate(F(t)^2) up to y and of (1 - F(t))^2 from y on, rel.tol = 1e-12; fair by
/// the closed form, the pairs of a value with itself left out.
TEST(Crps, with_an_error_of_the_record_is_that_of_R) {
    EXPECT_NEAR(crps({.values = seven, .weights = seven_weights, .points = PointsAre::exact}, 2.7, 0.8), 0.543514031124995, 1e-13);
    EXPECT_NEAR(crps({.values = seven, .weights = seven_weights}, 2.7, 0.8), 0.3488900718618526, 1e-13);
    EXPECT_NEAR(crps({.values = seven, .weights = seven_weights, .sd = 0.48, .points = PointsAre::exact}, 2.7, 0.64), 0.543514031124995, 1e-13)
        << "the sd of the forecast and of the record: sqrt(0.48^2 + 0.64^2) = 0.8";
}

/// mu <- 14; sg <- 4.449719092257398; zz <- (21 - mu) / sg; sg * (zz * (2 * pnorm(zz) - 1) + 2 * dnorm(zz) - 1 / sqrt(pi)).
TEST(Crps, of_one_value_with_sd_is_that_of_a_normal_distribution) {
    const NumberForecast normal{.values = {14}, .sd = 4.449719092257398, .points = PointsAre::exact};
    EXPECT_NEAR(crps(normal, 21), 4.709819278285519, 1e-13);
    EXPECT_DOUBLE_EQ(crps(normal, 21), crps_of_normal(14, 4.449719092257398, 21));
}

TEST(Crps, of_quantiles_of_a_normal_distribution_is_its_closed_form) {
    const NumberForecast normal = by_quantiles([](double p) { return 1.5 + 2 * normal_quantile(p); }, 20000);
    for (const double y : {-4.0, 1.5, 2.2, 9.0}) {
        EXPECT_NEAR(crps(normal, y), crps_of_normal(1.5, 2, y), 2e-6) << y;
    }
    const NumberForecast fewer = by_quantiles([](double p) { return 1.5 + 2 * normal_quantile(p); }, 2000);
    for (const double y : {-4.0, 1.5, 9.0})
        EXPECT_NEAR(crps(fewer, y, 1.5), crps_of_normal(1.5, 2.5, y), 1e-4) << "widened by an error of 1.5";
}

/// Of U(0, 1): y^2 - y + 1/3 within, further by the distance outside.
TEST(Crps, of_quantiles_of_a_uniform_distribution_is_its_closed_form) {
    const NumberForecast uniform = by_quantiles([](double p) { return p; }, 1000);
    for (const double y : {0.0, 0.25, 0.5, 1.0}) EXPECT_NEAR(crps(uniform, y), y * y - y + 1.0 / 3, 1e-6) << y;
    EXPECT_NEAR(crps(uniform, 3), 2 + 1.0 / 3, 1e-6);
    EXPECT_NEAR(crps(uniform, -1), 1 + 1.0 / 3, 1e-6);
}

/// Of rate r: y - 2 (1 - exp(-r y)) / r + 1 / (2 r).
TEST(Crps, of_quantiles_of_an_exponential_distribution_is_its_closed_form) {
    const double rate = 0.7;
    const NumberForecast exponential = by_quantiles([&](double p) { return -std::log1p(-p) / rate; }, 20000);
    for (const double y : {0.0, 0.5, 2.0, 8.0})
        EXPECT_NEAR(crps(exponential, y), y - 2 * (1 - std::exp(-rate * y)) / rate + 1 / (2 * rate), 1e-4) << y;
}

/// All ensembles of m out of the values 0, 1, 5 with chances .5, .3, .2: the mean of fair scores is the score of the distribution.
TEST(Crps, fair_has_the_score_of_the_distribution_for_its_mean) {
    const std::vector<double> values{0, 1, 5};
    const std::vector<double> chances{0.5, 0.3, 0.2};
    const double own = crps({.values = values, .weights = chances, .points = PointsAre::exact}, 2);
    const double own_with_error = crps({.values = values, .weights = chances, .points = PointsAre::exact}, 2, 0.6);
    double fair = 0;
    double fair_with_error = 0;
    double plain = 0;
    for (int drawn = 0; drawn < 27; ++drawn) {
        const std::vector<int> which{drawn % 3, drawn / 3 % 3, drawn / 9};
        NumberForecast ensemble{.values = {}};
        double weight = 1;
        for (const int i : which) {
            ensemble.values.push_back(values[i]);
            weight *= chances[i];
        }
        fair += weight * crps(ensemble, 2);
        fair_with_error += weight * crps(ensemble, 2, 0.6);
        ensemble.points = PointsAre::exact;
        plain += weight * crps(ensemble, 2);
    }
    EXPECT_NEAR(fair, own, 1e-14);
    EXPECT_NEAR(fair_with_error, own_with_error, 1e-14);
    EXPECT_GT(plain, own + 0.1);
}

TEST(Crps, leaves_out_what_is_missing_with_its_weight) {
    EXPECT_EQ(crps({.values = {1, nan, 4, std::numeric_limits<double>::infinity()}}, 2), crps({.values = {1, 4}}, 2));
    EXPECT_EQ(crps({.values = {1, nan, 4}, .weights = {1, 7, 3}}, 2), crps({.values = {1, 4}, .weights = {0.25, 0.75}}, 2));
    EXPECT_THAT(crps({.values = {1, 4}, .sd = nan}, 2), IsNan());
}

/// A record at 1e9 with runs a thousandth apart.
TEST(Crps, does_not_cancel) {
    EXPECT_NEAR(crps({.values = {1e9, 1e9 + 0.25, 1e9 + 0.5}, .points = PointsAre::exact}, 1e9 + 0.25), 0.5 / 3 - 2.0 / 9 * 0.5, 1e-15);
}

RC_GTEST_PROP(Crps, is_the_integral_of_brier_scores, (const std::vector<std::uint8_t>& drawn, std::uint8_t record)) {
    NumberForecast forecast{.values = {record / 8.0}, .points = PointsAre::exact};
    for (const std::uint8_t x : drawn) forecast.values.push_back(x / 8.0);
    const double y = (record ^ 37) / 8.0;
    double integral = 0;
    for (int k = 0; k < 256; ++k) integral += brier_score(chance_at_most(forecast, k / 8.0), k / 8.0 >= y) / 8;
    RC_ASSERT(std::abs(integral - crps(forecast, y)) < 1e-10);
}

// -- intervals ----------------------------------------------------------------------------------------------------------------------------

TEST(IntervalScore, of_cases_by_hand) {
    EXPECT_EQ(interval_score({2, 6}, 3, 0.9), 4);
    EXPECT_EQ(interval_score({2, 6}, 6, 0.9), 4) << "the ends are inside";
    EXPECT_DOUBLE_EQ(interval_score({2, 6}, 1.5, 0.9), 4 + 20 * 0.5);
    EXPECT_DOUBLE_EQ(interval_score({2, 6}, 7, 0.5), 4 + 4 * 1);
    EXPECT_THAT(interval_score({2, 6}, nan, 0.9), IsNan());
    EXPECT_THAT(interval_score({nan, nan}, 3, 0.9), IsNan());
}

/// Proper: of all intervals for N(0, 1) the central one has the least mean, 2 phi(z) / (alpha / 2).
TEST(IntervalScore, is_least_for_the_central_interval) {
    const NumberForecast truth = by_quantiles([](double p) { return normal_quantile(p); }, 20000);
    const auto mean_score = [&](Interval interval) {
        double sum = 0;
        for (const double y : truth.values) sum += interval_score(interval, y, 0.9);
        return sum / 20000;
    };
    const double z = normal_quantile(0.95);
    EXPECT_NEAR(mean_score({-z, z}), 2 * phi(z) / 0.05, 1e-3);
    for (const Interval other : {Interval{-z - 0.2, z}, {-z, z - 0.2}, {-z + 0.1, z + 0.1}, {-z - 0.1, z + 0.1}})
        EXPECT_GT(mean_score(other), mean_score({-z, z}) + 1e-3);
}

TEST(Pit, is_an_interval_where_there_is_mass) {
    const NumberForecast forecast{.values = {1, 2, 2, 5}};
    EXPECT_EQ(pit(forecast, 2).low, 0.25);
    EXPECT_EQ(pit(forecast, 2).high, 0.75);
    EXPECT_EQ(pit(forecast, 3).low, 0.75);
    EXPECT_EQ(pit(forecast, 3).high, 0.75);
    EXPECT_EQ(pit(forecast, 0).high, 0);
    EXPECT_EQ(pit(forecast, 5).high, 1);
    EXPECT_DOUBLE_EQ(pit(forecast, 2, 1.0).low, (Phi(1) + 2 * 0.5 + Phi(-3)) / 4) << "an error of the record smooths it";
    EXPECT_EQ(pit(forecast, 2, 1.0).low, pit(forecast, 2, 1.0).high);
    EXPECT_THAT(pit(NumberForecast{.values = {}}, 2).low, IsNan());
}

}  // namespace
}  // namespace entente::test
