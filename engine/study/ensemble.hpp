/// An ensemble: many runs of one model, in batches over threads. Run k's results depend on the scenario, the seed and k alone.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include <entente/model/model.hpp>
#include <entente/study/progress.hpp>
#include <entente/study/run_points.hpp>
#include <entente/study/run_results.hpp>
#include <entente/study/snapshot.hpp>

namespace entente {

struct RunPlan {
    std::int64_t runs = 1;
    std::uint64_t seed = 1;
    int threads = 0;                ///< 0: as many as the machine has
    int lanes = 0;                  ///< runs advanced in lockstep; 0: what suits the cache. 1 or a power of two from 8
    std::string instruction_set{};  ///< "": the best this processor has
    std::int64_t series_runs = -1;  ///< runs whose series are kept; -1: as many as fit in series_memory
    SeriesRows series_rows{};       ///< of which rows of each measure; empty: of all. Not with snapshots
    bool log_events = false;
    bool logs_from_here = false;  ///< with `from`: events that it does not hold are none of the log
    bool relations = false;      ///< keep what drawings of relations show, and count events by year
    bool fail_fast = false;      ///< stop at the first run that fails
    std::int64_t first_run = 0;  ///< to repeat a run alone: its number here, and 1 as runs
    std::int64_t until = -1;     ///< the tick at whose beginning to stop; -1: the calendar's end
    /// Where to go on from, all runs or some; null: from the start. It must hold what is asked for: the seed, the runs, their series
    /// (-1: those that it holds), their events.
    const Snapshot* from = nullptr;
    /// Values of parameters that differ from run to run; the model varies these. Null: those of the model. Not with `from`.
    const RunPoints* points = nullptr;
    /// Asked between ticks by any thread: true leaves the batches in hand unfinished. For who wants a stop at once, where a batch takes minutes.
    std::function<bool()> abandon{};
};

/// Bytes of series that are kept when nothing is said: 64 MB are written in a second, and give a fan its width.
inline constexpr std::int64_t series_memory = std::int64_t{1} << 26;

/// Results of all runs asked for or, when stopped, of the first ones: batches are handed out in order, and those in hand are ended; of
/// what was done when some were abandoned, the runs before the first of these are kept.
/// `progress` is told after every batch and ten times a second, by one call at a time, of whatever thread.
/// Throws Error as check_plan does. Runs that stop before the calendar's end leave results that are missing still, and their
/// state in `into`, which is whole when as many runs were made as asked for. A branch, which goes on from another past than the model's
/// own, needs a model compiled without known starts.
Results run_ensemble(const Model& model, const RunPlan& plan, const ProgressCall& progress = {}, Snapshot* into = nullptr);

/// How the plan's runs are laid out over lanes and threads.
struct RunLayout {
    int threads = 1;           ///< in all
    int lanes = 1;             ///< runs side by side in a batch
    std::int64_t batches = 1;
    bool rows_shared = false;  ///< few runs of a large world: batches go one after the other, and the threads share out their rows
};

RunLayout layout_of(const Model& model, const RunPlan& plan);

/// Throws Error for a plan that makes no sense, or asks of a snapshot what it does not hold.
void check_plan(const Model& model, const RunPlan& plan);

/// Ticks that each run of the plan goes through.
std::int64_t ticks_of(const Model& model, const RunPlan& plan);

/// Of how many of its runs the plan keeps series.
std::int64_t series_runs_of(const Model& model, const RunPlan& plan);

/// Bytes of the snapshot that the plan's runs leave; 0 where they go to the calendar's end.
double snapshot_bytes(const Model& model, const RunPlan& plan);

}  // namespace entente
