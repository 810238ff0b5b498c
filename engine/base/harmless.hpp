/// Text that others wrote, as a terminal, a page or a table may have it: what would move the cursor, ring, turn the reading order, end the
/// text or stand in it unseen is written out instead, `\x1b` for escape, `\u202e` for right-to-left override, `\u200b` for a space without
/// width, `\xff` for a byte that is not UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace entente {

/// Whether a character commands rather than shows: control characters but line end and tab, the bidirectional embeddings, overrides and
/// isolates (Unicode 15, table 23-3), marks of direction, the line and paragraph separators, what has neither width nor shape (zero-width
/// space, word joiner, byte order mark, invisible operators, tags).
bool is_command(std::uint32_t code);

/// Line ends and tabs stay; so do the two joiners (U+200C, U+200D) after a character that is not ASCII, which scripts and emoji need.
std::string harmless(std::string_view text);

/// On one line: what blanks, tabs and line ends stand together become one blank, and none stand at the ends.
std::string harmless_line(std::string_view text);

}  // namespace entente
