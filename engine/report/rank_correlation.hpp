/// What goes along with what a page is about.
#pragma once

#include <cstddef>
#include <span>

#include <entente/study/run_results.hpp>

namespace entente {

/// Spearman's correlation of ranks, ties given their mean rank, of the pairs that have both numbers; −1 to 1. NaN where fewer than 20 have, or where one of them
/// never varies.
double rank_correlation(std::span<const double> one, std::span<const double> other);

/// The same over the runs, of what two measures of the world come to: a date that never comes is later than all that do.
double rank_correlation(const Results& results, std::size_t one, std::size_t other);

}  // namespace entente
