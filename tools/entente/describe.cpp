#include <iostream>

#include "commands.hpp"
#include "odd.hpp"
#include "scenario_arguments.hpp"

namespace entente {

namespace {

struct DescribeArguments {
    ScenarioArguments scenario;
    bool json = false;
};

ExitCode describe(const DescribeArguments& arguments) {
    const Scenario scenario = arguments.scenario.read();
    std::cout << (arguments.json ? resolved_json(scenario) + '\n' : odd_document(scenario));
    return ExitCode::fine;
}

}  // namespace

Subcommand add_describe(CLI::App& app) {
    CLI::App* self = app.add_subcommand("describe", "Print a scenario as a document after the ODD protocol, in Markdown");
    const auto arguments = std::make_shared<DescribeArguments>();
    arguments->scenario.add_to(*self);
    self->add_flag("--json", arguments->json, "Print the whole resolved scenario as JSON instead");
    self->footer("\nExample:\n  entente describe scenarios/moscow-kabul.yaml | pandoc -o moscow-kabul.docx\n");
    return {self, [arguments](const CommandLine&) { return describe(*arguments); }};
}

}  // namespace entente
