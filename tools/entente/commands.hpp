/// The subcommands of `entente`. Each adds itself to the command line and returns what to do when it was asked for.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include <entente/base/problem.hpp>

namespace entente {

using CommandLine = std::vector<std::string>;  ///< as typed, `entente` first

/// Does what that command line says. Throws as the commands do. Results record `recorded` as the command that made them, where it is given.
ExitCode execute(const CommandLine& command, const CommandLine& recorded = {});

struct Subcommand {
    CLI::App* app;
    std::function<ExitCode(const CommandLine&)> action;
};

Subcommand add_check(CLI::App& app);
Subcommand add_describe(CLI::App& app);
Subcommand add_explain(CLI::App& app);
Subcommand add_run(CLI::App& app);
Subcommand add_sweep(CLI::App& app);
Subcommand add_sensitivity(CLI::App& app);
Subcommand add_compare(CLI::App& app);
Subcommand add_merge(CLI::App& app);
Subcommand add_report(CLI::App& app);
Subcommand add_reference(CLI::App& app);

}  // namespace entente
