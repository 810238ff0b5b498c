/// Where the particles of the next generation are proposed, and how dense proposals are there: importance sampling in the unit cube of the
/// priors' quantiles.
#pragma once

#include <span>
#include <vector>

#include <entente/inference/weighted_sample.hpp>
#include <entente/study/factor.hpp>
#include <entente/study/keyed_draws.hpp>

namespace entente {

/// Of each factor the ends, ascending from 0 to 1, of the parts of [0, 1] that are one value of a choice each; empty of all other factors,
/// whose values follow each other as u grows.
using CellEnds = std::vector<std::vector<double>>;
CellEnds cells_of(std::span<const Factor> factors);

/// A mixture over the particles j, by their weights:
///     q(u) = a + (1 - a) sum_j w_j N(u; u_j, S_j) C(u; u_j),
/// cut off at the cube. S_j is the weighted covariance about u_j of its nearest particles (Filippi, Barnes, Cornebise & Stumpf 2013,
/// Stat. Appl. Genet. Mol. Biol. 12:87-107, the kernel of the M nearest neighbours), nearest by coordinates divided by their sd. C: a
/// choice stays, or is drawn anew with chance redrawn. The share a that comes from the prior keeps every weight 1/q below 1/a (Hesterberg
/// 1995).
class LocalKernel {
public:
    LocalKernel(const Particles& particles, CellEnds cells);

    /// A proposal, in the cube.
    void draw(KeyedDraws& draws, std::span<double> to) const;
    /// q(u), up to a factor that is the same everywhere in the cube.
    [[nodiscard]] double density(std::span<const double> u) const;

    static constexpr double from_prior = 0.05;  ///< a
    static constexpr double redrawn = 0.25;
    static constexpr double widening = 2;         ///< of S_j
    static constexpr double nearest_share = 0.5;  ///< of the particles that count as near

private:
    void find_scales();
    void spread(std::size_t particle);
    [[nodiscard]] std::vector<std::size_t> nearest(std::size_t particle) const;
    [[nodiscard]] double choices_density(std::span<const double> u, std::span<const double> from) const;
    bool draw_near(std::size_t particle, KeyedDraws& draws, std::span<double> to) const;

    Particles particles_;
    CellEnds cells_;
    std::vector<std::size_t> smooth_;  ///< coordinates that are no choices
    std::vector<double> scales_;       ///< of these
    std::vector<double> reached_;      ///< sums of weights
    std::vector<double> roots_;        ///< by particle: lower triangle of S_j's root, row-major, all of the square
    std::vector<double> log_norms_;    ///< by particle: the logarithm of its normal density's factor
};

}  // namespace entente
