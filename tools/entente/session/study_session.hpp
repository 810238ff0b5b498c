/// What sweep, sensitivity and compare do alike: claim the folder, make what is missing, conclude.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <entente/output/text_table.hpp>
#include <entente/store/conduct.hpp>
#include <entente/store/study_values.hpp>
#include <entente/summary/headline.hpp>

#include "arguments/study_arguments.hpp"
#include "commands.hpp"
#include "session/attendant.hpp"

namespace entente {

class StagedFiles;

/// Joins the ranks of the MPI job this process may be part of, and runs `command` on each; on those above 0 its attendant is told nothing. What
/// fails on one rank ends all; what fails on rank 0 is told once.
ExitCode with_ranks(Attendant& attendant, const std::function<ExitCode(Ranks&, Attendant&)>& command);

/// Runs `prepare` on every rank before any works; a fault that all share is reported by rank 0 alone.
void together(Ranks& ranks, const std::function<void()>& prepare);

/// Runs of the model at its own parameters, for a second or two: how many a second there are.
Results trial_runs(const Model& model, const TilePlan& plan);

/// A record with all that the arguments say of it.
StudyRecord study_record(const std::string& name, const StudyArguments& arguments, const Scenario& scenario, std::int64_t replicates,
                         const CommandLine& command);

/// The folder of a study: what --out says, or one of its own by default. `design_text` distinguishes designs that can't grow into each other.
std::filesystem::path study_path(const StudyArguments& arguments, const StudyRecord& record, const std::string& design_text);

class StudySession;
namespace page {
struct Report;
}

/// Writes report.html unless it is not wanted, and returns what the list of files says of it. `add` fills the section of what was studied.
std::string add_report_page(const StudyArguments& arguments, const StudySession& session, const Scenario& scenario, std::vector<Headline> headline, std::vector<std::string> findings,
                            const std::function<void(page::Report&)>& add);

class StudySession {
public:
    /// The study must outlive this. Throws Error for more runs than can be numbered.
    StudySession(Ranks& ranks, Attendant& attendant, const StudyArguments& arguments, const Study& study, StudyRecord record, const std::string& design_text);
    ~StudySession();

    /// Runs, of which missing; time from a trial; disk.
    [[nodiscard]] std::string dry_run_text() const;

    /// Makes what is missing. False where there is nothing to conclude: on ranks above 0, and for one share of the work (after telling so).
    /// Then `code()` is the exit code.
    bool carry_out();

    [[nodiscard]] const StudyValues& values() const { return *values_; }
    [[nodiscard]] const StudyRecord& record() const { return record_; }
    [[nodiscard]] const StudyOutcome& outcome() const { return outcome_; }
    [[nodiscard]] const std::filesystem::path& folder() const { return path_; }
    [[nodiscard]] bool is_interrupted() const { return conducted_.interrupted; }
    /// Whether every run is there.
    [[nodiscard]] bool is_complete() const { return outcome_.runs == values_->runs(); }

    /// Publishes the files that `write` stages, then the manifest.
    void conclude(const std::function<void(StagedFiles&)>& write);
    /// Failures and interruption, told with what to do; the exit code. Failures of at most `allowed_share` of the runs are a warning.
    ExitCode code(double allowed_share = 0) const;

private:
    void agree() const;
    [[nodiscard]] std::string what_is_there() const;
    void tell_notes() const;
    void tell_failures(bool are_allowed) const;

    Ranks& ranks_;
    Attendant& attendant_;
    const StudyArguments& arguments_;
    const Study& study_;
    StudyRecord record_;
    std::filesystem::path path_;
    std::unique_ptr<StudyFolder> folder_;  ///< on rank 0
    std::unique_ptr<StudyValues> values_;
    Conducted conducted_;
    StudyOutcome outcome_;
};

}  // namespace entente
