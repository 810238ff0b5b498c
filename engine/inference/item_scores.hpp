/// Scores of one item: of what runs say of it, and of every baseline that there is for it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include <entente/inference/score_items.hpp>

namespace entente {

enum class ScoreRule {
    brier,      ///< of whether it came by the horizon; of numbers that are 0 or 1
    log,        ///< of the quarter in which it came, or of the 0 or 1; nats
    date_crps,  ///< the CRPS of a date as a share of the window: the mean Brier score of "came by t"
    crps,       ///< of a number, in its unit
    interval    ///< of a number: the interval score of the central 90 %
};
inline constexpr std::size_t score_rules = 5;
std::string_view name_of(ScoreRule rule);   ///< `brier`, …
std::string_view in_words(ScoreRule rule);  ///< `Brier score`, …

enum class Baseline {
    constant_hazard,  ///< of dates and counts: as often as before the origin, shrunk by one half event
    base_rate,        ///< of 0 or 1: the share of 1 among all rows before
    climatology,      ///< of numbers: the item's own values before; of 0 or 1 their share
    last_five,        ///< of 0 or 1: the share of 1 among the item's last five before
    last_value,       ///< of numbers: a random walk from the last value
    nothing_changes   ///< dates never come; numbers stay as they were
};
inline constexpr std::size_t baseline_count = 6;
std::string_view name_of(Baseline baseline);
std::string_view in_words(Baseline baseline);  ///< `the constant hazard`, `the last five`, …

/// By rule, NaN where it does not apply; and the chance that it came by the horizon, or that it is 1.
struct ForecastScores {
    std::array<double, score_rules> of{};
    double chance = 0;
};

struct ItemScores {
    ForecastScores runs;
    std::array<std::optional<ForecastScores>, baseline_count> against;
    double came = 0;     ///< 1 or 0, whether it came by the horizon, or the number that is 0 or 1; NaN: not known, or no such thing
    double middle = 0;   ///< median of a number; of a date the moment by which it had come in half of the runs; NaN: in fewer
    Interval central;    ///< the central 90 % of a number; NaN of dates
    Interval transform;  ///< the probability integral transform
};

/// The central interval of numbers that is scored.
inline constexpr double scored_coverage = 0.9;

ItemScores scores_of(const ScoreItem& item, const Calendar& calendar, const DateForecast& runs);
ItemScores scores_of(const ScoreItem& item, const NumberForecast& runs);

}  // namespace entente
