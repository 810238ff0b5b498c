#include <entente/inference/forecast.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

#include <entente/base/elementary.hpp>
#include <entente/inference/weighted_points.hpp>

namespace entente {
namespace {

double weight_of(std::span<const double> weights, std::size_t i) {
    return weights.empty() ? 1 : weights[i];
}

/// Sum over points that `counts` of their weights, or of the normal chances to their left of x.
template <typename Counts>
double chance(const WeightedPoints& points, double x, Counts counts) {
    if (points.values.empty() || std::isnan(points.sd)) return nan;
    if (points.sd == 0 && counts(points.values.back())) return 1;
    double sum = 0;
    for (std::size_t i = 0; i < points.values.size(); ++i) {
        if (points.sd > 0) {
            sum += points.weights[i] * normal_chance((x - points.values[i]) / points.sd);
        } else if (counts(points.values[i])) {
            sum += points.weights[i];
        }
    }
    return std::min(sum, 1.0);
}

double chance_at_most(const WeightedPoints& points, double x) {
    return chance(points, x, [x](double value) { return value <= x; });
}

/// The quantile lies between those of the normal distributions about the smallest and the largest value.
double smooth_quantile(const WeightedPoints& points, double p) {
    const double z = normal_quantile(p);
    double low = points.values.front() + z * points.sd;
    double high = points.values.back() + z * points.sd;
    while (true) {
        const double middle = low + (high - low) / 2;
        if (!(low < middle && middle < high)) return middle;
        (chance_at_most(points, middle) < p ? low : high) = middle;
    }
}

double stepped_quantile(const WeightedPoints& points, double p) {
    double sum = 0;
    for (std::size_t i = 0; i < points.values.size(); ++i) {
        sum += points.weights[i];
        if (sum >= p) return points.values[i];
    }
    return points.values.back();
}

struct WeightedArrival {
    double time;
    bool came;
    double weight;
};

/// With dates at or before the origin moved to it, and those after the end taken as not come by the end. In order of time.
std::vector<WeightedArrival> within(std::span<const Arrival> runs, Window window, std::span<const double> weights) {
    std::vector<WeightedArrival> found;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const double weight = weight_of(weights, i);
        if (std::isnan(runs[i].time) || weight == 0) continue;
        const bool after = runs[i].time > window.end;
        found.push_back({std::clamp(runs[i].time, window.begin, window.end), runs[i].came && !after, weight});
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.time < b.time; });
    return found;
}

double total_weight(std::span<const WeightedArrival> arrivals) {
    return std::accumulate(arrivals.begin(), arrivals.end(), 0.0, [](double sum, const WeightedArrival& a) { return sum + a.weight; });
}

double concentration_of(std::span<const WeightedArrival> arrivals, double total) {
    double sum = 0;
    for (const WeightedArrival& a : arrivals) sum += (a.weight / total) * (a.weight / total);
    return sum;
}

/// Kaplan & Meier's curve from one failure to the next.
struct Waiting {
    double share = 1;      ///< of all, just after the last failure
    double at_risk = 0;    ///< weight of those that wait since then
    double came = 0;       ///< of these
    bool complete = true;  ///< none has failed yet: then shares are not products of rounded numbers

    [[nodiscard]] double share_come() const { return complete ? came / at_risk : std::min(1 - share * (1 - came / at_risk), 1.0); }
    void leave(double failed) {
        share *= 1 - came / at_risk;
        at_risk -= came + failed;
        came = 0;
        complete = false;
    }
};

void add_step(DateForecast& forecast, double time, double by) {
    forecast.times.push_back(time);
    forecast.by.push_back(by);
}

/// The first edge that is not before t, counted from the second: the cell that t lies in.
std::size_t cell_of(double t, std::span<const double> edges) {
    return static_cast<std::size_t>(std::lower_bound(edges.begin() + 1, edges.end(), t) - edges.begin()) - 1;
}

}  // namespace

double normal_chance(double z) {
    return std::erfc(-z / std::numbers::sqrt2) / 2;
}

