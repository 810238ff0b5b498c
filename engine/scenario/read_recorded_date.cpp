#include <entente/scenario/read_recorded_date.hpp>

#include <fmt/format.h>

namespace entente {
namespace {

constexpr std::chrono::days one_day{1};
constexpr std::string_view forms_of_dates =
    "write 2025-07-03, 2025-07, never, {before: 2024-11-11}, {after: 2024-11-11} or [2024-11-01, 2024-11-11]";

bool is_word(const Node& node, std::string_view word) {
    return node.is_scalar() && node.text.value == word;
}

std::optional<Period> read_period(Reader& reader, const Node& node, std::string_view key) {
    const auto period = node.is_scalar() ? parse_period(node.text.value) : std::nullopt;
    if (!period) {
        const std::string fault = node.is_scalar() ? date_fault(node.text.value) : "";
        wrong_type(node, key, "a date", reader.problems, fault.empty() ? std::string(forms_of_dates) : fault);
    }
    return period;
}

std::optional<RecordedDate> say_reversed(Reader& reader, const Place& place, Day first, Day last) {
    reader.problems.error(place, fmt::format("no day is on record: after {} none is before {}", iso(first - one_day), iso(last + one_day)),
                          "write the earlier day first");
    return std::nullopt;
}

std::optional<RecordedDate> read_bounds(Reader& reader, const Node& node) {
    const Mapping keys(node, Section::recorded_date, reader.problems);
    const auto before = keys.has("before") ? read_period(reader, *keys.find("before"), "before") : std::nullopt;
    const auto after = keys.has("after") ? read_period(reader, *keys.find("after"), "after") : std::nullopt;
    if (node.entries.empty()) reader.problems.error(node.place, "this date is empty", std::string(forms_of_dates));
    if ((keys.has("before") && !before) || (keys.has("after") && !after) || (!before && !after)) return std::nullopt;
    RecordedDate date;
    if (after) date.first = after->end;
    if (before) date.last = before->first - one_day;
    return before && after && *date.last < *date.first ? say_reversed(reader, node.place, *date.first, *date.last) : date;
}

std::optional<RecordedDate> read_interval(Reader& reader, const Node& node) {
    if (node.items.size() != 2) {
        wrong_type(node, "date", "a date or two", reader.problems, std::string(forms_of_dates));
        return std::nullopt;
    }
    const auto from = read_period(reader, *node.items[0], "date");
    const auto to = read_period(reader, *node.items[1], "date");
    if (!from || !to) return std::nullopt;
    if (to->end > from->first) return RecordedDate{from->first, to->end - one_day};
    reader.problems.error(node.place,
                          fmt::format("this date ends, {}, before it begins, {}", node.items[1]->text.value, node.items[0]->text.value),
                          "write the earlier day first");
    return std::nullopt;
}

/// What no run can meet, or says nothing.
void check_calendar(Reader& reader, const Place& place, const RecordedDate& date) {
    if (!reader.has_calendar || !reader.scenario.calendar.is_dated()) return;
    const Day start = reader.scenario.calendar.start();
    if (date.last && *date.last < start)
        reader.problems.warning(
            place, fmt::format("no run can meet this record: {} lies before the calendar, which begins on {}", told(date), iso(start)),
            "let the calendar begin earlier");
    else if (!date.last && *date.first <= start)
        reader.problems.error(place,
                              fmt::format("this record says nothing: {}, before the calendar, which begins on {}", told(date), iso(start)),
                              "give a later day, or write never");
}

}  // namespace

std::optional<RecordedDate> not_in_calendar(const Reader& reader) {
    const Calendar& calendar = reader.scenario.calendar;
    if (!reader.has_calendar || !calendar.is_dated()) return std::nullopt;
    return RecordedDate::not_by(calendar.first_day(calendar.ticks()) - one_day);
}

std::optional<RecordedDate> read_never(Reader& reader, const Node& node) {
    if (is_word(node, "never") || is_word(node, "yes") || is_word(node, "true")) {
        if (reader.has_calendar && !reader.scenario.calendar.is_dated())
            reader.problems.error(node.place, "this record needs dates, and the calendar has none", "give the calendar a start");
        return not_in_calendar(reader);
    }
    const auto period = read_period(reader, node, "never");
    if (!period) return std::nullopt;
    const RecordedDate date = RecordedDate::not_by(period->end - one_day);
    check_calendar(reader, node.place, date);
    return date;
}

std::optional<DatePrecision> read_precision(Reader& reader, const Mapping& keys) {
    const Node* node = keys.find("precision");
    const auto precision = node && node->is_scalar() ? date_precision(node->text.value) : std::nullopt;
    if (node && !precision) wrong_type(*node, "precision", "`day`, `week`, `month`, `quarter` or `year`", reader.problems);
    return precision;
}

RecordedDate recorded_date(const Period& written, std::optional<DatePrecision> precision) {
    if (!precision) return RecordedDate::within(written);
    const Period first = period_around(written.first, *precision);
    const Period last = period_around(written.end - one_day, *precision);
    return RecordedDate::within({first.first, last.end});
}

std::optional<RecordedDate> read_recorded_date(Reader& reader, const Node& node) {
    if (is_word(node, "never")) return read_never(reader, node);
    std::optional<RecordedDate> date;
    if (node.is_map())
        date = read_bounds(reader, node);
    else if (node.is_list())
        date = read_interval(reader, node);
    else if (const auto period = read_period(reader, node, "date"))
        date = RecordedDate::within(*period);
    if (date) check_calendar(reader, node.place, *date);
    return date;
}

std::optional<RecordedDate> read_recorded_date(Reader& reader, const Mapping& keys) {
    const Node* never = keys.find("never");
    const Node* node = keys.find("date");
    const auto precision = read_precision(reader, keys);
    if (never) return read_never(reader, *never);
    if (!node) return std::nullopt;
    const auto date = read_recorded_date(reader, *node);
    if (!precision) return date;
    const auto written = node->is_scalar() ? parse_period(node->text.value) : std::nullopt;
    if (written) return recorded_date(*written, precision);
    if (date) reader.problems.error(keys.find("precision")->place, "'precision' belongs to a day, and this date is none", "remove it");
    return std::nullopt;
}

}  // namespace entente
