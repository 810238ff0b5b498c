#include <entente/study/arrival_values.hpp>

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace entente {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsNan;

using Arrivals = std::vector<Arrival>;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Weeks in remission of leukaemia under mercaptopurine, Freireich et al. (1963), as in Cox & Oakes (1984), Table 1.1.
const Arrivals remissions{{6, true},   {6, true},   {6, true},   {6, false},  {7, true},   {9, false},  {10, true},
                          {10, false}, {11, false}, {13, true},  {16, true},  {17, false}, {19, false}, {20, false},
                          {22, true},  {23, true},  {25, false}, {32, false}, {32, false}, {34, false}, {35, false}};

TEST(ArrivalValues, are_the_runs_own_where_nothing_is_hidden) {
    const Arrivals arrivals{{2, true}, {10, false}, {7, true}, {12, true}, {15, false}, {nan, true}};
    EXPECT_THAT(came_by(std::span(arrivals).first(5), 10), ElementsAre(1, 0, 1, 0, 0));
    EXPECT_THAT(restricted_times(std::span(arrivals).first(5), 10), ElementsAre(2, 10, 7, 10, 10));
    EXPECT_THAT(came_by(arrivals, 10)[5], IsNan());
}

/// 1 - pseudo(survfit(Surv(t, s) ~ 1), times = 30) of R's survival 3.5-3.
TEST(ArrivalValues, of_shares_are_the_pseudo_values_of_R) {
    const std::vector<double> expected{1,
                                       1,
                                       1,
                                       0.477124183006536,
                                       1.03075740099962,
                                       0.442522106881969,
                                       1.06997308727413,
                                       0.3977041797111,
                                       0.3977041797111,
                                       1.1820179052013,
                                       1.1820179052013,
                                       0.240841434613061,
                                       0.240841434613061,
                                       0.240841434613061,
                                       1.58537924973911,
                                       1.58537924973911,
                                       -0.296973691437359,
                                       -0.296973691437359,
                                       -0.296973691437359,
                                       -0.296973691437359,
                                       -0.296973691437359};
    const auto found = came_by(remissions, 30);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], 1e-13) << i;
    EXPECT_NEAR(mean(found), 0.551820728291317, 1e-14) << "1 - summary(survfit(Surv(t, s) ~ 1), times = 30)$surv";
}

/// pseudo(survfit(Surv(t, s) ~ 1), times = 30, type = "rmst") of R's survival 3.5-3.
TEST(ArrivalValues, of_times_are_the_pseudo_values_of_R) {
    const std::vector<double> expected{6,
                                       6,
                                       6,
                                       23.5542483660131,
                                       6.02622068435217,
                                       24.6497500961169,
                                       8.17288735101884,
                                       25.8266688636239,
                                       25.8266688636239,
                                       9.18353160872192,
                                       13.1364727851925,
                                       28.7600021969572,
                                       28.7600021969572,
                                       28.7600021969572,
                                       17.7347921129236,
                                       19.6171450541001,
                                       32.7936156423354,
                                       32.7936156423354,
                                       32.7936156423354,
                                       32.7936156423354,
                                       32.7936156423354};
    const auto found = restricted_times(remissions, 30);
    ASSERT_EQ(found.size(), expected.size());
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], expected[i], 1e-12) << i;
    EXPECT_NEAR(mean(found), 21.04649859943977, 1e-13) << "summary(survfit(Surv(t, s) ~ 1), rmean = 30)$table";
}

TEST(ArrivalValues, are_missing_where_no_run_was_watched_to_the_horizon) {
    const Arrivals lost{{2, true}, {5, false}, {4, false}};
    EXPECT_THAT(came_by(lost, 10), Each(IsNan()));
    EXPECT_THAT(restricted_times(lost, 10), Each(IsNan()));
    EXPECT_THAT(came_by(Arrivals{{-1, false}}, 10), Each(IsNan())) << "failed in the first tick";
    EXPECT_THAT(came_by(Arrivals{{2, true}, {1, false}}, 10), ElementsAre(1, 1)) << "in all that were left it came";
}

/// Half come in the second year, and four in five of them fail; no other run fails.
TEST(ArrivalValues, do_not_hang_on_failures_after_the_date) {
    const Arrivals arrivals{{2, true}, {2, true}, {10, false}, {10, false}};
    EXPECT_EQ(mean(came_by(arrivals, 10)), 0.5);
}

/// All that wait at tick 5 fail with chance 1/2, whatever would come: one half of those watched to the end has it.
TEST(ArrivalValues, take_runs_that_failed_for_like_those_that_were_waiting_too) {
    const Arrivals arrivals{{2, true}, {2, true}, {5, false}, {5, false}, {8, true}, {10, false}};
    EXPECT_NEAR(mean(came_by(arrivals, 10)), 1.0 / 3 + 2.0 / 3 / 2, 1e-15);
    EXPECT_NEAR(mean(restricted_times(arrivals, 10)), 2.0 / 3 + 2.0 / 3 * (8 + 10) / 2, 1e-14);
}

RC_GTEST_PROP(ArrivalValues, have_the_curves_share_for_their_mean, (const std::vector<std::pair<unsigned, bool>>& drawn)) {
    Arrivals arrivals{{10, false}};
    for (const auto& [time, came] : drawn) arrivals.push_back({static_cast<double>(time % 11) - 1, came && time % 11 > 0});
    const auto curve = kaplan_meier(arrivals);
    RC_ASSERT(std::abs(mean(came_by(arrivals, 10)) - (curve.empty() ? 0 : curve.back().share)) < 1e-12);
    double waited = 10;
    for (const ArrivalStep& step : curve)
        waited -= (step.share - (&step == curve.data() ? 0 : (&step - 1)->share)) * (10 - step.time);
    RC_ASSERT(std::abs(mean(restricted_times(arrivals, 10)) - waited) < 1e-11);
}

}  // namespace
}  // namespace entente
