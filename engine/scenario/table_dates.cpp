#include <entente/scenario/table_dates.hpp>

#include <cmath>

#include <fmt/format.h>

namespace entente {
namespace {

constexpr std::string_view forms_of_dates = "dates are written like 2021-08-15, months like 2021-08, quarters like 2021Q3, years like 2021";
constexpr double farthest_tick = 1e15;

/// Whether both keys are told, or dates where there are none.
bool are_at_odds(const Mapping* mapping, const Calendar* calendar, Problems& problems) {
    const Node* date = mapping ? mapping->find("date") : nullptr;
    const Node* tick = mapping ? mapping->find("tick") : nullptr;
    if (date && tick) problems.error(tick->place, "a table has both 'date' and 'tick'", "give one of them");
    const bool lacks_dates = date && calendar && !calendar->is_dated();
    if (lacks_dates && !tick)
        problems.error(date->place, "dates have no ticks here: the calendar has no dates",
                       "name a column of ticks, `tick: column`, or give the calendar a start");
    return lacks_dates || (date && tick);
}

}  // namespace

std::optional<TableDates> TableDates::find(CsvTable& table, const Mapping* mapping, const Calendar* calendar, Problems& problems) {
    if (are_at_odds(mapping, calendar, problems)) return std::nullopt;
    const Node* date = mapping ? mapping->find("date") : nullptr;
    TableDates found(table);
    found.counts_ticks_ = (mapping && mapping->has("tick")) || (!date && calendar && !calendar->is_dated());
    std::optional<std::size_t> value;
    if (!found.counts_ticks_ && date && date->is_scalar() && table.csv().column(date->text.value)) {
        found.column_ = table.column(date->text);
    } else if (!found.counts_ticks_ && !date) {
        const bool has_years = !table.csv().column("date") && table.csv().column("year");
        found.column_ = table.column(mapping, "date", has_years ? "year" : "date");
    } else {
        value = table.add_value(mapping, found.counts_ticks_ ? "tick" : "date");
    }
    if (!found.column_ && !value) return std::nullopt;
    found.value_ = value.value_or(0);
    return found;
}

bool TableDates::are_there(CsvTable& table, const Mapping* mapping) {
    return (mapping && mapping->has("date")) || table.csv().column("date") || table.csv().column("year");
}

std::optional<Period> TableDates::period() {
    if (!column_) {
        const auto year = whole("year", "an expression over columns gives the number of a year, as in date: 'floor(yyyymm / 100)'");
        return year ? parse_period(fmt::format("{:04}", static_cast<std::int64_t>(*year))) : std::nullopt;
    }
    const std::string_view cell = table_->csv().cell(*column_);
    const auto period = parse_period(cell);
    if (period) return period;
    const std::string fault = date_fault(cell);
    table_->csv().error(*column_, fmt::format("'{}' is not a date{}{}", cell, fault.empty() ? "" : ": ", fault),
                        std::string(forms_of_dates));
    return std::nullopt;
}

std::optional<std::int64_t> TableDates::tick() {
    const auto tick = whole("tick", "ticks are whole numbers, from 0");
    return tick ? std::optional(static_cast<std::int64_t>(*tick)) : std::nullopt;
}

std::optional<double> TableDates::whole(std::string_view noun, std::string help) {
    const auto number = table_->number_or_nothing(value_);
    if (!number) return std::nullopt;
    const bool may_be_one = noun == "tick" ? std::abs(*number) <= farthest_tick : *number >= 1 && *number <= 9999;
    if (may_be_one && *number == std::floor(*number)) return number;
    const std::string what = table_->column_of(value_) ? fmt::format("'{}' is not a {}", text(), noun)
                             : std::isnan(*number) ? fmt::format("a column that '{}' reads is missing here", table_->text_of(value_).value)
                                                   : fmt::format("on this row '{}' is {}, which is not a {}", table_->text_of(value_).value,
                                                                 shown(*number), noun);
    table_->csv().error(at(), what, std::move(help));
    return std::nullopt;
}

}  // namespace entente
