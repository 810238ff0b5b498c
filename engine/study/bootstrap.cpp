#include <entente/study/bootstrap.hpp>

#include <algorithm>
#include <array>
#include <vector>

#include <entente/study/keyed_draws.hpp>

namespace entente {

void draw_resample(std::uint64_t seed, int number, std::span<double> counts) {
    KeyedDraws draws(mix(seed, purpose::resample), static_cast<std::uint64_t>(number));
    std::fill(counts.begin(), counts.end(), 0.0);
    for (std::size_t i = 0; i < counts.size(); ++i) counts[draws.below(counts.size())] += 1;
}

Interval percentile_interval(std::span<const double> estimates, double confidence) {
    const std::array<double, 2> ends{(1 - confidence) / 2, (1 + confidence) / 2};
    const std::vector<double> found = quantiles(estimates, ends);
    return {found[0], found[1]};
}

}  // namespace entente
