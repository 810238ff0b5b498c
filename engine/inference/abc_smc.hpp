/// Approximate Bayesian computation by sequential Monte Carlo: which particles to run next, and what their runs tell.
///
/// The first generation is a sample of the prior, all of it. Of each later one, particles are proposed near those of the one before
/// (LocalKernel), run, and accepted where their distance from the record is at most a tolerance, until there are as many as asked for;
/// their weights are 1/q, for the prior is uniform in the space of its quantiles (Beaumont, Cornuet, Marin & Robert 2009, Biometrika
/// 96:983-990). Distances are scaled by all runs of the generation before, rejected ones too (Prangle 2017; adaptive_distance.hpp), and the
/// tolerance is a quantile of what its accepted particles have by them (Del Moral, Doucet & Jasra 2012).
///
/// Every particle has luck of its own: proposal n runs as run n, and no two have the same number. Which are proposed and accepted depends
/// on the plan and on what the runs gave alone, not on how many are run at a time: what is run beyond a generation's last acceptance is
/// left.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include <entente/inference/adaptive_distance.hpp>
#include <entente/inference/local_kernel.hpp>
#include <entente/inference/weighted_sample.hpp>

namespace entente {

struct AbcPlan {
    std::size_t particles = 1000;  ///< of a generation
    std::int64_t runs = 200'000;   ///< at most
    std::uint64_t seed = 1;
    double quantile = 0.5;            ///< of the distances that is the next tolerance, in (0, 1)
    double least_acceptance = 0.005;  ///< a generation of which fewer are accepted is given up
    double least_gain = 0.01;         ///< by which share the tolerance must fall
};

/// What is on record, as runs tell it.
struct AbcRecord {
    std::vector<double> values;
    std::vector<double> sd;  ///< the record's own error, 0 for none
};

/// Why no further generation is made.
enum class AbcEnd {
    exact,       ///< every particle agrees with the record in all that its runs tell
    acceptance,  ///< too few proposals came as near as the next tolerance has it
    tolerance,   ///< the next tolerance would hardly be less
    budget,      ///< no runs are left
};
std::string_view name_of(AbcEnd end);

/// A generation that is complete.
struct AbcGeneration {
    double tolerance = std::numeric_limits<double>::infinity();
    std::int64_t first_run = 0;
    std::int64_t runs = 0;         ///< up to the last acceptance
    std::int64_t failed = 0;       ///< of them: without a number for every summary
    double effective = 0;          ///< effective size of its particles
    std::vector<double> scales{};  ///< of its distances; empty of the first
    Particles particles{};
    SummaryTable summaries{};  ///< of its particles
    [[nodiscard]] double acceptance() const { return static_cast<double>(particles.size()) / static_cast<double>(runs); }
};

/// Proposals first_run, first_run + 1, …
struct Proposals {
    std::int64_t first_run = 0;
    UnitPoints unit;
};

class AbcSmc {
public:
    AbcSmc(CellEnds cells, AbcRecord record, AbcPlan plan);

    /// What is to be run now; nothing when there is an end, or no runs are left.
    [[nodiscard]] std::optional<Proposals> next() const;
    /// Summaries of the proposals from `first_run` on, which is that of next(): all of them, or any number.
    void take(const SummaryTable& made);

    [[nodiscard]] const std::vector<AbcGeneration>& generations() const { return done_; }
    [[nodiscard]] std::int64_t runs_made() const { return made_; }
    [[nodiscard]] std::int64_t accepted() const { return static_cast<std::int64_t>(accepted_.size()); }  ///< of the generation in hand
    [[nodiscard]] double tolerance() const { return tolerance_; }                                        ///< likewise
    /// Nothing while there is more to do.
    [[nodiscard]] std::optional<AbcEnd> end() const;
    /// All runs of the first generation: a sample of what the prior has it.
    [[nodiscard]] const SummaryTable& prior_predictive() const { return prior_predictive_; }

private:
    [[nodiscard]] std::int64_t round_size() const;
    [[nodiscard]] std::vector<double> proposed(std::int64_t run) const;
    void judge(std::span<const double> summaries);
    void complete();
    void set_out();
    [[nodiscard]] double next_tolerance(std::span<const double> distances, std::span<const double> weights) const;

    struct Accepted {
        std::vector<double> unit;
        std::vector<double> summaries;
    };

    CellEnds cells_;
    AbcRecord record_;
    AbcPlan plan_;
    std::vector<AbcGeneration> done_;
    std::optional<LocalKernel> kernel_;  ///< none in the first generation
    std::vector<double> scales_;
    double tolerance_ = std::numeric_limits<double>::infinity();
    std::int64_t next_run_ = 0;
    std::int64_t first_run_ = 0;  ///< of the generation in hand
    std::int64_t failed_ = 0;
    std::int64_t made_ = 0;
    std::vector<Accepted> accepted_;
    SummaryTable all_;  ///< of the generation in hand
    SummaryTable prior_predictive_;
    std::optional<AbcEnd> end_;
};

}  // namespace entente
