/// Predictive distributions in the forms that the scores take, and what a record says of a date.
///
/// Runs and baselines give the same forms, so that one score serves both. Values have the unit of their measure; dates and windows one unit
/// of time, days or ticks, of the caller's choice.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include <entente/base/statistics.hpp>

namespace entente {

/// Whether the points of a distribution were drawn from it, as runs are, or are the distribution itself. Scores of drawn points are
/// corrected for how few they are (`fair` in scores.hpp).
enum class PointsAre { drawn, exact };

/// Of a number: the mixture, over values i, of normal distributions N(values_i, sd^2) with chances w_i. With sd = 0 all mass is on the
/// values.
struct NumberForecast {
    std::vector<double> values;     ///< what is missing or infinite is left out, with its weight
    std::vector<double> weights{};  ///< of each value, not negative, in any unit; empty: all equal
    double sd = 0;                  ///< >= 0; NaN: unknown, and so is every score
    PointsAre points = PointsAre::drawn;
};

/// F(x), the chance of at most x of a record whose own error is normal with that sd. NaN without values.
double chance_at_most(const NumberForecast& forecast, double x, double error_sd = 0);
/// F(x-), the chance of less than x: differs from the former where there is mass on x.
double chance_below(const NumberForecast& forecast, double x, double error_sd = 0);
/// The p-quantile, p in (0, 1). Of equally weighted points without any sd by type 7 of Hyndman & Fan (1996), as everywhere in Entente; of
/// weighted points the smallest value with F >= p; with sd, where F = p, to the last bits. NaN without values.
double quantile(const NumberForecast& forecast, double p, double error_sd = 0);
/// The central interval that holds `coverage`, in (0, 1): quantiles (1 - coverage) / 2 and (1 + coverage) / 2.
Interval central_interval(const NumberForecast& forecast, double coverage, double error_sd = 0);

/// The time forecast: after `begin`, the origin, up to `end`, the horizon.
struct Window {
    double begin = 0;
    double end = 0;  ///< > begin
    [[nodiscard]] double length() const { return end - begin; }
};

/// Of a date: the chance that it came by t is by[i] from times[i] until the next of the times, and 0 before the first. "Never" is
/// whatever is beyond the end of the window.
struct DateForecast {
    Window window;
    std::vector<double> times;  ///< ascending, from window.begin to window.end
    std::vector<double> by;     ///< never descending, in [0, 1]
    /// Sum of the squares of the weights of the runs behind it: 1/m for m equal ones, 0 for a distribution that is known exactly.
    double concentration = 0;
};

/// Of runs: each came, or was waited for in vain until its time, which is the window's end or later in a run that ended. Dates at or before
/// the origin count as come at the origin. Runs that failed before the end without it having come take part as censored (Kaplan & Meier
/// 1958, weighted); where none was watched further, `by` is NaN from there on. NaN times are left out. Weights as of NumberForecast.
DateForecast date_forecast(std::span<const Arrival> runs, Window window, std::span<const double> weights = {});

/// The chance that it came by t. 0 before the window.
double chance_by(const DateForecast& forecast, double t);
/// The chance that it came before t.
double chance_before(const DateForecast& forecast, double t);

/// What is on record of a date: that it is `earliest`, `latest` or between them. Whether it had come by t is known for t < earliest (it had
/// not) and t >= latest (it had).
struct DateRecord {
    double earliest = 0;
    double latest = std::numeric_limits<double>::infinity();  ///< infinite: it is not known to have come
};

constexpr DateRecord date_on(double day) {
    return {day, day};
}
/// Also a date known to the month, say: first <= last.
constexpr DateRecord date_within(double first, double last) {
    return {first, last};
}
/// It had not come by then; whether it came later is not known.
DateRecord not_come_by(double day);

/// Chances of the cells (edges_0, edges_1], (edges_1, edges_2], …, and, last, of everything after the last edge, never included: as many as
/// edges. What came by the first edge is counted into the first cell. Edges ascend, at least two, within the window: the last days of
/// quarters, say, so that the day after one begins the next.
std::vector<double> partition(const DateForecast& forecast, std::span<const double> edges);

/// Cells of a partition, `first` to `last`, both included.
struct Cells {
    std::size_t first = 0;
    std::size_t last = 0;
};

/// The cells, by the same edges, in which the date may lie.
Cells cells_of(const DateRecord& record, std::span<const double> edges);

}  // namespace entente