double normal_density(double z) {
    return elementary().exp(-z * z / 2) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

WeightedPoints weighted_points(const NumberForecast& forecast, double error_sd) {
    assert(forecast.weights.empty() || forecast.weights.size() == forecast.values.size());
    std::vector<std::pair<double, double>> members;
    double total = 0;
    for (std::size_t i = 0; i < forecast.values.size(); ++i) {
        const double weight = weight_of(forecast.weights, i);
        if (!std::isfinite(forecast.values[i]) || !(weight > 0)) continue;
        members.emplace_back(forecast.values[i], weight);
        total += weight;
    }
    std::sort(members.begin(), members.end());
    WeightedPoints points;
    points.sd = std::hypot(forecast.sd, error_sd);
    for (const auto& [value, weight] : members) {
        const double share = weight / total;
        points.concentration += share * share;
        if (points.values.empty() || points.values.back() != value) {
            points.values.push_back(value);
            points.weights.push_back(0);
        }
        points.weights.back() += share;
    }
    return points;
}

double chance_at_most(const NumberForecast& forecast, double x, double error_sd) {
    return chance_at_most(weighted_points(forecast, error_sd), x);
}

double chance_below(const NumberForecast& forecast, double x, double error_sd) {
    return chance(weighted_points(forecast, error_sd), x, [x](double value) { return value < x; });
}

double quantile(const NumberForecast& forecast, double p, double error_sd) {
    assert(p > 0 && p < 1);
    const WeightedPoints points = weighted_points(forecast, error_sd);
    if (points.values.empty() || std::isnan(points.sd)) return nan;
    if (points.sd > 0) return smooth_quantile(points, p);
    return forecast.weights.empty() ? quantile(std::span<const double>(forecast.values), p) : stepped_quantile(points, p);
}

Interval central_interval(const NumberForecast& forecast, double coverage, double error_sd) {
    return {quantile(forecast, (1 - coverage) / 2, error_sd), quantile(forecast, (1 + coverage) / 2, error_sd)};
}

DateForecast date_forecast(std::span<const Arrival> runs, Window window, std::span<const double> weights) {
    assert(window.begin < window.end && (weights.empty() || weights.size() == runs.size()));
    const std::vector<WeightedArrival> arrivals = within(runs, window, weights);
    const double total = total_weight(arrivals);
    DateForecast forecast{.window = window, .times = {}, .by = {}, .concentration = concentration_of(arrivals, total)};
    if (arrivals.empty()) return {.window = window, .times = {window.begin}, .by = {nan}, .concentration = nan};
    Waiting waiting{.at_risk = total};
    for (std::size_t i = 0; i < arrivals.size();) {
        const double time = arrivals[i].time;
        const double came_before = waiting.came;
        double failed = 0;
        for (; i < arrivals.size() && arrivals[i].time == time; ++i) (arrivals[i].came ? waiting.came : failed) += arrivals[i].weight;
        const bool last = i == arrivals.size();
        if (waiting.came > came_before) add_step(forecast, time, last && failed == 0 ? 1 : waiting.share_come());
        if (failed == 0 || time == window.end) continue;
        waiting.leave(failed);
        if (last) add_step(forecast, time, nan);
    }
    return forecast;
}

double chance_by(const DateForecast& forecast, double t) {
    const auto after = std::upper_bound(forecast.times.begin(), forecast.times.end(), t) - forecast.times.begin();
    return after == 0 ? 0 : forecast.by[static_cast<std::size_t>(after) - 1];
}

double chance_before(const DateForecast& forecast, double t) {
    const auto from = std::lower_bound(forecast.times.begin(), forecast.times.end(), t) - forecast.times.begin();
    return from == 0 ? 0 : forecast.by[static_cast<std::size_t>(from) - 1];
}

DateRecord not_come_by(double day) {
    return {.earliest = std::nextafter(day, std::numeric_limits<double>::infinity())};
}

std::vector<double> partition(const DateForecast& forecast, std::span<const double> edges) {
    assert(edges.size() > 1 && std::is_sorted(edges.begin(), edges.end()) && edges.back() <= forecast.window.end);
    std::vector<double> chances;
    double before = 0;
    for (const double edge : edges.subspan(1)) {
        const double by = chance_by(forecast, edge);
        chances.push_back(by - before);
        before = by;
    }
    chances.push_back(1 - before);
    return chances;
}

Cells cells_of(const DateRecord& record, std::span<const double> edges) {
    return {cell_of(record.earliest, edges), cell_of(record.latest, edges)};
}

}  // namespace entente
