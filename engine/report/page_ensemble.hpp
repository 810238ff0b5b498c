/// What a page shows of an ensemble of runs. page_data.hpp says who else reads it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <entente/report/page_numbers.hpp>
#include <entente/report/page_outcomes.hpp>
#include <entente/report/page_replay.hpp>
#include <entente/report/page_spatial.hpp>

namespace entente::page {

struct YearData {
    Moment from;
    Moment to;
    bool whole = false;  ///< whether the calendar has all of the year
};

/// A value of the record, for a day or (from–to) a stretch of time.
struct ObservedData {
    Moment from;
    Moment to;
    Number value;
    Number sd;
    std::string source;
};

/// Of a measure whose values have names: one of them.
struct LevelData {
    std::string name;  ///< its label, where it has one
    Numbers share;     ///< of runs on it, over time
};

struct SeriesData {
    std::string name;
    std::string about;
    std::string unit;
    std::string group;                           ///< as `trust_of_all of each relation`; "" for measures that stand alone
    std::optional<std::vector<YearData>> years;  ///< of measures by the year
    Numbers mean;
    Numbers q05;  ///< of fewer than 20 runs there is the median alone
    Numbers q25;
    Numbers q50;
    Numbers q75;
    Numbers q95;
    std::vector<Numbers> runs;  ///< [number in EnsembleData::single_runs]
    std::vector<ObservedData> observed;
    std::vector<LevelData> levels;  ///< of a measure with levels, at the same moments or years; mostly none
    Number along;                   ///< Spearman's correlation over the runs of what it comes to with what the page is about; none of that itself
};

/// The Kaplan-Meier curve: at each of its steps the share in which it has come, with a pointwise 95 % interval.
struct CurveData {
    std::vector<Moment> when;
    Numbers share;
    Numbers low;
    Numbers high;
};

/// What is on record of a date.
struct ObservedDate {
    std::optional<Moment> first;  ///< the earliest day on which it may have come; none: however early
    std::optional<Moment> last;   ///< the latest; none: it is not known to have come
    std::string told;             ///< in words: `2025-07-03`, `not by 2025-11-30`
};

struct DateData {
    std::string name;
    std::string about;
    Number share;  ///< of runs in which it comes; none where no run was watched to the end
    Number low;    ///< its 95 % interval
    Number high;
    std::optional<Moment> median;  ///< by when it had come in half of the runs
    std::optional<Moment> q05;     ///< of the dates of those runs in which it came
    std::optional<Moment> q95;
    CurveData curve;
    std::optional<ObservedDate> observed;
};

/// A measure of which each run has one value.
struct ScalarData {
    std::string name;
    std::string about;
    std::string unit;
    Number mean;
    Number standard_error;
    Number q05;
    Number q50;
    Number q95;
    Number observed;
    std::string shares;  ///< of a measure with levels: how many runs are on each, in words, instead of the numbers before; else ""
};

struct EventRow {
    std::string name;
    Numbers by_year;
};

struct EventData {
    std::string name;
    std::string on;  ///< the kind of agent or link on which it happens
    std::string about;
    Numbers by_year;             ///< mean number a run in each year
    std::vector<EventRow> rows;  ///< the same for each agent or pair, the most frequent first; at most 40
    std::string note;            ///< how many more there are, and where; "" where there are none
};

struct EventsData {
    std::vector<std::string> years;  ///< `2021`, `2021*` of a year in part, or, without dates, `year 0`
    std::vector<EventData> events;
};

struct NetworkField {
    std::string name;
    std::string unit;
    std::string about;
    Number low;  ///< the ends of its scale: its range, or where that is open the least and the greatest value
    Number high;
    std::vector<Numbers> values;  ///< [link][moment], means over the runs
};

struct NetworkKind {
    std::string name;
    std::vector<std::pair<int, int>> links;  ///< each link's two agents, by number
    std::vector<NetworkField> fields;
};

struct NetworkData {
    std::vector<std::string> agents;
    std::vector<Moment> times;
    std::vector<NetworkKind> kinds;
};

/// A measure by row: [row].
struct RowsMeasure {
    std::string name;
    std::string about;
    std::string unit;
    std::string what;               ///< what the values and the curve are, in words
    bool is_share = false;          ///< values are shares of runs, of a date
    Numbers values;                 ///< means, or shares
    Numbers low;                    ///< 5 % of the runs, or the low end of the share's 95 % interval
    Numbers high;
    std::vector<std::string> when;  ///< dates: by when it had come in half of the runs; "" where in fewer. Else none
    std::vector<Numbers> courses;   ///< over time, thinned; empty where there is none
    std::vector<std::string> observed;  ///< the latest record; none where no row has one
    std::vector<std::string> shares;    ///< of a measure with levels: how many runs are on each, in words; else none
    std::vector<std::string> levels;    ///< names of a run's values 0, 1, 2, …; mostly none
};

/// The rows of a kind, and the measures on it.
struct RowsData {
    std::string kind;
    std::vector<std::string> rows;
    std::vector<RowsMeasure> measures;
    std::string note;  ///< that not all rows are here; "" where all are
};

struct EnsembleData {
    std::vector<Moment> times;  ///< that series are recorded at, unless a series has its own
    std::vector<SeriesData> series;
    std::vector<std::int64_t> single_runs;  ///< the numbers of the runs that series show one by one, as runs.csv has them
    std::string years_in_part;              ///< `* in part: 2021 from 2021-08-15`; "" where all are whole
    std::vector<DateData> dates;
    std::vector<ScalarData> scalars;
    std::vector<RowsData> by_row;
    std::optional<EventsData> events;
    std::optional<NetworkData> network;
    std::string means_over;   ///< `Means over the first 250 of 10,000 runs.`: what the network is means of
    std::string events_over;  ///< the same of events
    std::string no_events;    ///< why there are none, in a sentence; "" where there are, or where the scenario has none
    std::string no_network;
    std::string not_drawn;  ///< which kinds of links are not in the network, in a sentence
    std::optional<OutcomesData> outcomes;  ///< by which the runs may be parted; none of few runs
    std::optional<ReplayData> replay;
    std::string no_replay;  ///< why no runs are told, in a sentence; "" where some are
    std::optional<MapData> map;
    std::vector<GridData> grids;
};

}  // namespace entente::page
