#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/keys.hpp>

#include "commands.hpp"
#include "idioms.hpp"

namespace entente {

namespace {

ExitCode print_reference(const std::string& topic) {
    const std::vector<std::string> topics{"language", "idioms"};
    if (!topic.empty() && std::ranges::find(topics, topic) == topics.end())
        throw Error(fmt::format("the reference has no part '{}'", topic), did_you_mean(topic, topics, "its parts are " + listed(topics)));
    std::cout << (topic == "idioms" ? idioms_reference() : language_reference());
    return ExitCode::fine;
}

}  // namespace

Subcommand add_reference(Options& app) {
    Options* self = app.add_subcommand("reference", "Print the reference of the scenario language (Markdown)");
    const auto topic = std::make_shared<std::string>();
    self->add_option("PART", *topic,
                     "language: keys, operators, functions (default); idioms: short scenarios that show how to say what is often needed");
    return {self, [topic](const CommandLine&, Attendant&) { return print_reference(*topic); }};
}

}  // namespace entente
