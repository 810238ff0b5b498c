#include <gmock/gmock.h>

#include <entente/study/posterior.hpp>

namespace entente {
namespace {

using testing::Each;
using testing::ElementsAre;

TEST(Posterior, spreads_runs_over_its_points) {
    const Points points{{"a"}, {1, 2, 3}, {2, 1, 1}};
    const SpreadRuns all = spread_runs(points, 10, 1);
    EXPECT_EQ(all.replicates, 4) << "at least ten";
    EXPECT_EQ(all.points.size(), 3u);
    EXPECT_THAT(all.points.weights, ElementsAre(2, 1, 1));
    EXPECT_THAT(spread_runs({{"a"}, {1, 2}}, 2, 1).points.weights, ElementsAre(1, 1)) << "all alike";
}

TEST(Posterior, draws_points_by_weight_where_there_are_more_than_runs) {
    Points points{{"a"}, {}};
    for (int i = 0; i < 100; ++i) {
        points.values.push_back(i);
        points.weights.push_back(i < 50 ? 0.018 : 0.002);
    }
    const SpreadRuns few = spread_runs(points, 10, 1);
    EXPECT_EQ(few.replicates, 1);
    ASSERT_EQ(few.points.size(), 10u);
    EXPECT_THAT(few.points.weights, Each(1));
    EXPECT_EQ(std::ranges::count_if(few.points.values, [](double a) { return a < 50; }), 9)
        << "nine tenths of the weight, drawn systematically";
    EXPECT_EQ(spread_runs(points, 10, 1).points.values, few.points.values);
}

}  // namespace
}  // namespace entente
