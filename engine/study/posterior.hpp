/// Points with weights, as a calibration leaves them, and how runs are spread over them.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include <entente/study/design.hpp>

namespace entente {

/// The column of a table of points that holds their weights.
inline constexpr std::string_view weight_column = "weight";

/// Takes the column of weights off the points, and gives the weights; all equal where there is none. Throws Error where one is below 0 or
/// none is above it.
std::vector<double> take_weights(Points& points);

/// Points of which each has the same number of runs.
struct SpreadRuns {
    Points points;
    std::vector<double> weights;  ///< of the points; their sum is 1
    std::int64_t replicates = 1;
};

/// At least `runs` runs where there are no more points than these: as many at each. Of more points as many as runs are drawn,
/// systematically and by weight (Kitagawa 1996), and count alike, each with one run.
SpreadRuns spread_runs(const Points& points, const std::vector<double>& weights, std::int64_t runs, std::uint64_t seed);

}  // namespace entente
