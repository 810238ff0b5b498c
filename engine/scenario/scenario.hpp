/// A scenario as its author wrote it, checked: plain data, no YAML, nothing resolved to memory yet.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <entente/base/calendar.hpp>
#include <entente/base/problem.hpp>
#include <entente/language/expression.hpp>
#include <entente/scenario/input_values.hpp>
#include <entente/scenario/recorded_date.hpp>
#include <entente/scenario/sites.hpp>

namespace entente {

/// An expression, as written and as checked.
struct Formula {
    Text text;
    ExprPtr tree;  ///< never null in a scenario that was read without errors
};

/// What every named thing may carry for its reader.
struct Remarks {
    std::string about;
    std::string source;
    std::string label{};  ///< people's words for it, on one line; "": its name does
};

struct Prior {
    enum class Form { uniform, loguniform, normal, lognormal, beta, choice, integers };
    Form form = Form::uniform;
    std::vector<double> arguments;
};

struct Parameter {
    std::string name;
    Place place;
    double value = 0;
    std::string unit;
    Range range;
    std::optional<Prior> prior;
    std::vector<std::string> levels{};  ///< of a start made into one: names of its values 0, 1, 2, …
    Remarks remarks;
    std::optional<Day> fitted_to{};  ///< the last day of the record that was looked at to set the value
};

/// A value of a field that has a name: the first is 0.
struct Level {
    std::string name;
    std::string label;  ///< people's words for it; "" where the name will do
    Place place;
};

struct Field {
    std::string name;
    Place place;
    Formula start;
    std::string unit;
    Range range;  ///< clamps on every write
    std::vector<Level> levels{};  ///< names of the values 0, 1, 2, …, which are its range; mostly none
    Remarks remarks;
    InputId input{};  ///< whose values it has from tick to tick: then it has no start, and nothing else writes it
};

struct Derived {
    std::string name;
    Place place;
    Formula value;
    std::string unit;  ///< as written; "" where none is
    std::string unit_of_value{};  ///< what the units of all that it reads come to; "" where some are not known
    Remarks remarks;
    [[nodiscard]] const std::string& unit_told() const { return unit.empty() ? unit_of_value : unit; }
};

/// A start value that one row has instead of its field's.
struct StartOverride {
    FieldId field;
    Formula value;  ///< over parameters only
};

/// Rows read from a CSV file: one column a field given, row by row.
struct TableData {
    std::string path;                          ///< as written in the scenario
    std::size_t rows = 0;                      ///< taken
    std::vector<FieldId> fields;               ///< which fields have a column
    std::vector<std::vector<double>> columns;  ///< [field][row]; NaN: the field's own start
};

struct AgentMember {
    std::string name;
    Place place;
    std::vector<StartOverride> starts;
    std::string label{};  ///< people's words for it; "": its name does
    Site site{};          ///< for maps; nothing reads it that is computed
};

struct AgentKind {
    std::string name;
    Place place;
    Remarks remarks;
    std::vector<Field> fields;
    std::vector<Derived> derived;
    std::vector<AgentMember> members;  ///< named agents; with a table its rows come first, in its order
    std::optional<TableData> table;
    std::size_t unnamed = 0;  ///< `count:`; then there are no members
    [[nodiscard]] std::size_t size() const { return unnamed > 0 ? unnamed : members.size(); }
};

struct LinkMember {
    int source = 0;  ///< row in the source kind
    int target = 0;
    Place place;
    std::vector<StartOverride> starts;
    bool must_exist = false;  ///< it changes the starts of a pattern's link (a variant, a setting), and adds none
};

struct Pattern {
    enum class Form { complete, ring, grid, random, small_world, scale_free, regular };
    Form form = Form::complete;
    int k = 0;      ///< ring, small_world, regular: neighbours; scale_free's m
    double p = 0;   ///< random, small_world
    int width = 0;  ///< grid
    int height = 0;
    bool torus = false;
    int neighbours = 4;  ///< grid: 4 or 8
    std::optional<double> radius{};  ///< grid: all cells within this distance instead, centre to centre, at least 1
    std::uint64_t topology_seed = 0;
    Place place;
};

struct LinkKind {
    std::string name;
    Place place;
    Remarks remarks;
    KindId source;
    KindId target;
    std::vector<Field> fields;
    std::vector<Derived> derived;
    std::vector<LinkMember> members;  ///< links named one by one; over those of a table or pattern they override starts, or add links
    std::optional<TableData> table;
    std::vector<std::pair<int, int>> table_ends;  ///< source and target rows of the table's links
    std::optional<Pattern> pattern;
};

/// One assignment of a step's `do`.
struct Statement {
    enum class On { own, source, target, reverse };
    enum class Op { set, add, subtract, multiply };
    Text text;
    On on = On::own;
    Op op = Op::set;
    FieldId field;  ///< of the row's kind, or of the kind at that end
    Formula value;
};

struct Let {
    std::string name;
    Place place;
    Formula value;
};

struct Step {
    enum class Form { rule, probability, rate, count, choice };
    Form form = Form::rule;
    std::string name;
    Place place;
    KindId on;
    EventId event;  ///< of events: number in Schema::events
    std::vector<Let> lets;
    std::optional<Formula> where;
    std::optional<Formula> drive;        ///< the probability, rate, expected count or utility
    std::optional<Formula> temperature;  ///< choice
    std::optional<Formula> outside;
    std::vector<Statement> statements;
    std::string cameo;  ///< `code: {cameo: …}`
    std::optional<double> goldstein;
    Remarks remarks;
};

/// What is known in advance, date by date: one number for the world (a series), or one for each row of a kind (a panel).
struct Input {
    std::string name;
    Place place;
    std::string path;  ///< of its table, as written in the scenario
    KindId on;         ///< of a panel: the kind of whose rows it is a field; none: a series
    std::string unit;
    Between between = Between::hold;
    Several several = Several::refused;  ///< numbers for one row and date
    bool holds_outside = false;     ///< before its first date and after its last one the value there holds
    std::optional<double> missing;  ///< instead of a number that the table lacks
    std::string first, last;        ///< its dates, as written in the table
    std::int64_t read = 0;          ///< lines of the table that were taken
    std::int64_t left_out = 0;      ///< lines of the table about rows that there are not
    std::vector<std::pair<int, int>> ends;  ///< of a panel on links: source and target rows, by row of `values`
    std::shared_ptr<const InputValues> values;
    Remarks remarks;
};

struct TimelineEntry {
    /// From the entry's tick on, in every run, whatever value a parameter was given before.
    struct Set {
        Text text;
        ExprPtr target;  ///< what read_set_target makes of it: a field of a named row, one of all rows, or a parameter
        Formula value;   ///< of all rows: on each of them, as they all stood before
    };
    Place place;
    std::optional<Day> date;  ///< in a dated calendar
    std::int64_t tick = 0;    ///< `tick:` in an undated one; filled from `date` otherwise
    int step = -1;            ///< index of the event's step, -1: none
    RowPtr row;               ///< on which it fires
    Place row_place;
    std::vector<Set> sets;
    Remarks remarks;
};

struct Measure {
    enum class Per { run, year };
    std::string name;
    Place place;
    Formula value;
    std::string unit;  ///< as written; "" where none is
    std::string unit_of_value{};  ///< what the units of all that it reads come to; "" where some are not known
    [[nodiscard]] const std::string& unit_told() const { return unit.empty() ? unit_of_value : unit; }
    Per per = Per::run;
    KindId on;  ///< `on: relation`: one series a row; -1: none
    Remarks remarks;
};

struct Observed {
    /// Of one row, from a table: when it came, or what it was, then or over the whole run.
    struct OfRow {
        std::vector<int> row;              ///< the agent's; of links those of source and target
        std::optional<RecordedDate> came;  ///< of a measure that is a date
        std::optional<Day> date;           ///< of another: when it was so, or 1 January of the year
        std::optional<double> value;
        bool operator==(const OfRow&) const = default;
    };
    /// The chance with which each event that is counted comes onto the record: thinning. In (0, 1].
    struct Seen {
        ParameterId parameter;  ///< whose value it is; none: `share`
        double share = 1;
    };
    std::string measure;
    Place place;
    std::optional<RecordedDate> came;  ///< of a measure that is a date
    std::optional<double> value;
    std::vector<std::pair<Day, double>> series;  ///< of a table: date (or 1 January of the year) and value
    std::vector<OfRow> rows;                     ///< of a measure by row: in the order of the table
    bool per_year = false;
    std::optional<double> sd;    ///< of the record's own error; of values, series and rows
    std::optional<Seen> seen{};  ///< of counts; none: all are on record
    Remarks remarks;
};

/// Events of one step on record, as they happened. In its ticks and on its rows the record is complete: what it does not hold there did not happen; elsewhere
/// it says nothing. Records of one step that speak of the same ticks and rows are refused, as far as what is written tells: two `where` may take one row.
struct EventRecord {
    struct Firing {
        std::vector<int> row;   ///< the agent's; of links those of source and target
        std::int64_t tick = 0;  ///< from first_tick to last_tick
        std::int64_t count = 1; ///< > 0; 1 of events that fire at most once a tick; those of the timeline are among them
        Place place;  ///< in the table
        bool operator==(const Firing& other) const { return row == other.row && tick == other.tick && count == other.count; }
    };
    Place place;
    int step = -1;                ///< index of the event's step, which is no rule
    std::int64_t first_tick = 0;  ///< of those for which the record is complete …
    std::int64_t last_tick = 0;   ///< … and the last, in the calendar
    std::optional<Formula> where{};  ///< rows for which it is complete, over a row of the event's kind; none: all. Firings on others count for nothing
    std::vector<Firing> firings;     ///< by tick, then row, each once
    Remarks remarks;
};

/// What a variant changes; names are resolved, expressions checked.
struct Variant {
    struct ParameterValue {
        ParameterId parameter;
        double value;
        Place place;
    };
    struct FieldStart {
        KindId kind;
        FieldId field;
        Formula value;
    };
    struct MemberStart {
        RowPtr row;
        StartOverride start;
    };
    std::string name;
    Place place;
    Remarks remarks;
    std::vector<ParameterValue> parameters;
    std::vector<std::pair<InputId, Input>> inputs;  ///< in place of the scenario's
    std::vector<FieldStart> fields;
    std::vector<MemberStart> members;
    std::vector<TimelineEntry> timeline;
};

struct Scenario {
    std::shared_ptr<const Sources> sources;
    std::string path;  ///< as given
    std::string title;
    std::string about;
    std::vector<std::string> authors;
    std::vector<std::string> references;
    Calendar calendar = Calendar::undated(1);
    std::int64_t runs = 1;

