#include <entente/output/interval_bar.hpp>

#include <algorithm>
#include <cmath>

namespace entente {

namespace {

struct Signs {
    std::string_view inner, outer, left, line, right, at;
};
constexpr Signs unicode_signs{"█", "▒", "├", "─", "┤", "┼"};
constexpr Signs ascii_signs{"#", "=", "|", "-", "|", "+"};

}  // namespace

std::string interval_bar(double inner, const Estimate& estimate, double end, std::size_t width, const TextStyle& style) {
    if (std::isnan(estimate.value) || width == 0) return {};
    const auto place = [&](double x) { return std::clamp(x / end, 0.0, 1.0) * static_cast<double>(width); };
    const auto cell = [&](double x) { return std::min(width - 1, static_cast<std::size_t>(place(x))); };
    const std::size_t at = cell(estimate.value);
    const std::size_t low = cell(std::fmin(estimate.value, estimate.interval.low));  // which NaN does not move
    const std::size_t high = cell(std::fmax(estimate.value, estimate.interval.high));
    const Signs& signs = style.unicode ? unicode_signs : ascii_signs;
    std::string bar;
    for (std::size_t i = 0; i <= high; ++i) {
        if (i < low)
            bar += static_cast<double>(i) + 0.5 <= place(inner) ? signs.inner : signs.outer;
        else if (i == at)
            bar += signs.at;
        else if (i == low)
            bar += signs.left;
        else
            bar += i == high ? signs.right : signs.line;
    }
    return bar;
}

}  // namespace entente
