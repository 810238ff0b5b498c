/// How much of what differs between runs is chance, and how much the points at which they were made.
#pragma once

#include <optional>
#include <span>

#include <entente/base/statistics.hpp>
#include <entente/study/pairing.hpp>

namespace entente {

/// The variance of single runs at P points with R replicates each, taken apart.
///
/// Paired, replicate r takes the same draws at every point, so that points and replicates are crossed:
/// y_pr = mean + point_p + replicate_r + interaction_pr, all random (two ways, no repetition: Searle, Casella & McCulloch 1992, Variance
/// components, 4.5). From the mean squares
///     replicate = (MS_replicates - MS_interaction) / P,  point = (MS_points - MS_interaction) / R,  interaction = MS_interaction.
/// Unpaired, replicates are nested in points: y_pr = mean + point_p + interaction_pr (one way: 3.5), and
///     point = (MS_points - MS_within) / R,  interaction = MS_within,  replicate = 0.
/// What comes out negative is set to 0.
struct Noise {
    std::size_t points = 0;    ///< used
    std::size_t left_out = 0;  ///< points at which some replicate is missing or infinite
    double point = 0;          ///< variance between points
    double replicate = 0;      ///< between replicates, the same at every point: it cancels when points are compared
    double interaction = 0;    ///< chance that acts differently at different points

    /// (replicate + interaction) / (point + replicate + interaction): the share of a single run's variance that is noise; NaN when nothing
    /// varies. `share_interval` is around it, and NaN likewise.
    double share = 0;
    Interval share_interval;
    /// (interaction / R) / variance of the point means (P - 1): the share of what differs between them that is noise; at most 1.
    double share_of_means = 0;  ///< NaN when they don't vary
    Interval share_of_means_interval;
};

/// Fewest replicates that share their luck of which an interval of the share is estimated; of fewer it is [0, 1].
inline constexpr std::size_t least_shared_replicates = 4;

/// Outcomes [point][replicate]. Nothing for fewer than two replicates, or fewer than two points with all of them.
///
/// Intervals are the jackknife's (Tukey 1958; Efron & Tibshirani 1993, ch. 11) of the logarithm of the ratio of mean squares, by Student's t: points
/// are left out in up to 16 groups and, where they are paired, replicates in up to 16 groups too, for R replicates that share their luck
/// are R draws of it, at however many points. By simulation (noise.cpp of the tests) they hold the share in 0.92 to 0.98 of all cases for
/// luck that is added, that acts unevenly, and of yes or no. No interval covers chance so rare that no replicate had it.
std::optional<Noise> replicate_noise(std::span<const double> outcomes, std::size_t replicates, Pairing pairing = Pairing::paired,
                                     double confidence = 0.95);

}  // namespace entente
