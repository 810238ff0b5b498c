/// What an ensemble says of each measure: means with standard errors, quantiles, shares, and courses over time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <entente/base/statistics.hpp>
#include <entente/study/run_results.hpp>
#include <entente/summary/level_shares.hpp>

namespace entente {

/// The quantiles that are always given.
inline constexpr std::array quantile_levels = {0.05, 0.25, 0.5, 0.75, 0.95};

/// From so many values on, quantiles are shown as a range: below, the 5 % quantile lies between the least two, and the values themselves say more.
inline constexpr std::size_t least_for_quantiles = 20;

/// A value a run, over runs. Missing values are left out and counted, and so are infinite ones, which have no mean.
struct Distribution {
    std::int64_t n = 0;
    std::int64_t missing = 0;
    std::int64_t infinite = 0;
    double mean = Results::missing;
    double sd = Results::missing;              ///< n - 1 in the denominator; missing below two values
    double standard_error = Results::missing;  ///< of the mean
    double least = Results::missing;
    double greatest = Results::missing;
    std::array<double, quantile_levels.size()> quantiles{Results::missing, Results::missing, Results::missing, Results::missing,
                                                         Results::missing};
};
Distribution distribution(std::span<const double> values);

/// The course of a series: mean and quantiles over runs at every tick, of fewer than least_for_quantiles the median alone.
struct Fan {
    std::int64_t runs = 0;  ///< over which it is taken
    std::vector<double> mean;
    std::array<std::vector<double>, quantile_levels.size()> quantiles;
};

/// How often something comes, and by when, over runs; times are ticks. A run that failed is watched to the end of the tick before.
struct Coming {
    std::int64_t came = 0;             ///< runs in which it came
    std::int64_t of = 0;               ///< runs that were watched, to the end of one tick at least
    double share = Results::missing;   ///< that it comes by the horizon: 1 - S; missing where it is not known, as came_by has it
    Interval interval{0, 1};           ///< of the share: Wilson's where no failure hides anything, else the curve's
    std::vector<ArrivalStep> curve{};  ///< Kaplan-Meier; a run that failed is censored
    std::optional<double> median{};    ///< tick by which it came in half of all runs, if it did
};
Coming coming_of(std::span<const Arrival> arrivals, double horizon, double confidence = 0.95);

struct DateSummary {
    Coming coming;      ///< with 95 % intervals
    Distribution when;  ///< over the runs in which it came, as they are
};

/// What a measure says of the world, or of one row.
struct ValueSummary {
    Distribution values;  ///< the last value of a series; a scalar; a yearly measure over the whole run; the ticks of a date
    std::vector<LevelShare> levels{};  ///< of a measure that has levels: of runs, or of rows and runs
    std::optional<DateSummary> date;
    std::vector<Distribution> by_year;  ///< yearly: one a year
};

/// One row of a measure by row.
struct RowSummary : ValueSummary {
    std::vector<double> course;  ///< series of which runs were kept: mean over runs at every moment
};

/// By row all is in `rows`, and the rest is empty.
struct MeasureSummary : ValueSummary {
    std::optional<Fan> fan;        ///< series of which runs were kept
    std::vector<RowSummary> rows;  ///< by row: all of the kind's
};

/// What rows of a measure are ranked by: their mean, or of a date the share of runs in which it comes.
double rank_value(const RowSummary& row);
/// Numbers of the rows, from the greatest rank_value down; those that have none come last. Equal ones stay in their order.
std::vector<std::size_t> ranked_rows(const MeasureSummary& summary);

struct Summary {
    std::vector<MeasureSummary> measures;  ///< in the order of Results::measures
};

/// Every run as an arrival, in ticks: it came, or it was waited for in vain until the horizon or, in a run that failed, to the end of the tick
/// before: in the tick in which it failed nothing could be seen to come. `failures` in run order; run i of `ticks` has the number
/// first_run + i in them.
std::vector<Arrival> arrivals_of(std::span<const double> ticks, std::span<const RunFailure> failures, std::int64_t first_run,
                                 std::int64_t horizon);

/// The time by which half had come, by a Kaplan-Meier curve; nothing where fewer came.
std::optional<double> median_of(std::span<const ArrivalStep> curve);

/// How often an event happens in a run: its mean over the runs that did not fail.
double times_a_run(const Results& results, std::size_t event);

/// Fans and courses are taken over at most `most_fan_runs` runs. By row, courses and the curves of dates are kept where they are no more than
/// `most_row_moments` in all, of rows and moments; else of the first `most_panel_rows` rows.
inline constexpr std::int64_t most_fan_runs = 2000;
inline constexpr std::size_t most_panel_rows = 400;
inline constexpr std::int64_t most_row_moments = 1 << 20;
/// Rows of a measure that summary.json tells of, the first ones; rows.csv has all.
inline constexpr std::size_t most_rows_in_json = 5000;
Summary summarise(const Results& results);

}  // namespace entente
