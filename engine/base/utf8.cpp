#include <entente/base/utf8.hpp>

#include <algorithm>
#include <cstring>

#include <utf8proc.h>

#include <entente/base/harmless.hpp>

namespace entente {
namespace {

unsigned byte_at(std::string_view bytes, std::size_t i) {
    return static_cast<unsigned char>(bytes[i]);
}

/// How many bytes from `from` on are ASCII: most of any text, and looked at eight at a time.
std::size_t ascii_bytes(std::string_view bytes, std::size_t from) {
    std::size_t end = from;
    for (std::uint64_t eight = 0; end + sizeof eight <= bytes.size(); end += sizeof eight) {
        std::memcpy(&eight, bytes.data() + end, sizeof eight);
        if ((eight & 0x8080808080808080) != 0) break;
    }
    while (end < bytes.size() && byte_at(bytes, end) < 0x80) ++end;
    return end - from;
}

/// By the East Asian widths and categories of the Unicode standard, as terminals do; marks that take room of their own (Mc) get it.
std::size_t cells_of(std::uint32_t code) {
    const auto point = static_cast<utf8proc_int32_t>(code);
    if (utf8proc_category(point) == UTF8PROC_CATEGORY_MC) return 1;
    return static_cast<std::size_t>(std::max(utf8proc_charwidth(point), 0));
}

Glyph glyph(const Character& character, std::string_view bytes) {
    if (character.code == '\t') return {"    ", 4};
    if (character.bytes == 0 || character.code == '\n' || is_command(character.code)) return {"�", 1};
    return {std::string(bytes.substr(0, character.bytes)), cells_of(character.code)};
}

}  // namespace

Character first_character(std::string_view bytes) {
    const unsigned lead = byte_at(bytes, 0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || bytes.size() < length) return {};
    std::uint32_t code = lead & (0xFFu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte_at(bytes, i) & 0xC0) != 0x80) return {};
        code = code << 6 | (byte_at(bytes, i) & 0x3F);
    }
    const bool is_overlong = code < (length == 4 ? 0x10000u : length == 3 ? 0x800u : 0x80u);
    const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (is_overlong || is_surrogate || code > 0x10FFFF) return {};
    return {code, length};
}

std::size_t first_bad_byte(std::string_view bytes) {
    std::size_t i = ascii_bytes(bytes, 0);
    while (i < bytes.size()) {
        const Character character = first_character(bytes.substr(i));
        if (character.bytes == 0) return i;
        i += character.bytes;
        i += ascii_bytes(bytes, i);
    }
    return i;
}

bool is_utf8(std::string_view bytes) {
    return first_bad_byte(bytes) == bytes.size();
}

std::size_t count_characters(std::string_view bytes) {
    std::size_t count = ascii_bytes(bytes, 0);
    for (std::size_t i = count; i < bytes.size(); ++count) {
        i += std::max<std::size_t>(first_character(bytes.substr(i)).bytes, 1);
        const std::size_t plain = ascii_bytes(bytes, i);
        i += plain;
        count += plain;
    }
    return count;
}

std::size_t offset_of_character(std::string_view bytes, std::size_t number) {
    std::size_t offset = 0;
    for (; number > 0 && offset < bytes.size(); --number) offset += std::max<std::size_t>(first_character(bytes.substr(offset)).bytes, 1);
    return offset;
}

std::vector<Glyph> glyphs_of(std::string_view bytes) {
    std::vector<Glyph> glyphs;
    while (!bytes.empty()) {
        const Character character = first_character(bytes);
        glyphs.push_back(glyph(character, bytes));
        bytes.remove_prefix(std::max<std::size_t>(character.bytes, 1));
    }
    return glyphs;
}

}  // namespace entente
