#include <entente/report/calibration_data.hpp>

#include <algorithm>
#include <cmath>

namespace entente {

namespace {

constexpr std::size_t most_draws = 300;
constexpr std::size_t most_pairs = 20;

page::NinetyData ninety_data(const Ninety& ninety) {
    return {ninety.median, ninety.low, ninety.high};
}

page::Numbers tenths_of(std::span<const double> u, std::span<const double> weights) {
    std::vector<double> shares(10);
    for (std::size_t i = 0; i < u.size(); ++i) shares[std::min<std::size_t>(static_cast<std::size_t>(u[i] * 10), 9)] += weights[i];
    return {shares.begin(), shares.end()};
}

page::FittedParameter parameter_data(const NameLabels& labels, const Factor& factor, const ParameterLearned& one, std::span<const double> u,
                                     std::span<const double> weights) {
    page::FittedParameter data{
        .name = labels.parameter(one.name),
        .unit = one.unit,
        .how = one.prior_text,
        .prior = ninety_data(one.prior),
        .posterior = ninety_data(one.posterior),
        .by_prior = {weighted_quantile(u, weights, .5), weighted_quantile(u, weights, .05), weighted_quantile(u, weights, .95)},
        .mean = one.mean,
        .sd = one.sd,
        .contraction = one.contraction,
        .shift = one.shift,
        .informed = one.is_informed,
        .tenths = tenths_of(u, weights),
        .draws = {}};
    for (const std::size_t i : systematic_draws(weights, std::min(most_draws, u.size()), .5)) data.draws.emplace_back(factor.at(u[i]));
    return data;
}

page::GenerationData generation_data(CalibrationMethod method, const GenerationFacts& one) {
    page::GenerationData data{
        .tolerance = {}, .temperature = {}, .log_evidence = {}, .runs = one.runs, .acceptance = one.acceptance, .effective = one.effective};
    switch (method) {
        case CalibrationMethod::abc:
            data.tolerance = one.tolerance;
            break;
        case CalibrationMethod::likelihood:
            data.temperature = one.temperature;
            data.log_evidence = one.log_evidence;
            break;
    }
    return data;
}

}  // namespace

page::CalibrationData calibration_data(const NameLabels& labels, std::span<const Factor> factors, const Particles& particles,
                                       const CalibrationFacts& facts, const CalibrationSummary& summary) {
    page::CalibrationData data;
    data.end = end_told(facts);
    for (std::size_t k = 0; k < factors.size(); ++k)
        data.parameters.push_back(parameter_data(labels, factors[k], summary.parameters[k], particles.coordinate(k), particles.weights));
    for (std::size_t i = 0; i < std::min(summary.pairs.size(), most_pairs); ++i) {
        const PairLearned& pair = summary.pairs[i];
        data.pairs.push_back({data.parameters[pair.first].name, data.parameters[pair.second].name, pair.correlation});
    }
    for (const RecordPredicted& one : summary.record)
        data.record.push_back({one.name, one.unit, one.record, ninety_data(one.prior), ninety_data(one.posterior), one.posterior_chance});
    for (const GenerationFacts& one : facts.generations) data.generations.push_back(generation_data(facts.method, one));
    return data;
}

page::CalibrationData rank_data(const NameLabels& labels, const RankSummary& summary) {
    page::CalibrationData data;
    for (const ParameterRanks& one : summary.parameters)
        data.ranks.push_back({.name = labels.parameter(one.name),
                              .counts = {one.check.counts.begin(), one.check.counts.end()},
                              .expected = one.check.expected,
                              .low = one.check.band.low,
                              .high = one.check.band.high,
                              .chance = one.check.chance,
                              .held = one.held,
                              .held_low = one.held_interval.low,
                              .held_high = one.held_interval.high});
    return data;
}

}  // namespace entente
