#include <entente/output/reference_lookup.hpp>

#include <algorithm>
#include <array>
#include <sstream>

#include <fmt/format.h>

#include <entente/language/units.hpp>

namespace entente {

namespace {

bool is_of_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-' || c == '/';
}

/// Pieces of letters, digits and the signs that names of files and formats hold.
std::vector<std::string> words_in(std::string_view text) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < text.size();) {
        std::size_t end = i;
        while (end < text.size() && is_of_word(text[end])) ++end;
        std::string_view word = text.substr(i, end - i);
        while (word.ends_with('.') || word.ends_with('-') || word.ends_with('/')) word.remove_suffix(1);
        while (word.starts_with('-') || word.starts_with('/')) word.remove_prefix(1);
        if (!word.empty()) words.emplace_back(word);
        i = std::max(end, i + 1);
    }
    return words;
}

/// What stands in backticks.
std::vector<std::string> quoted_in(std::string_view text) {
    std::vector<std::string> pieces;
    for (std::size_t begin = text.find('`'); begin != std::string_view::npos;) {
        const std::size_t end = text.find('`', begin + 1);
        if (end == std::string_view::npos) break;
        pieces.emplace_back(text.substr(begin + 1, end - begin - 1));
        begin = text.find('`', end + 1);
    }
    return pieces;
}

/// Words of headings that name nothing.
constexpr std::array<std::string_view, 36> plain_words{"a",     "an",   "and",    "as",   "at",   "be",     "by",    "each", "equal", "events", "for",     "from", "give",  "in",   "is",    "it",  "its",   "may",
                                                       "of",    "on",   "one",    "or",   "per",  "run",    "that",  "the",  "to",    "what",   "which",   "with", "where", "here", "alone", "run:", "tick", "name"};

/// The words that a section is called by: of its heading up to what is said more of it.
std::vector<std::string> names_of(const std::string& heading) {
    const std::string_view title = std::string_view(heading).substr(heading.find_first_not_of("# "));
    const std::size_t form = std::min(title.find(": `"), title.find(", "));
    std::vector<std::string> names;
    for (std::string& word : words_in(title.substr(0, form)))
        if (std::ranges::find(plain_words, word) == plain_words.end()) names.push_back(std::move(word));
    return names;
}

/// A name alike but for a plural or capitals.
bool is_alike(std::string_view name, std::string_view word) {
    const auto same = [](std::string_view a, std::string_view b) {
        return std::ranges::equal(a, b, {}, [](char c) { return std::tolower(static_cast<unsigned char>(c)); }, [](char c) { return std::tolower(static_cast<unsigned char>(c)); });
    };
    const auto stem = [](std::string_view text) { return text.size() > 3 && text.ends_with('s') ? text.substr(0, text.size() - 1) : text; };
    return same(name, word) || same(stem(name), stem(word));
}

/// The cells of a line of a table that say what it is about: the first, or where that is a number the one behind it.
std::string_view head_of_line(std::string_view line) {
    std::size_t begin = line.starts_with("| ") ? 2 : 1;
    std::size_t end = line.find(" | ", begin);
    if (end != std::string_view::npos && line.substr(begin, end - begin).find('`') == std::string_view::npos) {
        begin = end + 3;
        end = line.find(" | ", begin);
    }
    return line.substr(begin, end == std::string_view::npos ? end : end - begin);
}

/// The names that a line of a table explains: `sum` of `sum(x for k in kind)`, and the last key of a path.
std::vector<std::string> names_of_line(std::string_view line) {
    std::vector<std::string> names;
    for (const std::string& piece : quoted_in(head_of_line(line))) {
        names.push_back(piece);
        if (const std::size_t bracket = piece.find('('); bracket != std::string::npos && bracket > 0) names.push_back(piece.substr(0, bracket));
        if (const std::size_t dot = piece.rfind('.'); dot != std::string::npos && piece.find(' ') == std::string::npos) names.push_back(piece.substr(dot + 1));
        std::istringstream between_blanks(piece);
        for (std::string word; between_blanks >> word;)
            if (words_in(word).empty()) names.push_back(word);  // an operator: `**` of `a ** b`
        if (piece.find(' ') != std::string::npos)
            for (std::string& word : words_in(piece))
                if (word.size() > 1) names.push_back(std::move(word));
    }
    return names;
}

