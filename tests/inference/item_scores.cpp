// Scores of single items, held to what they are by hand.
#include <cmath>

#include <gmock/gmock.h>

#include <entente/inference/item_scores.hpp>

namespace entente {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;

constexpr double tight = 1e-12;

double of(const ForecastScores& scores, ScoreRule rule) {
    return scores.of[static_cast<std::size_t>(rule)];
}

const ForecastScores& against(const ItemScores& scores, Baseline baseline) {
    return scores.against[static_cast<std::size_t>(baseline)].value();
}

/// A date of four ticks, before which two rows waited for two ticks each and one event came: hazard (1 + 1/2) / 6 a tick.
ScoreItem date_item(const DateRecord& came) {
    return {.name = "d", .group = "dates", .cluster = "d", .window = {0, 4}, .came = came, .exposure = {1, 6}};
}

TEST(ItemScores, of_a_constant_hazard_are_those_by_hand) {
    const Calendar calendar = Calendar::undated(4);
    const std::vector<double> ends{1, 2, 3, 4};
    const ItemScores scores = scores_of(date_item(date_on(2)), calendar, constant_hazard_date(0.25, {0, 4}, ends));
    EXPECT_THAT(scores.runs.chance, DoubleNear(1 - std::exp(-1), tight));
    EXPECT_EQ(scores.came, 1);
    EXPECT_THAT(of(scores.runs, ScoreRule::brier), DoubleNear(std::exp(-2), tight));
    EXPECT_THAT(of(scores.runs, ScoreRule::log), DoubleNear(-std::log(std::exp(-0.25) - std::exp(-0.5)), tight)) << "each tick is a cell";
    const double by_1 = 1 - std::exp(-0.25);
    EXPECT_THAT(of(scores.runs, ScoreRule::date_crps), DoubleNear((by_1 * by_1 + std::exp(-1) + std::exp(-1.5)) / 4, tight));
    EXPECT_TRUE(std::isnan(of(scores.runs, ScoreRule::crps)));
    EXPECT_EQ(scores.middle, 3) << "1 - exp(-0.75) is the first above one half";
    const ForecastScores& hazard = against(scores, Baseline::constant_hazard);
    EXPECT_THAT(of(hazard, ScoreRule::brier), DoubleNear(std::exp(-2), tight)) << "(1 + 1/2) / 6 is the same hazard";
    EXPECT_EQ(of(against(scores, Baseline::nothing_changes), ScoreRule::brier), 1);
    EXPECT_EQ(of(against(scores, Baseline::nothing_changes), ScoreRule::date_crps), 0.5);
    EXPECT_FALSE(scores.against[static_cast<std::size_t>(Baseline::climatology)]);
}

TEST(ItemScores, of_what_never_came_reward_who_said_so) {
    const ItemScores scores = scores_of(date_item(not_come_by(4)), Calendar::undated(4), never_comes({0, 4}));
    EXPECT_EQ(scores.came, 0);
    EXPECT_EQ(of(scores.runs, ScoreRule::brier), 0);
    EXPECT_EQ(of(scores.runs, ScoreRule::log), 0);
    EXPECT_THAT(of(against(scores, Baseline::constant_hazard), ScoreRule::brier), DoubleNear(std::pow(1 - std::exp(-1), 2), tight));
}

TEST(ItemScores, know_no_constant_hazard_where_nothing_was_waited_for) {
    ScoreItem item = date_item(date_on(2));
    item.exposure = {};
    const ItemScores scores = scores_of(item, Calendar::undated(4), never_comes({0, 4}));
    EXPECT_FALSE(scores.against[static_cast<std::size_t>(Baseline::constant_hazard)]);
}

TEST(ItemScores, of_a_date_that_may_lie_beyond_the_horizon_leave_out_whether_it_came) {
    const ItemScores scores = scores_of(date_item(date_within(3, 6)), Calendar::undated(4), never_comes({0, 4}));
    EXPECT_TRUE(std::isnan(scores.came));
    EXPECT_TRUE(std::isnan(of(scores.runs, ScoreRule::brier)));
    EXPECT_EQ(of(scores.runs, ScoreRule::date_crps), 0);
}

TEST(ItemScores, of_0_or_1_are_chances_beside_shares_of_the_past) {
    ScoreItem item{.name = "c", .group = "c", .cluster = "c", .is_date = false, .value = 1, .is_chance = true, .is_count = true};
    item.before = {0, 1, 1, 0, 1, 0};
    item.group_before = {0, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0};
    const ItemScores scores = scores_of(item, {.values = {0, 1, 1, 1}});
    EXPECT_EQ(scores.runs.chance, 0.75);
    EXPECT_THAT(of(scores.runs, ScoreRule::brier), DoubleNear(0, tight)) << "(1 - 3/4)^2 - 3/4 · 1/4 / 3: fair";
    EXPECT_THAT(of(scores.runs, ScoreRule::log), DoubleNear(-std::log(0.1 + 0.8 * 0.75), tight))
        << "half a run in each of two cells: (1/2) / (4 + 1)";
    EXPECT_EQ(against(scores, Baseline::climatology).chance, 0.5);
    EXPECT_THAT(against(scores, Baseline::last_five).chance, DoubleNear(3.5 / 6, tight));
    EXPECT_THAT(against(scores, Baseline::base_rate).chance, DoubleNear(3.5 / 12, tight));
    EXPECT_EQ(against(scores, Baseline::nothing_changes).chance, 0);
    EXPECT_EQ(of(against(scores, Baseline::nothing_changes), ScoreRule::brier), 1);
    EXPECT_TRUE(std::isnan(of(scores.runs, ScoreRule::crps)));
}

TEST(ItemScores, of_numbers_are_those_of_their_mixture) {
    ScoreItem item{.name = "n", .group = "n", .cluster = "n", .is_date = false, .value = 2, .sd = 0};
    item.before = {1, 3, 2.5};
    const ItemScores scores = scores_of(item, {.values = {1, 2, 3}});
    EXPECT_THAT(of(scores.runs, ScoreRule::crps), DoubleNear(2.0 / 3 - 4.0 / 6, tight))
        << "mean |x - y| less half the mean distance of pairs";
    EXPECT_THAT(of(scores.runs, ScoreRule::interval), DoubleNear(scores.central.high - scores.central.low, tight));
    EXPECT_EQ(scores.middle, 2);
    EXPECT_EQ(of(against(scores, Baseline::nothing_changes), ScoreRule::crps), 0.5);
    EXPECT_FALSE(scores.against[static_cast<std::size_t>(Baseline::constant_hazard)]) << "2.5 is no count";
    EXPECT_TRUE(scores.against[static_cast<std::size_t>(Baseline::last_value)]);
    item.before.clear();
    for (const auto& one : scores_of(item, {.values = {1, 2, 3}}).against) EXPECT_FALSE(one) << "nothing is on record before";
}

TEST(QuarterEdges, are_the_ends_of_quarters_or_of_ticks) {
    const Calendar weeks = Calendar::dated(*parse_date("2024-01-07"), *parse_step("week"), 52);
    const std::vector<double> edges = quarter_edges(weeks, {0, 52});
    ASSERT_EQ(edges.size(), 5u);
    EXPECT_EQ(iso(weeks.first_day(static_cast<std::int64_t>(edges[1]))), "2024-04-07");
    EXPECT_EQ(edges.back(), 52);
    EXPECT_THAT(quarter_edges(Calendar::undated(3), {0, 3}), ElementsAre(0, 1, 2, 3));
    EXPECT_LE(quarter_edges(Calendar::undated(1000), {0, 1000}).size(), 41u);
}

}  // namespace
}  // namespace entente
