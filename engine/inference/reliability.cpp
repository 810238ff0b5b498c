#include <entente/inference/reliability.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace entente {
namespace {

struct Members {
    std::vector<double> chances;
    double came = 0;
};

/// Chances of 0, 1, … successes in independent trials, one trial after the other.
std::vector<double> poisson_binomial(const std::vector<double>& chances) {
    std::vector<double> mass(chances.size() + 1, 0.0);
    mass[0] = 1;
    for (std::size_t n = 0; n < chances.size(); ++n) {
        for (std::size_t k = n + 1; k > 0; --k) mass[k] = mass[k] * (1 - chances[n]) + mass[k - 1] * chances[n];
        mass[0] *= 1 - chances[n];
    }
    return mass;
}

/// The fewest successes that at most so many have with chance p or more.
double count_quantile(const std::vector<double>& mass, double p) {
    double sum = 0;
    for (std::size_t k = 0; k < mass.size(); ++k) {
        sum += mass[k];
        if (sum >= p) return static_cast<double>(k);
    }
    return static_cast<double>(mass.size() - 1);
}

/// Of the share of successes.
Interval share_interval(const std::vector<double>& chances, double confidence) {
    const std::vector<double> mass = poisson_binomial(chances);
    const double n = static_cast<double>(chances.size());
    return {count_quantile(mass, (1 - confidence) / 2) / n, count_quantile(mass, (1 + confidence) / 2) / n};
}

ReliabilityBin bin_of(const Members& members, double low, double high, double confidence) {
    if (members.chances.empty()) return {low, high, 0, nan, nan, {nan, nan}};
    const double n = static_cast<double>(members.chances.size());
    return {low, high, members.chances.size(), mean(members.chances), members.came / n, share_interval(members.chances, confidence)};
}

/// The uniform distribution function on an interval, or the step at its only point.
double uniform_chance(const Interval& interval, double u) {
    if (u >= interval.high) return 1;
    return u <= interval.low ? 0 : (u - interval.low) / (interval.high - interval.low);
}

double mean_uniform_chance(std::span<const Interval> transforms, double u) {
    std::vector<double> chances;
    for (const Interval& interval : transforms)
        chances.push_back(std::isnan(interval.low + interval.high) ? nan : uniform_chance(interval, u));
    return mean(chances);
}

}  // namespace

std::vector<ReliabilityBin> reliability(std::span<const double> chances, std::span<const double> came, std::size_t bins,
                                        double confidence) {
    assert(bins > 0 && chances.size() == came.size());
    std::vector<Members> members(bins);
    const double width = static_cast<double>(bins);
    for (std::size_t i = 0; i < chances.size(); ++i) {
        if (std::isnan(chances[i]) || std::isnan(came[i])) continue;
        assert(chances[i] >= 0 && chances[i] <= 1);
        Members& bin = members[std::min(static_cast<std::size_t>(chances[i] * width), bins - 1)];
        bin.chances.push_back(chances[i]);
        bin.came += came[i];
    }
    std::vector<ReliabilityBin> result;
    for (std::size_t b = 0; b < bins; ++b)
        result.push_back(bin_of(members[b], static_cast<double>(b) / width, static_cast<double>(b + 1) / width, confidence));
    return result;
}

std::vector<double> pit_histogram(std::span<const Interval> transforms, std::size_t bins) {
    assert(bins > 0);
    std::vector<double> heights;
    double before = 0;
    for (std::size_t b = 1; b <= bins; ++b) {
        const double here = mean_uniform_chance(transforms, static_cast<double>(b) / static_cast<double>(bins));
        heights.push_back((here - before) * static_cast<double>(bins));
        before = here;
    }
    return heights;
}

Interval pit_band(std::size_t items, std::size_t bins, double confidence) {
    const double share = 1 / static_cast<double>(bins);
    const Interval of_share = share_interval(std::vector<double>(items, share), confidence);
    return {of_share.low / share, of_share.high / share};
}

}  // namespace entente
