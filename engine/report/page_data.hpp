/// What a page of a report shows, everything counted and estimated already, all texts as the scenario's author wrote them. The page's script reads
/// the same as JSON: each struct here is the interface of that name in tools/report/src/data.ts, member for member in the same order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <entente/report/page_numbers.hpp>

namespace entente::page {

struct Labelled {
    std::string label;
    std::string value;
};

struct OddPart {
    std::string title;
    std::string markdown;
};

struct Provenance {
    std::vector<Labelled> entries;  ///< version, hash of the scenario, seed, digest, machine, …
    std::string command;            ///< what makes these results again
    std::string citation;           ///< for a paper's list of references
};

// What an ensemble of runs says.

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
    Numbers q05;  ///< of one or two runs there is the median alone
    Numbers q25;
    Numbers q50;
    Numbers q75;
    Numbers q95;
    std::vector<Numbers> runs;  ///< [number in EnsembleData::single_runs]
    std::vector<ObservedData> observed;
    std::vector<LevelData> levels;  ///< of a measure with levels, at the same moments or years; mostly none
};

/// The Kaplan-Meier curve: at each of its steps the share in which it has come, with a pointwise 95 % interval.
struct CurveData {
    std::vector<Moment> when;
    Numbers share;
    Numbers low;
    Numbers high;
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
    std::optional<Moment> observed;
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
};

// What studies of many points say.

struct SweepFactor {
    std::string name;
    std::string unit;
    Numbers values;  ///< [point]
};

struct SweepOutcome {
    std::string name;
    std::string about;
    std::string unit;
    Numbers mean;  ///< [point], with its 95 % interval
    Numbers low;
    Numbers high;
};

struct SweepData {
    std::vector<SweepFactor> factors;
    std::vector<SweepOutcome> outcomes;
    std::int64_t runs_per_point = 0;
};

struct IndexData {
    Number value;
    Number low;
    Number high;
};

struct SensitivityFactor {
    std::string name;
    std::string unit;
    std::string how;  ///< its distribution as it was asked for, `normal(100, 1)`
    Number low;       ///< its ends
    Number high;
};

struct SensitivityRow {
    std::string factor;
    std::vector<std::optional<IndexData>> indices;
};

struct SensitivityOutcome {
    std::string name;
    std::string about;
    std::string note;  ///< `31 % of the variance of a run is chance.`
    std::vector<SensitivityRow> rows;
};

struct SensitivityData {
    std::string method;
    std::string note;                  ///< how the indices are to be read, in a sentence or two
    std::vector<std::string> indices;  ///< `first order`, `total order`
    int rank_by = 0;                   ///< the one of them by which factors are ranked
    std::string unit;
    std::vector<SensitivityFactor> factors;
    std::vector<SensitivityOutcome> outcomes;
};

struct ComparedMeasure {
    std::string name;
    std::string about;
    std::string unit;
    Number base;
    std::vector<std::optional<IndexData>> differences;  ///< of each alternative but the base
};

struct BandData {
    Numbers middle;
    Numbers low;
    Numbers high;
};

struct ComparedCourse {
    std::string name;
    std::string about;
    std::string unit;
    std::vector<BandData> alternatives;  ///< the base first
    std::vector<BandData> differences;   ///< mean paired ones with their 95 % intervals, of each but the base
};

struct ComparedDate {
    std::string name;
    std::string about;
    std::vector<DateData> alternatives;  ///< the base first
};

struct ComparisonData {
    std::vector<std::string> alternatives;  ///< the base first
    std::string note;
    std::vector<ComparedMeasure> measures;
    std::vector<Moment> times;
    std::vector<ComparedCourse> courses;
    std::string middle_label;  ///< what `middle` of an alternative's course is called: `median`
    std::string band_label;    ///< and `low` to `high`: `5–95 % of runs`
    std::vector<ComparedDate> dates;
};

// The scenario, as it was written and is computed.

struct KindEnds {
    std::string source;
    std::string target;
};

