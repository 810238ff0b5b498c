/// What is scored, item by item: each with what is on record of it, before its origin and after.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <entente/inference/baselines.hpp>
#include <entente/inference/forecast.hpp>
#include <entente/inference/score_plan.hpp>
#include <entente/study/run_results.hpp>

namespace entente {

/// A date, or a number, of the world or of one row. Times are moments.
struct ScoreItem {
    std::string name;      ///< `recognised`, `fell[syria]`, `visit[russia -> kabul]`, `trade[2024]`
    std::string group;     ///< with which it is pooled: the event, or the measure; `dates` of measures of the world
    std::string cluster;   ///< of the bootstrap: the agent, of links that at their source; the item itself for the world
    std::string record{};  ///< in words
    std::size_t span = 0;
    Window window{};
    bool is_date = true;

    DateRecord came{};    ///< of dates
    Exposure exposure{};  ///< of dates: of the group before the origin

    double value = 0;  ///< of numbers
    double sd = 0;     ///< of the record's own error
    std::optional<Observed::Seen> seen{};
    bool is_chance = false;              ///< each number of the group on record is 0 or 1
    bool is_count = false;               ///< each is a whole number, not negative
    std::vector<double> before{};        ///< the item's own numbers on record before the origin, in their order
    std::vector<double> group_before{};  ///< those of all rows of its group
    double steps = 1;                    ///< of them from the last one before to this one

    // where runs have it
    std::size_t measure = 0;  ///< number in Results::measures
    std::size_t row = 0;
    int year = -1;  ///< number in Results::years; -1: the measure itself
};

struct ScoreItems {
    std::vector<ScoreItem> items;
    std::vector<std::string> left_out;  ///< what of the record is not scored, and why; a sentence each
};

/// By row of a measure of the plan's scenario, whether its date comes in any run.
using RowsThatCome = std::function<std::vector<bool>(std::size_t measure)>;

/// `layout` are results of the plan's scenario, for the rows of its measures.
ScoreItems score_items(const ScorePlan& plan, const Results& layout, const RowsThatCome& rows_that_come);

/// Ends of quarters from the origin to the horizon, both included: the edges of the cells for log scores. In a calendar without dates, and
/// of longer ticks, the ends of ticks; where these are more than 40, of every so manieth.
std::vector<double> quarter_edges(const Calendar& calendar, const Window& window);

}  // namespace entente
