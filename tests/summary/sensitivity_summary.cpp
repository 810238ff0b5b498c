// Scenarios that compute functions whose sensitivity is known in closed form: design, engine, folder and indices together.
#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include <scenes.hpp>

#include "../study_of.hpp"

namespace entente {
namespace {

const std::vector<std::string> three{"x1", "x2", "x3"};
const std::vector<std::string> four{"x1", "x2", "x3", "x4"};
const std::vector<std::string> six{"x1", "x2", "x3", "x4", "x5", "x6"};

const std::string ishigami_text = "sin(x1) + 7 * sin(x2) * sin(x2) + 0.1 * x3 * x3 * x3 * x3 * sin(x1)";
constexpr std::array ishigami_first{0.31390519114781146, 0.4424111447900409, 0.0};
constexpr std::array ishigami_total{0.5575888552099592, 0.4424111447900409, 0.2436836640621477};
constexpr double ishigami_variance = 13.844587940719254;

SensitivityPlan sobol(std::size_t samples, SecondOrder second_order = SecondOrder::no, Scramble scramble = Scramble::owen) {
    return {.samples = samples, .second_order = second_order, .scramble = scramble};
}
SensitivityPlan morris(std::size_t trajectories, int levels = 4) {
    return {.method = SensitivityMethod::morris, .samples = trajectories, .levels = levels};
}

TEST(SensitivityOfScenario, of_ishigami_is_that_in_closed_form) {
    const OutcomeSensitivity y = StudyOf(scenes::text("ishigami"), three, sobol(8192, SecondOrder::yes)).outcome("y");
    EXPECT_NEAR(y.mean, 3.5, 0.01);
    EXPECT_NEAR(y.variance, ishigami_variance, 0.1);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(y.sobol.first_saltelli[i].value, ishigami_first[i], 0.01);
        EXPECT_NEAR(y.sobol.first_jansen[i].value, ishigami_first[i], 0.01);
        EXPECT_NEAR(y.sobol.total[i].value, ishigami_total[i], 0.01);
    }
    EXPECT_NEAR(y.sobol.second[pair_number(0, 1, 3)].value, 0, 0.02);
    EXPECT_NEAR(y.sobol.second[pair_number(0, 2, 3)].value, 0.2436836640621477, 0.02);
    EXPECT_FALSE(y.noise) << "with one replicate nothing is known of it";
}

TEST(SensitivityOfScenario, of_ishigami_on_unscrambled_points_is_the_published_table) {
    const OutcomeSensitivity y = StudyOf(scenes::text("ishigami"), three, sobol(1024, SecondOrder::no, Scramble::none)).outcome("y");
    constexpr std::array first{.312845, .426168, -.002624};
    constexpr std::array total{.558179, .443285, .242149};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(y.sobol.first_jansen[i].value, first[i], 6e-6);
        EXPECT_NEAR(y.sobol.total[i].value, total[i], 1e-6);
    }
}

TEST(SensitivityOfScenario, of_groups_is_that_of_what_moves_together) {
    const StudyOf study(scenes::text("ishigami"), three, sobol(8192), 1, {"outer=x1,x3"});
    const OutcomeSensitivity y = study.outcome("y");
    EXPECT_EQ(study.design.groups.names, (std::vector<std::string>{"outer", "x2"}));
    EXPECT_EQ(study.design.points.size(), 8192U * 4);
    EXPECT_NEAR(y.sobol.total[0].value, 0.557588855, 0.01);
    EXPECT_NEAR(y.sobol.total[1].value, 0.442411145, 0.01);
}

TEST(SensitivityOfScenario, of_the_g_function_is_that_in_closed_form) {
    const OutcomeSensitivity y = StudyOf(scenes::text("g_function"), six, sobol(8192)).outcome("y");
    constexpr std::array a{0.0, .5, 3.0, 9.0, 99.0, 99.0};
    double product = 1;
    for (const double ai : a) product *= 1 + 1 / (3 * (1 + ai) * (1 + ai));
    EXPECT_NEAR(y.mean, 1, 0.01);
    for (std::size_t i = 0; i < 6; ++i) {
        const double share = 1 / (3 * (1 + a[i]) * (1 + a[i]));
        EXPECT_NEAR(y.sobol.first_saltelli[i].value, share / (product - 1), 0.01);
        EXPECT_NEAR(y.sobol.first_jansen[i].value, share / (product - 1), 0.01);
        EXPECT_NEAR(y.sobol.total[i].value, share * product / (1 + share) / (product - 1), 0.01);
    }
}

