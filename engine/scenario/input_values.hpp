/// Numbers that are known on some dates, laid out by the ticks of a calendar: what an input is made of.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <entente/base/calendar.hpp>
#include <entente/base/ids.hpp>

namespace entente {

/// A number on record for the days from `first` to the one before `end`, counted from 1970-01-01; in a calendar without dates for ticks.
struct DatedValue {
    std::int64_t first = 0;
    std::int64_t end = 0;
    double value = 0;
};

/// What holds between one number on record and the next: the first of them, or a straight line from the one to the other.
enum class Between { hold, linear };

/// What counts where several numbers are on record for one row and date: none may be, or what they come to.
enum class Several { refused, sum, mean, min, max, count };
/// "" of those that are refused.
std::string_view name_of(Several several);
/// Of at least one number; not of those that are refused.
double taken_together(std::span<const double> values, Several several);

/// Values of rows, from the tick on at which each changes. Where nothing changes, the value before stays.
struct InputValues {
    std::vector<std::int64_t> ticks;   ///< at which some row changes, ascending; the first is 0, at which every row is given its value
    std::vector<std::int64_t> offset;  ///< by tick: where its changes begin; and where the last ones end
    std::vector<RowIndex> rows;        ///< by change; those of a tick ascend
    std::vector<double> values;        ///< by change

    [[nodiscard]] bool is_constant() const { return ticks.size() == 1; }
    /// Those of the tick numbered so in `ticks`.
    [[nodiscard]] std::span<const RowIndex> rows_at(std::size_t number) const {
        return std::span(rows).subspan(static_cast<std::size_t>(offset[number]), static_cast<std::size_t>(offset[number + 1] - offset[number]));
    }
    [[nodiscard]] std::span<const double> values_at(std::size_t number) const {
        return std::span(values).subspan(static_cast<std::size_t>(offset[number]), static_cast<std::size_t>(offset[number + 1] - offset[number]));
    }
    bool operator==(const InputValues&) const = default;
};

/// The moment at which a tick begins, as DatedValue counts, with the fraction of a day for steps like 3.5 days: what the value of a tick is
/// the value at.
double beginning_of(const Calendar& calendar, std::int64_t tick);

/// The value of each row on each tick is that at the tick's beginning. `records` are those of each row, at least one, by date without
/// doubles. Before the first of them its value holds, and after the last one its own.
InputValues by_tick(std::span<const std::vector<DatedValue>> records, const Calendar& calendar, Between between);

}  // namespace entente
