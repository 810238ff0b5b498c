#include <entente/report/sentences.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace entente {

std::string sentence_subject(const std::string& name, const std::string& about) {
    std::string text = about.empty() ? name : about;
    if (!about.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

std::string name_in_words(const std::string& name, const std::string& about) {
    constexpr std::size_t longest_phrase = 60;
    const bool is_phrase = !about.empty() && about.size() <= longest_phrase && about.find_first_of(".:;") == std::string::npos;
    return is_phrase ? about : name;
}

std::string unit_words(const std::string& unit) {
    constexpr std::array<std::string_view, 4> unwritten = {"", "1", "share", "probability"};
    if (std::ranges::find(unwritten, unit) != unwritten.end()) return {};
    if (unit.front() >= '0' && unit.front() <= '9' && !unit.starts_with("1/")) return " × " + unit;
    const std::size_t slash = unit.find('/');
    if (slash == std::string::npos || slash == 0 || unit.find('/', slash + 1) != std::string::npos) return ' ' + unit;
    const std::string above = unit.substr(0, slash);
    return (above == "1" ? "" : ' ' + above) + " per " + unit.substr(slash + 1);
}

}  // namespace entente
