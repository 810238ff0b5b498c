/// The bootstrap: how far an estimate goes when its sample is drawn again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <entente/base/statistics.hpp>

namespace entente {

/// Efron & Tibshirani (1993), An introduction to the bootstrap, 13.3: percentile intervals.
struct Bootstrap {
    int resamples = 1000;  ///< 0: intervals are NaN
    double confidence = 0.95;
    std::uint64_t seed = 1;
};

/// What is estimated, and the interval over the resamples.
struct Estimate {
    double value = 0;
    Interval interval;
};

/// How often each of counts.size() rows is drawn when as many are drawn with replacement, for resample `number` of a seed.
void draw_resample(std::uint64_t seed, int number, std::span<double> counts);

/// The quantiles (1 - confidence) / 2 and (1 + confidence) / 2 of an estimate over the resamples; NaN is left out.
Interval percentile_interval(std::span<const double> estimates, double confidence);

}  // namespace entente
