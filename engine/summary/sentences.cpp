#include <entente/summary/sentences.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <string_view>

#include <fmt/format.h>

#include <entente/base/wording.hpp>

namespace entente {

std::string sentence_subject(const std::string& name, const std::string& about) {
    return about.empty() ? name : capitalised(about);
}

std::string capitalised(std::string text) {
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') text.front() = static_cast<char>(text.front() - 'a' + 'A');
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

bool is_share_unit(std::string_view unit) {
    return unit == "share" || unit == "probability";
}

std::string quantity_words(double value, const std::string& unit) {
    if (is_share_unit(unit) && std::isfinite(value)) return percent(value) + " %";
    std::string words = unit_words(unit);
    constexpr std::string_view times = " × ";
    if (!std::isfinite(value) || !words.starts_with(times)) return readable(value) + (std::isnan(value) ? "" : words);
    char* end = nullptr;
    const double scale = std::strtod(words.c_str() + times.size(), &end);
    const double three_digits = std::strtod(fmt::format("{:.3g}", value * scale).c_str(), nullptr);
    return readable(three_digits) + end;
}

std::string range_words(double low, double high) {
    const std::string from = readable(low);
    const std::string to = readable(high);
    if (from == to) return from;
    return fmt::format("{}{}{}", from, low < 0 || high < 0 ? " to " : "–", to);
}

std::string range_words(double low, double high, std::string_view unit) {
    return is_share_unit(unit) ? share_range_words(low, high) : range_words(low, high);
}

std::string share_range_words(double low, double high) {
    const std::string from = percent(low);
    const std::string to = percent(high);
    return from == to ? from + " %" : fmt::format("{}{}{} %", from, low < 0 || high < 0 ? " to " : "–", to);
}

}  // namespace entente
