/// What a sweep says: each outcome over the points, where it is least and greatest, and how much of what it shows is noise.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <entente/base/statistics.hpp>
#include <entente/study/noise.hpp>
#include <entente/summary/outcomes.hpp>

namespace entente {

/// One outcome: means over the replicates of a point, over the points.
struct OutcomeOverPoints {
    Outcome outcome;
    std::int64_t points = 0;  ///< that have any value
    double mean = Results::missing;  ///< of the points, weighted where they have weights
    double least = Results::missing;
    std::int64_t least_at = -1;  ///< point
    double greatest = Results::missing;
    std::int64_t greatest_at = -1;
    std::int64_t infinite = 0;   ///< runs whose value is; like missing ones they are left out of the means
    std::optional<Noise> noise;  ///< from two points and replicates on
};

struct SweepSummary {
    std::vector<OutcomeOverPoints> outcomes;
};
/// `measures` as chosen_outcomes takes them. Throws Error as it does. `weights` are those of the points, or empty: the mean over the points honours
/// them.
SweepSummary summarise_sweep(const StudyValues& values, Pairing pairing, const std::vector<std::string>& measures = {}, std::span<const double> weights = {});

/// The 95 % interval of a point's mean: of a share Wilson's, which stays between 0 and 1; else 1.96 standard errors to either side.
Interval interval_of_point(const Outcome& outcome, std::span<const double> sample);

/// The values that `numbers`, one a run of the study, has at a point.
std::span<const double> values_of_point(const StudyValues& values, std::span<const double> numbers, std::int64_t point);

}  // namespace entente
