// Entries of the timeline from a table: one a line.

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>
#include <entente/scenario/reader.hpp>
#include <entente/scenario/table.hpp>
#include <entente/scenario/table_dates.hpp>
#include <entente/scenario/table_rows.hpp>

namespace entente {
namespace {

RowPtr agent_row(KindId kind, int row) {
    return std::make_shared<RowRef>(RowRef{RowRef::Form::member, kind, {row}, nullptr, nullptr});
}

class TimelineTable {
public:
    TimelineTable(Reader& reader, const Mapping& entry, std::vector<TimelineEntry>& timeline)
        : reader_(reader), problems_(reader.problems), entry_(entry), timeline_(timeline) {}

    void read() {
        const TableOptions options = read_options();
        if (options.file.value.empty() || !is_alone() || !read_choices()) return;
        const auto table = CsvTable::open(reader_.files, options);
        if (!table || !find_columns(*table)) return;
        TableRows rows(reader_, *table, unknown_);
        while (table->next()) read_line(table->csv(), rows);
        rows.tell(lines_ > rows.left_out(), Severity::warning);
        tell_outside(options.file);
    }

private:
    // -- what stands beside the table --------------------------------------------------------------------------------------------------------

    TableOptions read_options() {
        const Node& node = *entry_.find("table");
        if (!node.is_map()) return table_options(read_text(node, "table", problems_).value_or(Text{}));
        keys_.emplace(node, Section::timeline_table, problems_);
        unknown_ = unknown_is_skipped(*keys_, problems_);
        return table_options(*keys_, "file", MissingCells::Rule::skip, problems_);
    }

    bool is_alone() {
        for (const std::string_view key : {"date", "tick", "set"})
            if (const Node* node = entry_.find(key)) {
                problems_.error(node->place, fmt::format("'{}' stands beside 'table', whose lines have dates of their own", key),
                                key == "set" ? "write an entry of its own for what is set"
                                             : fmt::format("name the column in the table: table: {{file: …, {}: column}}", key));
                return false;
            }
        return true;
    }

    bool read_choices() {
        const auto event = entry_.has("event") ? read_text(*entry_.find("event"), "event", problems_) : std::nullopt;
        if (event) {
            event_ = step_named(event->value);
            if (event_ < 0) say_no_event(event->place, event->value);
        }
        if (entry_.has("event") && event_ < 0) return false;
        if (const Node* on = entry_.find("on")) on_ = read_text(*on, "on", problems_);
        return true;
    }

    // -- columns -----------------------------------------------------------------------------------------------------------------------------

    bool find_columns(CsvTable& table) {
        dates_ = TableDates::find(table, mapping(), reader_.has_calendar ? &calendar() : nullptr, problems_);
        if (event_ < 0) event_column_ = table.column(mapping(), "event");
        const bool are_links = is_named("target") || (!is_named("on") && !on_ && table.csv().column("target"));
        if (are_links) {
            source_ = table.column(mapping(), "source");
            target_ = table.column(mapping(), "target");
        } else if (!on_) {
            on_column_ = table.column(mapping(), "on");
        }
        about_ = wanted(table, "about");
        if (!are_links) remark_ = wanted(table, "source");
        return dates_ && (event_ >= 0 || event_column_) && (are_links ? source_ && target_ : on_ || on_column_);
    }

    [[nodiscard]] const Mapping* mapping() const { return keys_ ? &*keys_ : nullptr; }
    [[nodiscard]] bool is_named(std::string_view key) const { return keys_ && keys_->has(key); }

    /// The column under `key`, or of that name; nothing where it is neither named nor there.
    std::optional<std::size_t> wanted(CsvTable& table, std::string_view key) {
        return is_named(key) ? table.column(mapping(), key) : table.csv().column(key);
    }

    // -- lines -------------------------------------------------------------------------------------------------------------------------------

    void read_line(CsvReader& csv, TableRows& rows) {
        ++lines_;
        TimelineEntry made;
        made.place = dates_->place();
        const auto tick = tick_of(made);
        made.step = event_ >= 0 ? event_ : event_of(csv, rows);
        if (made.step < 0 || !find_row(csv, rows, made)) return;
        made.remarks = entry_.remarks();
        if (about_) made.remarks.about = csv.cell(*about_);
        if (remark_) made.remarks.source = csv.cell(*remark_);
        if (!tick) return;
        made.tick = *tick;
        timeline_.push_back(std::move(made));
    }

    /// Its tick; nothing after a problem, and where the calendar has none, which is counted.
    std::optional<std::int64_t> tick_of(TimelineEntry& made) {
        std::optional<std::int64_t> tick;
        if (dates_->counts_ticks()) {
            tick = dates_->tick();
            if (!tick) return std::nullopt;
            if (*tick < 0 || *tick >= calendar().ticks()) tick.reset();
        } else {
            const auto period = dates_->period();
            if (!period) return std::nullopt;
            made.date = period->first;
            tick = calendar().tick_of(period->first);
        }
        if (reader_.has_calendar && !tick) ++outside_;
        return reader_.has_calendar ? tick : std::nullopt;
    }

