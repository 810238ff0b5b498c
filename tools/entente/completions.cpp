#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/problem.hpp>

#include "commands.hpp"
#include "completion_scripts.hpp"

namespace entente {

namespace {

const std::vector<std::string> shells{"bash", "zsh", "fish"};

std::string script_for(const std::string& shell, const ToldCommandLine& line) {
    if (shell == "bash") return bash_completion(line);
    if (shell == "zsh") return zsh_completion(line);
    if (shell == "fish") return fish_completion(line);
    throw Error(fmt::format("there is no completion for '{}'", shell), did_you_mean(shell, shells, "there is one for " + listed(shells)));
}

}  // namespace

Subcommand add_completions(Options& app) {
    Options* self = app.add_subcommand("completions", "Print what lets a shell complete commands, options and values");
    const auto shell = std::make_shared<std::string>();
    self->add_option("SHELL", *shell, "bash, zsh or fish")->required()->one_of(shells);
    self->footer(R"(
Examples:
  source <(entente completions bash)
  entente completions zsh > ~/.zsh/functions/_entente    a folder of $fpath
  entente completions fish > ~/.config/fish/completions/entente.fish

The Debian package puts them where the shells look.
)");
    return {self, [&app, shell](const CommandLine&, Attendant&) {
                std::cout << script_for(*shell, told_command_line(app));
                return ExitCode::fine;
            }};
}

}  // namespace entente
