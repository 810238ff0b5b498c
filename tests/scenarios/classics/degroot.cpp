// DeGroot's consensus: the mean weighted by the left eigenvector of the weights, here (1/3, 2/3) of W = [1/2 1/2; 1/4 3/4].
#include <cmath>

#include <gtest/gtest.h>

#include "classic.hpp"

namespace entente::test {
namespace {

double opinion(const Results& results, int tick, int person) { return series(results, "opinion")[static_cast<std::size_t>(2 * tick + person)]; }

TEST(DeGroot, ends_in_consensus_at_the_mean_weighted_by_influence) {
    const Results results = run(classic("degroot"));
    EXPECT_NEAR(opinion(results, 59, 0), 70, 1e-12);
    EXPECT_NEAR(opinion(results, 59, 1), 70, 1e-12);
}

TEST(DeGroot, keeps_the_weighted_mean_and_divides_the_distance_by_four_each_time) {
    const Results results = run(classic("degroot"));
    for (int tick = 0; tick < 20; ++tick) {
        EXPECT_NEAR((opinion(results, tick, 0) + 2 * opinion(results, tick, 1)) / 3, 70, 1e-12);
        EXPECT_NEAR(opinion(results, tick, 1) - opinion(results, tick, 0), 60 * std::pow(0.25, tick + 1), 1e-12);  // the second eigenvalue
    }
}

}  // namespace
}  // namespace entente::test
