#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include <entente/base/draws.hpp>
#include <entente/base/hash.hpp>
#include <entente/model/compiler.hpp>
#include <entente/model/slices.hpp>
#include <entente/model/touched.hpp>
#include <entente/model/unused.hpp>
#include <entente/model/verify_model.hpp>
#include <entente/scenario/headline.hpp>
#include <entente/scenario/starts.hpp>

namespace entente {
namespace {

std::vector<bool> varied_flags(const Scenario& scenario, const CompileOptions& options) {
    std::vector<bool> flags(scenario.parameters.size());
    for (const ParameterId id : options.varied) flags[static_cast<std::size_t>(id.value)] = true;
    return flags;
}

/// Of tables with more rows than this nothing is known row by row: it would take more memory than the runs.
constexpr std::int64_t most_rows_known = 4'000'000;

/// What was compiled, looked through where assertions are on.
Model verified(Model model, [[maybe_unused]] std::string_view stage) {
#ifndef NDEBUG
    verify(model, stage);
#endif
    return model;
}

}  // namespace

Compiler::Compiler(const Scenario& scenario, const CompileOptions& options)
    : scenario_(scenario),
      maps_(model_),
      lowering_(scenario, model_, maps_, varied_flags(scenario, options), options.most_pairs, options.fewest_products),
      starts_known_(options.starts_known),
      all_rows_(options.all_rows),
      conditioned_(options.conditioned),
      chances_(options.chances),
      shows_(options.show) {}

std::string Compiler::column_name(KindId kind, FieldId id) const {
    return fmt::format("{}.{}", model_.tables[kind].name, field(kind, id).name);
}

void Compiler::add_tables() {
    has_tables_ = true;
    if (scenario_.calendar.ticks() > most_ticks)
        throw Error(fmt::format("the calendar has {} ticks, more than {}", scenario_.calendar.ticks(), most_ticks),
                    "take a longer step or a shorter span");
    model_.title = scenario_.title;
    model_.path = scenario_.path;
    model_.scenario_hash = scenario_.hash;
    model_.calendar = scenario_.calendar;
    model_.default_runs = scenario_.runs;
    model_.headline = headline_of(scenario_);
    for (const Parameter& parameter : scenario_.parameters) {
        model_.parameter_names.push_back(parameter.name);
        model_.parameter_values.push_back(parameter.value);
        model_.parameter_units.push_back(parameter.unit);
    }
    model_.parameter_columns.resize(scenario_.parameters.size());
    for (std::size_t p = 0; p < scenario_.parameters.size(); ++p)
        model_.record.varied.push_back(lowering_.is_varied({static_cast<int>(p)}));
    for (const Step& step : scenario_.steps) model_.record.steps.push_back({step.where ? step.where->text.value : ""});
    model_.tables = lay_out(scenario_);
    for (const KindId kind : model_.tables.ids())
        model_.domains.add({.name = model_.tables[kind].name, .rows = model_.tables[kind].rows, .kind = kind, .shown_kind = kind});
    model_.domains.add({.name = "the world", .rows = 1, .kind = {}, .shown_kind = {}, .shown_row = 0});
}

void Compiler::add_columns() {
    model_.field_columns.resize(model_.tables.size());
    for (const KindId kind : model_.tables.ids())
        for (std::size_t f = 0; f < scenario_.fields(kind).size(); ++f)
            model_.field_columns[kind].add(lowering_.add_column(column_name(kind, {static_cast<int>(f)}), domain_of(kind)));
}

void Compiler::add_events() {
    model_.events.resize(scenario_.schema.events.size());
    for (const Step& step : scenario_.steps) {
        if (step.form == Step::Form::rule) continue;
        CompiledEvent& event = model_.events[step.event];
        assert(event.name.empty());  // an event is one step's
        event.name = step.name;
        event.label = step.remarks.label;
        event.on = step.on;
        event.count = lowering_.add_column(fmt::format("count of {}", step.name), domain_of(step.on));
        if (chances_) event.chance = lowering_.add_column(fmt::format("chance of {}", step.name), domain_of(step.on));
        event.cameo = step.cameo;
        event.goldstein = step.goldstein;
    }
}

// -- start -----------------------------------------------------------------------------------------------------------------------------

/// One field after the other, so that a start may read those given before it, as the row really has them.
void Compiler::add_start(KindId kind) {
    const auto& fields = scenario_.fields(kind);
    for (std::size_t f = 0; f < fields.size(); ++f) {
        if (fields[f].input.is_given()) continue;
        const FieldId id{static_cast<int>(f)};
        const std::string what = fmt::format("the start of {}", column_name(kind, id));
        ProgramBuilder builder = lowering_.builder(model_.tables[kind].rows);
        Scope scope{builder, lowering_.own_rows(kind), {nullptr, lowering_.stream(what, stable_hash("start " + column_name(kind, id)))}, nullptr, nullptr};
        const Value value = lowering_.value(*fields[f].start.tree, scope, model_.start);
        builder.check(value, {}, {Check::Demand::finite, what}, lowering_.operands(*fields[f].start.tree, scope, model_.start));
        const Value begun = clamped(builder, value, fields[f].range);
        builder.store({lowering_.field_column(kind, id), {}}, begun, {});
        if (unrolled_.builder && builder.is_constant(begun))
            for (std::int64_t row = 0; row < scope.binding.rows; ++row)
                start_values_[{lowering_.field_column(kind, id), static_cast<RowIndex>(row)}] = builder.constant_of(begun);
        if (lowering_.known() && starts_known_) suppose_start(lowering_.field_column(kind, id), builder, begun);
        model_.start.push_back(RunProgram{lowering_.add_program(builder.finish(), domain_of(kind), "start")});
        add_start_overrides(kind, id, model_.start);
    }
}

void Compiler::suppose_start(ColumnId column, const ProgramBuilder& builder, Value begun) {
    if (builder.is_constant(begun))
        for (std::int64_t row = 0; row < model_.rows_of(column); ++row) known_.suppose(column, static_cast<RowIndex>(row), builder.constant_of(begun));
    if (const RowFacts* facts = builder.facts(begun)) known_.suppose(column, *facts);
    if (!builder.bounds(begun).no_negative_zero) known_.may_be_negative_zero(column);
}

/// Fields and events as columns of which something may be known.
void Compiler::add_known() {
    constexpr double largest = std::numeric_limits<double>::max();  // all that is stored is finite
    for (const KindId kind : model_.tables.ids())
        for (std::size_t f = 0; f < scenario_.fields(kind).size(); ++f) {
            const Field& one = scenario_.fields(kind)[f];
            const ColumnId column = lowering_.field_column(kind, {static_cast<int>(f)});
            const bool is_clamped = !one.input.is_given();
            known_.add(column, model_.tables[kind].rows, is_clamped ? std::max(one.range.low, -largest) : -largest,
                       is_clamped ? std::min(one.range.high, largest) : largest);
            if (!is_clamped || !starts_known_) known_.may_be_negative_zero(column);
        }
    for (const Step& step : scenario_.steps) {
        if (step.form == Step::Form::rule) continue;
        const auto is_this = [&](const TimelineEntry& entry) { return entry.step == number_of(step); };
        const double most = step.form == Step::Form::count ? largest : 1 + static_cast<double>(std::ranges::count_if(scenario_.timeline, is_this));
        const ColumnId counts = model_.events[step.event].count;
        known_.add(counts, model_.rows_of(counts), 0, most);
    }
    for (const InputColumn& input : model_.inputs)
        if (model_.column(input.column).domain == lowering_.world_domain()) known_.add(input.column, 1, -largest, largest);
    for (const StepConditions& of : conditions_)
        for (const auto& [record, column] : of.records) known_.add(column, model_.rows_of(column), -1, largest);
    for (const auto& [cell, value] : unchanging_inputs_) known_.suppose(cell.column, cell.row, value);
    lowering_.know(&known_);
}

/// What single rows say of their own: numbers all at once, expressions one by one.
void Compiler::add_start_overrides(KindId kind, FieldId id, std::vector<Pass>& passes) {
    const Table& table = model_.tables[kind];
    std::vector<double> numbers;
    std::vector<std::pair<RowIndex, const Formula*>> formulas;
    const auto set = [&](RowIndex row, double x) {
        assert(row >= 0 && row < table.rows);
        if (numbers.empty()) numbers.assign(static_cast<std::size_t>(table.rows), std::numeric_limits<double>::quiet_NaN());
        numbers[static_cast<std::size_t>(row)] = std::clamp(x, field(kind, id).range.low, field(kind, id).range.high);
        if (unrolled_.builder) start_values_[{lowering_.field_column(kind, id), row}] = numbers[static_cast<std::size_t>(row)];
        if (lowering_.known() && starts_known_) known_.suppose(lowering_.field_column(kind, id), row, numbers[static_cast<std::size_t>(row)]);
    };
    const auto take = [&](RowIndex row, const std::vector<StartOverride>& starts) {
        for (const StartOverride& start : starts) {
            if (start.field != id) continue;
            if (const auto number = known_start(start.value))
                set(row, *number);
            else
                formulas.emplace_back(row, &start.value);
        }
    };
    const auto take_table = [&](const std::optional<TableData>& data, const auto& row_of) {
        if (!data) return;
        for (std::size_t c = 0; c < data->fields.size(); ++c)
            if (data->fields[c] == id)
                for (std::size_t r = 0; r < data->columns[c].size(); ++r)
                    if (!std::isnan(data->columns[c][r])) set(row_of(r), data->columns[c][r]);
    };
    if (table.is_link) {
        const LinkKind& links = scenario_.link_kind(kind);
        take_table(links.table, [&](std::size_t r) {
            return links.pattern ? table.between(links.table_ends[r].first, links.table_ends[r].second) : static_cast<RowIndex>(r);
        });
        for (const LinkMember& member : links.members)
            if (!member.starts.empty()) take(table.between(member.source, member.target), member.starts);
    } else {
        const AgentKind& agents = scenario_.agent_kind(kind);
        take_table(agents.table, [](std::size_t r) { return static_cast<RowIndex>(r); });
        for (std::size_t m = 0; m < agents.members.size(); ++m) take(static_cast<RowIndex>(m), agents.members[m].starts);
    }
    if (!numbers.empty()) {
        passes.push_back(SpreadStarts{lowering_.field_column(kind, id), model_.starts.add(std::move(numbers))});
    }
    for (const auto& [row, formula] : formulas) {
        start_values_.erase({lowering_.field_column(kind, id), row});
        known_.refute(lowering_.field_column(kind, id), row);
        known_.may_be_negative_zero(lowering_.field_column(kind, id));
        assign_once(kind, row, id, *formula,
                    fmt::format("the start of {} on {}", column_name(kind, id), row_name(model_.tables, kind, row)), passes);
    }
}

/// The number that a start is in every run: written so, or a parameter that is not varied.
std::optional<double> Compiler::known_start(const Formula& formula) const {
    const Expr& tree = *formula.tree;
    if (tree.kind != Expr::Kind::parameter || lowering_.is_varied(tree.parameter)) return constant_of(formula.tree);
    const double value = scenario_.parameters[static_cast<std::size_t>(tree.parameter.value)].value;
    return std::isfinite(value) ? std::optional(value) : std::nullopt;  // the rest is told when the run begins
}

/// `field of one row = formula`, checked and clamped.
void Compiler::assign_once(KindId kind, RowIndex row, FieldId id, const Formula& formula, const std::string& what,
                           std::vector<Pass>& passes) {
    ProgramBuilder builder;
    Scope scope{builder, lowering_.one_row(kind, row), {nullptr, lowering_.stream(what, stable_hash(what))}, nullptr, nullptr};
    const Value value = lowering_.value(*formula.tree, scope, passes);
    builder.check(value, {}, {Check::Demand::finite, what}, lowering_.operands(*formula.tree, scope, passes));
    builder.store({lowering_.field_column(kind, id), {}, row}, clamped(builder, value, field(kind, id).range), {});
    passes.push_back(RunProgram{lowering_.add_program(builder.finish(), scope.binding.domain, what)});
}

/// Where a map that never descends begins to lead to each row, so that a run of contributions is found without looking at each.
void Compiler::add_map_offsets() {
    model_.map_offsets.resize(model_.maps.size());
    for (const ProgramOnDomain& program : model_.programs)
        for (const Effect& effect : program.program.effects) {
            if (!effect.map.is_given() || !model_.map_offsets[effect.map].empty()) continue;
            const auto rows = static_cast<std::size_t>(model_.domain(program.domain).rows);
            const std::span map = std::span(model_.maps[effect.map]).first(rows);
            if (map.empty() || map.front() < 0 || !std::is_sorted(map.begin(), map.end())) continue;
            auto& offsets = model_.map_offsets[effect.map];
            offsets.assign(static_cast<std::size_t>(model_.rows_of(effect.column)) + 1, 0);
            for (const RowIndex to : map) ++offsets[static_cast<std::size_t>(to) + 1];
            for (std::size_t row = 1; row < offsets.size(); ++row) offsets[row] += offsets[row - 1];
        }
}

void Compiler::begin() {
    assert(model_.columns.empty() && model_.programs.empty());  // a compiler compiles once
    if (!has_tables_) add_tables();
    add_columns();
    add_inputs();
    add_events();
    if (conditioned_) add_conditions();
    const auto rows = [](std::int64_t most, const Table& table) { return std::max(most, table.rows); };
    const bool are_few = std::accumulate(model_.tables.begin(), model_.tables.end(), std::int64_t{0}, rows) <= most_rows_known;
    if (!unrolled_.builder && !all_rows_ && are_few) add_known();
    for (const KindId kind : model_.tables.ids()) lowering_.begin_step(), add_start(kind);
    add_parameter_columns();
}

Model Compiler::run() {
    begin();
    compile_steps();
    add_timeline();
    ProgramBuilder tick;
    add_measures(tick);
    if (shows_ != Shown::nothing) add_shown();
    tell_conditions();
    drop_unused(model_);
    add_map_offsets();
    return std::move(model_);
}

Model compile(const Scenario& scenario, const CompileOptions& options) {
    ByTable by_table{ByTable::Reason::asked};
    if (options.unroll != Unroll::no) {
        try {
            Model model = verified(Compiler(scenario, options).run_unrolled(), "compiled row by row");
            model.bytes_of_a_tick = bytes_touched(model);
            return model;
        } catch (const NotUnrolled& problem) {
            by_table = problem.why;
            if (options.unroll == Unroll::yes) throw Error("this world cannot be compiled row by row", "it has medians or too many rows");
        }
    }
    Model model = verified(Compiler(scenario, options).run(), "compiled");
    model.record.by_table = by_table;
    add_slices(model);
    model.bytes_of_a_tick = bytes_touched(model);
    return verified(std::move(model), "sliced");
}

std::int64_t Model::row_updates_per_tick() const {
    std::int64_t total = 0;
    for (const CompiledStep& step : steps) total += step.rows;
    return total;
}

std::int64_t Model::bytes_per_lane() const {
    std::int64_t total = 0;
    for (const Column& column : columns) total += domain(column.domain).rows;
    return total * static_cast<std::int64_t>(sizeof(double));
}

}  // namespace entente
