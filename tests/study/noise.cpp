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
    EXPECT_DOUBLE_EQ(noise.share, 5.0 / 17);
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
    EXPECT_NEAR(noise.share, 4.0 / 13, 0.02);
    EXPECT_NEAR(noise.share_of_means, 4.0 / 20 / (9 + 4.0 / 20), 0.002);
}

TEST(Noise, is_all_there_is_where_points_do_not_matter) {
    const Noise noise = *replicate_noise(crossed(1000, 10, 0, 0, 1, 1), 10);
    EXPECT_GT(noise.share, 0.99);
    EXPECT_GT(noise.share_of_means, 0.9);
    EXPECT_LE(noise.share_of_means, 1);
    EXPECT_GE(noise.point, 0);
}

TEST(Noise, leaves_out_points_in_which_a_replicate_is_missing) {
    const Noise noise = *replicate_noise(std::vector<double>{nan, 8, 1, 3, 5, 9, 4, std::numeric_limits<double>::infinity()}, 2);
    EXPECT_EQ(noise.points, 2U);
    EXPECT_EQ(noise.left_out, 2U);
    EXPECT_DOUBLE_EQ(noise.share, 5.0 / 17);
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
    EXPECT_TRUE(std::isnan(noise.share));
    EXPECT_TRUE(std::isnan(noise.share_of_means));
}

TEST(Noise, of_points_with_luck_of_their_own_is_taken_one_way) {
    // Means of points 2 and 7: mean squares 2 * 12.5 between them, and (2 + 8) / 2 within.
    const Noise noise = *replicate_noise(std::vector<double>{1, 3, 5, 9}, 2, Pairing::unpaired);
    EXPECT_DOUBLE_EQ(noise.interaction, 5);
    EXPECT_EQ(noise.replicate, 0);
    EXPECT_DOUBLE_EQ(noise.point, (25.0 - 5) / 2);
    EXPECT_DOUBLE_EQ(noise.share, 1.0 / 3);
    EXPECT_DOUBLE_EQ(noise.share_of_means, 1.0 / 5);
}

TEST(Noise, is_told_on_any_scale) {
    const std::vector<double> plain = crossed(200, 8, 0, 3, 2, 1);
    const Noise noise = *replicate_noise(plain, 8);
    for (const auto& [origin, unit] : {std::pair{0.0, 1e-200}, {1e9, 1e-3}, {0.0, 1e200}}) {
        std::vector<double> scaled;
        for (const double y : plain) scaled.push_back(origin + unit * y);
        const Noise same = *replicate_noise(scaled, 8);
        EXPECT_NEAR(same.share, noise.share, 1e-4) << unit;
        EXPECT_NEAR(same.share_interval.low, noise.share_interval.low, 1e-3);
        EXPECT_NEAR(same.share_of_means, noise.share_of_means, 1e-4);
    }
}

TEST(Noise, has_an_interval_from_four_replicates_on_that_share_their_luck) {
    for (const std::size_t replicates : {2U, 3U}) {
        const Noise noise = *replicate_noise(crossed(64, replicates, 0, 1, 1, 1), replicates);
        EXPECT_EQ(noise.share_interval.low, 0);
        EXPECT_EQ(noise.share_interval.high, 1);
    }
    const Noise four = *replicate_noise(crossed(64, 4, 0, 2, 1, 1), 4);
    EXPECT_GT(four.share_interval.low, 0.02);
    EXPECT_LT(four.share_interval.high, 0.95);
    const Noise apart = *replicate_noise(crossed(64, 2, 0, 1, 0, 1), 2, Pairing::unpaired);
    EXPECT_LT(apart.share_interval.high - apart.share_interval.low, 0.5) << "independent luck is told of two";
    const Noise none = *replicate_noise(std::vector<double>{1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3}, 4);
    EXPECT_EQ(none.share, 0);
    EXPECT_EQ(none.share_interval.high, 0) << "no run shows any";
}

/// How often an interval holds the share, over 200 studies of 64 points. A model is y of two factors in [0, 1] and of luck, normal or uniform.
struct LuckyModel {
    const char* name;
    double share;  ///< of noise, worked out beforehand
    double (*y)(double x1, double x2, double normal, double uniform);
};

const LuckyModel lucky_models[] = {
    // x1 + x2 / 2 + N(0, 0.2): 0.04 of 0.04 + 1.25 / 12
    {"added", 0.04 / (0.04 + 1.25 / 12), [](double x1, double x2, double normal, double) { return x1 + 0.5 * x2 + 0.2 * normal; }},
    // x1 + x2 N(0, 1): E x2^2 = 1/3 of 1/3 + 1/12
    {"uneven", 0.8, [](double x1, double x2, double normal, double) { return x1 + x2 * normal; }},
    // bernoulli(x1 x2): E p (1 - p) = 1/4 - 1/9 of 1/4 - 1/16
    {"yes_or_no", (1.0 / 4 - 1.0 / 9) / (1.0 / 4 - 1.0 / 16), [](double x1, double x2, double, double uniform) { return uniform < x1 * x2 ? 1.0 : 0.0; }},
    // x1 (1 + 2 N(0, 1)) + x2: 4/3 of 4/3 + 1/6
    {"strong", (4.0 / 3) / (4.0 / 3 + 1.0 / 6), [](double x1, double x2, double normal, double) { return x1 * (1 + 2 * normal) + x2; }},
};

std::vector<double> lucky_runs(const LuckyModel& model, std::size_t replicates, Pairing pairing, std::uint64_t seed) {
    constexpr std::size_t points = 64;
    KeyedDraws draws(seed, 7);
    const auto uniform = [&] { return open_uniform(unit_uniform(draws.bits())); };
    std::vector<double> luck(replicates);
    std::vector<double> y;
    for (std::size_t p = 0; p < points; ++p) {
        const double x1 = uniform();
        const double x2 = uniform();
        if (p == 0 || pairing == Pairing::unpaired)
            for (double& u : luck) u = uniform();
        for (const double u : luck) y.push_back(model.y(x1, x2, normal_quantile(u), u));
    }
    return y;
}

double coverage(const LuckyModel& model, std::size_t replicates, Pairing pairing) {
    int held = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const Interval around = replicate_noise(lucky_runs(model, replicates, pairing, seed), replicates, pairing)->share_interval;
        held += around.low <= model.share && model.share <= around.high ? 1 : 0;
    }
    return held / 200.0;
}

TEST(Noise, has_intervals_that_hold_the_share_as_often_as_they_say) {
    for (const LuckyModel& model : lucky_models) {
        for (const std::size_t replicates : {4U, 8U, 16U, 32U}) EXPECT_GE(coverage(model, replicates, Pairing::paired), 0.9) << model.name << ' ' << replicates;
        for (const std::size_t replicates : {2U, 8U}) EXPECT_GE(coverage(model, replicates, Pairing::unpaired), 0.9) << model.name << ' ' << replicates;
    }
}

TEST(Noise, is_told_well_enough_by_the_replicates_that_are_advised) {
    const auto mean_width = [](std::size_t replicates, Pairing pairing) {
        double sum = 0;
        for (std::uint64_t seed = 0; seed < 100; ++seed) {
            const Interval around = replicate_noise(lucky_runs(lucky_models[0], replicates, pairing, seed), replicates, pairing)->share_interval;
            sum += (around.high - around.low) / 100;
        }
        return sum;
    };
    EXPECT_LT(mean_width(16, Pairing::paired), 0.36);
    EXPECT_GT(mean_width(4, Pairing::paired), 0.6);
    EXPECT_LT(mean_width(2, Pairing::unpaired), 0.3);
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
