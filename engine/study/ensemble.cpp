#include <entente/study/ensemble.hpp>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cassert>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <entente/base/draws.hpp>
#include <entente/base/hash.hpp>
#include <entente/base/problem.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/study/recorder.hpp>
#include <entente/study/tiles.hpp>

namespace entente {
namespace {

void check_numbers(const RunPlan& plan) {
    if (plan.runs < 1) throw Error(fmt::format("cannot make {} runs", plan.runs), "ask for at least 1");
    if (plan.first_run < 0 || plan.first_run > most_runs - plan.runs)
        throw Error(fmt::format("runs are numbered 0 to {}", most_runs - 1), "use another seed for more");
    const auto lanes = static_cast<unsigned>(std::max(plan.lanes, 0));
    if (plan.lanes != 0 && plan.lanes != 1 && (plan.lanes < vector_size || !std::has_single_bit(lanes)))
        throw Error(fmt::format("a batch cannot have {} lanes", plan.lanes), fmt::format("lanes are 1 or a power of two from {}", vector_size));
}

/// Of how many of the plan's runs the snapshot has the series so far.
std::int64_t series_in(const Snapshot& from, const RunPlan& plan) {
    return std::clamp<std::int64_t>(from.series_runs - (plan.first_run - from.first_run), 0, plan.runs);
}

/// That the snapshot holds what is asked for.
void check_origin(const Model& model, const Snapshot& from, const RunPlan& plan) {
    if (!is_of(from, model))
        throw Error("the snapshot holds other fields, measures or events than the scenario",
                    "continue with the scenario that it was taken of");
    if (plan.seed != from.seed)
        throw Error(fmt::format("the snapshot's runs draw from seed {}, not {}", from.seed, plan.seed),
                    "drop --seed: another seed needs runs from the start");
    if (plan.first_run < from.first_run || plan.first_run + plan.runs > from.first_run + from.runs)
        throw Error(fmt::format("the snapshot holds runs {} to {}, not {} to {}", from.first_run, from.first_run + from.runs - 1,
                                plan.first_run, plan.first_run + plan.runs - 1),
                    "ask for some of those; others need runs from the start");
    if (std::min(plan.series_runs, plan.runs) > series_in(from, plan))
        throw Error(fmt::format("of {} of these runs the snapshot holds the series so far, not of {}", series_in(from, plan),
                                std::min(plan.series_runs, plan.runs)),
                    "ask for no more with --series, or take the snapshot again with as many");
    if (plan.log_events && !plan.logs_from_here && !from.logs_events)
        throw Error("the snapshot holds no events of its past", "drop --events, or take the snapshot again with --events");
}

void check_stop(const Model& model, const RunPlan& plan) {
    const std::int64_t last = model.calendar.ticks() - 1;
    if (plan.until > last)
        throw Error(fmt::format("the runs end before tick {}", plan.until), fmt::format("stop at one from 0 to {}", last));
    if (plan.from && plan.until <= plan.from->tick)
        throw Error(fmt::format("the snapshot is at {} already", model.calendar.label(plan.from->tick)), "stop later than that");
}

/// One thread's batch and recorder.
struct Worker {
    Worker(const Model& model, int lanes, const Kernels& kernels, int threads, Results& results, std::vector<std::uint64_t>& hashes, bool log_events)
        : batch(model, lanes, kernels, threads), recorder(model, kernels, results, hashes, log_events) {}
    Batch batch;
    Recorder recorder;
};

/// By parameter a value a lane, of those that differ from run to run.
std::vector<std::vector<double>> lane_values(const Model& model, const RunPlan& plan, std::int64_t first_run, int lanes) {
    if (!plan.points) return {};
    std::vector<std::vector<double>> values(model.parameter_names.size());
    for (const ParameterId id : plan.points->varied()) values[static_cast<std::size_t>(id.value)].resize(static_cast<std::size_t>(lanes));
    for (int lane = 0; lane < lanes; ++lane) {
        const auto point = plan.points->points().row(plan.points->point_of(plan.seed, first_run + lane));
        for (std::size_t k = 0; k < point.size(); ++k) values[static_cast<std::size_t>(plan.points->varied()[k].value)][static_cast<std::size_t>(lane)] = point[k];
    }
    return values;
}

/// Keeps the first `runs` runs only.
void cut(Results& results, std::int64_t runs) {
    results.runs = runs;
    const std::int64_t series_runs = std::min(results.series_runs, runs);
    for (std::size_t m = 0; m < results.measures.size(); ++m) {
        const std::size_t rows = results.measures[m].width();
        results.final_values[m].resize(static_cast<std::size_t>(runs) * rows);
        if (results.series_runs > 0)
            results.series[m].resize(results.series[m].size() / static_cast<std::size_t>(results.series_runs) *
                                     static_cast<std::size_t>(series_runs));
        if (!results.yearly[m].empty()) results.yearly[m].resize(static_cast<std::size_t>(runs) * results.years.size() * rows);
    }
    results.series_runs = series_runs;
    const std::int64_t relation_runs = std::min(results.relation_runs, runs);
    for (UnfilledDoubles& values : results.relations)
        values.resize(values.size() / static_cast<std::size_t>(results.relation_runs) * static_cast<std::size_t>(relation_runs));
    results.relation_runs = relation_runs;
    if (results.year_count_runs > runs) {
        results.events_in_runs.resize(results.events_in_runs.size() / static_cast<std::size_t>(results.year_count_runs) * static_cast<std::size_t>(runs));
        results.year_count_runs = runs;
    }
    for (KeptCourses& kept : results.spatial) {
        kept.runs = std::min(kept.runs, runs);
        kept.values.resize(static_cast<std::size_t>(kept.runs * std::ssize(kept.moments) * kept.rows));
    }
}

/// Notes why runs of a batch failed by their numbers in the snapshot.
void note_failures(Snapshot& into, const Batch& batch, std::int64_t first, std::int64_t runs) {
    for (LaneFailure failure : batch.failures()) {
        if (failure.lane >= runs) continue;
        failure.lane += static_cast<int>(first);
        into.failures.push_back(std::move(failure));
    }
}

/// Firings by event, then by event, row and span of years.
void add_counts(Results& results, const std::vector<double>& counts) {
    const auto add = [](double total, double more) { return total + more; };
    const auto by_year = counts.begin() + std::ssize(results.event_totals);
    std::transform(results.event_totals.begin(), results.event_totals.end(), counts.begin(), results.event_totals.begin(), add);
    std::transform(results.events_by_year.begin(), results.events_by_year.end(), by_year, results.events_by_year.begin(), add);
}

std::string digest_of(const std::vector<std::uint64_t>& hashes, std::int64_t runs) {
    Digest digest;
    for (std::int64_t run = 0; run < runs; ++run) digest.add(hashes[static_cast<std::size_t>(run)]);
    return digest.hex();
}

}  // namespace

void check_plan(const Model& model, const RunPlan& plan) {
    check_numbers(plan);
    if (plan.from) check_origin(model, *plan.from, plan);
    if (plan.until >= 0) check_stop(model, plan);
}

RunLayout layout_of(const Model& model, const RunPlan& plan) {
    RunLayout layout{.threads = thread_count(plan.threads)};
    layout.lanes = plan.lanes > 0 ? plan.lanes : suitable_lanes(model, (plan.runs + layout.threads - 1) / layout.threads);
    layout.batches = (plan.runs + layout.lanes - 1) / layout.lanes;
    layout.rows_shared = layout.batches < layout.threads && layout.lanes == 1 && model.bytes_per_lane() >= large_world;
    return layout;
}

std::int64_t ticks_of(const Model& model, const RunPlan& plan) {
    return (plan.until >= 0 ? plan.until : model.calendar.ticks()) - (plan.from ? plan.from->tick : 0);
}

std::int64_t series_runs_of(const Model& model, const RunPlan& plan) {
    if (plan.from && plan.series_runs < 0) return series_in(*plan.from, plan);
    if (plan.series_runs >= 0) return std::min(plan.series_runs, plan.runs);
    const std::int64_t each = series_bytes_per_run(model, plan.series_rows);
    return each == 0 ? plan.runs : std::clamp<std::int64_t>(series_memory / each, 1, plan.runs);
}

double snapshot_bytes(const Model& model, const RunPlan& plan) {
    if (plan.until < 0) return 0;
    const double hashes = static_cast<double>(plan.runs) * sizeof(std::uint64_t);
    return hashes + bytes_of(blocks_of(model, plan.until, plan.runs, series_runs_of(model, plan)));
}

Results run_ensemble(const Model& model, const RunPlan& plan, const ProgressCall& progress, Snapshot* into) {
    check_plan(model, plan);
    assert((plan.until >= 0) == (into != nullptr));
    assert(plan.series_rows.empty() || (plan.from == nullptr && into == nullptr));
    const auto began = std::chrono::steady_clock::now();
    const auto seconds = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count(); };
    const Kernels& kernels = choose_kernels(plan.instruction_set);
    const auto [threads, lanes, batches, rows_shared] = layout_of(model, plan);
    std::optional<tbb::global_control> more_than_cores;  // else oneTBB makes no more threads than that
    if (threads > thread_count(0)) more_than_cores.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    Results results = empty_results(model, plan.runs, series_runs_of(model, plan), plan.series_rows);
    if (plan.until >= 0)
        for (UnfilledDoubles& values : results.series) std::ranges::fill(values, Results::missing);  // what comes later
    if (plan.relations) {
        make_room_for_relations(model, results, plan.from ? plan.from->tick : 0);
        make_room_for_spatial(model, results, plan.from ? plan.from->tick : 0);
    }
    results.first_run = plan.first_run;
    results.seed = plan.seed;
    results.is_branch = plan.from != nullptr;
    results.threads = threads;
    results.lanes = lanes;
    results.instruction_set = std::string(kernels.name);
    if (plan.from) put_results(*plan.from, model, results, plan.first_run - plan.from->first_run);
    if (into) *into = empty_snapshot(model, results, plan.until, plan.log_events);