    std::vector<Parameter> parameters;  ///< by ParameterId
    std::vector<Input> inputs;          ///< by InputId
    std::vector<AgentKind> agents;
    std::vector<LinkKind> links;
    std::vector<Step> steps;              ///< in the order they run
    std::vector<TimelineEntry> timeline;  ///< by tick, then as written
    std::vector<Variant> variants;
    std::vector<Measure> measures;
    std::vector<std::string> headline{};  ///< names of measures as they were written; headline_of says what is it where there are none
    std::vector<Observed> observed;
    std::vector<EventRecord> record;

    Schema schema;     ///< kinds: all agent kinds in order, then all link kinds
    std::string hash;  ///< of all files' bytes, hexadecimal

    [[nodiscard]] std::size_t kind_count() const { return agents.size() + links.size(); }
    [[nodiscard]] bool is_link_kind(KindId id) const { return id.value >= static_cast<int>(agents.size()); }
    [[nodiscard]] const AgentKind& agent_kind(KindId id) const { return agents.at(static_cast<std::size_t>(id.value)); }
    [[nodiscard]] const LinkKind& link_kind(KindId id) const { return links.at(static_cast<std::size_t>(id.value) - agents.size()); }
    [[nodiscard]] const std::vector<Field>& fields(KindId id) const {
        return is_link_kind(id) ? link_kind(id).fields : agent_kind(id).fields;
    }
    [[nodiscard]] const std::vector<Derived>& derived(KindId id) const {
        return is_link_kind(id) ? link_kind(id).derived : agent_kind(id).derived;
    }
};

}  // namespace entente