bool is_line_of_table(std::string_view line) {
    return line.starts_with("| ") && !line.starts_with("|---");
}

template <class Visit>
void each_line(const std::string& text, const Visit& visit) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) visit(line);
}

}  // namespace

ReferenceLookup::ReferenceLookup(std::span<const std::string> references) {
    for (const std::string& reference : references) {
        bool is_code = false;
        bool has_begun = false;  // what stands before the first heading is no section
        each_line(reference, [&](const std::string& line) {
            if (line.starts_with("```")) is_code = !is_code;
            if (!is_code && line.starts_with("##")) {
                sections_.push_back({line, {}, names_of(line)});
                has_begun = true;
            } else if (has_begun) {
                sections_.back().text += line + '\n';
            }
        });
    }
}

std::string ReferenceLookup::lines_about(const Section& section, std::string_view word) {
    std::string head, found;
    std::string above;
    each_line(section.text, [&](const std::string& line) {
        if (line.starts_with("|---")) head = above + '\n' + line + '\n';
        above = line;
        if (!is_line_of_table(line) || head.empty()) return;
        const auto names = names_of_line(line);
        if (std::ranges::find(names, word) != names.end()) found += line + '\n';
    });
    return found.empty() ? "" : head + found;
}

std::string ReferenceLookup::about(std::string_view word) const {
    std::string whole, lines;
    for (const Section& section : sections_) {
        const bool is_named = std::ranges::any_of(section.words, [&](const std::string& name) { return is_alike(name, word); });
        if (is_named) {
            whole += section.heading + '\n' + section.text;
        } else if (const std::string some = lines_about(section, word); !some.empty()) {
            lines += section.heading + "\n\n" + some + '\n';
        }
    }
    return whole + lines;
}

std::vector<std::string> ReferenceLookup::beside(std::string_view word) const {
    for (const Section& section : sections_) {
        if (std::ranges::any_of(section.words, [&](const std::string& name) { return is_alike(name, word); })) return {};
        if (lines_about(section, word).empty()) continue;
        std::vector<std::string> others;
        each_line(section.text, [&](const std::string& line) {
            if (!is_line_of_table(line)) return;
            const auto names = names_of_line(line);
            if (!names.empty() && std::ranges::find(names, word) == names.end() && words_in(names.front()).size() == 1) others.push_back(words_in(names.front()).front());
        });
        return others;
    }
    return {};
}

std::vector<std::string> ReferenceLookup::words() const {
    std::vector<std::string> all;
    for (const Section& section : sections_) {
        all.insert(all.end(), section.words.begin(), section.words.end());
        each_line(section.text, [&](const std::string& line) {
            if (!is_line_of_table(line)) return;
            for (std::string& name : names_of_line(line))
                if (name.find_first_of(" <(") == std::string::npos) all.push_back(std::move(name));
        });
    }
    std::ranges::sort(all);
    const auto repeated = std::ranges::unique(all);
    all.erase(repeated.begin(), repeated.end());
    return all;
}

std::string about_unit_word(std::string_view word) {
    const UnitWord found = unit_word(singular(word));
    switch (found.kind) {
        case UnitWord::Kind::pure:
            return found.scale == 1 ? fmt::format("As a unit, `{}` is a pure number.\n\n", word) : fmt::format("As a unit, `{}` is the pure number {}.\n\n", word, found.scale);
        case UnitWord::Kind::scale:
            return fmt::format("As a unit, `{}` is the scale {}.\n\n", word, found.scale);
        case UnitWord::Kind::factor:
            break;
    }
    if (found.factor.sort == Unit::Sort::thing) return {};
    if (found.factor.in_base == 1 && found.factor.base == singular(word)) return fmt::format("As a unit, `{}` is one by which others of its kind are measured.\n\n", word);
    return fmt::format("As a unit, `{}` is {:.6g} {}.\n\n", word, found.factor.in_base, found.factor.base);
}

}  // namespace entente
