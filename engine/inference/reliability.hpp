/// Whether chances are what they say: reliability diagrams and PIT histograms, each with what chance alone would do to a calibrated
/// forecast.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <entente/base/statistics.hpp>

namespace entente {

/// The items whose forecast chance lies in [low, high), the last bin with its end.
struct ReliabilityBin {
    double low = 0;
    double high = 0;
    std::size_t count = 0;
    double mean_chance = 0;  ///< forecast; NaN in an empty bin, and so what follows
    double share = 0;        ///< of them that came
    /// In which the share lies with that confidence, were each chance right and the items independent: quantiles of the Poisson-binomial
    /// distribution of the bin's own chances, exact. The consistency bars of Bröcker & Smith (2007), Weather and Forecasting 22:651-661,
    /// with the bin's forecasts as they are. Too narrow where items hang together.
    Interval consistent;
};

/// Bins of equal width over [0, 1], bins > 0. Chances in [0, 1], `came` 1 or 0, of one length; items with a NaN are left out. Time n^2 in a
/// bin of n.
std::vector<ReliabilityBin> reliability(std::span<const double> chances, std::span<const double> came, std::size_t bins = 10,
                                        double confidence = 0.95);

/// Heights J (G(j/J) - G((j-1)/J)) for J bins of equal width over [0, 1], G the mean over items of the uniform distribution function on
/// [F(y-), F(y)], the step at F(y) where both are equal: the non-randomised PIT histogram of Czado, Gneiting & Held (2009), Biometrics
/// 65:1254-1261, section 2.1. Their mean is 1, and each is 1 when forecasts are calibrated; U-shaped: too narrow; humped: too wide. Items
/// with a NaN are left out; all heights are NaN without items.
std::vector<double> pit_histogram(std::span<const Interval> transforms, std::size_t bins = 10);

/// Where one height of so many independent, calibrated items lies with that confidence: binomial quantiles times J / items. Intervals
/// [F(y-), F(y)] that are wide vary less, so that the band is then wider than it need be. items and bins > 0.
Interval pit_band(std::size_t items, std::size_t bins = 10, double confidence = 0.95);

}  // namespace entente
