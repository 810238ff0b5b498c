// The shapes of graphs by pattern.
#include <algorithm>
#include <cmath>
#include <set>
#include <utility>
#include <vector>

#include <gmock/gmock.h>

#include <entente/model/patterns.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::Each;
using testing::ElementsAre;

struct Laid {
    Laid(const Pattern& pattern, std::int64_t agents) : degree(static_cast<std::size_t>(agents)) {
        add_pattern(pattern, "tie", agents, agents, true, source, target);
        for (std::size_t i = 0; i < source.size(); ++i) {
            pairs.emplace_back(source[i], target[i]);
            ++degree[static_cast<std::size_t>(source[i])];
        }
    }
    std::vector<int> neighbours(int agent) const {
        std::vector<int> found;
        for (const auto& [from, to] : pairs)
            if (from == agent) found.push_back(to);
        return found;
    }
    std::size_t links() const { return source.size(); }

    RowMap source;
    RowMap target;
    std::vector<std::pair<int, int>> pairs;
    std::vector<int> degree;
};

Pattern ring(int k) { return {.form = Pattern::Form::ring, .k = k, .place = {}}; }
Pattern grid(int width, int height, int neighbours, bool torus) {
    return {.form = Pattern::Form::grid, .width = width, .height = height, .torus = torus, .neighbours = neighbours, .place = {}};
}
Pattern grid_within(double radius, int width, int height, bool torus) {
    return {.form = Pattern::Form::grid, .width = width, .height = height, .torus = torus, .radius = radius, .place = {}};
}
Pattern random(double p, std::uint64_t seed = 1) { return {.form = Pattern::Form::random, .p = p, .topology_seed = seed, .place = {}}; }
Pattern small_world(int k, double p, std::uint64_t seed = 1) { return {.form = Pattern::Form::small_world, .k = k, .p = p, .topology_seed = seed, .place = {}}; }
Pattern scale_free(int m, std::uint64_t seed = 1) { return {.form = Pattern::Form::scale_free, .k = m, .topology_seed = seed, .place = {}}; }
Pattern regular(int k, std::uint64_t seed = 1) { return {.form = Pattern::Form::regular, .k = k, .topology_seed = seed, .place = {}}; }

// -- what all have in common --------------------------------------------------------------------------------------------------------------

const std::vector<std::pair<Pattern, std::int64_t>> samples{
    {{.place = {}}, 9},           {ring(4), 11},           {grid(5, 4, 4, false), 20}, {grid(5, 4, 8, true), 20}, {grid_within(2.3, 6, 5, true), 30}, {random(0.2), 60},
    {small_world(6, 0.3), 50}, {scale_free(3), 80}, {regular(5), 40},
    // so dense that neighbours are found by hashing
    {small_world(600, 0.3), 700}, {scale_free(290), 600}, {regular(299), 600}};

TEST(Patterns, are_sorted_symmetric_without_loops_and_without_doubles) {
    for (const auto& [pattern, agents] : samples) {
        const Laid laid(pattern, agents);
        const std::set<std::pair<int, int>> pairs(laid.pairs.begin(), laid.pairs.end());
        EXPECT_EQ(pairs.size(), laid.pairs.size());
        EXPECT_TRUE(std::is_sorted(laid.pairs.begin(), laid.pairs.end()));
        for (const auto& [from, to] : pairs) {
            EXPECT_NE(from, to);
            EXPECT_TRUE(pairs.contains({to, from}));
            EXPECT_TRUE(from >= 0 && from < agents);
        }
    }
}

TEST(Patterns, come_out_the_same_for_a_seed_and_differ_between_seeds) {
    const auto of_seed = [](std::uint64_t seed) {
        return std::vector{Laid(random(0.2, seed), 60).pairs, Laid(small_world(6, 0.3, seed), 50).pairs, Laid(scale_free(3, seed), 80).pairs, Laid(regular(5, seed), 40).pairs};
    };
    EXPECT_EQ(of_seed(1), of_seed(1));
    for (std::size_t form = 0; form < 4; ++form) EXPECT_NE(of_seed(1)[form], of_seed(2)[form]);
}

// -- one by one ----------------------------------------------------------------------------------------------------------------------------

TEST(Patterns, complete_links_everyone_to_everyone_else) {
    const Laid laid({.place = {}}, 7);
    EXPECT_EQ(laid.links(), 42U);
    EXPECT_THAT(laid.degree, Each(6));
    EXPECT_THAT(Laid({.place = {}}, 3).pairs, ElementsAre(std::pair{0, 1}, std::pair{0, 2}, std::pair{1, 0}, std::pair{1, 2}, std::pair{2, 0}, std::pair{2, 1}));
    EXPECT_EQ(Laid({.place = {}}, 1).links(), 0U);
}

TEST(Patterns, complete_between_two_kinds_links_all_pairs) {
    RowMap source;
    RowMap target;
    add_pattern({.place = {}}, "aid", 2, 3, false, source, target);
    EXPECT_THAT(source, ElementsAre(0, 0, 0, 1, 1, 1));
    EXPECT_THAT(target, ElementsAre(0, 1, 2, 0, 1, 2));
}