    const int outer_threads = rows_shared ? 1 : static_cast<int>(std::min<std::int64_t>(threads, std::max<std::int64_t>(batches, 1)));
    std::vector<std::uint64_t> hashes(static_cast<std::size_t>(plan.runs));
    std::vector<std::unique_ptr<Worker>> workers(static_cast<std::size_t>(outer_threads));
    std::mutex telling;
    std::atomic<bool> stopped = false;
    ProgressTeller teller(progress, plan.runs, ticks_of(model, plan));
    std::int64_t runs_done = 0;
    std::int64_t failed = 0;
    // Events are counted batch after batch, up to the first that was abandoned.
    std::map<std::int64_t, std::vector<double>> ahead;
    std::int64_t whole = 0;
    const auto finish = [&](std::int64_t number, std::vector<double> events, const std::vector<double>& before) {
        for (std::size_t e = 0; e < events.size(); ++e) events[e] -= before[e];
        ahead.emplace(number, std::move(events));
        for (auto next = ahead.begin(); next != ahead.end() && next->first == whole; next = ahead.erase(next), ++whole)
            add_counts(results, next->second);
    };
    const auto one_batch = [&](std::unique_ptr<Worker>& own, std::int64_t number) {
        if (!own) own = std::make_unique<Worker>(model, lanes, kernels, rows_shared ? threads : 1, results, hashes, plan.log_events);
        Worker& worker = *own;
        const std::int64_t first = number * lanes;
        const std::int64_t runs = std::min<std::int64_t>(lanes, plan.runs - first);
        const std::size_t failures_before = worker.recorder.failures().size();
        const std::vector<double> events_before = worker.recorder.event_counts();
        if (!plan.from) worker.batch.begin(plan.seed, plan.first_run + first, lane_values(model, plan, plan.first_run + first, lanes));
        const bool finished = worker.recorder.run(worker.batch, first, runs, {.from = plan.from, .into = into, .abandon = &plan.abandon, .work = teller.work()});
        const std::lock_guard lock(telling);
        if (!finished) {
            stopped = true;
            return;
        }
        finish(number, worker.recorder.event_counts(), events_before);
        if (into) note_failures(*into, worker.batch, first, runs);
        runs_done += runs;
        failed += static_cast<std::int64_t>(worker.recorder.failures().size() - failures_before);
        if (!teller.tell(runs_done, failed)) stopped = true;
        if (plan.fail_fast && failed > 0) stopped = true;
    };
    // Batches are handed out in order and each that was begun is ended, so that a stop leaves no gap.
    std::atomic<std::int64_t> next = 0;
    const auto take_part = [&](int part) {
        while (!stopped && !teller.is_stopped()) {
            const std::int64_t number = next++;
            if (number >= batches) break;
            one_batch(workers[static_cast<std::size_t>(part)], number);
        }
    };
    if (outer_threads == 1)
        take_part(0);  // without waiting for threads to be made
    else
        tbb::task_arena(outer_threads).execute([&] { tbb::parallel_for(0, outer_threads, take_part); });
    teller.end();

