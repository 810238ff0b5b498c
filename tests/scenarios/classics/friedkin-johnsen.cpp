// Friedkin and Johnsen's opinions against the matrix formula and the published example.
#include <cmath>
#include <vector>

#include <Eigen/Dense>
#include <gtest/gtest.h>

#include "classic.hpp"

namespace entente::test {
namespace {

using Eigen::Matrix4d;
using Eigen::Vector4d;

/// Parsegov et al. (2017), equations (15) and (16).
struct Published {
    Published() {
        W << 0.220, 0.120, 0.360, 0.300, 0.147, 0.215, 0.344, 0.294, 0, 0, 1, 0, 0.090, 0.178, 0.446, 0.286;
        L = Matrix4d::Identity() - Matrix4d(W.diagonal().asDiagonal());
    }
    Matrix4d W;
    Matrix4d L;
    Vector4d u{25, 25, 75, 85};
};

Results talk() { return run(classic("friedkin-johnsen")); }

Vector4d opinions(const Results& results, int tick) {
    const auto all = series(results, "opinions");
    return Eigen::Map<const Vector4d>(all.data() + 4 * tick);
}

TEST(FriedkinJohnsen, ends_where_it_was_published_to_end) {
    const Vector4d end = opinions(talk(), 99);
    EXPECT_EQ(std::round(end[0]), 60);
    EXPECT_EQ(std::round(end[1]), 60);
    EXPECT_EQ(std::round(end[2]), 75);
    EXPECT_EQ(std::round(end[3]), 75);
}

TEST(FriedkinJohnsen, ends_at_the_matrix_formula) {
    const Published p;
    const Vector4d limit = (Matrix4d::Identity() - p.L * p.W).inverse() * (Matrix4d::Identity() - p.L) * p.u;
    EXPECT_LT((opinions(talk(), 99) - limit).cwiseAbs().maxCoeff(), 1e-10);
}

TEST(FriedkinJohnsen, follows_the_recursion_on_the_way) {
    const Published p;
    const Results results = talk();
    Vector4d x = p.u;
    for (int tick = 0; tick < 20; ++tick) {
        x = p.L * p.W * x + (Matrix4d::Identity() - p.L) * p.u;
        EXPECT_LT((opinions(results, tick) - x).cwiseAbs().maxCoeff(), 1e-12) << "after tick " << tick;
    }
}

TEST(FriedkinJohnsen, never_moves_who_listens_to_nobody) {
    const Results results = talk();
    for (int tick = 0; tick < 100; ++tick) EXPECT_EQ(opinions(results, tick)[2], 75);
}

/// DeGroot (1974): with full openness everyone comes to the mean weighted by the left eigenvector of W, here (1/3, 2/3).
TEST(FriedkinJohnsen, of_full_openness_is_DeGroots_consensus) {
    World world("agents: {person: {fields: {own: 0, opinion: 0}, members: {one: {own: 0.5, opinion: 30}, two: {own: 0.75, opinion: 90}}}}\n"
                "links: {influence: {source: person, target: person, fields: {weight: 1 - source.own}, pattern: complete}}\n"
                "steps: [{rule: r, on: person, do: ['opinion = own * opinion + sum(r.weight * r.target.opinion for r in influence.out(self))']}]");
    world.tick(60);
    EXPECT_NEAR(world["person[one].opinion"], 70, 1e-12);
    EXPECT_NEAR(world["person[two].opinion"], 70, 1e-12);
}

}  // namespace
}  // namespace entente::test
