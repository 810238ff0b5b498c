// Tests: bootstrap, normalised.
// Sobol' indices of functions that have them in closed form, and estimates on fixed points against those of SALib.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <entente/study/keyed_draws.hpp>
#include <entente/study/sobol_indices.hpp>

#include "../worlds.hpp"
#include "functions.hpp"

namespace entente::test {
namespace {

using testing::IsEmpty;

const double nan = std::numeric_limits<double>::quiet_NaN();
const Bootstrap none{0};

struct Case {
    std::vector<Factor> factors;
    Function f;
    FactorGroups groups = each_alone(factors.size());
};

std::vector<double> outcomes_of(const Case& c, const SaltelliPlan& plan) { return outcomes(points_of(c.factors, saltelli_points(plan)), c.f); }

SobolIndices estimate(const Case& c, std::size_t base_rows, Scramble scramble, std::uint64_t seed = 1, const Bootstrap& bootstrap = none) {
    const auto y = outcomes_of(c, {base_rows, c.groups, SecondOrder::yes, scramble, seed});
    return sobol_indices(y, group_count(c.groups), SecondOrder::yes, bootstrap);
}

std::vector<double> values(const std::vector<Estimate>& estimates) {
    std::vector<double> result;
    for (const Estimate& e : estimates) result.push_back(e.value);
    return result;
}

void expect_near(const std::vector<Estimate>& estimates, const std::vector<double>& truth, double tolerance) {
    ASSERT_EQ(estimates.size(), truth.size());
    for (std::size_t i = 0; i < truth.size(); ++i) EXPECT_NEAR(estimates[i].value, truth[i], tolerance) << "index " << i;
}

const Case ishigami_case{ishigami_factors(), ishigami(0.1)};
const std::vector<double> ishigami_first{0.31390519114781146, 0.4424111447900409, 0};
const std::vector<double> ishigami_total{0.5575888552099592, 0.4424111447900409, 0.2436836640621477};

// -- truth --------------------------------------------------------------------------------------------------------------------------------

TEST(SobolIndices, of_ishigami_are_those_in_closed_form) {
    for (const std::uint64_t seed : {0, 1, 2}) {
        const SobolIndices found = estimate(ishigami_case, 8192, Scramble::owen, seed);
        EXPECT_NEAR(found.mean, 3.5, 0.01);
        EXPECT_NEAR(found.variance, 13.844587940719254, 0.1);
        expect_near(found.first_saltelli, ishigami_first, 0.01);
        expect_near(found.first_jansen, ishigami_first, 0.01);
        expect_near(found.total, ishigami_total, 0.01);
        expect_near(found.second, {0, 0.2436836640621477, 0}, 0.02);
    }
}

TEST(SobolIndices, of_ishigami_with_weaker_interaction) {
    const SobolIndices found = estimate({ishigami_factors(), ishigami(0.05)}, 8192, Scramble::owen);
    EXPECT_NEAR(found.variance, 8.916942440349827, 0.1);
    expect_near(found.first_jansen, {0.21851856442701328, 0.6868946436486929, 0}, 0.01);
    expect_near(found.total, {0.31310535635130704, 0.6868946436486929, 0.09458679192429373}, 0.01);
    expect_near(found.second, {0, 0.09458679192429373, 0}, 0.02);
}

TEST(SobolIndices, of_groups_are_those_of_what_moves_together) {
    const SobolIndices found = estimate({ishigami_factors(), ishigami(0.1), {0, 1, 0}}, 8192, Scramble::owen);
    expect_near(found.first_saltelli, {0.557588855, 0.442411145}, 0.01);
    expect_near(found.total, {0.557588855, 0.442411145}, 0.01);
}

/// Vi = 1 / (3 (1 + ai)^2), V = prod(1 + Vi) - 1, Si = Vi / V, STi = Vi prod(1 + Vj, j != i) / V, Sij = Vi Vj / V.
class GFunction : public testing::TestWithParam<std::vector<double>> {};

TEST_P(GFunction, has_its_indices_in_closed_form) {
    const std::vector<double>& a = GetParam();
    double product = 1;
    for (const double ai : a) product *= 1 + 1 / (3 * (1 + ai) * (1 + ai));
    const SobolIndices found = estimate({uniform_factors(a.size(), 0, 1), g_function(a)}, 8192, Scramble::owen);
    EXPECT_NEAR(found.mean, 1, 0.01);
    EXPECT_NEAR(found.variance, product - 1, 0.01 * product);
    const auto share = [&](std::size_t i) { return 1 / (3 * (1 + a[i]) * (1 + a[i])); };
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_NEAR(found.first_jansen[i].value, share(i) / (product - 1), 0.01);
        EXPECT_NEAR(found.first_saltelli[i].value, share(i) / (product - 1), 0.01);
        EXPECT_NEAR(found.total[i].value, share(i) * product / (1 + share(i)) / (product - 1), 0.01);
        for (std::size_t j = i + 1; j < a.size(); ++j)
            EXPECT_NEAR(found.second[pair_number(i, j, a.size())].value, share(i) * share(j) / (product - 1), 0.02);
    }
}

INSTANTIATE_TEST_SUITE_P(SobolIndices, GFunction,
                         testing::Values(std::vector<double>{0, 1, 4.5, 9, 99, 99, 99, 99}, std::vector<double>{0, .5, 3, 9, 99, 99},
                                         std::vector<double>{78, 12, .5, 2, 97, 33}));

TEST(SobolIndices, the_g_function_at_its_published_points) {
    const std::vector<double> a{0, 1, 4.5, 9, 99, 99, 99, 99};
    EXPECT_NEAR(g_function(a)(std::vector<double>(8, 0.0)), 4.0583, 1e-4);
    const SobolIndices found = estimate({uniform_factors(8, 0, 1), g_function(a)}, 8192, Scramble::owen);
    EXPECT_NEAR(found.variance, 0.4654244319022067, 0.005);
    EXPECT_NEAR(found.first_jansen[0].value, 0.7161921688790331, 0.005);
    EXPECT_NEAR(found.total[0].value, 0.7871441266592748, 0.005);
    EXPECT_NEAR(found.second[0].value, 0.05968268073991943, 0.01);
}

TEST(SobolIndices, of_a_sum_are_the_shares_of_its_parts) {
    const SobolIndices found = estimate({uniform_factors(4, 0, 1), weighted_sum}, 4096, Scramble::owen);
    const std::vector<double> shares{1.0 / 30, 4.0 / 30, 9.0 / 30, 16.0 / 30};
    EXPECT_NEAR(found.variance, 2.5, 0.001);
    expect_near(found.first_saltelli, shares, 0.001);
    expect_near(found.first_jansen, shares, 0.001);
    expect_near(found.total, shares, 0.001);
    expect_near(found.second, std::vector<double>(6, 0.0), 0.001);
}

TEST(SobolIndices, pairs_are_numbered_row_by_row) {
    std::size_t number = 0;
    for (std::size_t i = 0; i < 5; ++i)
        for (std::size_t j = i + 1; j < 5; ++j) EXPECT_EQ(pair_number(i, j, 5), number++);
}

// -- estimators on fixed points -----------------------------------------------------------------------------------------------------------

/// SALib's first order and S13: outcomes less their mean over all rows, B and AB too.
std::array<double, 4> by_salib(const std::vector<double>& y) {
    const double centre = std::accumulate(y.begin(), y.end(), 0.0) / static_cast<double>(y.size());
    std::array<double, 4> sums{};
    double sum = 0;
    double squares = 0;
    for (std::size_t at = 0; at < y.size(); at += 8) {
        const auto f = [&](std::size_t i) { return y[at + i] - centre; };
        for (std::size_t i = 0; i < 3; ++i) sums[i] += f(7) * (f(1 + i) - f(0));
        sums[3] += f(4) * f(3) - f(0) * f(7);
        sum += f(0) + f(7);
        squares += f(0) * f(0) + f(7) * f(7);
    }
    const double n = static_cast<double>(y.size() / 8);
    const double variance = squares / (2 * n) - sum / (2 * n) * (sum / (2 * n));
    for (double& s : sums) s /= n * variance;
    sums[3] -= sums[0] + sums[2];
    return sums;
}

struct Published {
    std::size_t base_rows;
    std::vector<double> first_salib;  ///< and S13
    std::vector<double> first_jansen;
    std::vector<double> total;
};

class OnUnscrambledPoints : public testing::TestWithParam<Published> {};

TEST_P(OnUnscrambledPoints, jansens_estimates_are_the_published_ones) {
    const SobolIndices found = estimate(ishigami_case, GetParam().base_rows, Scramble::none);
    expect_near(found.first_jansen, GetParam().first_jansen, 6e-6);
    expect_near(found.total, GetParam().total, 1e-6);
}

TEST_P(OnUnscrambledPoints, saltellis_are_those_of_salib_but_for_the_centre) {
    const auto y = outcomes_of(ishigami_case, {GetParam().base_rows, ishigami_case.groups, SecondOrder::yes, Scramble::none, 1});
    const std::array<double, 4> salib = by_salib(y);
    for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(salib[i], GetParam().first_salib[i], 6e-6);

    const SobolIndices found = sobol_indices(y, 3, SecondOrder::yes, none);
    double shift = 0;  // of the centre, in shares: (mean of all rows - mean of A and B) E[c_i - a] / V
    for (const double each : y) shift += each / static_cast<double>(y.size());
    shift -= found.mean;
    for (std::size_t i = 0; i < 3; ++i) {
        double rise = 0;
        for (std::size_t at = 0; at < y.size(); at += 8) rise += (y[at + 1 + i] - y[at]) / static_cast<double>(y.size() / 8);
        EXPECT_NEAR(found.first_saltelli[i].value, salib[i] + shift * rise / found.variance, 1e-12);
    }
}

INSTANTIATE_TEST_SUITE_P(SobolIndices, OnUnscrambledPoints,
                         testing::Values(Published{64, {.29274, .60894, -.02452, .265697}, {.10162, .45706, -.19794}, {.575938, .460527, .192801}},
                                         Published{1024, {.332955, .441314, .018578, .227607}, {.312845, .426168, -.002624}, {.558179, .443285, .242149}},
                                         Published{8192, {.314819, .442417, .000758, .242725}, {.314087, .441712, .000041}, {.558646, .442419, .243449}}));

TEST(SobolIndices, of_two_rows_worked_by_hand) {
    const std::vector<double> y{1, 2, 3, 5, 7, 5};  // A AB B, A AB B
    const SobolIndices found = sobol_indices(y, 1, SecondOrder::no, none);
    EXPECT_EQ(found.mean, 3.5);
    EXPECT_EQ(found.variance, (6.25 + 0.25 + 2.25 + 2.25) / 4);  // a = -2.5 1.5, c = -1.5 3.5, b = -0.5 1.5
    EXPECT_DOUBLE_EQ(found.first_saltelli[0].value, (-0.5 * 1 + 1.5 * 2) / 2 / 2.75);
    EXPECT_DOUBLE_EQ(found.first_jansen[0].value, 1 - (1.0 + 4.0) / 2 / 5.5);
    EXPECT_DOUBLE_EQ(found.total[0].value, (1.0 + 4.0) / 2 / 5.5);
    EXPECT_THAT(found.second, IsEmpty());
}

RC_GTEST_PROP(SobolIndicesProperty, do_not_change_with_the_outcomes_unit_or_zero, ()) {
    const double scale = *rc::gen::element(1e-6, 3.0, -40.0);
    const double zero = *rc::gen::element(0.0, 1e3, -1e5);
    std::vector<double> y = outcomes_of(ishigami_case, {64, ishigami_case.groups, SecondOrder::yes, Scramble::owen, *rc::gen::arbitrary<std::uint64_t>()});
    const SobolIndices one = sobol_indices(y, 3, SecondOrder::yes, none);
    for (double& each : y) each = scale * (each + zero);
    const SobolIndices other = sobol_indices(y, 3, SecondOrder::yes, none);
    for (std::size_t i = 0; i < 3; ++i) {
        RC_ASSERT(std::abs(one.first_saltelli[i].value - other.first_saltelli[i].value) < 1e-9);
        RC_ASSERT(std::abs(one.total[i].value - other.total[i].value) < 1e-9);
        RC_ASSERT(std::abs(one.second[i].value - other.second[i].value) < 1e-9);
    }
}

// -- what is missing or never varies ------------------------------------------------------------------------------------------------------

TEST(SobolIndices, leave_out_base_rows_in_which_an_outcome_is_missing) {
    std::vector<double> y = outcomes_of(ishigami_case, {64, ishigami_case.groups, SecondOrder::yes, Scramble::owen, 1});
    const std::vector<double> rest(y.begin() + 2 * 8, y.end());
    y[3] = nan;
    y[15] = std::numeric_limits<double>::infinity();
    const SobolIndices found = sobol_indices(y, 3, SecondOrder::yes, {20});
    const SobolIndices expected = sobol_indices(rest, 3, SecondOrder::yes, {20});
    EXPECT_EQ(found.base_rows, 62U);
    EXPECT_EQ(found.left_out, 2U);
    EXPECT_EQ(expected.left_out, 0U);
    EXPECT_EQ(values(found.total), values(expected.total));
    EXPECT_EQ(values(found.second), values(expected.second));
    EXPECT_NEAR(found.total[1].interval.low, expected.total[1].interval.low, 0.1) << "the same resamples, rows that stand elsewhere";
}

/// The share of scramblings in which the worst interval of the first order indices, of the g-function, holds its index, by seeds 0 to 99.
std::pair<double, double> coverage_of_g(std::size_t base_rows) {
    const std::vector<double> a{0, 1, 4.5, 9, 99, 99, 99, 99};
    double product = 1;
    for (const double ai : a) product *= 1 + 1 / (3 * (1 + ai) * (1 + ai));
    const auto factors = uniform_factors(8, 0, 1);
    std::vector<int> first(8);
    std::vector<int> total(8);
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const auto y = outcomes(points_of(factors, saltelli_points({base_rows, each_alone(8), SecondOrder::no, Scramble::owen, seed})), g_function(a));
        const SobolIndices found = sobol_indices(y, 8, SecondOrder::no, {200, 0.95, seed});
        for (std::size_t i = 0; i < 8; ++i) {
            const double share = 1 / (3 * (1 + a[i]) * (1 + a[i]));
            const auto holds = [](const Estimate& e, double truth) { return e.interval.low <= truth && truth <= e.interval.high ? 1 : 0; };
            first[i] += holds(found.first_saltelli[i], share / (product - 1));
            total[i] += holds(found.total[i], share * product / (1 + share) / (product - 1));
        }
    }
    return {std::ranges::min(first) / 100.0, std::ranges::min(total) / 100.0};
}