TEST(Patterns, a_ring_links_the_nearest_on_either_side) {
    EXPECT_THAT(Laid(ring(2), 5).neighbours(0), ElementsAre(1, 4));
    const Laid laid(ring(4), 10);
    EXPECT_THAT(laid.neighbours(0), ElementsAre(1, 2, 8, 9));
    EXPECT_THAT(laid.neighbours(5), ElementsAre(3, 4, 6, 7));
    EXPECT_THAT(laid.degree, Each(4));
    EXPECT_EQ(Laid(ring(4), 5).links(), 20U);  // everyone
}

TEST(Patterns, a_grid_counts_its_cells_row_by_row) {
    const Laid four(grid(4, 3, 4, false), 12);
    EXPECT_THAT(four.neighbours(0), ElementsAre(1, 4));
    EXPECT_THAT(four.neighbours(5), ElementsAre(1, 4, 6, 9));
    EXPECT_THAT(four.neighbours(3), ElementsAre(2, 7));
    EXPECT_THAT(four.neighbours(11), ElementsAre(7, 10));
    EXPECT_EQ(four.links(), 2U * (3 * 3 + 4 * 2));
    const Laid eight(grid(4, 3, 8, false), 12);
    EXPECT_THAT(eight.neighbours(0), ElementsAre(1, 4, 5));
    EXPECT_THAT(eight.neighbours(5), ElementsAre(0, 1, 2, 4, 6, 8, 9, 10));
    EXPECT_THAT(eight.neighbours(7), ElementsAre(2, 3, 6, 10, 11));
}

TEST(Patterns, a_torus_has_no_edges) {
    const Laid four(grid(4, 3, 4, true), 12);
    EXPECT_THAT(four.neighbours(0), ElementsAre(1, 3, 4, 8));
    EXPECT_THAT(four.degree, Each(4));
    const Laid eight(grid(4, 3, 8, true), 12);
    EXPECT_THAT(eight.neighbours(0), ElementsAre(1, 3, 4, 5, 7, 8, 9, 11));
    EXPECT_THAT(eight.degree, Each(8));
}

TEST(Patterns, a_grid_reaches_as_far_as_its_radius) {
    const Laid laid(grid_within(2, 5, 4, false), 20);
    EXPECT_THAT(laid.neighbours(0), ElementsAre(1, 2, 5, 6, 10));
    EXPECT_THAT(laid.neighbours(7), ElementsAre(1, 2, 3, 5, 6, 8, 9, 11, 12, 13, 17));
    EXPECT_EQ(Laid(grid_within(1, 5, 4, true), 20).pairs, Laid(grid(5, 4, 4, true), 20).pairs);
    EXPECT_EQ(Laid(grid_within(1.5, 5, 4, true), 20).pairs, Laid(grid(5, 4, 8, true), 20).pairs);
}

/// Gauss's circle problem: 149 points of the lattice lie within 7 of one of them.
TEST(Patterns, a_torus_within_a_radius_of_seven_gives_everyone_148_neighbours) {
    EXPECT_THAT(Laid(grid_within(7, 40, 40, true), 1600).degree, Each(148));
    EXPECT_THAT(Laid(grid_within(5, 4, 3, true), 12).degree, Each(11));  // all there are, once each
}

TEST(Patterns, a_narrow_torus_links_no_cell_to_itself_or_twice) {
    EXPECT_THAT(Laid(grid(2, 2, 8, true), 4).degree, Each(3));
    EXPECT_THAT(Laid(grid(1, 4, 4, true), 4).degree, Each(2));
    EXPECT_EQ(Laid(grid(1, 1, 8, true), 1).links(), 0U);
}

TEST(Patterns, a_random_graph_links_each_pair_with_its_probability) {
    for (const double p : {0.01, 0.3, 0.9}) {
        const double pairs = 400 * 399 / 2.0;
        const double seen = static_cast<double>(Laid(random(p, 5), 400).links()) / 2;
        EXPECT_NEAR(seen, pairs * p, 4 * std::sqrt(pairs * p * (1 - p))) << p;
    }
    EXPECT_EQ(Laid(random(0), 50).links(), 0U);
    EXPECT_EQ(Laid(random(1), 50).links(), 50U * 49);
}

TEST(Patterns, every_pair_of_a_random_graph_is_as_likely_as_any_other) {
    std::vector<int> seen(15);  // pairs of 6 agents
    for (std::uint64_t seed = 0; seed < 2000; ++seed)
        for (const auto& [from, to] : Laid(random(0.3, seed), 6).pairs)
            if (from < to) ++seen[static_cast<std::size_t>(to * (to - 1) / 2 + from)];
    for (const int count : seen) EXPECT_NEAR(count, 600, 4 * std::sqrt(2000 * 0.3 * 0.7));
}

