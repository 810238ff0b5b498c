// `entente help`: what there is, a command's help, or what is told of a topic.
#include <algorithm>
#include <iostream>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/problem.hpp>
#include <entente/output/markdown_text.hpp>

#include "arguments/command_line.hpp"
#include "commands.hpp"
#include "session/console.hpp"

namespace entente {

std::span<const std::pair<std::string_view, std::string_view>> help_topics();  // as the build embeds them, in the order of CMakeLists.txt

namespace {

constexpr std::size_t help_width = 80;

std::vector<std::string> names_of_topics() {
    std::vector<std::string> names;
    for (const auto& [name, text] : help_topics()) names.emplace_back(name);
    return names;
}

/// `Data: tables of others, read as they stand` of `# Data: …`
std::string_view title_of(std::string_view topic) {
    return topic.substr(2, topic.find('\n') - 2);
}

TextStyle help_style() {
    TextStyle style = style_of(1);
    style.width = std::min(style.width, help_width);
    return style;
}

std::string overview(const Options& app, const TextStyle& style) {
    const CLI::App& command = app.app();
    std::string text = command.get_formatter()->make_help(&command, "entente", CLI::AppFormatMode::Normal) + "Topics:\n";
    for (const auto& [name, topic] : help_topics()) text += fmt::format("  {:<24} {}\n", name, title_of(topic));
    return fitted(text + "\n'entente help NAME' tells of a topic or command,\n'entente reference WORD' of a key, function, unit, file or column.\n", style);
}

std::string help_of(const Options& app, const std::string& name) {
    const TextStyle style = help_style();
    if (name.empty()) return overview(app, style);
    for (const auto& [topic, text] : help_topics())
        if (topic == name) return markdown_text(text, style);
    const ToldCommandLine line = told_command_line(app);
    std::vector<std::string> names = names_of_topics();
    for (const ToldCommand& command : line.commands) {
        if (command.name == name) return fitted(app.app().get_subcommand(name)->help("entente"), style);
        names.push_back(command.name);
    }
    throw Error(fmt::format("there is no help on '{}'", name),
                did_you_mean(name, names, fmt::format("topics are {}; 'entente reference {}' looks it up in the reference", listed(names_of_topics()), name)));
}

}  // namespace

Subcommand add_help(Options& app) {
    Options* self = app.add_subcommand("help", "Tell of a topic, such as output or resume, or of a command");
    const auto name = std::make_shared<std::string>();
    self->add_option("NAME", *name, "A topic or a command (default: list them)")->one_of(names_of_topics());
    self->footer(R"(
Examples:
  entente help
  entente help output
  entente help sweep
)");
    return {self, [&app, name](const CommandLine&, Attendant&) {
                std::cout << help_of(app, *name);
                return ExitCode::fine;
            }};
}

}  // namespace entente
