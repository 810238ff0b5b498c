/// What the reference says of one word: a key, function, operator, word of units, concept, file or column.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// A reference in Markdown, cut at its headings, to look words up in.
class ReferenceLookup {
public:
    explicit ReferenceLookup(std::span<const std::string> references);

    /// The sections that a word names, whole, and of others the lines of tables that are about it; "" where there are none.
    [[nodiscard]] std::string about(std::string_view word) const;
    /// Other words of the section in which the word has its first line, in the order of its table; none for a word that names a section.
    [[nodiscard]] std::vector<std::string> beside(std::string_view word) const;
    /// All words that have something, for suggestions.
    [[nodiscard]] std::vector<std::string> words() const;

private:
    struct Section {
        std::string heading;                          ///< with its `##`
        std::string text;                             ///< all that stands below, up to the next heading
        std::vector<std::string> words;               ///< that name the section as a whole
    };

    [[nodiscard]] static std::string lines_about(const Section& section, std::string_view word);
    std::vector<Section> sections_;
};

/// What a word of units stands for, in a sentence: `kt` is 1e+06 kg. "" for one that is a dimension of its own.
std::string about_unit_word(std::string_view word);

}  // namespace entente
