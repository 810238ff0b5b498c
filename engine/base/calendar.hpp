/// The civil calendar of a scenario: ticks, dates, and the length of a tick in years.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entente {

using Day = std::chrono::sys_days;  ///< days since 1970-01-01, proleptic Gregorian

/// `2021-08-15` as a day; nothing when it is no date of the calendar (2021-02-30, 21-8-15, …).
std::optional<Day> parse_date(std::string_view text);
/// Why a text that is written like a date is none: "February 1909 has 28 days"; "" of all else.
std::string date_fault(std::string_view text);
std::string iso(Day day);

/// The days that a text names: of a day `2021-08-15`, a month `2021-08`, a quarter `2021Q3` or a year `2021`.
struct Period {
    Day first;
    Day end;  ///< the day after the last
};
/// Nothing when it names none of these. `2021M08` and `2021-Q3`, as statistical offices write, are a month and a quarter too.
std::optional<Period> parse_period(std::string_view text);

enum class StepUnit { day, week, month, quarter, year };

/// A tick's length: `day`, `week`, `2 weeks`, `3.5 days`, `month`, `quarter`, `10 years`.
struct StepLength {
    StepUnit unit = StepUnit::year;
    double count = 1;  ///< above 0; whole for months, quarters and years
    /// Years in a step: days / 365.25, months / 12.
    [[nodiscard]] double years() const;
    [[nodiscard]] std::string text() const;  ///< as it would be written: `week`, `3.5 days`
};
std::optional<StepLength> parse_step(std::string_view text);

/// Maps ticks 0 … ticks-1 to dates. Tick k covers [first_day(k), first_day(k+1)).
class Calendar {
public:
    /// `ticks` undated ticks, each one year long.
    static Calendar undated(std::int64_t ticks);
    static Calendar dated(Day start, StepLength step, std::int64_t ticks);
    /// As many whole steps as fit from `start` to the end of the day `end`.
    static Calendar until(Day start, StepLength step, Day end);

    [[nodiscard]] bool is_dated() const { return dated_; }
    [[nodiscard]] std::int64_t ticks() const { return ticks_; }
    /// Moments at which a state is looked at: 0, before the first tick, and k + 1, at the end of tick k. Moment m is the beginning of
    /// first_day(m), which is also that of tick m where there is one.
    [[nodiscard]] std::int64_t moments() const { return ticks_ + 1; }
    [[nodiscard]] const StepLength& step() const { return step_; }
    [[nodiscard]] Day start() const { return start_; }
    [[nodiscard]] double dt() const { return dt_; }  ///< years
    [[nodiscard]] double years_since_start(std::int64_t tick) const { return static_cast<double>(tick) * dt_; }
    [[nodiscard]] Day first_day(std::int64_t tick) const;            ///< months run to the same day, or the month's last
    [[nodiscard]] double days_since_start(std::int64_t tick) const;  ///< with the fraction of a day for steps like 3.5 days
    [[nodiscard]] int year(std::int64_t tick) const;                 ///< civil year of the first day; undated: the tick
    [[nodiscard]] int month(std::int64_t tick) const;                ///< 1–12; undated: 1
    /// Whether the calendar has all ticks that fit into that year, and not only some because it begins later or ends earlier.
    [[nodiscard]] bool covers(int year) const;
    /// The tick that holds `day`, the first one that begins on it where steps are shorter; nothing before the first or after the last.
    [[nodiscard]] std::optional<std::int64_t> tick_of(Day day) const;
    [[nodiscard]] std::string label(std::int64_t tick) const;  ///< ISO date, or `tick 12` when undated

private:
    bool dated_ = false;
    Day start_{};
    StepLength step_;
    std::int64_t ticks_ = 0;
    double dt_ = 1;
};

}  // namespace entente
