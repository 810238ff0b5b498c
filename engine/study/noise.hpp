/// How much of what differs between runs is chance, and how much the points at which they were made.
#pragma once

#include <optional>
#include <span>

namespace entente {

/// The variance of single runs at P points with R replicates each, taken apart. Replicate r takes the same draws at every point, so that
/// points and replicates are crossed: y_pr = mean + point_p + replicate_r + interaction_pr, all random (two ways, no repetition:
/// Searle, Casella & McCulloch 1992, Variance components, 4.5). From the mean squares
///     replicate = (MS_replicates - MS_interaction) / P,  point = (MS_points - MS_interaction) / R,  interaction = MS_interaction;
/// what comes out negative is set to 0.
struct Noise {
    std::size_t points = 0;    ///< used
    std::size_t left_out = 0;  ///< points at which some replicate is missing or infinite
    double point = 0;          ///< variance between points
    double replicate = 0;      ///< between replicates, the same at every point: it cancels when points are compared
    double interaction = 0;    ///< chance that acts differently at different points

    /// (replicate + interaction) / (point + replicate + interaction): the share of a single run's variance that is noise.
    [[nodiscard]] double share() const;  ///< NaN when nothing varies
    /// (interaction / R) / variance of the point means (P - 1): the share of what differs between them that is noise; at most 1.
    double share_of_means = 0;  ///< NaN when they don't vary
};

/// Outcomes [point][replicate]. Nothing for fewer than two replicates, or fewer than two points with all of them.
std::optional<Noise> replicate_noise(std::span<const double> outcomes, std::size_t replicates);

}  // namespace entente
