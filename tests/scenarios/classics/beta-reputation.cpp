// Jøsang and Ismail's formulas (2002): expectation (r + 1) / (r + s + 2), rating (r - s) / (r + s + 2), forgetting
// r' = lambda r + new, discounting r = 2 r_XY r_YT / ((s_XY + 2)(r_YT + s_YT + 2) + 2 r_XY).
#include <cmath>

#include <gtest/gtest.h>

#include "classic.hpp"

namespace entente::test {
namespace {

double at(const Results& results, const std::string& measure, int tick) { return series(results, measure)[static_cast<std::size_t>(tick)]; }

TEST(BetaReputation, forgets_as_a_geometric_series) {
    const Results results = run(classic("beta-reputation"));
    for (int tick = 0; tick < 10; ++tick) EXPECT_NEAR(at(results, "good", tick), (1 - std::pow(0.9, tick + 1)) / 0.1, 1e-12);
    EXPECT_NEAR(at(results, "good", 9), 6.513215599, 1e-12);
    EXPECT_NEAR(at(results, "buyers_trust", 9), 7.513215599 / 8.513215599, 1e-12);  // 0.8825355
}

TEST(BetaReputation, of_constant_good_experience_nears_its_steady_state) {
    Scenario scenario = with_variant(classic("beta-reputation"), "faithful");
    scenario.calendar = Calendar::undated(400);
    const Results results = run(scenario);
    EXPECT_NEAR(at(results, "good", 399), 10, 1e-12);  // 1 / (1 - lambda)
    EXPECT_EQ(at(results, "bad", 399), 0);
    EXPECT_NEAR(at(results, "buyers_trust", 399), 11.0 / 12, 1e-12);
}

TEST(BetaReputation, counts_all_where_nothing_is_forgotten) {
    const Results results = run(with_variant(classic("beta-reputation"), "unforgetting"));
    EXPECT_NEAR(at(results, "good", 39), 39, 1e-12);
    EXPECT_NEAR(at(results, "bad", 39), 1, 1e-12);
    EXPECT_NEAR(at(results, "buyers_trust", 39), 40.0 / 42, 1e-12);
    EXPECT_NEAR(at(results, "buyers_rating", 39), 38.0 / 42, 1e-12);
}

TEST(BetaReputation, gives_the_papers_examples) {
    const auto of = [](double good, double bad) {
        Scenario scenario = classic("beta-reputation");
        scenario = with_setting(scenario, "experience[buyer, seller].good=" + std::to_string(good));
        scenario = with_setting(scenario, "experience[buyer, seller].bad=" + std::to_string(bad));
        scenario = with_setting(scenario, "experience[buyer, seller].meets=0");
        const Results results = run(scenario);
        return std::pair(at(results, "buyers_trust", 0), at(results, "buyers_rating", 0));
    };
    EXPECT_NEAR(of(0, 0).first, 0.5, 1e-12);
    EXPECT_NEAR(of(0, 0).second, 0, 1e-12);
    EXPECT_NEAR(of(7, 1).first, 0.8, 1e-12);
    EXPECT_NEAR(of(7, 1).second, 0.6, 1e-12);
    EXPECT_NEAR(of(8, 2).first, 0.75, 1e-12);
    EXPECT_NEAR(of(8, 2).second, 0.5, 1e-12);
}

TEST(BetaReputation, discounts_hearsay_and_trusts_it_less_than_the_witness_does) {
    const Results results = run(classic("beta-reputation"));
    for (int tick = 0; tick < 40; ++tick) {
        const double good = at(results, "good", tick);
        const double bad = at(results, "bad", tick);
        const double below = (1 + 2) * (good + bad + 2) + 2 * 7;  // the newcomer's own experience with the buyer is 7 good, 1 bad
        const double heard_good = 2 * 7 * good / below;
        const double heard_bad = 2 * 7 * bad / below;
        EXPECT_NEAR(at(results, "newcomers_trust", tick), (heard_good + 1) / (heard_good + heard_bad + 2), 1e-12);
        EXPECT_LT(std::abs(at(results, "newcomers_trust", tick) - 0.5), std::abs(at(results, "buyers_trust", tick) - 0.5));
    }
}

}  // namespace
}  // namespace entente::test
