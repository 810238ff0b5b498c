#include <entente/study/posterior.hpp>

#include <numeric>

#include <entente/base/draws.hpp>
#include <entente/study/keyed_draws.hpp>

namespace entente {
namespace {

/// Numbers of the points drawn, ascending: one for each equal step through the weights.
std::vector<std::size_t> drawn_points(const std::vector<double>& weights, std::int64_t count, std::uint64_t seed) {
    const double step = std::accumulate(weights.begin(), weights.end(), 0.0) / static_cast<double>(count);
    const double first = unit_uniform(KeyedDraws(seed, purpose::spread).bits());
    std::vector<std::size_t> drawn;
    std::size_t point = 0;
    double reached = weights.front();
    for (std::int64_t i = 0; i < count; ++i) {
        while (reached <= (static_cast<double>(i) + first) * step && point + 1 < weights.size()) reached += weights[++point];
        drawn.push_back(point);
    }
    return drawn;
}

}  // namespace

SpreadRuns spread_runs(const Points& points, std::int64_t runs, std::uint64_t seed) {
    const auto count = static_cast<std::int64_t>(points.size());
    const std::vector<double> weights = points.weights.empty() ? std::vector<double>(points.size(), 1.0) : points.weights;
    if (count <= runs) return {{points.names, points.values, weights}, (runs + count - 1) / count};
    SpreadRuns spread{{points.names, {}, std::vector<double>(static_cast<std::size_t>(runs), 1.0)}, 1};
    for (const std::size_t point : drawn_points(weights, runs, seed)) {
        const auto row = points.row(point);
        spread.points.values.insert(spread.points.values.end(), row.begin(), row.end());
    }
    return spread;
}

}  // namespace entente
