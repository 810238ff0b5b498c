// Tests: particles.
#include <cmath>
#include <limits>
#include <vector>

#include <gmock/gmock.h>

#include <entente/inference/particles.hpp>

namespace entente::test {
namespace {

constexpr double none = -std::numeric_limits<double>::infinity();

std::vector<double> logs(const std::vector<double>& weights) {
    std::vector<double> all;
    for (const double w : weights) all.push_back(std::log(w));
    return all;
}

TEST(Particles, SumOfExponentialsDoesNotUnderflow) {
    EXPECT_NEAR(log_sum_exp(std::vector{-1000.0, -1000.0}), -1000 + std::log(2.0), 1e-12);
    EXPECT_EQ(log_sum_exp(std::vector{none, none}), none);
    EXPECT_EQ(log_sum_exp({}), none);
    EXPECT_EQ(log_sum_exp(std::vector{none, 3.0}), 3);
}

TEST(Particles, EffectiveNumberIsThatOfEqualWeights) {
    EXPECT_NEAR(effective_number(logs({1, 1, 1, 1})), 4, 1e-12);
    EXPECT_NEAR(effective_number(logs({5, 0, 0})), 1, 1e-12);
    EXPECT_NEAR(effective_number(logs({1, 3})), 16.0 / 10, 1e-12);
    EXPECT_EQ(effective_number(std::vector{none, none}), 0);
}

TEST(Particles, SystematicResamplingTakesEachFloorOrCeilingOfItsShare) {
    const std::vector<double> weights{0.1, 0.4, 0, 0.25, 0.25};
    std::vector<double> mean(5, 0);
    for (int i = 0; i < 1000; ++i) {
        std::vector<int> taken(5, 0);
        for (const auto from : systematic_resample(logs(weights), (i + 0.5) / 1000)) ++taken[static_cast<std::size_t>(from)];
        for (std::size_t k = 0; k < 5; ++k) {
            EXPECT_GE(taken[k], std::floor(5 * weights[k] - 1e-9));
            EXPECT_LE(taken[k], std::ceil(5 * weights[k] + 1e-9));
            mean[k] += taken[k] / 1000.0;
        }
    }
    for (std::size_t k = 0; k < 5; ++k) EXPECT_NEAR(mean[k], 5 * weights[k], 2e-3);
}

TEST(Particles, NothingIsDrawnFromWhatHasNoWeight) {
    for (const double u : {0.0, 0.5, 0x1.fffffffffffffp-1})
        for (const auto from : systematic_resample(std::vector{none, 0.0, none}, u)) EXPECT_EQ(from, 1);
}

TEST(Particles, VarianceOfOneSampleIsThatOfItsMean) {
    // n / (n - 1) (sum of W^2 - 1 / n): the unbiased variance of the weights over n times their squared mean.
    const std::vector<double> w{1, 2, 3, 6};
    const std::vector<std::int64_t> self{0, 1, 2, 3};
    const double mean = 3;
    const double variance = (4 + 1 + 0 + 9) / 3.0;
    EXPECT_NEAR(relative_variance(logs(w), self, 0), variance / 4 / (mean * mean), 1e-12);
}

TEST(Particles, VarianceIsOneWhereAllDescendFromOne) {
    EXPECT_EQ(relative_variance(logs({1, 1, 1}), std::vector<std::int64_t>{1, 1, 1}, 5), 1);
    EXPECT_EQ(relative_variance(std::vector{none, none}, std::vector<std::int64_t>{0, 1}, 0), 1);
}

}  // namespace
}  // namespace entente::test
