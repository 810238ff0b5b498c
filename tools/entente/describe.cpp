#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/version.hpp>
#include <entente/base/wording.hpp>
#include <entente/output/markdown_text.hpp>
#include <entente/report/odd.hpp>
#include <entente/report/page.hpp>
#include <entente/report/report_data.hpp>
#include <entente/scenario/labels.hpp>

#include "arguments/scenario_arguments.hpp"
#include "commands.hpp"
#include "session/console.hpp"
#include "session/report_output.hpp"
#include "session/report_shell.hpp"

namespace entente {

namespace {

struct DescribeArguments {
    ScenarioArguments scenario;
    bool json = false;
    std::string format = "markdown";
};

std::string page_of(const ScenarioArguments& asked, const Scenario& scenario, const CommandLine& command) {
    ReportHead head{.kind = "describe", .scenario = &scenario, .changes = asked.changes(scenario)};
    head.facts = {{"Horizon", calendar_text(scenario.calendar)}, {"Runs", with_commas(scenario.runs)}, {"Variant", labels_of(scenario).variant(asked.variant)}};
    head.provenance = {{"Entente", std::string(version())}, {"Scenario", scenario.path}, {"Hash", scenario.hash}, {"Variant", asked.variant}};
    head.command = command;
    head.odd = odd_parts(scenario);
    return report_page(report_shell(), report_data(head));
}

const std::vector<std::string> document_formats{"markdown", "html", "json"};

ExitCode describe(const DescribeArguments& arguments, const CommandLine& command, Attendant& attendant) {
    if (std::ranges::find(document_formats, arguments.format) == document_formats.end())
        throw Error(fmt::format("there is no format '{}'", arguments.format), did_you_mean(arguments.format, document_formats, "the formats are " + listed(document_formats)));
    const Scenario scenario = arguments.scenario.read(attendant);
    if (arguments.json || arguments.format == "json")
        std::cout << resolved_json(scenario) << '\n';
    else if (arguments.format == "html")
        std::cout << page_of(arguments.scenario, scenario, command);
    else
        std::cout << (is_terminal(1) ? markdown_text(odd_document(scenario), style_of(1)) : odd_document(scenario));
    return ExitCode::fine;
}

}  // namespace

Subcommand add_describe(Options& app) {
    Options* self = app.add_subcommand("describe", "Print a scenario as a document in the ODD format (Markdown, HTML or JSON)");
    const auto arguments = std::make_shared<DescribeArguments>();
    arguments->scenario.add_to(*self);
    self->add_flag("--json", arguments->json, "Print the whole resolved scenario as JSON, as --format json")->group("Where results go");
    self->add_option("--format", arguments->format, "markdown; html: a page with typeset equations and a diagram of what acts on what; json (default: markdown)")
        ->type_name("FORM")
        ->one_of(document_formats)
        ->group("Where results go");
    self->footer(R"(
Examples:
  entente describe scenarios/moscow-kabul.yaml | pandoc -o moscow-kabul.docx
  entente describe scenarios/moscow-kabul.yaml --format html > moscow-kabul.html
)");
    return {self, [arguments](const CommandLine& command, Attendant& attendant) { return describe(*arguments, command, attendant); }};
}

}  // namespace entente
