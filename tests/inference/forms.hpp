/// Forecasts that several tests score.
#pragma once

#include <vector>

#include <entente/base/elementary.hpp>
#include <entente/inference/forecast.hpp>

namespace entente::test {

/// Quantiles (i - 1/2) / n of a distribution: it, up to steps of 1/n.
template <typename Quantile>
NumberForecast by_quantiles(Quantile quantile_of, int n, PointsAre points = PointsAre::exact) {
    NumberForecast forecast{.values = {}, .points = points};
    for (int i = 0; i < n; ++i) forecast.values.push_back(quantile_of((i + 0.5) / n));
    return forecast;
}

/// The seven values and weights of which R was asked.
inline const std::vector<double> seven{3.1, -0.4, 7.25, 2, 2, 5.5, 0.3};
inline const std::vector<double> seven_weights{2, 1, 1, 3, 0.5, 1, 1.5};

/// Times from begin to end, `steps` of them, ascending.
inline std::vector<double> grid(Window window, int steps) {
    std::vector<double> times;
    for (int i = 1; i <= steps; ++i) times.push_back(i == steps ? window.end : window.begin + window.length() * i / steps);
    return times;
}

}  // namespace entente::test
