/// Markdown for who reads it on a terminal. What goes to a file or a pipe is the Markdown itself.
#pragma once

#include <string>
#include <string_view>

#include <entente/output/text_table.hpp>

namespace entente {

/// Headings in bold, without their signs; paragraphs and list items in lines that fit; code set in, as it is; a table in columns whose last one has
/// several lines where it needs them, or where that leaves it too little room, an entry for each of its rows: the first cell, and below it the others
/// behind their headings. Backticks stay, for they tell names from words.
std::string markdown_text(std::string_view markdown, const TextStyle& style);

}  // namespace entente
