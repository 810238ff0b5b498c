// Factors: quantiles against values worked by hand or taken from CPython's statistics.NormalDist, and what holds of every one.
#include <cmath>
#include <limits>
#include <vector>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <entente/study/factor.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;
using Form = Prior::Form;

constexpr double infinity = std::numeric_limits<double>::infinity();

Factor factor(Form form, std::vector<double> arguments, Range range = {}) {
    return {"x", "", {form, std::move(arguments)}, range, {}};
}

// -- quantiles ----------------------------------------------------------------------------------------------------------------------------

TEST(Factor, uniform_runs_from_end_to_end) {
    const Factor x = factor(Form::uniform, {-1, 3});
    EXPECT_EQ(x.at(0), -1);
    EXPECT_EQ(x.at(0.25), 0);
    EXPECT_EQ(x.at(1), 3);
    EXPECT_EQ(factor(Form::uniform, {-1, 3}, {0, 2}).at(0.25), 0.5);
}

TEST(Factor, loguniform_is_even_in_the_logarithm) {
    const Factor x = factor(Form::loguniform, {0.01, 100});
    EXPECT_EQ(x.at(0), 0.01);
    EXPECT_NEAR(x.at(0.25), 0.1, 1e-15);
    EXPECT_NEAR(x.at(0.5), 1, 1e-15);
    EXPECT_EQ(x.at(1), 100);
    EXPECT_NEAR(factor(Form::loguniform, {0.01, 100}, {1, infinity}).at(0.5), 10, 1e-13);
}

TEST(Factor, normal_has_the_quantiles_of_the_normal) {
    const Factor x = factor(Form::normal, {10, 2});
    EXPECT_EQ(x.at(0.5), 10);
    EXPECT_NEAR(x.at(0.975), 10 + 2 * 1.9599639845400536, 1e-14);
    EXPECT_NEAR(x.at(0.1), 10 - 2 * 1.2815515655446008, 1e-14);
}

TEST(Factor, an_end_that_is_not_there_stays_8_standard_deviations_away) {
    const Factor x = factor(Form::normal, {0, 1});
    EXPECT_NEAR(x.at(0), -8.209536151601386, 1e-12);
    EXPECT_NEAR(x.at(1), 8.209536151601386, 1e-12);
    EXPECT_NEAR(factor(Form::lognormal, {0, 1}).at(0), std::exp(-8.209536151601386), 1e-15);
}

TEST(Factor, a_normal_cut_off_on_one_side_is_a_half_normal) {
    const Factor x = factor(Form::normal, {0, 1}, {0, infinity});
    EXPECT_EQ(x.at(0), 0);
    EXPECT_NEAR(x.at(0.5), 0.6744897501960818, 1e-14);  // the 0.75-quantile
    EXPECT_NEAR(factor(Form::normal, {0, 1}, {-1, 1}).at(0.75), 0.4417705466865815, 1e-14);
}

TEST(Factor, the_far_tail_of_a_normal_is_told_apart) {
    const Factor x = factor(Form::normal, {0, 1}, {9, 10});
    EXPECT_EQ(x.at(0), 9);
    EXPECT_NEAR(x.at(0.5), 9.0753, 1e-3);  // about log(2) / 9 beyond
    EXPECT_EQ(x.at(1), 10);
    EXPECT_DOUBLE_EQ(factor(Form::normal, {0, 1}, {-10, -9}).at(0.5), -x.at(0.5));
    EXPECT_EQ(factor(Form::normal, {0, 1}, {100, 101}).at(0.5), 100);  // beyond what a double can tell
}

TEST(Factor, lognormal_is_the_exponential_of_a_normal) {
    const Factor x = factor(Form::lognormal, {1, 0.5});
    EXPECT_NEAR(x.at(0.5), std::exp(1), 1e-15);
    EXPECT_NEAR(x.at(0.975), std::exp(1 + 0.5 * 1.9599639845400536), 1e-13);
    EXPECT_NEAR(factor(Form::lognormal, {0, 1}, {1, infinity}).at(0.5), std::exp(0.6744897501960818), 1e-14);
    EXPECT_EQ(factor(Form::lognormal, {0, 1}, {-5, 3}).at(1), 3);
}

TEST(Factor, beta_has_quantiles_in_closed_form_where_one_argument_is_1) {
    EXPECT_NEAR(factor(Form::beta, {2, 1}).at(0.25), 0.5, 1e-15);        // x^2
    EXPECT_NEAR(factor(Form::beta, {1, 2}).at(0.75), 0.5, 1e-15);        // 1 - (1 - x)^2
    EXPECT_NEAR(factor(Form::beta, {8, 14}).at(0.5), 0.35943427, 1e-8);  // validation of Approximate Bayesian computation
    EXPECT_EQ(factor(Form::beta, {2, 5}).at(0), 0);
    EXPECT_EQ(factor(Form::beta, {2, 5}).at(1), 1);
    EXPECT_NEAR(factor(Form::beta, {2, 1}, {0.5, 1}).at(0.5), std::sqrt(0.625), 1e-15);
}

TEST(Factor, discrete_values_have_equal_shares) {
    const Factor choice = factor(Form::choice, {3, 1, 2, 2});
    EXPECT_EQ(choice.at(0), 1);
    EXPECT_EQ(choice.at(0.25), 2);
    EXPECT_EQ(choice.at(0.74), 2);
    EXPECT_EQ(choice.at(0.75), 3);
    EXPECT_EQ(choice.at(1), 3);
    const Factor die = factor(Form::integers, {1, 6});
    EXPECT_EQ(die.at(0), 1);
    EXPECT_EQ(die.at(0.5), 4);
    EXPECT_EQ(die.at(1), 6);
    EXPECT_EQ(factor(Form::integers, {1, 6}, {2.5, 4.5}).at(0.5), 4);
    EXPECT_EQ(factor(Form::choice, {1, 2, 3}, {2, infinity}).at(0), 2);
}

