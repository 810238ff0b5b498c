/// What was asked of a study, as its manifest records it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <entente/store/run_record.hpp>

namespace entente {

/// On what the values of a study's runs hang. Points and replicates are not in it: a study may grow.
struct StudyIdentity {
    std::string command;                    ///< `sweep`, `sensitivity`, `compare` or `score`
    Identity scenario;                      ///< `runs` and `first_run` stay 0
    std::vector<std::string> factors;       ///< names of what is varied
    std::vector<std::string> alternatives;  ///< `compare`: names, the baseline's first; else one, ""
    bool independent = false;               ///< each alternative, or point, has runs of its own: none share their luck
    std::string scored{};                   ///< `score`: from when to when, for which its runs hold what is needed; else ""
    bool operator==(const StudyIdentity&) const = default;

    /// A hash of it all.
    [[nodiscard]] std::string key() const;
};

struct StudyRecord {
    StudyIdentity identity;
    std::vector<Identity> alternatives;  ///< `compare`: each as `run` would make it, `runs` apart; else none
    std::string design;  ///< in words: `grid of 5 x 4`
    std::vector<std::int64_t> history;  ///< samples asked for, the first time and whenever the study grew: a Latin hypercube grows step by step
    bool varies_all_priors = false;  ///< the factors are all parameters that have a prior, for none was named
    std::int64_t points = 0;
    std::int64_t replicates = 1;
    std::string scenario;
    std::string title;
    std::string resolved;
    std::vector<std::string> command;
    std::string started;
    NameLabels labels{};  ///< for texts; no manifest has them
};

/// What a study's results say of themselves.
struct StudyOutcome {
    std::int64_t runs = 0;   ///< that are there
    std::int64_t again = 0;  ///< of them at points that stand in the design before: these are made once
    std::int64_t failed = 0;
    std::string digest;  ///< over every value of every run, in the order of alternatives, points and replicates
    std::string finished;
    double seconds = 0;  ///< of this call
    std::int64_t runs_made = 0;  ///< by this call
    int threads = 1;
    int ranks = 1;
    std::string instruction_set;
};

/// manifest.json; `outcome` is null before there is one.
std::string study_manifest_json(const StudyRecord& record, Completeness completeness, const StudyOutcome* outcome);

struct StudyManifest {
    StudyIdentity identity;
    Completeness completeness = Completeness::complete;
    std::string form;  ///< of the design, in words
    std::vector<std::int64_t> history;
    std::int64_t points = 0;
    std::int64_t replicates = 0;
    std::string digest;
    std::vector<std::string> command;  ///< arguments as typed
};
/// Throws Error when the text is no manifest of a study's.
StudyManifest read_study_manifest(const std::string& text);

/// What differs between two identities, in words; empty when nothing does.
std::vector<std::string> differences(const StudyIdentity& there, const StudyIdentity& here);

/// One run of a study.
struct StudyRun {
    int alternative = 0;
    std::span<const double> point;  ///< values of the factors
    std::int64_t number = 0;        ///< as which `run` makes it
};

/// The command that makes it again, alone: variant and settings of its alternative, the point's values as settings.
std::string command_for_run(const StudyRecord& record, const StudyRun& run);

}  // namespace entente
