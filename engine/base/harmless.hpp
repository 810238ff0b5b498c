/// Text that others wrote, as a terminal, a page or a table may have it: what would move the cursor, ring, turn the reading order or end
/// the text is written out instead, `\x1b` for escape, `\u202e` for right-to-left override, `\xff` for a byte that is not UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace entente {

/// Whether a character commands rather than shows: control characters but line end and tab, the bidirectional embeddings, overrides and
/// isolates (Unicode 15, table 23-3), the line and paragraph separators.
bool is_command(std::uint32_t code);

/// Line ends and tabs stay.
std::string harmless(std::string_view text);

/// On one line: what blanks, tabs and line ends stand together become one blank, and none stand at the ends.
std::string harmless_line(std::string_view text);

}  // namespace entente
