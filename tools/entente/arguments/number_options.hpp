/// Options that take numbers, with messages that name the option.
#pragma once

#include <charconv>
#include <string>

#include <fmt/format.h>

#include <entente/base/decimal.hpp>
#include <entente/base/problem.hpp>

#include "arguments/options.hpp"

namespace entente {

/// A whole number from `least` on. Throws Error in words that name the option.
template <typename Number>
Number whole_number(std::string_view option, const std::string& text, Number least) {
    Number value{};
    const std::string plain = plain_decimal(text).value_or("");
    const auto [end, problem] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    const bool is_whole = problem == std::errc() && end == plain.data() + plain.size();
    if (!is_whole || value < least) {
        const std::string shorter = without_leading_zeros(text);
        throw Error(fmt::format("{} takes a whole number of at least {}, not '{}'", option, least, text),
                    shorter.empty() ? "" : fmt::format("write {}, without the leading zero", shorter));
    }
    return value;
}

template <typename Number, typename Set>
Option* add_number(Options& app, const std::string& option, Number least, const std::string& about, Set set) {
    return app
        .add_option_function(
            option, [=](const std::string& text) { set(whole_number<Number>(option, text, least)); }, about)
        ->type_name("N");
}

/// A share between 0 and 1. Throws Error in words that name the option.
inline double share_number(std::string_view option, const std::string& text) {
    double value = -1;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || !(value >= 0 && value <= 1))
        throw Error(fmt::format("{} takes a share between 0 and 1, not '{}'", option, text));
    return value;
}

/// The confidence of an interval: between 0 and 1, and neither. Throws Error likewise.
inline double confidence_number(std::string_view option, const std::string& text) {
    const double confidence = share_number(option, text);
    if (confidence == 0 || confidence == 1) throw Error(fmt::format("no interval has a confidence of {}", text), "as in --confidence 0.99");
    return confidence;
}

}  // namespace entente
