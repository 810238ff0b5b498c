/// Samples whose members weigh differently: what they tell, and equal draws from them.
///
/// Weights are not negative, as many as values, in any unit; at least one is above 0.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <entente/study/design.hpp>

namespace entente {

/// Particles of a posterior, in the unit cube of the priors' quantiles, where the prior is uniform.
struct Particles {
    UnitPoints unit;
    std::vector<double> weights{};  ///< their sum is 1

    [[nodiscard]] std::size_t size() const { return weights.size(); }
    /// Coordinate k of all of them.
    [[nodiscard]] std::vector<double> coordinate(std::size_t k) const;
};

/// The weights divided by their sum.
std::vector<double> normalised_weights(std::vector<double> weights);

/// (sum w)^2 / sum w^2: as many equal ones would estimate a mean as well (Kish 1965), were they independent.
double effective_size(std::span<const double> weights);

double weighted_mean(std::span<const double> values, std::span<const double> weights);
/// Root of the mean square about the mean, divided by 1 - sum of the squares of the normalised weights, as n/(n - 1) has it for equal ones.
double weighted_sd(std::span<const double> values, std::span<const double> weights);
/// The smallest value with F >= p, p in [0, 1].
double weighted_quantile(std::span<const double> values, std::span<const double> weights, double p);
/// Pearson's; NaN where one of them does not vary.
double weighted_correlation(std::span<const double> a, std::span<const double> b, std::span<const double> weights);

/// `count` members, each as often as its weight has it to less than one: systematic resampling, at the strata (i + offset) / count of the
/// weights in their order (Kitagawa 1996; Douc & Cappé 2005). offset in [0, 1). Positions, ascending.
std::vector<std::size_t> systematic_draws(std::span<const double> weights, std::size_t count, double offset);

/// The greatest distance between the weighted distribution of values in [0, 1] and the uniform one: Kolmogorov's.
double distance_to_uniform(std::span<const double> values, std::span<const double> weights);

}  // namespace entente
