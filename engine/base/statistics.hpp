/// Small statistics of samples. NaN means missing and is left out everywhere, and so is an infinity, of which there is no mean. Whoever reports a
/// sample reports how many there were of both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace entente {

/// A value that is missing.
inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct Interval {
    double low = 0;
    double high = 0;
};

/// How many values are there, neither missing nor infinite.
std::size_t count_present(std::span<const double> sample);
/// How many are infinite.
std::size_t count_infinite(std::span<const double> sample);
/// Whether any two of the values that are there differ.
bool varies(std::span<const double> sample);

/// The p-quantile by linear interpolation between order statistics: type 7 of Hyndman & Fan (1996), as in R and NumPy.
/// NaN for an empty sample; p in [0, 1].
double quantile(std::span<const double> sample, double p);
/// The same for several p at the cost of one sort.
std::vector<double> quantiles(std::span<const double> sample, std::span<const double> p);

/// NaN for an empty sample. Corrected by the mean of what is left of the values, so that the mean of equal values is that value.
double mean(std::span<const double> sample);
/// Root of the unbiased variance (n - 1); NaN below two values. Of equal values 0, and of the smallest ones not 0: squares don't underflow.
double standard_deviation(std::span<const double> sample);
/// Of the mean: sd / sqrt(n); NaN below two values.
double standard_error(std::span<const double> sample);

/// Wilson's (1927) score interval of a share of which `hits` out of `trials` were seen; [0, 1] for no trials.
Interval wilson_interval(std::size_t hits, std::size_t trials, double confidence = 0.95);

/// At most `most` of so many positions, two of them at least: the first and the last, and between them evenly spaced ones.
std::vector<std::int64_t> thinned(std::int64_t positions, std::int64_t most);

/// When something came, or until when it was waited for in vain.
struct Arrival {
    double time = 0;
    bool came = false;
};

/// The Kaplan-Meier estimate from one arrival time to the next.
struct ArrivalStep {
    double time = 0;
    double share = 0;  ///< come by then, 1 - S(time)
    Interval interval;
    std::size_t at_risk = 0;  ///< still waiting just before
    std::size_t came = 0;     ///< at this time
};

/// Kaplan & Meier (1958), one step for each time at which something came, with Greenwood's variance on the log(-log S) scale.
/// Who is censored at a time still counts as waiting then. Once all have come the lower bound stays that of the step before.
std::vector<ArrivalStep> kaplan_meier(std::span<const Arrival> arrivals, double confidence = 0.95);

}  // namespace entente
