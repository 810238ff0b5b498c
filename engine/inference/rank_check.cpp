#include <entente/inference/rank_check.hpp>

#include <algorithm>
#include <array>

#include <boost/math/special_functions/gamma.hpp>

#include <entente/inference/reliability.hpp>

namespace entente {

namespace {

constexpr double least_expected = 5;

}  // namespace

std::int64_t rank_among(double truth, std::span<const double> values, std::span<const double> weights, KeyedDraws& draws) {
    std::vector<double> reached;
    double sum = 0;
    for (const double weight : weights) reached.push_back(sum += weight);
    std::int64_t below = 0;
    for (std::int64_t i = 0; i < rank_draws; ++i) {
        const double at = unit_uniform(draws.bits()) * sum;
        const auto found = std::upper_bound(reached.begin(), reached.end() - 1, at) - reached.begin();
        const double value = values[static_cast<std::size_t>(found)];
        const bool coin = unit_uniform(draws.bits()) < 0.5;
        below += value < truth || (value == truth && coin) ? 1 : 0;
    }
    return below;
}

RankCheck check_ranks(std::span<const std::int64_t> ranks) {
    constexpr std::array<std::size_t, 4> choices{20, 10, 5, 4};
    const auto suits = [&](std::size_t bins) { return static_cast<double>(ranks.size()) / static_cast<double>(bins) >= least_expected; };
    const auto chosen = std::ranges::find_if(choices, suits);
    const std::size_t bins = chosen == choices.end() ? choices.back() : *chosen;
    RankCheck check{
        .counts = std::vector<std::int64_t>(bins), .expected = static_cast<double>(ranks.size()) / static_cast<double>(bins), .band = {}};
    for (const std::int64_t rank : ranks) ++check.counts[static_cast<std::size_t>(rank) * bins / static_cast<std::size_t>(rank_draws + 1)];
    if (ranks.empty()) return check;
    const Interval heights = pit_band(ranks.size(), bins, 0.99);
    check.band = {heights.low * check.expected, heights.high * check.expected};
    double square = 0;
    for (const std::int64_t count : check.counts)
        square += (static_cast<double>(count) - check.expected) * (static_cast<double>(count) - check.expected) / check.expected;
    check.chance = boost::math::gamma_q(static_cast<double>(bins - 1) / 2, square / 2);
    return check;
}

}  // namespace entente
