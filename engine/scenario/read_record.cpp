// Events on record: `record`.

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/event_record_entry.hpp>

namespace entente {
namespace {

class RecordOfEvents {
public:
    RecordOfEvents(Reader& reader, const Mapping& keys)
        : reader_(reader), problems_(reader.problems), keys_(keys), entry_(reader, keys.place()) {}

    void read() {
        read_event_names();
        check_kind();
        if (const auto ticks = complete_ticks()) entry_.set_ticks(*ticks);
        entry_.set_where(keys_.formula("where"));
        entry_.set_remarks(keys_.remarks());
        const char* form = form_written();
        if (!form || entry_.events() == 0) return;
        const Node& node = *keys_.find(form);
        if (form == std::string_view("table"))
            read_event_record_table(reader_, node, entry_);
        else
            read_written(node, form);
    }

private:
    // -- events
    // ------------------------------------------------------------------------------------------------------------------------------

    void read_event_names() {
        const Node* node = keys_.find("events");
        if (!node) return;
        if (!node->is_list()) return add_event(*node);
        for (const NodePtr& item : node->items) add_event(*item);
        if (node->items.empty()) wrong_type(*node, "events", "the names of events", problems_);
    }

    void add_event(const Node& node) {
        const auto name = read_text(node, "events", problems_);
        if (!name || reader_.lost.contains(name->value)) return;
        const auto& steps = reader_.scenario.steps;
        const auto step = std::ranges::find(steps, name->value, &Step::name);
        if (step == steps.end()) {
            problems_.error(name->place, fmt::format("no event is called '{}'", name->value),
                            did_you_mean(name->value, event_names(), there_are(event_names())));
        } else if (step->form == Step::Form::rule) {
            problems_.error(name->place, fmt::format("'{}' is a rule: it always happens, and is on no record", name->value),
                            "name an event");
        } else if (entry_.event_named(name->value) >= 0) {
            problems_.error(name->place, fmt::format("the event '{}' is named twice", name->value), "name it once");
        } else {
            entry_.add_event(static_cast<int>(step - steps.begin()), *name);
        }
    }

    [[nodiscard]] std::vector<std::string> event_names() const {
        std::vector<std::string> names;
        for (const Schema::Event& event : reader_.scenario.schema.events) names.push_back(event.name);
        return names;
    }

    /// `on` says again what the events say.
    void check_kind() {
        const Node* on = keys_.find("on");
        const auto name = on ? read_text(*on, "on", problems_) : std::nullopt;
        const auto kind = name ? reader_.find_kind(*name, Reader::Wanted::any) : std::nullopt;
        if (!kind) return;
        for (std::size_t i = 0; i < entry_.events(); ++i) {
            const Step& step = step_of(i);
            if (step.on != *kind)
                problems_.error(name->place,
                                fmt::format("the event '{}' happens on '{}', not on '{}'", step.name, reader_.scenario.schema[step.on].name,
                                            name->value),
                                "record events of different kinds in entries of their own");
        }
    }

    // -- days
    // --------------------------------------------------------------------------------------------------------------------------------

    [[nodiscard]] std::optional<TickSpan> complete_ticks() {
        const Node* node = keys_.find("complete");
        if (!node) return std::nullopt;
        const bool is_dated = !reader_.has_calendar || calendar().is_dated();
        if (!node->is_list() || node->items.size() != 2) {
            wrong_type(*node, "complete", is_dated ? "[first day, last day]" : "[first tick, last tick]", problems_,
                       is_dated ? "write complete: [2021-08-15, 2023-12-31]" : "write complete: [0, 99]");
            return std::nullopt;
        }
        return is_dated ? ticks_of_days(*node) : ticks_of_numbers(*node);
    }

    std::optional<TickSpan> ticks_of_days(const Node& node) {
        const auto from = period_of(*node.items[0]);
        const auto to = period_of(*node.items[1]);
        if (!from || !to || !reader_.has_calendar) return std::nullopt;
        const Day last = to->end - std::chrono::days{1};
        if (last < from->first) return say_reversed(node);
        const TickSpan ticks = whole_ticks(calendar(), from->first, last);
        if (!ticks.is_empty()) return ticks;
        const TickSpan all{0, calendar().ticks() - 1};
        const bool lies_outside = last < calendar().start() || from->first >= calendar().first_day(calendar().ticks());
        problems_.error(node.place,
                        lies_outside ? "this record lies outside the calendar"
                                     : fmt::format("no tick lies wholly within {} to {}", iso(from->first), iso(last)),
                        lies_outside ? "the calendar runs " + span_told(calendar(), all)
                                     : "the record of a tick is complete where that of all its days is: take shorter ticks or more days");
        return std::nullopt;
    }

