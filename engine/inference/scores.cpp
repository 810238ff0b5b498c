#include <entente/inference/scores.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include <entente/base/elementary.hpp>
#include <entente/inference/weighted_points.hpp>

namespace entente {
namespace {

/// Beyond so many sd the mean distance from a normal variable is the distance from its mean, to the last bit.
constexpr double far_away = 9;

/// A(d, s) - |d|: by how much an error of sd s makes distances larger on the mean.
double excess(double distance, double sd) {
    const double z = distance / sd;
    return z > far_away ? 0 : 2 * (sd * normal_density(z) - distance * normal_chance(-z));
}

/// E|X - y|.
double mean_distance(const WeightedPoints& points, double y) {
    double sum = 0;
    for (std::size_t i = 0; i < points.values.size(); ++i) {
        const double distance = std::abs(points.values[i] - y);
        sum += points.weights[i] * (points.sd > 0 ? distance + excess(distance, points.sd) : distance);
    }
    return sum;
}

/// Sum over i < j of w_i w_j |x_i - x_j|: between neighbours lies F (1 - F) of the pairs.
double half_spread(const WeightedPoints& points) {
    double below = 0;
    double sum = 0;
    for (std::size_t i = 0; i + 1 < points.values.size(); ++i) {
        below += points.weights[i];
        sum += below * (1 - below) * (points.values[i + 1] - points.values[i]);
    }
    return sum;
}

/// By how much an error in each of both makes half_spread larger, with half of the pairs of a point with itself.
double half_excess(const WeightedPoints& points, double sd) {
    double sum = 0;
    for (std::size_t i = 0; i < points.values.size(); ++i) {
        double near = points.weights[i] / 2 * excess(0, sd);
        for (std::size_t j = i + 1; j < points.values.size() && points.values[j] - points.values[i] < far_away * sd; ++j)
            near += points.weights[j] * excess(points.values[j] - points.values[i], sd);
        sum += points.weights[i] * near;
    }
    return sum;
}

/// E|X - X'| / 2.
double half_difference(const WeightedPoints& points, PointsAre kind) {
    const double pair_sd = points.sd * std::numbers::sqrt2;
    const double all = half_spread(points) + (points.sd > 0 ? half_excess(points, pair_sd) : 0);
    if (kind == PointsAre::exact) return all;
    const double with_itself = points.sd > 0 ? points.concentration / 2 * excess(0, pair_sd) : 0;
    return (all - with_itself) / (1 - points.concentration);
}

/// The score of "came by t", taken over t from `from` to `to`.
double integral_of_brier(const DateForecast& forecast, double from, double to, bool came) {
    if (!(from < to)) return 0;
    double sum = 0;
    double begin = from;
    double chance = chance_by(forecast, from);
    const auto next = std::upper_bound(forecast.times.begin(), forecast.times.end(), from) - forecast.times.begin();
    for (auto i = static_cast<std::size_t>(next); i < forecast.times.size() && forecast.times[i] < to; ++i) {
        sum += (forecast.times[i] - begin) * fair_brier_score(chance, forecast.concentration, came);
        begin = forecast.times[i];
        chance = forecast.by[i];
    }
    return sum + (to - begin) * fair_brier_score(chance, forecast.concentration, came);
}

}  // namespace

double brier_score(double chance, bool came) {
    const double miss = chance - (came ? 1 : 0);
    return miss * miss;
}

double fair_brier_score(double share, double concentration, bool came) {
    const double plain = brier_score(share, came);
    return concentration == 0 ? plain : plain - share * (1 - share) * concentration / (1 - concentration);
}

double half_run_floor(double concentration, std::size_t cells) {
    return concentration == 0 ? 0 : 0.5 / (1 / concentration + static_cast<double>(cells) / 2);
}

double log_score(std::span<const double> chances, Cells cells, double floor) {
    assert(cells.first <= cells.last && cells.last < chances.size());
    const double count = static_cast<double>(chances.size());
    assert(floor >= 0 && floor * count <= 1);
    double chance = 0;
    for (std::size_t i = cells.first; i <= cells.last; ++i) chance += floor + (1 - count * floor) * chances[i];
    return -elementary().log(std::min(chance, 1.0));
}

double crps(const NumberForecast& forecast, double y, double error_sd) {
    const WeightedPoints points = weighted_points(forecast, error_sd);
    if (points.values.empty() || std::isnan(points.sd) || std::isnan(y)) return nan;
    return mean_distance(points, y) - half_difference(points, forecast.points);
}

DateScore date_score(const DateForecast& forecast, const DateRecord& record) {
    assert(record.earliest <= record.latest);
    const auto [begin, end] = forecast.window;
    const double until = std::clamp(record.earliest, begin, end);
    const double since = std::clamp(record.latest, begin, end);
    const double length = forecast.window.length();
    const double sum = integral_of_brier(forecast, begin, until, false) + integral_of_brier(forecast, since, end, true);
    return {sum / length, (until - begin + (end - since)) / length};
}

double interval_score(Interval interval, double y, double coverage) {
    assert(coverage > 0 && coverage < 1);
    const double penalty = 2 / (1 - coverage);
    double score = interval.high - interval.low;
    if (y < interval.low) score += penalty * (interval.low - y);
    if (y > interval.high) score += penalty * (y - interval.high);
    return std::isnan(y) ? nan : score;
}

Interval pit(const NumberForecast& forecast, double y, double error_sd) {
    return {chance_below(forecast, y, error_sd), chance_at_most(forecast, y, error_sd)};
}

Interval pit(const DateForecast& forecast, const DateRecord& record) {
    return {chance_before(forecast, record.earliest), record.latest > forecast.window.end ? 1 : chance_by(forecast, record.latest)};
}

}  // namespace entente
