/// A scenario compiled: tables, columns, maps between rows, and the programs of every step in their order. Const once made.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <entente/base/calendar.hpp>
#include <entente/language/program.hpp>
#include <entente/model/compile_record.hpp>
#include <entente/model/measure_form.hpp>
#include <entente/model/topology.hpp>
#include <entente/scenario/scenario.hpp>

namespace entente {

using DomainId = Id<struct DomainTag>;
using StartsId = Id<struct StartsTag>;
using GroupsId = Id<struct GroupsTag>;
using SlicesId = Id<struct SlicesTag>;
using ProductsId = Id<struct ProductsTag>;

/// The rows of a kind: of all domains, these are the first.
constexpr DomainId domain_of(KindId kind) { return {kind.value}; }

/// A set of rows that programs run over: a kind's table, the world as a whole (one row), the pairs of an aggregate.
struct Domain {
    std::string name;
    std::int64_t rows = 0;
    KindId kind;                  ///< of a kind's own table; -1 otherwise
    KindId shown_kind;            ///< how rows are named in messages: rows of this kind …
    std::int64_t shown_row = -1;  ///< … this one, where the domain is a single row …
    MapId shown_rows{};           ///< … or those that it leads to, where the domain is a list of them
};

/// State of all lanes of one quantity: rows x lanes doubles.
struct Column {
    std::string name;  ///< `relation.trust`
    DomainId domain;
    double initial = 0;
};

/// A program over its domain.
struct RunProgram {
    ProgramId program;
};

/// column = value, on every row.
struct FillColumn {
    ColumnId column;
    double value = 0;
};

struct CopyColumn {
    ColumnId from;
    ColumnId to;
};

/// The two change places.
struct SwapColumns {
    ColumnId one;
    ColumnId other;
};

/// to[row] = starts[row] on every lane, where starts has a number.
struct SpreadStarts {
    ColumnId to;
    StartsId starts;
};

/// to[group] = (weighted) median of `values` over the group's rows where `mask` is not 0.
struct FindMedians {
    ColumnId to;
    GroupsId groups;
    ColumnId values;
    ColumnId weights;  ///< none: the plain median
    ColumnId mask;     ///< none: all rows
};

/// to[row] = `values` contributed by `how`, from `start` on, over items whose key is sought[row] and where `mask` is not 0.
struct MatchItems {
    ColumnId to;
    ColumnId counts;  ///< how many items there were; none: that is not needed
    ColumnId values;  ///< of items, as their keys
    ColumnId keys;
    ColumnId mask;  ///< none: all items
    ColumnId sought;
    Op how = Op::contribute;
    double start = 0;
};

/// to[key] = sum of ends[far · near_count + near] · items[item] over the items of the key's group in their order: near is the key's, far the
/// item's. `ends` is finite.
struct SumProducts {
    ColumnId to;
    ColumnId ends;
    ColumnId items;
    ProductsId products;
};

/// One thing done to the whole batch.
using Pass = std::variant<RunProgram, FillColumn, CopyColumn, SwapColumns, SpreadStarts, FindMedians, MatchItems, SumProducts>;

/// A program and the rows it runs over.
struct ProgramOnDomain {
    Program program;
    DomainId domain;
    std::string step;  ///< for messages
    ProgramId by_key;  ///< the program that does the same over slices, with one lane; none: there is none
    SlicesId slices;   ///< of such a program; none: it is not one
};

/// Items of keys, laid out in vectors: chunks of vector_size keys, the k-th items of a chunk's keys side by side.
struct Slices {
    std::vector<RowIndex> keys;         ///< vector_size of each chunk; no_row fills the last one up
    std::vector<std::int32_t> chunk;    ///< by vector: whose items these are
    std::vector<std::uint8_t> present;  ///< by vector: a bit for each element that is an item
};

/// Items and keys by group, for sums of products.
struct ProductsOf {
    std::int64_t near = 0;                    ///< how many near ends there are
    std::vector<std::int64_t> item_offset{0};  ///< by group: where its items begin
    std::vector<RowIndex> items;
    std::vector<RowIndex> far;  ///< by item so listed: its far end
    std::vector<std::int64_t> key_offset{0};
    std::vector<RowIndex> keys;
    std::vector<RowIndex> key_near;  ///< by key so listed: its near end
    [[nodiscard]] std::size_t groups() const { return item_offset.size() - 1; }
};

/// Rows of a domain by group, for medians.
struct Groups {
    std::vector<std::int64_t> offset;
    std::vector<RowIndex> rows;
    std::int64_t largest = 0;
};

struct CompiledStep {
    std::string name;
    std::vector<Pass> passes;
    std::int64_t rows = 0;  ///< of its kind
    KindId on;
};

struct CompiledEvent {
    std::string name;
    KindId on;
    ColumnId count;
    std::string cameo;
    std::optional<double> goldstein;
    /// Rows whose count is 0 again when a tick begins; the step writes the count of those that it can fire on. None: all.
    std::optional<std::vector<std::int64_t>> reset_rows;
    std::optional<std::vector<std::int64_t>> possible_rows;  ///< on which it may ever fire. None: all
    std::string label{};  ///< people's words for it, or ""
    /// By row: the chance that it had where it fired. Of a probability p, of a rate 1 - exp(-rate dt), of a choice the link's share among all that its
    /// source might choose, to choose nothing among it; of a count how many were expected. Where it did not fire, what stood there before. None: not kept
    ColumnId chance{};
};

/// What the timeline fires on a row in a tick.
struct TimelineFiring {
    std::int64_t tick = 0;
    EventId event;
    std::int64_t row = 0;
    std::int64_t count = 0;
};

/// State that a measure over time keeps from tick to tick.
struct Accumulator {
    ColumnId column;
    double initial = 0;                    ///< what it begins with, each run and (yearly) each year
    OverTime over_time = OverTime::total;  ///< how the states of two stretches of time become that of both; ticks are a total
};

/// An event of which something is on record, in a model that is conditioned on it.
struct ConditionedEvent {
    EventId event;
    bool is_count = false;  ///< Poisson counts
    KindId on;        ///< of choices the kind of their sources
    ColumnId asked;   ///< by row: how often it is on record in the tick, beyond what the timeline fires; -1: the record says nothing
    ColumnId chance;  ///< by row: logarithm of the chance that it fires just so; of counts n without the - log n!. 0 where nothing is asked
    std::vector<std::int64_t> rows;  ///< of which the record ever says something, ascending; of all others it never does
    std::vector<std::pair<std::int64_t, std::int64_t>> firings;  ///< ticks and rows in which a firing is on record
};

struct CompiledMeasure {
    using Form = MeasureForm;
    Form form = Form::series;
    std::string name;
    std::string unit;
    std::string about;
    std::string expression;
    KindId on;       ///< by row: of this kind; -1: of the world as a whole
    ColumnId value;  ///< one row, or the kind's rows
    std::vector<Accumulator> accumulators;  ///< of as many rows
    std::vector<MeasureLevel> levels{};  ///< of a measure that is a field with levels
    std::string label{};                 ///< people's words for it, or ""
    [[nodiscard]] bool is_by_row() const { return on.value >= 0; }
};

/// `first(…)` that never came, in accumulators.
inline constexpr double never = -1;

/// A field or derived value that can be looked at between ticks.
struct ShownQuantity {
    KindId kind;
    bool is_derived = false;
    int number = -1;  ///< of the kind's fields or derived values
    ColumnId column;  ///< a field's own, or the one that `Model::show` fills
};

/// A field or derived value of agents that have places, of cells of a grid, or a field of links between agents that have places.
struct SpatialQuantity {
    enum class Use { places, cells, arcs };
    Use use = Use::places;
    ShownQuantity of;
};

struct CompiledTimeline {
    std::int64_t tick = 0;
    std::vector<Pass> passes;
};

/// A column whose values are known in advance. They are put there at the beginning of the ticks at which they change, the first ones before
/// the starts; no program and no pass writes to it.
struct InputColumn {
    std::string name;
    ColumnId column;
    std::shared_ptr<const InputValues> values;  ///< by row of the column
};

/// Where a parameter that the timeline sets stands in each run: in a column of the world.
struct ParameterColumn {
    ColumnId column;            ///< none: its value is the same from the first tick to the last
    std::int64_t set_from = 0;  ///< the first tick that sets it
};

struct Model {
    std::string title;
    std::string path;
    std::string scenario_hash;
    Calendar calendar = Calendar::undated(1);
    std::int64_t default_runs = 1;

