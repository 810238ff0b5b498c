/// Numbers and dates as text: exactly, for machines, and shortly, for people.
#pragma once

#include <string>
#include <string_view>

#include <entente/base/calendar.hpp>

namespace entente {

/// The fewest digits that read back to the same double; NaN gives "".
std::string exact(double value);

/// A value for a reader: three significant digits (`0.431`, `12.3`, `1.23e+09`), whole numbers from 1,000 on in full (`1,234`); NaN gives `none`.
std::string readable(double value, std::string_view none = "–");

/// `1,234,567`
std::string with_commas(std::int64_t value);

/// A share as a percentage without its sign: `67`, near an end `0.4`; NaN gives "–".
std::string percent(double share);

/// A p-value: two significant digits, `< 0.0001` below that; NaN gives "–".
std::string chance_text(double p);

/// `2021-08-15 to 2025-12-31, 228 weeks`; `30 ticks`
std::string calendar_text(const Calendar& calendar);

/// `Pakistan (770)`: people's words for something and its name; the words alone where they only spell it as people do, `United Kingdom` of
/// `united_kingdom`, `Russia -> Iran` of `russia -> iran`.
std::string label_and_name(const std::string& label, const std::string& name);

/// A tick as a table's cell: its first day in ISO form, or the tick itself in an undated calendar; NaN gives "".
std::string tick_cell(const Calendar& calendar, double tick);

/// A day as people write it: `17 Aug 2022`. Tables for machines have iso().
std::string day_words(Day day);
std::string month_words(Day day);  ///< `Aug 2022`
/// A tick in a sentence: its first day, `17 Aug 2022`, or `tick 12` in an undated calendar; between two ticks of a dated one the earlier one.
/// Not for NaN.
std::string tick_words(const Calendar& calendar, double tick);
/// The last day that the calendar holds, `27 Dec 2025`, or its last tick.
std::string end_words(const Calendar& calendar);

/// `2021`, or `2021*` where the calendar has only part of that year.
std::string year_label(const Calendar& calendar, int year);

/// What the star means, `* in part: 2021 from 2021-08-15`, for the calendar's years `first` to `last`; "" where all are whole.
std::string years_in_part(const Calendar& calendar, int first, int last);

/// A cell of a CSV table: quoted where RFC 4180 asks for it.
std::string csv_cell(std::string_view text);

/// `12 ms`, `4.2 s`, `35 min`, `2.0 h`
std::string duration_text(double seconds);

/// `3.4 GB`
std::string bytes_text(double bytes);

/// `1 run`, `2 runs`: a count and its noun; "y" becomes "ies", a hiss takes "es", "is" becomes "es"; what ends like a
/// plural is one.
std::string counted(std::int64_t count, std::string_view noun);

}  // namespace entente
