#include <entente/inference/filter.hpp>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <entente/base/elementary.hpp>
#include <entente/base/hash.hpp>
#include <entente/base/problem.hpp>
#include <entente/base/statistics.hpp>
#include <entente/inference/particles.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/study/ensemble.hpp>
#include <entente/study/keyed_draws.hpp>
#include <entente/study/recorder.hpp>
#include <entente/study/tiles.hpp>

namespace entente {
namespace {

constexpr double impossible = -std::numeric_limits<double>::infinity();
constexpr std::int64_t most_ticks_between = 8;  ///< moments
constexpr double redraw_below = 0.5;            ///< of the runs
constexpr std::int64_t runs_for_quantiles = 4000;
constexpr std::int64_t worth_threads = 1 << 22;            ///< bytes of state that a leg goes through, from which on threads are worth waking
constexpr std::int64_t worth_weighing_together = 1 << 16;  ///< likewise weights

bool is_series_of_world(const CompiledMeasure& measure) {
    return measure.form == CompiledMeasure::Form::series && !measure.is_by_row();
}

double log_factorial(double n) {
    return elementary().lgamma(n + 1);
}

/// Of the record y, where a run has x.
double log_density(const NumberOnRecord& number, double seen, double x) {
    const auto log = elementary().log;
    if (std::isnan(x)) return impossible;
    const double y = number.value;
    if (number.sd > 0) {
        const double z = (y - seen * x) / number.sd;
        return -z * z / 2 - log(number.sd) - 0.5 * log(2 * std::numbers::pi);
    }
    if (y > x || y < 0 || x < 0) return impossible;
    const double chosen = log_factorial(x) - log_factorial(y) - log_factorial(x - y);
    if (seen >= 1) return y == x ? 0 : impossible;
    return chosen + (y > 0 ? y * log(seen) : 0) + (x > y ? (x - y) * elementary().log1p(-seen) : 0);
}

template <class T>
void permute(std::vector<T>& values, std::vector<T>& spare, std::span<const std::int64_t> from) {
    if (values.empty()) return;
    const std::size_t each = values.size() / from.size();
    spare.resize(values.size());
    for (std::size_t run = 0; run < from.size(); ++run)
        std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(from[run]) * each), each, spare.begin() + static_cast<std::ptrdiff_t>(run * each));
    values.swap(spare);
}

}  // namespace

/// The runs of all filters, those of one after the other: run f * particles + i.
struct ParticleFilters::State {
    State(const Model& of, std::vector<NumberOnRecord> on_record, FilterPlan asked);

    // -- what does not change
    const Model& model;
    std::vector<NumberOnRecord> numbers;
    FilterPlan plan;
    const Kernels& kernels;
    std::int64_t runs;
    int threads;
    int lanes;
    std::vector<std::int64_t> ends;  ///< beginnings of ticks at which to stop

    // -- where the runs stand
    std::int64_t tick = 0;
    std::size_t next_end = 0;
    Snapshot now;
    Snapshot spare;  ///< the one before
    Results results;  ///< values by year
    std::vector<double> log_weights;            ///< by run
    std::vector<std::int64_t> first_ancestors;  ///< by run, of its filter
    std::vector<std::int64_t> redraws;          ///< by filter, as all that follows
    std::vector<double> log_likelihoods;
    std::vector<std::vector<FilterMoment>> moments;
    std::vector<ChanceOfRecord> chances;
    std::vector<std::vector<FilteredValue>> values;
    std::vector<RunFailure> failures;

    // -- a leg from one moment to the next
    struct Firing {
        std::size_t event;
        std::int64_t row;
        std::vector<double> log_chance;  ///< by run
    };
    struct Leg {
        std::int64_t begin = 0;
        std::int64_t end = 0;
        std::vector<std::vector<double>> by_tick;    ///< [tick of the leg][run]: log chance of all events
        std::vector<std::vector<double>> silence;    ///< [conditioned event][run]: of what did not happen
        std::vector<Firing> firings;                 ///< in its last tick
        std::vector<std::vector<double>> at_number;  ///< [number weighed at its end][run]: what the run has
        std::vector<std::vector<double>> measured;   ///< [series measure of the world][run]
    } leg;
    std::vector<std::size_t> weighed;  ///< numbers at the leg's end
    struct Worker {
        Worker(const Model& model, int lanes, const Kernels& kernels) : batch(model, lanes, kernels) {}
        Batch batch;
    };
    std::vector<std::unique_ptr<Worker>> workers;
    std::vector<double> spare_doubles;
    std::vector<std::uint64_t> spare_hashes;

