#include <entente/language/quotes.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <entente/base/harmless.hpp>
#include <entente/base/names.hpp>
#include <entente/base/utf8.hpp>

namespace entente {
namespace {

bool is_quote(char c) {
    return c == '\'' || c == '"';
}

std::string_view without_blanks(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos ? std::string_view{} : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool is_word_of_rows(std::string_view name) {
    return name == "self" || name == "source" || name == "target" || name == "reverse";
}

int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// The character of that code as UTF-8; "" where there is none.
std::string utf8_of(std::uint32_t code) {
    const auto byte = [](std::uint32_t bits) { return static_cast<char>(bits); };
    if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
    if (code < 0x80) return {byte(code)};
    const char last = byte(0x80U | (code & 0x3FU));
    if (code < 0x800) return {byte(0xC0U | code >> 6), last};
    const char third = byte(0x80U | (code >> 6 & 0x3FU));
    if (code < 0x10000) return {byte(0xE0U | code >> 12), third, last};
    return {byte(0xF0U | code >> 18), byte(0x80U | (code >> 12 & 0x3FU)), third, last};
}

/// The escape at the beginning of `text`, whose backslash is its first character: what it stands for, and how many bytes it takes.
struct Escape {
    std::string stands_for;
    std::size_t size = 0;  ///< 0: it means nothing
};

Escape hexadecimal_escape(std::string_view text, std::size_t digits) {
    std::uint32_t code = 0;
    if (text.size() < 2 + digits) return {};
    for (const char c : text.substr(2, digits)) {
        if (hexadecimal(c) < 0) return {};
        code = code << 4 | static_cast<std::uint32_t>(hexadecimal(c));
    }
    const std::string character = utf8_of(code);
    return character.empty() ? Escape{} : Escape{character, 2 + digits};
}

Escape escape_at(std::string_view text) {
    constexpr std::array<std::pair<char, char>, 6> plain{{{'\\', '\\'}, {'\'', '\''}, {'"', '"'}, {'n', '\n'}, {'t', '\t'}, {'r', '\r'}}};
    constexpr std::array<std::pair<char, std::size_t>, 3> coded{{{'x', 2}, {'u', 4}, {'U', 8}}};
    const char c = text.size() < 2 ? '\0' : text[1];
    for (const auto& [letter, stands_for] : plain)
        if (c == letter) return {std::string(1, stands_for), 2};
    for (const auto& [letter, digits] : coded)
        if (c == letter) return hexadecimal_escape(text, digits);
    return {};
}

/// What lies between the bracket that opens before `at` and the one that closes behind it; npos, npos: nothing.
std::pair<std::size_t, std::size_t> bracket_around(std::string_view text, std::size_t at) {
    constexpr auto nowhere = std::string_view::npos;
    const std::size_t open = at == 0 ? nowhere : text.rfind('[', at - 1);
    const std::size_t close = text.find(']', at);
    if (open == nowhere || close == nowhere || text.substr(open, at - open).find(']') != nowhere) return {nowhere, nowhere};
    return {open + 1, close};
}

}  // namespace

std::string name_fault(std::string_view name) {
    if (name.empty()) return "a name is empty";
    for (std::string_view rest = name; !rest.empty();) {
        const Character first = first_character(rest);
        if (first.bytes == 0) return fmt::format("the name '{}' is not UTF-8 text", harmless(name));
        const bool is_break = first.code == '\n';
        if (is_break || first.code == '\t') return fmt::format("the name '{}' holds a {}", harmless_line(name), is_break ? "line break" : "tab");
        if (is_command(first.code)) return fmt::format("the name '{}' holds the control character U+{:04X}", harmless_line(name), first.code);
        rest.remove_prefix(first.bytes);
    }
    return {};
}

std::optional<std::string> name_in_quotes(std::string_view end) {
    if (end.empty() || !is_quote(end[0])) return std::nullopt;
    Quoted read = read_quoted(end);
    return read.fault.empty() && read.size == end.size() ? std::optional(std::move(read.text)) : std::nullopt;
}

std::size_t find_arrow(std::string_view link) {
    const std::size_t begin = std::min(link.find_first_not_of(" \t"), link.size());
    if (begin < link.size() && is_quote(link[begin])) {
        const Quoted first = read_quoted(link.substr(begin));
        const std::string_view rest = without_blanks(link.substr(begin + first.size));
        if (first.fault.empty() && (rest.empty() || rest.starts_with("->"))) return link.find("->", begin + first.size);
    }
    return link.find("->");
}

std::optional<std::pair<std::string, std::string>> ends_of_link(std::string_view link) {
    const std::size_t arrow = find_arrow(link);
    if (arrow == std::string_view::npos) return std::nullopt;
    const std::string_view source = without_blanks(link.substr(0, arrow));
    const std::string_view target = without_blanks(link.substr(arrow + 2));
    return std::pair(name_in_quotes(source).value_or(std::string(source)), name_in_quotes(target).value_or(std::string(target)));
}

std::string in_quotes(std::string_view name) {
    std::string text = "'";
    for (const char c : name) {
        if (c == '\'' || c == '\\') text += '\\';
        text += c;
    }
    return text + '\'';
}

std::string as_index(std::string_view name) {
    return is_identifier(name) && !is_word_of_rows(name) ? std::string(name) : in_quotes(name);
}

std::string as_end(std::string_view name) {
    const bool is_plain = !name.empty() && name.find("->") == std::string_view::npos && !is_quote(name[0]) && without_blanks(name) == name;
    return is_plain ? std::string(name) : in_quotes(name);
}

std::vector<std::string> as_indices(const std::vector<std::string>& names) {
    std::vector<std::string> texts(names.size());
    std::ranges::transform(names, texts.begin(), [](const std::string& name) { return as_index(name); });
    return texts;
}

std::string did_you_mean_name(std::string_view name, const std::vector<std::string>& candidates, std::string otherwise) {
    const std::string nearest = nearest_name(name, candidates);
    return nearest.empty() ? std::move(otherwise) : fmt::format("did you mean {}?", in_quotes(nearest));
}

Quoted read_quoted(std::string_view text) {
    Quoted read;
    const char quote = text[0];
    for (std::size_t at = 1; at < text.size();) {
        read.size = at + 1;
        if (text[at] == quote) return read;
        if (text[at] != '\\') {
            read.text += text[at++];
            continue;
        }
        const Escape escape = escape_at(text.substr(at));
        if (escape.size == 0) {
            const std::size_t letter = at + 1 < text.size() ? std::max<std::size_t>(first_character(text.substr(at + 1)).bytes, 1) : 0;
            read.fault = fmt::format("'{}' has no meaning in quotes", text.substr(at, 1 + letter));
            read.help = R"(write \\ for a backslash, \' for a quote)";
            return read;
        }
        read.text += escape.stands_for;
        at += escape.size;
    }
    read.size = text.size();
    read.fault = "this quote is not closed";
    read.help = fmt::format(R"(end the name with {0}; within it a quote of that kind is written \{0}, and \\{0} where double quotes of YAML are around it all)", quote);
    return read;
}

std::size_t find_outside_brackets(std::string_view text, std::string_view wanted, std::size_t from) {
    int depth = 0;
    for (std::size_t i = from; i < text.size(); ++i) {
        const char c = text[i];
        if (depth <= 0 && wanted.find(c) != std::string_view::npos) return i;
        if (c == '[' || c == '(') ++depth;
        if (c == ']' || c == ')') --depth;
        if (depth > 0 && is_quote(c)) i += std::max<std::size_t>(read_quoted(text.substr(i)).size, 1) - 1;
    }
    return std::string_view::npos;
}

std::string help_with_bare_name(std::string_view expression, std::size_t at, const IsName& is_name) {
    if (!is_name) return {};
    const auto [begin, end] = bracket_around(expression, std::min(at, expression.size()));
    if (begin == std::string_view::npos) return {};
    const auto helps = [&](std::size_t from, std::size_t to) {
        const std::string_view name = without_blanks(expression.substr(from, to - from));
        return is_name(name) ? fmt::format("a name that is not a plain word stands in quotes: {}", in_quotes(name)) : std::string{};
    };
    if (std::string help = helps(begin, end); !help.empty()) return help;
    std::size_t from = begin;
    for (std::size_t comma = expression.find(',', from); comma < at; comma = expression.find(',', from)) from = comma + 1;
    return helps(from, std::min(end, expression.find(',', at)));
}

}  // namespace entente
