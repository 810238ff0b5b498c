#include <entente/summary/calibration_summary.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>

namespace entente {

namespace {

constexpr double outer_share = 0.05;
constexpr double kolmogorov_99 = 1.628;  ///< that quantile of sqrt(n) D
constexpr double strong_correlation = 0.5;

Ninety ninety_of(std::span<const double> values, std::span<const double> weights) {
    return {weighted_quantile(values, weights, .5), weighted_quantile(values, weights, .05), weighted_quantile(values, weights, .95)};
}

Ninety ninety_of(std::span<const double> values) {
    constexpr std::array shares{.5, .05, .95};
    const auto found = quantiles(values, shares);
    return {found[0], found[1], found[2]};
}

PriorEnd pressed_against(std::span<const double> u, std::span<const double> weights) {
    double low = 0, high = 0;
    for (std::size_t i = 0; i < u.size(); ++i) {
        if (u[i] < outer_share) low += weights[i];
        if (u[i] > 1 - outer_share) high += weights[i];
    }
    return low > .5 ? PriorEnd::low : high > .5 ? PriorEnd::high : PriorEnd::neither;
}

ParameterLearned learned(const Factor& factor, std::span<const double> u, std::span<const double> weights) {
    std::vector<double> values;
    for (const double coordinate : u) values.push_back(factor.at(coordinate));
    ParameterLearned told{.name = factor.name, .unit = factor.unit, .prior_text = factor.text()};
    told.prior = {factor.at(.5), factor.at(.05), factor.at(.95)};
    told.posterior = ninety_of(values, weights);
    told.mean = weighted_mean(values, weights);
    told.sd = weighted_sd(values, weights);
    const double sd = weighted_sd(u, weights);
    told.contraction = 1 - 12 * sd * sd;
    told.shift = (weighted_mean(u, weights) - .5) * std::sqrt(12.0);
    told.is_informed = distance_to_uniform(u, weights) * std::sqrt(effective_size(weights)) > kolmogorov_99;
    told.pressed_against = pressed_against(u, weights);
    return told;
}

/// Twice the smaller of the shares of runs that give at most and at least so much.
double tail_chance(std::span<const double> runs, double record) {
    double count = 0, at_most = 0, at_least = 0;
    for (const double value : runs) {
        if (std::isnan(value)) continue;
        ++count;
        if (value <= record) ++at_most;
        if (value >= record) ++at_least;
    }
    return count > 0 ? std::min(1.0, 2 * std::min(at_most, at_least) / count) : nan;
}

RecordPredicted predicted_of(const RecordSummary& summary, std::vector<double> prior, std::vector<double> posterior) {
    for (double& value : prior) value = summary.natural(value);
    for (double& value : posterior) value = summary.natural(value);
    RecordPredicted told{.name = summary.name, .unit = summary.unit, .record = summary.natural(summary.record)};
    if (summary.is_root) told.record = std::round(told.record * 1e9) / 1e9;  // what squaring leaves of a whole number
    const double tolerance = summary.is_root ? 1e-9 : 0;
    for (double& value : prior) value = summary.is_root && std::abs(value - std::round(value)) < tolerance ? std::round(value) : value;
    for (double& value : posterior) value = summary.is_root && std::abs(value - std::round(value)) < tolerance ? std::round(value) : value;
    told.prior = ninety_of(prior);
    told.posterior = ninety_of(posterior);
    told.prior_chance = tail_chance(prior, told.record);
    told.posterior_chance = tail_chance(posterior, told.record);
    told.prior_least = quantile(prior, 0);
    told.prior_greatest = quantile(prior, 1);
    return told;
}

std::vector<PairLearned> pairs_of(const std::vector<std::vector<double>>& u, std::span<const double> weights) {
    std::vector<PairLearned> pairs;
    for (std::size_t b = 1; b < u.size(); ++b)
        for (std::size_t a = 0; a < b; ++a) pairs.push_back({a, b, weighted_correlation(u[a], u[b], weights)});
    std::ranges::stable_sort(pairs, std::greater(),
                             [](const PairLearned& pair) { return std::isnan(pair.correlation) ? -1 : std::abs(pair.correlation); });
    return pairs;
}

std::vector<std::string> names_where(const CalibrationSummary& summary, const std::function<std::string(const std::string&)>& told,
                                     const std::function<bool(const ParameterLearned&)>& is_so) {
    std::vector<std::string> names;
    for (const ParameterLearned& parameter : summary.parameters)
        if (is_so(parameter)) names.push_back(told(parameter.name));
    return names;
}

constexpr std::size_t most_named = 12;

}  // namespace

std::string_view name_of(CalibrationMethod method) {
    switch (method) {
        case CalibrationMethod::abc:
            return "abc";
        case CalibrationMethod::likelihood:
            return "likelihood";
    }
    return "";
}

std::optional<CalibrationMethod> calibration_method(std::string_view name) {
    for (const auto method : {CalibrationMethod::abc, CalibrationMethod::likelihood})
        if (name == name_of(method)) return method;
    return std::nullopt;
}

std::string end_told(const CalibrationFacts& facts) {
    if (facts.end == "exact") return "Every particle's run meets the record in all its numbers: no tolerance is left.";
    if (facts.end == "acceptance") return "It ended as too few proposals came nearer to the record.";
    if (facts.end == "tolerance") return "It ended as the tolerance hardly fell any more.";
    if (facts.end == "posterior")
        return fmt::format("It ended at the posterior, with {} that are not copies of others.", counted(facts.distinct, "particle"));
    if (facts.end == "budget" && facts.method == CalibrationMethod::likelihood)
        return fmt::format(
            "It ended with its budget of {}, before the posterior: these particles are drawn from less of the likelihood. The same command "
            "with more --runs goes on from here.",
            counted(facts.budget, "run"));
    if (facts.end == "budget")
        return fmt::format("It ended with its budget of {}: the same command with more --runs goes on from here.",
                           counted(facts.budget, "run"));
    return "It is not at its end: the same command goes on from here.";
}

CalibrationSummary summarise_calibration(std::span<const Factor> factors, const Particles& particles, const RecordSummaries& summaries,
                                         const SummaryTable& prior_runs, const SummaryTable& predicted) {
    CalibrationSummary summary;
    std::vector<std::vector<double>> u;
    for (std::size_t k = 0; k < factors.size(); ++k) {
        u.push_back(particles.coordinate(k));
        summary.parameters.push_back(learned(factors[k], u.back(), particles.weights));
    }
    summary.pairs = pairs_of(u, particles.weights);
    summary.effective = effective_size(particles.weights);
    for (std::size_t k = 0; k < prior_runs.summaries; ++k)
        summary.record.push_back(predicted_of(summaries.summaries()[k], prior_runs.column(k), predicted.column(k)));
    return summary;
}

std::vector<std::string> calibration_findings(const CalibrationSummary& summary,
                                              const std::function<std::string(const std::string&)>& told) {
    std::vector<std::string> sentences;
    const auto silent = names_where(summary, told, [](const auto& parameter) { return !parameter.is_informed; });
    if (silent.size() == summary.parameters.size())
        sentences.push_back("The record says nothing about any of the parameters: their posteriors can't be told from the priors.");
    else if (!silent.empty())
        sentences.push_back(
            fmt::format("The record says nothing about {}: what was believed before is believed still.", listed(silent, most_named)));
    for (const PriorEnd end : {PriorEnd::low, PriorEnd::high}) {
        const auto pressed = names_where(summary, told, [&](const auto& parameter) { return parameter.pressed_against == end; });
        if (!pressed.empty())
            sentences.push_back(fmt::format(
                "The record presses {} against the {} end of {}: the prior and the record disagree, or the model lacks something.",
                listed(pressed, most_named), end == PriorEnd::low ? "lower" : "upper", pressed.size() == 1 ? "its prior" : "their priors"));
    }
    std::vector<std::string> beyond, surprising, unmet;
    for (const RecordPredicted& record : summary.record) {
        if (record.is_beyond_prior())
            beyond.push_back(fmt::format("{} ({}, runs {} to {})", record.name, readable(record.record), readable(record.prior_least),
                                         readable(record.prior_greatest)));
        else if (record.prior_chance < conflict_chance)
            surprising.push_back(record.name);
        if (record.posterior_chance < conflict_chance) unmet.push_back(record.name);
    }
    if (!beyond.empty()) sentences.push_back("No run of the prior came to what is on record of " + listed(beyond, most_named) + ".");
    if (!surprising.empty())
        sentences.push_back("The prior had less than one chance in a hundred for what is on record of " + listed(surprising, most_named) +
                            ".");
    if (!unmet.empty())
        sentences.push_back("At the posterior, too, the model hardly comes to what is on record of " + listed(unmet, most_named) + ".");
    for (const PairLearned& pair : summary.pairs)
        if (std::abs(pair.correlation) >= strong_correlation)
            sentences.push_back(fmt::format("{} and {} are known together rather than apart: their correlation is {:.2f}.",
                                            told(summary.parameters[pair.first].name), told(summary.parameters[pair.second].name),
                                            pair.correlation));
    return sentences;
}

}  // namespace entente
