#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/json_schema.hpp>
#include <entente/scenario/keys.hpp>

#include "commands.hpp"
#include "idioms.hpp"

namespace entente {

namespace {

struct ReferenceArguments {
    std::string part;
    std::string format = "markdown";
};

void check_format(const ReferenceArguments& arguments) {
    const std::vector<std::string> formats{"markdown", "json-schema"};
    if (std::ranges::find(formats, arguments.format) == formats.end())
        throw Error(fmt::format("the reference has no format '{}'", arguments.format),
                    did_you_mean(arguments.format, formats, "its formats are " + listed(formats)));
    if (arguments.format == "json-schema" && !arguments.part.empty())
        throw Error("a JSON Schema is of whole scenarios", fmt::format("drop '{}'", arguments.part));
}

ExitCode print_reference(const ReferenceArguments& arguments) {
    check_format(arguments);
    const std::string& topic = arguments.part;
    if (arguments.format == "json-schema") {
        std::cout << scenario_json_schema();
        return ExitCode::fine;
    }
    const std::vector<std::string> topics{"language", "idioms"};
    if (!topic.empty() && std::ranges::find(topics, topic) == topics.end())
        throw Error(fmt::format("the reference has no part '{}'", topic), did_you_mean(topic, topics, "its parts are " + listed(topics)));
    std::cout << (topic == "idioms" ? idioms_reference() : language_reference());
    return ExitCode::fine;
}

}  // namespace

Subcommand add_reference(Options& app) {
    Options* self = app.add_subcommand("reference", "Print the reference of the scenario language (Markdown)");
    const auto arguments = std::make_shared<ReferenceArguments>();
    self->add_option("PART", arguments->part,
                     "language: keys, operators, functions (default); idioms: short scenarios that show how to say what is often needed");
    self->add_option("--format", arguments->format,
                     "markdown (default), or json-schema: a JSON Schema of scenario files, by which editors complete keys and show what they mean")
        ->type_name("NAME")
        ->group("Output");
    return {self, [arguments](const CommandLine&, Attendant&) { return print_reference(*arguments); }};
}

}  // namespace entente
