// Hawkes' process in daily steps against its closed forms. With x the excitement, A ~ Poisson((mu + x) dt) and
// x' = rho x + n (1 - rho) / dt A, rho = exp(-beta dt), an attack breeds n others on the average, Poisson in number: mean rate mu / (1 - n)
// and sizes of clusters (Borel) are those of the continuous process whatever dt is, and so is the limit of the Fano factor.
#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include <entente/base/statistics.hpp>

#include "classic.hpp"

namespace entente::test {
namespace {

constexpr double mu = 30;
constexpr double n = 0.4;
constexpr double beta = 26;
constexpr double dt = 1 / 365.25;
constexpr int days = 1461;
const double rho = std::exp(-beta * dt);

/// Variance of the attacks of `ticks` days from a known excitement, by the recursion of the covariances of x and of the sum of A.
double exact_variance(int ticks) {
    const double weight = n * (1 - rho) / dt;
    double excitement = mu * n / (1 - n);
    double of_x = 0;
    double of_both = 0;
    double of_sum = 0;
    for (int tick = 0; tick < ticks; ++tick) {
        const double of_attacks = (mu + excitement) * dt + dt * dt * of_x;
        of_sum += of_attacks + 2 * dt * of_both;
        of_both = (rho + weight * dt) * of_both + rho * dt * of_x + weight * of_attacks;
        of_x = rho * rho * of_x + weight * weight * of_attacks + 2 * rho * weight * dt * of_x;
        excitement = rho * excitement + weight * (mu + excitement) * dt;
    }
    return of_sum;
}

std::vector<double> squares(const std::vector<double>& sample) {
    std::vector<double> found;
    const double middle = mean(sample);
    for (const double x : sample) found.push_back((x - middle) * (x - middle));
    return found;
}

TEST(Hawkes, has_the_mean_rate_of_the_closed_form) {
    const auto attacks = final_values(run(classic("hawkes"), {.runs = 4000}), "attacks");
    const double years = days * dt;
    EXPECT_NEAR(mean(attacks), mu / (1 - n) * years, 3 * standard_error(attacks));
    EXPECT_LT(standard_error(attacks) / mean(attacks), 0.003);
}

TEST(Hawkes, has_the_Fano_factor_of_the_closed_form) {
    const auto attacks = final_values(run(classic("hawkes"), {.runs = 4000}), "attacks");
    const auto spread = squares(attacks);
    EXPECT_NEAR(mean(spread), exact_variance(days), 3 * standard_error(spread));
    const double expected = mu / (1 - n) * days * dt;
    const double fano_limit = 1 / ((1 - n) * (1 - n));
    EXPECT_NEAR(exact_variance(days) / expected / fano_limit, 1, 0.03);  // what four years, and a known start, leave to the limit
    EXPECT_NEAR(exact_variance(100 * days) / (100 * expected) / fano_limit, 1, 0.0003);
    EXPECT_NEAR(mean(spread) / mean(attacks), fano_limit, 0.03 * fano_limit + 3 * standard_error(spread) / expected);
}

TEST(Hawkes, has_clusters_of_Borels_sizes) {
    const auto sizes = final_values(run(with_variant(classic("hawkes"), "cluster"), {.runs = 10000}), "attacks");
    EXPECT_NEAR(mean(sizes), 1.6666666666666667, 3 * standard_error(sizes));  // 1 / (1 - n)
    const auto spread = squares(sizes);
    EXPECT_NEAR(mean(spread), 1.8518518518518519, 3 * standard_error(spread));  // n / (1 - n)^3
    const std::vector<double> borel{0.6703200460356393, 0.17973158564688863, 0.0722866108589285};
    for (std::size_t k = 0; k < borel.size(); ++k) {
        const auto hits = std::ranges::count(sizes, static_cast<double>(k + 1));
        EXPECT_NEAR(static_cast<double>(hits) / 10000, borel[k], 3 * std::sqrt(borel[k] * (1 - borel[k]) / 10000)) << "clusters of " << k + 1;
    }
}

TEST(Hawkes, returns_to_the_mean_at_the_speed_of_its_steps) {
    const Results results = run(with_variant(classic("hawkes"), "calm_start"), {.runs = 2000});
    const std::vector<double> all_rates = series(results, "rate");
    const double kept = 1 - (1 - n) * (1 - rho);
    for (const std::size_t tick : {6UL, 13UL, 29UL, 59UL}) {
        std::vector<double> rates;
        for (std::size_t r = 0; r < 2000; ++r) rates.push_back(all_rates[days * r + tick]);
        const double closed = mu / (1 - n) - mu * n / (1 - n) * std::pow(kept, static_cast<double>(tick + 1));
        EXPECT_NEAR(mean(rates), closed, 3 * standard_error(rates)) << "after tick " << tick;
        const double continuous = mu / (1 - n) - mu * n / (1 - n) * std::exp(-beta * (1 - n) * static_cast<double>(tick + 1) * dt);
        EXPECT_NEAR(closed / continuous, 1, 0.003);  // what the step makes of it
    }
    EXPECT_NEAR(-std::log(kept) / dt / (beta * (1 - n)), 0.9857, 0.0001);
}

}  // namespace
}  // namespace entente::test
