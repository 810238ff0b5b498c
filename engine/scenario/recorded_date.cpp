#include <entente/scenario/recorded_date.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <entente/base/wording.hpp>

namespace entente {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 5> precision_words{"day", "week", "month", "quarter", "year"};

Period months_from(year_month_day first, int count) {
    return {Day{first}, Day{first + months{count}}};
}

int number_of(const year_month_day& date, int count) {
    return (static_cast<int>(static_cast<unsigned>(date.month())) - 1) / count;
}

/// The month, quarter or year of just these days, as `month` writes the first; "" where they are none.
std::string period_told(Day first, Day last, std::string (*month)(Day)) {
    const year_month_day date{first};
    const int year = static_cast<int>(date.year());
    const auto is = [&](DatePrecision precision) {
        const Period period = period_around(first, precision);
        return period.first == first && period.end == last + days{1};
    };
    if (is(DatePrecision::month)) return month(first);
    if (is(DatePrecision::quarter)) return fmt::format("{:04}Q{}", year, number_of(date, 3) + 1);
    return is(DatePrecision::year) ? fmt::format("{:04}", year) : "";
}

std::string written(const RecordedDate& date, std::string (*day)(Day), std::string (*month)(Day)) {
    if (!date.last) return "not by " + day(*date.first - days{1});
    if (!date.first) return "before " + day(*date.last + days{1});
    if (date.is_day()) return day(*date.first);
    const std::string period = period_told(*date.first, *date.last, month);
    return period.empty() ? day(*date.first) + " to " + day(*date.last) : period;
}

}  // namespace

std::string told(const RecordedDate& date) {
    return written(date, iso, [](Day day) { return iso(day).substr(0, 7); });
}

std::string date_words(const RecordedDate& date) {
    return written(date, day_words, month_words);
}

std::optional<DatePrecision> date_precision(std::string_view word) {
    const auto found = std::ranges::find(precision_words, word);
    return found == precision_words.end() ? std::nullopt : std::optional(static_cast<DatePrecision>(found - precision_words.begin()));
}

Period period_around(Day day, DatePrecision precision) {
    const year_month_day date{day};
    const auto of_months = [&](int count) {
        const int month = number_of(date, count) * count + 1;
        return months_from(date.year() / month / 1, count);
    };
    switch (precision) {
        case DatePrecision::day:
            return {day, day + days{1}};
        case DatePrecision::week: {
            const Day monday = day - (std::chrono::weekday{day} - std::chrono::Monday);
            return {monday, monday + days{7}};
        }
        case DatePrecision::month:
            return of_months(1);
        case DatePrecision::quarter:
            return of_months(3);
        case DatePrecision::year:
            return of_months(12);
    }
    return {day, day + days{1}};
}

}  // namespace entente
