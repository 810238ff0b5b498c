/// Words of expressions that need no declaration, in one table: names that are taken, and what the reference says of them.
#pragma once

#include <span>
#include <string_view>

namespace entente {

struct WordEntry {
    std::string_view word;
    std::string_view form;     ///< as the reference prints it: `relation.out(agent)`
    std::string_view meaning;  ///< one line
};

std::span<const WordEntry> words();

}  // namespace entente
