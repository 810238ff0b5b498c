/// The numbers of an input as its table has them, and what is made of them: by row and date, without gaps, for each tick of the calendar.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include <entente/scenario/reader.hpp>

namespace entente {

/// A number as it stands in the table.
struct InputRecord {
    DatedValue dated;
    Place place;  ///< of its date
    std::string when;
};

class InputRecords {
public:
    /// Of an input that is on no rows yet: a series.
    InputRecords(Reader& reader, Input& input, Place table) : reader_(reader), input_(input), table_(table), rows_(1) {}
    void be_of_agents(std::size_t count) { rows_.resize(count); }
    void be_of_links() { rows_.clear(), are_links_ = true; }

    /// That the table has this date, be there a number or not.
    void note(const DatedValue& date) { dates_.try_emplace(date.first, date.end); }
    void add(std::size_t row, InputRecord record);
    void add(std::pair<int, int> ends, InputRecord record) { add(row_of(ends), std::move(record)); }

    /// Sorts them, tells doubled dates or takes them together, fills or tells what a row lacks (`may_lack`: it goes by the dates it has),
    /// holds them against the calendar and gives the input its values.
    void finish(bool may_lack);

private:
    using Row = std::vector<InputRecord>;

    std::size_t row_of(std::pair<int, int> ends);
    void add_links_that_lack();
    void sort(Row& row);
    void take_together(Row& row) const;
    void note_span();
    void fill_gaps(bool may_lack);
    void fill(Row& records) const;
    void tell_gap(std::size_t row, std::int64_t rows_with_gaps);
    void check_span();
    void lay_out();
    void refuse_outside(const InputRecord& at, std::string what, std::string_view meaning);
    void refuse(const Place& place, std::string what, std::string help);

    [[nodiscard]] std::string name_of(std::size_t row) const;
    [[nodiscard]] std::string with_row(std::string_view before, std::size_t row) const;  ///< " of FRA"; "" of a series
    [[nodiscard]] std::string row_with(std::int64_t date) const;
    [[nodiscard]] std::string moment(std::int64_t day) const;
    [[nodiscard]] const Calendar& calendar() const { return reader_.scenario.calendar; }

    Reader& reader_;
    Input& input_;
    Place table_;
    std::vector<Row> rows_;
    std::map<std::int64_t, std::int64_t> dates_;  ///< all that the table has: first day to the one after the last
    bool are_links_ = false;
    std::unordered_map<std::uint64_t, std::size_t> by_ends_;  ///< of links: the row, by pair_of
    bool is_sound_ = true;
};

}  // namespace entente
