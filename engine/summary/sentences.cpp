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

namespace {

/// A unit of so many things, `1000 people`, in which numbers are told as things.
struct Multiple {
    double scale = 1;
    std::string words;  ///< what follows the number
};

Multiple multiple_of(std::string_view unit) {
    constexpr std::string_view times = " × ";
    std::string words = unit_words(std::string(unit));
    if (!words.starts_with(times)) return {1, std::move(words)};
    char* end = nullptr;
    const double scale = std::strtod(words.c_str() + times.size(), &end);
    return {scale, end};
}

/// To three digits, for a product has more of them than what was multiplied.
std::string told(double value, const Multiple& multiple) {
    if (multiple.scale == 1 || !std::isfinite(value)) return readable(value);
    return readable(std::strtod(fmt::format("{:.3g}", value * multiple.scale).c_str(), nullptr));
}

std::string between(const std::string& low, const std::string& high, bool is_signed) {
    return low == high ? low : fmt::format("{}{}{}", low, is_signed ? " to " : "–", high);
}

}  // namespace

std::string quantity_words(double value, const std::string& unit) {
    if (is_share_unit(unit) && std::isfinite(value)) return percent(value) + " %";
    const Multiple multiple = multiple_of(unit);
    return told(value, multiple) + (std::isnan(value) ? "" : multiple.words);
}

std::string number_words(double value, std::string_view unit) {
    return is_share_unit(unit) ? percent(value) : told(value, multiple_of(unit));
}

std::string points_words(double difference) {
    return std::isfinite(difference) ? readable(std::strtod(fmt::format("{:.2g}", 100 * difference).c_str(), nullptr)) : "–";
}

std::string range_words(double low, double high, std::string_view unit) {
    return between(number_words(low, unit), number_words(high, unit), low < 0 || high < 0) + (is_share_unit(unit) ? " %" : "");
}

std::string range_words(double low, double high) {
    return range_words(low, high, "");
}

std::string share_range_words(double low, double high) {
    return range_words(low, high, "share");
}

}  // namespace entente
