#include <entente/report/json_numbers.hpp>

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include <entente/base/wording.hpp>

namespace entente {

ReportJson report_number(double value) {
    if (!std::isfinite(value)) return nullptr;
    return std::strtod(fmt::format("{:.5g}", value).c_str(), nullptr);
}

ReportJson report_numbers(std::span<const double> values) {
    ReportJson numbers = ReportJson::array();
    for (const double value : values) numbers.push_back(report_number(value));
    return numbers;
}

ReportJson report_moment(const Calendar& calendar, double tick) {
    if (std::isnan(tick)) return nullptr;
    if (!calendar.is_dated()) return tick;
    return tick_cell(calendar, tick);
}

std::string report_text(const ReportJson& json) {
    return json.dump(-1, ' ', false, ReportJson::error_handler_t::replace);
}

}  // namespace entente