    std::optional<Period> period_of(const Node& node) {
        const auto period = node.is_scalar() ? parse_period(node.text.value) : std::nullopt;
        if (!period) wrong_type(node, "complete", "a date", problems_, node.is_scalar() ? date_fault(node.text.value) : "");
        return period;
    }

    std::optional<TickSpan> ticks_of_numbers(const Node& node) {
        const auto first = read_whole(*node.items[0], "complete", 0, std::int64_t{1} << 53, problems_);
        const auto last = read_whole(*node.items[1], "complete", 0, std::int64_t{1} << 53, problems_);
        if (!first || !last) return std::nullopt;
        if (*last < *first) return say_reversed(node);
        if (*first < calendar().ticks()) return TickSpan{*first, std::min(*last, calendar().ticks() - 1)};
        problems_.error(node.place, "this record lies outside the calendar",
                        "the calendar runs " + span_told(calendar(), {0, calendar().ticks() - 1}));
        return std::nullopt;
    }

    std::optional<TickSpan> say_reversed(const Node& node) {
        problems_.error(node.place,
                        fmt::format("'complete' ends, {}, before it begins, {}", node.items[1]->text.value, node.items[0]->text.value),
                        "write the first before the last");
        return std::nullopt;
    }

    // -- what is written out
    // -----------------------------------------------------------------------------------------------------------------

    /// `table`, `dates` or `ticks`; null after a problem.
    const char* form_written() {
        const char* found = nullptr;
        for (const char* key : {"table", "dates", "ticks"}) {
            if (!keys_.has(key)) continue;
            if (found) {
                problems_.error(keys_.find(key)->place, fmt::format("a record has both '{}' and '{}'", found, key),
                                "give one of 'table', 'dates' and 'ticks'");
                return nullptr;
            }
            found = key;
        }
        if (!found && !keys_.is_misspelt("table") && !keys_.is_misspelt("dates") && !keys_.is_misspelt("ticks"))
            problems_.error(keys_.place(), "a record has none of 'table', 'dates' and 'ticks'",
                            "where nothing happened in all its days, write dates: {}");
        return found;
    }

    void read_written(const Node& node, const char* form) {
        const bool are_dates = form == std::string_view("dates");
        if (!node.is_map())
            return wrong_type(node, form, "a mapping of rows to what happened there", problems_,
                              fmt::format("write {}: {{{}: [{}]}}", form, row_example(), are_dates ? "2022-01-03, 2022-02-07" : "0, 3"));
        if (entry_.events() > 1)
            return problems_.error(node.place, fmt::format("'{}' are those of one event, and there are {}", form, entry_.events()),
                                   "write an entry for each");
        if (reader_.has_calendar && are_dates != calendar().is_dated())
            return problems_.error(
                node.place,
                are_dates ? "dates have no ticks here: the calendar has no dates" : "the calendar has dates, and these are ticks",
                are_dates ? "write `ticks:`, or give the calendar a start" : "write `dates:`");
        for (const Entry& item : node.entries) read_row_written(item, are_dates);
        entry_.finish(node.place, "");
    }

    [[nodiscard]] std::string row_example() const { return reader_.scenario.schema[step_of(0).on].is_link ? "source -> target" : "member"; }

    void read_row_written(const Entry& item, bool are_dates) {
        const KindId kind = step_of(0).on;
        const RowPtr row = reader_.lost.contains(reader_.scenario.schema[kind].name)
                               ? nullptr
                               : read_row(item.key, kind, reader_.scenario.schema, problems_);
        if (!row) return;
        reader_.check_links(lookups_of(*row, item.key.place, ""));
        const bool is_link = row->form == RowRef::Form::link_between;
        const std::vector<int> numbers =
            is_link ? std::vector{row->from->member.value, row->to->member.value} : std::vector{row->member.value};
        if (!item.value->is_list()) return read_time(*item.value, numbers, are_dates);
        for (const NodePtr& time : item.value->items) read_time(*time, numbers, are_dates);
    }

