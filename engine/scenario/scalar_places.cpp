#include <entente/scenario/scalar_places.hpp>

#include <algorithm>

#include <entente/base/utf8.hpp>

namespace entente {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t past_spaces(std::string_view raw, std::size_t at) {
    while (at < raw.size() && is_space(raw[at])) ++at;
    return at;
}

/// Past `&anchor` and `!tag`.
std::size_t past_properties(std::string_view raw, std::size_t at) {
    while (at < raw.size() && (raw[at] == '&' || raw[at] == '!')) {
        while (at < raw.size() && !is_space(raw[at])) ++at;
        at = past_spaces(raw, at);
    }
    return at;
}

std::size_t past_line(std::string_view raw, std::size_t at) {
    const std::size_t end = raw.find('\n', at);
    return end == std::string_view::npos ? raw.size() : end + 1;
}

/// Bytes that an escape beginning at `at` takes in the file, and in the value.
struct Escape {
    std::size_t raw = 2;
    std::size_t value = 1;
};

Escape escape_at(std::string_view raw, std::size_t at) {
    const char kind = at + 1 < raw.size() ? raw[at + 1] : '"';
    const std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
    if (kind == '\n' || kind == '\r') return {past_spaces(raw, at + 1) - at, 0};
    if (digits == 0) return {2, kind == 'L' || kind == 'P' ? 3u : kind == '_' || kind == 'N' ? 2u : 1u};
    unsigned long code = 0;
    for (std::size_t i = 0; i < digits && at + 2 + i < raw.size(); ++i) {
        const char c = raw[at + 2 + i];
        code = code * 16 + static_cast<unsigned long>(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    }
    return {2 + digits, code < 0x80 ? 1u : code < 0x800 ? 2u : code < 0x10000 ? 3u : 4u};
}

/// The offset in the file of every byte of the value: both are walked, and white space never has to agree.
std::vector<std::size_t> walk(std::string_view value, std::string_view raw, std::size_t at, char quote) {
    std::vector<std::size_t> offsets;
    offsets.reserve(value.size());
    while (offsets.size() < value.size()) {
        const char wanted = value[offsets.size()];
        if (!is_space(wanted)) at = past_spaces(raw, at);
        if (quote == '"' && at < raw.size() && raw[at] == '\\') {
            const Escape escape = escape_at(raw, at);
            offsets.insert(offsets.end(), std::min(escape.value, value.size() - offsets.size()), at);
            at += escape.raw;
            continue;
        }
        offsets.push_back(std::min(at, raw.size()));
        if (is_space(wanted) && (at >= raw.size() || raw[at] != wanted)) continue;
        at += quote == '\'' && wanted == '\'' ? 2 : 1;
    }
    return offsets;
}

bool is_closed(std::string_view raw, std::size_t at, char quote) {
    for (; at < raw.size(); ++at) {
        if (quote == '"' && raw[at] == '\\') {
            ++at;
        } else if (raw[at] == quote) {
            if (quote == '"' || at + 1 >= raw.size() || raw[at + 1] != quote) return true;
            ++at;
        }
    }
    return false;
}

}  // namespace

Lines::Lines(int file, std::string_view text) : file_(file), text_(text), starts_{0} {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '\n') starts_.push_back(i + 1);
}

Place Lines::place(std::size_t offset, int length) const {
    offset = std::min(offset, text_.size());
    const auto line = std::upper_bound(starts_.begin(), starts_.end(), offset) - starts_.begin();
    const std::size_t start = starts_[static_cast<std::size_t>(line - 1)];
    return {file_, static_cast<int>(line), 1 + static_cast<int>(count_characters(text_.substr(start, offset - start))), length};
}

LocatedScalar locate_scalar(std::string value, const Lines& lines, std::size_t offset) {
    const std::string_view raw = lines.text();
    std::size_t at = past_properties(raw, offset);
    const char first = at < raw.size() ? raw[at] : ' ';
    const char quote = first == '"' || first == '\'' ? first : ' ';
    const bool block = quote == ' ' && (first == '|' || first == '>');
    if (quote != ' ') ++at;
    if (block) at = past_line(raw, at);

    LocatedScalar located;
    located.closed = quote == ' ' || is_closed(raw, at, quote);
    const int length = std::max(1, static_cast<int>(count_characters(std::string_view(value).substr(0, value.find('\n')))));
    if (raw.substr(at, value.size()) == value && value.find_first_of("\n'\\") == std::string::npos) {
        located.text = {std::move(value), lines.place(at, length), {}};
        return located;
    }
    for (const std::size_t byte : walk(value, raw, at, quote)) located.text.places.push_back(lines.place(byte));
    located.text.place = located.text.places.front();
    located.text.place.length = length;
    located.text.value = std::move(value);
    return located;
}

}  // namespace entente
