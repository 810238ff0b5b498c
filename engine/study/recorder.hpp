/// Takes what a batch shows at the end of every tick and puts it where each run's results belong.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include <entente/model/model.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/study/progress.hpp>
#include <entente/study/relations_recorder.hpp>
#include <entente/study/run_results.hpp>
#include <entente/study/snapshot.hpp>
#include <entente/study/spatial_recorder.hpp>

namespace entente {

/// Results of `runs` runs of a model, laid out: everything missing but series, which are not filled, for recorders write all of them.
Results empty_results(const Model& model, std::int64_t runs, std::int64_t series_runs, const SeriesRows& series_rows = {});

/// Bytes of series that one run leaves, of all rows or of those given.
std::int64_t series_bytes_per_run(const Model& model, const SeriesRows& series_rows = {});

/// Values that one run leaves besides: of each measure and row one, of a yearly one as many more as the calendar has years.
std::int64_t values_per_run(const Model& model);

/// Where runs come from and how far they go.
struct Stretch {
    const Snapshot* from = nullptr;  ///< null: from the start, and the batch was begun
    Snapshot* into = nullptr;        ///< stops where it stands, and takes the runs; null: to the end
    const std::function<bool()>* abandon = nullptr;  ///< asked between ticks: true leaves the runs unfinished; null: never
    /// Called after each tick, before a year's end is seen to; null: nobody asks.
    const std::function<void(const Batch&, std::int64_t tick)>* after_tick = nullptr;
    WorkDone* work = nullptr;  ///< counts the ticks of its runs; null: nobody asks
    const std::vector<std::vector<double>>* parameters = nullptr;  ///< of runs that go on: by varied parameter and lane, as in Batch::begin
};

class Recorder {
public:
    /// Writes to `results` at the runs of its batch only, so that recorders of several threads share one.
    Recorder(const Model& model, const Kernels& kernels, Results& results, std::vector<std::uint64_t>& hashes, bool log_events);

    /// Runs `batch`, begun at run `first` of the results, to the end of the stretch, recording `runs` of its lanes. False where they were
    /// abandoned before: then nothing of them counts, though their places in the results may hold values.
    bool run(Batch& batch, std::int64_t first, std::int64_t runs, const Stretch& stretch = {});

    [[nodiscard]] std::vector<LoggedEvent>& log() { return log_; }
    /// Firings by event, and behind them those by event, row and span of years, where they are asked for: as Results::events_by_year.
    [[nodiscard]] const std::vector<double>& event_counts() const { return event_counts_; }
    [[nodiscard]] const std::vector<RunFailure>& failures() const { return failures_; }

private:
    void take_up(const Stretch& stretch, Batch& batch);
    void at_start(Batch& batch);
    void after_tick(const Batch& batch, std::int64_t tick);
    void hold_moment(std::int64_t moment);
    [[nodiscard]] double* room_for(std::size_t measure, int lanes);
    void put_lanes_of(const Batch& batch, ColumnId column, std::vector<double>& values, std::int64_t each, std::int64_t at) const;
    void put_held();
    void begin_record(const Batch& batch);
    void end_of_year(Batch& batch, std::int64_t tick);
    void put_past_years(Batch& batch) const;
    void at_end(const Batch& batch);
    void hash(const Batch& batch, ColumnId column, double* copy = nullptr);
    void put_rows(std::size_t measure, std::int64_t moment, const double* values);
    void put(std::size_t measure, std::int64_t moment, const double* values, std::int64_t moments);
    void log_events(const Batch& batch, std::int64_t tick);
    [[nodiscard]] std::map<std::pair<int, std::int64_t>, double> fired_by_timeline(std::int64_t tick) const;
    void note_failures(const Batch& batch);
    void clear_run(std::int64_t run, std::int64_t tick);
    [[nodiscard]] std::int64_t number_of(std::int64_t lane) const { return results_.first_run + first_ + lane; }
    void count_events(const Batch& batch, std::size_t logged);

    const Model& model_;
    const Kernels& kernels_;
    Results& results_;
    std::vector<std::uint64_t>& hashes_;
    bool logs_events_;
    std::set<std::tuple<int, std::int64_t, std::int64_t>> on_record_;  ///< event, tick and row of what happens because it is on record
    bool has_yearly_ = false;
    std::int64_t first_ = 0;
    std::int64_t runs_ = 0;
    LaneRecord lanes_;
    /// [moment of those held][row][lane] of each measure: series of a few moments, which go to each run's results together, for the values
    /// that follow one another there share a cache line. Rows of a moment that fill one by themselves are not held.
    std::vector<std::vector<double>> held_;
    std::int64_t held_lanes_ = 0;  ///< of how many lanes the series are kept
    std::int64_t held_from_ = 0;   ///< moment
    std::int64_t held_moments_ = 0;
    std::vector<LoggedEvent> log_;
    std::vector<double> event_counts_;
    RelationsRecorder relations_;
    SpatialRecorder spatial_;
    std::vector<RunFailure> failures_;
};

}  // namespace entente
