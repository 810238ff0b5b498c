/// Numbers and moments as a page shows them.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <variant>
#include <vector>

#include <entente/base/calendar.hpp>

namespace entente::page {

/// A number to be seen: rounded to five significant digits, NaN where there is none or no finite one.
class Number {
public:
    Number() = default;
    Number(double value);                       // NOLINT(google-explicit-constructor): whatever is put on a page is rounded
    operator double() const { return value_; }  // NOLINT(google-explicit-constructor)

private:
    double value_ = std::numeric_limits<double>::quiet_NaN();
};
using Numbers = std::vector<Number>;

/// A point in time: an ISO date in a dated calendar; in an undated one the number of a tick, or a time that may lie between two.
struct Moment {
    std::variant<std::int64_t, double, std::string> when;
    bool operator==(const Moment&) const = default;
};

/// The first day of a tick or moment as a date, `tick` itself in an undated calendar. Between two ticks of a dated one the earlier one. Not
/// for NaN.
Moment moment_at(const Calendar& calendar, double tick);

/// The same as a number: days since 1970-01-01, in an undated calendar `tick` itself. NaN of NaN.
double days_or_ticks(const Calendar& calendar, double tick);

}  // namespace entente::page
