/// The idioms of the language: the scenarios of scenarios/idioms, compiled in.
#pragma once

#include <string>

namespace entente {

/// In Markdown: of each its title, when it serves (`title` and `about` of the scenario), the scenario and its tables.
std::string idioms_reference();

}  // namespace entente
