#include <entente/results/report_numbers.hpp>

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include <entente/results/numbers.hpp>

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

std::vector<std::int64_t> thinned(std::int64_t moments, std::int64_t most) {
    std::vector<std::int64_t> kept;
    const std::int64_t stride = (moments - 1 + most - 2) / (most - 1);
    for (std::int64_t moment = moments - 1; moment > 0; moment -= stride) kept.push_back(moment);
    kept.push_back(0);
    return {kept.rbegin(), kept.rend()};
}

std::string report_text(const ReportJson& json) {
    return json.dump(-1, ' ', false, ReportJson::error_handler_t::replace);
}

}  // namespace entente
