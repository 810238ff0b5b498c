/// The command line as its declarations tell it, for what is made from them: help that is no text for a terminal.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "arguments/options.hpp"

namespace entente {

/// An option, or an argument known by its place.
struct ToldOption {
    std::vector<std::string> names;  ///< as typed, `-h` and `--help`; of an argument what the help calls it, `FILE`
    std::string value{};             ///< what the help calls its value; "" where it takes none
    std::string about;
    std::string group;  ///< the heading under which it stands
    bool is_required = false;
    bool is_repeated = false;
    Value what{};
};

struct ToldCommand {
    std::string name;  ///< `run`; of the command as a whole `entente`
    std::string about;
    std::string group;
    std::string footer{};  ///< what its help says below the options
    std::vector<ToldOption> arguments{};
    std::vector<ToldOption> options{};
};

struct ToldCommandLine {
    ToldCommand whole;
    std::vector<ToldCommand> commands;  ///< in the order in which the help lists them
};

/// What the help tells of the command line, and no more: hidden options are left out.
ToldCommandLine told_command_line(const Options& root);

/// Of the one called so. Throws Error.
const ToldCommand& told_command(const ToldCommandLine& line, const std::string& name);

/// The values of one member in their order, each once: the headings of options or commands.
template <class Told>
std::vector<std::string> groups_of(const std::vector<Told>& all) {
    std::vector<std::string> groups;
    for (const Told& one : all)
        if (groups.empty() || groups.back() != one.group) groups.push_back(one.group);
    return groups;
}

}  // namespace entente
