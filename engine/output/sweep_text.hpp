/// A sweep for the terminal.
#pragma once

#include <string>

#include <entente/output/text_table.hpp>
#include <entente/summary/sweep_summary.hpp>

namespace entente {

/// Points listed one by one, at most.
inline constexpr std::int64_t most_points_in_text = 30;

/// A line an outcome, and for few points a table of their means.
std::string sweep_text(const StudyRecord& record, const StudyOutcome& outcome, const StudyValues& values, const Study& study, const SweepSummary& summary,
                       const TextStyle& style);

}  // namespace entente
