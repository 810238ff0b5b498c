/// Morris's design: walks through a grid, one factor or group of factors a step.
#pragma once

#include <cstdint>
#include <vector>

#include <entente/study/saltelli.hpp>

namespace entente {

/// Morris (1991), Technometrics 33:161; groups: Campolongo, Cariboni & Saltelli (2007), Environ. Model. Softw. 22:1509.
struct MorrisPlan {
    std::size_t trajectories = 0;
    FactorGroups groups;  ///< one for each factor
    int levels = 4;       ///< p, even
    std::uint64_t seed = 1;
};

/// From one point of a trajectory to the next.
struct MorrisStep {
    std::size_t group = 0;  ///< that moved
    int direction = 0;      ///< up 1, down -1; 0: of several factors each has its own
};

/// Trajectories of G + 1 points for G groups.
struct MorrisDesign {
    FactorGroups groups;
    int levels = 4;
    std::vector<int> level;         ///< [trajectory][point][factor]: from 0 to levels - 1
    std::vector<MorrisStep> steps;  ///< [trajectory][step]

    /// Length of a step in unit coordinates, p / (2 (p - 1)): p/2 levels, so that from every level one way is open, and one only.
    [[nodiscard]] double delta() const { return levels / (2.0 * (levels - 1)); }
    [[nodiscard]] std::size_t trajectories() const { return steps.size() / group_count(groups); }
    [[nodiscard]] std::size_t size() const { return level.size() / groups.size(); }  ///< points
};

/// Trajectories from random levels in random order of the groups. Each is keyed by the seed and its number: those of a shorter
/// design are the first of a longer one. Throws Error for levels that are odd or fewer than 2.
MorrisDesign morris_trajectories(const MorrisPlan& plan);

/// The trajectory that starts from `start`, a level for each factor, and moves the groups in `order`.
void append_trajectory(MorrisDesign& design, std::span<const int> start, std::span<const std::size_t> order);

/// Level l is coordinate l / (p - 1), at which the factor has its Factor::level(l, p): of uniform and loguniform that quantile,
/// of all others the quantile (l + 1/2) / p, for their ends may be infinite or next to impossible.
Points points_of(std::span<const Factor> factors, const MorrisDesign& design);

}  // namespace entente
