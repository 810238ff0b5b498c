#include <entente/inference/score_pool.hpp>

#include <algorithm>
#include <cmath>
#include <map>

namespace entente {
namespace {

constexpr std::size_t pit_bins = 10;

using GroupItems = std::vector<const ScoredItem*>;

std::vector<std::size_t> clusters_of(const GroupItems& members) {
    std::map<std::string, std::size_t> numbers;
    std::vector<std::size_t> clusters;
    for (const ScoredItem* member : members) clusters.push_back(numbers.try_emplace(member->item.cluster, numbers.size()).first->second);
    return clusters;
}

template <class Value>
std::vector<double> values_of(const GroupItems& members, const Value& value) {
    std::vector<double> values;
    for (const ScoredItem* member : members) values.push_back(value(*member));
    return values;
}

/// NaN where the item has no such baseline.
double baseline_score(const ScoredItem& one, std::size_t baseline, std::size_t rule) {
    const auto& scores = one.scores.against[baseline];
    return scores ? scores->of[rule] : nan;
}

double baseline_chance(const ScoredItem& one, std::size_t baseline) {
    const auto& scores = one.scores.against[baseline];
    return scores ? scores->chance : nan;
}

class Pooler {
public:
    Pooler(const std::vector<ScoredItem>& items, const Bootstrap& bootstrap) : items_(items), bootstrap_(bootstrap) {}

    ScorePool pool() {
        std::vector<std::pair<std::string, GroupItems>> groups = by_group();
        if (groups.size() > 1) add_all();
        for (const auto& [group, members] : groups) add(group, members);
        add_calibration();
        return std::move(pool_);
    }

private:
    [[nodiscard]] std::vector<std::pair<std::string, GroupItems>> by_group() const {
        std::vector<std::pair<std::string, GroupItems>> groups;
        for (const ScoredItem& one : items_) {
            const auto known = std::ranges::find(groups, one.item.group, &std::pair<std::string, GroupItems>::first);
            (known == groups.end() ? groups.emplace_back(one.item.group, GroupItems()) : *known).second.push_back(&one);
        }
        return groups;
    }

    void add(const std::string& group, const GroupItems& members) {
        for (std::size_t rule = 0; rule < score_rules; ++rule) add_score(group, members, rule);
        add_area(group, members);
    }

    /// Numbers of unlike units are not pooled.
    void add_all() {
        GroupItems members;
        for (const ScoredItem& one : items_)
            if (one.item.is_date || one.item.is_chance) members.push_back(&one);
        for (const ScoreRule rule : {ScoreRule::brier, ScoreRule::log, ScoreRule::date_crps})
            add_score("", members, static_cast<std::size_t>(rule));
        add_area("", members);
    }

    void add_score(const std::string& group, const GroupItems& members, std::size_t rule) {
        const std::vector<double> scores = values_of(members, [&](const ScoredItem& one) { return one.scores.runs.of[rule]; });
        PooledScore pooled{
            .group = group, .rule = static_cast<ScoreRule>(rule), .items = count_present(scores), .score = mean(scores), .against = {}};
        if (pooled.items == 0) return;
        for (std::size_t number = 0; number < baseline_count; ++number) {
            const std::vector<double> others = values_of(members, [&](const ScoredItem& one) { return baseline_score(one, number, rule); });
            if (count_present(others) > 0 || count_infinite(others) > 0)
                pooled.against.emplace_back(static_cast<Baseline>(number), pooled_skill(scores, others, clusters_of(members), bootstrap_));
        }
        pool_.scores.push_back(std::move(pooled));
    }

    void add_area(const std::string& group, const GroupItems& members) {
        const std::vector<double> came = values_of(members, [](const ScoredItem& one) { return one.scores.came; });
        const std::vector<double> chances = values_of(members, [](const ScoredItem& one) { return one.scores.runs.chance; });
        const auto clusters = clusters_of(members);
        PooledAuc pooled{.group = group,
                         .items = count_present(came),
                         .came = static_cast<std::size_t>(std::ranges::count(came, 1.0)),
                         .area = auc(chances, came, clusters, bootstrap_),
                         .gains = {}};
        if (std::isnan(pooled.area.value)) return;
        for (std::size_t number = 0; number < baseline_count; ++number) {
            const std::vector<double> others = values_of(members, [&](const ScoredItem& one) { return baseline_chance(one, number); });
            if (count_present(others) > 0)
                pooled.gains.emplace_back(static_cast<Baseline>(number), auc_gain(chances, others, came, clusters, bootstrap_));
        }
        pool_.areas.push_back(std::move(pooled));
    }

    void add_calibration() {
        std::vector<double> chances;
        std::vector<double> came;
        std::vector<Interval> transforms;
        for (const ScoredItem& one : items_) {
            chances.push_back(one.scores.runs.chance);
            came.push_back(one.scores.came);
            transforms.push_back(one.scores.transform);
            if (!std::isnan(one.scores.transform.low) && !std::isnan(one.scores.transform.high)) ++pool_.pit_items;
        }
        if (std::ranges::any_of(came, [](double x) { return !std::isnan(x); })) pool_.reliability = reliability(chances, came);
        if (pool_.pit_items == 0) return;
        pool_.pit = pit_histogram(transforms, pit_bins);
        pool_.pit_band = pit_band(pool_.pit_items, pit_bins);
    }

    const std::vector<ScoredItem>& items_;
    const Bootstrap& bootstrap_;
    ScorePool pool_;
};

}  // namespace

ScorePool pool_scores(const std::vector<ScoredItem>& items, const Bootstrap& bootstrap) {
    return Pooler(items, bootstrap).pool();
}

ScoreRule rule_of_verdict(const ScorePool& pool, const std::string& group) {
    const bool has_brier =
        std::ranges::any_of(pool.scores, [&](const PooledScore& one) { return one.group == group && one.rule == ScoreRule::brier; });
    return has_brier ? ScoreRule::brier : ScoreRule::crps;
}

}  // namespace entente
