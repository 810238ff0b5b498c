/// Dates of records as `observed` writes them.
#pragma once

#include <entente/scenario/reader.hpp>
#include <entente/scenario/recorded_date.hpp>

namespace entente {

/// `2025-07-03`, a month, quarter or year, `never`, `{before: …, after: …}` or `[from, to]`. Nothing after a problem.
std::optional<RecordedDate> read_recorded_date(Reader& reader, const Node& node);
/// The same with `never` and `precision` of the mapping beside `date`; nothing also where it has neither `date` nor `never`.
std::optional<RecordedDate> read_recorded_date(Reader& reader, const Mapping& keys);
/// That it had not come by a day, or by the calendar's end: `never: DATE`, `never: yes`.
std::optional<RecordedDate> read_never(Reader& reader, const Node& node);
/// `precision`, where it is there and right.
std::optional<DatePrecision> read_precision(Reader& reader, const Mapping& keys);
/// A date of a table's cell, made as coarse as `precision` says.
RecordedDate recorded_date(const Period& written, std::optional<DatePrecision> precision);
/// It had not come by the calendar's last day.
std::optional<RecordedDate> not_in_calendar(const Reader& reader);

}  // namespace entente
