#include <fmt/format.h>
#include <fmt/ranges.h>

#include "completion_scripts.hpp"

namespace entente {

namespace {

/// `{0}`: options of the whole; `{1}`: commands with what they do; `{2}`: how the arguments of each are completed.
constexpr const char* zsh_script = R"(#compdef entente
# Completion of entente for zsh.

_entente() {{
    local context state state_descr line
    local -a commands
    typeset -A opt_args
    _arguments -C{0} '1:command:->command' '*::argument:->arguments'
    case $state in
        command)
            commands=(
{1}            )
            _describe -t commands command commands
            ;;
        arguments)
            case $words[1] in
{2}            esac
            ;;
    esac
}}

if [[ $funcstack[1] == _entente ]]; then
    _entente "$@"
else
    compdef _entente entente
fi
)";

/// Within single quotes, and without what _arguments and _describe read as signs.
std::string zsh_text(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\'') out += "'\\''";
        else if (c == ':' || c == '[' || c == ']' || c == '\\') out += std::string("\\") + c;
        else out += c;
    }
    return out;
}

std::string zsh_action(const Value& what) {
    switch (what.kind) {
        case Value::Kind::any: return " ";
        case Value::Kind::word: return fmt::format("({})", fmt::join(what.words, " "));
        case Value::Kind::file: return "_files";
        case Value::Kind::folder: return "_files -/";
    }
    return {};
}

std::string zsh_option(const ToldOption& option) {
    std::string text;
    const std::string repeated = option.is_repeated ? "*" : "";
    for (const std::string& name : option.names) {
        text += fmt::format(" '{}{}{}[{}]", repeated, name, option.value.empty() ? "" : "=", zsh_text(option.about));
        text += option.value.empty() ? "'" : fmt::format(":{}:{}'", zsh_text(option.value), zsh_action(option.what));
    }
    return text;
}

std::string zsh_argument(const ToldOption& argument, std::size_t number) {
    const std::string place = argument.is_repeated ? "*" : std::to_string(number) + (argument.is_required ? "" : ":");
    return fmt::format(" '{}:{}:{}'", place, zsh_text(argument.names.front()), zsh_action(argument.what));
}

}  // namespace

std::string zsh_completion(const ToldCommandLine& line) {
    std::string whole;
    for (const ToldOption& option : line.whole.options) whole += zsh_option(option);
    std::string commands;
    std::string arguments;
    for (const ToldCommand& command : line.commands) {
        commands += fmt::format("                '{}:{}'\n", command.name, zsh_text(command.about));
        arguments += fmt::format("                {}) _arguments", command.name);
        for (const ToldOption& option : command.options) arguments += zsh_option(option);
        for (std::size_t k = 0; k < command.arguments.size(); ++k) arguments += zsh_argument(command.arguments[k], k + 1);
        arguments += " ;;\n";
    }
    return fmt::format(zsh_script, whole, commands, arguments);
}

}  // namespace entente