    void lay_out_leg();
    Snapshot laid_out(std::int64_t at);
    bool run_leg();
    bool run_tile(Worker& worker, std::int64_t tile, Snapshot& next, std::vector<std::uint64_t>& hashes, std::vector<RunFailure>& failed,
                  std::vector<LaneFailure>& lanes_failed);
    void take_tick(const Batch& batch, std::int64_t at, std::int64_t first, std::int64_t count);
    void take_year();
    void weigh();
    void weigh(std::int64_t filter);
    void measure();
    void redraw(std::int64_t filter);
    void reorder(std::span<const std::int64_t> from);
    [[nodiscard]] std::vector<std::vector<double>> lane_parameters(std::int64_t first) const;
    [[nodiscard]] std::span<double> weights_of(std::int64_t filter) {
        return std::span(log_weights).subspan(static_cast<std::size_t>(filter * plan.particles), static_cast<std::size_t>(plan.particles));
    }
    [[nodiscard]] std::span<const double> part(const std::vector<double>& by_run, std::int64_t filter) const {
        return std::span(by_run).subspan(static_cast<std::size_t>(filter * plan.particles), static_cast<std::size_t>(plan.particles));
    }
    [[nodiscard]] double uniform(std::int64_t filter, std::uint64_t what) const {
        KeyedDraws draws(mix(plan.seed, mix(static_cast<std::uint64_t>(tick), static_cast<std::uint64_t>(filter))), what);
        return unit_uniform(draws.bits());
    }
};

