/// Which factors matter for an outcome: indices of the means over the replicates of each point, and how much of what they rest on is noise.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <entente/results/outcomes.hpp>
#include <entente/study/morris_effects.hpp>
#include <entente/study/noise.hpp>
#include <entente/study/sensitivity_design.hpp>
#include <entente/study/sobol_indices.hpp>

namespace entente {

/// Numbers of one outcome at all points of a design.
struct OutcomeSample {
    std::string name;
    std::string unit;
    std::string about;
    std::string rule;            ///< how a date became a number, or ""
    std::vector<double> values;  ///< [point][replicate]; NaN where a run failed or there is none
};

/// An outcome of a study's runs.
OutcomeSample sample_of(const StudyValues& values, const Outcome& outcome);

/// Replicate r draws alike at every point, so that the means differ by the factors and by chance that acts differently at different points.
/// That chance counts as interaction of all factors: it raises every total index by about its share of the means' variance.
struct OutcomeSensitivity {
    std::string name;
    std::string unit;
    std::string about;
    std::string rule;
    double mean = 0;             ///< of the means of all points used; Sobol': of the rows A and B
    double variance = 0;         ///< of the same, divided by their number
    std::size_t used = 0;        ///< base rows, or trajectories
    std::size_t left_out = 0;    ///< some point of theirs has no run that did not fail
    std::optional<Noise> noise;  ///< at the points of `variance`; from two replicates on
    SobolIndices sobol;          ///< of the method sobol
    MorrisEffects morris;        ///< of the method morris

    [[nodiscard]] bool never_varies() const { return !(variance > 0); }
    /// Whether the means differ by hardly more than noise: it is over nine tenths of their variance, or less than two standard errors below
    /// all of it, sqrt(2 / (P - 1)) of its logarithm at P points. Then indices say nothing.
    [[nodiscard]] bool is_noise() const;
};

OutcomeSensitivity sensitivity_of(const OutcomeSample& sample, std::size_t replicates, const SensitivityDesign& design,
                                  const Bootstrap& bootstrap);

/// One number of a group of factors, under the name that the tables give it.
struct NamedIndex {
    std::string name;  ///< `first`, `first_jansen`, `total`; `mu`, `mu_star`, `sigma`
    double value = 0;
    std::optional<Interval> interval;  ///< none for mu and sigma
};
std::vector<NamedIndex> indices_of_group(const OutcomeSensitivity& outcome, const SensitivityDesign& design, std::size_t group);

/// What groups are ranked by: the total index, or mu*.
const Estimate& rank_of(const OutcomeSensitivity& outcome, const SensitivityDesign& design, std::size_t group);
/// Groups from the most important one down.
std::vector<std::size_t> ranked_groups(const OutcomeSensitivity& outcome, const SensitivityDesign& design);

}  // namespace entente
