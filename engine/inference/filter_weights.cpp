// What runs weigh by the record, and what is told of them by their weights.

#include <algorithm>
#include <cmath>
#include <numbers>

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <entente/base/elementary.hpp>
#include <entente/inference/filter_state.hpp>
#include <entente/base/statistics.hpp>
#include <entente/inference/particles.hpp>

namespace entente {

double log_factorial(double n) {
    return elementary().lgamma(n + 1);
}

namespace {

constexpr std::int64_t runs_for_quantiles = 4000;
constexpr std::int64_t worth_weighing_together = 1 << 16;  ///< weights of a leg, from which on threads are worth waking

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

}  // namespace

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

}  // namespace entente
