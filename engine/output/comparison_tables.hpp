/// A comparison as CSV tables.
#pragma once

#include <string>
#include <vector>

#include <entente/store/staged_files.hpp>
#include <entente/summary/comparison_courses.hpp>
#include <entente/summary/comparison_summary.hpp>

namespace entente {

/// differences.csv, a row for each outcome and alternative but the baseline: outcome, alternative, mean_baseline, mean (of the values that
/// the difference is of), difference, low, high, pairing (`paired` or `unpaired`), variance_reduction (paired only; `inf` where the
/// difference is always the same), n (pairs or, unpaired, the alternative's runs), excluded.
void write_differences(const ComparedRuns& runs, const Comparison& comparison, const Sink& sink);

/// curves.csv, a row for each date, alternative and tick at which it came in a run: measure, alternative, tick, date (in dated calendars),
/// share that had come by then (Kaplan-Meier), low, high.
void write_curves(const ComparedRuns& runs, const Comparison& comparison, const Sink& sink);

/// courses.csv, a row for each alternative, series and moment: date (tick in an undated calendar), measure, alternative, mean over the runs
/// and, but for the baseline, difference of the alternative's value less the baseline's, low, high. `alternatives` are their names.
void write_courses(const ComparisonCourses& courses, const std::vector<std::string>& alternatives, const Sink& sink);

}  // namespace entente
