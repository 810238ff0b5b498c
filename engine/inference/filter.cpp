#include <entente/inference/filter.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/hash.hpp>
#include <entente/base/problem.hpp>
#include <entente/base/statistics.hpp>
#include <entente/inference/filter_state.hpp>
#include <entente/inference/particles.hpp>

namespace entente {
namespace {

constexpr double redraw_below = 0.5;  ///< of the runs

template <class T>
void permute(std::vector<T>& values, std::vector<T>& spare, std::span<const std::int64_t> from) {
    if (values.empty()) return;
    const std::size_t each = values.size() / from.size();
    spare.resize(values.size());
    for (std::size_t run = 0; run < from.size(); ++run)
        std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(from[run]) * each), each, spare.begin() + static_cast<std::ptrdiff_t>(run * each));
    values.swap(spare);
}

void check(const Model& model, const FilterPlan& plan) {
    if (plan.particles < 2) throw Error(fmt::format("a filter cannot have {} particles", plan.particles), "ask for at least 2");
    if (plan.filters < 1) throw Error("there is no filter", "ask for at least 1");
    if (plan.filters > most_runs / plan.particles)
        throw Error(fmt::format("runs are numbered 0 to {}", most_runs - 1), "ask for fewer particles");
    if (plan.until < 1 || plan.until > model.calendar.ticks())
        throw Error(fmt::format("a filter cannot stop before tick {}", plan.until), fmt::format("stop after tick 1 to {}", model.calendar.ticks()));
}

}  // namespace

/// All that is kept of events, of each run under its own number.
std::vector<LoggedEvent> ParticleFilters::State::log_by_run() const {
    std::vector<LoggedEvent> all;
    for (std::size_t run = 0; run < event_logs.size(); ++run)
        for (LoggedEvent event : event_logs[run]) {
            event.run = static_cast<std::int64_t>(run);
            all.push_back(event);
        }
    return all;
}

/// Run r goes on as run from[r] stands.
void ParticleFilters::State::reorder(std::span<const std::int64_t> from) {
    for (SnapshotBlock& block : now.blocks) permute(block.values, spare_doubles, from);
    for (std::vector<double>& yearly : results.yearly) permute(yearly, spare_doubles, from);
    permute(now.hashes, spare_hashes, from);
    std::vector<std::int64_t> spare_ancestors;
    permute(first_ancestors, spare_ancestors, from);
    std::vector<std::vector<LoggedEvent>> spare_logs;
    permute(event_logs, spare_logs, from);
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
    Snapshot whole = empty_snapshot(s.model, s.results, s.tick, s.plan.log_events);
    for (std::size_t b = 0; b < whole.blocks.size(); ++b)
        if (!s.now.blocks[b].values.empty()) whole.blocks[b].values = s.now.blocks[b].values;
    whole.hashes = s.now.hashes;
    whole.failures = s.now.failures;
    take_results(whole, s.model, s.results);
    whole.log = s.log_by_run();
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
