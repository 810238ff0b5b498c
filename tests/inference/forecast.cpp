// Tests: weighted_points.
// Distributions of numbers and dates, and records, by hand and against R 4.2.2.
#include <cmath>
#include <vector>

#include <gmock/gmock.h>

#include <entente/inference/forecast.hpp>
#include <entente/inference/weighted_points.hpp>

#include "forms.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::IsNan;

// -- numbers ------------------------------------------------------------------------------------------------------------------------------

TEST(WeightedPoints, are_in_order_and_different) {
    const WeightedPoints points = weighted_points({.values = {3, nan, 1, 3}, .weights = {1, 5, 2, 1}, .sd = 3}, 4);
    EXPECT_THAT(points.values, ElementsAre(1, 3));
    EXPECT_THAT(points.weights, ElementsAre(0.5, 0.5));
    EXPECT_DOUBLE_EQ(points.concentration, 0.25 + 2.0 / 16) << "of the three members";
    EXPECT_EQ(points.sd, 5);
    EXPECT_THAT(weighted_points({.values = {1, 2}, .weights = {0, 3}}, 0).values, ElementsAre(2));
    EXPECT_THAT(weighted_points({.values = {nan}}, 0).values, IsEmpty());
}

TEST(NumberForecast, has_chances_that_step_at_its_values) {
    const NumberForecast forecast{.values = {4, 1, 2, 2}, .weights = {1, 2, 3, 4}};
    EXPECT_EQ(chance_at_most(forecast, 0.5), 0);
    EXPECT_DOUBLE_EQ(chance_below(forecast, 2), 0.2);
    EXPECT_DOUBLE_EQ(chance_at_most(forecast, 2), 0.9);
    EXPECT_EQ(chance_at_most(forecast, 4), 1);
    EXPECT_THAT(chance_at_most({.values = {}}, 1), IsNan());
}

/// F <- function(t) sum(w * pnorm((t - x) / 0.8)); uniroot(function(t) F(t) - 0.05, c(-10, 20), tol = 1e-14).
TEST(NumberForecast, with_sd_has_the_chances_and_quantiles_of_R) {
    const NumberForecast forecast{.values = seven, .weights = seven_weights};
    EXPECT_NEAR(chance_at_most(forecast, 2.7, 0.8), 0.5947475218595656, 1e-14);
    EXPECT_EQ(chance_at_most(forecast, 2.7, 0.8), chance_below(forecast, 2.7, 0.8));
    const Interval ninety = central_interval(forecast, 0.9, 0.8);
    EXPECT_NEAR(ninety.low, -0.7168593154442663, 1e-12);
    EXPECT_NEAR(ninety.high, 7.276455281316753, 1e-12);
    EXPECT_NEAR(quantile(NumberForecast{.values = {14}, .sd = 2}, 0.975), 14 + 2 * 1.959963984540054, 1e-13);
}

/// quantile(x, c(.05, .95), type = 7).
TEST(NumberForecast, of_equal_weights_has_the_quantiles_of_R) {
    const Interval ninety = central_interval({.values = seven}, 0.9);
    EXPECT_NEAR(ninety.low, -0.19, 1e-14);
    EXPECT_NEAR(ninety.high, 6.725, 1e-14);
}

TEST(NumberForecast, of_weights_has_the_smallest_value_that_suffices) {
    const NumberForecast forecast{.values = {1, 2, 4}, .weights = {1, 2, 1}};
    EXPECT_EQ(quantile(forecast, 0.2), 1);
    EXPECT_EQ(quantile(forecast, 0.25), 1);
    EXPECT_EQ(quantile(forecast, 0.26), 2);
    EXPECT_EQ(quantile(forecast, 0.99), 4);
    EXPECT_THAT(quantile(NumberForecast{.values = {nan}}, 0.5), IsNan());
    EXPECT_THAT(quantile(NumberForecast{.values = {1}, .sd = nan}, 0.5), IsNan());
}

// -- dates --------------------------------------------------------------------------------------------------------------------------------

TEST(DateForecast, counts_runs_in_which_it_came) {
    const DateForecast forecast =
        date_forecast(std::vector<Arrival>{{7, true}, {3, true}, {7, true}, {12, true}, {10, false}, {nan, true}}, {0, 10});
    EXPECT_THAT(forecast.times, ElementsAre(3, 7));
    EXPECT_THAT(forecast.by, ElementsAre(0.2, 0.6));
    EXPECT_DOUBLE_EQ(forecast.concentration, 0.2);
    EXPECT_EQ(chance_by(forecast, 2.9), 0);
    EXPECT_EQ(chance_by(forecast, 3), 0.2);
    EXPECT_EQ(chance_before(forecast, 7), 0.2);
    EXPECT_EQ(chance_by(forecast, 10), 0.6) << "what came at 12 is beyond the horizon";
}

