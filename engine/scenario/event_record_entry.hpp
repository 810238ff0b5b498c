/// One entry of `record` as it is read, line by line: held against its days and its events, then one EventRecord for each of these.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <entente/scenario/reader.hpp>

namespace entente {

/// Ticks, both included.
struct TickSpan {
    std::int64_t first = 0;
    std::int64_t last = -1;
    [[nodiscard]] bool is_empty() const { return last < first; }
    [[nodiscard]] bool holds(std::int64_t tick) const { return first <= tick && tick <= last; }
};

/// The ticks of a dated calendar that lie wholly within the days `from` to `to`; empty where there are none.
TickSpan whole_ticks(const Calendar& calendar, Day from, Day to);

class EventRecordEntry {
public:
    /// Without events or ticks nothing is kept and nothing told, but lines are still read for their faults.
    EventRecordEntry(Reader& reader, Place place) : reader_(reader), place_(std::move(place)) {}

    void set_ticks(TickSpan ticks) { ticks_ = ticks; }
    void set_where(Text where) { where_ = std::move(where); }
    void set_remarks(Remarks remarks) { remarks_ = std::move(remarks); }
    void add_event(int step, Text name) { events_.push_back({step, std::move(name), {}, 0}); }

    [[nodiscard]] std::size_t events() const { return events_.size(); }
    [[nodiscard]] int step(std::size_t event) const { return events_[event].step; }
    /// Its number here; -1: it is not among those named.
    [[nodiscard]] int event_named(std::string_view name) const;

    /// What fired at some time of the period: at its middle where it spans several ticks.
    void add(std::size_t event, std::vector<int> row, const Period& when, std::int64_t count, const Place& place);
    void add(std::size_t event, std::vector<int> row, std::int64_t tick, std::int64_t count, const Place& place);
    void note_missing_date() { ++without_date_; }

    /// Tells what was left out or changed, as of `file`, or of what is written out where that is "", and adds the records to the
    /// scenario's.
    void finish(const Place& place, const std::string& file);

private:
    struct Event {
        int step;
        Text name;
        std::vector<EventRecord::Firing> firings;
        std::int64_t seen;  ///< lines, kept or not
    };

    void add_at(std::size_t event, EventRecord::Firing firing);
    void take_together(Event& event);
    void check_choices(const Event& event);
    void tell(const Place& place, const std::string& file) const;
    [[nodiscard]] std::string days() const;
    [[nodiscard]] const Step& step_of(const Event& event) const { return reader_.scenario.steps[static_cast<std::size_t>(event.step)]; }
    [[nodiscard]] const Calendar& calendar() const { return reader_.scenario.calendar; }

    Reader& reader_;
    Place place_;
    TickSpan ticks_;
    Text where_;
    Remarks remarks_;
    std::vector<Event> events_;
    std::int64_t lines_ = 0;
    std::int64_t outside_ = 0;
    std::int64_t coarse_ = 0;
    std::int64_t without_date_ = 0;
    std::int64_t capped_ = 0;
};

/// Firings from a table, as a file or a mapping.
void read_event_record_table(Reader& reader, const Node& table, EventRecordEntry& entry);

/// The row as messages and tables name it: `iran`, `iran -> afghanistan`.
std::string row_told(const Schema& schema, KindId kind, const std::vector<int>& row);
/// The days of these ticks, "from 2021-08-15 to 2023-12-30", or "from tick 0 to tick 9".
std::string span_told(const Calendar& calendar, TickSpan ticks);

}  // namespace entente
