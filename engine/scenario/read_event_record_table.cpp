// Events on record from a table: one a line.

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/event_record_entry.hpp>
#include <entente/scenario/table.hpp>
#include <entente/scenario/table_dates.hpp>
#include <entente/scenario/table_rows.hpp>

namespace entente {
namespace {

constexpr double most_at_once = 1e9;

class EventRecordTable {
public:
    EventRecordTable(Reader& reader, EventRecordEntry& entry) : reader_(reader), entry_(entry) {}

    void read(const Node& node) {
        const TableOptions options = read_options(node);
        if (options.file.value.empty()) return;
        const auto table = CsvTable::open(reader_.files, options);
        if (!table || !find_columns(*table)) return;
        TableRows rows(reader_, *table, keys_ ? unknown_is_skipped(*keys_, reader_.problems) : std::nullopt);
        while (table->next()) read_line(*table, rows);
        rows.tell(lines_ > 0, Severity::warning);
        if (table->is_fine()) entry_.finish(options.file.place, options.file.value);
    }

private:
    TableOptions read_options(const Node& node) {
        if (!node.is_map()) return table_options(read_text(node, "table", reader_.problems).value_or(Text{}));
        keys_.emplace(node, Section::record_table, reader_.problems);
        TableOptions options = table_options(*keys_, "file", MissingCells::Rule::skip, reader_.problems);
        dates_may_be_missing_ = options.missing.rule == MissingCells::Rule::skip;
        return options;
    }

    bool find_columns(CsvTable& table) {
        const Mapping* keys = keys_ ? &*keys_ : nullptr;
        const auto is_named = [&](std::string_view key) { return keys && keys->has(key); };
        dates_ = TableDates::find(table, keys, reader_.has_calendar ? &reader_.scenario.calendar : nullptr, reader_.problems);
        if (entry_.events() > 1 || is_named("event") || table.csv().column("event")) event_ = table.column(keys, "event");
        const bool has_events = event_ || (entry_.events() == 1 && !is_named("event"));
        const bool are_links = is_named("target") || (!is_named("on") && table.csv().column("target"));
        if (are_links) {
            source_ = table.column(keys, "source");
            target_ = table.column(keys, "target");
        } else {
            on_ = table.column(keys, "on");
        }
        const bool has_counts = is_named("count") || table.csv().column("count");
        if (has_counts) count_ = table.add_value(keys, "count");
        return dates_ && has_events && (are_links ? source_ && target_ : on_.has_value()) && count_.has_value() == has_counts;
    }

    void read_line(CsvTable& table, TableRows& rows) {
        const auto event = event_of(table.csv(), rows);
        if (!event) return;
        ++lines_;
        const auto row = row_of(table.csv(), rows, *event);
        const auto count = count_of(table);
        if (!row || !count) return;
        if (dates_may_be_missing_ && dates_->is_missing()) return entry_.note_missing_date();
        if (dates_->counts_ticks()) {
            if (const auto tick = dates_->tick()) entry_.add(*event, *row, *tick, *count, dates_->place());
        } else if (const auto period = dates_->period()) {
            entry_.add(*event, *row, *period, *count, dates_->place());
        }
    }

    /// Of the events named; nothing of others, which the table may have too, and after a problem.
    std::optional<std::size_t> event_of(CsvReader& csv, TableRows& rows) {
        if (!event_) return 0;
        const std::string name(csv.cell(*event_));
        if (const int event = entry_.event_named(name); event >= 0) return static_cast<std::size_t>(event);
        std::vector<std::string> names;
        for (const Schema::Event& event : reader_.scenario.schema.events) names.push_back(event.name);
        if (std::ranges::find(names, name) == names.end() && !reader_.lost.contains(name))
            rows.refuse(*event_, fmt::format("no event is called '{}'", name),
                        did_you_mean(name, names, "correct the name, or leave such lines out by unknown: skip"));
        return std::nullopt;
    }

    std::optional<std::vector<int>> row_of(CsvReader& csv, TableRows& rows, std::size_t event) {
        const Step& step = reader_.scenario.steps[static_cast<std::size_t>(entry_.step(event))];
        const Schema::Kind& kind = reader_.scenario.schema[step.on];
        if (reader_.lost.contains(kind.name)) return std::nullopt;
        if (on_) return kind.is_link ? written_link(csv, rows, step.on) : agent(rows, step.on);
        if (!kind.is_link) {
            csv.error(*source_, fmt::format("'{}' happens on agents, '{}', and the line names two", step.name, kind.name),
                      "name the column of the agents: table: {file: …, on: column}");
            return std::nullopt;
        }
        const auto ends = rows.ends(*source_, *target_, step.on);
        if (!ends) return std::nullopt;
        if (rows.is_link(step.on, ends->first, ends->second)) return std::vector{ends->first, ends->second};
        rows.refuse_link(*source_, *target_, step.on);
        return std::nullopt;
    }

    std::optional<std::vector<int>> agent(TableRows& rows, KindId kind) {
        const auto row = rows.agent(*on_, kind);
        return row ? std::optional(std::vector{*row}) : std::nullopt;
    }

    /// A link written in one cell, `russia -> afghanistan`.
    std::optional<std::vector<int>> written_link(CsvReader& csv, TableRows& rows, KindId kind) {
        Problems found;
        const RowPtr row = read_row({std::string(csv.cell(*on_)), csv.place(*on_), {}}, kind, reader_.scenario.schema, found);
        if (!row) {
            const Problem first = found.sorted().front();
            rows.refuse(*on_, first.what, first.help);
            return std::nullopt;
        }
        std::vector<int> ends{row->from->member.value, row->to->member.value};
        if (rows.is_link(kind, ends[0], ends[1])) return ends;
        rows.refuse(*on_, fmt::format("no link of '{}' runs so: {}", reader_.scenario.schema[kind].name, csv.cell(*on_)),
                    "add it, or leave such lines out by unknown: skip");
        return std::nullopt;
    }

    /// 1 where nothing else is told.
    std::optional<std::int64_t> count_of(CsvTable& table) {
        if (!count_) return 1;
        const auto number = table.number(*count_);
        if (!number) return std::nullopt;
        if (*number >= 0 && *number <= most_at_once && *number == std::floor(*number)) return static_cast<std::int64_t>(*number);
        table.csv().error(table.place_of(*count_), fmt::format("{} is no number of events", shown(*number)),
                          "write a whole number, 0 or more");
        return std::nullopt;
    }

    Reader& reader_;
    EventRecordEntry& entry_;
    std::optional<Mapping> keys_;  ///< beside the file, where there are some
    bool dates_may_be_missing_ = false;
    std::optional<TableDates> dates_;
    std::optional<std::size_t> event_, on_, source_, target_, count_;
    std::int64_t lines_ = 0;  ///< of the events named
};

}  // namespace

void read_event_record_table(Reader& reader, const Node& table, EventRecordEntry& entry) {
    EventRecordTable(reader, entry).read(table);
}

}  // namespace entente
