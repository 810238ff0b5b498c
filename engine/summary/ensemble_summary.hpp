/// What an ensemble says of each measure: means with standard errors, quantiles, shares, and courses over time.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <entente/base/statistics.hpp>
#include <entente/study/run_results.hpp>

namespace entente {

/// The quantiles that are always given.
inline constexpr std::array quantile_levels = {0.05, 0.25, 0.5, 0.75, 0.95};

/// From so many values on, quantiles are shown as a range: of two they would be no more than the two.
inline constexpr std::size_t least_for_quantiles = 3;

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

/// One row of a panel.
struct RowSummary {
    std::size_t row = 0;
    Distribution last;
    std::vector<double> course;  ///< mean over runs at every tick
};

struct MeasureSummary {
    Distribution values;     ///< the last value of a series; a scalar; a yearly measure over the whole run
    std::optional<Fan> fan;  ///< series of which runs were kept
    std::optional<DateSummary> date;
    std::vector<Distribution> by_year;  ///< yearly: one a year
    std::vector<RowSummary> rows;       ///< panels: the first rows
};

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

/// Fans are taken over at most `most_fan_runs` runs, panels over at most `most_panel_rows` rows.
inline constexpr std::int64_t most_fan_runs = 2000;
inline constexpr std::size_t most_panel_rows = 400;
Summary summarise(const Results& results);

}  // namespace entente
