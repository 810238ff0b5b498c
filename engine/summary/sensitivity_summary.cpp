#include <entente/summary/sensitivity_summary.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>

#include <entente/base/statistics.hpp>
#include <entente/study/normalised.hpp>

namespace entente {

namespace {

std::vector<double> means_of(std::span<const double> values, std::size_t replicates) {
    std::vector<double> means;
    for (std::size_t at = 0; at < values.size(); at += replicates) means.push_back(mean(values.subspan(at, replicates)));
    return means;
}

/// Runs at the points that are drawn from the factors' distributions: rows A and B of Saltelli's design, all of Morris's.
std::vector<double> drawn_independently(std::span<const double> values, std::size_t replicates, const SensitivityDesign& design) {
    if (design.plan.method == SensitivityMethod::morris) return {values.begin(), values.end()};
    const std::size_t row = design.points_per_sample() * replicates;
    std::vector<double> drawn;
    for (std::size_t at = 0; at < values.size(); at += row) {
        const auto a = values.subspan(at, replicates);
        const auto b = values.subspan(at + row - replicates, replicates);
        drawn.insert(drawn.end(), a.begin(), a.end());
        drawn.insert(drawn.end(), b.begin(), b.end());
    }
    return drawn;
}

/// Effects that were taken of numbers in another unit.
MorrisEffects in_units(MorrisEffects effects, double unit) {
    for (MorrisEffect& effect : effects.groups) {
        effect.mu *= unit;
        effect.sigma *= unit;
        effect.mu_star.value *= unit;
        effect.mu_star.interval = {effect.mu_star.interval.low * unit, effect.mu_star.interval.high * unit};
    }
    return effects;
}

/// Means of the points of trajectories that are whole.
std::vector<double> of_whole_trajectories(std::span<const double> means, std::size_t points) {
    std::vector<double> used;
    for (std::size_t at = 0; at < means.size(); at += points) {
        const auto path = means.subspan(at, points);
        if (std::ranges::all_of(path, [](double y) { return std::isfinite(y); })) used.insert(used.end(), path.begin(), path.end());
    }
    return used;
}

void describe_trajectories(OutcomeSensitivity& outcome, std::span<const double> means, std::size_t points) {
    const std::vector<double> used = of_whole_trajectories(means, points);
    const auto n = static_cast<double>(used.size());
    outcome.used = outcome.morris.trajectories;
    outcome.left_out = outcome.morris.left_out;
    outcome.mean = mean(used);
    outcome.sd = standard_deviation(used) * std::sqrt((n - 1) / n);
    outcome.variance = outcome.sd * outcome.sd;
}

bool means_are_noise(const Noise& noise) {
    const double error = std::sqrt(2 / (static_cast<double>(noise.points) - 1));
    return noise.share_of_means > std::min(0.9, std::exp(-2 * error));
}

Variation variation_of(const OutcomeSensitivity& outcome, std::span<const double> values, std::span<const double> means) {
    if (count_present(values) == 0) return Variation::no_numbers;
    if (!varies(values)) return Variation::constant;
    if (!varies(means)) return Variation::chance_alone;
    if (outcome.used < 2 || !(outcome.sd > 0)) return Variation::excluded;
    return outcome.noise && means_are_noise(*outcome.noise) ? Variation::noise : Variation::by_factors;
}

}  // namespace

std::string_view variation_name(Variation variation) {
    switch (variation) {
        case Variation::no_numbers:
            return "no numbers";
        case Variation::constant:
            return "constant";
        case Variation::chance_alone:
            return "chance alone";
        case Variation::excluded:
            return "excluded";
        case Variation::noise:
            return "noise";
        case Variation::by_factors:
            return "by factors";
    }
    return "";
}

OutcomeSample sample_of(const StudyValues& values, const Outcome& outcome) {
    return {outcome.name,
            outcome.unit,
            outcome.about,
            rule_text(outcome, values.layout().calendar),
            outcome_values(values, outcome, 0, 0, values.points()),
            outcome.label,
            rule_pattern(outcome)};
}

OutcomeSensitivity sensitivity_of(const OutcomeSample& sample, std::size_t replicates, const SensitivityDesign& design,
                                  const Bootstrap& bootstrap, Pairing pairing) {
    assert(sample.values.size() == design.points.size() * replicates);
    const Normalised scaled = normalised(means_of(sample.values, replicates));
    const std::vector<double>& means = scaled.values;
    OutcomeSensitivity outcome{
        .name = sample.name,
        .unit = sample.unit,
        .about = sample.about,
        .rule = sample.rule,
        .infinite = count_infinite(sample.values),
        .missing = static_cast<std::size_t>(std::ranges::count_if(sample.values, [](double y) { return std::isnan(y); })),
        .noise = replicate_noise(drawn_independently(sample.values, replicates, design), replicates, pairing, bootstrap.confidence),
        .sobol = {},
        .morris = {}};
    outcome.label = sample.label;
    outcome.pattern = sample.pattern;
    if (design.plan.method == SensitivityMethod::morris) {
        outcome.morris = in_units(morris_effects(means, design.morris, bootstrap), scaled.unit);
        describe_trajectories(outcome, means, design.points_per_sample());
    } else {
        outcome.sobol = sobol_indices(means, design.groups.size(), design.plan.second_order, bootstrap);
        outcome.used = outcome.sobol.base_rows;
        outcome.left_out = outcome.sobol.left_out;
        outcome.mean = outcome.sobol.mean;
        outcome.variance = outcome.sobol.variance;
        outcome.sd = std::sqrt(outcome.variance);
    }
    outcome.variation = variation_of(outcome, sample.values, means);
    outcome.mean = scaled.origin + scaled.unit * outcome.mean;
    outcome.sd *= scaled.unit;
    outcome.variance *= scaled.unit * scaled.unit;
    return outcome;
}

std::vector<NamedPair> indices_of_pairs(const OutcomeSensitivity& outcome, const SensitivityDesign& design) {
    const auto& names = design.groups.names;
    std::vector<NamedPair> pairs;
    if (outcome.sobol.second.empty()) return pairs;
    for (std::size_t i = 0; i < names.size(); ++i)
        for (std::size_t j = i + 1; j < names.size(); ++j) pairs.push_back({names[i], names[j], outcome.sobol.second[pair_number(i, j, names.size())]});
    return pairs;
}

std::vector<NamedIndex> indices_of_group(const OutcomeSensitivity& outcome, const SensitivityDesign& design, std::size_t group) {
    const auto estimated = [](const char* name, const Estimate& estimate) { return NamedIndex{name, estimate.value, estimate.interval}; };
    if (design.plan.method == SensitivityMethod::morris) {
        const MorrisEffect& effect = outcome.morris.groups[group];
        return {{"mu", effect.mu, {}}, estimated("mu_star", effect.mu_star), {"sigma", effect.sigma, {}}};
    }
    return {estimated("first", outcome.sobol.first_saltelli[group]), estimated("first_jansen", outcome.sobol.first_jansen[group]),
            estimated("total", outcome.sobol.total[group])};
}

const Estimate& rank_of(const OutcomeSensitivity& outcome, const SensitivityDesign& design, std::size_t group) {
    return design.plan.method == SensitivityMethod::morris ? outcome.morris.groups[group].mu_star : outcome.sobol.total[group];
}

std::vector<std::size_t> ranked_groups(const OutcomeSensitivity& outcome, const SensitivityDesign& design) {
    std::vector<std::size_t> groups(design.groups.size());
    std::iota(groups.begin(), groups.end(), 0);
    std::ranges::stable_sort(groups, [&](std::size_t i, std::size_t j) {
        const double one = rank_of(outcome, design, i).value;
        const double other = rank_of(outcome, design, j).value;
        return one > other || (std::isnan(other) && !std::isnan(one));
    });
    return groups;
}

}  // namespace entente
