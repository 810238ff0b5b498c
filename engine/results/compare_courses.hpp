/// Courses over time of alternatives, and how they part from the baseline's.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <entente/results/staged_files.hpp>
#include <entente/study/comparison.hpp>
#include <entente/study/results.hpp>

namespace entente {

/// Runs of which courses are taken, at most.
inline constexpr std::int64_t most_course_runs = 1000;

/// Of how many of `runs` runs, `bytes_a_run` of series each, courses are taken: as many as fit in 64 MB, at least one.
std::int64_t course_runs(std::int64_t runs, std::int64_t bytes_a_run);

/// Makes the runs of an alternative, all with their series.
using MakeRuns = std::function<Results(std::size_t alternative)>;

/// courses.csv, a row for each tick, series and alternative: date (tick in an undated calendar), measure, alternative, mean over the runs
/// and, but for the baseline, difference of the alternative's value less the baseline's, low, high. Two alternatives are in memory at a
/// time.
void write_courses(const std::vector<std::string>& alternatives, const MakeRuns& make, Pairing pairing, double confidence,
                   const Sink& sink);

}  // namespace entente
