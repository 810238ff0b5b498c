/// How many runs, or rows of runs, stand on each level of a measure whose values have names.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <entente/study/run_results.hpp>

namespace entente {

/// One level of a measure: of the values that are there, the share that is nearest to it.
struct LevelShare {
    double last = Results::missing;  ///< of all runs, at the end
    std::vector<double> course{};    ///< over time, of runs whose series were kept; empty where none were
    std::vector<double> by_year{};   ///< of a yearly measure: of all runs, in each year; `last` is then over the whole run
};

/// 1 where a value is on the level, 0 where it is on another of `levels`, missing where there is none. A value beyond the ends counts as
/// the end.
std::vector<double> on_level(std::vector<double> values, std::size_t level, std::size_t levels);

/// The share of values on each of `levels` levels; missing where there are no values. A value beyond the ends counts as the end.
std::vector<double> level_shares(std::span<const double> values, std::size_t levels);

/// In words, the largest first: `64 % mission, 36 % none`; of many levels the first four, and the others together. "" where there are no values.
std::string shares_text(const std::vector<MeasureLevel>& levels, const std::vector<LevelShare>& shares);

/// By level: over runs, by row over its rows and runs. Courses are taken over at most `most_runs` runs.
std::vector<LevelShare> level_shares(const Results& results, std::size_t measure, std::int64_t most_runs);
/// The same of one row of a measure by row.
std::vector<LevelShare> level_shares_of_row(const Results& results, std::size_t measure, std::size_t row, std::int64_t most_runs);

}  // namespace entente
