/// The command line: which command was asked for, with what, and what was wrong with it.
#include <algorithm>
#include <iostream>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/version.hpp>

#include "arguments/help_format.hpp"
#include "commands.hpp"
#include "session/console.hpp"

namespace entente {

namespace {

std::vector<std::string> names_of(const std::vector<Subcommand>& commands) {
    std::vector<std::string> names;
    for (const auto& command : commands) names.push_back(command.options->app().get_name());
    return names;
}

/// CLI11 would only say that an argument was not expected.
void refuse_unknown_command(const std::vector<Subcommand>& commands, const CommandLine& command) {
    if (command.size() < 2 || command[1].starts_with('-')) return;
    const auto names = names_of(commands);
    if (std::ranges::find(names, command[1]) != names.end()) return;
    throw Error(fmt::format("there is no command '{}'", command[1]), did_you_mean(command[1], names, "the commands are " + listed(names)));
}

std::vector<std::string> options_of(const CLI::App& app) {
    std::vector<std::string> names;
    for (const auto* option : app.get_options()) {
        for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    }
    return names;
}

/// What was wrong with the arguments, in our words where CLI11's are poor.
Error usage_error(const CLI::ParseError& problem, const CLI::App& app, const std::vector<Subcommand>& commands) {
    const auto found = std::ranges::find_if(commands, [](const Subcommand& command) { return command.options->app().parsed(); });
    const CLI::App& asked = found == commands.end() ? app : found->options->app();
    const std::string name = found == commands.end() ? "entente" : "entente " + asked.get_name();
    const std::string help = fmt::format("'{} --help' lists its arguments", name);
    const auto rest = asked.remaining();
    if (!rest.empty() && rest.front().starts_with('-')) {
        const std::string option = rest.front().substr(0, rest.front().find('='));
        const auto options = options_of(asked);
        if (option == "--runs" && std::ranges::find(options, "--replicates") != options.end())
            return Error(fmt::format("'{}' takes no option '{}'", name, option),
                         asked.get_name() == "compare" ? "runs of an alternative are --replicates" : "runs of a point are --replicates");
        return Error(fmt::format("'{}' takes no option '{}'", name, option), did_you_mean(option, options_of(asked), help));
    }
    if (!rest.empty()) return Error(fmt::format("'{}' is an unexpected argument", rest.front()), help);
    if (dynamic_cast<const CLI::ArgumentMismatch*>(&problem) != nullptr) {
        const std::string text = problem.what();
        return Error(fmt::format("{} takes a value", text.substr(0, text.find(':'))), help);
    }
    return Error(problem.what(), help);
}

/// In the order in which a newcomer meets them.
std::vector<Subcommand> all_commands(Options& app) {
    const auto group = [](std::string name, std::vector<Subcommand> commands) {
        for (const auto& command : commands) {
            command.options->app().group(name);
            place_help_last(command.options->app());
        }
        return commands;
    };
    std::vector<Subcommand> all = group("Scenarios", {add_new(app), add_check(app), add_describe(app), add_explain(app), add_import(app), add_reference(app)});
    for (auto& command : group("Simulation", {add_run(app), add_compare(app), add_sweep(app), add_sensitivity(app)})) all.push_back(std::move(command));
    for (auto& command : group("The record", {add_condition(app), add_calibrate(app), add_score(app)})) all.push_back(std::move(command));
    for (auto& command : group("Results", {add_report(app), add_merge(app)})) all.push_back(std::move(command));
    for (auto& command : group("The command itself", {add_help(app), add_manual(app), add_completions(app)})) all.push_back(std::move(command));
    return all;
}

constexpr const char* first_steps = R"(
First steps:
  entente new my.yaml        write a first scenario with comments, to change
  entente check my.yaml      list all errors of the file, with lines and fixes
  entente describe my.yaml   print the model as a document
  entente run my.yaml        run it, print a summary and save the results
  entente explain my.yaml    show what it was compiled into
  entente run --help         list the options of a command
  entente help               list topics, such as output, resume and parallel
)";

/// The command line's grammar, and what of it was asked for.
class Grammar {
public:
    Grammar() {
        app_.formatter(std::make_shared<HelpFormat>());
        app_.set_help_flag("-h,--help", "Print this help");
        app_.set_version_flag("--version", fmt::format("entente {}", version()), "Print the version");
        app_.require_subcommand(1);
        app_.footer(first_steps);
        commands_ = all_commands(options_);  // which take over how help is written
    }

    [[nodiscard]] std::string help() const { return app_.help(); }

    /// The subcommand, its arguments read; null where the wish was for help or the version, which is printed.
    const Subcommand* parse(const CommandLine& command) {
        try {
            refuse_unknown_command(commands_, command);
            app_.parse(std::vector<std::string>(command.rbegin(), command.rend() - 1));
        } catch (const CLI::Success& wish) {
            app_.exit(wish);
            return nullptr;
        } catch (const CLI::ParseError& problem) {
            throw usage_error(problem, app_, commands_);
        }
        return &*std::ranges::find_if(commands_, [](const Subcommand& one) { return one.options->app().parsed(); });
    }

private:
    CLI::App app_{
        "Entente: an agent-based geopolitical simulation engine.\nA scenario file says who the actors are, what they hold toward each other,\n"
        "what they may do and how the world answers.\n",
        "entente"};
    Options options_{app_};
    std::vector<Subcommand> commands_;
};

}  // namespace

ExitCode execute(const CommandLine& command, Attendant& attendant) {
    Grammar grammar;
    if (command.size() < 2) {
        std::cerr << grammar.help();
        return ExitCode::usage;
    }
    const Subcommand* asked = grammar.parse(command);
    const ExitCode code = asked ? asked->action(command, attendant) : ExitCode::fine;
    flush_output();
    return code;
}

ExitCode write_report_again(const CommandLine& made_by, const ReportPlace& place, Attendant& attendant) {
    Grammar grammar;
    const Subcommand* asked = grammar.parse(made_by);
    if (!asked || !asked->report_only)
        throw Error(fmt::format("the results in '{}' were made by a command that writes no report", place.folder.string()),
                    "name a folder that run, sweep, sensitivity, compare, calibrate or score wrote");
    asked->report_only(place);
    return asked->action(made_by, attendant);
}

}  // namespace entente
