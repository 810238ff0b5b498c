#include <entente/language/units.hpp>

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

namespace entente {
namespace {

/// 0.1 + 0.2 is meant to be 0.3.
bool is_near(double a, double b) {
    return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b));
}

std::string power_text(const Unit::Factor& factor, double power) {
    const std::string word = factor.power < 0 ? singular(factor.written) : factor.written;
    if (power == 1) return word;
    if (power == 0.5) return fmt::format("sqrt({})", word);
    return fmt::format("{}^{:.4g}", word, power);
}

/// `million`, `1000`, and "" for 1.
std::string scale_text(double scale) {
    constexpr std::array<std::pair<double, std::string_view>, 4> words{{{1e6, "million"}, {1e9, "billion"}, {1e12, "trillion"}, {0.01, "percent"}}};
    if (is_near(scale, 1)) return {};
    for (const auto& [value, word] : words)
        if (is_near(scale, value)) return std::string(word);
    return is_near(scale, std::round(scale)) ? fmt::format("{:.0f}", scale) : fmt::format("{:.4g}", scale);
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
    return text;
}

}  // namespace

double Unit::size() const {
    double size = scale_;
    for (const Factor& factor : factors_) size *= std::pow(factor.in_base, factor.power);
    return size;
}

std::string Unit::text() const {
    std::vector<std::string> above;
    std::vector<std::string> below;
    for (const Factor& factor : factors_) (factor.power > 0 ? above : below).push_back(power_text(factor, std::abs(factor.power)));
    const bool divides = scale_ < 1 && !below.empty() && is_near(1 / scale_, std::round(1 / scale_));  // 1/(1000 km)
    if (const std::string scale = scale_text(divides ? 1 / scale_ : scale_); !scale.empty()) {
        auto& where = divides ? below : above;
        where.insert(where.begin(), scale);
    }
    const std::string numerator = above.empty() ? "1" : joined(above);
    if (below.empty()) return numerator;
    return numerator + (below.size() == 1 ? "/" + below[0] : "/(" + joined(below) + ")");
}

void Unit::multiply_by(const Factor& factor) {
    const auto same = std::find_if(factors_.begin(), factors_.end(), [&](const Factor& own) { return own.base == factor.base; });
    if (same == factors_.end()) {
        factors_.push_back(factor);
        return;
    }
    scale_ *= std::pow(factor.in_base / same->in_base, factor.power);
    same->power += factor.power;
    if (std::abs(same->power) < 1e-9) factors_.erase(same);
}

Unit Unit::times(const Unit& other) const {
    Unit product = *this;
    product.scale_ *= other.scale_;
    for (const Factor& factor : other.factors_) product.multiply_by(factor);
    return product;
}

Unit Unit::to_power(double exponent) const {
    if (exponent == 0) return {};
    Unit power = *this;
    power.scale_ = std::pow(scale_, exponent);
    for (Factor& factor : power.factors_) factor.power *= exponent;
    return power;
}

const Unit& per_year() {
    static const Unit unit = Unit::of_word(unit_word("year").factor).to_power(-1);
    return unit;
}

}  // namespace entente