    Tables tables;
    ById<DomainId, Domain> domains;  ///< the first ones are the kinds' tables, in order; then the world
    ById<ColumnId, Column> columns;
    ById<MapId, RowMap> maps;  ///< padded with vector_size rows beyond the domain's
    /// Of maps that contributions follow and that never descend: the first row of the domain that leads to each row. Else empty.
    ById<MapId, std::vector<std::int64_t>> map_offsets;
    ById<IdentityId, std::vector<std::uint64_t>> identities;  ///< padded likewise
    ById<ProgramId, ProgramOnDomain> programs;
    ById<StartsId, std::vector<double>> starts;
    ById<GroupsId, Groups> groups;
    ById<SlicesId, Slices> slices;
    ById<ProductsId, ProductsOf> products;

    std::vector<Pass> start;                 ///< before the first tick
    std::vector<CompiledTimeline> timeline;  ///< by tick
    std::vector<TimelineFiring> timeline_firings;  ///< by tick, event and row, each once
    std::vector<CompiledStep> steps;
    std::vector<Pass> measures_at_start;   ///< before the first tick: measures over time and by row; accumulators are reset after it
    std::vector<Pass> every_tick;          ///< after the steps: what measures read; of an unrolled model the steps too, and thus the whole tick
    std::vector<Pass> measures_over_time;  ///< their values as they stand, at the end of the run, and of every year for yearly ones
    ById<EventId, CompiledEvent> events;
    std::vector<ConditionedEvent> conditioned;  ///< in the order of the steps; empty unless the model is conditioned
    std::vector<CompiledMeasure> measures;
    std::vector<std::size_t> headline;  ///< numbers of those that the scenario is about, the foremost first: headline_of

