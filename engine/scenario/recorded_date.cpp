#include <entente/scenario/recorded_date.hpp>

#include <algorithm>
#include <array>

#include <fmt/format.h>

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

/// The month, quarter or year of just these days, as it is written; "" where they are none.
std::string period_told(Day first, Day last) {
    const year_month_day date{first};
    const int year = static_cast<int>(date.year());
    const auto is = [&](DatePrecision precision) {
        const Period period = period_around(first, precision);
        return period.first == first && period.end == last + days{1};
    };
    if (is(DatePrecision::month)) return fmt::format("{:04}-{:02}", year, static_cast<unsigned>(date.month()));
    if (is(DatePrecision::quarter)) return fmt::format("{:04}Q{}", year, number_of(date, 3) + 1);
    return is(DatePrecision::year) ? fmt::format("{:04}", year) : "";
}

}  // namespace

std::string told(const RecordedDate& date) {
    if (!date.last) return "not by " + iso(*date.first - days{1});
    if (!date.first) return "before " + iso(*date.last + days{1});
    if (date.is_day()) return iso(*date.first);
    const std::string period = period_told(*date.first, *date.last);
    return period.empty() ? iso(*date.first) + " to " + iso(*date.last) : period;
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
