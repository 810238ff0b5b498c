/// Numbers brought to a scale on which sums of squares neither cancel nor underflow: 1e9 + 0.001 x as well as 1e-200 x.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

namespace entente {

/// y = origin + unit * value. The origin is the first finite y and the unit a power of two, so that values that differ differ still, and
/// what never varies is 0 exactly. The largest value is in [1/2, 1]. What is not finite is NaN.
struct Normalised {
    double origin = std::numeric_limits<double>::quiet_NaN();  ///< NaN where no y is finite
    double unit = 1;
    std::vector<double> values;
};

inline Normalised normalised(std::span<const double> y) {
    Normalised found;
    found.values.assign(y.size(), std::numeric_limits<double>::quiet_NaN());
    const auto first = std::ranges::find_if(y, [](double each) { return std::isfinite(each); });
    if (first == y.end()) return found;
    found.origin = *first;
    const double part = std::ranges::any_of(y, [](double each) { return std::abs(each) > 0x1p1000; }) ? 0.25 : 1;  // whose differences are finite
    double largest = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
        if (!std::isfinite(y[i])) continue;
        found.values[i] = y[i] * part - found.origin * part;
        largest = std::max(largest, std::abs(found.values[i]));
    }
    if (largest == 0) return found;
    const int exponent = std::ilogb(largest) + 1;
    found.unit = std::ldexp(1 / part, exponent);
    for (double& value : found.values) value = std::ldexp(value, -exponent);
    return found;
}

}  // namespace entente
