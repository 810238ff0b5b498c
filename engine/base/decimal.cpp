#include <entente/base/decimal.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace entente {
namespace {

bool is_decimal_digit(char c) {
    return c >= '0' && c <= '9';
}

bool begins_with_idle_zero(std::string_view text) {
    const bool is_whole = std::all_of(text.begin(), text.end(), [](char c) { return is_decimal_digit(c) || c == '_'; });
    return is_whole && text.starts_with('0') && text.find_first_not_of("0_") != std::string_view::npos;
}

/// The digits without what groups them; an underscore stands between two digits only.
std::optional<std::string> ungrouped(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '_')
            plain += text[i];
        else if (i == 0 || i + 1 == text.size() || !is_decimal_digit(text[i - 1]) || !is_decimal_digit(text[i + 1]))
            return std::nullopt;
    }
    return plain;
}

}  // namespace

std::optional<std::string> plain_decimal(std::string_view text) {
    const bool begins = !text.empty() && (is_decimal_digit(text[0]) || (text[0] == '.' && text.size() > 1 && is_decimal_digit(text[1])));
    return begins && !begins_with_idle_zero(text) ? ungrouped(text) : std::nullopt;
}

std::optional<double> parse_decimal(std::string_view text) {
    const auto plain = plain_decimal(text);
    if (!plain) return std::nullopt;
    double value = 0;
    const auto [end, fault] = std::from_chars(plain->data(), plain->data() + plain->size(), value);
    if (fault != std::errc() || end != plain->data() + plain->size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::string without_leading_zeros(std::string_view text) {
    const std::string_view sign = text.starts_with('-') || text.starts_with('+') ? text.substr(0, 1) : "";
    const std::string_view digits = text.substr(sign.size());
    if (!begins_with_idle_zero(digits)) return {};
    const std::string_view rest = digits.substr(digits.find_first_not_of("0_"));
    return parse_decimal(rest) ? std::string(sign) + std::string(rest) : std::string{};
}

}  // namespace entente
