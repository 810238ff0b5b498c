// Tests: sensitivity_design.
#include <algorithm>
#include <vector>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <entente/study/saltelli.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;

TEST(Saltelli, rows_stand_in_the_order_of_salib) {
    const UnitPoints base = sobol_sequence(2, 4, Scramble::none, 1);
    ASSERT_THAT(base.row(1), ElementsAre(.5, .5, .5, .5));
    const UnitPoints points = saltelli_points({4, each_alone(2), SecondOrder::yes, Scramble::none, 1});
    const std::vector<double> third(points.coordinates.begin() + 2 * 6 * 2, points.coordinates.begin() + 3 * 6 * 2);
    EXPECT_THAT(third, ElementsAre(.75, .25, /**/ .25, .25, /**/ .75, .25, /**/ .75, .25, /**/ .25, .25, /**/ .25, .25));  // A = .75 .25, B = .25 .25
    const UnitPoints first_only = saltelli_points({4, each_alone(2), SecondOrder::no, Scramble::none, 1});
    const std::vector<double> fourth(first_only.coordinates.begin() + 3 * 4 * 2, first_only.coordinates.end());
    EXPECT_THAT(fourth, ElementsAre(.25, .75, /**/ .75, .75, /**/ .25, .75, /**/ .75, .75));  // A = .25 .75, B = .75 .75
}

TEST(Saltelli, exchanges_the_columns_of_a_group_together) {
    const UnitPoints base = sobol_sequence(8, 6, Scramble::owen, 3);
    const UnitPoints points = saltelli_points({8, {0, 1, 0}, SecondOrder::no, Scramble::owen, 3});
    ASSERT_EQ(points.size(), 8U * 4U);
    for (std::size_t n = 0; n < 8; ++n) {
        const auto r = base.row(n);
        EXPECT_THAT(points.row(4 * n), ElementsAre(r[0], r[1], r[2]));
        EXPECT_THAT(points.row(4 * n + 1), ElementsAre(r[3], r[1], r[5]));
        EXPECT_THAT(points.row(4 * n + 2), ElementsAre(r[0], r[4], r[2]));
        EXPECT_THAT(points.row(4 * n + 3), ElementsAre(r[3], r[4], r[5]));
    }
}

RC_GTEST_PROP(SaltelliProperty, the_design_of_n_is_the_beginning_of_the_design_of_more, (std::uint64_t seed)) {
    const auto n = *rc::gen::inRange<std::size_t>(1, 33);
    const SecondOrder order = *rc::gen::element(SecondOrder::no, SecondOrder::yes);
    const std::vector<double> some = saltelli_points({n, {0, 1, 1, 2}, order, Scramble::owen, seed}).coordinates;
    const std::vector<double> more = saltelli_points({2 * n, {0, 1, 1, 2}, order, Scramble::owen, seed}).coordinates;
    RC_ASSERT(some.size() == n * points_per_base_row(3, order) * 4);
    RC_ASSERT(std::equal(some.begin(), some.end(), more.begin()));
}

TEST(Saltelli, of_too_many_points_is_refused) {
    EXPECT_EQ(refusal([] { saltelli_points({2'000'000, each_alone(7), SecondOrder::no}); }),
              "this design has 18000000 points, and 16777216 are the most\nhelp: ask for fewer");
    EXPECT_EQ(refusal([] { saltelli_points({std::size_t{1} << 62, each_alone(2), SecondOrder::no}); }),
              "this design has 4611686018427387904 points, and 16777216 are the most\nhelp: ask for fewer");
}

}  // namespace
}  // namespace entente::test
