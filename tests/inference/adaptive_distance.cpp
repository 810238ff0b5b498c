// Tests: adaptive_distance.

#include <cmath>
#include <limits>

#include <gmock/gmock.h>

#include <entente/base/statistics.hpp>
#include <entente/inference/adaptive_distance.hpp>

namespace entente {
namespace {

using testing::DoubleEq;
using testing::ElementsAre;

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(AdaptiveDistance, scales_by_the_median_deviation_and_the_records_error) {
    const SummaryTable runs{2, {1, 10, 2, 20, 3, 30, 4, 40, 100, 1000}};
    EXPECT_THAT(adapted_scales(runs, std::vector<double>{0, 0}, {}), ElementsAre(DoubleEq(1.482602218505602), DoubleEq(14.82602218505602)));
    EXPECT_DOUBLE_EQ(adapted_scales(runs, std::vector<double>{2, 0}, {})[0], std::hypot(1.482602218505602, 2));
}

TEST(AdaptiveDistance, scales_what_is_mostly_alike_by_its_sd) {
    const SummaryTable runs{1, {0, 0, 0, 1}};
    EXPECT_THAT(adapted_scales(runs, std::vector<double>{0}, {}), ElementsAre(DoubleEq(.5)));
}

TEST(AdaptiveDistance, keeps_the_scale_of_what_varies_no_longer) {
    const SummaryTable runs{1, {5, 5, 5}};
    EXPECT_THAT(adapted_scales(runs, std::vector<double>{0}, std::vector<double>{.5}), ElementsAre(.5));
    EXPECT_THAT(adapted_scales(runs, std::vector<double>{0}, {}), ElementsAre(infinity));
}

TEST(AdaptiveDistance, leaves_runs_without_the_number_out_of_its_scale) {
    const SummaryTable runs{1, {1, nan, 2, 3, nan}};
    EXPECT_THAT(adapted_scales(runs, std::vector<double>{0}, {}), ElementsAre(DoubleEq(1.482602218505602)));
}

TEST(AdaptiveDistance, is_euclidean_in_scaled_numbers) {
    const std::vector<double> record{1, 2, 3};
    EXPECT_DOUBLE_EQ(scaled_distance(std::vector<double>{4, 2, 7}, record, std::vector<double>{1, 1, 1}), 5);
    EXPECT_DOUBLE_EQ(scaled_distance(std::vector<double>{4, 2, 7}, record, std::vector<double>{3, 1, infinity}), 1);
    EXPECT_EQ(scaled_distance(std::vector<double>{4, nan, 7}, record, std::vector<double>{3, 1, 1}), infinity);
    EXPECT_EQ(scaled_distance(std::vector<double>{4, infinity, 7}, record, std::vector<double>{3, infinity, 1}), infinity);
}

}  // namespace
}  // namespace entente
