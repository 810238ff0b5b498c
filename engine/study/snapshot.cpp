#include <entente/study/snapshot.hpp>

#include <algorithm>
#include <cassert>
#include <iterator>
#include <map>
#include <span>
#include <type_traits>

#include <fmt/format.h>

#include <entente/base/machine.hpp>

namespace entente {
namespace {

using Form = CompiledMeasure::Form;

/// Calendar years that ticks before this one lie in.
std::int64_t years_begun(const Calendar& calendar, std::int64_t tick) {
    std::int64_t years = tick > 0 ? 1 : 0;
    for (std::int64_t t = 1; t < tick; ++t) years += calendar.year(t) != calendar.year(t - 1) ? 1 : 0;
    return years;
}

/// A column that goes from one tick to the next.
struct StateColumn {
    std::string name;
    ColumnId column;
};

constexpr std::string_view parameter_block = "parameter ";

/// Parameters that the timeline has set before `tick`. Of the others a run that goes on has its own values.
std::vector<StateColumn> parameter_columns(const Model& model, std::int64_t tick) {
    std::vector<StateColumn> columns;
    for (std::size_t p = 0; p < model.parameter_columns.size(); ++p) {
        const auto& [column, set_from] = model.parameter_columns[p];
        if (column.is_given() && set_from < tick) columns.push_back({std::string(parameter_block) + model.parameter_names[p], column});
    }
    return columns;
}

bool is_parameter(const SnapshotBlock& block) {
    return block.name.starts_with(parameter_block);
}

/// The first block of a snapshot that is not a parameter's: these stand before all others.
auto first_other(auto& blocks) {
    return std::ranges::find_if_not(blocks, is_parameter);
}

/// Fields of the scenario's own: inputs are known for any tick.
std::vector<ColumnId> own_fields(const Model& model) {
    std::vector<ColumnId> own;
    for (const auto& fields : model.field_columns)
        for (const ColumnId field : fields)
            if (std::ranges::find(model.inputs, field, &InputColumn::column) == model.inputs.end()) own.push_back(field);
    return own;
}

std::vector<StateColumn> state_columns(const Model& model) {
    std::vector<StateColumn> columns;
    for (const ColumnId field : own_fields(model)) columns.push_back({"field " + model.column(field).name, field});
    for (const CompiledMeasure& measure : model.measures)
        for (std::size_t number = 0; number < measure.accumulators.size(); ++number)
            columns.push_back({fmt::format("so far {} {}", measure.name, number), measure.accumulators[number].column});
    return columns;
}

/// What is accumulated over past years, in the order of LaneRecord::past_years: its name, and the column of the year in hand.
std::vector<StateColumn> past_years(const Model& model) {
    std::vector<StateColumn> columns;
    for (const CompiledMeasure& measure : model.measures)
        for (std::size_t number = 0; measure.form == Form::yearly && number < measure.accumulators.size(); ++number)
            columns.push_back({fmt::format("past years {} {}", measure.name, number), measure.accumulators[number].column});
    return columns;
}

/// The accumulators of dates, by number in state_columns.
std::vector<std::size_t> date_columns(const Model& model) {
    std::vector<std::size_t> numbers;
    std::size_t number = own_fields(model).size();
    for (const CompiledMeasure& measure : model.measures) {
        if (measure.form == Form::date) numbers.push_back(number);
        number += measure.accumulators.size();
    }
    return numbers;
}

/// What results hold of a block: `stride` values a run, the first of which are the block's.
template <class Value>
struct Held {
    std::span<Value> values;
    std::int64_t stride;
};

/// By block, from the first that lanes have no part in.
template <class SomeResults>
auto held_by(SomeResults& results, const Model& model) {
    std::vector<Held<std::remove_reference_t<decltype(results.yearly[0][0])>>> held;
    for (std::size_t m = 0; m < model.measures.size(); ++m) {
        const CompiledMeasure& measure = model.measures[m];
        const std::int64_t rows = model.rows_of(measure.value);
        if (measure.form == Form::series) held.push_back({results.series[m], model.calendar.moments() * rows});
        if (measure.form == Form::yearly) held.push_back({results.yearly[m], std::ssize(results.years) * rows});
    }
    return held;
}

/// `values` by row and lane, those of failed lanes aside.
void take_values(SnapshotBlock& block, const Batch& batch, std::span<const double> values, std::int64_t first, std::int64_t runs) {
    for (std::int64_t row = 0; row < block.each; ++row)
        for (std::int64_t lane = 0; lane < runs; ++lane)
            if (!batch.failed(static_cast<int>(lane)))
                block.values[static_cast<std::size_t>((first + lane) * block.each + row)] = values[static_cast<std::size_t>(row * batch.lanes() + lane)];
}

void put_values(const SnapshotBlock& block, const Batch& batch, std::span<double> values, std::int64_t first, std::int64_t runs) {
    for (std::int64_t row = 0; row < block.each; ++row)
        for (std::int64_t lane = 0; lane < runs; ++lane)
            values[static_cast<std::size_t>(row * batch.lanes() + lane)] =
                block.values[static_cast<std::size_t>((first + lane) * block.each + row)];
}

/// The dates that came in a run before it failed.
void take_dates(SnapshotBlock& block, const Batch& batch, ColumnId column, const LaneFailure& failure, std::int64_t first) {
    for (std::int64_t row = 0; row < block.each; ++row) {
        const double date = batch.lanes_of(column, row)[static_cast<std::size_t>(failure.lane)];
        block.values[static_cast<std::size_t>((first + failure.lane) * block.each + row)] = date_before(date, failure.tick);
    }
}

}  // namespace

std::vector<SnapshotBlock> blocks_of(const Model& model, std::int64_t tick, std::int64_t runs, std::int64_t series_runs) {
    std::vector<SnapshotBlock> blocks;
    for (const auto& [name, column] : parameter_columns(model, tick)) blocks.push_back({name, runs, 1, {}});
    for (const auto& [name, column] : state_columns(model)) blocks.push_back({name, runs, model.rows_of(column), {}});
    for (const CompiledEvent& event : model.events) blocks.push_back({"events " + event.name, runs, 1, {}});
    for (const auto& [name, column] : past_years(model)) blocks.push_back({name, runs, model.rows_of(column), {}});
    for (const CompiledMeasure& measure : model.measures) {
        const std::int64_t rows = model.rows_of(measure.value);
        if (measure.form == Form::series) blocks.push_back({"series " + measure.name, series_runs, (tick + 1) * rows, {}});
        if (measure.form == Form::yearly) blocks.push_back({"years " + measure.name, runs, years_begun(model.calendar, tick) * rows, {}});
    }
    return blocks;
}

double bytes_of(const std::vector<SnapshotBlock>& blocks) {
    double values = 0;
    for (const SnapshotBlock& block : blocks) values += static_cast<double>(block.runs) * static_cast<double>(block.each);
    return values * sizeof(double);
}

Snapshot empty_snapshot(const Model& model, const Results& results, std::int64_t tick, bool logs_events) {
    Snapshot snapshot;
    snapshot.tick = tick;
    snapshot.seed = results.seed;
    snapshot.first_run = results.first_run;
    snapshot.runs = results.runs;
    snapshot.series_runs = results.series_runs;
    snapshot.logs_events = logs_events;
    snapshot.blocks = blocks_of(model, tick, results.runs, results.series_runs);
    for (SnapshotBlock& block : snapshot.blocks) block.values.resize(static_cast<std::size_t>(block.runs * block.each));
    snapshot.hashes.resize(static_cast<std::size_t>(results.runs));
    return snapshot;
}

void add_measures(Snapshot& snapshot, const Model& model) {
    std::map<std::string, double> initial;
    for (const CompiledMeasure& measure : model.measures)
        for (std::size_t number = 0; number < measure.accumulators.size(); ++number)
            initial.emplace(fmt::format("so far {} {}", measure.name, number), measure.accumulators[number].initial);
    const auto parameters = first_other(snapshot.blocks);
    std::vector<SnapshotBlock> blocks(std::move_iterator(snapshot.blocks.begin()), std::move_iterator(parameters));
    std::map<std::string, SnapshotBlock*> there;
    for (auto block = parameters; block != snapshot.blocks.end(); ++block) there.emplace(block->name, &*block);
    for (SnapshotBlock& wanted : blocks_of(model, snapshot.tick, snapshot.runs, snapshot.series_runs)) {
        if (is_parameter(wanted)) continue;
        if (const auto found = there.find(wanted.name); found != there.end()) {
            blocks.push_back(std::move(*found->second));
        } else if (const auto begins = initial.find(wanted.name); begins != initial.end()) {
            wanted.values.assign(static_cast<std::size_t>(wanted.runs * wanted.each), begins->second);
            blocks.push_back(std::move(wanted));
        }
    }
    snapshot.blocks = std::move(blocks);
}

bool is_of(const Snapshot& snapshot, const Model& model) {
    if (snapshot.tick < 0 || snapshot.tick >= model.calendar.ticks()) return false;
    const auto is_there = [&](const LoggedEvent& event) {
        return event.event >= 0 && event.event < std::ssize(model.events) && event.row >= 0 &&
               event.row < model.rows_of(model.events[{event.event}].count);
    };
    if (!std::ranges::all_of(snapshot.log, is_there)) return false;
    const auto expected = blocks_of(model, snapshot.tick, snapshot.runs, snapshot.series_runs);
    const auto same = [](const SnapshotBlock& a, const SnapshotBlock& b) {
        return a.name == b.name && a.runs == b.runs && a.each == b.each;
    };
    // A branch may set other parameters.
    const auto is_sound = [&](const SnapshotBlock& block) { return block.runs == snapshot.runs && block.each == 1; };
    const auto others = first_other(snapshot.blocks);
    return std::all_of(snapshot.blocks.begin(), others, is_sound) &&
           std::equal(first_other(expected), expected.end(), others, snapshot.blocks.end(), same);
}

double date_before(double date, std::int64_t failure) {
    return date < static_cast<double>(failure) ? date : never;
}

void take_lanes(Snapshot& snapshot, const Model& model, const Batch& batch, const LaneRecord& record, std::int64_t first,
                std::int64_t runs) {
    assert(batch.next_tick() == snapshot.tick);
    auto block = snapshot.blocks.begin();
    for (const StateColumn& parameter : parameter_columns(model, snapshot.tick)) take_values(*block++, batch, batch.column(parameter.column), first, runs);
    for (const StateColumn& state : state_columns(model)) take_values(*block++, batch, batch.column(state.column), first, runs);
    for (std::size_t event = 0; event < model.events.size(); ++event, ++block)
        for (std::int64_t lane = 0; lane < runs; ++lane)
            if (!batch.failed(static_cast<int>(lane)))
                block->values[static_cast<std::size_t>(first + lane)] =
                    record.events[event * static_cast<std::size_t>(batch.lanes()) + static_cast<std::size_t>(lane)];
    for (const std::vector<double>& past : record.past_years) take_values(*block++, batch, past, first, runs);
    const auto state = state_columns(model);
    const auto states = first_other(snapshot.blocks);
    for (const std::size_t number : date_columns(model))
        for (const LaneFailure& failure : batch.failures())
            if (failure.lane < runs) take_dates(states[static_cast<std::ptrdiff_t>(number)], batch, state[number].column, failure, first);
    for (std::int64_t lane = 0; lane < runs; ++lane)
        if (!batch.failed(static_cast<int>(lane)))
            snapshot.hashes[static_cast<std::size_t>(first + lane)] = record.hashes[static_cast<std::size_t>(lane)];
}

void take_results(Snapshot& snapshot, const Model& model, const Results& results) {
    const auto held = held_by(results, model);
    auto block = snapshot.blocks.end() - std::ssize(held);
    for (const auto& [values, stride] : held) {
        for (std::int64_t run = 0; run < block->runs; ++run)
            std::copy_n(values.begin() + run * stride, block->each, block->values.begin() + run * block->each);
        ++block;
    }
    snapshot.log = results.log;
}

void put_lanes(const Snapshot& snapshot, const Model& model, Batch& batch, LaneRecord& record, std::int64_t first, std::int64_t runs,
               const std::vector<std::vector<double>>* parameters) {
    std::vector<std::uint64_t> numbers;
    for (std::int64_t lane = 0; lane < batch.lanes(); ++lane)
        numbers.push_back(static_cast<std::uint64_t>(snapshot.first_run + first + lane));
    batch.resume(snapshot.tick, snapshot.seed, numbers, parameters ? *parameters : std::vector<std::vector<double>>{});
    for (const auto& [name, column] : parameter_columns(model, snapshot.tick))
        if (const auto kept = std::ranges::find(snapshot.blocks, name, &SnapshotBlock::name); kept != snapshot.blocks.end())
            put_values(*kept, batch, batch.values(column), first, runs);
    auto block = first_other(snapshot.blocks);
    for (const StateColumn& state : state_columns(model)) put_values(*block++, batch, batch.values(state.column), first, runs);
    for (std::size_t event = 0; event < model.events.size(); ++event, ++block)
        std::copy_n(block->values.begin() + first, runs,
                    record.events.begin() + static_cast<std::ptrdiff_t>(event) * batch.lanes());
    for (std::vector<double>& past : record.past_years) put_values(*block++, batch, past, first, runs);
    std::copy_n(snapshot.hashes.begin() + first, runs, record.hashes.begin());
    auto failed = std::ranges::lower_bound(snapshot.failures, first, {}, &LaneFailure::lane);
    for (; failed != snapshot.failures.end() && failed->lane < first + runs; ++failed) {
        LaneFailure failure = *failed;
        failure.lane -= static_cast<int>(first);
        batch.mark_failed(failure);
    }
}

void put_results(const Snapshot& snapshot, const Model& model, Results& results, std::int64_t first) {
    const auto held = held_by(results, model);
    auto block = snapshot.blocks.end() - std::ssize(held);
    for (const auto& [values, stride] : held) {
        const std::int64_t runs = stride == 0 ? 0 : std::ssize(values) / stride;
        for (std::int64_t run = 0; run < runs; ++run)
            std::copy_n(block->values.begin() + (first + run) * block->each, block->each, values.begin() + run * stride);
        ++block;
    }
}

}  // namespace entente
