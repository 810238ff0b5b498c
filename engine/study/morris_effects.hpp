/// Elementary effects: which factors matter at all, and which act unevenly or together with others.
#pragma once

#include <span>
#include <vector>

#include <entente/study/bootstrap.hpp>
#include <entente/study/morris_design.hpp>

namespace entente {

/// The elementary effect of a step is (f(after) - f(before)) / (+- Delta), in units of the outcome per unit coordinate.
/// Of a group of several factors, which move each its own way, only its size is defined, and mu and sigma are NaN.
struct MorrisEffect {
    double mu = 0;     ///< mean effect: Morris (1991), Technometrics 33:161
    double sigma = 0;  ///< its standard deviation (n - 1): large when the effect depends on where the factor, or others, are
    Estimate mu_star;  ///< mean size of the effect: Campolongo, Cariboni & Saltelli (2007), Environ. Model. Softw. 22:1509
};

struct MorrisEffects {
    std::size_t trajectories = 0;  ///< used
    std::size_t left_out = 0;      ///< in which some outcome is missing or infinite
    std::vector<MorrisEffect> groups;
};

/// `outcomes` of all points of the design. Resamples draw trajectories, each whole. All is NaN without a trajectory, sigma and intervals with one.
MorrisEffects morris_effects(std::span<const double> outcomes, const MorrisDesign& design, const Bootstrap& bootstrap);

}  // namespace entente
