#include <entente/inference/baselines.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

#include <entente/base/elementary.hpp>

namespace entente {
namespace {

/// Standard deviations of a Poisson count beyond which chances are below 1e-16, and as many counts more where the mean is small.
constexpr double poisson_reach = 10;
constexpr double poisson_least = 40;

double log_poisson(double count, double mean) {
    return count * elementary().log(mean) - mean - elementary().lgamma(count + 1);
}

double root_mean_square_change(std::span<const double> values) {
    double sum = 0;
    std::size_t count = 0;
    for (std::size_t i = 1; i < values.size(); ++i) {
        const double change = values[i] - values[i - 1];
        if (!std::isfinite(change)) continue;
        sum += change * change;
        ++count;
    }
    return count == 0 ? nan : std::sqrt(sum / static_cast<double>(count));
}

}  // namespace

Exposure exposure_before(std::span<const DateRecord> records, double start, double origin) {
    assert(start <= origin);
    Exposure exposure;
    for (const DateRecord& record : records) {
        if (record.latest <= start) continue;
        const bool came = record.latest <= origin;
        const double until = came ? record.earliest + (record.latest - record.earliest) / 2 : std::min(record.earliest, origin);
        exposure.events += came ? 1 : 0;
        exposure.time += std::max(until - start, 0.0);
    }
    return exposure;
}

double constant_hazard(const Exposure& exposure) {
    return exposure.time > 0 ? (exposure.events + 0.5) / exposure.time : nan;
}

double constant_hazard_chance(double hazard, double time) {
    return -elementary().expm1(-hazard * time);
}

DateForecast constant_hazard_date(double hazard, Window window, std::span<const double> times) {
    DateForecast forecast{.window = window, .times = {times.begin(), times.end()}, .by = {}};
    for (const double time : times) forecast.by.push_back(constant_hazard_chance(hazard, time - window.begin));
    return forecast;
}

NumberForecast constant_hazard_count(double hazard, double time) {
    const double mean = hazard * time;
    NumberForecast forecast{.values = {}, .points = PointsAre::exact};
    if (mean == 0) return nothing_changes(0);
    const double reach = poisson_reach * std::sqrt(mean) + poisson_least;
    for (double count = std::max(0.0, std::floor(mean - reach)); count <= mean + reach; ++count) {
        forecast.values.push_back(count);
        forecast.weights.push_back(elementary().exp(log_poisson(count, mean)));
    }
    return forecast;
}

double base_rate(std::size_t hits, std::size_t trials) {
    return (static_cast<double>(hits) + 0.5) / (static_cast<double>(trials) + 1);
}

DateForecast never_comes(Window window) {
    return {.window = window, .times = {}, .by = {}};
}

NumberForecast nothing_changes(double last) {
    return {.values = {last}, .points = PointsAre::exact};
}

NumberForecast climatology(std::span<const double> before) {
    const double n = static_cast<double>(count_present(before));
    return {.values = {mean(before)}, .sd = standard_deviation(before) * std::sqrt(1 + 1 / n), .points = PointsAre::exact};
}

NumberForecast past_values(std::span<const double> before) {
    return {.values = {before.begin(), before.end()}, .points = PointsAre::exact};
}

NumberForecast last_value(std::span<const double> before, double steps) {
    assert(steps >= 0);
    const auto last = std::find_if(before.rbegin(), before.rend(), [](double x) { return std::isfinite(x); });
    const double value = last == before.rend() ? nan : *last;
    return {.values = {value}, .sd = root_mean_square_change(before) * std::sqrt(steps), .points = PointsAre::exact};
}

}  // namespace entente
