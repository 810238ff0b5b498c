/// The subcommands of `entente`. Each adds itself to the command line and returns what to do when it was asked for.
#pragma once

#include <functional>
#include <string>
#include <vector>


#include <entente/base/problem.hpp>

#include "arguments/options.hpp"

namespace entente {

using CommandLine = std::vector<std::string>;  ///< as typed, `entente` first

/// Does what that command line says. Throws as the commands do. Results record `recorded` as the command that made them, where it is given.
ExitCode execute(const CommandLine& command, const CommandLine& recorded = {});

struct Subcommand {
    Options* options;
    std::function<ExitCode(const CommandLine&)> action;
};

Subcommand add_check(Options& app);
Subcommand add_describe(Options& app);
Subcommand add_explain(Options& app);
Subcommand add_run(Options& app);
Subcommand add_sweep(Options& app);
Subcommand add_sensitivity(Options& app);
Subcommand add_compare(Options& app);
Subcommand add_merge(Options& app);
Subcommand add_report(Options& app);
Subcommand add_reference(Options& app);

}  // namespace entente
