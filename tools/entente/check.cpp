#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/model/model.hpp>
#include <entente/output/problems_json.hpp>
#include <entente/scenario/read.hpp>

#include "arguments/scenario_arguments.hpp"
#include "commands.hpp"
#include "session/console.hpp"

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

struct CheckArguments {
    std::string file;
    bool json = false;
};

/// The scenario and what is in it, with each of its variants compiled.
std::pair<ReadScenario, std::string> read_and_compile(const std::string& file, Attendant& attendant) {
    const auto sign = attendant.busy_with("loading and compiling", true);
    ReadScenario read = read_scenario(file);
    const Model model = compile(read.scenario);
    for (const auto& variant : read.scenario.variants) compile(with_variant(read.scenario, variant.name));
    std::string text = contents(read.scenario, model);
    return {std::move(read), std::move(text)};
}

ExitCode check(const CheckArguments& arguments, Attendant& attendant) {
    const auto [read, text] = read_and_compile(arguments.file, attendant);
    const std::int64_t warnings = std::ranges::count(read.warnings, Severity::warning, &Problem::severity);
    const ExitCode code = warnings == 0 ? ExitCode::fine : ExitCode::warnings;
    if (arguments.json) {
        std::cout << problems_json(warnings == 0 ? "fine" : "warnings", read.warnings, *read.scenario.sources, text);
        return code;
    }
    attendant.tell_problems(read);
    const std::string verdict = warnings == 0 ? "is fine" : "can run, with " + counted(warnings, "warning");
    print_lines(fmt::format("{} {}: {}\n", read.scenario.path == "-" ? "standard input" : read.scenario.path, verdict, text));
    return code;
}

/// Errors are problems like others where all of them go out as JSON.
ExitCode check_as_asked(const CheckArguments& arguments, Attendant& attendant) {
    if (!arguments.json) return check(arguments, attendant);
    try {
        return check(arguments, attendant);
    } catch (const ScenarioError& error) {
        std::cout << error_json(error);
        return error.code();
    }
}

}  // namespace

Subcommand add_check(Options& app) {
    Options* self = app.add_subcommand("check", "List all errors of a scenario, each with its line and a suggested fix");
    const auto arguments = std::make_shared<CheckArguments>();
    self->add_option("FILE", arguments->file, "Scenario file (YAML); - reads standard input")->required();
    self->add_flag("--json", arguments->json, "Print all errors, warnings and notes as JSON")->group("Where results go");
    self->footer("\nExamples:\n  entente check my.yaml\n  entente check my.yaml --json\n\nExit codes: 0 no problem, 1 warnings only, 2 errors. Notes are no problems:\nthey tell of what was asked for, such as rows left out by `unknown: skip`.\n");
    return {self, [arguments](const CommandLine&, Attendant& attendant) { return check_as_asked(*arguments, attendant); }};
}

}  // namespace entente
