// Tests: weighted_sample.

#include <cmath>

#include <gmock/gmock.h>

#include <entente/inference/weighted_sample.hpp>

namespace entente {
namespace {

using testing::DoubleEq;
using testing::DoubleNear;
using testing::ElementsAre;

const std::vector<double> values{3, 1, 2};
const std::vector<double> weights{1, 1, 2};

TEST(WeightedSample, has_moments) {
    EXPECT_DOUBLE_EQ(weighted_mean(values, weights), 2);
    EXPECT_DOUBLE_EQ(effective_size(weights), 16. / 6);
    EXPECT_DOUBLE_EQ(weighted_sd(values, weights), std::sqrt(.5 / (1 - 6. / 16)));
    EXPECT_DOUBLE_EQ(weighted_sd(std::vector<double>{1, 2, 3, 4}, std::vector<double>(4, 7)), std::sqrt(5. / 3)) << "the usual one";
    EXPECT_DOUBLE_EQ(weighted_correlation(values, std::vector<double>{-6, -2, -4}, weights), -1);
    EXPECT_TRUE(std::isnan(weighted_correlation(values, std::vector<double>(3, 1), weights)));
}

TEST(WeightedSample, has_quantiles) {
    EXPECT_EQ(weighted_quantile(values, weights, .25), 1);
    EXPECT_EQ(weighted_quantile(values, weights, .26), 2);
    EXPECT_EQ(weighted_quantile(values, weights, .75), 2);
    EXPECT_EQ(weighted_quantile(values, weights, 1), 3);
    EXPECT_EQ(weighted_quantile(values, std::vector<double>{1, 0, 1}, 0), 2) << "what weighs nothing is not there";
}

TEST(WeightedSample, is_drawn_from_as_evenly_as_can_be) {
    EXPECT_THAT(systematic_draws(weights, 4, .5), ElementsAre(0, 1, 2, 2));
    EXPECT_THAT(systematic_draws(weights, 8, 0), ElementsAre(0, 0, 1, 1, 2, 2, 2, 2));
    EXPECT_THAT(systematic_draws(std::vector<double>{0, 3, 0}, 2, .999), ElementsAre(1, 1));
    EXPECT_THAT(systematic_draws(std::vector<double>(3, .1), 3, .999), ElementsAre(0, 1, 2));
}

TEST(WeightedSample, is_held_against_the_uniform_distribution) {
    EXPECT_THAT(distance_to_uniform(std::vector<double>{.25, .75}, std::vector<double>{1, 1}), DoubleEq(.25));
    EXPECT_THAT(distance_to_uniform(std::vector<double>{.9, .5}, std::vector<double>{3, 1}), DoubleNear(.65, 1e-12));
}

TEST(WeightedSample, of_particles_is_taken_by_coordinate) {
    const Particles particles{{2, {1, 2, 3, 4}}, {.5, .5}};
    EXPECT_THAT(particles.coordinate(1), ElementsAre(2, 4));
    EXPECT_THAT(normalised_weights({1, 3}), ElementsAre(.25, .75));
}

}  // namespace
}  // namespace entente
