/// The options of `entente run`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <entente/study/ensemble.hpp>

#include "arguments/scenario_arguments.hpp"
#include "session/report_output.hpp"

namespace entente {

struct RunArguments {
    ScenarioArguments scenario;
    std::optional<std::int64_t> runs;  ///< default: those of the snapshot, or else of the scenario
    std::optional<std::uint64_t> seed;
    std::optional<std::int64_t> first_run;
    RunPlan plan;          ///< what else was asked for; the three above are filled in by plan_for
    std::string until;     ///< date, or number of a tick, to stop at
    std::string snapshot;  ///< file for the state there
    std::string from;      ///< snapshot to continue from
    std::string posterior;  ///< table of points over which runs are spread; "": none
    std::string out;                   ///< folder; "": default_folder
    ReportArguments report;
    std::vector<std::string> replay;  ///< as --replay was given; empty: it was not
    bool all_rows = false;  ///< in the summary
    bool json = false;
    bool dry_run = false;
    bool quiet = false;
    bool verbose = false;

    void add_to(Options& app);
    /// The same runs, for a report of results that are there and nothing else.
    void keep_report_only(const ReportPlace& place);
    /// Throws Error for arguments that contradict each other.
    void check() const;
    [[nodiscard]] bool replays() const { return !replay.empty(); }
    /// What --replay asks for: numbers of runs, `typical`, `telling`.
    [[nodiscard]] std::vector<std::string> runs_told() const;
    /// For runs from the start, `usual` being what the scenario asks for itself.
    [[nodiscard]] RunPlan plan_for(std::int64_t usual, const Calendar& calendar) const;
    /// For runs that continue from a snapshot: all of it, or those from --first-run on.
    [[nodiscard]] RunPlan plan_for(const Snapshot& there, const Calendar& calendar) const;

private:
    void add_runs_to(Options& app);
    void add_snapshots_to(Options& app);
    void check_replay() const;
};

}  // namespace entente
