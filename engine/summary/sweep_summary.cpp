#include <entente/summary/sweep_summary.hpp>

#include <algorithm>
#include <cmath>

#include <entente/base/elementary.hpp>
#include <entente/base/statistics.hpp>
#include <entente/inference/weighted_sample.hpp>

namespace entente {

namespace {

/// Of those that are there.
double mean_of_points(std::span<const double> means, std::span<const double> weights) {
    if (weights.empty()) return mean(means);
    std::vector<double> there, own;
    for (std::size_t point = 0; point < means.size(); ++point) {
        if (!std::isfinite(means[point]) || weights[point] == 0) continue;
        there.push_back(means[point]);
        own.push_back(weights[point]);
    }
    return there.empty() ? Results::missing : weighted_mean(there, own);
}

OutcomeOverPoints over_points(const StudyValues& values, const Outcome& outcome, Pairing pairing, std::span<const double> weights) {
    OutcomeOverPoints over{.outcome = outcome, .noise = {}};
    const auto numbers = outcome_values(values, outcome, 0, 0, values.points());
    std::vector<double> means;
    for (std::int64_t point = 0; point < values.points(); ++point) {
        const double value = mean(values_of_point(values, numbers, point));
        means.push_back(value);
        if (std::isnan(value)) continue;
        ++over.points;
        if (!(value >= over.least)) over.least = value, over.least_at = point;
        if (!(value <= over.greatest)) over.greatest = value, over.greatest_at = point;
    }
    over.mean = mean_of_points(means, weights);
    over.infinite = static_cast<std::int64_t>(count_infinite(numbers));
    over.noise = replicate_noise(numbers, static_cast<std::size_t>(values.replicates()), pairing);
    return over;
}

}  // namespace

std::span<const double> values_of_point(const StudyValues& values, std::span<const double> numbers, std::int64_t point) {
    return numbers.subspan(static_cast<std::size_t>(point * values.replicates()), static_cast<std::size_t>(values.replicates()));
}

Interval interval_of_point(const Outcome& outcome, std::span<const double> sample) {
    const auto is_whole = [](double value) { return value == 0 || value == 1 || std::isnan(value); };
    const bool is_share = outcome.rule == Outcome::Rule::level || (outcome.rule == Outcome::Rule::came && std::ranges::all_of(sample, is_whole));
    if (is_share) return wilson_interval(static_cast<std::size_t>(std::ranges::count(sample, 1.0)), count_present(sample));
    const double value = mean(sample);
    const double reach = normal_quantile(0.975) * standard_error(sample);
    return {value - reach, value + reach};
}

SweepSummary summarise_sweep(const StudyValues& values, Pairing pairing, const std::vector<std::string>& measures, std::span<const double> weights) {
    SweepSummary summary;
    for (const Outcome& outcome : chosen_outcomes(values.layout(), measures)) summary.outcomes.push_back(over_points(values, outcome, pairing, weights));
    return summary;
}

}  // namespace entente
