#include <entente/inference/item_scores.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <entente/inference/scores.hpp>

namespace entente {
namespace {

constexpr std::size_t few_values = 5;  ///< of the last five

std::size_t place(ScoreRule rule) {
    return static_cast<std::size_t>(rule);
}

ForecastScores nothing_scored() {
    ForecastScores scores;
    scores.of.fill(nan);
    scores.chance = nan;
    return scores;
}

/// Whether it came by the horizon; NaN where that is not known.
double came_by_end(const ScoreItem& item) {
    if (item.came.latest <= item.window.end) return 1;
    return item.came.earliest > item.window.end ? 0 : nan;
}

// -- dates
// -----------------------------------------------------------------------------------------------------------------------------------

class DateScorer {
public:
    DateScorer(const ScoreItem& item, const Calendar& calendar, double concentration)
        : item_(item),
          edges_(quarter_edges(calendar, item.window)),
          floor_(half_run_floor(concentration, edges_.size())),
          came_(came_by_end(item)) {
        for (double time = item.window.begin + 1; time <= item.window.end; ++time) ends_.push_back(time);
    }

    [[nodiscard]] ForecastScores of(const DateForecast& forecast) const {
        ForecastScores scores = nothing_scored();
        scores.chance = chance_by(forecast, item_.window.end);
        if (!std::isnan(came_)) scores.of[place(ScoreRule::brier)] = fair_brier_score(scores.chance, forecast.concentration, came_ == 1);
        scores.of[place(ScoreRule::log)] = log_score(partition(forecast, edges_), cells_of(item_.came, edges_), floor_);
        scores.of[place(ScoreRule::date_crps)] = date_score(forecast, item_.came).value;
        return scores;
    }