    int event_of(CsvReader& csv, TableRows& rows) {
        const std::string name(csv.cell(*event_column_));
        const int step = step_named(name);
        if (step < 0 && !reader_.lost.contains(name))
            rows.refuse(*event_column_, fmt::format("no event is called '{}'", name),
                        did_you_mean(name, event_names(), "correct the name, or leave such lines out by unknown: skip"));
        return step;
    }

    [[nodiscard]] int step_named(std::string_view name) const {
        const auto& steps = reader_.scenario.steps;
        const auto found = std::ranges::find_if(steps, [&](const Step& step) { return step.form != Step::Form::rule && step.name == name; });
        return found == steps.end() ? -1 : static_cast<int>(found - steps.begin());
    }

    [[nodiscard]] std::vector<std::string> event_names() const {
        std::vector<std::string> names;
        for (const Schema::Event& event : schema().events) names.push_back(event.name);
        return names;
    }

    void say_no_event(const Place& place, const std::string& name) {
        if (reader_.lost.contains(name)) return;
        problems_.error(place, fmt::format("no event is called '{}'", name), did_you_mean(name, event_names(), there_are(event_names())));
    }

    /// Fills in the row; false after a problem, and where the line is left out.
    bool find_row(CsvReader& csv, TableRows& rows, TimelineEntry& made) {
        const Step& step = reader_.scenario.steps[static_cast<std::size_t>(made.step)];
        const KindId kind = step.on;
        if (reader_.lost.contains(schema()[kind].name)) return false;
        if (!target_) return find_written_row(csv, rows, kind, made);
        if (!schema()[kind].is_link) {
            csv.error(*source_, fmt::format("'{}' happens on agents, '{}', and the line names two", step.name, schema()[kind].name), "give the agent's name in a column `on`");
            return false;
        }
        const auto ends = rows.ends(*source_, *target_, kind);
        if (!ends) return false;
        made.row_place = csv.place(*source_);
        if (!rows.is_link(kind, ends->first, ends->second)) {
            rows.refuse_link(*source_, *target_, kind);
            return false;
        }
        made.row = std::make_shared<RowRef>(RowRef{RowRef::Form::link_between, kind, {}, agent_row(schema()[kind].source, ends->first), agent_row(schema()[kind].target, ends->second)});
        return true;
    }

    /// A row written as in a scenario, `russia -> afghanistan`, in a column or beside the table.
    bool find_written_row(CsvReader& csv, TableRows& rows, KindId kind, TimelineEntry& made) {
        const Text text = on_ ? *on_ : Text{std::string(csv.cell(*on_column_)), csv.place(*on_column_), {}};
        made.row_place = text.place;
        if (on_) {
            made.row = read_row(text, kind, schema(), problems_);
        } else if (!schema()[kind].is_link) {
            if (const auto row = rows.agent(*on_column_, kind)) made.row = agent_row(kind, *row);
        } else {
            made.row = written_link(text, rows, kind);
        }
        return made.row != nullptr;
    }

    RowPtr written_link(const Text& text, TableRows& rows, KindId kind) {
        Problems found;
        RowPtr row = read_row(text, kind, schema(), found);
        if (!row) {
            const Problem first = found.sorted().front();
            rows.refuse(*on_column_, first.what, first.help);
        } else if (!rows.is_link(kind, row->from->member.value, row->to->member.value)) {
            rows.refuse(*on_column_, fmt::format("no link of '{}' runs so: {}", schema()[kind].name, text.value), "add it, or leave such lines out by unknown: skip");
            row = nullptr;
        }
        return row;
    }

    void tell_outside(const Text& file) {
        if (outside_ == 0) return;
        const bool is_dated = calendar().is_dated();
        problems_.warning(file.place, fmt::format("{} of {} in '{}' {}", outside_, counted(lines_, "line"), file.value,
                                                     outside_ == 1 ? "lies outside the calendar, and never fires" : "lie outside the calendar, and never fire"),
                          fmt::format("the calendar runs from {} to {}", calendar().label(0),
                                      is_dated ? iso(calendar().first_day(calendar().ticks()) - std::chrono::days{1}) : calendar().label(calendar().ticks() - 1)));
    }

    [[nodiscard]] const Calendar& calendar() const { return reader_.scenario.calendar; }
    [[nodiscard]] const Schema& schema() const { return reader_.scenario.schema; }

    Reader& reader_;
    Problems& problems_;
    const Mapping& entry_;
    std::vector<TimelineEntry>& timeline_;
    std::optional<Mapping> keys_;   ///< of the table, where more than its file is given
    std::optional<Place> unknown_;  ///< of `unknown: skip`
    int event_ = -1;                ///< the step of all lines
    std::optional<Text> on_;        ///< the row of all lines
    std::optional<TableDates> dates_;
    std::optional<std::size_t> event_column_, on_column_, source_, target_, about_, remark_;
    std::int64_t lines_ = 0;
    std::int64_t outside_ = 0;
};

}  // namespace

void read_timeline_table(Reader& reader, const Mapping& entry, std::vector<TimelineEntry>& timeline) {
    TimelineTable(reader, entry, timeline).read();
}

}  // namespace entente
