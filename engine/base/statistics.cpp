#include <entente/base/statistics.hpp>

#include <algorithm>
#include <cmath>

#include <boost/sort/pdqsort/pdqsort.hpp>

#include <entente/base/elementary.hpp>

namespace entente {
namespace {

std::vector<double> present(std::span<const double> sample) {
    std::vector<double> values(sample.size());
    std::size_t count = 0;
    for (const double x : sample) {
        values[count] = x;
        count += std::isfinite(x) ? 1 : 0;
    }
    values.resize(count);
    return values;
}

double quantile_of_sorted(const std::vector<double>& sorted, double p) {
    if (sorted.empty()) return nan;
    const double position = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    const double part = position - static_cast<double>(below);
    return part == 0 ? sorted[below] : sorted[below] + part * (sorted[above] - sorted[below]);
}

double two_sided_z(double confidence) {
    return normal_quantile(0.5 + confidence / 2);
}

}  // namespace

std::size_t count_present(std::span<const double> sample) {
    return static_cast<std::size_t>(std::count_if(sample.begin(), sample.end(), [](double x) { return std::isfinite(x); }));
}

std::size_t count_infinite(std::span<const double> sample) {
    return static_cast<std::size_t>(std::count_if(sample.begin(), sample.end(), [](double x) { return std::isinf(x); }));
}

bool varies(std::span<const double> sample) {
    const auto is_there = [](double x) { return std::isfinite(x); };
    const auto first = std::find_if(sample.begin(), sample.end(), is_there);
    return std::any_of(first, sample.end(), [&](double x) { return is_there(x) && x != *first; });
}

double quantile(std::span<const double> sample, double p) {
    return quantiles(sample, std::span(&p, 1)).front();
}

std::vector<double> quantiles(std::span<const double> sample, std::span<const double> p) {
    std::vector<double> sorted = present(sample);
    boost::sort::pdqsort(sorted.begin(), sorted.end());
    std::vector<double> result;
    for (const double share : p) result.push_back(quantile_of_sorted(sorted, share));
    return result;
}

double mean(std::span<const double> sample) {
    double sum = 0;
    std::size_t n = 0;
    for (const double x : sample) {
        if (!std::isfinite(x)) continue;
        sum += x;
        ++n;
    }
    if (n == 0) return nan;
    const double rough = sum / static_cast<double>(n);
    double rest = 0;
    for (const double x : sample)
        if (std::isfinite(x)) rest += x - rough;
    const double better = rough + rest / static_cast<double>(n);
    return std::isfinite(better) ? better : rough;
}

double standard_deviation(std::span<const double> sample) {
    const std::size_t n = count_present(sample);
    if (n < 2) return nan;
    const double centre = mean(sample);
    double largest = 0;
    for (const double x : sample)
        if (std::isfinite(x)) largest = std::max(largest, std::abs(x - centre));
    if (largest == 0) return 0;
    const bool squares_are_safe = largest > 1e-100 && largest < 1e100;
    const double unit = squares_are_safe ? 1 : std::exp2(std::ilogb(largest));
    double squares = 0;
    for (const double x : sample) {
        if (std::isfinite(x)) squares += (x - centre) / unit * ((x - centre) / unit);
    }
    return unit * std::sqrt(squares / static_cast<double>(n - 1));
}

double standard_error(std::span<const double> sample) {
    return standard_deviation(sample) / std::sqrt(static_cast<double>(count_present(sample)));
}

Interval wilson_interval(std::size_t hits, std::size_t trials, double confidence) {
    if (trials == 0) return {0, 1};
    const double n = static_cast<double>(trials);
    const double share = static_cast<double>(hits) / n;
    const double z = two_sided_z(confidence);
    const double weight = 1 + z * z / n;
    const double centre = (share + z * z / (2 * n)) / weight;
    const double half = z / weight * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
    return {hits == 0 ? 0 : centre - half, hits == trials ? 1 : centre + half};
}

std::vector<ArrivalStep> kaplan_meier(std::span<const Arrival> arrivals, double confidence) {
    std::vector<Arrival> sorted(arrivals.begin(), arrivals.end());
    std::erase_if(sorted, [](const Arrival& a) { return std::isnan(a.time); });
    std::sort(sorted.begin(), sorted.end(), [](const Arrival& a, const Arrival& b) { return a.time < b.time; });

    const double z = two_sided_z(confidence);
    std::vector<ArrivalStep> steps;
    double waiting = 1;    // S
    double greenwood = 0;  // sum of d / (n (n - d))
    Interval interval;
    for (std::size_t i = 0; i < sorted.size();) {
        const std::size_t at_risk = sorted.size() - i;
        const double time = sorted[i].time;
        std::size_t came = 0;
        for (; i < sorted.size() && sorted[i].time == time; ++i) came += sorted[i].came ? 1 : 0;
        if (came == 0) continue;
        const double n = static_cast<double>(at_risk);
        const double d = static_cast<double>(came);
        waiting *= (n - d) / n;
        if (came < at_risk) {
            greenwood += d / (n * (n - d));
            const double spread = z * std::sqrt(greenwood) / -std::log(waiting);
            interval = {1 - std::pow(waiting, std::exp(-spread)), 1 - std::pow(waiting, std::exp(spread))};
        } else {
            interval.high = 1;
        }
        steps.push_back({time, 1 - waiting, interval, at_risk, came});
    }
    return steps;
}

std::vector<std::int64_t> thinned(std::int64_t positions, std::int64_t most) {
    std::vector<std::int64_t> kept;
    const std::int64_t stride = (positions - 1 + most - 2) / (most - 1);
    for (std::int64_t moment = positions - 1; moment > 0; moment -= stride) kept.push_back(moment);
    kept.push_back(0);
    return {kept.rbegin(), kept.rend()};
}

}  // namespace entente
