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

/// The quantiles p and 1 - p of an estimate over the resamples of a sample of that size; NaN is left out, and without two in the sample
/// all is NaN. p is (1 - confidence) / 2 for large samples; for small ones it is less, as Student's t asks: the expanded percentile
/// interval of Hesterberg (2015, The American Statistician 69:371, 5.2), p = Phi(-sqrt(n / (n - 1)) t), t of n - 1 degrees.
Interval percentile_interval(std::span<const double> estimates, double confidence, std::size_t sample_size);

}  // namespace entente
