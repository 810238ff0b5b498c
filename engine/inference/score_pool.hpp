/// Scores of many items taken together: by group, and dates and chances in all.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <entente/inference/item_scores.hpp>
#include <entente/inference/reliability.hpp>
#include <entente/inference/skill.hpp>

namespace entente {

struct ScoredItem {
    ScoreItem item;
    ItemScores scores;
};

/// One rule over the items of a group: a penalty.
struct PooledScore {
    std::string group;  ///< "": all dates and all numbers that are 0 or 1
    ScoreRule rule = ScoreRule::brier;
    std::size_t items = 0;                            ///< that have such a score
    double score = 0;                                 ///< mean of them
    std::vector<std::pair<Baseline, Skill>> against;  ///< over the items that have both
};

/// How well chances tell what came from what did not.
struct PooledAuc {
    std::string group;
    std::size_t items = 0;
    std::size_t came = 0;
    Estimate area;
    std::vector<std::pair<Baseline, Estimate>> gains;  ///< over the baseline's area, of the items that have both
};

struct ScorePool {
    std::vector<PooledScore> scores;  ///< all first, where there are several groups; then these in the order of their items
    std::vector<PooledAuc> areas;     ///< of groups in which some came and some did not
    std::vector<ReliabilityBin> reliability;
    std::vector<double> pit;  ///< heights of the histogram
    std::size_t pit_items = 0;
    Interval pit_band;
};

ScorePool pool_scores(const std::vector<ScoredItem>& items, const Bootstrap& bootstrap);

/// The rule by which a verdict is said of a group: Brier of what came or not, CRPS of numbers.
ScoreRule rule_of_verdict(const ScorePool& pool, const std::string& group);

}  // namespace entente
