// Sobol' points against those of SciPy, and what scrambling must leave as it is.
#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <vector>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <entente/study/sobol_sequence.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::Each;
using testing::ElementsAre;

TEST(SobolSequence, begins_as_published) {
    const UnitPoints points = sobol_sequence(5, 6, Scramble::none, 1);
    EXPECT_THAT(points.row(0), Each(0));
    EXPECT_THAT(points.row(1), Each(0.5));
    EXPECT_THAT(points.row(2), ElementsAre(.75, .25, .25, .25, .75, .75));
    EXPECT_THAT(points.row(3), ElementsAre(.25, .75, .75, .75, .25, .25));
    EXPECT_THAT(points.row(4), ElementsAre(.375, .375, .625, .875, .375, .125));
}

TEST(SobolSequence, holds_in_a_thousand_dimensions) {
    const UnitPoints points = sobol_sequence(1024, 1024, Scramble::none, 1);
    EXPECT_THAT(points.row(1023).first(8), ElementsAre(.0009765625, .7529296875, .6123046875, .1455078125, .1865234375, .4384765625, .1396484375, .6181640625));
    EXPECT_THAT(points.row(1023).last(8), ElementsAre(.6337890625, .1416015625, .3896484375, .4638671875, .8564453125, .4501953125, .1689453125, .9951171875));
    EXPECT_EQ(std::accumulate(points.coordinates.begin(), points.coordinates.end(), 0.0), 523776);
}

RC_GTEST_PROP(SobolSequenceProperty, is_the_beginning_of_a_longer_one_and_of_one_of_more_factors, (std::uint64_t seed)) {
    const Scramble scramble = *rc::gen::element(Scramble::none, Scramble::owen);
    const auto count = *rc::gen::inRange<std::size_t>(1, 100);
    const auto factors = *rc::gen::inRange<std::size_t>(1, 10);
    const UnitPoints some = sobol_sequence(count, factors, scramble, seed);
    const UnitPoints more = sobol_sequence(2 * count, factors + 2, scramble, seed);
    for (std::size_t i = 0; i < count; ++i) RC_ASSERT(std::ranges::equal(some.row(i), more.row(i).first(factors)));
}

/// Of 2^m points, each cell of the plane with sides 2^-a and 2^-(m - a) holds one: true of any two factors that are the first two.
RC_GTEST_PROP(SobolSequenceProperty, scrambled_or_not_is_a_net_in_its_first_two_factors, (std::uint64_t seed)) {
    const Scramble scramble = *rc::gen::element(Scramble::none, Scramble::owen);
    const auto m = *rc::gen::inRange(0, 9);
    const auto a = *rc::gen::inRange(0, m + 1);
    const UnitPoints points = sobol_sequence(std::size_t{1} << m, 2, scramble, seed);
    std::vector<int> cells(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto x = static_cast<std::size_t>(std::ldexp(points.row(i)[0], a));
        const auto y = static_cast<std::size_t>(std::ldexp(points.row(i)[1], m - a));
        ++cells[(x << (m - a)) + y];
    }
    RC_ASSERT(std::ranges::count(cells, 1) == std::ssize(cells));
}

TEST(SobolSequence, scrambled_is_uniform_at_every_point) {
    double sum = 0;
    double squares = 0;
    for (std::uint64_t seed = 0; seed < 10'000; ++seed) {
        const double x = sobol_sequence(1, 1, Scramble::owen, seed).coordinates[0];
        sum += x;
        squares += (x - 0.5) * (x - 0.5);
    }
    EXPECT_NEAR(sum / 10'000, 0.5, 4 * std::sqrt(1.0 / 12 / 10'000));
    EXPECT_NEAR(squares / 10'000, 1.0 / 12, 4 * std::sqrt(1.0 / 180 / 10'000));
}

TEST(SobolSequence, scrambled_keeps_common_beginnings_and_draws_anew_below_them) {
    const UnitPoints plain = sobol_sequence(256, 1, Scramble::none, 1);
    const UnitPoints scrambled = sobol_sequence(256, 1, Scramble::owen, 1);
    const auto common_bits = [](double x, double y) {  // before the first that differs
        return std::countl_zero(static_cast<std::uint64_t>(std::ldexp(x, 52)) ^ static_cast<std::uint64_t>(std::ldexp(y, 52)));
    };
    for (std::size_t i = 0; i < 256; ++i)
        for (std::size_t j = 0; j < i; ++j)
            ASSERT_EQ(common_bits(plain.coordinates[i], plain.coordinates[j]), common_bits(scrambled.coordinates[i], scrambled.coordinates[j]));
    const auto last_bit = [](double x) { return static_cast<std::uint64_t>(std::ldexp(x, 52)) & 1; };
    const auto odd = std::ranges::count_if(scrambled.coordinates, [&](double x) { return last_bit(x) == 1; });
    EXPECT_NEAR(static_cast<double>(odd), 128, 4 * 8);
}

TEST(SobolSequence, is_scrambled_by_the_seed_0_as_by_any_other) {
    EXPECT_EQ(sobol_sequence(8, 2, Scramble::owen, 0).coordinates, sobol_sequence(8, 2, Scramble::owen, 0).coordinates);
    EXPECT_NE(sobol_sequence(8, 2, Scramble::owen, 0).coordinates, sobol_sequence(8, 2, Scramble::owen, 1).coordinates);
    EXPECT_NE(sobol_sequence(8, 2, Scramble::owen, 0).coordinates, sobol_sequence(8, 2, Scramble::none, 0).coordinates);
}

TEST(SobolSequence, warns_of_numbers_that_are_no_power_of_two) {
    EXPECT_EQ(balance_warning(1), "");
    EXPECT_EQ(balance_warning(1024), "");
    EXPECT_EQ(balance_warning(1000), "a Sobol' sequence is balanced at powers of two, and 1000 is not one: take 512 or 1024");
}

TEST(SobolSequence, of_too_many_factors_is_refused) {
    EXPECT_EQ(refusal([] { sobol_sequence(1, 3668, Scramble::none, 1); }),
              "a Sobol' sequence has no 3668 dimensions: 3667 are the most\nhelp: vary fewer factors; a Saltelli design takes two dimensions for each");
}

}  // namespace
}  // namespace entente::test
