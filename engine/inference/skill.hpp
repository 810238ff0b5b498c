/// How much better than a baseline: skill pooled over items, and how well chances tell apart what came from what did not (AUC), with
/// bootstrap intervals.
///
/// Items are drawn again with replacement, or whole clusters of them, where items hang together (the years of a country): Efron &
/// Tibshirani (1993), An introduction to the bootstrap, as in study/bootstrap.hpp. Keyed draws: the same bits for the same seed. `clusters`
/// holds the number of each item's cluster, any numbers; empty: each item by itself. Spans of one call have one length. The interval is NaN
/// below two clusters.
#pragma once

#include <cstddef>
#include <span>

#include <entente/study/bootstrap.hpp>

namespace entente {

struct Skill {
    std::size_t items = 0;     ///< used
    std::size_t left_out = 0;  ///< either score is missing or infinite
    std::size_t clusters = 0;  ///< of the items used
    double score = 0;          ///< mean
    double baseline = 0;       ///< mean
    /// 1 - score / baseline, of the means: 1 perfect, 0 no better, negative worse; what Murphy (1973) calls the skill score. NaN where the
    /// baseline's mean is not above 0.
    Estimate skill;
    /// baseline - score, of the means, in the score's unit: for the logarithmic score the nats gained an item, where a ratio means little.
    Estimate gain;
};

/// Penalties of the same items. Items of different kinds are pooled as they are: pool those of one unit.
Skill pooled_skill(std::span<const double> scores, std::span<const double> baselines, std::span<const std::size_t> clusters,
                   const Bootstrap& bootstrap);

/// By the interval of the gain: above 0, below 0, or with 0 in it (or unknown).
enum class Verdict { better, worse, undecided };
Verdict verdict(const Skill& skill);

/// The area under the ROC curve: the chance that one of those that came had the larger chance than one of those that did not, ties half:
/// the Mann-Whitney U / (n_1 n_0) (Hanley & McNeil 1982, Radiology 143:29-36). In [0, 1], 0.5 of chances that tell nothing. `came` is 1 or
/// 0; items of which chance or outcome is NaN are left out. NaN where all came or none did; resamples of which that holds are left out.
Estimate auc(std::span<const double> chances, std::span<const double> came, std::span<const std::size_t> clusters,
             const Bootstrap& bootstrap);

/// auc(chances) - auc(baseline) of the same items, both from the same resamples. What is NaN in one is left out of both.
Estimate auc_gain(std::span<const double> chances, std::span<const double> baseline, std::span<const double> came,
                  std::span<const std::size_t> clusters, const Bootstrap& bootstrap);

}  // namespace entente
