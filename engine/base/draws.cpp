#include <entente/base/draws.hpp>

#include <cmath>
#include <limits>

#include <entente/base/elementary.hpp>

namespace entente {
namespace {

constexpr std::uint32_t half_blocks = 128;

/// The smallest k whose cumulative probability exceeds u.
double poisson_by_inversion(double u, double m, double none) {
    double probability = none;
    double cumulative = probability;
    double k = 0;
    while (u >= cumulative) {
        k += 1;
        probability *= m / k;
        if (cumulative + probability == cumulative && k > m) break;  // u lies above all that doubles can tell apart
        cumulative += probability;
    }
    return k;
}

/// Hörmann (1993), The transformed rejection method for generating Poisson random variables, algorithm PTRS.
double poisson_by_rejection(double m, int half, philox::Key key, std::uint64_t identity, std::uint32_t run, std::uint32_t tick) {
    const Elementary& e = elementary();
    const double b = 0.931 + 2.53 * std::sqrt(m);
    const double a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4);
    const double v_r = 0.9277 - 3.6224 / (b - 2);
    const double log_m = e.log(m);
    double k = 0;
    for (std::uint32_t block = 1; block < half_blocks; ++block) {
        const std::uint32_t number = block + static_cast<std::uint32_t>(half) * half_blocks;
        const auto [first, second] = uniform_pair(philox::block(draw_counter(identity, run, tick, number), key));
        const double u = open_uniform(first) - 0.5;
        const double v = open_uniform(second);
        const double us = 0.5 - std::abs(u);
        k = std::floor((2 * a / us + b) * u + m + 0.43);
        if (us >= 0.07 && v <= v_r) return k;
        if (k < 0 || (us < 0.013 && v > us)) continue;
        if (e.log(v) + e.log(inverse_alpha) - e.log(a / (us * us) + b) <= k * log_m - m - e.lgamma(k + 1)) return k;
    }
    return std::floor(m + 0.5);  // never in practice: 127 rejections in a row, each less likely than one in eight
}

}  // namespace

double poisson_count(double u, double m, int half, philox::Key key, std::uint64_t identity, std::uint32_t run, std::uint32_t tick) {
    return poisson_count(u, m, elementary().exp(-m), half, key, identity, run, tick);
}

double poisson_count(double u, double m, double none, int half, philox::Key key, std::uint64_t identity, std::uint32_t run,
                     std::uint32_t tick) {
    if (!(m >= 0) || !std::isfinite(m)) return std::numeric_limits<double>::quiet_NaN();
    return m < poisson_inversion_below ? poisson_by_inversion(u, m, none) : poisson_by_rejection(m, half, key, identity, run, tick);
}

}  // namespace entente