TEST(SobolIndices, have_intervals_that_hold_though_rows_of_a_sequence_are_not_independent) {
    for (const std::size_t base_rows : {64U, 256U, 512U}) {
        const auto [first, total] = coverage_of_g(base_rows);
        EXPECT_GE(first, 0.9) << base_rows << " rows; without row_dependence 0.75";
        EXPECT_GE(total, 0.9) << base_rows;
    }
}

TEST(RowDependence, is_none_of_rows_that_do_not_repeat_each_other_and_that_of_groups_of_those_that_do) {
    EXPECT_EQ(row_dependence(std::vector<double>{}), 1);
    EXPECT_EQ(row_dependence(std::vector<double>{0, 0, 0}), 1);
    EXPECT_DOUBLE_EQ(row_dependence(std::vector<double>{1, -1, 1, -1, 1, -1, 1, -1}), 2) << "of n and n XOR 2, 4, 6";
    EXPECT_DOUBLE_EQ(row_dependence(std::vector<double>{1, 1, -1, -1}), std::sqrt(2.0)) << "of n and n XOR 1";
    std::vector<double> pairs;
    KeyedDraws draws(1, 0);
    for (int i = 0; i < 512; ++i) pairs.push_back(unit_uniform(draws.bits()) - 0.5);
    EXPECT_LT(row_dependence(pairs), 1.4);
    for (int i = 0; i < 512; ++i) pairs.push_back(pairs[static_cast<std::size_t>(i) ^ 5U]);
    EXPECT_GT(row_dependence(pairs), std::sqrt(2.0));
}

