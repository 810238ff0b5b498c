#include <entente/import/country_names.hpp>

#include <array>
#include <map>
#include <unordered_map>

#include <entente/base/utf8.hpp>
#include <entente/import/embedded_tables.hpp>
#include <entente/scenario/csv.hpp>

namespace entente {

namespace {

/// Of the letters with accents that names of countries hold, in upper and lower case, the letter without.
char without_accent(std::uint32_t code) {
    constexpr std::u32string_view accented = U"ÅÁÀÂÃÄÇÉÈÊËÍÌÎÏÑÓÒÔÕÖÚÙÛÜåáàâãäçéèêëíìîïñóòôõöúùûü";
    constexpr std::string_view plain = "aaaaaaceeeeiiiinooooouuuuaaaaaaceeeeiiiinooooouuuu";
    static_assert(accented.size() == plain.size());
    const std::size_t at = accented.find(static_cast<char32_t>(code));
    return at == std::u32string_view::npos ? '\0' : plain[at];
}

/// Letters and digits, in lower case, with single blanks between what other signs part.
std::string plain_words(std::string_view name) {
    std::string words;
    while (!name.empty()) {
        const Character character = first_character(name);
        const char c = name.front();
        const char upper = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : '\0';
        const bool is_kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        const char accent = without_accent(character.code);
        if (c == '&')
            words += words.empty() || words.back() == ' ' ? "and " : " and ";
        else if (upper != '\0' || is_kept || accent != '\0')
            words += upper != '\0' ? upper : is_kept ? c : accent;
        else if (c != '\'' && character.code != 0x2019 && !words.empty() && words.back() != ' ')
            words += ' ';
        name.remove_prefix(std::max<std::size_t>(character.bytes, 1));
    }
    if (words.ends_with(' ')) words.pop_back();
    return words;
}

struct CountryNames {
    std::unordered_map<std::string, std::string> iso3;      ///< by folded name
    std::map<std::string, std::string, std::less<>> first;  ///< by ISO code
};

CountryNames read_names() {
    Sources sources;
    Problems problems;
    CsvReader csv(sources.add("country_names.csv", std::string(embedded_table("country_names"))), sources, problems);
    CountryNames names;
    while (csv.next()) {
        const std::string iso3(csv.cell(0));
        std::string_view rest = csv.cell(1);
        names.first[iso3] = rest.substr(0, rest.find('|'));
        for (std::size_t bar = 0; bar != std::string_view::npos; rest.remove_prefix(bar + 1)) {
            bar = rest.find('|');
            names.iso3[folded_name(rest.substr(0, bar))] = iso3;
            if (bar == std::string_view::npos) break;
        }
    }
    return names;
}

const CountryNames& country_names() {
    static const CountryNames names = read_names();
    return names;
}

}  // namespace

std::string folded_name(std::string_view name) {
    std::string words = plain_words(name);
    if (words.starts_with("the ")) words.erase(0, 4);
    if (words.ends_with(" the")) words.erase(words.size() - 4);  // "Bahamas, The"
    if (words.starts_with("st ")) words.replace(0, 2, "saint");
    return words;
}

std::optional<std::string> iso3_of_name(std::string_view name) {
    const auto found = country_names().iso3.find(folded_name(name));
    return found == country_names().iso3.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> name_of_iso3(std::string_view iso3) {
    std::string upper(iso3);
    for (char& c : upper)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    const auto found = country_names().first.find(upper);
    return found == country_names().first.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace entente
