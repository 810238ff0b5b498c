/// Which factors matter for an outcome: indices of the means over the replicates of each point, and how much of what they rest on is noise.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <entente/study/morris_effects.hpp>
#include <entente/study/noise.hpp>
#include <entente/study/sensitivity_design.hpp>
#include <entente/study/sobol_indices.hpp>
#include <entente/summary/outcomes.hpp>

namespace entente {

/// Numbers of one outcome at all points of a design.
struct OutcomeSample {
    std::string name;
    std::string unit;
    std::string about;
    std::string rule;            ///< how a date or level became a number, or ""
    std::vector<double> values;  ///< [point][replicate]; NaN where a run failed or there is none
    std::string label{};         ///< people's words for it, or ""
    std::string pattern{};       ///< how outcomes by the rule are called: `*_years`; "" where there is none
};

/// An outcome of a study's runs.
OutcomeSample sample_of(const StudyValues& values, const Outcome& outcome);

/// What can be said of an outcome, from the least up.
enum class Variation {
    no_numbers,    ///< every value is missing or infinite
    constant,      ///< all runs that have a number have the same
    chance_alone,  ///< runs differ, the means of points do not: luck that acts alike at every point
    excluded,      ///< the means differ, but not where base rows or trajectories are whole, or fewer than two are
    noise,         ///< the means differ by hardly more than noise: indices say nothing
    by_factors,    ///< the means differ by the factors: indices say how
};

/// Paired, replicate r draws alike at every point, so that the means differ by the factors and by chance that acts differently at different
/// points; unpaired, by all chance that is left in a mean. That chance counts as interaction of all factors: it raises every total index by
/// about its share of the means' variance.
///
/// An infinite value has no mean: like a missing one it is left out of the mean of its point, and a point that has none leaves out its base
/// row or trajectory.
struct OutcomeSensitivity {
    std::string name;
    std::string unit;
    std::string about;
    std::string rule;
    double mean = 0;             ///< of the means of all points used; Sobol': of the rows A and B
    double variance = 0;         ///< of the same, divided by their number
    double sd = 0;               ///< its root, which does not underflow
    std::size_t infinite = 0;    ///< runs whose value is
    std::size_t missing = 0;     ///< runs that have none: they failed, or it is NaN
    std::size_t used = 0;        ///< base rows, or trajectories
    std::size_t left_out = 0;    ///< some point of theirs has no run that did not fail
    std::optional<Noise> noise;  ///< at the points of `variance`; from two replicates on
    SobolIndices sobol;          ///< of the method sobol
    MorrisEffects morris;        ///< of the method morris

    Variation variation = Variation::by_factors;
    std::string label{};    ///< people's words for it, or ""
    std::string pattern{};  ///< how outcomes by the rule are called, or ""
    [[nodiscard]] const std::string& told() const { return label.empty() ? name : label; }
    [[nodiscard]] bool has_indices() const { return variation == Variation::by_factors || variation == Variation::noise; }
    [[nodiscard]] bool is_noise() const { return variation == Variation::noise; }
};

/// Means differ by hardly more than noise where it is over nine tenths of their variance, or less than two standard errors below all of it,
/// sqrt(2 / (P - 1)) of its logarithm at P points.
OutcomeSensitivity sensitivity_of(const OutcomeSample& sample, std::size_t replicates, const SensitivityDesign& design,
                                  const Bootstrap& bootstrap, Pairing pairing = Pairing::paired);

/// The name of a variation in summary.json.
std::string_view variation_name(Variation variation);

/// One number of a group of factors, under the name that the tables give it.
struct NamedIndex {
    std::string name;  ///< `first`, `first_jansen`, `total`; `mu`, `mu_star`, `sigma`
    double value = 0;
    std::optional<Interval> interval;  ///< none for mu and sigma
};
std::vector<NamedIndex> indices_of_group(const OutcomeSensitivity& outcome, const SensitivityDesign& design, std::size_t group);

/// The second-order index of two groups, by name.
struct NamedPair {
    std::string one;
    std::string other;
    Estimate estimate;
};
/// All pairs; none where second-order indices weren't asked for.
std::vector<NamedPair> indices_of_pairs(const OutcomeSensitivity& outcome, const SensitivityDesign& design);

/// What groups are ranked by: the total index, or mu*.
const Estimate& rank_of(const OutcomeSensitivity& outcome, const SensitivityDesign& design, std::size_t group);
/// Groups from the most important one down.
std::vector<std::size_t> ranked_groups(const OutcomeSensitivity& outcome, const SensitivityDesign& design);

}  // namespace entente
