// Runs from one moment of the record to the next, and what they tell of it on the way.

#include <entente/inference/filter_state.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <entente/study/ensemble.hpp>
#include <entente/study/recorder.hpp>
#include <entente/study/tiles.hpp>

namespace entente {
namespace {

constexpr std::int64_t most_ticks_between = 8;   ///< moments
constexpr std::int64_t worth_threads = 1 << 22;  ///< bytes of state that a leg goes through, from which on threads are worth waking

/// Where something is on record to have happened, and not too far from each other.
std::vector<std::int64_t> leg_ends(const Model& model, const std::vector<NumberOnRecord>& numbers, std::int64_t until) {
    std::set<std::int64_t> ends{until};
    for (const ConditionedEvent& event : model.conditioned)
        for (const auto& [tick, row] : event.firings) ends.insert(tick + 1);
    for (const NumberOnRecord& number : numbers) ends.insert(number.tick + 1);
    ends.erase(ends.upper_bound(until), ends.end());
    std::vector<std::int64_t> all;
    std::int64_t last = 0;
    for (const std::int64_t end : ends) {
        while (end - last > most_ticks_between) all.push_back(last += most_ticks_between);
        all.push_back(last = end);
    }
    return all;
}

}  // namespace

ParticleFilters::State::State(const Model& of, std::vector<NumberOnRecord> on_record, FilterPlan asked)
    : model(of),
      numbers(std::move(on_record)),
      plan(std::move(asked)),
      kernels(choose_kernels(plan.instruction_set)),
      runs(plan.particles * plan.filters),
      threads(thread_count(plan.threads)),
      lanes(plan.lanes > 0 ? plan.lanes : suitable_lanes(model, (runs + threads - 1) / threads)),
      ends(leg_ends(model, numbers, plan.until)),
      results(empty_results(model, runs, 0)) {
    results.seed = plan.seed;
    const auto filters = static_cast<std::size_t>(plan.filters);
    log_weights.assign(static_cast<std::size_t>(runs), 0);
    for (std::int64_t run = 0; run < runs; ++run) first_ancestors.push_back(run % plan.particles);
    redraws.assign(filters, 0);
    log_likelihoods.assign(filters, 0);
    moments.resize(filters);
    workers.resize(static_cast<std::size_t>(threads));
    if (plan.log_events) event_logs.resize(static_cast<std::size_t>(runs));
    for (const CompiledMeasure& one : model.measures)
        if (is_series_of_world(one)) values.emplace_back();
    now.runs = runs;
    now.seed = plan.seed;
}

void ParticleFilters::State::lay_out_leg() {
    leg.begin = tick;
    leg.end = ends[next_end];
    const auto room = [&](std::vector<double>& by_run) { by_run.assign(static_cast<std::size_t>(runs), 0); };
    leg.by_tick.resize(static_cast<std::size_t>(leg.end - leg.begin));
    std::ranges::for_each(leg.by_tick, room);
    leg.silence.resize(plan.tells ? model.conditioned.size() : 0);
    std::ranges::for_each(leg.silence, room);
    leg.firings.clear();
    for (std::size_t event = 0; plan.tells && event < model.conditioned.size(); ++event)
        for (const auto& [at, row] : model.conditioned[event].firings)
            if (at == leg.end - 1) room(leg.firings.emplace_back(Firing{event, row, {}}).log_chance);
    weighed.clear();
    for (std::size_t n = 0; n < numbers.size(); ++n)
        if (numbers[n].tick == leg.end - 1) weighed.push_back(n);
    leg.at_number.resize(weighed.size());
    std::ranges::for_each(leg.at_number, room);
    leg.measured.resize(plan.tells ? values.size() : 0);
    std::ranges::for_each(leg.measured, room);
}

std::vector<std::vector<double>> ParticleFilters::State::lane_parameters(std::int64_t first) const {
    std::vector<std::vector<double>> by_lane(plan.parameters.size());
    for (std::size_t p = 0; p < by_lane.size(); ++p)
        for (std::int64_t lane = 0; !plan.parameters[p].empty() && lane < lanes; ++lane)
            by_lane[p].push_back(plan.parameters[p][static_cast<std::size_t>(std::min(first + lane, runs - 1) / plan.particles)]);
    return by_lane;
}

/// What a tick of a batch says of the record.
void ParticleFilters::State::take_tick(const Batch& batch, std::int64_t at, std::int64_t first, std::int64_t count) {
    const bool is_last = at == leg.end - 1;
    double* const total = leg.by_tick[static_cast<std::size_t>(at - leg.begin)].data() + first;
    for (std::size_t e = 0; e < model.conditioned.size(); ++e) {
        const ConditionedEvent& event = model.conditioned[e];
        for (const std::int64_t row : event.rows) {
            const auto asked = batch.lanes_of(event.asked, row);
            const auto chance = batch.lanes_of(event.chance, row);
            double* told = plan.tells ? leg.silence[e].data() + first : nullptr;
            if (is_last)
                for (Firing& firing : leg.firings)
                    if (firing.event == e && firing.row == row) told = firing.log_chance.data() + first;
            for (std::int64_t lane = 0; lane < count; ++lane) {
                const auto l = static_cast<std::size_t>(lane);
                double log_chance = chance[l];
                if (event.is_count && asked[l] > 1) log_chance -= log_factorial(asked[l]);
                if (std::isnan(log_chance)) log_chance = impossible;
                total[lane] += log_chance;
                if (told) told[lane] += log_chance;
            }
        }
    }
    if (!is_last) return;
    const auto take = [&](std::vector<double>& to, ColumnId column, std::int64_t row) { std::copy_n(batch.lanes_of(column, row).begin(), count, to.begin() + first); };
    for (std::size_t n = 0; n < weighed.size(); ++n) {
        const NumberOnRecord& number = numbers[weighed[n]];
        if (model.measures[number.measure].form == CompiledMeasure::Form::series) take(leg.at_number[n], model.measures[number.measure].value, number.row);
    }
    std::size_t series = 0;
    for (const CompiledMeasure& one : model.measures)
        if (plan.tells && is_series_of_world(one)) take(leg.measured[series++], one.value, 0);
}

/// Makes one tile's runs. False where they were abandoned.
bool ParticleFilters::State::run_tile(Worker& worker, std::int64_t tile, Snapshot& next, std::vector<std::uint64_t>& hashes, std::vector<RunFailure>& failed,
                                      std::vector<LaneFailure>& lanes_failed) {
    const std::int64_t first = tile * lanes;
    const std::int64_t count = std::min<std::int64_t>(lanes, runs - first);
    Recorder recorder(model, kernels, results, hashes, plan.log_events);
    const auto parameters = lane_parameters(first);
    const std::function<void(const Batch&, std::int64_t)> take = [&](const Batch& batch, std::int64_t at) { take_tick(batch, at, first, count); };
    Stretch stretch{.into = &next, .abandon = plan.abandon ? &plan.abandon : nullptr, .after_tick = &take, .work = plan.work};
    if (tick == 0) {
        worker.batch.begin(plan.seed, first, parameters);
    } else {
        stretch.from = &now;
        stretch.parameters = &parameters;
    }
    if (!recorder.run(worker.batch, first, count, stretch)) return false;
    for (const LoggedEvent& event : recorder.log()) event_logs[static_cast<std::size_t>(event.run)].push_back(event);
    failed.insert(failed.end(), recorder.failures().begin(), recorder.failures().end());
    for (LaneFailure failure : worker.batch.failures()) {
        if (failure.lane >= count) continue;
        failure.lane += static_cast<int>(first);
        lanes_failed.push_back(std::move(failure));
    }
    return true;
}

/// A snapshot at the beginning of a tick, in the memory of the one before the last.
Snapshot ParticleFilters::State::laid_out(std::int64_t at) {
    Snapshot next = std::move(spare);
    next.tick = at;
    next.seed = plan.seed;
    next.runs = runs;
    next.failures.clear();
    std::vector<SnapshotBlock> blocks = blocks_of(model, at, runs, 0);
    for (SnapshotBlock& block : blocks) {
        if (block.name.starts_with("years ")) continue;  // what years gave stays in the results until the end
        if (const auto there = std::ranges::find(next.blocks, block.name, &SnapshotBlock::name); there != next.blocks.end()) block.values = std::move(there->values);
        block.values.resize(static_cast<std::size_t>(block.runs * block.each));
    }
    next.blocks = std::move(blocks);
    next.hashes.resize(static_cast<std::size_t>(runs));
    return next;
}

/// All runs to the end of the leg.
bool ParticleFilters::State::run_leg() {
    Snapshot next = laid_out(leg.end);
    std::vector<std::uint64_t> hashes(static_cast<std::size_t>(runs));
    const std::int64_t tiles = (runs + lanes - 1) / lanes;
    const std::int64_t work = runs * (leg.end - leg.begin) * std::max<std::int64_t>(model.bytes_of_a_tick, 1);
    const int parts = work < worth_threads ? 1 : static_cast<int>(std::min<std::int64_t>(threads, tiles));
    std::vector<std::vector<RunFailure>> failed(static_cast<std::size_t>(parts));
    std::vector<std::vector<LaneFailure>> lanes_failed(static_cast<std::size_t>(parts));
    std::atomic<std::int64_t> next_tile = 0;
    std::atomic<bool> stopped = false;
    const auto take_part = [&](int part) {
        const auto p = static_cast<std::size_t>(part);
        if (!workers[p]) workers[p] = std::make_unique<Worker>(model, lanes, kernels);
        while (!stopped) {
            const std::int64_t tile = next_tile++;
            if (tile >= tiles) break;
            if (!run_tile(*workers[p], tile, next, hashes, failed[p], lanes_failed[p])) stopped = true;
        }
    };
    std::optional<tbb::global_control> more_than_cores;
    if (parts > thread_count(0)) more_than_cores.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(parts));
    if (parts == 1)
        take_part(0);
    else
        tbb::task_arena(parts).execute([&] { tbb::parallel_for(0, parts, take_part); });
    if (stopped) return false;
    for (const auto& some : lanes_failed) next.failures.insert(next.failures.end(), some.begin(), some.end());
    std::ranges::sort(next.failures, {}, &LaneFailure::lane);
    std::map<std::int64_t, RunFailure> new_ones;
    for (const auto& some : failed)
        for (const RunFailure& failure : some)
            if (log_weights[static_cast<std::size_t>(failure.run)] > impossible) new_ones.emplace(failure.run, failure);
    for (const auto& [run, failure] : new_ones) {
        failures.push_back(failure);
        log_weights[static_cast<std::size_t>(run)] = impossible;
    }
    spare = std::exchange(now, std::move(next));
    tick = leg.end;
    take_year();
    return true;
}

/// Numbers by year that are weighed now.
void ParticleFilters::State::take_year() {
    for (std::size_t n = 0; n < weighed.size(); ++n) {
        const NumberOnRecord& number = numbers[weighed[n]];
        if (model.measures[number.measure].form != CompiledMeasure::Form::yearly) continue;
        const auto years = std::ssize(results.years);
        const std::int64_t width = model.rows_of(model.measures[number.measure].value);
        const auto year = std::ranges::find(results.years, model.calendar.year(number.tick)) - results.years.begin();
        for (std::int64_t run = 0; run < runs; ++run)
            leg.at_number[n][static_cast<std::size_t>(run)] = results.yearly[number.measure][static_cast<std::size_t>((run * years + year) * width + number.row)];
    }
}

}  // namespace entente
