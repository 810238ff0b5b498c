/// The idioms of the language: the scenarios of scenarios/idioms, compiled in.
#pragma once

#include <string>
#include <string_view>

namespace entente {

/// In Markdown: of each its title, when it serves (`title` and `about` of the scenario), the scenario and its tables.
std::string idioms_reference();

/// Part of an idiom, of the first scenario or of a published model.
struct IdiomExcerpt {
    enum class From { idiom, first_scenario, classic };
    From from = From::idiom;
    std::string stem;  ///< of its file; "": there is none
    std::string text;  ///< YAML: an entry, and the key at the top under which it stands
};

/// The first entry that has the word as a key or calls it as a function.
IdiomExcerpt idiom_with(std::string_view word);

}  // namespace entente