TEST(DateForecast, takes_dates_before_the_origin_for_come) {
    const DateForecast forecast = date_forecast(std::vector<Arrival>{{1, true}, {5, true}, {8, true}, {10, false}}, {5, 10});
    EXPECT_THAT(forecast.times, ElementsAre(5, 8));
    EXPECT_THAT(forecast.by, ElementsAre(0.5, 0.75));
}

const std::vector<Arrival> twelve{{2, true},  {2, true},  {5, true},  {7, true},  {10, false}, {10, false},
                                  {4, false}, {4, false}, {0, false}, {2, false}, {8, true},   {6, true}};

/// 1 - survfit(Surv(time, came) ~ 1)$surv of R's survival 3.5-3, and with weights = c(1, 2, 1, .5, 1, 1, 2, 1, 1, 3, 1, 1).
TEST(DateForecast, with_runs_that_failed_is_the_curve_of_R) {
    const DateForecast forecast = date_forecast(twelve, {0, 10});
    const std::vector<double> expected{0.1818181818181818, 0.3181818181818181, 0.4545454545454545, 0.5909090909090908, 0.7272727272727273};
    EXPECT_THAT(forecast.times, ElementsAre(2, 5, 6, 7, 8));
    EXPECT_THAT(forecast.by, testing::Pointwise(testing::DoubleEq(), expected));

    const std::vector<double> weights{1, 2, 1, 0.5, 1, 1, 2, 1, 1, 3, 1, 1};
    const DateForecast weighted = date_forecast(twelve, {0, 10}, weights);
    const std::vector<double> expected_weighted{0.2068965517241379, 0.3510971786833856, 0.4952978056426333, 0.5673981191222570,
                                                0.7115987460815048};
    EXPECT_THAT(weighted.by, testing::Pointwise(testing::DoubleNear(1e-14), expected_weighted));
    EXPECT_NEAR(weighted.concentration, (8 + 4 + 4 + 9 + 0.25) / (15.5 * 15.5), 1e-15);
}

TEST(DateForecast, is_not_known_where_no_run_was_watched) {
    const DateForecast forecast = date_forecast(std::vector<Arrival>{{2, true}, {5, false}, {4, false}}, {0, 10});
    EXPECT_NEAR(chance_by(forecast, 4.9), 1.0 / 3, 1e-15);
    EXPECT_THAT(chance_by(forecast, 5), IsNan());
    EXPECT_THAT(chance_by(forecast, 10), IsNan());
    EXPECT_THAT(chance_by(date_forecast({}, {0, 10}), 4), IsNan());
}

TEST(DateForecast, is_one_where_all_came_that_did_not_fail) {
    const std::vector<double> weights{0.1, 0.7, 0.2, 0.3};
    const DateForecast forecast = date_forecast(std::vector<Arrival>{{2, true}, {3, false}, {7, true}, {8, true}}, {0, 10}, weights);
    EXPECT_EQ(chance_by(forecast, 8), 1);
    EXPECT_LT(chance_by(forecast, 7), 1);
}

TEST(Partition, has_a_cell_for_never) {
    const DateForecast forecast = date_forecast(std::vector<Arrival>{{1, true}, {3, true}, {4, true}, {8, true}, {9, false}}, {2, 9});
    const std::vector<double> edges{2, 3, 6, 9};
    EXPECT_THAT(partition(forecast, edges),
                ElementsAre(testing::DoubleEq(0.4), testing::DoubleEq(0.2), testing::DoubleEq(0.2), testing::DoubleEq(0.2)));
}

TEST(Partition, has_the_day_after_an_edge_in_the_next_cell) {
    const std::vector<double> edges{2, 3, 6, 9};
    const auto cells = [&](const DateRecord& record) {
        const Cells found = cells_of(record, edges);
        return std::pair(found.first, found.last);
    };
    EXPECT_EQ(cells(date_on(3)), std::pair(0ul, 0ul));
    EXPECT_EQ(cells(date_on(4)), std::pair(1ul, 1ul));
    EXPECT_EQ(cells(date_on(1)), std::pair(0ul, 0ul));
    EXPECT_EQ(cells(date_on(10)), std::pair(3ul, 3ul));
    EXPECT_EQ(cells(date_within(3, 7)), std::pair(0ul, 2ul));
    EXPECT_EQ(cells(not_come_by(6)), std::pair(2ul, 3ul));
    EXPECT_EQ(cells(not_come_by(9)), std::pair(3ul, 3ul));
}

}  // namespace
}  // namespace entente::test
