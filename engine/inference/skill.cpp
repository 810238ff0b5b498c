#include <entente/inference/skill.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <vector>

#include <entente/inference/weighted_sample.hpp>

namespace entente {
namespace {

/// Cluster of each item that is used, numbered from 0 in order of the clusters' own numbers.
struct Clusters {
    std::vector<std::size_t> of_item;
    std::size_t count = 0;
};

Clusters clusters_of(std::span<const std::size_t> clusters, const std::vector<std::size_t>& used) {
    Clusters result{std::vector<std::size_t>(used.size()), used.size()};
    if (clusters.empty()) {
        std::iota(result.of_item.begin(), result.of_item.end(), std::size_t{0});
        return result;
    }
    std::vector<std::size_t> numbers;
    for (const std::size_t item : used) numbers.push_back(clusters[item]);
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    for (std::size_t i = 0; i < used.size(); ++i) {
        const auto found = std::lower_bound(numbers.begin(), numbers.end(), clusters[used[i]]);
        result.of_item[i] = static_cast<std::size_t>(found - numbers.begin());
    }
    result.count = numbers.size();
    return result;
}

/// `weighted` gives an estimate for how often each item counts.
template <typename Weighted>
std::vector<double> resampled(const Clusters& clusters, const Bootstrap& bootstrap, Weighted weighted) {
    std::vector<double> estimates;
    if (clusters.count == 0) return estimates;
    std::vector<double> drawn(clusters.count);
    std::vector<double> weights(clusters.of_item.size());
    for (int r = 0; r < bootstrap.resamples; ++r) {
        draw_resample(bootstrap.seed, r, drawn);
        for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = drawn[clusters.of_item[i]];
        estimates.push_back(weighted(weights));
    }
    return estimates;
}

template <typename Weighted>
Estimate estimated(const Clusters& clusters, const Bootstrap& bootstrap, Weighted weighted) {
    const std::vector<double> each_once(clusters.of_item.size(), 1.0);
    return {weighted(each_once), percentile_interval(resampled(clusters, bootstrap, weighted), bootstrap.confidence, clusters.count)};
}

double skill_of(double score, double baseline) {
    return baseline > 0 ? 1 - score / baseline : nan;
}

std::vector<double> picked(std::span<const double> values, const std::vector<std::size_t>& used) {
    std::vector<double> result;
    for (const std::size_t item : used) result.push_back(values[item]);
    return result;
}

/// Items of which all are finite.
std::vector<std::size_t> complete(std::initializer_list<std::span<const double>> columns) {
    std::vector<std::size_t> used;
    for (std::size_t i = 0; i < columns.begin()->size(); ++i) {
        const auto is_there = [i](std::span<const double> column) { return std::isfinite(column[i]); };
        if (std::all_of(columns.begin(), columns.end(), is_there)) used.push_back(i);
    }
    return used;
}

/// Chances sorted once, for any weights of the items.
class Roc {
public:
    Roc(std::vector<double> chances, std::vector<double> came)
        : chances_(std::move(chances)), came_(std::move(came)), order_(chances_.size()) {
        std::iota(order_.begin(), order_.end(), std::size_t{0});
        std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) { return chances_[a] < chances_[b]; });
    }

    [[nodiscard]] double area(const std::vector<double>& weights) const {
        double wins = 0;
        double came = 0;
        double not_come = 0;
        for (std::size_t i = 0; i < order_.size();) {
            const double chance = chances_[order_[i]];
            double came_here = 0;
            double not_here = 0;
            for (; i < order_.size() && chances_[order_[i]] == chance; ++i)
                (came_[order_[i]] == 1 ? came_here : not_here) += weights[order_[i]];
            wins += came_here * (not_come + not_here / 2);
            came += came_here;
            not_come += not_here;
        }
        return came > 0 && not_come > 0 ? wins / (came * not_come) : nan;
    }

private:
    std::vector<double> chances_;
    std::vector<double> came_;
    std::vector<std::size_t> order_;
};

}  // namespace

Skill pooled_skill(std::span<const double> scores, std::span<const double> baselines, std::span<const std::size_t> clusters,
                   const Bootstrap& bootstrap) {
    assert(scores.size() == baselines.size() && (clusters.empty() || clusters.size() == scores.size()));
    const std::vector<std::size_t> used = complete({scores, baselines});
    const Clusters grouped = clusters_of(clusters, used);
    const std::vector<double> score = picked(scores, used);
    const std::vector<double> baseline = picked(baselines, used);
    const auto skill = [&](const std::vector<double>& weights) {
        return skill_of(weighted_mean(score, weights), weighted_mean(baseline, weights));
    };
    const auto gain = [&](const std::vector<double>& weights) { return weighted_mean(baseline, weights) - weighted_mean(score, weights); };
    return {.items = used.size(),
            .left_out = scores.size() - used.size(),
            .clusters = grouped.count,
            .score = mean(score),
            .baseline = mean(baseline),
            .skill = estimated(grouped, bootstrap, skill),
            .gain = estimated(grouped, bootstrap, gain)};
}

Verdict verdict(const Skill& skill) {
    if (skill.gain.interval.low > 0) return Verdict::better;
    return skill.gain.interval.high < 0 ? Verdict::worse : Verdict::undecided;
}

Estimate auc(std::span<const double> chances, std::span<const double> came, std::span<const std::size_t> clusters,
             const Bootstrap& bootstrap) {
    assert(chances.size() == came.size() && (clusters.empty() || clusters.size() == came.size()));
    const std::vector<std::size_t> used = complete({chances, came});
    const Roc roc(picked(chances, used), picked(came, used));
    return estimated(clusters_of(clusters, used), bootstrap, [&](const std::vector<double>& weights) { return roc.area(weights); });
}

Estimate auc_gain(std::span<const double> chances, std::span<const double> baseline, std::span<const double> came,
                  std::span<const std::size_t> clusters, const Bootstrap& bootstrap) {
    assert(chances.size() == came.size() && baseline.size() == came.size() && (clusters.empty() || clusters.size() == came.size()));
    const std::vector<std::size_t> used = complete({chances, baseline, came});
    const Roc ours(picked(chances, used), picked(came, used));
    const Roc theirs(picked(baseline, used), picked(came, used));
    return estimated(clusters_of(clusters, used), bootstrap,
                     [&](const std::vector<double>& weights) { return ours.area(weights) - theirs.area(weights); });
}

}  // namespace entente
