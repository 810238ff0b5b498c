#include <entente/summary/rank_summary.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>

namespace entente {

namespace {

constexpr std::size_t numbers_of_parameter = 6;
constexpr double suspicious = 0.01;

}  // namespace

std::size_t ranked_numbers(std::size_t parameters) {
    return numbers_of_parameter * parameters + 1;
}

std::vector<double> ranked_fit(std::span<const Factor> factors, std::span<const double> truth, const Particles* particles,
                               KeyedDraws& draws) {
    std::vector<double> numbers;
    for (std::size_t k = 0; k < factors.size(); ++k) {
        if (!particles) {
            numbers.insert(numbers.end(), {factors[k].at(truth[k]), nan, nan, nan, nan, nan});
            continue;
        }
        const auto u = particles->coordinate(k);
        std::vector<double> values;
        for (const double coordinate : u) values.push_back(factors[k].at(coordinate));
        const auto& weights = particles->weights;
        numbers.insert(numbers.end(), {factors[k].at(truth[k]), static_cast<double>(rank_among(truth[k], u, weights, draws)),
                                       weighted_mean(values, weights), weighted_sd(values, weights),
                                       weighted_quantile(values, weights, .05), weighted_quantile(values, weights, .95)});
    }
    numbers.push_back(particles ? effective_size(particles->weights) : nan);
    return numbers;
}

RankedParameter ranked_parameter(std::span<const double> numbers, std::size_t parameter) {
    const auto own = numbers.subspan(numbers_of_parameter * parameter, numbers_of_parameter);
    return {own[0], own[1], own[2], own[3], own[4], own[5]};
}

RankSummary summarise_ranks(std::span<const Factor> factors, std::span<const std::vector<double>> fits) {
    RankSummary summary{.parameters = {}, .fits = std::ssize(fits)};
    std::vector<double> effective;
    for (const auto& fit : fits) effective.push_back(fit.back());
    summary.effective = mean(effective);
    summary.without_fit = summary.fits - static_cast<std::int64_t>(count_present(effective));
    for (std::size_t k = 0; k < factors.size(); ++k) {
        std::vector<std::int64_t> ranks;
        std::size_t held = 0;
        for (const auto& fit : fits) {
            const RankedParameter one = ranked_parameter(fit, k);
            if (std::isnan(one.rank)) continue;
            ranks.push_back(static_cast<std::int64_t>(one.rank));
            held += one.is_held() ? 1 : 0;
        }
        summary.parameters.push_back({factors[k].name, check_ranks(ranks),
                                      ranks.empty() ? nan : static_cast<double>(held) / static_cast<double>(ranks.size()),
                                      wilson_interval(held, ranks.size())});
    }
    return summary;
}

std::vector<std::string> rank_findings(const RankSummary& summary) {
    std::vector<std::string> sentences, uneven, missed;
    for (const ParameterRanks& one : summary.parameters) {
        if (one.check.chance < suspicious) uneven.push_back(fmt::format("{} (p = {})", one.name, chance_text(one.check.chance)));
        if (one.held_interval.low > .9 || one.held_interval.high < .9)
            missed.push_back(fmt::format("{} ({} %)", one.name, percent(one.held)));
    }
    if (uneven.empty())
        sentences.push_back("The ranks of the truths look uniform: nothing speaks against these posteriors.");
    else
        sentences.push_back("The ranks of the truths are not uniform for " + listed(uneven) +
                            ": these posteriors do not hold what they should.");
    if (!missed.empty()) sentences.push_back("Intervals of 90 % hold the truth too rarely or too often for " + listed(missed) + ".");
    if (summary.without_fit > 0)
        sentences.push_back(fmt::format("{} of {} came to nothing: their records lacked a number, or the budget did not suffice.",
                                        with_commas(summary.without_fit), counted(summary.fits, "fit")));
    return sentences;
}

}  // namespace entente
