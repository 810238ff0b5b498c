// Elementary effects: exact values over whole grids, and Morris's own example.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <entente/study/morris_effects.hpp>

#include "../worlds.hpp"
#include "functions.hpp"

namespace entente::test {
namespace {

const double nan = std::numeric_limits<double>::quiet_NaN();
const Bootstrap none{0};

MorrisEffects effects(const Function& f, const std::vector<Factor>& factors, const MorrisDesign& design, const Bootstrap& bootstrap = none) {
    return morris_effects(outcomes(points_of(factors, design), f), design, bootstrap);
}

MorrisEffects effects(const Function& f, const std::vector<Factor>& factors, std::size_t trajectories, std::uint64_t seed = 1, int levels = 4) {
    return effects(f, factors, morris_trajectories({trajectories, each_alone(factors.size()), levels, seed}));
}

/// A trajectory from every point of the grid, factors in order: each factor's effects are those at every point once.
MorrisDesign exhausted(std::size_t factors, int levels) {
    MorrisDesign design{each_alone(factors), levels, {}, {}};
    std::vector<int> start(factors);
    for (int i = 0; i < std::pow(levels, factors); ++i) {
        for (int rest = i; int& level : start) {
            level = rest % levels;
            rest /= levels;
        }
        append_trajectory(design, start, each_alone(factors));
    }
    return design;
}

/// Of all there are, divided by their number.
double population_sigma(const MorrisEffects& found, std::size_t group) {
    const double n = static_cast<double>(found.trajectories);
    return found.groups[group].sigma * std::sqrt((n - 1) / n);
}

// -- exact values -------------------------------------------------------------------------------------------------------------------------

TEST(MorrisEffects, of_a_sum_are_its_weights) {
    const MorrisEffects found = effects(weighted_sum, uniform_factors(4, 0, 1), 10, 1, 2);
    for (std::size_t k = 0; k < 4; ++k) {
        EXPECT_EQ(found.groups[k].mu, static_cast<double>(k + 1));
        EXPECT_EQ(found.groups[k].mu_star.value, static_cast<double>(k + 1));
        EXPECT_EQ(found.groups[k].sigma, 0);
    }
    const MorrisEffects rounded = effects(weighted_sum, uniform_factors(4, 0, 1), 10);  // thirds
    for (std::size_t k = 0; k < 4; ++k) {
        EXPECT_NEAR(rounded.groups[k].mu, static_cast<double>(k + 1), 1e-14);
        EXPECT_NEAR(rounded.groups[k].sigma, 0, 1e-14);
    }
}

TEST(MorrisEffects, of_ishigami_over_the_whole_grid) {
    const MorrisEffects found = effects(ishigami(0.1), ishigami_factors(), exhausted(3, 4));
    EXPECT_EQ(found.trajectories, 64U);
    const std::vector<double> mu{7.704054111593104, 0, 0};
    const std::vector<double> mu_star{7.704054111593104, 7.875, 6.2487961033331185};
    const std::vector<double> sigma{6.2487961033331185, 7.875, 8.837132197837843};
    for (std::size_t k = 0; k < 3; ++k) {
        EXPECT_NEAR(found.groups[k].mu, mu[k], 1e-13);
        EXPECT_NEAR(found.groups[k].mu_star.value, mu_star[k], 1e-13);
        EXPECT_NEAR(population_sigma(found, k), sigma[k], 1e-13);
    }
}

TEST(MorrisEffects, of_a_product_over_the_whole_grid) {
    const MorrisEffects found = effects([](std::span<const double> x) { return x[0] * x[1]; }, uniform_factors(2, 0, 1), exhausted(2, 4));
    for (std::size_t k = 0; k < 2; ++k) {
        EXPECT_NEAR(found.groups[k].mu, 0.5, 1e-15);
        EXPECT_NEAR(found.groups[k].mu_star.value, 0.5, 1e-15);
        EXPECT_NEAR(population_sigma(found, k), 0.3726779962499650, 1e-15);  // sqrt(5 / 36)
    }
}

RC_GTEST_PROP(MorrisEffectsProperty, ishigamis_second_factor_has_the_same_size_of_effect_everywhere, (std::uint64_t seed)) {
    const auto trajectories = *rc::gen::inRange<std::size_t>(1, 30);
    RC_ASSERT(std::abs(effects(ishigami(0.1), ishigami_factors(), trajectories, seed).groups[1].mu_star.value - 7.875) < 1e-13);
}

TEST(MorrisEffects, of_ishigami_near_the_whole_grid_in_10000_trajectories) {
    const MorrisEffects found = effects(ishigami(0.1), ishigami_factors(), 10'000);
    EXPECT_NEAR(found.groups[0].mu_star.value, 7.704054, 4 * 6.249 / 100);
    EXPECT_NEAR(found.groups[2].mu_star.value, 6.248796, 4 * 6.249 / 100);
    EXPECT_NEAR(found.groups[2].sigma, 8.837, 0.1);
}

// -- Morris's function of 20 factors ------------------------------------------------------------------------------------------------------

/// Morris (1991), with (-1)^i and (-1)^(i+j) for the coefficients that he drew at random.
double morris_function(std::span<const double> x) {
    std::vector<double> w(20);
    for (std::size_t i = 0; i < 20; ++i) w[i] = 2 * ((i == 2 || i == 4 || i == 6 ? 1.1 * x[i] / (x[i] + 0.1) : x[i]) - 0.5);
    double y = 0;
    for (std::size_t i = 0; i < 20; ++i) {
        y += (i < 10 ? 20.0 : i % 2 == 0 ? -1 : 1) * w[i];
        for (std::size_t j = i + 1; j < 20; ++j) {
            y += (j < 6 ? -15.0 : (i + j) % 2 == 0 ? 1 : -1) * w[i] * w[j];
            for (std::size_t l = j + 1; l < 5; ++l) {
                y += -10 * w[i] * w[j] * w[l];
                for (std::size_t s = l + 1; s < 4; ++s) y += 5 * w[i] * w[j] * w[l] * w[s];
            }
        }
    }
    return y;
}

TEST(MorrisFunction, has_its_values_at_known_points) {
    EXPECT_NEAR(morris_function(std::vector<double>(20, 0.5)), 40.972222222222, 1e-11);
    EXPECT_NEAR(morris_function(std::vector<double>(20, 0.0)), -327, 1e-11);
    EXPECT_NEAR(morris_function(std::vector<double>(20, 1.0)), -127, 1e-11);
    std::vector<double> rising(20);
    for (std::size_t i = 0; i < 20; ++i) rising[i] = (static_cast<double>(i) + 0.5) / 20;
    EXPECT_NEAR(morris_function(rising), -61.9986752136752, 1e-12);
}

TEST(MorrisFunction, is_told_apart_into_its_three_sorts_of_factors) {
    const MorrisEffects found = effects(morris_function, uniform_factors(20, 0, 1), 20, 0);
    for (std::size_t k = 0; k < 7; ++k) EXPECT_GT(found.groups[k].sigma, 15) << k;  // curved or acting together
    for (const std::size_t k : {7, 8, 9}) {                                         // strong and even
        EXPECT_GT(found.groups[k].mu_star.value, 30);
        EXPECT_LT(found.groups[k].sigma, 15);
    }
    for (std::size_t k = 10; k < 20; ++k) {  // weak
        EXPECT_LT(found.groups[k].mu_star.value, 10);
        EXPECT_LT(found.groups[k].sigma, 15);
    }
}

TEST(MorrisFunction, has_the_effects_found_by_other_means) {
    const MorrisEffects found = effects(morris_function, uniform_factors(20, 0, 1), 2000);
    const std::vector<double> mu_star{64.14, 63.86, 51.17, 63.82, 50.92, 43.35, 34.636, 37.595, 42.399, 37.588};
    const std::vector<double> sigma{73, 73, 73, 73, 73, 52.2, 25.95, 6.59, 6.59, 6.59};
    for (std::size_t k = 0; k < 10; ++k) {
        EXPECT_NEAR(found.groups[k].mu_star.value, mu_star[k], 4 * sigma[k] / std::sqrt(2000)) << k;
        EXPECT_NEAR(found.groups[k].sigma, sigma[k], 0.1 * sigma[k]) << k;
    }
    for (std::size_t k = 10; k < 20; ++k) EXPECT_NEAR(found.groups[k].mu_star.value, 5.295, 4 * 4.0 / std::sqrt(2000)) << k;
}

// -- groups, missing outcomes, intervals --------------------------------------------------------------------------------------------------

TEST(MorrisEffects, of_groups_have_sizes_only) {
    const MorrisDesign design = morris_trajectories({50, {0, 1, 0}});
    const MorrisEffects found = effects([](std::span<const double> x) { return 3 * x[0] + 2 * x[1] + x[2]; }, uniform_factors(3, 0, 1), design);
    EXPECT_TRUE(std::isnan(found.groups[0].mu));
    EXPECT_TRUE(std::isnan(found.groups[0].sigma));
    EXPECT_GT(found.groups[0].mu_star.value, 2);  // 2 or 4, each half of the time
    EXPECT_LT(found.groups[0].mu_star.value, 4);
    EXPECT_NEAR(found.groups[1].mu, 2, 1e-14);
}

TEST(MorrisEffects, leave_out_trajectories_in_which_an_outcome_is_missing) {
    const MorrisDesign design = morris_trajectories({10, each_alone(3)});
    std::vector<double> y = outcomes(points_of(ishigami_factors(), design), ishigami(0.1));
    const MorrisDesign rest{design.groups, 4, {design.level.begin() + 12, design.level.end()}, {design.steps.begin() + 3, design.steps.end()}};
    const std::vector<double> of_rest(y.begin() + 4, y.end());
    y[2] = nan;
    const MorrisEffects found = morris_effects(y, design, {50});
    const MorrisEffects expected = morris_effects(of_rest, rest, {50});
    EXPECT_EQ(found.trajectories, 9U);
    EXPECT_EQ(found.left_out, 1U);
    for (std::size_t k = 0; k < 3; ++k) {
        EXPECT_EQ(found.groups[k].mu, expected.groups[k].mu);
        EXPECT_EQ(found.groups[k].mu_star.interval.low, expected.groups[k].mu_star.interval.low);
    }
}

TEST(MorrisEffects, without_a_trajectory_are_missing) {
    const MorrisDesign design = morris_trajectories({2, each_alone(2)});
    const MorrisEffects found = morris_effects(std::vector<double>(6, nan), design, {10});
    EXPECT_EQ(found.left_out, 2U);
    EXPECT_TRUE(std::isnan(found.groups[0].mu));
    EXPECT_TRUE(std::isnan(found.groups[0].mu_star.value));
    EXPECT_TRUE(std::isnan(found.groups[0].mu_star.interval.low));
    EXPECT_TRUE(std::isnan(effects(weighted_sum, uniform_factors(2, 0, 1), 1).groups[0].sigma));
}

TEST(MorrisEffects, intervals_cover_the_truth_and_are_one_for_each_seed) {
    int covered = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const MorrisDesign design = morris_trajectories({40, each_alone(3), 4, seed});
        const Interval found = effects(ishigami(0.1), ishigami_factors(), design, {200, 0.9, seed}).groups[0].mu_star.interval;
        covered += found.low <= 7.704054111593104 && 7.704054111593104 <= found.high;
        const Interval again = effects(ishigami(0.1), ishigami_factors(), design, {200, 0.9, seed}).groups[0].mu_star.interval;
        ASSERT_EQ(found.low, again.low);
    }
    EXPECT_NEAR(covered, 180, 4 * std::sqrt(200 * 0.9 * 0.1) + 4);
}

}  // namespace
}  // namespace entente::test
