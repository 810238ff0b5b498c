#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>

#include <fmt/format.h>

#include <entente/base/problem.hpp>

#include "arguments/command_line.hpp"
#include "commands.hpp"
#include "manual_page.hpp"

namespace entente {

namespace {

/// Pages for all of the command line, as `man` looks for them.
void write_pages(const ToldCommandLine& line, const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder);
    const auto write = [&](const std::string& name, const std::string& page) {
        const std::filesystem::path file = folder / (name + ".1");
        if (!(std::ofstream(file, std::ios::binary) << page << std::flush)) throw Error(fmt::format("'{}' could not be written", file.string()));
    };
    write("entente", manual_page(line));
    for (const ToldCommand& command : line.commands) write("entente-" + command.name, manual_page(line, command));
}

}  // namespace

Subcommand add_manual(Options& app) {
    Options* self = app.add_subcommand("manual", "Print the manual page of a command, as man reads it");
    const auto name = std::make_shared<std::string>();
    const auto folder = std::make_shared<std::string>();
    self->add_option("COMMAND", *name, "A command; without one the page of entente itself");
    self->add_option("--out", *folder, "Folder for the pages of all commands, entente.1, entente-run.1 and so on")->type_name("DIR")->group("Where results go");
    self->footer(R"(
Examples:
  entente manual run | man -l -
  entente manual --out ~/.local/share/man/man1
)");
    return {self, [&app, name, folder](const CommandLine&, Attendant&) {
                const ToldCommandLine line = told_command_line(app);
                if (!folder->empty() && !name->empty()) throw Error("--out is for the pages of all commands", "drop it, or the command");
                if (!folder->empty())
                    write_pages(line, *folder);
                else
                    std::cout << (name->empty() ? manual_page(line) : manual_page(line, told_command(line, *name)));
                return ExitCode::fine;
            }};
}

}  // namespace entente
