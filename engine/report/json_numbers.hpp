/// Numbers and moments as a report's data holds them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <entente/base/calendar.hpp>

namespace entente {

using ReportJson = nlohmann::ordered_json;

/// Five significant digits, more than can be seen; null where there is no number.
ReportJson report_number(double value);
ReportJson report_numbers(std::span<const double> values);

/// The first day of a tick or moment, as an ISO date; its number in an undated calendar; null where there is none. Between two ticks the earlier one.
ReportJson report_moment(const Calendar& calendar, double tick);

/// JSON as text, whatever bytes its strings hold.
std::string report_text(const ReportJson& json);

}  // namespace entente
