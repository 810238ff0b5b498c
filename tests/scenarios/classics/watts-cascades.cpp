// Watts' cascade window. An actor is vulnerable where one neighbour suffices, of degree k <= K = floor(1 / threshold). On a random graph of
// mean degree z one actor may topple a share of the world where the vulnerable form a giant cluster: z Q(K - 2) > 1, Q(j) being the
// chance of a Poisson number of mean z being at most j; for K = 5 that is 1.020703909 < z < 5.764677087. How often: as often as the
// actor touches that cluster, 1 - exp(z (h - 1)), h = 1 - Q(K - 1) + sum_{k < K} e^-z (z h)^k / k!.
#include <algorithm>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include <entente/base/statistics.hpp>

#include "classic.hpp"

namespace entente::test {
namespace {

double at_most(int j, double z, double h = 1) {
    double term = std::exp(-z);
    double sum = 0;
    for (int k = 0; k <= j; ++k) {
        sum += term;
        term *= z * h / (k + 1);
    }
    return sum;
}

double trigger_chance(double z, int K = 5) {
    double h = 0;
    for (int i = 0; i < 20000; ++i) h = 1 - at_most(K - 1, z) + at_most(K - 1, z, h);
    return 1 - std::exp(z * (h - 1));
}

struct Cascades {
    double share = 0;   ///< of runs with a global cascade
    double joined = 0;  ///< share of the actors, mean over those
};

Cascades cascades(double z, std::int64_t runs, double threshold = 0.18) {
    const Scenario scenario = with_setting(with_setting(classic("watts-cascades"), "mean_degree=" + std::to_string(z)), "threshold=" + std::to_string(threshold));
    const Results results = run(scenario, {.runs = runs, .series_runs = 0});
    Cascades found;
    double hits = 0;
    for (std::size_t r = 0; r < static_cast<std::size_t>(runs); ++r) {
        if (final_values(results, "global_cascade")[r] == 0) continue;
        ++hits;
        found.joined += final_values(results, "joined")[r];
    }
    found.share = hits / static_cast<double>(runs);
    found.joined /= std::max(hits, 1.0);
    return found;
}

TEST(WattsCascades, has_the_published_window_in_closed_form) {
    EXPECT_NEAR(1.020703909 * at_most(3, 1.020703909), 1, 1e-8);
    EXPECT_NEAR(5.764677087 * at_most(3, 5.764677087), 1, 1e-8);
    EXPECT_LT(trigger_chance(1.0), 0.01);
    EXPECT_LT(trigger_chance(5.8), 0.01);
}

TEST(WattsCascades, lets_one_actor_topple_the_world_as_often_as_it_touches_the_vulnerable) {
    constexpr std::int64_t runs = 300;
    for (const double z : {2.0, 3.0, 4.0}) {
        const double chance = trigger_chance(z);
        const double finite = 0.03;  // a thousand actors instead of infinitely many, all runs within one graph of mean degree 10
        EXPECT_NEAR(cascades(z, runs).share, chance, 3 * std::sqrt(chance * (1 - chance) / runs) + finite) << "mean degree " << z;
    }
}

TEST(WattsCascades, moves_nearly_nobody_outside_of_the_window) {
    for (const double z : {0.6, 7.5, 9.0}) EXPECT_LT(cascades(z, 200).share, 0.02) << "mean degree " << z;
}

TEST(WattsCascades, topples_nearly_all_in_the_middle_of_the_window) { EXPECT_GT(cascades(4, 100).joined, 0.95); }

TEST(WattsCascades, has_no_window_for_cautious_actors) {
    for (const double z : {1.5, 3.0, 5.0}) EXPECT_LT(cascades(z, 100, 0.3).share, 0.05) << "mean degree " << z;
}

TEST(WattsCascades, draws_graphs_of_the_mean_degree_asked_for) {
    for (const double z : {2.0, 6.0}) {
        const Results results = run(with_setting(classic("watts-cascades"), "mean_degree=" + std::to_string(z)), {.runs = 100, .series_runs = 0});
        const auto degrees = final_values(results, "neighbours");
        EXPECT_NEAR(mean(degrees), z, 3 * standard_error(degrees) + 0.01 * z);  // the graph that all are drawn from has 9.99 instead of 10
    }
}

}  // namespace
}  // namespace entente::test
