#include <entente/base/harmless.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/utf8.hpp>

namespace entente {
namespace {

bool is_plain(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 && byte < 0x7F) || c == '\n' || c == '\t';
}

bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// Persian and the scripts of India are not written without these two, nor are joined emoji; after ASCII they only hide.
bool is_joiner(std::uint32_t code) {
    return code == 0x200C || code == 0x200D;
}

/// `\x1b`; from 0x7F on `\u009b`, as JSON writes it too.
std::string written_out(std::uint32_t code) {
    return code < 0x7F ? fmt::format("\\x{:02x}", code) : fmt::format("\\u{:04x}", code);
}

}  // namespace

bool is_command(std::uint32_t code) {
    const auto lies_in = [&](std::uint32_t first, std::uint32_t last) { return code >= first && code <= last; };
    return (code < 0x20 && code != '\n' && code != '\t') || lies_in(0x7F, 0x9F) || lies_in(0x2028, 0x202E) || lies_in(0x2060, 0x206F) ||
           lies_in(0x200E, 0x200F) || lies_in(0xFFF9, 0xFFFB) || lies_in(0xE0000, 0xE007F) || code == 0x061C || code == 0x180E || code == 0x200B ||
           code == 0xFEFF;
}

std::string harmless(std::string_view text) {
    if (std::all_of(text.begin(), text.end(), is_plain)) return std::string(text);
    std::string safe;
    safe.reserve(text.size() + 16);
    std::uint32_t before = 0;
    while (!text.empty()) {
        const Character first = first_character(text);
        if (first.bytes == 0)
            safe += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
        else if (is_command(first.code) || (is_joiner(first.code) && before < 0x80))
            safe += written_out(first.code);
        else
            safe += text.substr(0, first.bytes);
        before = first.code;
        text.remove_prefix(std::max<std::size_t>(first.bytes, 1));
    }
    return safe;
}

std::string harmless_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        if (!is_blank(c))
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return harmless(line);
}

}  // namespace entente
