// Tests: keyed_draws.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <entente/study/keyed_draws.hpp>
#include <entente/study/latin_hypercube.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

/// Squared.
double least_distance(const UnitPoints& points) {
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            double sum = 0;
            for (std::size_t k = 0; k < points.factors; ++k) sum += (points.row(i)[k] - points.row(j)[k]) * (points.row(i)[k] - points.row(j)[k]);
            least = std::min(least, sum);
        }
    return least;
}

RC_GTEST_PROP(LatinHypercubeProperty, has_one_point_in_each_cell_before_and_after_it_grows, (std::uint64_t seed)) {
    const auto count = *rc::gen::inRange<std::size_t>(1, 40);
    const auto factors = *rc::gen::inRange<std::size_t>(1, 6);
    const UnitPoints points = latin_hypercube(count, factors, seed);
    RC_ASSERT(points.size() == count);
    RC_ASSERT(is_latin(points));
    const UnitPoints more = extended_hypercube(points, count * *rc::gen::inRange<std::size_t>(1, 4), seed);
    RC_ASSERT(is_latin(more));
    RC_ASSERT(std::equal(points.coordinates.begin(), points.coordinates.end(), more.coordinates.begin()));
    const UnitPoints still_more = extended_hypercube(more, 2 * more.size(), seed);
    RC_ASSERT(is_latin(still_more));
    RC_ASSERT(std::equal(more.coordinates.begin(), more.coordinates.end(), still_more.coordinates.begin()));
}

TEST(LatinHypercube, is_one_for_each_seed_0_among_them) {
    EXPECT_EQ(latin_hypercube(20, 3, 0).coordinates, latin_hypercube(20, 3, 0).coordinates);
    EXPECT_NE(latin_hypercube(20, 3, 0).coordinates, latin_hypercube(20, 3, 1).coordinates);
}

TEST(LatinHypercube, keeps_its_points_far_apart) {
    double of_random = 0;  // the mean over pairings that nobody chose
    KeyedDraws draws(1, 0);
    for (int i = 0; i < 100; ++i) {
        UnitPoints random{2, {}};
        std::vector<double> middles(20);
        for (int c = 0; c < 20; ++c) middles[static_cast<std::size_t>(c)] = (c + 0.5) / 20;
        const std::vector<double> of_first = middles;
        draws.shuffle(std::span(middles));
        for (std::size_t c = 0; c < 20; ++c) random.coordinates.insert(random.coordinates.end(), {of_first[c], middles[c]});
        of_random += std::sqrt(least_distance(random)) / 100;
    }
    EXPECT_GT(std::sqrt(least_distance(latin_hypercube(20, 2, 1))), 2 * of_random);
}

TEST(LatinHypercube, stays_latin_where_its_points_are_too_many_to_be_compared) {
    EXPECT_TRUE(is_latin(latin_hypercube(100'000, 2, 1)));
}

TEST(LatinHypercube, grows_to_multiples_only) {
    const UnitPoints ten = latin_hypercube(10, 2, 1);
    EXPECT_EQ(refusal([&] { extended_hypercube(ten, 25, 1); }),
              "a Latin hypercube of 10 points can't become one of 25: it grows to multiples of 10\nhelp: take 20 or 30");
    EXPECT_EQ(refusal([&] { extended_hypercube(ten, 15, 1); }),
              "a Latin hypercube of 10 points can't become one of 15: it grows to multiples of 10\nhelp: take 20");
    EXPECT_EQ(refusal([&] { extended_hypercube(ten, 5, 1); }),
              "a Latin hypercube of 10 points can't become one of 5: it grows to multiples of 10\nhelp: take 20");
}

TEST(LatinHypercube, is_not_made_of_what_is_none) {
    EXPECT_EQ(refusal([] { extended_hypercube({1, {0.1, 0.2}}, 4, 1); }),
              "these points are not a Latin hypercube, and cannot be extended to a larger one\nhelp: start a design of its own");
    EXPECT_FALSE(is_latin({1, {0.1, 1.0}}));
    EXPECT_EQ(refusal([] { latin_hypercube(0, 2, 1); }), "a design needs at least one point\nhelp: ask for at least 1");
    EXPECT_EQ(refusal([] { latin_hypercube(20'000'000, 2, 1); }), "this design has 20000000 points, and 16777216 are the most\nhelp: ask for fewer");
}

}  // namespace
}  // namespace entente::test
