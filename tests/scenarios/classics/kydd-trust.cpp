// Kydd's Bayesian trust: after k acts of cooperation out of n the odds of trustworthiness are those of the prior times
// (q / p)^k ((1 - q) / (1 - p))^(n - k), in whatever order, with q and p the chances that either type cooperates.
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include <entente/base/statistics.hpp>

#include "classic.hpp"

namespace entente::test {
namespace {

double posterior(double prior, int acts, int ticks, double q = 0.9, double p = 0.2) {
    const double odds = prior / (1 - prior) * std::pow(q / p, acts) * std::pow((1 - q) / (1 - p), ticks - acts);
    return odds / (1 + odds);
}

TEST(KyddTrust, is_the_posterior_of_the_acts_seen) {
    const Results results = run(classic("kydd-trust"), {.runs = 2000});
    const auto beliefs = final_values(results, "belief");
    const auto acts = final_values(results, "acts");
    for (std::size_t r = 0; r < beliefs.size(); ++r) EXPECT_NEAR(beliefs[r], posterior(0.3, static_cast<int>(acts[r]), 12), 1e-12) << "run " << r;
}

TEST(KyddTrust, rises_and_falls_as_worked_by_hand) {
    const Results results = run(with_variant(classic("kydd-trust"), "three_gestures"), {.runs = 1});
    const auto belief = series(results, "belief");
    EXPECT_NEAR(belief[0], 0.6585365853658537, 1e-12);
    EXPECT_NEAR(belief[2], 0.9750334373606777, 1e-12);
    EXPECT_NEAR(belief[3], posterior(0.3, 3, 4), 1e-12);
    const Results silent = run(with_setting(classic("kydd-trust"), "state[other].propensity=0"), {.runs = 1});
    EXPECT_NEAR(series(silent, "belief")[0], 0.050847457627118647, 1e-12);
}

TEST(KyddTrust, makes_cooperation_worth_the_risk_from_two_thirds_on) {
    const Results results = run(with_variant(classic("kydd-trust"), "three_gestures"), {.runs = 1});
    EXPECT_EQ(final_values(results, "willing")[0], 1);  // 0.659 after the first gesture, 0.897 after the second; m = 2/3
    const auto willing = [](const std::string& trust) {
        const Scenario silent = with_variant(with_setting(classic("kydd-trust"), "prior_trust=" + trust), "cheap_talk");
        return final_values(run(silent, {.runs = 1}), "worth_the_risk")[0];
    };
    EXPECT_EQ(willing("0.6666"), 0);
    EXPECT_EQ(willing("0.6667"), 1);
}

TEST(KyddTrust, is_right_on_the_average) {
    const Results results = run(classic("kydd-trust"), {.runs = 4000});
    const auto trustworthy = final_values(results, "trustworthy");
    const auto runs = trustworthy.size();
    const std::vector<double> series_of_beliefs = series(results, "belief");
    for (const std::size_t tick : {0UL, 2UL, 11UL}) {
        std::vector<double> errors;
        for (std::size_t r = 0; r < runs; ++r) errors.push_back(series_of_beliefs[12 * r + tick] - trustworthy[r]);
        EXPECT_LT(std::abs(mean(errors)), 3 * standard_error(errors)) << "after tick " << tick;
    }
    std::vector<double> beliefs = final_values(results, "belief");
    EXPECT_NEAR(mean(beliefs), 0.3, 3 * standard_error(beliefs));  // a martingale
}

TEST(KyddTrust, does_not_move_by_cheap_talk_or_from_certainty) {
    for (const double belief : series(run(with_variant(classic("kydd-trust"), "cheap_talk"), {.runs = 50}), "belief")) EXPECT_NEAR(belief, 0.3, 1e-12);
    for (const double belief : series(run(with_setting(classic("kydd-trust"), "prior_trust=0"), {.runs = 50}), "belief")) EXPECT_EQ(belief, 0);
    for (const double belief : series(run(with_setting(classic("kydd-trust"), "prior_trust=1"), {.runs = 50}), "belief")) EXPECT_EQ(belief, 1);
}

}  // namespace
}  // namespace entente::test
