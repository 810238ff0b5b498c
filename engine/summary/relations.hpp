/// Relations over time: means of what links hold, and events by year.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <entente/model/model.hpp>
#include <entente/study/run_results.hpp>

namespace entente {

struct RelationsOverTime {
    struct Quantity {  ///< a field or derived value of a kind of links
        std::string name;
        std::string unit;
        std::string about;
        Range range;
        std::vector<std::vector<double>> means;  ///< [link][moment], over the runs that did not fail
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
        std::vector<std::vector<double>> by_year;  ///< [row][span of years]: mean number a run, over all runs that did not fail
        std::string label{};                       ///< people's words for it, or ""; `on` and `rows` are in people's words
    };
    std::int64_t made = 0;   ///< relations are those of so many first runs of the ensemble
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

/// What `results` hold of relations and events by year, of runs that were planned with both (RunPlan::relations). `model` is what made them,
/// compiled to show relations.
RelationsOverTime relations_over_time(const Scenario& scenario, const Model& model, const Results& results);

}  // namespace entente
