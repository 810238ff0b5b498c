#include <entente/study/bootstrap.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include <entente/study/keyed_draws.hpp>

namespace entente {

void draw_resample(std::uint64_t seed, int number, std::span<double> counts) {
    KeyedDraws draws(mix(seed, purpose::resample), static_cast<std::uint64_t>(number));
    std::fill(counts.begin(), counts.end(), 0.0);
    for (std::size_t i = 0; i < counts.size(); ++i) counts[draws.below(counts.size())] += 1;
}

Interval percentile_interval(std::span<const double> estimates, double confidence, std::size_t sample_size) {
    if (sample_size < 2) return {nan, nan};
    const double n = static_cast<double>(sample_size);
    const double t = boost::math::quantile(boost::math::students_t(n - 1), 0.5 + confidence / 2);
    const double p = boost::math::cdf(boost::math::normal(), -std::sqrt(n / (n - 1)) * t);
    const std::array<double, 2> ends{p, 1 - p};
    const std::vector<double> found = quantiles(estimates, ends);
    return {found[0], found[1]};
}

}  // namespace entente
