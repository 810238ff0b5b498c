#include <entente/inference/weighted_sample.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <numeric>

namespace entente {

namespace {

std::vector<std::size_t> order_of(std::span<const double> values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return values[i]; });
    return order;
}

double sum_of(std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

/// Sum of w (a - mean a) (b - mean b), divided by sum of w.
double covariance(std::span<const double> a, std::span<const double> b, std::span<const double> weights) {
    const double mean_a = weighted_mean(a, weights);
    const double mean_b = weighted_mean(b, weights);
    double sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * (a[i] - mean_a) * (b[i] - mean_b);
    return sum / sum_of(weights);
}

}  // namespace

std::vector<double> Particles::coordinate(std::size_t k) const {
    std::vector<double> values(size());
    for (std::size_t i = 0; i < size(); ++i) values[i] = unit.row(i)[k];
    return values;
}

std::vector<double> normalised_weights(std::vector<double> weights) {
    const double sum = sum_of(weights);
    for (double& weight : weights) weight /= sum;
    return weights;
}

double effective_size(std::span<const double> weights) {
    double squares = 0;
    for (const double weight : weights) squares += weight * weight;
    const double sum = sum_of(weights);
    return squares > 0 ? sum * sum / squares : 0;
}

double weighted_mean(std::span<const double> values, std::span<const double> weights) {
    assert(values.size() == weights.size());
    return std::inner_product(values.begin(), values.end(), weights.begin(), 0.0) / sum_of(weights);
}

double weighted_sd(std::span<const double> values, std::span<const double> weights) {
    return std::sqrt(covariance(values, values, weights) / (1 - 1 / effective_size(weights)));
}

double weighted_quantile(std::span<const double> values, std::span<const double> weights, double p) {
    const double sought = p * sum_of(weights) * (1 - 4 * std::numeric_limits<double>::epsilon());  // what rounding adds up to no more
    double reached = 0;
    double last = std::numeric_limits<double>::quiet_NaN();
    for (const std::size_t i : order_of(values)) {
        if (weights[i] == 0) continue;
        reached += weights[i];
        last = values[i];
        if (reached >= sought) break;
    }
    return last;
}

double weighted_correlation(std::span<const double> a, std::span<const double> b, std::span<const double> weights) {
    return covariance(a, b, weights) / std::sqrt(covariance(a, a, weights) * covariance(b, b, weights));
}

std::vector<std::size_t> systematic_draws(std::span<const double> weights, std::size_t count, double offset) {
    const double sum = sum_of(weights);
    std::vector<std::size_t> drawn;
    drawn.reserve(count);
    double reached = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        reached += weights[i];
        while (drawn.size() < count && (static_cast<double>(drawn.size()) + offset) * sum < reached * static_cast<double>(count))
            drawn.push_back(i);
    }
    for (std::size_t last = weights.size(); drawn.size() < count; drawn.push_back(last)) {  // what rounding leaves over
        last = weights.size() - 1;
        while (weights[last] == 0) --last;
    }
    return drawn;
}

double distance_to_uniform(std::span<const double> values, std::span<const double> weights) {
    const double sum = sum_of(weights);
    double reached = 0;
    double greatest = 0;
    for (const std::size_t i : order_of(values)) {
        greatest = std::max(greatest, std::abs(values[i] - reached / sum));
        reached += weights[i];
        greatest = std::max(greatest, std::abs(values[i] - reached / sum));
    }
    return greatest;
}

}  // namespace entente
