/// Takes what drawings of relations show of a batch, at a few moments, and counts its events by year.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <entente/model/model.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/study/run_results.hpp>

namespace entente {

/// Moments at which relations are taken, at most, and runs.
inline constexpr std::int64_t most_relation_moments = 60;
inline constexpr std::int64_t most_relation_runs = 1000;
/// Spans of years in which events are counted, at most.
inline constexpr int most_year_spans = 60;

/// Makes room in the results for the relations of their first runs, as many as fit in 64 MB, at least one, and for events by year. `from` is the
/// moment with which the runs begin; events are counted of runs from the start alone, and where their counts fit.
void make_room_for_relations(const Model& model, Results& results, std::int64_t from);

/// Of how many of so many runs relations are kept.
std::int64_t relation_runs_of(const Model& model, std::int64_t runs);

/// Doubles in which the events of one run are counted by row and year; 0 where they are too many to be.
std::int64_t year_counts_of(const Model& model);

/// Bytes of the relations of one run.
std::int64_t relation_bytes_per_run(const Model& model);

class RelationsRecorder {
public:
    /// Writes to `results` at the runs of its batch only. Does nothing where there is no room for relations or events by year.
    RelationsRecorder(const Model& model, const Kernels& kernels, Results& results) : model_(model), kernels_(kernels), results_(results) {}

    /// `batch` holds the results' runs `first`, `first` + 1, …, `runs` of them.
    void begin(const Batch& batch, std::int64_t first, std::int64_t runs);
    /// The batch stands at the moment.
    void take(Batch& batch, std::int64_t moment);
    /// The tick was the batch's last one.
    void count(const Batch& batch, std::int64_t tick);
    /// Adds the counts of runs that did not fail to `sums`, as Results::events_by_year is laid out, and keeps those of single runs.
    void add_counts(const Batch& batch, std::span<double> sums);

private:
    void put_counts(int lanes);
    void put(std::span<const double> rows_by_lane, std::size_t quantity, std::int64_t moment);

    const Model& model_;
    const Kernels& kernels_;
    Results& results_;
    std::int64_t first_ = 0;
    std::int64_t kept_ = 0;       ///< of so many lanes relations are kept
    std::int64_t runs_ = 0;
    std::vector<double> counts_;  ///< [event][row][span of years][lane]
};

}  // namespace entente
