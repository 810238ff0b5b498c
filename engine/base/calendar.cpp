#include <entente/base/calendar.hpp>

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/problem.hpp>

namespace entente {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::array<std::string_view, 5> unit_names{"day", "week", "month", "quarter", "year"};
constexpr double days_per_year = 365.25;
constexpr int last_year = 9999;

std::string_view name_of(StepUnit unit) {
    return unit_names[static_cast<std::size_t>(unit)];
}

/// Civil months in a unit; 0 for those made of days.
int months_in(StepUnit unit) {
    switch (unit) {
        case StepUnit::month:
            return 1;
        case StepUnit::quarter:
            return 3;
        case StepUnit::year:
            return 12;
        case StepUnit::day:
        case StepUnit::week:
            return 0;
    }
    return 0;
}

double days_in(const StepLength& step) {
    return step.count * (step.unit == StepUnit::week ? 7 : 1);
}

std::optional<int> parse_digits(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return {};
        value = 10 * value + (c - '0');
    }
    return value;
}

std::optional<StepUnit> parse_unit(std::string_view text) {
    if (text.ends_with('s')) text.remove_suffix(1);
    for (std::size_t i = 0; i < unit_names.size(); ++i) {
        if (text == unit_names[i]) return static_cast<StepUnit>(i);
    }
    return {};
}

/// The same day `months` later, or the last of its month.
Day add_months(Day start, std::int64_t months) {
    const year_month_day from{start};
    const year_month_day to = from + std::chrono::months{months};
    return to.ok() ? sys_days{to} : sys_days{to.year() / to.month() / std::chrono::last};
}

/// The largest n in [0, limit] for which `holds`, which is true up to some n and false from there on; `holds(0)` must be true.
template <typename Predicate>
std::int64_t last_that(std::int64_t limit, Predicate holds) {
    std::int64_t low = 0;
    while (low < limit) {
        const std::int64_t middle = low + (limit - low + 1) / 2;
        if (holds(middle)) {
            low = middle;
        } else {
            limit = middle - 1;
        }
    }
    return low;
}

}  // namespace

std::optional<Day> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    const auto year = parse_digits(text.substr(0, 4));
    const auto month = parse_digits(text.substr(5, 2));
    const auto day = parse_digits(text.substr(8, 2));
    if (!year || !month || !day) return {};
    const year_month_day date{std::chrono::year{*year}, std::chrono::month(static_cast<unsigned>(*month)),
                              std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok()) return {};
    return sys_days{date};
}

std::optional<Period> parse_period(std::string_view text) {
    if (const auto day = parse_date(text)) return Period{*day, *day + days{1}};
    const auto year = text.size() < 4 ? std::nullopt : parse_digits(text.substr(0, 4));
    if (!year) return {};
    const auto months = [&](int first, int count) {
        const sys_days begin{std::chrono::year{*year} / std::chrono::month(static_cast<unsigned>(first)) / 1};
        return Period{begin, add_months(begin, count)};
    };
    std::string_view rest = text.substr(4);
    if (rest.empty()) return months(1, 12);
    if (rest.starts_with("-Q")) rest.remove_prefix(1);
    const auto number = parse_digits(rest.substr(1));
    if (rest.size() == 2 && rest[0] == 'Q' && number >= 1 && number <= 4) return months(3 * *number - 2, 3);
    if (rest.size() == 3 && (rest[0] == '-' || rest[0] == 'M') && number >= 1 && number <= 12) return months(*number, 1);
    return {};
}

std::string date_fault(std::string_view text) {
    constexpr std::array<std::string_view, 12> months{"January", "February", "March",     "April",   "May",      "June",
                                                      "July",    "August",   "September", "October", "November", "December"};
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || parse_date(text)) return {};
    const auto year = parse_digits(text.substr(0, 4));
    const auto month = parse_digits(text.substr(5, 2));
    if (!year || !month || !parse_digits(text.substr(8, 2))) return {};
    if (*month < 1 || *month > 12) return "a year has 12 months";
    const std::chrono::month_day_last last{std::chrono::month(static_cast<unsigned>(*month))};
    const auto days = std::chrono::year_month_day_last{std::chrono::year{*year}, last}.day();
    return fmt::format("{} {} has {} days", months[static_cast<std::size_t>(*month) - 1], *year, static_cast<unsigned>(days));
}

