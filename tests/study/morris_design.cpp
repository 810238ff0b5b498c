#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <entente/study/morris_design.hpp>

#include "../worlds.hpp"
#include "functions.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;

TEST(MorrisDesign, walks_from_point_to_point) {
    MorrisDesign design{each_alone(2), 4, {}, {}};
    append_trajectory(design, std::vector{0, 3}, std::vector<std::size_t>{1, 0});
    EXPECT_THAT(design.level, ElementsAre(0, 3, /**/ 0, 1, /**/ 2, 1));
    EXPECT_EQ(design.steps[0].group, 1U);
    EXPECT_EQ(design.steps[0].direction, -1);
    EXPECT_EQ(design.steps[1].group, 0U);
    EXPECT_EQ(design.steps[1].direction, 1);
    EXPECT_DOUBLE_EQ(design.delta(), 2.0 / 3);
    EXPECT_THAT(points_of(uniform_factors(2, 0, 3), design).values, ElementsAre(0, 3, 0, 1, 2, 1));
}

TEST(MorrisDesign, moves_the_factors_of_a_group_each_its_own_way) {
    MorrisDesign design{{0, 1, 0}, 4, {}, {}};
    append_trajectory(design, std::vector{0, 1, 2}, std::vector<std::size_t>{0, 1});
    EXPECT_THAT(design.level, ElementsAre(0, 1, 2, /**/ 2, 1, 0, /**/ 2, 3, 0));
    EXPECT_EQ(design.steps[0].direction, 0);
    EXPECT_EQ(design.steps[1].direction, 1);
}

TEST(MorrisDesign, levels_of_a_prior_without_ends_are_quantiles) {
    const std::vector<Factor> factors{{"x", "", {Prior::Form::normal, {0, 1}}, {}, {}}};
    MorrisDesign design{each_alone(1), 4, {}, {}};
    append_trajectory(design, std::vector{0}, std::vector<std::size_t>{0});
    EXPECT_EQ(points_of(factors, design).values, (std::vector{factors[0].at(0.125), factors[0].at(0.625)}));
}

RC_GTEST_PROP(MorrisDesignProperty, every_step_moves_one_group_by_delta_and_each_group_moves_once, (std::uint64_t seed)) {
    const FactorGroups groups = *rc::gen::element(FactorGroups{0}, FactorGroups{0, 1, 2, 3}, FactorGroups{0, 1, 1, 2, 0});
    const int levels = 2 * *rc::gen::inRange(1, 5);
    const std::size_t g = group_count(groups);
    const std::size_t d = groups.size();
    const MorrisDesign design = morris_trajectories({5, groups, levels, seed});
    RC_ASSERT(design.trajectories() == 5U);
    RC_ASSERT(design.size() == 5 * (g + 1));
    for (std::size_t t = 0; t < 5; ++t) {
        std::vector<bool> has_moved(g);
        for (std::size_t s = 0; s < g; ++s) {
            const MorrisStep& step = design.steps[t * g + s];
            RC_ASSERT(!has_moved[step.group]);
            has_moved[step.group] = true;
            for (std::size_t k = 0; k < d; ++k) {
                const std::size_t at = (t * (g + 1) + s) * d + k;
                const int rise = design.level[at + d] - design.level[at];
                RC_ASSERT(0 <= design.level[at] && design.level[at] < levels);
                RC_ASSERT(std::abs(rise) == (groups[k] == step.group ? levels / 2 : 0));
                RC_ASSERT(rise == 0 || step.direction == 0 || rise == step.direction * levels / 2);
            }
        }
    }
}

RC_GTEST_PROP(MorrisDesignProperty, more_trajectories_leave_the_first_as_they_are, (std::uint64_t seed)) {
    const MorrisDesign some = morris_trajectories({7, each_alone(3), 4, seed});
    const MorrisDesign more = morris_trajectories({20, each_alone(3), 4, seed});
    RC_ASSERT(std::equal(some.level.begin(), some.level.end(), more.level.begin()));
}

TEST(MorrisDesign, starts_from_all_levels_and_orders_alike) {
    const MorrisDesign design = morris_trajectories({6000, each_alone(3), 4, 0});
    std::vector<int> levels(4);
    std::map<FactorGroups, int> orders;
    for (std::size_t t = 0; t < 6000; ++t) {
        ++levels[static_cast<std::size_t>(design.level[t * 4 * 3])];
        ++orders[{design.steps[t * 3].group, design.steps[t * 3 + 1].group, design.steps[t * 3 + 2].group}];
    }
    for (const int n : levels) EXPECT_NEAR(n, 1500, 4 * std::sqrt(6000 * 0.25 * 0.75));
    EXPECT_EQ(orders.size(), 6U);
    for (const auto& [order, n] : orders) EXPECT_NEAR(n, 1000, 4 * std::sqrt(6000.0 / 6 * 5 / 6));
}

TEST(MorrisDesign, refuses_levels_from_which_no_step_or_two_are_open) {
    EXPECT_EQ(refusal([] { morris_trajectories({1, {0}, 5}); }), "a Morris design can't have 5 levels: they are even, and 2 at least\nhelp: take 4 or 6");
    EXPECT_EQ(refusal([] { morris_trajectories({1, {0}, 0}); }), "a Morris design can't have 0 levels: they are even, and 2 at least\nhelp: take 4");
    EXPECT_EQ(refusal([] { morris_trajectories({0, {0}}); }), "a design needs at least one point\nhelp: ask for at least 1");
}

}  // namespace
}  // namespace entente::test
