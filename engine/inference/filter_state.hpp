/// What the sources of ParticleFilters share.
#pragma once

#include <limits>
#include <memory>
#include <span>
#include <vector>

#include <entente/base/draws.hpp>
#include <entente/inference/filter.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/study/keyed_draws.hpp>

namespace entente {

constexpr double impossible = -std::numeric_limits<double>::infinity();  ///< the logarithm of no chance

inline bool is_series_of_world(const CompiledMeasure& measure) {
    return measure.form == CompiledMeasure::Form::series && !measure.is_by_row();
}

/// log n!
double log_factorial(double n);

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
    std::vector<std::vector<LoggedEvent>> event_logs;  ///< by run, where events are kept: of its ancestors, too

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
    [[nodiscard]] std::vector<LoggedEvent> log_by_run() const;
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

}  // namespace entente