std::string iso(Day day) {
    const year_month_day date{day};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

double StepLength::years() const {
    const int months = months_in(unit);
    return months > 0 ? months * count / 12 : days_in(*this) / days_per_year;
}

std::string StepLength::text() const {
    return count == 1 ? std::string(name_of(unit)) : fmt::format("{} {}s", count, name_of(unit));
}

std::optional<StepLength> parse_step(std::string_view text) {
    StepLength step{StepUnit::year, 1};
    if (!text.empty() && text.front() >= '0' && text.front() <= '9') {
        const auto [rest, problem] = std::from_chars(text.data(), text.data() + text.size(), step.count);
        text.remove_prefix(static_cast<std::size_t>(rest - text.data()));
        if (problem != std::errc{} || !text.starts_with(' ')) return {};
        text.remove_prefix(text.find_first_not_of(' ') == text.npos ? text.size() : text.find_first_not_of(' '));
    }
    const auto unit = parse_unit(text);
    if (!unit || !std::isfinite(step.count) || step.count <= 0) return {};
    step.unit = *unit;
    const bool must_be_whole = months_in(step.unit) > 0;
    if (must_be_whole && step.count != std::floor(step.count)) return {};
    return step;
}

Calendar Calendar::undated(std::int64_t ticks) {
    Calendar calendar;
    calendar.ticks_ = ticks;
    return calendar;
}

Calendar Calendar::dated(Day start, StepLength step, std::int64_t ticks) {
    Calendar calendar;
    calendar.dated_ = true;
    calendar.start_ = start;
    calendar.step_ = step;
    calendar.ticks_ = ticks;
    calendar.dt_ = step.years();
    const year_month_day first{start};
    const double end = static_cast<int>(first.year()) + calendar.dt_ * static_cast<double>(ticks);
    if (end > last_year) {
        throw Error(fmt::format("a calendar of {} steps ({}) from {} ends after the year {}", ticks, step.text(), iso(start), last_year),
                    "take fewer ticks, or a calendar without dates: {ticks: N}");
    }
    return calendar;
}

Calendar Calendar::until(Day start, StepLength step, Day end) {
    Calendar calendar = dated(start, step, 0);
    const Day after = end + days{1};
    if (after <= start) return calendar;
    const double span = static_cast<double>((after - start).count());
    if (months_in(step.unit) == 0) {
        constexpr double rounding = 1e-12;  // 10 days hold 100 steps of 0.1 days
        calendar.ticks_ = static_cast<std::int64_t>(std::floor(span / days_in(step) * (1 + rounding)));
    } else {
        const auto most = static_cast<std::int64_t>(span / (28 * months_in(step.unit) * step.count)) + 1;
        calendar.ticks_ = last_that(most, [&](std::int64_t n) { return calendar.first_day(n) <= after; });
    }
    return calendar;
}

Day Calendar::first_day(std::int64_t tick) const {
    const int months = months_in(step_.unit);
    if (months > 0) return add_months(start_, tick * months * static_cast<std::int64_t>(step_.count));
    return start_ + days{static_cast<std::int64_t>(std::floor(days_since_start(tick)))};
}

double Calendar::days_since_start(std::int64_t tick) const {
    if (months_in(step_.unit) > 0) return static_cast<double>((first_day(tick) - start_).count());
    return static_cast<double>(tick) * days_in(step_);
}

int Calendar::year(std::int64_t tick) const {
    return dated_ ? static_cast<int>(year_month_day{first_day(tick)}.year()) : static_cast<int>(tick);
}

int Calendar::month(std::int64_t tick) const {
    return dated_ ? static_cast<int>(static_cast<unsigned>(year_month_day{first_day(tick)}.month())) : 1;
}

bool Calendar::covers(int year) const {
    if (!dated_) return true;
    const bool begins_before = this->year(-1) < year;
    // Of short steps, a last one that would reach into the next year is not missed.
    constexpr double short_step = 1.0 / 26;
    const bool ends_after = this->year(ticks_) > year || (dt_ < short_step && first_day(ticks_ + 1) > sys_days{std::chrono::year{year + 1} / 1 / 1});
    return begins_before && ends_after;
}

std::optional<std::int64_t> Calendar::tick_of(Day day) const {
    if (!dated_ || ticks_ == 0 || day < start_ || (day >= first_day(ticks_) && day > first_day(ticks_ - 1))) return {};
    const std::int64_t last = last_that(ticks_ - 1, [&](std::int64_t tick) { return first_day(tick) <= day; });
    const Day began = first_day(last);
    if (first_day(0) == began) return 0;
    return last_that(last, [&](std::int64_t tick) { return first_day(tick) < began; }) + 1;
}

std::string Calendar::label(std::int64_t tick) const {
    return dated_ ? iso(first_day(tick)) : fmt::format("tick {}", tick);
}

}  // namespace entente
