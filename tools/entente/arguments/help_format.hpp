/// How `--help` is laid out: lines of at most 80 columns, with names on the left and what they mean on the right.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace entente {

class HelpFormat : public CLI::Formatter {
public:
    HelpFormat();
    [[nodiscard]] std::string make_help(const CLI::App* app, std::string name, CLI::AppFormatMode mode) const override;
    [[nodiscard]] std::string make_option_opts(const CLI::Option* option) const override;
    [[nodiscard]] std::string make_option_desc(const CLI::Option* option) const override;
    [[nodiscard]] std::string make_subcommand(const CLI::App* command) const override;

private:
    [[nodiscard]] std::string options_by_heading(const CLI::App* app) const;
};

/// Where a heading of options stands among others: what to run, what to vary, where results go, how; headings of a command's own before these, in the
/// order in which they were declared.
int heading_order(const std::string& heading);

/// Puts `--help` behind the command's other options, in a group of its own.
void place_help_last(CLI::App& command);

}  // namespace entente
