// Tests: normal_quantile.
#include <entente/base/statistics.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace entente {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
using Sample = std::vector<double>;

TEST(Statistics, quantiles_lie_between_order_statistics) {
    const Sample sample{40, 10, 30, 20};  // type 7: position 3p in 10 20 30 40
    EXPECT_DOUBLE_EQ(quantile(sample, 0), 10);
    EXPECT_DOUBLE_EQ(quantile(sample, 1), 40);
    EXPECT_DOUBLE_EQ(quantile(sample, 0.5), 25);
    EXPECT_DOUBLE_EQ(quantile(sample, 0.05), 11.5);
    EXPECT_EQ(quantiles(sample, Sample{0, 1.0 / 3, 0.5}), (Sample{10, 20, 25}));
    EXPECT_DOUBLE_EQ(quantile(Sample{7}, 0.95), 7);
}

TEST(Statistics, missing_values_are_left_out) {
    const Sample sample{nan, 1, nan, 3};
    EXPECT_EQ(count_present(sample), 2u);
    EXPECT_DOUBLE_EQ(mean(sample), 2);
    EXPECT_DOUBLE_EQ(quantile(sample, 0.5), 2);
    EXPECT_DOUBLE_EQ(standard_deviation(sample), std::sqrt(2));
    EXPECT_DOUBLE_EQ(standard_error(sample), 1);
}

TEST(Statistics, too_little_to_tell_is_nan) {
    EXPECT_TRUE(std::isnan(mean({})));
    EXPECT_TRUE(std::isnan(quantile({}, 0.5)));
    EXPECT_TRUE(std::isnan(mean(Sample{nan})));
    EXPECT_TRUE(std::isnan(standard_deviation(Sample{1})));
    EXPECT_TRUE(std::isnan(standard_error(Sample{1})));
}

TEST(Statistics, infinite_values_are_left_out_and_counted) {
    const double inf = std::numeric_limits<double>::infinity();
    const Sample sample{1, inf, nan, 3, -inf};
    EXPECT_EQ(count_present(sample), 2u);
    EXPECT_EQ(count_infinite(sample), 2u);
    EXPECT_EQ(mean(sample), 2);
    EXPECT_DOUBLE_EQ(standard_deviation(sample), std::sqrt(2));
    EXPECT_EQ(quantiles(sample, Sample{0, 0.5, 1}), (Sample{1, 2, 3}));
    EXPECT_TRUE(std::isnan(mean(Sample{inf, inf})));
    EXPECT_TRUE(std::isnan(quantile(Sample{inf}, 0.5)));
}

TEST(Statistics, what_never_varies_has_no_spread_and_what_hardly_does_has) {
    for (const double value : {192.53, 0.1, 1e-300, 1e300, -7.3}) {
        const Sample same(7, value);
        EXPECT_EQ(mean(same), value);
        EXPECT_EQ(standard_deviation(same), 0);
        EXPECT_FALSE(varies(same));
    }
    EXPECT_FALSE(varies({}));
    EXPECT_FALSE(varies(Sample{nan, 2, std::numeric_limits<double>::infinity()}));
    EXPECT_TRUE(varies(Sample{nan, 192.53, 192.53 + 1e-13}));
    EXPECT_NEAR(standard_deviation(Sample{1e9 + 0.001, 1e9 + 0.002, 1e9 + 0.003}), 0.001, 1e-7);
    EXPECT_DOUBLE_EQ(standard_deviation(Sample{1e-200, 2e-200, 3e-200}), 1e-200);
    EXPECT_DOUBLE_EQ(standard_deviation(Sample{1e200, 2e200, 3e200}), 1e200);
}

TEST(Statistics, standard_deviation_of_a_case_by_hand) {
    EXPECT_DOUBLE_EQ(standard_deviation(Sample{2, 4, 4, 4, 5, 5, 7, 9}), std::sqrt(32.0 / 7));
}

TEST(Statistics, wilsons_interval_of_a_case_by_hand) {
    // 10 of 100: (0.1 + z²/200 ± z sqrt(0.1·0.9/100 + z²/40000)) / (1 + z²/100), z² = 3.841459
    const Interval interval = wilson_interval(10, 100);
    EXPECT_NEAR(interval.low, 0.0552291, 1e-7);
    EXPECT_NEAR(interval.high, 0.1743657, 1e-7);
    EXPECT_EQ(wilson_interval(0, 50).low, 0);
    EXPECT_NEAR(wilson_interval(0, 50).high, 3.841459 / 53.841459, 1e-7);
    EXPECT_EQ(wilson_interval(50, 50).high, 1);
    EXPECT_EQ(wilson_interval(0, 0).high, 1);
}

/// Maintained group of the leukaemia trial in Miller (1997), Survival Analysis, as in R's survival::aml.
const std::vector<Arrival> leukaemia{{9, true},  {13, true}, {13, false}, {18, true}, {23, true},  {28, false},
                                     {31, true}, {34, true}, {45, false}, {48, true}, {161, false}};

TEST(KaplanMeier, the_published_curve_of_the_leukaemia_trial) {
    const auto curve = kaplan_meier(leukaemia);
    const Sample times{9, 13, 18, 23, 31, 34, 48};
    const Sample survival{0.909, 0.818, 0.716, 0.614, 0.491, 0.368, 0.184};
    const Sample low{0.5081, 0.4474, 0.3502, 0.2658, 0.1673, 0.0928, 0.0117};  // of survival, log-log, as R prints it
    const Sample high{0.987, 0.951, 0.899, 0.835, 0.753, 0.657, 0.525};
    ASSERT_EQ(curve.size(), times.size());
    for (std::size_t i = 0; i < times.size(); ++i) {
        EXPECT_EQ(curve[i].time, times[i]);
        EXPECT_NEAR(1 - curve[i].share, survival[i], 5e-4);
        EXPECT_NEAR(1 - curve[i].interval.high, low[i], 5e-4);
        EXPECT_NEAR(1 - curve[i].interval.low, high[i], 1e-3);
    }
    EXPECT_EQ(curve[1].at_risk, 10u);
    EXPECT_EQ(curve[1].came, 1u);
}

TEST(KaplanMeier, without_censoring_the_curve_is_the_share_come) {
    const auto curve = kaplan_meier(std::vector<Arrival>{{1, true}, {1, true}, {2, true}, {4, true}});
    ASSERT_EQ(curve.size(), 3u);
    EXPECT_DOUBLE_EQ(curve[0].share, 0.5);
    EXPECT_DOUBLE_EQ(curve[1].share, 0.75);
    EXPECT_DOUBLE_EQ(curve[2].share, 1);
    EXPECT_EQ(curve[2].interval.low, curve[1].interval.low);
    EXPECT_EQ(curve[2].interval.high, 1);
}

TEST(KaplanMeier, a_thing_that_never_came_has_no_steps) {
    EXPECT_TRUE(kaplan_meier(std::vector<Arrival>{{5, false}, {5, false}}).empty());
    EXPECT_TRUE(kaplan_meier({}).empty());
}

}  // namespace
}  // namespace entente
