#include <cmath>
#include <set>

#include <fmt/format.h>

#include <entente/scenario/read_recorded_date.hpp>
#include <entente/scenario/reader.hpp>
#include <entente/scenario/table.hpp>
#include <entente/scenario/table_dates.hpp>
#include <entente/scenario/table_rows.hpp>

namespace entente {
namespace {

/// A table of records over time, or by row of a kind.
class RecordTable {
public:
    RecordTable(Reader& reader, KindId on, RecordColumns columns, Observed& observed)
        : reader_(reader), on_(on), columns_(columns), observed_(observed) {}

    void read(const Node& node) {
        if (node.is_map()) keys_.emplace(node, Section::observed_table, reader_.problems);
        const auto table = CsvTable::open(reader_.files, options(node));
        if (!table || !find_columns(*table)) return;
        TableRows rows(reader_, *table, keys_ ? unknown_is_skipped(*keys_, reader_.problems) : std::nullopt);
        while (table->next()) read_line(*table, rows);
        rows.tell(!observed_.rows.empty(), Severity::error);
        if (columns_.never && on_.is_given() && table->is_fine()) add_rows_that_never_came(node.place);
    }

private:
    TableOptions options(const Node& node) {
        TableOptions options = keys_ ? table_options(*keys_, "file", MissingCells::Rule::skip, reader_.problems)
                                     : table_options(read_text(node, "table", reader_.problems).value_or(Text{}));
        if (options.missing.rule == MissingCells::Rule::error) options.missing.rule = MissingCells::Rule::skip;
        return options;
    }

    bool find_columns(CsvTable& table) {
        const Mapping* keys = keys_ ? &*keys_ : nullptr;
        bool are_there = true;
        if (on_.is_given()) {
            const bool is_link = reader_.scenario.is_link_kind(on_);
            for (const std::string_view key :
                 is_link ? std::vector<std::string_view>{"source", "target"} : std::vector<std::string_view>{"name"}) {
                const auto column = table.column(keys, key);
                are_there = are_there && column;
                names_.push_back(column.value_or(0));
            }
        }
        if (columns_.dates) dates_ = TableDates::find(table, keys, nullptr, reader_.problems);
        if (columns_.values) value_ = table.add_value(keys, "value");
        return are_there && dates_.has_value() == columns_.dates && value_.has_value() == columns_.values;
    }

    void read_line(CsvTable& table, TableRows& rows) {
        Observed::OfRow record;
        if (on_.is_given() && !find_row(rows, record)) return;
        if (dates_ && (dates_->is_missing() || !read_date(record))) return;
        if (value_) {
            record.value = table.number(*value_);
            if (!record.value || std::isnan(*record.value)) return;
        }
        if (!on_.is_given())
            observed_.series.emplace_back(*record.date, *record.value);
        else if (is_new(table, record))
            observed_.rows.push_back(std::move(record));
    }

    /// When it came, where there is no value beside it, or else when it was so; false after a problem.
    bool read_date(Observed::OfRow& record) {
        if (!value_ && dates_->text() == "never") {
            record.came = columns_.never ? columns_.never : not_in_calendar(reader_);
            return record.came.has_value();
        }
        const auto period = dates_->period();
        if (!period) return false;
        if (value_)
            record.date = period->first;
        else
            record.came = recorded_date(*period, columns_.precision);
        return true;
    }

    bool find_row(TableRows& rows, Observed::OfRow& record) {
        if (names_.size() == 2) {
            const auto ends = rows.ends(names_[0], names_[1], on_);
            if (ends) record.row = {ends->first, ends->second};
            return ends.has_value();
        }
        const auto row = rows.agent(names_[0], on_);
        if (row) record.row = {*row};
        return row.has_value();
    }

    /// Rows without a date had not come by then.
    void add_rows_that_never_came(const Place& place) {
        const auto add = [&](std::vector<int> row) {
            if (seen_.insert({row, std::nullopt}).second) observed_.rows.push_back({std::move(row), columns_.never, std::nullopt, std::nullopt});
        };
        if (!reader_.scenario.is_link_kind(on_)) {
            for (std::size_t i = 0; i < reader_.scenario.agent_kind(on_).members.size(); ++i) add({static_cast<int>(i)});
            return;
        }
        const LinkKind& kind = reader_.scenario.link_kind(on_);
        if (kind.pattern)
            reader_.problems.error(place, fmt::format("links of '{}' are laid out by a pattern: which have no date can't be told here", kind.name), "give every link its line, with `never` for its date");
        for (const auto& [source, target] : kind.table_ends) add({source, target});
        for (const LinkMember& member : kind.members) add({member.source, member.target});
    }

    bool is_new(CsvTable& table, const Observed::OfRow& record) {
        if (seen_.insert({record.row, value_ ? record.date : std::nullopt}).second) return true;
        std::string name(table.csv().cell(names_.front()));
        if (names_.size() == 2) name += fmt::format(" -> {}", table.csv().cell(names_.back()));
        table.csv().error(names_.front(), fmt::format("a second record of {}{}", name, dates_ && value_ ? " at that time" : ""),
                          "keep one of them, or take rows by `where`");
        return false;
    }

    Reader& reader_;
    KindId on_;
    RecordColumns columns_;
    Observed& observed_;
    std::optional<Mapping> keys_;     ///< beside the file, where there are some
    std::vector<std::size_t> names_;  ///< columns
    std::optional<TableDates> dates_;
    std::optional<std::size_t> value_;
    std::set<std::pair<std::vector<int>, std::optional<Day>>> seen_;
};

}  // namespace

void read_record_table(Reader& reader, const Node& table, KindId on, RecordColumns columns, Observed& observed) {
    RecordTable(reader, on, columns, observed).read(table);
}

}  // namespace entente
