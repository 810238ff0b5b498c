#include <entente/report/page_numbers.hpp>

#include <cmath>
#include <cstdint>
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

double days_or_ticks(const Calendar& calendar, double tick) {
    if (std::isnan(tick) || !calendar.is_dated()) return tick;
    return static_cast<double>(calendar.first_day(static_cast<std::int64_t>(tick)).time_since_epoch().count());
}

}  // namespace entente::page
