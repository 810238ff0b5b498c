/// Functions whose sensitivity is known in closed form, and their outcomes at the points of a design.
#pragma once

#include <cmath>
#include <functional>
#include <numbers>
#include <span>
#include <string>
#include <vector>

#include <entente/study/design.hpp>

namespace entente::test {

using Function = std::function<double(std::span<const double>)>;

inline std::vector<Factor> uniform_factors(std::size_t count, double low, double high) {
    std::vector<Factor> factors;
    for (std::size_t k = 1; k <= count; ++k) factors.push_back({"x" + std::to_string(k), "", {Prior::Form::uniform, {low, high}}, {}, {}});
    return factors;
}

inline std::vector<double> outcomes(const Points& points, const Function& f) {
    std::vector<double> y;
    for (std::size_t i = 0; i < points.size(); ++i) y.push_back(f(points.row(i)));
    return y;
}

/// Ishigami & Homma (1990), doi:10.1109/ISUMA.1990.151285, on [-pi, pi]^3 with a = 7.
inline Function ishigami(double b) {
    return [b](std::span<const double> x) {
        return std::sin(x[0]) + 7 * std::sin(x[1]) * std::sin(x[1]) + b * x[2] * x[2] * x[2] * x[2] * std::sin(x[0]);
    };
}
inline std::vector<Factor> ishigami_factors() { return uniform_factors(3, -std::numbers::pi, std::numbers::pi); }

/// Sobol's g-function on [0, 1]^a.size().
inline Function g_function(const std::vector<double>& a) {
    return [a](std::span<const double> x) {
        double y = 1;
        for (std::size_t i = 0; i < a.size(); ++i) y *= (std::abs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
        return y;
    };
}

/// x1 + 2 x2 + 3 x3 + …
inline double weighted_sum(std::span<const double> x) {
    double y = 0;
    for (std::size_t i = 0; i < x.size(); ++i) y += static_cast<double>(i + 1) * x[i];
    return y;
}

}  // namespace entente::test