    void read_time(const Node& node, const std::vector<int>& row, bool are_dates) {
        if (!are_dates) {
            const auto tick = read_whole(node, "ticks", 0, std::int64_t{1} << 53, problems_);
            if (tick) entry_.add(0, row, *tick, 1, node.place);
            return;
        }
        const auto period = node.is_scalar() ? parse_period(node.text.value) : std::nullopt;
        if (period)
            entry_.add(0, row, *period, 1, node.place);
        else
            wrong_type(node, "dates", "a date", problems_, node.is_scalar() ? date_fault(node.text.value) : "");
    }

    [[nodiscard]] const Step& step_of(std::size_t event) const {
        return reader_.scenario.steps[static_cast<std::size_t>(entry_.step(event))];
    }
    [[nodiscard]] const Calendar& calendar() const { return reader_.scenario.calendar; }

    Reader& reader_;
    Problems& problems_;
    const Mapping& keys_;
    EventRecordEntry entry_;
};

TickSpan ticks_of(const EventRecord& record) {
    return {record.first_tick, record.last_tick};
}

/// Whether both speak of the same rows in the same ticks, as far as what is written tells.
bool overlap(const EventRecord& a, const EventRecord& b) {
    const bool of_same_rows = !a.where || !b.where || a.where->text.value == b.where->text.value;
    return a.step == b.step && of_same_rows && a.first_tick <= b.last_tick && b.first_tick <= a.last_tick;
}

void check_overlaps(Reader& reader) {
    const auto& all = reader.scenario.record;
    for (std::size_t later = 1; later < all.size(); ++later)
        for (std::size_t earlier = 0; earlier < later; ++earlier) {
            if (!overlap(all[earlier], all[later])) continue;
            const TickSpan both{std::max(all[earlier].first_tick, all[later].first_tick),
                                std::min(all[earlier].last_tick, all[later].last_tick)};
            reader.problems.error(
                all[later].place,
                fmt::format("two records of '{}' are complete {}: this one and that on {}",
                            reader.scenario.steps[static_cast<std::size_t>(all[later].step)].name,
                            span_told(reader.scenario.calendar, both),
                            line_of(all[earlier].place, all[later].place, reader.files.sources())),
                "let the one end before the other begins, give each rows of its own by `where`, or make their tables one");
        }
}

std::vector<int> row_numbers(const RowRef& row) {
    return row.form == RowRef::Form::link_between ? std::vector{row.from->member.value, row.to->member.value}
                                                  : std::vector{row.member.value};
}

/// What the timeline makes happen must be on record too, where that is complete.
void check_timeline(Reader& reader) {
    const Scenario& scenario = reader.scenario;
    for (const TimelineEntry& entry : scenario.timeline)
        for (const EventRecord& record : scenario.record) {
            if (!entry.row || entry.step != record.step || record.where || !ticks_of(record).holds(entry.tick)) continue;
            const std::vector<int> row = row_numbers(*entry.row);
            const bool is_there =
                std::ranges::any_of(record.firings, [&](const auto& firing) { return firing.tick == entry.tick && firing.row == row; });
            if (is_there) continue;
            const Step& step = scenario.steps[static_cast<std::size_t>(entry.step)];
            reader.problems.error(
                entry.place,
                fmt::format("the timeline has '{}' on {} in the tick of {}, and the record on {}, complete {}, has not", step.name,
                            row_told(scenario.schema, step.on, row), scenario.calendar.label(entry.tick),
                            line_of(record.place, entry.place, reader.files.sources()), span_told(scenario.calendar, ticks_of(record))),
                "add it to the record, remove it from the timeline, or correct the date of either");
        }
}

}  // namespace

void read_record(Reader& reader, const std::vector<NodePtr>& nodes) {
    for (const NodePtr& written : nodes) {
        const NodePtr node = with_key_on(written);
        if (!node->is_map()) {
            wrong_type(*node, "record", "a list of mappings", reader.problems,
                       "write - {table: FILE, events: [name, …], complete: [2021-08-15, 2023-12-31]}");
            continue;
        }
        const Mapping keys(*node, Section::record_entry, reader.problems);
        RecordOfEvents(reader, keys).read();
    }
    check_overlaps(reader);
    check_timeline(reader);
}

}  // namespace entente
