// Entries of the timeline from a table: one a line.

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>
#include <entente/scenario/csv.hpp>
#include <entente/scenario/reader.hpp>

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
        const Node& node = *entry_.find("table");
        if (node.is_map()) options_.emplace(node, Section::timeline_table, problems_);
        const Node* file_node = options_ ? options_->find("file") : &node;
        const auto path = file_node ? read_text(*file_node, "table", problems_) : std::nullopt;
        if (!path || !is_alone()) return;
        table_ = *path;
        if (!read_choices()) return;
        const auto found = reader_.files.find(*path);
        const auto file = found ? reader_.files.open(*found, *path, largest_table) : std::nullopt;
        if (!file || !check_text(*file, reader_.files.sources(), problems_)) return;
        CsvReader csv(*file, reader_.files.sources(), problems_, form_);
        if (csv.header().empty() || !find_columns(csv)) return;
        while (csv.next()) read_line(csv);
        tell_outside();
    }

private:
    // -- what stands beside the table --------------------------------------------------------------------------------------------------------

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
        if (!options_) return true;
        if (const Node* unknown = options_->find("unknown")) {
            skips_unknown_ = unknown->is_scalar() && unknown->text.value == "skip";
            if (!skips_unknown_ && !(unknown->is_scalar() && unknown->text.value == "error")) wrong_type(*unknown, "unknown", "`error` or `skip`", problems_);
        }
        const Node* separator = options_->find("separator");
        const auto sign = separator ? read_text(*separator, "separator", problems_) : std::nullopt;
        if (sign && sign->value.size() == 1)
            form_.separator = sign->value[0];
        else if (sign)
            wrong_type(*separator, "separator", "one sign", problems_, "write separator: \";\"");
        return true;
    }

    // -- columns -----------------------------------------------------------------------------------------------------------------------------

    bool find_columns(const CsvReader& csv) {
        counts_ticks_ = is_named("tick") || (!is_named("date") && reader_.has_calendar && !calendar().is_dated());
        if (is_named("date") && reader_.has_calendar && !calendar().is_dated()) {
            problems_.error(options_->find("date")->place, "dates have no ticks here: the calendar has no dates",
                            "name a column of ticks, `tick: column`, or give the calendar a start");
            return false;
        }
        when_ = needed(csv, counts_ticks_ ? "tick" : "date");
        if (event_ < 0) event_column_ = needed(csv, "event");
        const bool are_links = is_named("target") || (!is_named("on") && !on_ && csv.column("target"));
        if (are_links) {
            source_ = needed(csv, "source");
            target_ = needed(csv, "target");
        } else if (!on_) {
            on_column_ = needed(csv, "on");
        }
        about_ = wanted(csv, "about");
        if (!are_links) remark_ = wanted(csv, "source");
        return when_ && (event_ >= 0 || event_column_) && (are_links ? source_ && target_ : on_ || on_column_);
    }

    [[nodiscard]] bool is_named(std::string_view key) const { return options_ && options_->has(key); }

    /// The column under `key`, or of that name; nothing where it is neither named nor there.
    std::optional<std::size_t> wanted(const CsvReader& csv, std::string_view key) {
        return is_named(key) ? needed(csv, key) : csv.column(key);
    }

    /// The same, or a problem.
    std::optional<std::size_t> needed(const CsvReader& csv, std::string_view key) {
        const auto written = is_named(key) ? read_text(*options_->find(key), key, problems_) : std::nullopt;
        if (is_named(key) && !written) return std::nullopt;
        const std::string name(written ? written->value : key);
        if (const auto found = csv.column(name)) return found;
        if (options_ && options_->is_misspelt(key)) return std::nullopt;
        const std::vector<std::string> names(csv.header().begin(), csv.header().end());
        const std::string columns = fmt::format("its columns are {}", listed(names));
        problems_.error(written ? written->place : table_.place, fmt::format("the table '{}' has no column '{}'", table_.value, name),
                        written ? did_you_mean(name, names, columns) : columns + fmt::format(": say which it is, table: {{file: …, {}: column}}", key));
        return std::nullopt;
    }

    // -- lines -------------------------------------------------------------------------------------------------------------------------------

    void read_line(CsvReader& csv) {
        ++lines_;
        TimelineEntry made;
        made.place = csv.place(*when_);
        const auto tick = tick_of(csv, made);
        made.step = event_ >= 0 ? event_ : event_of(csv);
        if (made.step < 0 || !find_row(csv, made)) return;
        made.remarks = entry_.remarks();
        if (about_) made.remarks.about = csv.cell(*about_);
        if (remark_) made.remarks.source = csv.cell(*remark_);
        if (!tick) return;
        made.tick = *tick;
        timeline_.push_back(std::move(made));
    }

    /// Its tick; nothing after a problem, and where the calendar has none, which is counted.
    std::optional<std::int64_t> tick_of(CsvReader& csv, TimelineEntry& made) {
        std::optional<std::int64_t> tick;
        if (counts_ticks_) {
            const auto number = csv.number(*when_);
            if (!number) return std::nullopt;
            if (*number != std::floor(*number)) {
                csv.error(*when_, fmt::format("'{}' is not a tick", csv.cell(*when_)), "ticks are whole numbers, from 0");
                return std::nullopt;
            }
            if (*number >= 0 && *number < static_cast<double>(calendar().ticks())) tick = static_cast<std::int64_t>(*number);
        } else {
            const auto period = parse_period(csv.cell(*when_));
            if (!period) {
                const std::string fault = date_fault(csv.cell(*when_));
                csv.error(*when_, fmt::format("'{}' is not a date{}{}", csv.cell(*when_), fault.empty() ? "" : ": ", fault),
                          "dates are written like 2021-08-15, months like 2021-08, quarters like 2021Q3, years like 2021");
                return std::nullopt;
            }
            made.date = period->first;
            tick = calendar().tick_of(period->first);
        }
        if (reader_.has_calendar && !tick) ++outside_;
        return reader_.has_calendar ? tick : std::nullopt;
    }

    int event_of(CsvReader& csv) {
        const std::string name(csv.cell(*event_column_));
        const int step = step_named(name);
        if (step >= 0 || skips_unknown_ || reader_.lost.contains(name)) return step;
        csv.error(*event_column_, fmt::format("no event is called '{}'", name),
                  did_you_mean(name, event_names(), "correct the name, or leave such lines out by `unknown: skip`"));
        return -1;
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
    bool find_row(CsvReader& csv, TimelineEntry& made) {
        const KindId kind = reader_.scenario.steps[static_cast<std::size_t>(made.step)].on;
        if (reader_.lost.contains(schema()[kind].name)) return false;
        if (!target_) return find_written_row(csv, kind, made);
        if (!schema()[kind].is_link) {
            csv.error(*source_, fmt::format("'{}' happens on agents, '{}', and the line names two", reader_.scenario.steps[static_cast<std::size_t>(made.step)].name, schema()[kind].name),
                      "give the agent's name in a column `on`");
            return false;
        }
        const auto source = member(csv, *source_, schema()[kind].source);
        const auto target = source ? member(csv, *target_, schema()[kind].target) : std::nullopt;
        if (!source || !target) return false;
        made.row_place = csv.place(*source_);
        if (!is_there(kind, *source, *target)) {
            if (!skips_unknown_) csv.error(*source_, fmt::format("no link of '{}' runs from {} to {}", schema()[kind].name, csv.cell(*source_), csv.cell(*target_)),
                                           "add it, or leave such lines out by `unknown: skip`");
            return false;
        }
        made.row = std::make_shared<RowRef>(RowRef{RowRef::Form::link_between, kind, {}, agent_row(schema()[kind].source, *source), agent_row(schema()[kind].target, *target)});
        return true;
    }

    /// A row written as in a scenario, `russia -> afghanistan`, in a column or beside the table.
    bool find_written_row(CsvReader& csv, KindId kind, TimelineEntry& made) {
        Text text = on_ ? *on_ : Text{std::string(csv.cell(*on_column_)), csv.place(*on_column_), {}};
        made.row_place = text.place;
        if (on_column_ && !schema()[kind].is_link) {
            const auto row = member(csv, *on_column_, kind);
            if (row) made.row = agent_row(kind, *row);
            return row.has_value();
        }
        Problems found;
        made.row = read_row(text, kind, schema(), skips_unknown_ && !on_ ? found : problems_);
        return made.row != nullptr;
    }

    std::optional<int> member(CsvReader& csv, std::size_t column, KindId kind) {
        const Schema::Kind& names = schema()[kind];
        if (const auto found = names.member_rows.find(std::string(csv.cell(column))); found != names.member_rows.end()) return found->second;
        if (!skips_unknown_)
            csv.error(column, fmt::format("no member of '{}' is called '{}'", names.name, csv.cell(column)),
                      did_you_mean(csv.cell(column), names.members, "correct the name, or leave such lines out by `unknown: skip`"));
        return std::nullopt;
    }

    bool is_there(KindId kind, int source, int target) {
        const auto [links, is_new] = links_.try_emplace(kind.value);
        if (is_new) links->second = named_links(reader_.scenario.link_kind(kind));
        return reader_.incomplete.contains(kind.value) || is_written(reader_.scenario.link_kind(kind), links->second, source, target).value_or(true);
    }

    void tell_outside() {
        if (outside_ == 0) return;
        const bool is_dated = calendar().is_dated();
        problems_.warning(table_.place, fmt::format("{} of {} in '{}' {}", outside_, counted(lines_, "line"), table_.value,
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
    std::optional<Mapping> options_;  ///< of the table, where more than its file is given
    Text table_;
    CsvForm form_;
    bool skips_unknown_ = false;
    bool counts_ticks_ = false;
    int event_ = -1;          ///< the step of all lines
    std::optional<Text> on_;  ///< the row of all lines
    std::optional<std::size_t> when_, event_column_, on_column_, source_, target_, about_, remark_;
    std::int64_t lines_ = 0;
    std::int64_t outside_ = 0;
    std::map<int, std::unordered_set<std::uint64_t>> links_;  ///< those written, by kind
};

}  // namespace

void read_timeline_table(Reader& reader, const Mapping& entry, std::vector<TimelineEntry>& timeline) {
    TimelineTable(reader, entry, timeline).read();
}

}  // namespace entente