TEST(Patterns, a_small_world_keeps_its_number_of_links_and_moves_a_share_of_them) {
    const std::vector<std::pair<int, int>> unmoved = Laid(ring(6), 200).pairs;
    EXPECT_EQ(Laid(small_world(6, 0), 200).pairs, unmoved);
    const Laid laid(small_world(6, 0.2), 200);
    EXPECT_EQ(laid.links(), 1200U);
    int kept = 0;
    for (const auto& one : laid.pairs) kept += std::binary_search(unmoved.begin(), unmoved.end(), one);
    EXPECT_NEAR(kept / 2, 600 * 0.8, 4 * std::sqrt(600 * 0.2 * 0.8) + 6);  // a moved link may land on the ring by chance
    EXPECT_GE(*std::min_element(laid.degree.begin(), laid.degree.end()), 3);  // everyone keeps one end of its own three
}

TEST(Patterns, a_scale_free_graph_gives_every_newcomer_its_links_and_grows_hubs) {
    const Laid laid(scale_free(3), 1000);
    EXPECT_EQ(laid.links(), 2U * (6 + 996 * 3));
    EXPECT_GE(*std::min_element(laid.degree.begin(), laid.degree.end()), 3);
    EXPECT_GT(*std::max_element(laid.degree.begin(), laid.degree.end()), 50);  // of a random graph it would be about 16
}

TEST(Patterns, a_regular_graph_has_the_same_number_of_neighbours_everywhere) {
    for (const auto& [agents, k] : std::vector<std::pair<int, int>>{{40, 5}, {9, 2}, {200, 10}, {2, 1}, {10, 9}, {12, 10}, {20, 17}, {37, 34}, {40, 38}})
        for (std::uint64_t seed = 0; seed < 6; ++seed) EXPECT_THAT(Laid(regular(k, seed), agents).degree, Each(k)) << agents << " agents, k = " << k;
}

// -- what can't be ------------------------------------------------------------------------------------------------------------------------

std::string refused(const Pattern& pattern, std::int64_t agents) {
    return refusal([&] { Laid(pattern, agents); });
}

TEST(Patterns, refuse_sizes_that_do_not_fit) {
    EXPECT_EQ(refused(ring(6), 5), "the pattern of 'tie' can't be laid out: 6 neighbours among 5 agents\nhelp: k must be smaller than the number of agents");
    EXPECT_EQ(refused(ring(3), 9), "the pattern of 'tie' can't be laid out: k is 3, which is odd\nhelp: a ring has as many neighbours on either side: give an even k");
    EXPECT_EQ(refused(small_world(3, 0.1), 9), "the pattern of 'tie' can't be laid out: k is 3, which is odd\nhelp: a ring has as many neighbours on either side: give an even k");
    EXPECT_EQ(refused(regular(3), 5), "the pattern of 'tie' can't be laid out: 5 agents with 3 links each: an odd number of ends\nhelp: make one of them even");
    EXPECT_EQ(refused(regular(5), 5), "the pattern of 'tie' can't be laid out: 5 neighbours among 5 agents\nhelp: k must be smaller than the number of agents");
    EXPECT_EQ(refused(scale_free(4), 4), "the pattern of 'tie' can't be laid out: m is 4 among 4 agents\nhelp: m must be smaller than the number of agents");
    EXPECT_EQ(refused(grid(4, 3, 4, false), 13), "the pattern of 'tie' can't be laid out: a grid of 4 x 3 has 12 cells, but there are 13 agents\nhelp: give as many agents as cells");
}

TEST(Patterns, refuse_more_links_than_can_be_numbered) {
    EXPECT_EQ(refused({.place = {}}, 100000),
              "the pattern of 'tie' can't be laid out: it would have 1e+10 links, more than 2147483647\nhelp: take fewer agents or a sparser pattern");
}

TEST(Patterns, between_two_kinds_of_agents_are_complete_or_random) {
    RowMap source;
    RowMap target;
    EXPECT_EQ(refusal([&] { add_pattern(ring(2), "aid", 4, 4, false, source, target); }),
              "the pattern of 'aid' can't be laid out: its ends are of different kinds\nhelp: between two kinds there are `complete` and `random`");
    add_pattern(random(0.25), "aid", 100, 300, false, source, target);
    EXPECT_NEAR(static_cast<double>(source.size()), 7500, 4 * std::sqrt(30000 * 0.25 * 0.75));
    EXPECT_EQ(*std::max_element(source.begin(), source.end()), 99);
    EXPECT_EQ(*std::max_element(target.begin(), target.end()), 299);
    std::set<std::pair<int, int>> pairs;
    for (std::size_t i = 0; i < source.size(); ++i) pairs.emplace(source[i], target[i]);
    EXPECT_EQ(pairs.size(), source.size());
    source.clear(), target.clear();
    add_pattern(random(1), "aid", 3, 2, false, source, target);
    EXPECT_THAT(source, ElementsAre(0, 0, 1, 1, 2, 2));
    EXPECT_THAT(target, ElementsAre(0, 1, 0, 1, 0, 1));
}

}  // namespace
}  // namespace entente::test
