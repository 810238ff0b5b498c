/// Manual pages, in the macros of man(7).
#pragma once

#include <string>

#include "arguments/command_line.hpp"

namespace entente {

/// entente(1): what there is, and where to read on.
std::string manual_page(const ToldCommandLine& line);
/// entente-run(1) and the like.
std::string manual_page(const ToldCommandLine& line, const ToldCommand& command);

}  // namespace entente
