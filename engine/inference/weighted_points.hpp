/// The points of a mixture in order, as scores and quantiles go through them.
#pragma once

#include <vector>

#include <entente/inference/forecast.hpp>

namespace entente {

/// Equal values are one point. Empty where there is no finite value with a weight above 0.
struct WeightedPoints {
    std::vector<double> values;   ///< ascending, all different
    std::vector<double> weights;  ///< their sum is 1
    double concentration = 0;     ///< sum of the squares of the members' weights, equal values counted apart
    double sd = 0;                ///< of the mixture and the record's error together
};

WeightedPoints weighted_points(const NumberForecast& forecast, double error_sd);

/// The standard normal distribution function and density.
double normal_chance(double z);
double normal_density(double z);

}  // namespace entente
