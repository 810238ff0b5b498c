/// Runs of an ensemble that are worth looking at one by one: a typical one, one for each way in which the headline goes, and its extremes.
///
/// The rule. A run's distance from the medians is the mean over measures, and over the values of each, of ((x - median) / spread)^2. Medians and
/// spreads are those of the runs compared; a spread is the root mean square of x - median, so that over these runs each value has the mean 1, and
/// where it is 0 the value is left out. Values are: of a series those at up to 30 moments, evenly spaced, the first and the last among them; of
/// other measures the run's one value, a date that did not come being taken as the calendar's end; of a measure by row the last value on up to
/// 60 rows, evenly spaced. What is missing or infinite is left out. Compared are runs that did not fail: of those whose series are kept, where
/// there are series, and of the first 2,000 at most.
///
/// The typical run has the least distance. Then, for the headline's first measure, its outcomes: of a date the run in which it comes nearest the
/// median of the dates on which it came, and the run of least distance in which it does not come; of a measure with levels the run of least
/// distance on each level at the end; of a number the runs nearest its 5 % and 95 % quantiles at the end. Then its extremes: the earliest and the
/// latest date, the least and the greatest number. Then the outcomes of the headline's other measures, one after another, as long as there is
/// room for a run. These are chosen among all runs that did not fail. Of equal runs the one of least distance is taken, of these the first. A run that was chosen
/// already is not told twice: it has several reasons.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <entente/study/run_results.hpp>

namespace entente {

/// Why a run is told.
struct TellingReason {
    enum class Why { typical, median_date, comes_not, earliest, latest, on_level, low, high, least, greatest };
    Why why = Why::typical;
    std::size_t measure = 0;          ///< number in Results::measures; of the typical run none
    double value = Results::missing;  ///< the measure's in this run: a date's tick, a level's number
};

struct TellingRun {
    std::int64_t run = 0;  ///< its number, as tables have it
    std::vector<TellingReason> reasons;
};

struct TellingRuns {
    std::vector<TellingRun> runs;  ///< the typical one first; none where all failed
    std::int64_t compared = 0;     ///< runs among which the typical one was sought
    bool has_all = false;          ///< whether these are all that did not fail
};

inline constexpr std::size_t most_telling_runs = 6;

/// `headline`: numbers of measures of the world, the most important first.
TellingRuns telling_runs(const Results& results, std::span<const std::size_t> headline, std::size_t most = most_telling_runs);

/// By run of the results (from 0): the distance of those that are compared from the medians; NaN of others.
std::vector<double> distances_from_medians(const Results& results);

/// Measures of the world in the order in which a headline takes them where the scenario says nothing: dates, then the others as they stand.
std::vector<std::size_t> usual_headline(const Results& results);

}  // namespace entente
