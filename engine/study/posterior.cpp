#include <entente/study/posterior.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include <entente/base/problem.hpp>
#include <entente/base/wording.hpp>
#include <entente/study/keyed_draws.hpp>

namespace entente {
namespace {

/// The points without one of their columns.
Points without_column(const Points& points, std::size_t column) {
    Points kept{points.names, {}};
    kept.names.erase(kept.names.begin() + static_cast<std::ptrdiff_t>(column));
    for (std::size_t point = 0; point < points.size(); ++point)
        for (std::size_t factor = 0; factor < points.factors(); ++factor)
            if (factor != column) kept.values.push_back(points.row(point)[factor]);
    return kept;
}

void scale_to_one(std::vector<double>& weights) {
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights) weight /= sum;
}

/// Numbers of the points drawn, ascending: one for each equal step through the weights.
std::vector<std::size_t> systematic(const std::vector<double>& weights, std::int64_t count, std::uint64_t seed) {
    KeyedDraws draws(seed, purpose::spread);
    const double first = static_cast<double>(draws.bits() >> 11) * 0x1p-53;
    std::vector<std::size_t> drawn;
    std::size_t point = 0;
    double reached = weights.front();
    for (std::int64_t i = 0; i < count; ++i) {
        const double at = (static_cast<double>(i) + first) / static_cast<double>(count);
        while (reached <= at && point + 1 < weights.size()) reached += weights[++point];
        drawn.push_back(point);
    }
    return drawn;
}

}  // namespace

std::vector<double> take_weights(Points& points) {
    const auto found = std::ranges::find(points.names, weight_column);
    std::vector<double> weights(points.size(), 1.0);
    if (found != points.names.end()) {
        const auto column = static_cast<std::size_t>(found - points.names.begin());
        for (std::size_t point = 0; point < points.size(); ++point) weights[point] = points.row(point)[column];
        points = without_column(points, column);
    }
    for (std::size_t point = 0; point < weights.size(); ++point)
        if (weights[point] < 0)
            throw Error(fmt::format("the weight {} of point {} is negative", exact(weights[point]), point), "weights are 0 or more");
    if (!(std::accumulate(weights.begin(), weights.end(), 0.0) > 0))
        throw Error("no point has a weight above 0", "give some point a weight");
    scale_to_one(weights);
    return weights;
}

SpreadRuns spread_runs(const Points& points, const std::vector<double>& weights, std::int64_t runs, std::uint64_t seed) {
    const auto count = static_cast<std::int64_t>(points.size());
    if (count <= runs) return {points, weights, (runs + count - 1) / count};
    SpreadRuns spread{{points.names, {}}, std::vector<double>(static_cast<std::size_t>(runs), 1 / static_cast<double>(runs)), 1};
    for (const std::size_t point : systematic(weights, runs, seed))
        spread.points.values.insert(spread.points.values.end(), points.row(point).begin(), points.row(point).end());
    return spread;
}

}  // namespace entente
