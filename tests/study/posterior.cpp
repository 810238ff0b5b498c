#include <gmock/gmock.h>

#include <entente/base/problem.hpp>
#include <entente/study/posterior.hpp>

namespace entente {
namespace {

using testing::Each;
using testing::ElementsAre;

TEST(Posterior, has_its_weights_beside_its_points) {
    Points points{{"a", "weight", "b"}, {1, 3, 2, 4, 1, 5}};
    EXPECT_THAT(take_weights(points), ElementsAre(0.75, 0.25));
    EXPECT_THAT(points.names, ElementsAre("a", "b"));
    EXPECT_THAT(points.values, ElementsAre(1, 2, 4, 5));
    EXPECT_THAT(take_weights(points), ElementsAre(0.5, 0.5)) << "all alike where there is no such column";
    Points negative{{"a", "weight"}, {1, -1}};
    EXPECT_THROW(take_weights(negative), Error);
    Points none{{"a", "weight"}, {1, 0, 2, 0}};
    EXPECT_THROW(take_weights(none), Error);
}

TEST(Posterior, spreads_runs_over_its_points) {
    const Points points{{"a"}, {1, 2, 3}};
    const SpreadRuns all = spread_runs(points, {0.5, 0.25, 0.25}, 10, 1);
    EXPECT_EQ(all.replicates, 4) << "at least ten";
    EXPECT_EQ(all.points.size(), 3u);
    EXPECT_THAT(all.weights, ElementsAre(0.5, 0.25, 0.25));
}

TEST(Posterior, draws_points_by_weight_where_there_are_more_than_runs) {
    Points points{{"a"}, {}};
    std::vector<double> weights;
    for (int i = 0; i < 100; ++i) {
        points.values.push_back(i);
        weights.push_back(i < 50 ? 0.018 : 0.002);
    }
    const SpreadRuns few = spread_runs(points, weights, 10, 1);
    EXPECT_EQ(few.replicates, 1);
    ASSERT_EQ(few.points.size(), 10u);
    EXPECT_THAT(few.weights, Each(0.1));
    EXPECT_EQ(std::ranges::count_if(few.points.values, [](double a) { return a < 50; }), 9)
        << "nine tenths of the weight, drawn systematically";
    EXPECT_EQ(spread_runs(points, weights, 10, 1).points.values, few.points.values);
}

}  // namespace
}  // namespace entente
