/// A sweep for machines.
#pragma once

#include <string>

#include <entente/summary/sweep_summary.hpp>

namespace entente {

/// Points listed one by one, at most.
inline constexpr std::int64_t most_points_in_json = 2000;

/// summary.json of a sweep: design, factors, each outcome over the points, the points themselves (means and standard errors; up to most_points_in_json, else
/// they are in points.csv alone), failures, digest and cost.
std::string sweep_json(const StudyRecord& record, const StudyOutcome& outcome, const StudyValues& values, const Study& study, const SweepSummary& summary);

}  // namespace entente
