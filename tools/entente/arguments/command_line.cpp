#include "arguments/command_line.hpp"

#include <algorithm>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/problem.hpp>

#include "arguments/help_format.hpp"

namespace entente {

namespace {

std::vector<std::string> names_typed(const CLI::Option& option) {
    if (option.get_positional()) return {option.get_single_name()};
    std::vector<std::string> names;
    for (const auto& name : option.get_snames()) names.push_back("-" + name);
    for (const auto& name : option.get_lnames()) names.push_back("--" + name);
    return names;
}

ToldOption told_option(const CLI::Option& option, const Value& what) {
    ToldOption told{.names = names_typed(option), .about = option.get_description(), .group = option.get_group(), .what = what};
    if (option.get_type_size() != 0) told.value = option.get_positional() ? told.names.front() : option.get_type_name();
    told.is_required = option.get_required();
    told.is_repeated = option.get_expected_max() == CLI::detail::expected_max_vector_size;
    return told;
}

ToldCommand told_one(const Options& options) {
    const CLI::App& app = options.app();
    ToldCommand told{.name = app.get_name(), .about = app.get_description(), .group = app.get_group(), .footer = app.get_footer()};
    for (const CLI::Option* option : app.get_options()) {
        if (option->get_group().empty()) continue;
        auto& place = option->get_positional() ? told.arguments : told.options;
        place.push_back(told_option(*option, options.value_of(option)));
    }
    std::ranges::stable_sort(told.options, {}, [](const ToldOption& option) { return heading_order(option.group); });
    return told;
}

}  // namespace

ToldCommandLine told_command_line(const Options& root) {
    ToldCommandLine line{told_one(root), {}};
    for (const Options& command : root.commands()) {
        line.commands.push_back(told_one(command));
        if (line.commands.back().footer == line.whole.footer) line.commands.back().footer.clear();  // which CLI11 hands down
    }
    // The help lists them group by group, each where its first command was added.
    std::vector<std::string> groups;
    for (const ToldCommand& command : line.commands) groups.push_back(command.group);
    std::ranges::stable_sort(line.commands, {}, [&](const ToldCommand& one) { return std::ranges::find(groups, one.group) - groups.begin(); });
    return line;
}

const ToldCommand& told_command(const ToldCommandLine& line, const std::string& name) {
    std::vector<std::string> names;
    for (const ToldCommand& command : line.commands) {
        if (command.name == name) return command;
        names.push_back(command.name);
    }
    throw Error(fmt::format("there is no command '{}'", name), did_you_mean(name, names, "the commands are " + listed(names)));
}

}  // namespace entente
