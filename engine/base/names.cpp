#include <entente/base/names.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace entente {
namespace {

/// Python's keywords: every expression of the language must parse as Python.
constexpr std::array<std::string_view, 35> keywords{"False", "None",     "True",  "and",    "as",   "assert", "async",  "await",    "break",
                                                    "class", "continue", "def",   "del",    "elif", "else",   "except", "finally",  "for",
                                                    "from",  "global",   "if",    "import", "in",   "is",     "lambda", "nonlocal", "not",
                                                    "or",    "pass",     "raise", "return", "try",  "while",  "with",   "yield"};

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

/// Insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before_last.swap(last);
        last.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replaced});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row[b.size()];
}

/// How far a candidate is from what was typed; at most `limit` means that it may have been meant.
std::size_t distance(std::string_view typed, std::string_view candidate, std::size_t limit) {
    const std::size_t shorter = std::min(typed.size(), candidate.size());
    const std::size_t longer = std::max(typed.size(), candidate.size());
    const bool is_beginning = shorter >= 3 && typed.substr(0, shorter) == candidate.substr(0, shorter);
    if (longer - shorter > limit) return is_beginning ? limit : limit + 1;
    const std::size_t edits = edit_distance(typed, candidate);
    if (edits > 0 && edits >= shorter) return limit + 1;  // nothing of the word is left
    return is_beginning ? std::min(edits, limit) : edits;
}

}  // namespace

bool is_identifier(std::string_view name) {
    return !name.empty() && is_letter(name.front()) &&
           std::all_of(name.begin(), name.end(), [](char c) { return is_letter(c) || is_digit(c); }) &&
           std::find(keywords.begin(), keywords.end(), name) == keywords.end();
}

std::string nearest_name(std::string_view name, std::span<const std::string> candidates) {
    const std::string typed = lower(name);
    const std::size_t few = std::max<std::size_t>((typed.size() + 1) / 4, 1);  // one letter of up to six, two of up to ten
    std::size_t least = few + 2;
    std::string_view nearest;
    for (const std::string& candidate : candidates) {
        const std::string other = lower(candidate);
        const bool begin_alike = typed.size() > 3 && typed.compare(0, 3, other, 0, 3) == 0;  // `when` for `where`
        const std::size_t limit = few + (begin_alike ? 1 : 0);
        const std::size_t edits = distance(typed, other, limit);
        if (edits <= limit && edits < least) {
            least = edits;
            nearest = candidate;
        }
    }
    return std::string(nearest);
}

std::string did_you_mean(std::string_view name, std::span<const std::string> candidates, std::string otherwise) {
    const std::string nearest = nearest_name(name, candidates);
    return nearest.empty() ? std::move(otherwise) : fmt::format("did you mean '{}'?", nearest);
}

std::span<const std::string> reserved_columns() {
    static const std::array<std::string, 10> columns{"run",    "point", "alternative", "replicate", "drawn_as",
                                                     "status", "runs",  "failed",      "time",      "year"};
    return columns;
}

bool is_reserved_column(std::string_view name) {
    return std::ranges::find(reserved_columns(), name) != reserved_columns().end();
}

std::string listed(std::span<const std::string> names, std::size_t most) {
    const bool is_cut = names.size() > most + 1;  // the name itself is as short as `1 more`
    const std::size_t shown = is_cut ? most : names.size();
    std::string text;
    for (std::size_t i = 0; i < shown; ++i) {
        const bool is_last = !is_cut && i + 1 == shown;
        if (i > 0) text += is_last ? " and " : ", ";
        text += names[i];
    }
    if (is_cut) text += fmt::format(" and {} more", names.size() - shown);
    return text;
}

}  // namespace entente
