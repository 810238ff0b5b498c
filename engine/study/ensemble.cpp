#include <entente/study/ensemble.hpp>

#include <algorithm>
#include <atomic>
#include <bit>
#include <chrono>
#include <mutex>
#include <optional>

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
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

void check_plan(const RunPlan& plan) {
    if (plan.runs < 1) throw Error(fmt::format("{} runs can't be made", plan.runs), "ask for at least 1");
    if (plan.first_run < 0 || plan.first_run + plan.runs > most_runs)
        throw Error(fmt::format("runs are numbered 0 to {}", most_runs - 1), "take another seed for more");
    const auto lanes = static_cast<unsigned>(std::max(plan.lanes, 0));
    if (plan.lanes != 0 && plan.lanes != 1 && (plan.lanes < vector_size || !std::has_single_bit(lanes)))
        throw Error(fmt::format("{} lanes can't be had", plan.lanes), fmt::format("lanes are 1 or a power of two from {}", vector_size));
}

std::int64_t series_that_fit(const Model& model, const RunPlan& plan) {
    if (plan.series_runs >= 0) return std::min(plan.series_runs, plan.runs);
    const std::int64_t each = series_bytes_per_run(model);
    return each == 0 ? plan.runs : std::clamp<std::int64_t>(series_memory / each, 1, plan.runs);
}

/// One thread's batch and recorder.
struct Worker {
    Worker(const Model& model, int lanes, const Kernels& kernels, int threads, Results& results, std::vector<std::uint64_t>& hashes, bool log_events)
        : batch(model, lanes, kernels, threads), recorder(model, kernels, results, hashes, log_events) {}
    Batch batch;
    Recorder recorder;
};

/// Keeps the first `runs` runs only.
void cut(Results& results, std::int64_t runs) {
    results.runs = runs;
    const std::int64_t series_runs = std::min(results.series_runs, runs);
    for (std::size_t m = 0; m < results.measures.size(); ++m) {
        if (!results.final_values[m].empty()) results.final_values[m].resize(static_cast<std::size_t>(runs));
        if (results.series_runs > 0)
            results.series[m].resize(results.series[m].size() / static_cast<std::size_t>(results.series_runs) *
                                     static_cast<std::size_t>(series_runs));
        if (!results.yearly[m].empty()) results.yearly[m].resize(static_cast<std::size_t>(runs) * results.years.size());
    }
    results.series_runs = series_runs;
}

std::string digest_of(const std::vector<std::uint64_t>& hashes, std::int64_t runs) {
    Digest digest;
    for (std::int64_t run = 0; run < runs; ++run) digest.add(hashes[static_cast<std::size_t>(run)]);
    return digest.hex();
}

}  // namespace

Results run_ensemble(const Model& model, const RunPlan& plan, const ProgressCall& progress) {
    check_plan(plan);
    const auto began = std::chrono::steady_clock::now();
    const auto seconds = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count(); };
    const Kernels& kernels = choose_kernels(plan.instruction_set);
    const int threads = thread_count(plan.threads);
    std::optional<tbb::global_control> more_than_cores;  // else oneTBB makes no more threads than that
    if (threads > thread_count(0)) more_than_cores.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
    const int lanes = plan.lanes > 0 ? plan.lanes : suitable_lanes(model, (plan.runs + threads - 1) / threads);
    Results results = empty_results(model, plan.runs, series_that_fit(model, plan));
    results.first_run = plan.first_run;
    results.seed = plan.seed;
    results.threads = threads;
    results.lanes = lanes;
    results.instruction_set = std::string(kernels.name);

    const std::int64_t batches = (plan.runs + lanes - 1) / lanes;
    // Few runs of a large world: one after the other, and the threads share out its rows.
    const bool rows_shared = batches < threads && lanes == 1 && model.bytes_per_lane() >= large_world;
    const int outer_threads = rows_shared ? 1 : threads;
    std::vector<std::uint64_t> hashes(static_cast<std::size_t>(plan.runs));
    tbb::enumerable_thread_specific<Worker> workers([&] { return Worker(model, lanes, kernels, rows_shared ? threads : 1, results, hashes, plan.log_events); });
    std::mutex telling;
    std::atomic<bool> stopped = false;
    Progress so_far{0, plan.runs, 0, 0};
    const auto one_batch = [&](std::int64_t number) {
        Worker& worker = workers.local();
        const std::int64_t first = number * lanes;
        const std::int64_t runs = std::min<std::int64_t>(lanes, plan.runs - first);
        const std::size_t failures_before = worker.recorder.failures().size();
        worker.batch.begin(plan.seed, plan.first_run + first);
        worker.recorder.run(worker.batch, first, runs);
        const std::lock_guard lock(telling);
        so_far.runs_done += runs;
        so_far.failures += static_cast<std::int64_t>(worker.recorder.failures().size() - failures_before);
        so_far.seconds = seconds();
        if (progress && !progress(so_far)) stopped = true;
        if (plan.fail_fast && so_far.failures > 0) stopped = true;
    };
    // Batches are handed out in order and each that was begun is ended, so that a stop leaves no gap.
    std::atomic<std::int64_t> next = 0;
    tbb::task_arena(outer_threads).execute([&] {
        tbb::parallel_for(0, outer_threads, [&](int) {
            while (!stopped) {
                const std::int64_t number = next++;
                if (number >= batches) break;
                one_batch(number);
            }
        });
    });

    for (Worker& worker : workers) {
        results.failures.insert(results.failures.end(), worker.recorder.failures().begin(), worker.recorder.failures().end());
        results.log.insert(results.log.end(), worker.recorder.log().begin(), worker.recorder.log().end());
        for (std::size_t e = 0; e < results.event_totals.size(); ++e) results.event_totals[e] += worker.recorder.event_totals()[e];
    }
    std::sort(results.failures.begin(), results.failures.end(), [](const auto& a, const auto& b) { return a.run < b.run; });
    std::stable_sort(results.log.begin(), results.log.end(), [](const LoggedEvent& a, const LoggedEvent& b) {
        return std::tie(a.run, a.tick, a.event, a.row) < std::tie(b.run, b.tick, b.event, b.row);
    });
    if (next < batches) cut(results, next * lanes);
    results.digest = digest_of(hashes, results.runs);
    results.row_updates = model.row_updates_per_tick() * model.calendar.ticks() * results.runs;
    results.seconds = seconds();
    return results;
}

}  // namespace entente