    for (const auto& worker : workers) {
        if (!worker) continue;
        Recorder& recorder = worker->recorder;
        results.failures.insert(results.failures.end(), recorder.failures().begin(), recorder.failures().end());
        results.log.insert(results.log.end(), recorder.log().begin(), recorder.log().end());
    }
    if (whole < batches) {
        const std::int64_t beyond = plan.first_run + whole * lanes;
        std::erase_if(results.failures, [&](const RunFailure& failure) { return failure.run >= beyond; });
        std::erase_if(results.log, [&](const LoggedEvent& event) { return event.run >= beyond; });
    }
    std::sort(results.failures.begin(), results.failures.end(), [](const auto& a, const auto& b) { return a.run < b.run; });
    std::stable_sort(results.log.begin(), results.log.end(), [](const LoggedEvent& a, const LoggedEvent& b) {
        return std::tie(a.run, a.tick, a.event, a.row) < std::tie(b.run, b.tick, b.event, b.row);
    });
    if (into) {
        std::ranges::sort(into->failures, {}, &LaneFailure::lane);
        take_results(*into, model, results);
    }
    if (whole < batches) cut(results, whole * lanes);
    results.digest = digest_of(hashes, results.runs);
    results.row_updates = model.row_updates_per_tick() * ticks_of(model, plan) * results.runs;
    results.seconds = seconds();
    return results;
}

}  // namespace entente
