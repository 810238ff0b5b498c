// Baselines worked by hand and against R 4.2.2.
#include <cmath>
#include <vector>

#include <gmock/gmock.h>

#include <entente/inference/baselines.hpp>
#include <entente/inference/scores.hpp>

#include "forms.hpp"

namespace entente::test {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using testing::IsNan;

TEST(ConstantHazard, has_the_exposure_of_the_record_before_the_origin) {
    const std::vector<DateRecord> records{
        date_on(12),          // an event after 2
        date_within(13, 15),  // after 4, at the middle
        not_come_by(40),      // waited for all 10
        not_come_by(16),      // 6: later it is not known
        date_on(25),          // after the origin: 10
        date_within(17, 30),  // may have come before the origin: 7
        date_on(8),           // had come before
    };
    const Exposure exposure = exposure_before(records, 10, 20);
    EXPECT_EQ(exposure.events, 2);
    EXPECT_DOUBLE_EQ(exposure.time, 2 + 4 + 10 + 6 + 10 + 7);
    EXPECT_DOUBLE_EQ(constant_hazard(exposure), 2.5 / 39);
}

TEST(ConstantHazard, does_not_take_what_never_came_for_impossible) {
    EXPECT_DOUBLE_EQ(constant_hazard({.events = 0, .time = 4}), 0.125);
    EXPECT_THAT(constant_hazard({}), IsNan());
    EXPECT_THAT(constant_hazard(exposure_before({}, 0, 10)), IsNan());
}

/// One event in 4 years: 1.5 / 4 a year; by the half year 1 - exp(-0.1875).
TEST(ConstantHazard, gives_the_date_of_a_case_by_hand) {
    const double hazard = constant_hazard({.events = 1, .time = 4});
    const DateForecast forecast = constant_hazard_date(hazard, {10, 12}, std::vector<double>{10.5, 11, 12});
    EXPECT_THAT(forecast.by, ElementsAre(DoubleEq(1 - std::exp(-0.1875)), DoubleEq(1 - std::exp(-0.375)), DoubleEq(1 - std::exp(-0.75))));
    EXPECT_EQ(forecast.concentration, 0);
    EXPECT_DOUBLE_EQ(constant_hazard_chance(hazard, 2), forecast.by.back());
    // It came after 0.7 years: 0 to 0.5, by 0.5 0.17103, by 1 0.31271, of 2 years.
    const double a = 1 - std::exp(-0.1875);
    const double b = 1 - std::exp(-0.375);
    EXPECT_NEAR(date_score(forecast, date_on(10.7)).value, (0.2 * a * a + 0.3 * (1 - a) * (1 - a) + (1 - b) * (1 - b)) / 2, 1e-15);
}

TEST(ConstantHazard, is_unknown_where_nothing_was_waited_for) {
    const double unknown = constant_hazard({});
    EXPECT_THAT(date_score(constant_hazard_date(unknown, {0, 1}, grid({0, 1}, 4)), date_on(0.4)).value, IsNan());
    EXPECT_THAT(crps(constant_hazard_count(unknown, 3), 2), IsNan());
}

/// sum((ppois(0:400, 3.2) - (0:400 >= 5))^2), and of mean 1500 and 1620.
TEST(ConstantHazard, has_counts_whose_score_is_that_of_R) {
    EXPECT_NEAR(crps(constant_hazard_count(1.6, 2), 5), 1.161105187756316, 1e-12);
    EXPECT_NEAR(crps(constant_hazard_count(1500, 1), 1620), 98.17428909365204, 1e-8);
    EXPECT_NEAR(chance_at_most(constant_hazard_count(1.6, 2), 0), std::exp(-3.2), 1e-15);
    EXPECT_EQ(crps(constant_hazard_count(0, 2), 5), 5);
}

TEST(BaseRate, is_shrunk_by_half_an_event) {
    EXPECT_DOUBLE_EQ(base_rate(3, 9), 0.35);
    EXPECT_EQ(base_rate(0, 0), 0.5);
    EXPECT_GT(base_rate(0, 13), 0);
    EXPECT_LT(base_rate(13, 13), 1);
}

TEST(NothingChanges, is_certain) {
    EXPECT_EQ(crps(nothing_changes(7), 4.5), 2.5);
    EXPECT_EQ(chance_by(never_comes({0, 10}), 10), 0);
    EXPECT_EQ(pit(never_comes({0, 10}), not_come_by(10)).low, 0);
}

/// z <- c(12, 15, 9, 20, 14): mean(z), sd(z) * sqrt(1 + 1/5).
TEST(Climatology, has_mean_and_spread_of_the_values_before) {
    const std::vector<double> before{12, 15, 9, nan, 20, 14};
    const NumberForecast forecast = climatology(before);
    EXPECT_THAT(forecast.values, ElementsAre(DoubleEq(14)));
    EXPECT_DOUBLE_EQ(forecast.sd, 4.449719092257398);
    EXPECT_NEAR(crps(forecast, 21), 4.709819278285519, 1e-13);
    EXPECT_THAT(crps(climatology(std::vector<double>{12}), 21), IsNan());
    EXPECT_THAT(crps(climatology({}), 21), IsNan());
}

TEST(Climatology, without_a_form_is_the_values_before) {
    const std::vector<double> before{12, 15, nan, 9};
    EXPECT_DOUBLE_EQ(crps(past_values(before), 12), 2 - (3 * 2 + 3 * 2) / 9.0) << "plain: mean distance, less 2 (3 + 3 + 6) / (2 * 9)";
}

/// Changes 3, -6, 11: r = sqrt((9 + 36 + 121) / 3); after four steps twice as much.
TEST(LastValue, spreads_as_values_changed_before) {
    const NumberForecast forecast = last_value(std::vector<double>{12, 15, 9, 20}, 4);
    EXPECT_THAT(forecast.values, ElementsAre(20));
    EXPECT_DOUBLE_EQ(forecast.sd, 2 * std::sqrt(166.0 / 3));
    const NumberForecast with_gap = last_value(std::vector<double>{12, 15, nan, 9, 20, nan}, 1);
    EXPECT_THAT(with_gap.values, ElementsAre(20));
    EXPECT_DOUBLE_EQ(with_gap.sd, std::sqrt((9 + 121) / 2.0));
    EXPECT_EQ(crps(last_value(std::vector<double>{5, 5, 5}, 1), 7), 2) << "what never changed is certain";
    EXPECT_THAT(crps(last_value(std::vector<double>{5}, 1), 7), IsNan());
    EXPECT_THAT(crps(last_value({}, 1), 7), IsNan());
}

}  // namespace
}  // namespace entente::test
