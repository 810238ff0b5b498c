#include <cmath>

#include <gmock/gmock.h>

#include <entente/inference/score_pool.hpp>

namespace entente {
namespace {

using testing::SizeIs;

ScoredItem item_of(const std::string& group, double came, double chance, double base) {
    ScoredItem one{.item = {.name = group, .group = group, .cluster = group + std::to_string(chance)}, .scores = {}};
    one.scores.runs.of.fill(nan);
    one.scores.runs.of[0] = (chance - came) * (chance - came);
    one.scores.runs.chance = chance;
    one.scores.came = came;
    one.scores.transform = {0, 1};
    ForecastScores other = one.scores.runs;
    other.of[0] = (base - came) * (base - came);
    other.chance = base;
    one.scores.against[0] = other;
    return one;
}

const std::vector<ScoredItem> items{item_of("a", 1, 0.8, 0.5), item_of("a", 0, 0.1, 0.5), item_of("b", 0, 0.3, 0.5)};

TEST(ScorePool, has_each_group_and_all_of_them_first) {
    const ScorePool pool = pool_scores(items, {.resamples = 100});
    ASSERT_THAT(pool.scores, SizeIs(3)) << "one rule each";
    EXPECT_EQ(pool.scores[0].group, "");
    EXPECT_EQ(pool.scores[0].items, 3u);
    EXPECT_NEAR(pool.scores[0].score, (0.04 + 0.01 + 0.09) / 3, 1e-15);
    EXPECT_NEAR(pool.scores[1].score, 0.025, 1e-15);
    ASSERT_THAT(pool.scores[1].against, SizeIs(1));
    EXPECT_EQ(pool.scores[1].against[0].first, Baseline::constant_hazard);
    EXPECT_NEAR(pool.scores[1].against[0].second.skill.value, 1 - 0.025 / 0.25, 1e-15);
    EXPECT_EQ(rule_of_verdict(pool, "a"), ScoreRule::brier);
    EXPECT_EQ(rule_of_verdict(pool, "none"), ScoreRule::crps);
}

TEST(ScorePool, of_one_group_is_not_told_twice) {
    const ScorePool pool = pool_scores({items[0], items[1]}, {.resamples = 10});
    ASSERT_THAT(pool.scores, SizeIs(1));
    EXPECT_EQ(pool.scores[0].group, "a");
}

TEST(ScorePool, has_areas_where_some_came_and_some_did_not) {
    const ScorePool pool = pool_scores(items, {.resamples = 100});
    ASSERT_THAT(pool.areas, SizeIs(2));
    EXPECT_EQ(pool.areas[0].area.value, 1);
    EXPECT_EQ(pool.areas[0].came, 1u);
    ASSERT_THAT(pool.areas[0].gains, SizeIs(1));
    EXPECT_EQ(pool.areas[0].gains[0].second.value, 0.5);
}

TEST(ScorePool, tells_whether_chances_are_what_they_say) {
    const ScorePool pool = pool_scores(items, {.resamples = 10});
    ASSERT_THAT(pool.reliability, SizeIs(10));
    EXPECT_EQ(pool.reliability[8].count, 1u);
    EXPECT_EQ(pool.reliability[8].share, 1);
    EXPECT_EQ(pool.pit_items, 3u);
    EXPECT_THAT(pool.pit, testing::Each(testing::DoubleNear(1, 1e-12))) << "the transforms say nothing";
    EXPECT_TRUE(pool_scores({}, {}).scores.empty());
}

}  // namespace
}  // namespace entente
