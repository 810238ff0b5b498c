#include <iostream>
#include <optional>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/model/model.hpp>
#include <entente/scenario/read.hpp>

#include "arguments/scenario_arguments.hpp"
#include "commands.hpp"
#include "session/waiting_sign.hpp"

namespace entente {

namespace {

/// `3 governments, 6 relations, 14 steps, 20 parameters, 12 measures, 228 ticks`
std::string contents(const Scenario& scenario, const Model& model) {
    std::string text;
    for (const auto& table : model.tables) text += counted(table.rows, table.name) + ", ";
    const auto add = [&](std::size_t count, std::string_view noun) { text += counted(static_cast<std::int64_t>(count), noun) + ", "; };
    add(scenario.steps.size(), "step");
    add(scenario.parameters.size(), "parameter");
    add(scenario.measures.size(), "measure");
    if (!scenario.variants.empty()) add(scenario.variants.size(), "variant");
    return text + counted(scenario.calendar.ticks(), "tick");
}

ExitCode check(const std::string& file) {
    std::optional<WaitingSign> sign(std::in_place, "loading and compiling");
    const ReadScenario read = read_scenario(file);
    const Model model = compile(read.scenario);
    for (const auto& variant : read.scenario.variants) compile(with_variant(read.scenario, variant.name));
    sign.reset();
    std::cerr << render_warnings(read);
    const auto warnings = static_cast<std::int64_t>(read.warnings.size());
    const std::string verdict = warnings == 0 ? "is fine" : "can run, with " + counted(warnings, "warning");
    std::cout << fmt::format("{} {}: {}\n", read.scenario.path == "-" ? "standard input" : read.scenario.path, verdict, contents(read.scenario, model));
    return warnings == 0 ? ExitCode::fine : ExitCode::warnings;
}

}  // namespace

Subcommand add_check(Options& app) {
    Options* self = app.add_subcommand("check", "List all errors of a scenario, each with its line and a suggested fix");
    const auto file = std::make_shared<std::string>();
    self->add_option("FILE", *file, "Scenario file (YAML); - reads standard input")->required();
    self->footer("\nExit codes: 0 no problem, 1 warnings only, 2 errors.\n");
    return {self, [file](const CommandLine&) { return check(*file); }};
}

}  // namespace entente
