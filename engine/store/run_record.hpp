/// What was asked of an ensemble, as its manifest records it: enough to reproduce the results.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <entente/scenario/labels.hpp>
#include <entente/study/run_results.hpp>

namespace entente {

/// On what the results hang. Two ensembles with the same identity have the same results, whatever threads, lanes and machine made them.
struct Identity {
    std::string entente;                                   ///< version
    std::string scenario_hash;                             ///< of all its files
    std::string variant;                                   ///< or ""
    std::vector<std::pair<std::string, double>> settings;  ///< parameters set by hand, by name
    std::uint64_t seed = 1;
    std::int64_t runs = 1;  ///< asked for
    std::int64_t first_run = 0;
    /// The snapshot that a branch goes on from, as SnapshotFacts::origin names it, or "". Runs that continue unchanged have none:
    /// they are the runs that never stopped.
    std::string from{};
    /// What the points of a posterior are, over which the runs are spread: a digest of their table, or "".
    std::string posterior{};
    bool operator==(const Identity&) const = default;
};

/// The settings as a message gives them: `--set aid_rate=0.5 blame=1`, `no --set`.
std::string settings_text(const Identity& identity);

/// In what results that are there differ from those to come: "seed 1, not 2". Empty when they do not.
std::vector<std::string> differences(const Identity& there, const Identity& here);

/// All of it on one line, for hashes.
std::string identity_text(const Identity& identity);

/// As one line of JSON, and back; throws when the text is none.
std::string identity_json(const Identity& identity);
Identity read_identity(const std::string& text);

struct RunRecord {
    Identity identity;
    std::string scenario;  ///< path of its file, as given
    std::string snapshot;  ///< path of what the runs go on from, as given; or ""
    std::string posterior{};  ///< path of the table of points, likewise
    std::string title;
    std::string resolved;                                       ///< the whole scenario, as JSON
    std::vector<std::string> command;                           ///< arguments as typed, the program's name first
    std::vector<std::pair<std::string, std::string>> versions;  ///< of libraries that what is written depends on
    std::string started;                                        ///< UTC, ISO 8601
    std::string finished;
    NameLabels labels{};  ///< for texts; no manifest has them
};

/// The command that makes one run again, alone.
std::string command_for_run(const RunRecord& record, std::int64_t run);

/// An argument as a shell must be given it.
std::string shell_quoted(std::string_view argument);

/// The present moment in UTC, `2026-01-31T12:00:00Z`.
std::string utc_now();

enum class Completeness { running, interrupted, complete };

/// manifest.json: identity, scenario, command, versions, cost and digest. `results` is null before there are any.
std::string manifest_json(const RunRecord& record, Completeness completeness, const Results* results);

/// What a manifest says of the results beside it.
struct ManifestFacts {
    Identity identity;
    Completeness completeness = Completeness::complete;
    std::string digest;
};
/// Throws Error when the text is no manifest of Entente's.
ManifestFacts read_manifest(const std::string& text);

}  // namespace entente