TEST(SensitivityOfScenario, of_a_sum_are_its_weights) {
    const OutcomeSensitivity shares = StudyOf(scenes::text("weighted_sum"), four, sobol(4096)).outcome("y");
    const OutcomeSensitivity effects = StudyOf(scenes::text("weighted_sum"), four, morris(10, 2)).outcome("y");
    for (std::size_t k = 0; k < 4; ++k) {
        const double weight = static_cast<double>(k + 1);
        EXPECT_NEAR(shares.sobol.total[k].value, weight * weight / 30, 0.001);
        EXPECT_EQ(effects.morris.groups[k].mu, weight);
        EXPECT_EQ(effects.morris.groups[k].mu_star.value, weight);
        EXPECT_EQ(effects.morris.groups[k].sigma, 0);
    }
    EXPECT_EQ(ranked_groups(effects, StudyOf(scenes::text("weighted_sum"), four, morris(1)).design),
              (std::vector<std::size_t>{3, 2, 1, 0}));
}

TEST(SensitivityOfScenario, ishigamis_second_effect_is_one_and_the_same_everywhere) {
    for (const std::size_t trajectories : {1, 7, 64})
        EXPECT_NEAR(StudyOf(scenes::text("ishigami"), three, morris(trajectories)).outcome("y").morris.groups[1].mu_star.value, 7.875,
                    1e-12);
}

// -- noise --------------------------------------------------------------------------------------------------------------------------------

/// Every replicate draws alike at every point: what is added to all cancels where points are compared.
TEST(SensitivityOfScenario, luck_that_all_points_share_is_noise_of_runs_and_not_of_means) {
    const std::string sd = std::to_string(std::sqrt(ishigami_variance));
    const std::string noisy = scenes::text("ishigami", {{"* sin(x1)\n", "* sin(x1) + normal(0, " + sd + ")\n"}});
    const OutcomeSensitivity y = StudyOf(noisy, three, sobol(256), 256).outcome("y");
    const OutcomeSensitivity without = StudyOf(scenes::text("ishigami"), three, sobol(256)).outcome("y");
    ASSERT_TRUE(y.noise);
    EXPECT_NEAR(y.noise->share, 0.5, 4 * 0.022);  // of a variance of 256 normal draws
    EXPECT_NEAR(y.noise->share_of_means, 0, 1e-12);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(y.sobol.total[i].value, without.sobol.total[i].value, 1e-9);
}

/// y = x1 + 4 sin(huge x2 z): as good as a draw of its own at every point and replicate, of variance s^2 = 8, beside x1 of variance 1. Of a
/// run's variance s^2 / (1 + s^2) is noise, of that of means over R replicates (s^2 / R) / (1 + s^2 / R).
TEST(SensitivityOfScenario, luck_that_acts_unlike_at_different_points_is_noise_of_means_too) {
    const std::string noisy = scenes::text("ishigami", {{ishigami_text, "x1 + 4 * sin(12345678 * x2 * normal())"}});
    const OutcomeSensitivity y = StudyOf(noisy, {"x1=-1.7320508075688772:1.7320508075688772", "x2=1:2"}, sobol(1024), 8).outcome("y");
    ASSERT_TRUE(y.noise);
    EXPECT_NEAR(y.noise->share, 8.0 / 9, 0.01);
    EXPECT_NEAR(y.noise->share_of_means, 0.5, 0.04);
    EXPECT_NEAR(y.variance, 2, 0.1);
    EXPECT_NEAR(y.sobol.total[0].value, 0.5, 0.05);
    EXPECT_NEAR(y.sobol.total[1].value, 0.5, 0.05) << "noise counts as an effect of what moves";
    EXPECT_FALSE(y.is_noise());
}

TEST(SensitivityOfScenario, what_is_chance_alone_is_told_from_what_never_varies) {
    const std::string wild = scenes::text("ishigami", {{ishigami_text, "sin(12345678 * x1 * normal())"}});
    const OutcomeSensitivity chance = StudyOf(wild, three, sobol(256), 8).outcome("y");
    EXPECT_EQ(chance.variation, Variation::noise);
    EXPECT_TRUE(chance.is_noise());
    EXPECT_GT(chance.noise->share_of_means, 0.88);

    const std::string constant = scenes::text("ishigami", {{ishigami_text, "7 + 0 * x1 * x2 * x3"}});
    const OutcomeSensitivity never = StudyOf(constant, three, sobol(64), 4).outcome("y");
    EXPECT_EQ(never.variation, Variation::constant);
    EXPECT_FALSE(never.is_noise());
}

}  // namespace
}  // namespace entente
