/// The subcommands of `entente`. Each adds itself to the command line and returns what to do when it was asked for.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <entente/base/problem.hpp>

#include "arguments/options.hpp"
#include "session/attendant.hpp"
#include "session/report_output.hpp"

namespace entente {

using CommandLine = std::vector<std::string>;  ///< as typed, `entente` first

/// Does what that command line says. Throws as the commands do.
ExitCode execute(const CommandLine& command, Attendant& attendant);

/// Writes the report of results that are there, as the command that made them would have; of a study it makes no runs. Throws as the commands
/// do, and Error where that command makes no results.
ExitCode write_report_again(const CommandLine& made_by, const ReportPlace& place, Attendant& attendant);

struct Subcommand {
    Options* options;
    std::function<ExitCode(const CommandLine&, Attendant&)> action;
    std::function<void(const ReportPlace&)> report_only{};  ///< makes the action write a report and no more; null: it makes no results
};

Subcommand add_new(Options& app);
Subcommand add_check(Options& app);
Subcommand add_describe(Options& app);
Subcommand add_explain(Options& app);
Subcommand add_run(Options& app);
Subcommand add_sweep(Options& app);
Subcommand add_sensitivity(Options& app);
Subcommand add_calibrate(Options& app);
Subcommand add_compare(Options& app);
Subcommand add_condition(Options& app);
Subcommand add_score(Options& app);
Subcommand add_merge(Options& app);
Subcommand add_report(Options& app);
Subcommand add_reference(Options& app);
Subcommand add_import(Options& app);
Subcommand add_help(Options& app);
Subcommand add_manual(Options& app);
Subcommand add_completions(Options& app);

}  // namespace entente
