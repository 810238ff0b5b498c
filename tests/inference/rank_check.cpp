// Tests: rank_check.

#include <numeric>

#include <gmock/gmock.h>

#include <entente/inference/rank_check.hpp>

namespace entente {
namespace {

using testing::Each;
using testing::SizeIs;

TEST(RankCheck, finds_uniform_ranks_fine) {
    std::vector<std::int64_t> ranks(100);
    std::iota(ranks.begin(), ranks.end(), 0);
    const RankCheck check = check_ranks(ranks);
    EXPECT_THAT(check.counts, SizeIs(20));
    EXPECT_THAT(check.counts, Each(5));
    EXPECT_EQ(check.expected, 5);
    EXPECT_EQ(check.chance, 1);
    EXPECT_EQ(check.band.low, 0);
    EXPECT_DOUBLE_EQ(check.band.high, 11);
    EXPECT_THAT(check_ranks(std::vector<std::int64_t>(30)).counts, SizeIs(5));
}

TEST(RankCheck, finds_ranks_at_the_ends_wrong) {
    std::vector<std::int64_t> ranks;
    for (int i = 0; i < 50; ++i) ranks.insert(ranks.end(), {i % 10, 99 - i % 10});
    EXPECT_LT(check_ranks(ranks).chance, 1e-6);
    // Pearson's: of ten bins, two with 50 each and eight with none, expected 10: 2 * 160 + 8 * 10 = 400, far out of 9 degrees of freedom.
}

TEST(RankCheck, has_pearsons_chance) {
    std::vector<std::int64_t> ranks;
    for (const auto& [rank, count] : std::vector<std::pair<std::int64_t, int>>{{0, 8}, {25, 6}, {50, 4}, {75, 1}})
        for (int i = 0; i < count; ++i) ranks.push_back(rank);
    const RankCheck check = check_ranks(ranks);
    EXPECT_THAT(check.counts, testing::ElementsAre(8, 6, 4, 1));
    EXPECT_NEAR(check.chance, 0.130977155, 1e-9) << "of 26.75 / 4.75 with three degrees of freedom";
}

TEST(RankAmong, is_the_number_of_draws_below) {
    KeyedDraws draws(1, 1);
    EXPECT_EQ(rank_among(2, std::vector<double>{1, 3}, std::vector<double>{1, 0}, draws), rank_draws);
    EXPECT_EQ(rank_among(2, std::vector<double>{1, 3}, std::vector<double>{0, 1}, draws), 0);
    const auto even = static_cast<double>(rank_among(2, std::vector<double>{1, 3}, std::vector<double>{1, 1}, draws));
    EXPECT_NEAR(even, 49.5, 3 * 4.98);
    const auto ties = static_cast<double>(rank_among(2, std::vector<double>{2, 2}, std::vector<double>{1, 1}, draws));
    EXPECT_NEAR(ties, 49.5, 3 * 4.98);
}

}  // namespace
}  // namespace entente
