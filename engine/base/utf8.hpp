/// UTF-8 text as people see it: characters, and the terminal cells they take.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// Whether the bytes are well-formed UTF-8 (no overlong forms, no surrogates, nothing above U+10FFFF).
bool is_utf8(std::string_view bytes);

struct Character {
    std::uint32_t code = 0;
    std::size_t bytes = 0;  ///< 0: not UTF-8
};
/// The first character of `bytes`, which must not be empty (Unicode 15, table 3-7).
Character first_character(std::string_view bytes);

/// The offset of the first byte that is not part of well-formed UTF-8; the size of `bytes` when all are.
std::size_t first_bad_byte(std::string_view bytes);

/// Code points; a byte that is not UTF-8 counts as one.
std::size_t count_characters(std::string_view bytes);

/// Where the character with this number (from 0) begins; the size of `bytes` when there are fewer.
std::size_t offset_of_character(std::string_view bytes, std::size_t number);

/// A character as a terminal shows it.
struct Glyph {
    std::string text;       ///< tabs as four spaces, what is_command (harmless.hpp) and bad bytes as �
    std::size_t width = 1;  ///< cells: 0 for combining marks, 2 for East Asian wide characters and emoji
};
std::vector<Glyph> glyphs_of(std::string_view bytes);

}  // namespace entente