TEST(SobolIndices, of_one_row_have_no_interval) {
    const SobolIndices found = sobol_indices(std::vector<double>{1, 2, 3}, 1, SecondOrder::no, Bootstrap{});
    EXPECT_TRUE(std::isnan(found.first_saltelli[0].interval.low));
    EXPECT_TRUE(std::isnan(found.total[0].interval.high));
}

TEST(SobolIndices, are_the_same_on_any_scale) {
    const auto y = outcomes_of(ishigami_case, {256, ishigami_case.groups, SecondOrder::yes, Scramble::owen, 1});
    const SobolIndices plain = sobol_indices(y, 3, SecondOrder::yes, Bootstrap{100});
    for (const auto& [origin, unit] : {std::pair{0.0, 1e-200}, {1e9, 1e-3}, {0.0, 1e200}, {0.0, 1e-300}}) {
        std::vector<double> scaled;
        for (const double each : y) scaled.push_back(origin + unit * each);
        const SobolIndices same = sobol_indices(scaled, 3, SecondOrder::yes, Bootstrap{100});
        for (std::size_t i = 0; i < 3; ++i) {
            EXPECT_NEAR(same.first_saltelli[i].value, plain.first_saltelli[i].value, 1e-4) << unit;
            EXPECT_NEAR(same.total[i].interval.high, plain.total[i].interval.high, 1e-4) << unit;
        }
        EXPECT_NEAR(same.mean, origin + unit * plain.mean, 1e-6 * unit + 1e-15 * origin);
    }
}

