/// How the runs of a study are spread over points with weights, as a calibration leaves them.
#pragma once

#include <cstdint>

#include <entente/study/design.hpp>

namespace entente {

/// Points of which each has the same number of runs.
struct SpreadRuns {
    Points points;  ///< with weights
    std::int64_t replicates = 1;
};

/// At least `runs` runs where there are no more points than these: as many at each, and each weighs as its point does. Of more points as many
/// as runs are drawn, systematically and by weight (Kitagawa 1996), and weigh alike, each with one run.
SpreadRuns spread_runs(const Points& points, std::int64_t runs, std::uint64_t seed);

}  // namespace entente
