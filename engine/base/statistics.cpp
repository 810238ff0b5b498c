#include <entente/base/statistics.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace entente {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<double> present(std::span<const double> sample) {
    std::vector<double> values;
    values.reserve(sample.size());
    std::copy_if(sample.begin(), sample.end(), std::back_inserter(values), [](double x) { return !std::isnan(x); });
    return values;
}

double quantile_of_sorted(const std::vector<double>& sorted, double p) {
    if (sorted.empty()) return nan;
    const double position = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    if (sorted[below] == sorted[above]) return sorted[below];  // infinities among them
    const double part = position - static_cast<double>(below);
    return part == 0 ? sorted[below] : sorted[below] + part * (sorted[above] - sorted[below]);
}

double two_sided_z(double confidence) {
    return normal_quantile(0.5 + confidence / 2);
}

/// Coefficients of a polynomial, highest power first.
template <std::size_t n>
double polynomial(const std::array<double, n>& coefficients, double x) {
    double sum = 0;
    for (const double c : coefficients) sum = sum * x + c;
    return sum;
}

/// P. J. Acklam's rational approximation of the normal quantile, relative error below 1.15e-9.
double acklam(double p) {
    constexpr std::array a{-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                           1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
    constexpr std::array b{-5.447609879822406e+01, 1.615858368580409e+02,  -1.556989798598866e+02,
                           6.680131188771972e+01,  -1.328068155288572e+01, 1.0};
    constexpr std::array c{-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                           -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
    constexpr std::array d{7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1.0};
    constexpr double tail = 0.02425;
    if (p > 1 - tail) return -acklam(1 - p);
    if (p < tail) {
        const double q = std::sqrt(-2 * std::log(p));
        return polynomial(c, q) / polynomial(d, q);
    }
    const double q = p - 0.5;
    return q * polynomial(a, q * q) / polynomial(b, q * q);
}

}  // namespace

std::size_t count_present(std::span<const double> sample) {
    return static_cast<std::size_t>(std::count_if(sample.begin(), sample.end(), [](double x) { return !std::isnan(x); }));
}

double quantile(std::span<const double> sample, double p) {
    return quantiles(sample, std::span(&p, 1)).front();
}

std::vector<double> quantiles(std::span<const double> sample, std::span<const double> p) {
    std::vector<double> sorted = present(sample);
    std::sort(sorted.begin(), sorted.end());
    std::vector<double> result;
    for (const double share : p) result.push_back(quantile_of_sorted(sorted, share));
    return result;
}

double mean(std::span<const double> sample) {
    double sum = 0;
    std::size_t n = 0;
    for (const double x : sample) {
        if (std::isnan(x)) continue;
        sum += x;
        ++n;
    }
    return n == 0 ? nan : sum / static_cast<double>(n);
}

double standard_deviation(std::span<const double> sample) {
    const std::size_t n = count_present(sample);
    if (n < 2) return nan;
    const double centre = mean(sample);
    double squares = 0;
    for (const double x : sample) {
        if (!std::isnan(x)) squares += (x - centre) * (x - centre);
    }
    return std::sqrt(squares / static_cast<double>(n - 1));
}

double standard_error(std::span<const double> sample) {
    return standard_deviation(sample) / std::sqrt(static_cast<double>(count_present(sample)));
}

double normal_quantile(double p) {
    const double x = acklam(p);
    const double error = 0.5 * std::erfc(-x / std::numbers::sqrt2) - p;
    const double step = error * std::sqrt(2 * std::numbers::pi) * std::exp(x * x / 2);
    return x - step / (1 + x * step / 2);
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

}  // namespace entente
