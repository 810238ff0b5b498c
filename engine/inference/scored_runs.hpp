/// Runs held against the record: from what they left to scores.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include <entente/inference/score_pool.hpp>

namespace entente {

/// What runs of a plan's scenario left, wherever that is kept. All lists have one member a run.
struct ScoredRuns {
    const Results* layout = nullptr;
    /// Values of a measure on a row, in a year of a yearly one (its number; -1: over the whole run); dates are ticks, NaN where it never
    /// came.
    std::function<std::vector<double>(std::size_t measure, std::size_t row, int year)> values;
    std::vector<double> watched;                ///< ticks to whose end each was watched; NaN of runs that were never made
    std::vector<double> weights;                ///< any unit; empty: all equal
    std::vector<std::vector<double>> shares{};  ///< by parameter what it is in each run, of those that `seen` names; else empty
    std::uint64_t seed = 1;                     ///< of what is seen of counts
};

struct Scored {
    std::vector<ScoredItem> items;
    ScorePool pool;
    std::vector<std::string> left_out;
    std::int64_t runs = 0;  ///< that count
    double effective = 0;   ///< runs of equal weight that these are worth
};

Scored score_runs(const ScorePlan& plan, const ScoredRuns& runs, const Bootstrap& bootstrap);

}  // namespace entente
