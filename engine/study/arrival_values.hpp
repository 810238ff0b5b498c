/// Dates as numbers whose means can be taken, though some runs failed before the date came.
///
/// A run that failed says that the date had not come by then, and no more. To leave such runs out, or all but those in which it had come
/// before, would count some dates too often; both means are those of the Kaplan-Meier curve instead, S(t), to which each run lends
///
///     value_i = value + n d value / d w_i,
///
/// w_i the weight of run i out of n: the pseudo-values of Andersen, Klein & Rosthoj (2003, Biometrika 90) in the form of the infinitesimal
/// jackknife (Jaeckel 1972), as R's survival::pseudo gives them. Their mean is the curve's value to the last digits, their standard error
/// takes account of what the failures hide, and where no run failed before its date they are the runs' own numbers.
#pragma once

#include <span>
#include <vector>

#include <entente/base/statistics.hpp>

namespace entente {

/// 1 where it came by the horizon, 0 where it did not; the mean is 1 - S(horizon), Kaplan & Meier's share. Times are of arrivals or, of those
/// that did not come, of the last moment at which they had not; NaN stays so. All are NaN where no run was watched to the horizon that it
/// had not come to before: then the share is not known.
std::vector<double> came_by(std::span<const Arrival> arrivals, double horizon);

/// The time at which it came, at most the horizon; the mean is the integral of S from 0 to the horizon, Irwin's (1949) restricted mean.
std::vector<double> restricted_times(std::span<const Arrival> arrivals, double horizon);

}  // namespace entente
