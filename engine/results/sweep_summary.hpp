/// What a sweep says: each outcome over the points, where it is least and greatest, and how much of what it shows is noise.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <entente/results/outcomes.hpp>
#include <entente/results/text_table.hpp>
#include <entente/study/noise.hpp>

namespace entente {

/// One outcome: means over the replicates of a point, over the points.
struct OutcomeOverPoints {
    Outcome outcome;
    std::int64_t points = 0;  ///< that have any value
    double mean = Results::missing;
    double least = Results::missing;
    std::int64_t least_at = -1;  ///< point
    double greatest = Results::missing;
    std::int64_t greatest_at = -1;
    std::int64_t infinite = 0;   ///< runs whose value is; like missing ones they are left out of the means
    std::optional<Noise> noise;  ///< from two points and replicates on
};

struct SweepSummary {
    std::vector<OutcomeOverPoints> outcomes;  ///< all but single years
};
SweepSummary summarise_sweep(const StudyValues& values, Pairing pairing);

/// Points told one by one, at most.
inline constexpr std::int64_t most_points_in_json = 2000;
inline constexpr std::int64_t most_points_in_text = 30;

/// summary.json of a sweep: design, factors, each outcome over the points, the points themselves (means and standard errors; up to most_points_in_json, else
/// they are in points.csv alone), failures, digest and cost.
std::string sweep_json(const StudyRecord& record, const StudyOutcome& outcome, const StudyValues& values, const Study& study, const SweepSummary& summary);

/// The same for the terminal: a line an outcome, and for few points a table of their means.
std::string sweep_text(const StudyRecord& record, const StudyOutcome& outcome, const StudyValues& values, const Study& study, const SweepSummary& summary,
                       const TextStyle& style);

}  // namespace entente
