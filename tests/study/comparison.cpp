// Tests: comparison_dates, pairing.
// Two alternatives compared: cases worked by hand, a published trial, and what swapping the two must do.
#include <entente/study/comparison.hpp>

#include <cmath>
#include <limits>
#include <vector>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

namespace entente::test {
namespace {

using Sample = std::vector<double>;
using Arrivals = std::vector<Arrival>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// -- differences --------------------------------------------------------------------------------------------------------------------------

TEST(Difference, of_pairs_worked_by_hand) {
    // b - a = 1 3 2 2: mean 2, sd sqrt(2/3), error sqrt(1/6), t with 3 degrees at 97.5 % = 3.182446
    const Difference found = difference(Sample{1, 2, 4, 5}, Sample{2, 5, 6, 7}, Pairing::paired);
    EXPECT_EQ(found.pairing, Pairing::paired);
    EXPECT_EQ(found.of_a, 4u);
    EXPECT_EQ(found.of_b, 4u);
    EXPECT_EQ(found.left_out, 0u);
    EXPECT_DOUBLE_EQ(found.mean, 2);
    EXPECT_DOUBLE_EQ(found.standard_error, std::sqrt(1.0 / 6));
    EXPECT_EQ(found.degrees, 3);
    EXPECT_NEAR(found.interval.low, 2 - 3.182446 * std::sqrt(1.0 / 6), 1e-6);
    EXPECT_NEAR(found.interval.high, 2 + 3.182446 * std::sqrt(1.0 / 6), 1e-6);
    ASSERT_TRUE(found.of_pairs);
    EXPECT_DOUBLE_EQ(found.of_pairs->sd, std::sqrt(2.0 / 3));
    // squares about the means: a 10, b 14, products 11
    EXPECT_DOUBLE_EQ(found.of_pairs->correlation, 11 / std::sqrt(140.0));
    EXPECT_DOUBLE_EQ(found.of_pairs->variance_reduction, 12);
}

TEST(Difference, of_samples_worked_by_hand) {
    // means 3 and 5, variances 10/3 and 1: u = 5/6, v = 1/3, error sqrt(7/6),
    // degrees (7/6)^2 / ((5/6)^2 / 3 + (1/3)^2 / 2) = (49/36) / (62/216) = 147/31
    const Difference found = difference(Sample{1, 2, 4, 5}, Sample{4, 5, 6}, Pairing::unpaired);
    EXPECT_EQ(found.pairing, Pairing::unpaired);
    EXPECT_EQ(found.of_a, 4u);
    EXPECT_EQ(found.of_b, 3u);
    EXPECT_DOUBLE_EQ(found.mean, 2);
    EXPECT_DOUBLE_EQ(found.standard_error, std::sqrt(7.0 / 6));
    EXPECT_DOUBLE_EQ(found.degrees, 147.0 / 31);
    EXPECT_FALSE(found.of_pairs) << "what only pairs can tell";
}

TEST(Difference, of_samples_of_equal_spread_has_students_interval) {
    // variances 1 and 1 of 3 and 3: 4 degrees, t at 97.5 % = 2.776445
    const Difference found = difference(Sample{1, 2, 3}, Sample{11, 12, 13}, Pairing::unpaired);
    EXPECT_DOUBLE_EQ(found.degrees, 4);
    EXPECT_NEAR(found.interval.low, 10 - 2.776445 * std::sqrt(2.0 / 3), 1e-6);
    EXPECT_NEAR(found.interval.high, 10 + 2.776445 * std::sqrt(2.0 / 3), 1e-6);
}

TEST(Difference, has_the_confidence_asked_for) {
    // t with 1 degree is Cauchy: at 75 % it is 1
    const Difference found = difference(Sample{0, 0}, Sample{1, 3}, Pairing::paired, 0.5);
    EXPECT_NEAR(found.interval.low, 1, 1e-12);
    EXPECT_NEAR(found.interval.high, 3, 1e-12);
}

TEST(Difference, leaves_out_pairs_in_which_either_is_missing) {
    const Difference found = difference(Sample{1, nan, 3, infinity, 5}, Sample{2, 2, nan, 4, 8}, Pairing::paired);
    EXPECT_EQ(found.of_a, 2u);
    EXPECT_EQ(found.left_out, 3u);
    EXPECT_DOUBLE_EQ(found.mean, 2);
}

TEST(Difference, leaves_out_single_values_of_samples) {
    const Difference found = difference(Sample{1, nan, 3}, Sample{nan, 4, 8, infinity}, Pairing::unpaired);
    EXPECT_EQ(found.of_a, 2u);
    EXPECT_EQ(found.of_b, 2u);
    EXPECT_EQ(found.left_out, 3u);
    EXPECT_DOUBLE_EQ(found.mean, 4);
}

TEST(Difference, of_identical_outcomes_is_nothing_and_is_sure) {
    const Difference found = difference(Sample{1, 2, 4}, Sample{1, 2, 4}, Pairing::paired);
    EXPECT_EQ(found.mean, 0);
    EXPECT_EQ(found.standard_error, 0);
    EXPECT_EQ(found.interval.low, 0);
    EXPECT_EQ(found.interval.high, 0);
    EXPECT_TRUE(std::isnan(found.degrees));
    EXPECT_EQ(found.of_pairs->variance_reduction, infinity);
    EXPECT_DOUBLE_EQ(found.of_pairs->correlation, 1);
}

TEST(Difference, where_nothing_varies_saves_no_runs) {
    const Difference pairs = difference(Sample{1, 1}, Sample{3, 3}, Pairing::paired);
    EXPECT_EQ(pairs.interval.low, 2);
    EXPECT_EQ(pairs.interval.high, 2);
    EXPECT_EQ(pairs.of_pairs->variance_reduction, 1);
    EXPECT_TRUE(std::isnan(pairs.of_pairs->correlation));
    const Difference samples = difference(Sample{1, 1}, Sample{3, 3, 3}, Pairing::unpaired);
    EXPECT_EQ(samples.interval.low, 2);
    EXPECT_EQ(samples.interval.high, 2);
    EXPECT_TRUE(std::isnan(samples.degrees));
}

TEST(Difference, of_too_little_has_no_interval) {
    for (const Pairing pairing : {Pairing::paired, Pairing::unpaired}) {
        const Difference one = difference(Sample{1}, Sample{3}, pairing);
        EXPECT_EQ(one.mean, 2);
        EXPECT_TRUE(std::isnan(one.standard_error));
        EXPECT_TRUE(std::isnan(one.interval.low));
        EXPECT_TRUE(std::isnan(one.interval.high));
        EXPECT_TRUE(std::isnan(difference({}, {}, pairing).mean));
    }
    EXPECT_TRUE(std::isnan(difference(Sample{1}, Sample{3}, Pairing::paired).of_pairs->variance_reduction));
}

RC_GTEST_PROP(Difference, turns_its_sign_when_a_and_b_change_places, (const std::vector<std::pair<int, int>>& drawn, bool is_paired)) {
    Sample a;
    Sample b;
    for (const auto& [x, y] : drawn) a.push_back(x % 1000), b.push_back(y % 1000);
    RC_PRE(a.size() >= 2u);
    const Pairing pairing = is_paired ? Pairing::paired : Pairing::unpaired;
    const Difference there = difference(a, b, pairing);
    const Difference back = difference(b, a, pairing);
    const auto near = [](double x, double y) { return std::abs(x - y) <= 1e-9 * (1 + std::abs(x)); };
    RC_ASSERT(near(there.mean, -back.mean));
    RC_ASSERT(near(there.standard_error, back.standard_error));
    RC_ASSERT(near(there.interval.low, -back.interval.high));
    RC_ASSERT(near(there.interval.high, -back.interval.low));
}

// -- dates --------------------------------------------------------------------------------------------------------------------------------

TEST(DateDifference, of_pairs_worked_by_hand) {
    // Seven runs up to tick 10: a first, b first, b alone, both at once, neither, neither (too late), and one that failed.
    const Arrivals a{{2, true}, {6, true}, {10, false}, {4, true}, {10, false}, {12, true}, {3, false}};
    const Arrivals b{{5, true}, {3, true}, {8, true}, {4, true}, {10, false}, {10, false}, {1, true}};
    const DateDifference found = date_difference(a, b, 10, Pairing::paired);
    EXPECT_EQ(found.horizon, 10);
    EXPECT_EQ(found.restricted.of_a, 7u);
    EXPECT_EQ(found.restricted.left_out, 0u);
    // of a: 6 of 7 wait from 2, 5 watched from 3 on, of which 4 wait from 4, and 3 from 6
    EXPECT_DOUBLE_EQ(found.restricted.mean, (5 + 3 + 8 + 4 + 10 + 10 + 1) / 7.0 - (2 + 6.0 / 7 * (2 + 0.8 * 2 + 0.6 * 4)));
    ASSERT_TRUE(found.order);
    EXPECT_EQ(found.order->a_first.count, 1u);
    EXPECT_EQ(found.order->b_first.count, 3u) << "the run that failed at 3 had not come at 1";
    EXPECT_EQ(found.order->same.count, 1u);
    EXPECT_EQ(found.order->neither.count, 2u);
    EXPECT_EQ(found.order->neither.of, 7u);
    EXPECT_DOUBLE_EQ(found.order->b_first.value(), 3.0 / 7);
    EXPECT_EQ(found.order->b_first.interval.low, wilson_interval(3, 7).low);
    EXPECT_EQ(found.order->b_first.interval.high, wilson_interval(3, 7).high);
    EXPECT_EQ(found.order->p, sign_test(1, 3));
}

TEST(DateDifference, of_samples_has_no_order) {
    const Arrivals a{{2, true}, {10, false}, {5, false}};
    const Arrivals b{{5, true}, {3, true}};
    const DateDifference found = date_difference(a, b, 10, Pairing::unpaired);
    EXPECT_FALSE(found.order);
    EXPECT_EQ(found.restricted.pairing, Pairing::unpaired);
    EXPECT_EQ(found.restricted.left_out, 0u);
    EXPECT_DOUBLE_EQ(found.restricted.mean, 4 - (2.0 / 3 * 10 + 1.0 / 3 * 2));
}

TEST(DateDifference, orders_the_pairs_of_which_it_is_known_who_came_first) {
    const Arrivals a{{5, false}, {5, false}, {5, false}, {5, false}, {10, false}};
    const Arrivals b{{4, true}, {5, true}, {6, true}, {10, false}, {3, false}};
    const Order order = *date_difference(a, b, 10, Pairing::paired).order;
    EXPECT_EQ(order.b_first.count, 2u) << "at 5 it had not come in a either";
    EXPECT_EQ(order.b_first.of, 2u);
}

TEST(DateDifference, is_none_of_equal_dates_whichever_runs_fail_later) {
    const Arrivals dates(1000, {2, true});
    const DateDifference found = date_difference(dates, dates, 10, Pairing::paired);
    EXPECT_EQ(found.restricted.mean, 0);
    EXPECT_EQ(found.order->same.count, 1000u);
    EXPECT_EQ(log_rank(dates, dates).p, 1);
}

TEST(DateDifference, counts_what_comes_at_the_horizon) {
    const DateDifference found = date_difference(Arrivals{{10, true}}, Arrivals{{10, false}}, 10, Pairing::paired);
    EXPECT_EQ(found.order->a_first.count, 1u);
    EXPECT_EQ(found.restricted.mean, 0);
}

TEST(DateDifference, of_nothing_is_missing) {
    const DateDifference found = date_difference({}, {}, 10, Pairing::paired);
    EXPECT_TRUE(std::isnan(found.restricted.mean));
    EXPECT_TRUE(std::isnan(found.order->same.value()));
    EXPECT_EQ(found.order->same.interval.high, 1);
    EXPECT_EQ(found.order->p, 1);
    EXPECT_EQ(date_difference(Arrivals{{nan, true}}, Arrivals{{1, true}}, 10, Pairing::paired).restricted.left_out, 1u);
}

TEST(SignTest, is_exact) {
    EXPECT_DOUBLE_EQ(sign_test(0, 5), 2.0 / 32);
    EXPECT_DOUBLE_EQ(sign_test(1, 5), 2 * 7.0 / 64);
    EXPECT_DOUBLE_EQ(sign_test(8, 2), 2 * 56.0 / 1024);
    EXPECT_EQ(sign_test(3, 3), 1);
    EXPECT_EQ(sign_test(0, 0), 1);
    EXPECT_EQ(sign_test(0, 1), 1);
}

/// Dates up to tick 20, some of them never, some after the horizon of 10, some of failed runs.
Arrivals arrivals_of(const std::vector<std::pair<unsigned, bool>>& drawn) {
    Arrivals arrivals;
    for (const auto& [time, came] : drawn) arrivals.push_back({static_cast<double>(time % 20), came});
    return arrivals;
}

RC_GTEST_PROP(DateDifference, changes_places_with_a_and_b,
              (const std::vector<std::pair<std::pair<unsigned, bool>, std::pair<unsigned, bool>>>& drawn)) {
    std::vector<std::pair<unsigned, bool>> first;
    std::vector<std::pair<unsigned, bool>> second;
    for (const auto& [x, y] : drawn) first.push_back(x), second.push_back(y);
    const Arrivals a = arrivals_of(first);
    const Arrivals b = arrivals_of(second);
    const DateDifference there = date_difference(a, b, 10, Pairing::paired);
    const DateDifference back = date_difference(b, a, 10, Pairing::paired);
    RC_ASSERT(there.order->a_first.count == back.order->b_first.count);
    RC_ASSERT(there.order->b_first.count == back.order->a_first.count);
    RC_ASSERT(there.order->same.count == back.order->same.count);
    RC_ASSERT(there.order->neither.count == back.order->neither.count);
    RC_ASSERT(there.order->p == back.order->p);
    RC_ASSERT(there.restricted.left_out == back.restricted.left_out);
    const std::size_t told = there.order->a_first.count + there.order->b_first.count + there.order->same.count + there.order->neither.count;
    RC_ASSERT(told == there.order->same.of);
    RC_ASSERT(told <= a.size());
}

// -- log-rank -----------------------------------------------------------------------------------------------------------------------------

/// Weeks in remission of leukaemia, Freireich et al. (1963), Blood 21, as in Cox & Oakes (1984), Table 1.1.
const Arrivals mercaptopurine{{6, true},   {6, true},   {6, true},   {6, false},  {7, true},   {9, false},  {10, true},
                              {10, false}, {11, false}, {13, true},  {16, true},  {17, false}, {19, false}, {20, false},
                              {22, true},  {23, true},  {25, false}, {32, false}, {32, false}, {34, false}, {35, false}};
const Arrivals placebo{{1, true},  {1, true},  {2, true},  {2, true},  {3, true},  {4, true},  {4, true},
                       {5, true},  {5, true},  {8, true},  {8, true},  {8, true},  {8, true},  {11, true},
                       {11, true}, {12, true}, {12, true}, {15, true}, {17, true}, {22, true}, {23, true}};

TEST(LogRank, of_the_published_leukaemia_trial) {
    const LogRank found = log_rank(mercaptopurine, placebo);
    EXPECT_EQ(found.observed_a, 9u);
    EXPECT_EQ(found.observed_b, 21u);
    EXPECT_NEAR(found.expected_a, 19.25, 0.005);
    EXPECT_NEAR(found.expected_b, 10.75, 0.005);
    EXPECT_NEAR(found.chi_square, 16.79, 0.005);
    EXPECT_NEAR(found.p, 4.17e-5, 0.005e-5);
}

/// survdiff(Surv(time, came) ~ group) of R's survival 3.5-3.
TEST(LogRank, of_runs_that_failed_is_that_of_R) {
    const Arrivals a{{2, true}, {2, true}, {5, true}, {7, true}, {10, false}, {10, false}, {4, false}, {4, false}, {0, false}, {2, false}, {8, true}, {6, true}};
    const Arrivals b{{1, true}, {2, true}, {3, true}, {7, true}, {10, false}, {10, false}, {4, true}, {5, true}, {1, false}, {2, false}, {2, true}, {6, true}};
    const LogRank found = log_rank(a, b);
    EXPECT_EQ(found.observed_a, 6u);
    EXPECT_EQ(found.observed_b, 8u);
    EXPECT_NEAR(found.expected_a, 7.62313821444, 1e-11);
    EXPECT_NEAR(found.chi_square, 0.844976569631141, 1e-13);
    EXPECT_NEAR(found.p, 0.357977337288588, 1e-13);
}

TEST(LogRank, with_ties_worked_by_hand) {
    // at 1: 2 of 4 come, both groups half, variance 2 · 1/4 · 2/3 = 1/3; at 2: 1 of 2, one of each waits, variance 1/4; at 3 one is left
    const LogRank found = log_rank(Arrivals{{1, true}, {2, true}}, Arrivals{{1, true}, {3, true}});
    EXPECT_DOUBLE_EQ(found.expected_a, 1 + 0.5);
    EXPECT_DOUBLE_EQ(found.expected_b, 1 + 0.5 + 1);
    EXPECT_DOUBLE_EQ(found.variance, 1.0 / 3 + 1.0 / 4);
    EXPECT_DOUBLE_EQ(found.chi_square, 0.25 / (7.0 / 12));
}

TEST(LogRank, counts_who_is_censored_at_a_time_as_waiting_then) {
    const LogRank found = log_rank(Arrivals{{1, false}}, Arrivals{{1, true}, {2, true}});
    EXPECT_DOUBLE_EQ(found.expected_a, 1.0 / 3);
    EXPECT_DOUBLE_EQ(found.variance, 2.0 / 9);
}

TEST(LogRank, tells_nothing_of_nothing) {
    for (const LogRank& found :
         {log_rank({}, {}), log_rank(Arrivals{{1, true}, {2, true}}, {}), log_rank(Arrivals{{3, false}}, Arrivals{{3, false}}),
          log_rank(Arrivals{{1, true}}, Arrivals{{1, true}}), log_rank(Arrivals{{nan, true}}, Arrivals{{1, true}})}) {
        EXPECT_EQ(found.chi_square, 0);
        EXPECT_EQ(found.p, 1);
    }
}

RC_GTEST_PROP(LogRank, is_the_same_when_the_groups_change_places,
              (const std::vector<std::pair<unsigned, bool>>& first, const std::vector<std::pair<unsigned, bool>>& second)) {
    const LogRank there = log_rank(arrivals_of(first), arrivals_of(second));
    const LogRank back = log_rank(arrivals_of(second), arrivals_of(first));
    RC_ASSERT(there.observed_a == back.observed_b);
    RC_ASSERT(std::abs(there.expected_a - back.expected_b) < 1e-9);
    RC_ASSERT(std::abs(there.variance - back.variance) < 1e-9);
    RC_ASSERT(std::abs(there.p - back.p) < 1e-9);
    const double observed = static_cast<double>(there.observed_a + there.observed_b);
    RC_ASSERT(std::abs(there.expected_a + there.expected_b - observed) < 1e-9);
}

// -- superiority --------------------------------------------------------------------------------------------------------------------------

TEST(Superiority, of_pairs_goes_run_by_run) {
    const Superiority found = superiority(Sample{1, 2, 3, nan, 5}, Sample{2, 2, 1, 4, infinity}, Pairing::paired);
    EXPECT_EQ(found.pairing, Pairing::paired);
    EXPECT_EQ(found.left_out, 1u);
    EXPECT_DOUBLE_EQ(found.b_larger, 0.5);
    EXPECT_DOUBLE_EQ(found.a_larger, 0.25);
    EXPECT_DOUBLE_EQ(found.equal, 0.25);
    EXPECT_DOUBLE_EQ(found.value(), 0.625);
    EXPECT_EQ(found.interval->low, wilson_interval(2, 4).low);
}

TEST(Superiority, of_samples_goes_over_all_pairs) {
    // (1, 2), (1, 3), (2, 3) larger, (2, 2) equal, (4, 2), (4, 3) smaller
    const Superiority found = superiority(Sample{4, 1, 2}, Sample{3, nan, 2}, Pairing::unpaired);
    EXPECT_EQ(found.left_out, 1u);
    EXPECT_DOUBLE_EQ(found.b_larger, 3.0 / 6);
    EXPECT_DOUBLE_EQ(found.equal, 1.0 / 6);
    EXPECT_DOUBLE_EQ(found.a_larger, 2.0 / 6);
    EXPECT_FALSE(found.interval);
}

TEST(Superiority, of_nothing_is_missing) {
    EXPECT_TRUE(std::isnan(superiority({}, {}, Pairing::paired).value()));
    EXPECT_EQ(superiority({}, {}, Pairing::paired).interval->high, 1);
    EXPECT_TRUE(std::isnan(superiority(Sample{1}, {}, Pairing::unpaired).b_larger));
}

RC_GTEST_PROP(Superiority, changes_places_with_a_and_b, (const std::vector<std::pair<int, int>>& drawn, bool is_paired)) {
    Sample a;
    Sample b;
    for (const auto& [x, y] : drawn) a.push_back(x % 5), b.push_back(y % 5);
    RC_PRE(!a.empty());
    const Pairing pairing = is_paired ? Pairing::paired : Pairing::unpaired;
    const Superiority there = superiority(a, b, pairing);
    const Superiority back = superiority(b, a, pairing);
    RC_ASSERT(there.b_larger == back.a_larger);
    RC_ASSERT(there.equal == back.equal);
    RC_ASSERT(std::abs(there.value() + back.value() - 1) < 1e-12);
}

}  // namespace
}  // namespace entente::test