struct FieldData {
    std::string name;
    std::string start;
    std::string unit;
    std::string range;
    std::string about;
    std::string source;
};

struct DerivedData {
    std::string name;
    std::string value;
    std::string unit;
    std::string about;
    std::string source;
};

struct StartRow {
    std::string name;
    std::vector<std::string> cells;
};

struct StartsData {
    std::vector<std::string> columns;
    std::vector<StartRow> rows;
    std::string note;  ///< that not all rows are here; "" where all are
};

struct KindData {
    std::string name;
    std::string about;
    std::optional<KindEnds> ends;  ///< of links, the kinds at their ends
    std::string count;             ///< `3`, `every ordered pair`
    std::vector<FieldData> fields;
    std::vector<DerivedData> derived;
    StartsData starts;  ///< those that members have instead of the kind's
};

struct Definition {
    std::string name;
    std::string value;
};

struct StepData {
    std::string name;
    std::string form;  ///< `Rule`, `Event with a rate`
    std::string on;
    std::string about;
    std::string source;
    std::string code;  ///< `CAMEO 074, Goldstein 8.5`
    std::string where;
    std::vector<Definition> lets;
    std::vector<Definition> drives;  ///< probability, rate, count or utility; temperature and outside of a choice
    std::vector<std::string> statements;
};

struct ParameterData {
    std::string name;
    Number value;
    std::string unit;
    std::string range;
    std::string about;
    std::string source;
    Number was;  ///< the value in the scenario where an option changed it
};

struct MeasureData {
    std::string name;
    std::string definition;
    std::string unit;
    std::string about;
};

struct TimelineData {
    Moment when;
    std::string what;
    std::string on;
    std::string about;
    std::string source;
};

/// What is known in advance, as a table's row.
struct InputData {
    std::string name;
    std::string on;  ///< the kind whose rows have a number each; "": one number a date
    std::string table;
    std::string dates;  ///< from the first to the last, as written, and how many numbers
    std::string between;  ///< in words
    std::string unit;
    std::string about;
    std::string source;
};

/// What the record says, as a table's row.
struct RecordData {
    std::string measure;
    std::string value;
    std::string sd;
    std::string source;
};

struct VariantData {
    std::string name;
    std::string about;
    std::vector<std::string> changes;
};

/// What an option of the command changed.
struct OverrideData {
    std::string what;
    std::string was;
    std::string now;
    std::string by;
};

/// What a step reads and changes in the compiled model, as `kind.field`, followed through what is derived or aggregated.
struct FlowData {
    std::string step;
    bool event = false;
    std::vector<std::string> reads;
    std::vector<std::string> writes;
};

struct ScenarioData {
    std::vector<std::string> authors;
    std::vector<std::string> references;
    std::vector<KindData> kinds;
    std::vector<StepData> steps;
    std::vector<ParameterData> parameters;
    std::vector<MeasureData> measures;
    std::vector<InputData> inputs;
    std::vector<TimelineData> timeline;
    std::string timeline_note;  ///< that not all entries are here; "" where all are
    std::vector<RecordData> observed;
    std::vector<VariantData> variants;
    std::vector<OverrideData> overridden;
    std::vector<FlowData> flows;
    std::string no_flows;  ///< why there are none, in a sentence; "" where there are
};

struct Report {
    std::string format = "entente-report/1";
    std::string kind;  ///< `run`, `sweep`, `sensitivity`, `compare` or `describe`
    std::string title;
    std::string about;                  ///< the question: the scenario's `about`
    bool dated = false;                 ///< whether moments are dates
    std::vector<Labelled> facts;        ///< horizon, runs, seed, cost and the like, in the order in which they shall stand
    std::vector<std::string> findings;  ///< in plain sentences
    Provenance provenance;
    ScenarioData scenario;
    std::vector<OddPart> odd;  ///< of a model description: the parts of the ODD protocol before the submodels
    std::optional<EnsembleData> ensemble;
    std::optional<SweepData> sweep;
    std::optional<SensitivityData> sensitivity;
    std::optional<ComparisonData> comparison;
};

}  // namespace entente::page
