/// What a page shows of the scenario, as it was written and is computed. page_data.hpp says who else reads it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <entente/report/page_numbers.hpp>

namespace entente::page {

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

/// Events on record, as a table's row.
struct EventRecordData {
    std::string event;
    std::string rows;      ///< of which rows the record is complete
    std::string complete;  ///< in which days or ticks
    std::string firings;   ///< how many there were
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
    std::vector<EventRecordData> record;
    std::vector<VariantData> variants;
    std::vector<OverrideData> overridden;
    std::vector<FlowData> flows;
    std::string no_flows;  ///< why there are none, in a sentence; "" where there are
};

}  // namespace entente::page