    std::vector<Pass> show;             ///< between ticks, when asked for: derived values that are shown
    std::vector<ShownQuantity> shown;   ///< kind after kind, derived values before fields
    std::vector<SpatialQuantity> spatial;  ///< what maps and grids show, kind after kind; only with Shown::relations and Shown::replay

    ById<KindId, ById<FieldId, ColumnId>> field_columns;
    std::vector<std::string> parameter_names;
    std::vector<double> parameter_values;
    std::vector<std::string> parameter_units;
    std::vector<ParameterColumn> parameter_columns;  ///< by parameter
    ById<InputId, InputColumn> inputs;

    std::int64_t bytes_of_a_tick = 0;  ///< of state that a tick of one run reads or writes

    CompileRecord record;

    [[nodiscard]] const Domain& domain(DomainId id) const { return domains[id]; }
    [[nodiscard]] const Column& column(ColumnId id) const { return columns[id]; }
    [[nodiscard]] std::int64_t rows_of(ColumnId id) const { return domain(column(id).domain).rows; }
    /// Row updates of one tick of one run: rows of every step's kind.
    [[nodiscard]] std::int64_t row_updates_per_tick() const;
    /// Bytes of state of one lane, all columns.
    [[nodiscard]] std::int64_t bytes_per_lane() const;
};

/// Kinds of links with more rows than this aren't shown, nor are those of worlds with more agents.
inline constexpr std::int64_t most_links_shown = 400;
inline constexpr std::int64_t most_agents_shown = 200;

/// Kinds with more agents than this aren't on maps, nor are links of kinds with more than that; grids of more cells aren't drawn.
inline constexpr std::int64_t most_places_shown = 2'000;
inline constexpr std::int64_t most_arcs_shown = 100'000;
inline constexpr std::int64_t most_cells_shown = 1'048'576;

/// Whether the steps go through the rows of their tables one by one, in one program for the whole tick. That pays for few rows:
/// whatever is known of a row is folded, and values are shared from step to step.
enum class Unroll { automatic, no, yes };

/// What can be looked at between ticks (Model::shown). That changes nothing of what runs do.
enum class Shown {
    nothing,
    relations,  ///< fields and derived values of links: in worlds of up to most_agents_shown agents, of kinds of up to most_links_shown links; what maps and grids show
    replay,     ///< the same, but fields and derived values of agents in such worlds beside those of links
    derived     ///< derived values of all kinds, whatever their size
};

struct CompileOptions {
    /// Parameters whose values will differ between runs; all others are folded into the programs.
    std::vector<ParameterId> varied = {};
    Unroll unroll = Unroll::automatic;
    /// Whether every run begins with the scenario's starts, so that fields that no step changes are folded into the programs; false
    /// for runs that go on from a state of another past.
    bool starts_known = true;
    /// Pairs of rows that one aggregate may look at; more are refused. The maps of so many take ten gigabytes.
    std::int64_t most_pairs = 500'000'000;
    /// Sums of products over fewer pairs are taken pair by pair, which is quicker then.
    std::int64_t fewest_products = 100'000;
    Shown show = Shown::nothing;
    /// Whether every step goes over all rows of its kind, also over those on which it can do nothing. That changes nothing of what runs do,
    /// and is for those who look at what steps read and for tests.
    bool all_rows = false;
    /// Whether events happen as they are on record (Scenario::record) where that is complete, and tell with what chance they would have
    /// (Model::conditioned). What events draw in their statements, and all else, goes on by chance.
    bool conditioned = false;
    /// Whether the chance that events had is kept for the log (CompiledEvent::chance). That changes nothing of what runs do.
    bool chances = false;
};

/// Throws Error when the world can't be laid out or would not fit.
Model compile(const Scenario& scenario, const CompileOptions& options = {});

}  // namespace entente
