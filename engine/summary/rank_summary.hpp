/// What fits of simulated records say of a method: simulation-based calibration, parameter by parameter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <entente/inference/rank_check.hpp>
#include <entente/inference/weighted_sample.hpp>
#include <entente/study/factor.hpp>

namespace entente {

/// A parameter in a fit.
struct RankedParameter {
    double truth = 0;
    double rank = 0;  ///< of the truth among rank_draws draws; NaN where there was no fit
    double mean = 0;
    double sd = 0;
    double low = 0;  ///< of the central 90 %
    double high = 0;
    [[nodiscard]] bool is_held() const { return low <= truth && truth <= high; }
};

/// A fit as so many numbers, for files: those of each parameter, then the effective size.
std::size_t ranked_numbers(std::size_t parameters);
/// `truth` and particles are in the unit cube; null particles: there was no fit.
std::vector<double> ranked_fit(std::span<const Factor> factors, std::span<const double> truth, const Particles* particles,
                               KeyedDraws& draws);
RankedParameter ranked_parameter(std::span<const double> numbers, std::size_t parameter);

/// Over all fits.
struct ParameterRanks {
    std::string name;
    RankCheck check;
    double held = 0;         ///< share of the fits whose central 90 % hold the truth …
    Interval held_interval;  ///< … and its 95 % interval
};

struct RankSummary {
    std::vector<ParameterRanks> parameters;
    std::int64_t fits = 0;
    std::int64_t without_fit = 0;  ///< whose record had no number, or that ended before a generation was complete
    double effective = 0;          ///< mean effective size
};

RankSummary summarise_ranks(std::span<const Factor> factors, std::span<const std::vector<double>> fits);

/// In sentences: whether ranks are uniform, and what speaks against it.
std::vector<std::string> rank_findings(const RankSummary& summary);

}  // namespace entente
