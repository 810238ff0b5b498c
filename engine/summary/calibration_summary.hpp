/// What a calibration says: of each parameter what was known before and what is now, and how the record looks from both.
///
/// It is the same for every method that leaves weighted particles in the space of the priors' quantiles.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <entente/base/statistics.hpp>
#include <entente/inference/adaptive_distance.hpp>
#include <entente/inference/record_summaries.hpp>
#include <entente/inference/weighted_sample.hpp>
#include <entente/study/factor.hpp>

namespace entente {

/// How particles are weighed against the record.
enum class CalibrationMethod {
    abc,         ///< by how near their runs come to it, in summaries of it
    likelihood,  ///< by the chance that the model has for it
};
std::string_view name_of(CalibrationMethod method);
std::optional<CalibrationMethod> calibration_method(std::string_view name);

/// One generation of particles.
struct GenerationFacts {
    double tolerance = 0;  ///< abc: the largest distance from the record; infinite of the first
    std::int64_t runs = 0;
    std::int64_t failed = 0;
    double acceptance = 0;
    double effective = 0;
    double temperature = 0;        ///< likelihood: to which power of it the particles are weighed …
    std::int64_t filter_runs = 0;  ///< … of how many runs each is the mean …
    double log_evidence = 0;       ///< … and what the steps so far say of the record
};

/// How a calibration went.
struct CalibrationFacts {
    CalibrationMethod method = CalibrationMethod::abc;
    std::string until;  ///< the day to which the record was looked at
    std::int64_t particles = 0;
    std::int64_t budget = 0;  ///< of runs
    std::int64_t runs = 0;    ///< that the generations took, those of one that was left unfinished too
    std::vector<GenerationFacts> generations{};
    std::string end{};                    ///< why it ended, a word: `budget`
    std::vector<std::string> left_out{};  ///< of the record, in words
    double log_evidence = 0;              ///< likelihood: of the record, over the prior …
    double log_evidence_error = 0;        ///< … and its standard error
    std::int64_t distinct = 0;            ///< likelihood: particles that are not copies of others
};

/// Why it ended, in a sentence, and what would take it further.
std::string end_told(const CalibrationFacts& facts);

/// A distribution in three numbers: median and the central 90 %.
struct Ninety {
    double median = 0;
    double low = 0;
    double high = 0;
};

enum class PriorEnd { neither, low, high };

/// A parameter before and after.
struct ParameterLearned {
    std::string name;
    std::string unit;
    std::string prior_text;
    Ninety prior{};
    Ninety posterior{};
    double mean = 0;  ///< of the posterior
    double sd = 0;
    /// By quantiles of the prior, in which it is uniform: 1 - variance / (1/12), the share of the prior's variance that is gone, and
    /// (mean - 1/2) / sqrt(1/12), by how many of the prior's sd the mean has moved (Betancourt 2018). Neither hangs on the parameter's
    /// scale.
    double contraction = 0;
    double shift = 0;
    bool is_informed = false;  ///< that the posterior were the prior is refused at 1 %, by Kolmogorov's test with the effective size
    PriorEnd pressed_against = PriorEnd::neither;  ///< more than half of the posterior lies in that outer twentieth of the prior
};

struct PairLearned {
    std::size_t first = 0;
    std::size_t second = 0;
    double correlation = 0;  ///< of the quantiles of their priors
};

/// A number on record, and what runs give.
struct RecordPredicted {
    std::string name;
    std::string unit;
    double record = 0;
    Ninety prior{};               ///< of runs at draws from the prior
    Ninety posterior{};           ///< of fresh runs at draws from the posterior
    double prior_chance = 0;      ///< twice the smaller share of runs that give as little, or as much: small where they disagree (Box 1980)
    double posterior_chance = 0;  ///< likewise
    double prior_least = 0;       ///< of all runs of the prior
    double prior_greatest = 0;
    [[nodiscard]] bool is_beyond_prior() const { return !(record >= prior_least && record <= prior_greatest); }
};

/// Below it a chance is told as a conflict.
inline constexpr double conflict_chance = 0.01;

struct CalibrationSummary {
    std::vector<ParameterLearned> parameters;
    std::vector<PairLearned> pairs;  ///< all, the strongest first
    std::vector<RecordPredicted> record;
    double effective = 0;
};

/// `predicted` are fresh runs at equally weighted draws from the particles; without runs no record is told.
CalibrationSummary summarise_calibration(std::span<const Factor> factors, const Particles& particles, const RecordSummaries& summaries,
                                         const SummaryTable& prior_runs, const SummaryTable& predicted);

/// In sentences, the most important first: what the record says nothing about, what presses against its prior, where prior, model and
/// record disagree. `told` gives people's words for a parameter.
std::vector<std::string> calibration_findings(const CalibrationSummary& summary,
                                              const std::function<std::string(const std::string&)>& told);

}  // namespace entente
