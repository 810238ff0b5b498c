#include <entente/inference/scored_runs.hpp>

#include <cmath>

#include <entente/study/keyed_draws.hpp>

namespace entente {
namespace {

/// Of a count, how many are on record where each is with that chance.
double seen_of(double count, double share, KeyedDraws& draws) {
    if (!(count >= 1) || share >= 1) return count;
    double seen = 0;
    for (double left = count; left >= 1; --left)
        if (static_cast<double>(draws.bits() >> 11) * 0x1p-53 < share) ++seen;
    return seen;
}

class Scorer {
public:
    Scorer(const ScorePlan& plan, const ScoredRuns& runs) : plan_(plan), runs_(runs) {}

    ScoredItem scored(ScoreItem item) const {
        ItemScores scores = item.is_date ? scores_of(item, plan_.scenario.calendar, dates(item)) : scores_of(item, numbers(item));
        return {std::move(item), scores};
    }

    /// By row whether the date of the measure comes in any run.
    [[nodiscard]] std::vector<bool> rows_that_come(std::size_t measure) const {
        std::vector<bool> rows;
        for (std::size_t row = 0; row < runs_.layout->measures[measure].width(); ++row)
            rows.push_back(std::ranges::any_of(runs_.values(measure, row, -1), [](double tick) { return !std::isnan(tick); }));
        return rows;
    }

private:
    [[nodiscard]] DateForecast dates(const ScoreItem& item) const {
        const std::vector<double> ticks = runs_.values(item.measure, item.row, -1);
        std::vector<Arrival> arrivals;
        arrivals.reserve(ticks.size());
        for (std::size_t run = 0; run < ticks.size(); ++run) {
            const bool came = !std::isnan(ticks[run]);
            arrivals.push_back({came ? ticks[run] + 1 : runs_.watched[run], came});
        }
        return date_forecast(arrivals, item.window, runs_.weights);
    }

    [[nodiscard]] NumberForecast numbers(const ScoreItem& item) const {
        NumberForecast forecast{.values = runs_.values(item.measure, item.row, item.year), .weights = runs_.weights};
        if (!item.seen) return forecast;
        for (std::size_t run = 0; run < forecast.values.size(); ++run) {
            KeyedDraws draws(runs_.seed, mix(purpose::recording, mix(run, item.row * 4096 + static_cast<std::size_t>(item.year + 1))));
            forecast.values[run] = seen_of(forecast.values[run], share_in(*item.seen, run), draws);
        }
        return forecast;
    }

    [[nodiscard]] double share_in(const Observed::Seen& seen, std::size_t run) const {
        const auto parameter = static_cast<std::size_t>(seen.parameter.value);
        const bool varies = seen.parameter.is_given() && parameter < runs_.shares.size() && !runs_.shares[parameter].empty();
        return varies ? runs_.shares[parameter][run] : seen.share;
    }

    const ScorePlan& plan_;
    const ScoredRuns& runs_;
};

void count_runs(const ScoredRuns& runs, Scored& scored) {
    double sum = 0;
    double squares = 0;
    for (std::size_t run = 0; run < runs.watched.size(); ++run) {
        if (std::isnan(runs.watched[run])) continue;
        const double weight = runs.weights.empty() ? 1 : runs.weights[run];
        ++scored.runs;
        sum += weight;
        squares += weight * weight;
    }
    scored.effective = squares > 0 ? sum * sum / squares : 0;
}

}  // namespace

Scored score_runs(const ScorePlan& plan, const ScoredRuns& runs, const Bootstrap& bootstrap) {
    const Scorer scorer(plan, runs);
    ScoreItems found = score_items(plan, *runs.layout, [&](std::size_t measure) { return scorer.rows_that_come(measure); });
    Scored scored;
    for (ScoreItem& item : found.items) scored.items.push_back(scorer.scored(std::move(item)));
    scored.pool = pool_scores(scored.items, bootstrap);
    scored.left_out = std::move(found.left_out);
    count_runs(runs, scored);
    return scored;
}

}  // namespace entente
