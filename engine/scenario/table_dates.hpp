/// When the rows of a table are: by dates, by numbers of years, or by ticks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <entente/base/calendar.hpp>
#include <entente/scenario/table.hpp>

namespace entente {

class TableDates {
public:
    /// The column or expression over columns that `date` or `tick` of `mapping` names; without either, the column `date`, or `year` where
    /// there is no such column, or `tick` in a calendar without dates. `calendar` is null where it could not be read, and where rows are no
    /// part of it. Nothing after a problem.
    static std::optional<TableDates> find(CsvTable& table, const Mapping* mapping, const Calendar* calendar, Problems& problems);
    /// Whether `mapping` or the table has one of them.
    static bool are_there(CsvTable& table, const Mapping* mapping);

    [[nodiscard]] bool counts_ticks() const { return counts_ticks_; }
    /// The day, month, quarter or year of this row; nothing after a problem.
    std::optional<Period> period();
    /// The tick of this row, which may lie outside the calendar; nothing after a problem.
    std::optional<std::int64_t> tick();

    [[nodiscard]] Place place() const { return table_->csv().place(at()); }  ///< on this row
    [[nodiscard]] std::string text() const { return std::string(table_->csv().cell(at())); }
    [[nodiscard]] bool is_missing() const { return entente::is_missing(table_->csv().cell(at())); }

private:
    explicit TableDates(CsvTable& table) : table_(&table) {}

    /// A whole number, as ticks and years are; nothing after a problem.
    std::optional<double> whole(std::string_view noun, std::string help);
    [[nodiscard]] std::size_t at() const { return column_ ? *column_ : table_->place_of(value_); }

    CsvTable* table_;
    bool counts_ticks_ = false;
    std::optional<std::size_t> column_;  ///< of dates
    std::size_t value_ = 0;              ///< of the table, where there is no column: a tick or a year
};

}  // namespace entente