    [[nodiscard]] double came() const { return came_; }
    [[nodiscard]] const std::vector<double>& ends() const { return ends_; }

private:
    const ScoreItem& item_;
    std::vector<double> edges_;
    double floor_;
    double came_;
    std::vector<double> ends_;  ///< of ticks
};

double half_by(const DateForecast& forecast) {
    for (std::size_t i = 0; i < forecast.times.size(); ++i)
        if (forecast.by[i] >= 0.5) return forecast.times[i];
    return nan;
}

// -- numbers
// ---------------------------------------------------------------------------------------------------------------------------------

double share_of_ones(std::span<const double> values) {
    return base_rate(static_cast<std::size_t>(std::ranges::count(values, 1.0)), values.size());
}

NumberForecast chance_forecast(double chance) {
    return {.values = {0, 1}, .weights = {1 - chance, chance}, .points = PointsAre::exact};
}

/// The forecast that has that mean of a Poisson count for each value of the record before, shrunk.
NumberForecast same_rate(const std::vector<double>& before) {
    const Exposure exposure{std::accumulate(before.begin(), before.end(), 0.0), static_cast<double>(before.size())};
    return constant_hazard_count(constant_hazard(exposure), 1);
}

std::optional<NumberForecast> baseline_of(const ScoreItem& item, Baseline baseline) {
    const std::vector<double>& before = item.before;
    switch (baseline) {
        case Baseline::constant_hazard:
            return item.is_count && !item.is_chance && !before.empty() ? std::optional(same_rate(before)) : std::nullopt;
        case Baseline::base_rate:
            return item.is_chance && !item.group_before.empty() ? std::optional(chance_forecast(share_of_ones(item.group_before)))
                                                                : std::nullopt;
        case Baseline::climatology:
            if (item.is_chance) return before.empty() ? std::nullopt : std::optional(chance_forecast(share_of_ones(before)));
            if (before.size() < 2) return std::nullopt;
            return item.is_count ? past_values(before) : climatology(before);
        case Baseline::last_five:
            return item.is_chance && before.size() > few_values
                       ? std::optional(chance_forecast(share_of_ones(std::span(before).last(few_values))))
                       : std::nullopt;
        case Baseline::last_value:
            return !item.is_chance && before.size() >= 2 ? std::optional(last_value(before, item.steps)) : std::nullopt;
        case Baseline::nothing_changes:
            return before.empty() ? std::nullopt : std::optional(nothing_changes(before.back()));
    }
    return std::nullopt;
}

double chance_of_one(const NumberForecast& forecast) {
    return 1 - chance_below(forecast, 1);
}

/// The number of runs that weights are worth, as 1 / n.
double concentration_of(const NumberForecast& forecast) {
    if (forecast.points == PointsAre::exact) return 0;
    if (forecast.weights.empty()) return 1 / static_cast<double>(std::max<std::size_t>(forecast.values.size(), 1));
    double sum = 0;
    double squares = 0;
    for (const double weight : forecast.weights) {
        sum += weight;
        squares += weight * weight;
    }
    return squares / (sum * sum);
}

ForecastScores number_scores(const ScoreItem& item, const NumberForecast& forecast, double floor) {
    ForecastScores scores = nothing_scored();
    if (item.is_chance) {
        scores.chance = chance_of_one(forecast);
        scores.of[place(ScoreRule::brier)] = fair_brier_score(scores.chance, concentration_of(forecast), item.value == 1);
        const std::size_t cell = item.value == 1 ? 1 : 0;
        scores.of[place(ScoreRule::log)] = log_score(std::array{1 - scores.chance, scores.chance}, Cells{cell, cell}, floor);
        return scores;
    }
    scores.of[place(ScoreRule::crps)] = crps(forecast, item.value, item.sd);
    scores.of[place(ScoreRule::interval)] =
        interval_score(central_interval(forecast, scored_coverage, item.sd), item.value, scored_coverage);
    return scores;
}

}  // namespace

std::string_view name_of(ScoreRule rule) {
    static constexpr std::array<std::string_view, score_rules> names{"brier", "log", "date_crps", "crps", "interval"};
    return names[static_cast<std::size_t>(rule)];
}

std::string_view in_words(ScoreRule rule) {
    static constexpr std::array<std::string_view, score_rules> words{"Brier score", "log score, nats", "CRPS of the date", "CRPS",
                                                                     "90 % interval score"};
    return words[static_cast<std::size_t>(rule)];
}

std::string_view name_of(Baseline baseline) {
    static constexpr std::array<std::string_view, baseline_count> names{"constant_hazard", "base_rate",  "climatology",
                                                                        "last_five",       "last_value", "nothing_changes"};
    return names[static_cast<std::size_t>(baseline)];
}

std::string_view in_words(Baseline baseline) {
    static constexpr std::array<std::string_view, baseline_count> words{"the constant hazard", "the base rate",  "climatology",
                                                                        "the last five",       "the last value", "nothing changes"};
    return words[static_cast<std::size_t>(baseline)];
}

ItemScores scores_of(const ScoreItem& item, const Calendar& calendar, const DateForecast& runs) {
    const DateScorer scorer(item, calendar, runs.concentration);
    ItemScores scores{.runs = scorer.of(runs),
                      .against = {},
                      .came = scorer.came(),
                      .middle = half_by(runs),
                      .central = {nan, nan},
                      .transform = pit(runs, item.came)};
    scores.against[static_cast<std::size_t>(Baseline::nothing_changes)] = scorer.of(never_comes(item.window));
    const double hazard = constant_hazard(item.exposure);
    if (!std::isnan(hazard))
        scores.against[static_cast<std::size_t>(Baseline::constant_hazard)] =
            scorer.of(constant_hazard_date(hazard, item.window, scorer.ends()));
    return scores;
}

ItemScores scores_of(const ScoreItem& item, const NumberForecast& runs) {
    const double floor = half_run_floor(concentration_of(runs), 2);
    ItemScores scores{.runs = number_scores(item, runs, floor),
                      .against = {},
                      .came = item.is_chance ? item.value : nan,
                      .middle = quantile(runs, 0.5, item.sd),
                      .central = central_interval(runs, scored_coverage, item.sd),
                      .transform = pit(runs, item.value, item.sd)};
    for (std::size_t number = 0; number < baseline_count; ++number)
        if (const auto forecast = baseline_of(item, static_cast<Baseline>(number)))
            scores.against[number] = number_scores(item, *forecast, floor);
    return scores;
}

}  // namespace entente
