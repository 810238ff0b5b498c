/// The state of an ensemble's runs at the beginning of a tick, and what was recorded of them so far: all that it takes to go on.
///
/// Draws need nothing kept, for they are keyed by run and tick. From one tick to the next go the fields, the parameters that the timeline has
/// set, and what measures over time have accumulated; events are counted afresh on every tick, and whatever else a model has columns for is written before it is read.
/// Values are kept by name, so that they hang neither on how the model was compiled nor on lanes, threads and instruction set.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <entente/model/model.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/study/run_results.hpp>

namespace entente {

/// Values of one name, as many of each run: values[run * each + i].
struct SnapshotBlock {
    std::string name;  ///< `field relation.trust`, `events visit`, `series trust`
    std::int64_t runs = 0;
    std::int64_t each = 0;  ///< where it is by row and by moment or year, the rows of one of these after each other
    std::vector<double> values;
};

struct Snapshot {
    std::int64_t tick = 0;  ///< at whose beginning the runs stand, before its timeline
    std::uint64_t seed = 1;
    std::int64_t first_run = 0;  ///< the number of run 0 of the values
    std::int64_t runs = 0;
    std::int64_t series_runs = 0;  ///< whose series so far are kept: the first ones
    bool logs_events = false;
    /// As blocks_of lists them. Of failed runs the dates that came before, and what results hold of them; else 0.
    std::vector<SnapshotBlock> blocks;
    std::vector<std::uint64_t> hashes;  ///< by run: over all values shown so far; 0 of failed runs
    std::vector<LaneFailure> failures;  ///< by run, which `lane` counts here
    std::vector<LoggedEvent> log;       ///< by run, tick, step order, row
};

/// What a recorder knows of a batch's lanes while the runs are not over.
struct LaneRecord {
    std::vector<std::uint64_t> hashes;  ///< over all values shown so far
    std::vector<double> events;         ///< [event * lanes + lane]: firings so far
    /// [accumulator of a yearly measure, in their order][row * lanes + lane]: over the years that are over.
    std::vector<std::vector<double>> past_years;
};

/// What `first(…)` has found in a run that failed at a tick, whatever the lane went on to find: a tick before that, or never.
double date_before(double date, std::int64_t failure);

/// The blocks of a snapshot at the beginning of `tick`, without their values: each parameter set before, each field and accumulator, how often each event fired,
/// what yearly measures have accumulated over past years, then the series of `series_runs` runs and yearly values.
std::vector<SnapshotBlock> blocks_of(const Model& model, std::int64_t tick, std::int64_t runs, std::int64_t series_runs);

/// Bytes of their values.
double bytes_of(const std::vector<SnapshotBlock>& blocks);

/// A snapshot of the runs of `results`, which are empty yet, at the beginning of `tick`: laid out, all values 0.
Snapshot empty_snapshot(const Model& model, const Results& results, std::int64_t tick, bool logs_events);

/// Gives the snapshot of a model with fewer measures those of this one: what they accumulate begins with the snapshot.
void add_measures(Snapshot& snapshot, const Model& model);

/// Whether the snapshot is one of this model's.
bool is_of(const Snapshot& snapshot, const Model& model);

/// Takes the first `runs` lanes of a batch as the snapshot's runs from `first` on, those that failed aside. Several threads may do so
/// at once, each for its own runs.
void take_lanes(Snapshot& snapshot, const Model& model, const Batch& batch, const LaneRecord& record, std::int64_t first,
                std::int64_t runs);
/// Takes what `results` hold of series, yearly values and the log.
void take_results(Snapshot& snapshot, const Model& model, const Results& results);

/// Resumes `batch` with the snapshot's runs from `first` on in its first `runs` lanes; `parameters` as in Batch::begin, null for the model's own.
void put_lanes(const Snapshot& snapshot, const Model& model, Batch& batch, LaneRecord& record, std::int64_t first, std::int64_t runs,
               const std::vector<std::vector<double>>* parameters = nullptr);
/// Puts series and yearly values into `results`, whose first run is the snapshot's run `first`.
void put_results(const Snapshot& snapshot, const Model& model, Results& results, std::int64_t first);

}  // namespace entente
