#include <fmt/format.h>
#include <fmt/ranges.h>

#include "completion_scripts.hpp"

namespace entente {

namespace {

/// `{0}`: the options of each command that take a value; `{1}`: how values are completed; `{2}`: commands and options.
constexpr const char* bash_script = R"(# Completion of entente for bash.

_entente_paths() {{
    mapfile -t COMPREPLY < <(compgen "$1" -- "$word")
    compopt -o filenames 2>/dev/null
    return 0
}}

_entente_words() {{
    mapfile -t COMPREPLY < <(compgen -W "$1" -- "$word")
    return 0
}}

# The value of COMMAND:OPTION, or of COMMAND:NUMBER, an argument. False where there is none.
_entente_value() {{
    case "$1" in
{1}        *) return 1 ;;
    esac
}}

# Whether COMMAND:OPTION takes a value.
_entente_takes() {{
    case "$1" in
{0}        *) return 1 ;;
    esac
}}

_entente() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD - 1]}} command="" at arguments=0
    COMPREPLY=()
    ((COMP_CWORD > 1)) && command=${{COMP_WORDS[1]}}
    # bash takes --out=results apart into three words
    if [[ $word == = ]]; then
        word=
    elif [[ $before == = ]]; then
        before=${{COMP_WORDS[COMP_CWORD - 2]}}
    fi
    if _entente_takes "$command:$before"; then
        _entente_value "$command:$before"
        return
    fi
    if [[ $word != -* ]]; then
        for ((at = 2; at < COMP_CWORD; ++at)); do
            if _entente_takes "$command:${{COMP_WORDS[at]}}"; then
                ((++at))
                [[ ${{COMP_WORDS[at]}} == = ]] && ((++at))
            elif [[ ${{COMP_WORDS[at]}} != -* ]]; then
                ((++arguments))
            fi
        done
        _entente_value "$command:$arguments" && return
    fi
    case "$command" in
{2}    esac
}}

complete -F _entente entente
)";

std::string completing(const Value& what) {
    switch (what.kind) {
        case Value::Kind::any: return "return 0";
        case Value::Kind::word: return fmt::format("_entente_words '{}'", fmt::join(what.words, " "));
        case Value::Kind::file: return "_entente_paths -f";
        case Value::Kind::folder: return "_entente_paths -d";
    }
    return {};
}

std::string names_of_options(const ToldCommand& command) {
    std::string names;
    for (const ToldOption& option : command.options)
        for (const std::string& name : option.names) names += (names.empty() ? "" : " ") + name;
    return names;
}

}  // namespace

std::string bash_completion(const ToldCommandLine& line) {
    std::string takes;
    std::string values;
    std::string options;
    std::string commands;
    for (const ToldCommand& command : line.commands) {
        commands += command.name + ' ';
        options += fmt::format("        {}) _entente_words '{}' ;;\n", command.name, names_of_options(command));
        std::string taking;
        for (const ToldOption& option : command.options) {
            if (option.value.empty()) continue;
            const std::string name = command.name + ':' + option.names.back();
            taking += (taking.empty() ? "" : " | ") + name;
            values += fmt::format("        {}) {} ;;\n", name, completing(option.what));
        }
        if (!taking.empty()) takes += fmt::format("        {}) ;;\n", taking);
        for (std::size_t k = 0; k < command.arguments.size(); ++k) {
            const ToldOption& argument = command.arguments[k];
            values += fmt::format("        {}:{}) {} ;;\n", command.name, argument.is_repeated ? "[0-9]*" : std::to_string(k), completing(argument.what));
        }
    }
    options += fmt::format("        '') _entente_words '{}{}' ;;\n", commands, names_of_options(line.whole));
    return fmt::format(bash_script, takes, values, options);
}

}  // namespace entente
