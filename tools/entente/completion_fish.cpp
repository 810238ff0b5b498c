#include <fmt/format.h>
#include <fmt/ranges.h>

#include "completion_scripts.hpp"

namespace entente {

namespace {

std::string fish_text(const std::string& text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out + "'";
}

/// What follows where a value is completed; `given` says that an option needs one.
std::string fish_value(const Value& what, const char* given) {
    switch (what.kind) {
        case Value::Kind::any: return given;
        case Value::Kind::word: return fmt::format("{} -a {}", given, fish_text(fmt::format("{}", fmt::join(what.words, " "))));
        case Value::Kind::file: return fmt::format("{} -F", given);
        case Value::Kind::folder: return fmt::format("{} -a '(__fish_complete_directories (commandline -ct))'", given);
    }
    return {};
}

std::string fish_option(const ToldOption& option, const std::string& where) {
    std::string text = "complete -c entente -n " + where;
    for (const std::string& name : option.names) text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    if (!option.value.empty()) text += fish_value(option.what, option.what.kind == Value::Kind::file ? " -r" : " -x");
    return text + " -d " + fish_text(option.about) + '\n';
}

}  // namespace

std::string fish_completion(const ToldCommandLine& line) {
    std::string script = "# Completion of entente for fish.\n\ncomplete -c entente -f\n";
    for (const ToldOption& option : line.whole.options) script += fish_option(option, "__fish_use_subcommand");
    for (const ToldCommand& command : line.commands) {
        script += fmt::format("\ncomplete -c entente -n __fish_use_subcommand -a {} -d {}\n", command.name, fish_text(command.about));
        const std::string where = fmt::format("'__fish_seen_subcommand_from {}'", command.name);
        for (const ToldOption& argument : command.arguments)
            if (argument.what.kind != Value::Kind::any) script += fmt::format("complete -c entente -n {}{}\n", where, fish_value(argument.what, ""));
        for (const ToldOption& option : command.options) script += fish_option(option, where);
    }
    return script;
}

}  // namespace entente
