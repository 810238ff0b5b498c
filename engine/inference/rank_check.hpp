/// Whether a method's posteriors hold what they should: simulation-based calibration.
///
/// Where parameters are drawn from the prior, a record is simulated at them and fitted, the rank of the truth among draws from its
/// posterior is uniform (Talts, Betancourt, Simpson, Vehtari & Gelman 2018, arXiv:1804.06788). Posteriors that are too narrow give
/// histograms of ranks with horns at both ends, too wide ones a hump, displaced ones a slope.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <entente/base/statistics.hpp>
#include <entente/study/keyed_draws.hpp>

namespace entente {

/// Draws among which truths are ranked.
inline constexpr std::int64_t rank_draws = 99;

/// How many of rank_draws independent draws from the weighted sample are below `truth`: from 0 to rank_draws. Of draws that are equal to it
/// each counts by the toss of a coin.
std::int64_t rank_among(double truth, std::span<const double> values, std::span<const double> weights, KeyedDraws& draws);

struct RankCheck {
    std::vector<std::int64_t> counts;  ///< by bin of equally many ranks
    double expected = 0;               ///< of each
    Interval band;                     ///< in which a count lies with 99 % were ranks uniform
    double chance = 1;                 ///< p-value of Pearson's chi-square over the bins
};

/// 20, 10, 5 or 4 bins, the most of which at least five are expected in each; 4 for fewer than 20 ranks.
RankCheck check_ranks(std::span<const std::int64_t> ranks);

}  // namespace entente
