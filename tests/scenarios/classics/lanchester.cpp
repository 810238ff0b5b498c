// Lanchester's laws against their invariants, their closed forms and the battle for Iwo Jima.
//
// Under the square law Euler steps of h multiply b x^2 - a y^2 by 1 - a b h^2 each: what the flow leaves alone shrinks by so much.
// Under the linear law they leave b x - a y alone, as the flow does.
#include <cmath>

#include <gtest/gtest.h>

#include "classic.hpp"

namespace entente::test {
namespace {

constexpr double h = 0.05;  // days

struct Battle {
    explicit Battle(const Scenario& scenario) : results(run(scenario)), red(series(results, "red")), blue(series(results, "blue")) {}
    double days_to_the_end() const {
        std::size_t tick = 0;
        while (blue.at(tick) > 0) ++tick;
        return h * static_cast<double>(tick + 1);
    }
    double red_after(double days) const { return red.at(static_cast<std::size_t>(std::lround(days / h)) - 1); }
    Results results;
    std::vector<double> red;
    std::vector<double> blue;
};

TEST(Lanchester, of_aimed_fire_keeps_the_difference_of_squares_but_for_the_step) {
    const Battle battle(classic("lanchester"));
    double difference = 10000.0 * 10000 - 6000.0 * 6000;
    for (std::size_t tick = 0; battle.blue[tick] > 0; ++tick) {
        difference *= 1 - 0.1 * 0.1 * h * h;
        const double now = battle.red[tick] * battle.red[tick] - battle.blue[tick] * battle.blue[tick];
        EXPECT_NEAR(now / difference, 1, 1e-12) << "after tick " << tick;
    }
}

/// sqrt(x0^2 - y0^2) = 8000 are left after atanh(y0 / x0) / a = 6.93 days; the step takes 14 of them and adds a tick or two.
TEST(Lanchester, of_aimed_fire_leaves_the_root_of_the_difference_of_squares) {
    const Battle battle(classic("lanchester"));
    EXPECT_NEAR(battle.red.back(), 8000, 20);
    EXPECT_NEAR(battle.days_to_the_end(), std::atanh(0.6) / 0.1, 2 * h);
}

TEST(Lanchester, of_fire_at_an_area_keeps_the_difference) {
    const Battle battle(with_variant(classic("lanchester"), "linear"));
    for (std::size_t tick = 0; tick < battle.red.size(); ++tick) EXPECT_NEAR(battle.red[tick] - battle.blue[tick], 4000, 1e-8);
    EXPECT_NEAR(battle.red.back(), 4000, 0.01);
}

/// y(t) = D y0 / (x0 exp(a D t) - y0) with D = x0 - y0.
TEST(Lanchester, of_fire_at_an_area_follows_its_closed_form_to_the_first_order_of_the_step) {
    const Battle battle(with_variant(classic("lanchester"), "linear"));
    for (const double days : {1.0, 2.0, 5.0}) {
        const double closed = 4000 * 6000 / (10000 * std::exp(1e-4 * 4000 * days) - 6000);
        EXPECT_NEAR((battle.red_after(days) - 4000) / closed, 1, 0.04) << "after " << days << " days";
    }
}

/// Engel's coefficients are a = (73,000 - 52,735) / 372,500 and b = 21,500 / 2,037,000: 52,735 fit for action on day 28, and nobody left of
/// the garrison on day 36.
TEST(Lanchester, of_Iwo_Jima_comes_near_what_was_recorded) {
    const Battle battle(with_variant(classic("lanchester"), "iwo_jima"));
    EXPECT_NEAR(battle.red_after(28), 52735, 0.01 * 52735);
    EXPECT_NEAR(battle.days_to_the_end(), 36, 1.5);
}

}  // namespace
}  // namespace entente::test
