/// What a record knows of a date: on which day something came, within which days, or by when it had not.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <entente/base/calendar.hpp>

namespace entente {

/// It came on one of the days from `first` to `last`, both included. At least one of them is there.
struct RecordedDate {
    std::optional<Day> first;  ///< the earliest; none: however early
    std::optional<Day> last;   ///< the latest; none: it had not come before `first`, and whether it came then is not known

    static RecordedDate on(Day day) { return {day, day}; }
    static RecordedDate within(const Period& period) { return {period.first, period.end - std::chrono::days{1}}; }
    static RecordedDate not_by(Day day) { return {day + std::chrono::days{1}, std::nullopt}; }
    static RecordedDate before(Day day) { return {std::nullopt, day - std::chrono::days{1}}; }

    [[nodiscard]] bool came() const { return last.has_value(); }
    [[nodiscard]] bool is_day() const { return first && first == last; }
    bool operator==(const RecordedDate&) const = default;
};

/// `2025-07-03`; `2025-07`, `2025Q3`, `2025` where the days are just those of a month, quarter or year; `2025-07-01 to 2025-07-09`;
/// `before 2024-11-11`; `not by 2025-11-30`.
std::string told(const RecordedDate& date);
/// The same in a sentence or on a page: `3 Jul 2025`; `Jul 2025`, `2025Q3`, `2025`; `1 Jul 2025 to 9 Jul 2025`; `before 11 Nov 2024`; `not by 30 Nov 2025`.
std::string date_words(const RecordedDate& date);

enum class DatePrecision { day, week, month, quarter, year };
std::optional<DatePrecision> date_precision(std::string_view word);
/// The day, week (Monday to Sunday), month, quarter or year that holds `day`.
Period period_around(Day day, DatePrecision precision);

}  // namespace entente