TEST(SobolIndices, of_what_never_varies_are_missing) {
    for (const std::vector<double>& y : {std::vector<double>(800, 0.1), std::vector<double>(800, nan), std::vector<double>{}}) {
        const SobolIndices found = sobol_indices(y, 3, SecondOrder::yes, {10});
        EXPECT_EQ(found.base_rows + found.left_out, y.size() / 8);
        for (const auto* part : {&found.first_saltelli, &found.first_jansen, &found.total, &found.second}) {
            ASSERT_EQ(part->size(), 3U);
            for (const Estimate& e : *part) EXPECT_TRUE(std::isnan(e.value) && std::isnan(e.interval.low) && std::isnan(e.interval.high));
        }
    }
}

TEST(SobolIndices, of_what_hardly_ever_varies_have_no_wild_intervals) {
    std::vector<double> y(4 * 256, 0.1);
    y[0] = y[1] = 1;  // in one base row of 256, which a third of the resamples miss
    const SobolIndices found = sobol_indices(y, 2, SecondOrder::no, {200});
    for (const Estimate& e : found.total) EXPECT_TRUE(e.interval.low >= 0 && e.interval.high < 2);
}

// -- intervals ----------------------------------------------------------------------------------------------------------------------------

TEST(SobolIndices, intervals_cover_the_truth) {
    int covered = 0;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const SobolIndices found = estimate(ishigami_case, 256, Scramble::owen, seed, {200, 0.9, seed});
        for (std::size_t i = 0; i < 3; ++i) covered += found.total[i].interval.low <= ishigami_total[i] && ishigami_total[i] <= found.total[i].interval.high;
    }
    EXPECT_GE(covered, 270);  // of 300; more than nine tenths, for Sobol' points err less than the random ones that a resample supposes
}

TEST(SobolIndices, intervals_are_one_for_each_seed_and_widen_with_confidence) {
    const auto interval = [](const Bootstrap& bootstrap) { return estimate(ishigami_case, 128, Scramble::owen, 1, bootstrap).first_jansen[0].interval; };
    const Interval one = interval({100, 0.9, 0});
    EXPECT_EQ(one.low, interval({100, 0.9, 0}).low);
    EXPECT_NE(one.low, interval({100, 0.9, 1}).low);
    EXPECT_LT(interval({100, 0.99, 0}).low, one.low);
    EXPECT_GT(interval({100, 0.99, 0}).high, one.high);
    EXPECT_LT(one.low, one.high);
    EXPECT_TRUE(std::isnan(interval(none).low));
}

}  // namespace
}  // namespace entente::test
