#include <entente/inference/particles.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

#include <entente/base/elementary.hpp>

namespace entente {

double log_sum_exp(std::span<const double> logs) {
    const double most = logs.empty() ? -std::numeric_limits<double>::infinity() : std::ranges::max(logs);
    if (std::isinf(most)) return most;
    const auto exp = elementary().exp;
    double sum = 0;
    for (const double x : logs) sum += exp(x - most);
    return most + elementary().log(sum);
}

double effective_number(std::span<const double> log_weights) {
    const double most = log_weights.empty() ? 0 : std::ranges::max(log_weights);
    if (std::isinf(most) || log_weights.empty()) return 0;
    const auto exp = elementary().exp;
    double sum = 0;
    double squares = 0;
    for (const double x : log_weights) {
        const double w = exp(x - most);
        sum += w;
        squares += w * w;
    }
    return sum * sum / squares;
}

std::vector<std::int64_t> systematic_resample(std::span<const double> log_weights, double u) {
    const auto n = std::ssize(log_weights);
    const double most = std::ranges::max(log_weights);
    assert(!std::isinf(most) && u >= 0 && u < 1);
    const auto exp = elementary().exp;
    std::vector<double> up_to(log_weights.size());
    double sum = 0;
    std::int64_t last = 0;  // with any weight
    for (std::int64_t i = 0; i < n; ++i) {
        const double w = exp(log_weights[static_cast<std::size_t>(i)] - most);
        sum += w;
        up_to[static_cast<std::size_t>(i)] = sum;
        if (w > 0) last = i;
    }
    std::vector<std::int64_t> ancestors(log_weights.size());
    std::int64_t from = 0;
    for (std::int64_t i = 0; i < n; ++i) {
        const double wanted = (static_cast<double>(i) + u) / static_cast<double>(n) * sum;
        while (from < last && up_to[static_cast<std::size_t>(from)] <= wanted) ++from;
        ancestors[static_cast<std::size_t>(i)] = from;
    }
    return ancestors;
}

double relative_variance(std::span<const double> log_weights, std::span<const std::int64_t> first_ancestors, std::int64_t redraws) {
    assert(log_weights.size() == first_ancestors.size());
    const auto n = log_weights.size();
    const double most = n == 0 ? 0 : std::ranges::max(log_weights);
    if (n < 2 || std::isinf(most)) return 1;
    const auto exp = elementary().exp;
    std::vector<double> of_first(n);
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double w = exp(log_weights[i] - most);
        of_first[static_cast<std::size_t>(first_ancestors[i])] += w;
        sum += w;
    }
    double squares = 0;
    for (const double w : of_first) squares += w / sum * (w / sum);
    const double grown = std::pow(static_cast<double>(n) / static_cast<double>(n - 1), static_cast<double>(redraws + 1));
    return std::clamp(1 - grown * (1 - squares), 0.0, 1.0);
}

}  // namespace entente