RC_GTEST_PROP(FactorProperty, a_quantile_lies_in_the_range_is_finite_and_never_falls, (int a, int b)) {
    const double low = a / 10.0;
    const Range range = *rc::gen::element(Range{}, Range{low, infinity}, Range{-infinity, low}, Range{low, low + 1 + std::abs(b)});
    const Factor x = *rc::gen::element(factor(Form::normal, {0, 2}, range), factor(Form::lognormal, {0, 2}, range), factor(Form::uniform, {-3, 7}, range),
                                       factor(Form::loguniform, {1, 9}, range), factor(Form::beta, {0.5, 3}, range), factor(Form::integers, {-4, 9}, range),
                                       factor(Form::choice, {5, -1, 3}, range));
    RC_PRE(!x.is_empty());
    double before = -infinity;
    for (int i = 0; i <= 64; ++i) {
        const double value = x.at(i / 64.0);
        RC_ASSERT(std::isfinite(value));
        RC_ASSERT(x.range.holds(value));
        RC_ASSERT(value >= before);
        before = value;
    }
}

TEST(Factor, without_a_value_in_its_range_is_empty) {
    EXPECT_TRUE(factor(Form::uniform, {0, 1}, {2, 3}).is_empty());
    EXPECT_TRUE(factor(Form::integers, {0, 9}, {2.1, 2.9}).is_empty());
    EXPECT_TRUE(factor(Form::choice, {1, 2}, {3, 4}).is_empty());
    EXPECT_TRUE(factor(Form::beta, {1, 2}, {1.5, 4}).is_empty());
    EXPECT_TRUE(factor(Form::lognormal, {1, 2}, {-3, 0}).is_empty());
    EXPECT_FALSE(factor(Form::normal, {1, 2}, {50, 60}).is_empty());
}

// -- values for grids ---------------------------------------------------------------------------------------------------------------------

TEST(FactorValues, are_evenly_spaced_with_both_ends) {
    EXPECT_THAT(factor(Form::uniform, {0, 1}).values(5), ElementsAre(0, 0.25, 0.5, 0.75, 1));
    EXPECT_THAT(factor(Form::uniform, {0, 1}).values(1), ElementsAre(0.5));
    EXPECT_THAT(factor(Form::loguniform, {1, 100}).values(3), ElementsAre(1, DoubleEq(10), 100));
}

TEST(FactorValues, are_quantiles_where_there_are_no_ends) {
    EXPECT_THAT(factor(Form::normal, {0, 1}).values(2), ElementsAre(DoubleEq(-0.6744897501960818), DoubleEq(0.6744897501960818)));
    EXPECT_THAT(factor(Form::beta, {2, 1}).values(2), ElementsAre(DoubleEq(0.5), DoubleEq(std::sqrt(0.75))));
}

TEST(FactorValues, are_all_of_a_discrete_factor) {
    EXPECT_THAT(factor(Form::choice, {3, 1, 2, 2}).values(2), ElementsAre(1, 2, 3));
    EXPECT_THAT(factor(Form::integers, {1, 4}).values(2), ElementsAre(1, 2, 3, 4));
}

TEST(FactorValues, are_as_many_as_the_factor_asks_for) {
    Factor x = factor(Form::uniform, {0, 1});
    x.levels = 3;
    EXPECT_THAT(x.values(5), ElementsAre(0, 0.5, 1));
    Factor n = factor(Form::integers, {0, 99});
    n.levels = 5;
    EXPECT_THAT(n.values(2), ElementsAre(10, 30, 50, 70, 90));
    n.levels = 1000;
    EXPECT_EQ(n.values(2).size(), 100U);
}

TEST(Factor, keeps_the_share_of_its_distribution_that_lies_in_the_range) {
    EXPECT_NEAR(factor(Form::normal, {6, 2}, {-5, 5}).kept(), 0.3085375197364244, 1e-15) << "CPython's NormalDist(6, 2)";
    EXPECT_EQ(factor(Form::normal, {0, 1}).kept(), 1);
    EXPECT_EQ(factor(Form::normal, {100, 1}, {0, 10}).kept(), 0);
    EXPECT_DOUBLE_EQ(factor(Form::lognormal, {0, 1}, {1, infinity}).kept(), 0.5);
    EXPECT_DOUBLE_EQ(factor(Form::beta, {2, 2}, {0, 0.5}).kept(), 0.5);
    EXPECT_DOUBLE_EQ(factor(Form::uniform, {0, 4}, {1, 9}).kept(), 0.75);
    EXPECT_DOUBLE_EQ(factor(Form::loguniform, {1, 100}, {0, 10}).kept(), 0.5);
    EXPECT_DOUBLE_EQ(factor(Form::integers, {1, 4}, {2, 9}).kept(), 0.75);
    EXPECT_DOUBLE_EQ(factor(Form::choice, {1, 2, 2, 9}, {0, 5}).kept(), 0.75);
}

TEST(FactorValues, that_are_too_many_are_refused) {
    EXPECT_EQ(refusal([] { (void)factor(Form::integers, {1, 1e9}).values(2); }),
              "'x' has 1000000000 values, and 16777216 are the most\nhelp: say how many levels to take");
}

}  // namespace
}  // namespace entente::test
