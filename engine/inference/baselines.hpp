/// Forecasts that know nothing but the record before the origin, for a model to be held against. What they give is exact in the sense of
/// PointsAre: scores of them are plain.
///
/// A baseline may use what was known at the origin and no more; what is handed to it must end there.
#pragma once

#include <cstddef>
#include <span>

#include <entente/inference/forecast.hpp>

namespace entente {

/// How many came, and for how long they were waited for: of one event, or of all of a kind together.
struct Exposure {
    double events = 0;  ///< >= 0
    double time = 0;    ///< >= 0; summed over all that might have come
};

/// What the records of dates of one kind say that could have come from `start` on, until the origin. What came by the origin is an event,
/// at the middle of its record's interval; what had not, or is not known to have, was waited for until the origin, at most until its
/// `earliest`. What had come at `start` was not waited for.
Exposure exposure_before(std::span<const DateRecord> records, double start, double origin);

/// Events per unit of time, shrunk by one half event: (n + 1/2) / time, the mean under Jeffreys' prior of a Poisson rate. So what never
/// came is not taken for impossible. NaN without exposure: there is no such baseline.
double constant_hazard(const Exposure& exposure);

/// The chance of one event or more in that time: 1 - exp(-hazard time).
double constant_hazard_chance(double hazard, double time);
/// Exponential from the origin, seen at `times`: by_i = 1 - exp(-hazard (times_i - begin)). Times ascend within the window: the ends of
/// ticks at which a model's dates can come, so that both are as coarse; whatever else is finer.
DateForecast constant_hazard_date(double hazard, Window window, std::span<const double> times);
/// Poisson with mean hazard * time: the number of events, all counts whose chance can be seen beside the others'.
NumberForecast constant_hazard_count(double hazard, double time);

/// The chance of what came in `hits` of `trials`, shrunk likewise: (hits + 1/2) / (trials + 1). 1/2 for no trials.
double base_rate(std::size_t hits, std::size_t trials);

/// Nothing changes: what has not come does not come.
DateForecast never_comes(Window window);
/// Nothing changes: the last value for certain.
NumberForecast nothing_changes(double last);

/// Climatology: normal with the mean m of the values before and sd s sqrt(1 + 1/n), s their standard deviation: a further value of what
/// they come from, independent of them. NaN is left out; the sd is NaN below two values. Counts near 0 get mass below 0: take past_values
/// there too.
NumberForecast climatology(std::span<const double> before);
/// Climatology without a form: the values before, each as likely (in conflict research: "conflictology").
NumberForecast past_values(std::span<const double> before);

/// Last value: a random walk without drift, normal about the last value that is there with sd r sqrt(steps), r the root mean square of
/// the changes from each value to the next. Values in order of time, evenly spaced; a change from or to a missing one is left out. NaN
/// below one change.
NumberForecast last_value(std::span<const double> before, double steps);

}  // namespace entente
