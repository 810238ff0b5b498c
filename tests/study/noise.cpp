// Noise: mean squares worked by hand, and components of models whose variances are known.
#include <cmath>
#include <limits>
#include <vector>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <entente/base/elementary.hpp>
#include <entente/study/keyed_draws.hpp>
#include <entente/study/noise.hpp>

namespace entente::test {
namespace {

const double nan = std::numeric_limits<double>::quiet_NaN();

/// mean + point + replicate + interaction, each normal with its standard deviation.
std::vector<double> crossed(std::size_t points, std::size_t replicates, double mean, double point, double replicate, double interaction) {
    KeyedDraws draws(1, 0);
    const auto normal = [&](double sd) { return sd * normal_quantile(open_uniform(unit_uniform(draws.bits()))); };
    std::vector<double> of_replicates(replicates);
    for (double& each : of_replicates) each = normal(replicate);
    std::vector<double> y;
    for (std::size_t p = 0; p < points; ++p) {
        const double of_point = mean + normal(point);
        for (std::size_t r = 0; r < replicates; ++r) y.push_back(of_point + of_replicates[r] + normal(interaction));
    }
    return y;
}

TEST(Noise, of_two_by_two_runs_worked_by_hand) {
    // Means of points 2 and 7, of replicates 3 and 6, of all 4.5: mean squares 2 * 12.5, 2 * 4.5 and, of what is left, 4 * 0.5^2.
    const Noise noise = *replicate_noise(std::vector<double>{1, 3, 5, 9}, 2);
    EXPECT_EQ(noise.points, 2U);
    EXPECT_DOUBLE_EQ(noise.interaction, 1);
    EXPECT_DOUBLE_EQ(noise.replicate, (9.0 - 1) / 2);
    EXPECT_DOUBLE_EQ(noise.point, (25.0 - 1) / 2);
    EXPECT_DOUBLE_EQ(noise.share(), 5.0 / 17);
    EXPECT_DOUBLE_EQ(noise.share_of_means, 1.0 / 25);
}

TEST(Noise, of_an_additive_model_has_no_interaction) {
    const Noise noise = *replicate_noise(crossed(2000, 30, 1e6, 3, 2, 0), 30);
    EXPECT_NEAR(noise.interaction, 0, 1e-9);
    EXPECT_NEAR(noise.point, 9, 4 * 9 * std::sqrt(2.0 / 2000));
    EXPECT_NEAR(noise.replicate, 4, 4 * 4 * std::sqrt(2.0 / 30));
    EXPECT_NEAR(noise.share_of_means, 0, 1e-9);
}

TEST(Noise, components_are_those_of_the_model) {
    const Noise noise = *replicate_noise(crossed(4000, 20, 5, 3, 0, 2), 20);
    EXPECT_NEAR(noise.point, 9, 4 * 9.2 * std::sqrt(2.0 / 4000));
    EXPECT_NEAR(noise.interaction, 4, 4 * 4 * std::sqrt(2.0 / (4000 * 19)));
    EXPECT_NEAR(noise.replicate, 0, 0.01);
    EXPECT_NEAR(noise.share(), 4.0 / 13, 0.02);
    EXPECT_NEAR(noise.share_of_means, 4.0 / 20 / (9 + 4.0 / 20), 0.002);
}

TEST(Noise, is_all_there_is_where_points_do_not_matter) {
    const Noise noise = *replicate_noise(crossed(1000, 10, 0, 0, 1, 1), 10);
    EXPECT_GT(noise.share(), 0.99);
    EXPECT_GT(noise.share_of_means, 0.9);
    EXPECT_LE(noise.share_of_means, 1);
    EXPECT_GE(noise.point, 0);
}

TEST(Noise, leaves_out_points_in_which_a_replicate_is_missing) {
    const Noise noise = *replicate_noise(std::vector<double>{nan, 8, 1, 3, 5, 9, 4, std::numeric_limits<double>::infinity()}, 2);
    EXPECT_EQ(noise.points, 2U);
    EXPECT_EQ(noise.left_out, 2U);
    EXPECT_DOUBLE_EQ(noise.share(), 5.0 / 17);
}

TEST(Noise, can_not_be_told_from_one_replicate_or_one_point) {
    EXPECT_FALSE(replicate_noise(std::vector<double>{1, 2, 3}, 1));
    EXPECT_FALSE(replicate_noise(std::vector<double>{1, 2, 3}, 3));
    EXPECT_FALSE(replicate_noise(std::vector<double>{1, 2, nan, 4}, 2));
    EXPECT_FALSE(replicate_noise({}, 2));
}

TEST(Noise, of_what_never_varies_has_no_shares) {
    const Noise noise = *replicate_noise(std::vector<double>(30, 0.1), 3);
    EXPECT_EQ(noise.point, 0);
    EXPECT_EQ(noise.replicate, 0);
    EXPECT_EQ(noise.interaction, 0);
    EXPECT_TRUE(std::isnan(noise.share()));
    EXPECT_TRUE(std::isnan(noise.share_of_means));
}

RC_GTEST_PROP(NoiseProperty, sums_of_squares_are_those_of_the_textbook, ()) {
    const auto points = *rc::gen::inRange<std::size_t>(2, 12);
    const auto replicates = *rc::gen::inRange<std::size_t>(2, 8);
    const auto y = *rc::gen::container<std::vector<double>>(points * replicates, rc::gen::map(rc::gen::inRange(-100, 100), [](int i) { return i / 4.0; }));
    const double p = static_cast<double>(points);
    const double r = static_cast<double>(replicates);
    std::vector<double> row(points);
    std::vector<double> column(replicates);
    double sum = 0;
    double squares = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
        row[i / replicates] += y[i];
        column[i % replicates] += y[i];
        sum += y[i];
        squares += y[i] * y[i];
    }
    double ss_points = -sum * sum / (p * r);
    double ss_replicates = ss_points;
    for (const double each : row) ss_points += each * each / r;
    for (const double each : column) ss_replicates += each * each / p;
    const double ss_interaction = squares - sum * sum / (p * r) - ss_points - ss_replicates;
    const double ms = ss_interaction / ((p - 1) * (r - 1));

    const Noise noise = *replicate_noise(y, replicates);
    RC_ASSERT(std::abs(noise.interaction - std::max(0.0, ms)) < 1e-9);
    RC_ASSERT(std::abs(noise.point - std::max(0.0, (ss_points / (p - 1) - ms) / r)) < 1e-9);
    RC_ASSERT(std::abs(noise.replicate - std::max(0.0, (ss_replicates / (r - 1) - ms) / p)) < 1e-9);
}

}  // namespace
}  // namespace entente::test
