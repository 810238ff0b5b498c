/// Relations over time: means of what links hold, and events by year.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <entente/scenario/scenario.hpp>

namespace entente {

/// Relations over time and events by year: the same runs as the ensemble's, made once more with every field of small kinds of links
/// recorded, for series hold measures alone. Draws are keyed by who draws and when, so that what is recorded changes nothing.
struct RelationsOverTime {
    struct Quantity {  ///< a field or derived value of a kind of links
        std::string name;
        std::string unit;
        std::string about;
        Range range;
        std::vector<std::vector<double>> means;  ///< [link][time], over the runs that did not fail
    };
    struct Kind {
        std::string name;
        std::vector<std::pair<int, int>> links;  ///< source and target, by number in `agents`
        std::vector<Quantity> quantities;
    };
    struct Event {
        std::string name;
        std::string on;
        std::vector<std::string> rows;
        std::vector<std::vector<double>> by_year;  ///< [row][year]: mean number a run
    };
    std::int64_t made = 0;   ///< so many of the ensemble's first runs
    std::int64_t runs = 0;   ///< those of them that did not fail, over which means are taken
    std::string no_network;  ///< why no links are drawn, in a sentence; "" where some are, or there are none with a state
    std::string not_drawn;   ///< which kinds aren't beside those that are, in a sentence
    std::string no_events;   ///< why events weren't counted, in a sentence; "" where they were, or there are none
    std::vector<std::string> agents;
    std::vector<std::int64_t> moments;
    std::vector<Kind> kinds;
    std::vector<std::string> years;
    std::vector<Event> events;
};

/// Kinds of links with more rows than this aren't drawn, nor are worlds with more agents.
inline constexpr std::int64_t most_links_drawn = 400;
inline constexpr std::int64_t most_agents_drawn = 200;
/// Dates of relations, at most.
inline constexpr std::int64_t most_relation_dates = 60;

/// Of the first runs of an ensemble, at most a thousand, fewer where a run is long, none where a single one is too long to be made once
/// more. `runs`, `seed` and `first_run` are the ensemble's.
RelationsOverTime relations_over_time(const Scenario& scenario, std::int64_t runs, std::uint64_t seed, std::int64_t first_run, int threads = 0);

/// None, where runs can't be made once more: `why` ends the sentences that say so, as "these runs go on from a snapshot".
RelationsOverTime no_relations(const Scenario& scenario, const std::string& why);

}  // namespace entente