namespace {

void check(const Model& model, const FilterPlan& plan) {
    if (plan.particles < 2) throw Error(fmt::format("a filter cannot have {} particles", plan.particles), "ask for at least 2");
    if (plan.filters < 1) throw Error("there is no filter", "ask for at least 1");
    if (plan.particles * plan.filters > most_runs)
        throw Error(fmt::format("runs are numbered 0 to {}", most_runs - 1), "ask for fewer particles");
    if (plan.until < 1 || plan.until > model.calendar.ticks())
        throw Error(fmt::format("a filter cannot stop before tick {}", plan.until), fmt::format("stop after tick 1 to {}", model.calendar.ticks()));
}

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
    Recorder recorder(model, kernels, results, hashes, false);
    const auto parameters = lane_parameters(first);
    const std::function<void(const Batch&, std::int64_t)> take = [&](const Batch& batch, std::int64_t at) { take_tick(batch, at, first, count); };
    Stretch stretch{.into = &next, .abandon = plan.abandon ? &plan.abandon : nullptr, .after_tick = &take};
    if (tick == 0) {
        worker.batch.begin(plan.seed, first, parameters);
    } else {
        stretch.from = &now;
        stretch.parameters = &parameters;
    }
    if (!recorder.run(worker.batch, first, count, stretch)) return false;
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

void ParticleFilters::State::weigh() {
    const auto one = [&](std::int64_t filter) { weigh(filter); };
    if (plan.filters == 1 || threads == 1 || runs * std::ssize(leg.by_tick) < worth_weighing_together)
        for (std::int64_t filter = 0; filter < plan.filters; ++filter) one(filter);
    else
        tbb::task_arena(threads).execute([&] { tbb::parallel_for(std::int64_t{0}, plan.filters, one); });
}

void ParticleFilters::State::weigh(std::int64_t filter) {
    const auto f = static_cast<std::size_t>(filter);
    const auto weights = weights_of(filter);
    double before = log_sum_exp(weights);
    const bool tells = plan.tells && filter == 0;
    const std::vector<double> at_begin = tells ? std::vector<double>(weights.begin(), weights.end()) : std::vector<double>{};
    std::vector<double> before_last;
    const auto add = [&](std::span<const double> logs) {
        for (std::size_t i = 0; i < weights.size(); ++i) weights[i] += logs[i];
        if (std::isinf(before)) return;
        const double after = log_sum_exp(weights);
        log_likelihoods[f] += after - before;
        before = after;
    };
    for (std::size_t t = 0; t < leg.by_tick.size(); ++t) {
        if (tells && t + 1 == leg.by_tick.size()) before_last.assign(weights.begin(), weights.end());
        add(part(leg.by_tick[t], filter));
    }
    if (tells) {
        const auto given = [&](std::span<const double> logs, std::span<const double> by_weights) {
            std::vector<double> both(logs.begin(), logs.end());
            for (std::size_t i = 0; i < both.size(); ++i) both[i] += by_weights[i];
            return log_sum_exp(both) - log_sum_exp(by_weights);
        };
        for (std::size_t e = 0; e < leg.silence.size(); ++e)
            chances.push_back({ChanceOfRecord::What::silence, tick - 1, e, 0, leg.end - leg.begin, given(part(leg.silence[e], 0), at_begin)});
        for (const Firing& firing : leg.firings)
            chances.push_back({ChanceOfRecord::What::event, tick - 1, firing.event, firing.row, 1, given(part(firing.log_chance, 0), before_last)});
    }
    for (std::size_t n = 0; n < weighed.size(); ++n) {
        const NumberOnRecord& number = numbers[weighed[n]];
        const auto by = static_cast<std::size_t>(number.seen_by.value);
        const bool is_varied = number.seen_by.is_given() && by < plan.parameters.size() && !plan.parameters[by].empty();
        const double seen = is_varied ? plan.parameters[by][f] : number.seen;
        std::vector<double> logs;
        for (const double x : part(leg.at_number[n], filter)) logs.push_back(log_density(number, seen, x));
        const double earlier = log_likelihoods[f];
        add(logs);
        if (tells) chances.push_back({ChanceOfRecord::What::number, tick - 1, weighed[n], numbers[weighed[n]].row, 1, log_likelihoods[f] - earlier});
    }
    if (std::isinf(before)) log_likelihoods[f] = impossible;
    moments[f].push_back({tick - 1, log_likelihoods[f], effective_number(weights), false});
}

/// Measures of the first filter, by weight.
void ParticleFilters::State::measure() {
    if (!plan.tells || std::isinf(log_likelihoods[0])) return;
    const auto weights = weights_of(0);
    const double all = log_sum_exp(weights);
    std::vector<double> shares;
    for (const double w : weights) shares.push_back(elementary().exp(w - all));
    const std::vector<std::int64_t> drawn = systematic_resample(weights, uniform(0, purpose::resample));
    const std::vector<std::int64_t> some = thinned(std::ssize(drawn), runs_for_quantiles);
    const double levels[]{0.05, 0.25, 0.5, 0.75, 0.95};
    for (std::size_t m = 0; m < values.size(); ++m) {
        FilteredValue value;
        for (std::size_t i = 0; i < shares.size(); ++i)
            if (shares[i] > 0) value.mean += shares[i] * leg.measured[m][i];
        std::vector<double> sample;
        for (const std::int64_t i : some) sample.push_back(leg.measured[m][static_cast<std::size_t>(drawn[static_cast<std::size_t>(i)])]);
        const auto found = quantiles(sample, levels);
        value.low = found[0], value.lower = found[1], value.median = found[2], value.upper = found[3], value.high = found[4];
        values[m].push_back(value);
    }
}

/// Run r goes on as run from[r] stands.
void ParticleFilters::State::reorder(std::span<const std::int64_t> from) {
    for (SnapshotBlock& block : now.blocks) permute(block.values, spare_doubles, from);
    for (std::vector<double>& yearly : results.yearly) permute(yearly, spare_doubles, from);
    permute(now.hashes, spare_hashes, from);
    std::vector<std::int64_t> spare_ancestors;
    permute(first_ancestors, spare_ancestors, from);
    std::vector<LaneFailure> failed;
    for (std::size_t run = 0; run < from.size(); ++run) {
        const auto found = std::ranges::lower_bound(now.failures, static_cast<int>(from[run]), {}, &LaneFailure::lane);
        if (found == now.failures.end() || found->lane != from[run]) continue;
        failed.push_back(*found);
        failed.back().lane = static_cast<int>(run);
    }
    now.failures = std::move(failed);
}

bool ParticleFilters::advance() {
    State& s = *state_;
    assert(!is_over());
    s.lay_out_leg();
    if (!s.run_leg()) return false;
    s.weigh();
    s.measure();
    std::vector<std::int64_t> from(static_cast<std::size_t>(s.runs));
    bool any = false;
    for (std::int64_t f = 0; f < s.plan.filters; ++f) {
        const auto weights = s.weights_of(f);
        const std::int64_t first = f * s.plan.particles;
        const double effective = s.moments[static_cast<std::size_t>(f)].back().effective;
        const bool redraws = effective > 0 && effective < redraw_below * static_cast<double>(s.plan.particles);
        const auto ancestors = redraws ? systematic_resample(weights, s.uniform(f, purpose::redraw)) : std::vector<std::int64_t>{};
        for (std::int64_t i = 0; i < s.plan.particles; ++i)
            from[static_cast<std::size_t>(first + i)] = first + (redraws ? ancestors[static_cast<std::size_t>(i)] : i);
        if (!redraws) continue;
        any = true;
        std::ranges::fill(weights, 0.0);
        ++s.redraws[static_cast<std::size_t>(f)];
        s.moments[static_cast<std::size_t>(f)].back().redrawn = true;
    }
    if (any) s.reorder(from);
    ++s.next_end;
    return true;
}

ParticleFilters::ParticleFilters(const Model& model, std::vector<NumberOnRecord> numbers, FilterPlan plan) {
    check(model, plan);
    state_ = std::make_unique<State>(model, std::move(numbers), std::move(plan));
}
ParticleFilters::~ParticleFilters() = default;
ParticleFilters::ParticleFilters(ParticleFilters&&) noexcept = default;

std::int64_t ParticleFilters::tick() const {
    return state_->tick;
}
bool ParticleFilters::is_over() const {
    return state_->tick == state_->plan.until;
}
double ParticleFilters::log_likelihood(std::int64_t filter) const {
    return state_->log_likelihoods[static_cast<std::size_t>(filter)];
}
double ParticleFilters::standard_error(std::int64_t filter) const {
    if (std::isinf(log_likelihood(filter))) return nan;
    const auto first = static_cast<std::size_t>(filter * state_->plan.particles);
    const auto count = static_cast<std::size_t>(state_->plan.particles);
    return std::sqrt(relative_variance(state_->weights_of(filter), std::span(state_->first_ancestors).subspan(first, count), state_->redraws[static_cast<std::size_t>(filter)]));
}
const std::vector<FilterMoment>& ParticleFilters::moments(std::int64_t filter) const {
    return state_->moments[static_cast<std::size_t>(filter)];
}
const std::vector<ChanceOfRecord>& ParticleFilters::chances() const {
    return state_->chances;
}
const std::vector<std::vector<FilteredValue>>& ParticleFilters::values() const {
    return state_->values;
}
const std::vector<RunFailure>& ParticleFilters::failures() const {
    return state_->failures;
}
double ParticleFilters::parameter(std::size_t parameter, std::int64_t filter) const {
    const auto& given = state_->plan.parameters;
    return parameter < given.size() && !given[parameter].empty() ? given[parameter][static_cast<std::size_t>(filter)] : state_->model.parameter_values[parameter];
}

void ParticleFilters::redraw_filters(std::span<const std::int64_t> from) {
    State& s = *state_;
    assert(std::ssize(from) == s.plan.filters && s.tick > 0);
    std::vector<std::int64_t> runs;
    for (const std::int64_t filter : from)
        for (std::int64_t i = 0; i < s.plan.particles; ++i) runs.push_back(filter * s.plan.particles + i);
    std::vector<double> spare;
    std::vector<std::int64_t> numbers;
    permute(s.log_weights, spare, runs);
    s.reorder(runs);
    for (std::vector<double>& by_filter : s.plan.parameters) permute(by_filter, spare, from);
    permute(s.log_likelihoods, spare, from);
    permute(s.redraws, numbers, from);
    std::vector<std::vector<FilterMoment>> moments;
    for (const std::int64_t filter : from) moments.push_back(s.moments[static_cast<std::size_t>(filter)]);
    s.moments = std::move(moments);
}

void ParticleFilters::replace(std::int64_t filter, const ParticleFilters& other, std::int64_t its) {
    State& s = *state_;
    const State& o = *other.state_;
    assert(s.plan.particles == o.plan.particles && s.tick == o.tick && s.tick > 0);
    const std::int64_t n = s.plan.particles;
    const auto copy = [&](auto& to, const auto& from) {
        if (to.empty()) return;
        const auto each = std::ssize(to) / s.runs;
        std::copy_n(from.begin() + its * n * each, n * each, to.begin() + filter * n * each);
    };
    for (std::size_t b = 0; b < s.now.blocks.size(); ++b) copy(s.now.blocks[b].values, o.now.blocks[b].values);
    for (std::size_t m = 0; m < s.results.yearly.size(); ++m) copy(s.results.yearly[m], o.results.yearly[m]);
    copy(s.now.hashes, o.now.hashes);
    copy(s.log_weights, o.log_weights);
    copy(s.first_ancestors, o.first_ancestors);
    std::erase_if(s.now.failures, [&](const LaneFailure& failure) { return failure.lane / n == filter; });
    for (LaneFailure failure : o.now.failures) {
        if (failure.lane / n != its) continue;
        failure.lane += static_cast<int>((filter - its) * n);
        s.now.failures.push_back(std::move(failure));
    }
    std::ranges::sort(s.now.failures, {}, &LaneFailure::lane);
    const auto f = static_cast<std::size_t>(filter);
    const auto i = static_cast<std::size_t>(its);
    for (std::size_t p = 0; p < s.plan.parameters.size(); ++p)
        if (!s.plan.parameters[p].empty()) s.plan.parameters[p][f] = o.plan.parameters[p][i];
    s.log_likelihoods[f] = o.log_likelihoods[i];
    s.redraws[f] = o.redraws[i];
    s.moments[f] = o.moments[i];
}

Snapshot ParticleFilters::finish() {
    State& s = *state_;
    assert(is_over() && s.plan.filters == 1 && s.tick > 0);
    const auto weights = s.weights_of(0);
    if (std::isinf(s.log_likelihoods[0])) throw Error("no run is left that could have the record", "see which record had no chance");
    const bool are_equal = std::ranges::all_of(weights, [&](double w) { return w == weights.front(); });
    if (!are_equal) {
        s.reorder(systematic_resample(weights, s.uniform(0, purpose::redraw)));
        std::ranges::fill(weights, 0.0);
    }
    Snapshot whole = empty_snapshot(s.model, s.results, s.tick, false);
    for (std::size_t b = 0; b < whole.blocks.size(); ++b)
        if (!s.now.blocks[b].values.empty()) whole.blocks[b].values = s.now.blocks[b].values;
    whole.hashes = s.now.hashes;
    whole.failures = s.now.failures;
    take_results(whole, s.model, s.results);
    return whole;
}

std::string ParticleFilters::digest() const {
    const State& s = *state_;
    Digest digest;
    for (const std::uint64_t hash : s.now.hashes) digest.add(hash);
    for (const double log_likelihood : s.log_likelihoods) digest.add(log_likelihood);
    for (const double w : s.log_weights) digest.add(w);
    for (const auto& of_filter : s.moments)
        for (const FilterMoment& moment : of_filter) digest.add(moment.log_likelihood).add(moment.effective);
    for (const ChanceOfRecord& chance : s.chances) digest.add(chance.log_chance);
    for (const auto& measure : s.values)
        for (const FilteredValue& value : measure) digest.add(value.mean).add(value.low).add(value.median).add(value.high);
    return digest.hex();
}

}  // namespace entente
