/// Parameters given the likelihood of a record that can only be estimated: sequential Monte Carlo over density-tempered posteriors (Duan & Fulop
/// 2015, J. Bus. Econ. Stat. 33:192-202), with moves by particle marginal Metropolis-Hastings (Andrieu, Doucet & Holenstein 2010, JRSS B 72:269).
///
/// The particles go from the prior to the posterior by prior(θ) L(θ)^γ, γ rising from 0 to 1 so that each step leaves half of them effective.
/// After each step they are drawn again and moved: near ones are proposed, their likelihood is estimated by a filter of their own, and they are
/// accepted by Metropolis' rule. As the estimates are unbiased, what comes out at γ = 1 is the posterior itself, and the product of the mean
/// weights of all steps is an unbiased estimate of the evidence, whatever the number of runs of a filter; too few only move badly. Where they do,
/// filters are given twice as many.
///
/// Moves are random walks where the prior is standard normal, z = Φ⁻¹(u) of its quantiles u, by the particles' own covariance.
///
/// Why so. SMC over time (Chopin, Jacob & Papaspiliopoulos 2013) would keep the runs of all filters from step to step; here one number a particle is
/// kept, so that a fit that was killed goes on from a few kilobytes, and ranks share its rounds without sending states. Correlated pseudo-marginal
/// chains (Deligiannidis, Doucet & Pitt 2018) need luck that moves little by little; ours is keyed by run and tick.
///
/// This class says which likelihoods are wanted next, and is told them: what it does hangs on the plan and on these numbers alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <entente/inference/weighted_sample.hpp>

namespace entente {

struct TemperedPlan {
    std::size_t particles = 400;
    std::int64_t filter_runs = 100;  ///< of each likelihood, to begin with
    std::int64_t runs = 50'000'000;  ///< at most, in all
    std::uint64_t seed = 1;
    double moves = 3;             ///< accepted ones a particle at γ = 1; a third of that before
    double least_acceptance = 0.1;  ///< below it filters get twice as many runs
};

/// Likelihoods that are wanted: that of each point, by filters of so many runs, with luck that hangs on the round.
struct Wanted {
    std::int64_t round = 0;
    std::int64_t filter_runs = 0;
    UnitPoints unit;
};

/// One temperature.
struct TemperedStep {
    double temperature = 0;  ///< γ
    double effective = 0;    ///< particles, by their weights before they are drawn again
    double log_evidence = 0; ///< of the record to the power γ, so far
    std::int64_t rounds = 0; ///< of moves
    double acceptance = 0;   ///< mean over these
    std::int64_t filter_runs = 0;
    std::int64_t runs = 0;   ///< spent on it
};

enum class TemperedEnd {
    posterior,   ///< γ is 1, and the particles have moved
    impossible,  ///< no particle of the prior could have the record
    budget,      ///< no runs are left
};
std::string_view name_of(TemperedEnd end);

class TemperedSmc {
public:
    /// As many parameters; particles are more than these.
    TemperedSmc(std::size_t parameters, TemperedPlan plan);

    /// What is wanted now; nothing at the end.
    [[nodiscard]] const std::optional<Wanted>& next() const { return wanted_; }
    /// Logarithms of the likelihoods of next(), in order; -infinity where there is none.
    void take(const std::vector<double>& log_likelihoods);

    [[nodiscard]] std::optional<TemperedEnd> end() const { return end_; }
    [[nodiscard]] const std::vector<TemperedStep>& steps() const { return steps_; }  ///< the last one may not be over
    [[nodiscard]] double log_evidence() const { return log_evidence_; }
    /// Of log_evidence, from the weights of each step: sqrt(sum of 1/effective - 1/particles). What moves leave of dependence comes on top.
    [[nodiscard]] double log_evidence_error() const;
    /// Equal weights.
    [[nodiscard]] Particles particles() const;
    [[nodiscard]] const std::vector<double>& log_likelihoods() const { return log_likelihoods_; }
    [[nodiscard]] std::size_t distinct() const;  ///< of the particles
    [[nodiscard]] std::int64_t runs() const { return runs_; }

private:
    enum class Doing { beginning, moving, refreshing };
    void want(std::vector<double> z);
    void step();
    void propose();
    void judge(const std::vector<double>& log_likelihoods);
    void refresh(const std::vector<double>& log_likelihoods);
    void draw_again(const std::vector<double>& log_weights);
    void learn_covariance();
    [[nodiscard]] double uniform(std::uint64_t what, std::size_t number) const;

    std::size_t d_;
    TemperedPlan plan_;
    std::optional<Wanted> wanted_;
    std::optional<TemperedEnd> end_;
    Doing doing_ = Doing::beginning;
    std::vector<double> z_;         ///< [particle][parameter]
    std::vector<double> proposed_;  ///< likewise
    std::vector<double> log_likelihoods_;
    std::vector<double> root_;      ///< Cholesky's, of the particles' covariance
    std::vector<TemperedStep> steps_;
    double temperature_ = 0;
    double log_evidence_ = 0;
    double scale_ = 1;
    double accepted_ = 0;  ///< moves a particle, at this temperature
    std::int64_t round_ = 0;
    std::int64_t filter_runs_;
    std::int64_t runs_ = 0;
};

}  // namespace entente
