/// Scripts by which shells complete the command line: its commands, each one's options, and of values words, files and folders.
#pragma once

#include <string>

#include "arguments/command_line.hpp"

namespace entente {

/// Takes bash alone, not the package bash-completion.
std::string bash_completion(const ToldCommandLine& line);
/// For a folder of $fpath, as `_entente`, or to be sourced where compinit has run.
std::string zsh_completion(const ToldCommandLine& line);
std::string fish_completion(const ToldCommandLine& line);

}  // namespace entente
