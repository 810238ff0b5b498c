#include <entente/report/page_numbers.hpp>

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include <entente/base/wording.hpp>

namespace entente::page {

Number::Number(double value) {
    if (std::isfinite(value)) value_ = std::strtod(fmt::format("{:.5g}", value).c_str(), nullptr);
}

Moment moment_at(const Calendar& calendar, double tick) {
    if (!calendar.is_dated()) return {tick};
    return {tick_cell(calendar, tick)};
}

}  // namespace entente::page
