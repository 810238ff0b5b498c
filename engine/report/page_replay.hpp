/// What a page shows of single runs. page_data.hpp says who else reads it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <entente/report/packed.hpp>
#include <entente/report/page_numbers.hpp>

namespace entente::page {

/// Something that may happen.
struct ReplayEvent {
    std::string name;
    std::string on;                 ///< the kind on which it happens
    std::string form;               ///< what makes it happen: `probability`, `rate`, `choice` or `count`
    std::vector<std::string> rows;  ///< on which it happens in the runs told
};

/// What was too frequent to be told one by one.
struct ReplayOften {
    std::string name;
    double times = 0;
    double of_timeline = 0;
};

/// A run; lists of what happened in it, in time, are of one length.
struct ReplayRun {
    std::int64_t run = 0;              ///< its number, as runs.csv has it
    std::vector<std::string> reasons;  ///< why it is told
    std::vector<Moment> when;          ///< the first day of the tick
    std::vector<int> events;           ///< numbers in ReplayData::events
    std::vector<int> rows;             ///< numbers in ReplayEvent::rows
    std::vector<int> causes;           ///< numbers in ReplayData::causes
    Numbers chances;                   ///< of a count, how many were expected; none of what was not drawn
    Numbers counts;
    std::vector<ReplayOften> often;  ///< not in these lists
};

/// A measure over time in the runs told.
struct ReplaySeries {
    std::string name;  ///< as SeriesData has it
    std::string about;
    std::string unit;
    std::vector<std::string> levels;  ///< names of its values 0, 1, 2, …, where it has them
    PackedNumbers values;             ///< [run][moment of ReplayData::times]
};

/// A date in the runs told.
struct ReplayDate {
    std::string name;
    std::string about;
    std::vector<std::optional<Moment>> when;  ///< [run]; none: it does not come
};

/// What rows of a kind hold in the runs told.
struct ReplayField {
    std::string name;
    std::string unit;
    std::string about;
    std::vector<std::string> levels;  ///< names of its values, where it has them
    PackedNumbers values;             ///< [run][row][moment of ReplayData::state_times]
};

/// A kind of links as NetworkKind has it, or of agents.
struct ReplayKind {
    std::string name;
    bool is_link = false;
    std::vector<std::string> rows;
    std::vector<ReplayField> fields;
};

/// Single runs, told: the typical one first.
struct ReplayData {
    std::vector<Moment> times;
    std::vector<Moment> state_times;  ///< those of the network
    std::string chance_of;            ///< `chance in a week`
    std::vector<std::string> causes;
    std::vector<ReplayEvent> events;
    std::vector<ReplayRun> runs;
    std::vector<ReplayDate> dates;  ///< the headline's first
    std::vector<ReplaySeries> series;
    std::vector<ReplayKind> kinds;
    std::string note;  ///< by which rule the runs were chosen, and what is left out
};

}  // namespace entente::page
