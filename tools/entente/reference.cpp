#include <iostream>

#include <entente/scenario/keys.hpp>

#include "commands.hpp"

namespace entente {

Subcommand add_reference(Options& app) {
    Options* self = app.add_subcommand("reference", "Print the reference of the scenario language (Markdown)");
    return {self, [](const CommandLine&) {
                std::cout << language_reference();
                return ExitCode::fine;
            }};
}

}  // namespace entente
