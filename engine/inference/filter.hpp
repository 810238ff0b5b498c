/// Runs through the record: bootstrap particle filters (Gordon, Salmond & Smith 1993, IEE Proc. F 140:107).
///
/// In a model that is conditioned (CompileOptions::conditioned) events on record happen in every run, and each run tells the chance that it had
/// of just that; numbers on record with an error have a density. The product of both, over time, is the run's weight. The mean weight is an
/// unbiased estimate of the likelihood of the record; runs with their weights are draws of the world given the record. Where the effective
/// number of runs falls below half, runs are drawn again by their weights (systematically, keyed by seed, tick and filter), and go on with
/// luck of their own.
///
/// Several filters, each with its own values of the varied parameters, go side by side. What a filter gives hangs on its scenario, parameters,
/// seed, particles and number alone: not on threads, lanes or instruction set.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <entente/model/model.hpp>
#include <entente/study/progress.hpp>
#include <entente/study/run_results.hpp>
#include <entente/study/snapshot.hpp>

namespace entente {

/// A number on record with an error of its own, weighed at the end of a tick.
struct NumberOnRecord {
    std::size_t measure = 0;  ///< in Model::measures: over time or by year
    std::int64_t row = 0;     ///< of a measure by row; else 0
    std::int64_t tick = 0;    ///< at whose end it is weighed; of a year its last
    double value = 0;
    double sd = 0;    ///< > 0: normal about the run's number. 0: of counts, of which each was recorded with the chance `seen` …
    double seen = 1;  ///< … binomial; with an sd the record is of that share of the run's number
    ParameterId seen_by{};  ///< whose value `seen` is; none: a number
};

/// The numbers of `observed` that can be weighed, of ticks before `until`, by tick. Those of rows that the world lacks are left out.
std::vector<NumberOnRecord> numbers_on_record(const Scenario& scenario, const Model& model, std::int64_t until);

struct FilterPlan {
    std::int64_t particles = 1000;  ///< of each filter
    std::int64_t filters = 1;
    std::vector<std::vector<double>> parameters{};  ///< by parameter of the model and filter; empty ones: the model's own value
    std::int64_t until = 0;                         ///< the tick at whose beginning to stop, 1 to the calendar's ticks - 1
    std::uint64_t seed = 1;
    int threads = 0;                ///< as in RunPlan, and what follows
    int lanes = 0;
    std::string instruction_set{};
    bool log_events = false;  ///< with one filter: keep the events of each run for finish()
    bool tells = true;  ///< of the first filter, what each record had for a chance, and measures over time
    std::function<bool()> abandon{};
    WorkDone* work = nullptr;  ///< counts the ticks of runs; null: nobody asks
};

/// One thing on record, and the chance that runs gave it which had gone by the record until that tick (for silence: until the moment before).
struct ChanceOfRecord {
    enum class What { event, silence, number };
    What what = What::event;
    std::int64_t tick = 0;
    std::size_t number = 0;  ///< event, silence: in Model::conditioned; number: in the numbers on record
    std::int64_t row = 0;    ///< of an event
    std::int64_t ticks = 1;  ///< of silence: how many, up to this tick, in which the record has none of the event but what is told
    double log_chance = 0;   ///< of a number the density. -infinity: no run could have it
};

/// The end of a tick at which weights were looked at: where something is on record, and every eight ticks at least.
struct FilterMoment {
    std::int64_t tick = 0;          ///< the last that is over
    double log_likelihood = 0;      ///< of the record so far
    double effective = 0;           ///< number of runs, before they are drawn again
    bool redrawn = false;
};

/// A measure over time at a moment, over the runs by their weights.
struct FilteredValue {
    double mean = 0;
    double low = 0, lower = 0, median = 0, upper = 0, high = 0;  ///< quantiles .05, .25, .5, .75, .95
};

class ParticleFilters {
public:
    /// Throws Error for a plan that makes no sense. The model must outlive it.
    ParticleFilters(const Model& model, std::vector<NumberOnRecord> numbers, FilterPlan plan);
    ~ParticleFilters();
    ParticleFilters(ParticleFilters&&) noexcept;

    [[nodiscard]] std::int64_t tick() const;  ///< at whose beginning the runs stand
    [[nodiscard]] bool is_over() const;       ///< it is `until`
    /// On to the next moment, or to `until`. False where it was abandoned: then this is good for nothing more.
    bool advance();

    /// Of the record so far; -infinity where no run is left that could have it.
    [[nodiscard]] double log_likelihood(std::int64_t filter) const;
    /// Of log_likelihood, from the weights and descent of this one pass (relative_variance); NaN for -infinity.
    [[nodiscard]] double standard_error(std::int64_t filter) const;
    [[nodiscard]] const std::vector<FilterMoment>& moments(std::int64_t filter) const;
    /// Of the first filter, where the plan tells: by tick. Where no run is left, the last ones say why.
    [[nodiscard]] const std::vector<ChanceOfRecord>& chances() const;
    /// [series measure of the world, in the model's order][moment].
    [[nodiscard]] const std::vector<std::vector<FilteredValue>>& values() const;
    [[nodiscard]] const std::vector<RunFailure>& failures() const;  ///< of runs that still counted; they count no more

    /// Filters drawn again: filter f goes on as filter `from[f]` stands, parameters included, with luck of its own.
    void redraw_filters(std::span<const std::int64_t> from);
    /// Filter f goes on as that of the other, which must be of the same model and stand at the same tick.
    void replace(std::int64_t filter, const ParticleFilters& other, std::int64_t its);
    [[nodiscard]] double parameter(std::size_t parameter, std::int64_t filter) const;

    /// The runs of the first filter, equally likely: drawn again where they are not. A snapshot that runs go on from.
    Snapshot finish();
    /// Over the runs' states and all that was told: 32 hexadecimal digits.
    [[nodiscard]] std::string digest() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace entente
