/// The points of a sensitivity analysis, by the method that is to read their outcomes.
#pragma once

#include <cstdint>
#include <span>

#include <entente/study/factor_groups.hpp>
#include <entente/study/morris_design.hpp>

namespace entente {

enum class SensitivityMethod { sobol, morris };

struct SensitivityPlan {
    SensitivityMethod method = SensitivityMethod::sobol;
    std::size_t samples = 256;                   ///< base rows of Sobol's method, trajectories of Morris's
    SecondOrder second_order = SecondOrder::no;  ///< Sobol' only
    Scramble scramble = Scramble::owen;          ///< Sobol' only
    int levels = 4;                              ///< Morris only
    std::uint64_t seed = 1;
};

struct SensitivityDesign {
    SensitivityPlan plan;
    NamedGroups groups;
    MorrisDesign morris;  ///< steps and levels behind the points; Morris only
    Points points;
    std::vector<Factor> factors{};

    /// Of a base row or a trajectory.
    [[nodiscard]] std::size_t points_per_sample() const;
};

/// As saltelli_points and morris_trajectories lay it out: with more samples it has the same beginning. No factor may be empty. Throws Error
/// for more than most_points, and for levels that Morris's method can't have.
SensitivityDesign sensitivity_design(std::span<const Factor> factors, NamedGroups groups, const SensitivityPlan& plan);

}  // namespace entente
