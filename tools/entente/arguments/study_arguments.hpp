/// The options that sweep, sensitivity and compare share.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <entente/store/conduct.hpp>

#include "arguments/scenario_arguments.hpp"
#include "session/report_output.hpp"

namespace entente {

struct StudyArguments {
    ScenarioArguments scenario;
    std::optional<std::int64_t> replicates;
    std::uint64_t seed = 1;
    ConductPlan plan;
    std::string out;
    bool unpaired = false;  ///< points, or alternatives, have runs of their own
    ReportArguments report;
    bool json = false;
    bool dry_run = false;
    bool no_runs = false;
    bool quiet = false;

    /// Of studies of points; the options of the scenario are added apart.
    void add_to(Options& app);
    /// Of any study; `replicates_are` describes --replicates, or what they are called by `option`.
    void add_plan_to(Options& app, const std::string& replicates_are, const std::string& option = "--replicates");

    /// The same study, of all its runs that are there, for a report and nothing else.
    void keep_report_only(const ReportPlace& place);

private:
    void add_runs_to(Options& app, const std::string& replicates_are, const std::string& option);
};

/// `i/n` as a share of the work. Throws Error.
WorkShare read_share(const std::string& text);

}  // namespace entente
