#include <entente/base/utf8.hpp>

#include <algorithm>
#include <array>
#include <cstring>

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

struct CodeRange {
    std::uint32_t first;
    std::uint32_t last;
};

constexpr std::array<CodeRange, 9> zero_width{{{0x0300, 0x036F},
                                               {0x0591, 0x05BD},
                                               {0x064B, 0x065F},
                                               {0x06D6, 0x06DC},
                                               {0x1AB0, 0x1AFF},
                                               {0x200B, 0x200F},
                                               {0x20D0, 0x20FF},
                                               {0xFE00, 0xFE0F},
                                               {0xFE20, 0xFE2F}}};
constexpr std::array<CodeRange, 8> double_width{{{0x1100, 0x115F},
                                                 {0x2E80, 0xA4CF},
                                                 {0xAC00, 0xD7A3},
                                                 {0xF900, 0xFAFF},
                                                 {0xFE30, 0xFE6F},
                                                 {0xFF00, 0xFF60},
                                                 {0x1F300, 0x1FAFF},
                                                 {0x20000, 0x3FFFD}}};

template <std::size_t n>
bool holds(const std::array<CodeRange, n>& ranges, std::uint32_t code) {
    return std::any_of(ranges.begin(), ranges.end(), [&](const CodeRange& r) { return code >= r.first && code <= r.last; });
}

Glyph glyph(const Character& character, std::string_view bytes) {
    if (character.code == '\t') return {"    ", 4};
    if (character.bytes == 0 || character.code == '\n' || is_command(character.code)) return {"�", 1};
    const std::size_t width = holds(zero_width, character.code) ? 0 : holds(double_width, character.code) ? 2 : 1;
    return {std::string(bytes.substr(0, character.bytes)), width};
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
