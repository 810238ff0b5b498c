#include <entente/scenario/event_record_entry.hpp>

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/language/quotes.hpp>

namespace entente {
namespace {

constexpr std::chrono::days one_day{1};

bool is_before(const EventRecord::Firing& a, const EventRecord::Firing& b) {
    return std::tie(a.tick, a.row) < std::tie(b.tick, b.row);
}

/// Whether the step fires at most once a tick on a row.
bool fires_once(const Step& step) {
    return step.form != Step::Form::count;
}

const char* is_or_are(std::int64_t n) {
    return n == 1 ? "is" : "are";
}

}  // namespace

TickSpan whole_ticks(const Calendar& calendar, Day from, Day to) {
    const Day end = calendar.first_day(calendar.ticks());
    if (from >= end || to < calendar.start()) return {};
    const auto begin_of = [&](Day day) { return static_cast<double>((day - calendar.start()).count()); };
    const auto ends_by_then = [&](std::int64_t tick) { return calendar.days_since_start(tick + 1) <= begin_of(to + one_day); };
    TickSpan span{from <= calendar.start() ? 0 : *calendar.tick_of(from), to >= end ? calendar.ticks() - 1 : *calendar.tick_of(to)};
    while (span.first < calendar.ticks() && calendar.days_since_start(span.first) < begin_of(from)) ++span.first;
    while (span.last + 1 < calendar.ticks() && ends_by_then(span.last + 1)) ++span.last;
    while (span.last >= span.first && !ends_by_then(span.last)) --span.last;
    return span;
}

std::string row_told(const Schema& schema, KindId kind, const std::vector<int>& row) {
    const Schema::Kind& names = schema[kind];
    const auto name = [&](KindId of, int number) { return schema[of].members[static_cast<std::size_t>(number)]; };
    if (!names.is_link) return name(kind, row.front());
    return fmt::format("{} -> {}", as_end(name(names.source, row.front())), as_end(name(names.target, row.back())));
}

std::string span_told(const Calendar& calendar, TickSpan ticks) {
    return fmt::format("from {} to {}", calendar.label(ticks.first),
                       calendar.is_dated() ? iso(calendar.first_day(ticks.last + 1) - one_day) : calendar.label(ticks.last));
}

int EventRecordEntry::event_named(std::string_view name) const {
    const auto found = std::ranges::find_if(events_, [&](const Event& event) { return event.name.value == name; });
    return found == events_.end() ? -1 : static_cast<int>(found - events_.begin());
}

void EventRecordEntry::add(std::size_t event, std::vector<int> row, const Period& when, std::int64_t count, const Place& place) {
    const Day middle = when.first + (when.end - when.first) / 2;
    if (reader_.has_calendar && calendar().tick_of(when.first) != calendar().tick_of(when.end - one_day)) ++coarse_;
    const auto tick = reader_.has_calendar ? calendar().tick_of(middle) : std::nullopt;
    add_at(event, {std::move(row), tick.value_or(-1), count, place});
}

void EventRecordEntry::add(std::size_t event, std::vector<int> row, std::int64_t tick, std::int64_t count, const Place& place) {
    add_at(event, {std::move(row), tick, count, place});
}

void EventRecordEntry::add_at(std::size_t event, EventRecord::Firing firing) {
    ++lines_;
    ++events_[event].seen;
    if (!ticks_.holds(firing.tick))
        ++outside_;
    else if (firing.count > 0)
        events_[event].firings.push_back(std::move(firing));
}

/// Several firings of a row in a tick are one.
void EventRecordEntry::take_together(Event& event) {
    std::ranges::stable_sort(event.firings, is_before);
    std::vector<EventRecord::Firing> taken;
    for (EventRecord::Firing& firing : event.firings)
        if (taken.empty() || is_before(taken.back(), firing))
            taken.push_back(std::move(firing));
        else
            taken.back().count += firing.count;
    if (fires_once(step_of(event)))
        for (EventRecord::Firing& firing : taken) {
            if (firing.count > 1) ++capped_;
            firing.count = 1;
        }
    event.firings = std::move(taken);
}

/// A source picks at most one of its links in a tick.
void EventRecordEntry::check_choices(const Event& event) {
    const Step& step = step_of(event);
    if (step.form != Step::Form::choice || !where_.value.empty()) return;
    for (std::size_t i = 1; i < event.firings.size(); ++i) {
        const EventRecord::Firing& first = event.firings[i - 1];
        const EventRecord::Firing& second = event.firings[i];
        if (first.tick != second.tick || first.row.front() != second.row.front()) continue;
        reader_.problems.error(
            second.place,
            fmt::format("the choice '{}' picks one link of a source in a tick, and the record has both {} (on {}) and {} in that of {}",
                        step.name, row_told(reader_.scenario.schema, step.on, first.row),
                        line_of(first.place, second.place, reader_.files.sources()), row_told(reader_.scenario.schema, step.on, second.row),
                        calendar().label(first.tick)),
            "take shorter ticks, or make the event a rate or probability");
        return;
    }
}

std::string EventRecordEntry::days() const {
    return span_told(calendar(), ticks_);
}

void EventRecordEntry::tell(const Place& place, const std::string& file) const {
    const std::string of_file = file.empty() ? std::string() : fmt::format(" of '{}'", file);
    const std::string all = counted(lines_, file.empty() ? "event" : "line");
    const auto note = [&](std::int64_t n, const std::string& what, std::string help) {
        if (n > 0) reader_.problems.note(place, fmt::format("{} of {}{} {}", with_commas(n), all, of_file, what), std::move(help));
    };
    note(outside_, fmt::format("{} left out: the record is complete {}", is_or_are(outside_), days()),
         "only of ticks that lie wholly within `complete` and the calendar it is known what happened and what did not");
    note(coarse_, fmt::format("{} known to no single tick: the middle of the month, quarter or year is taken", is_or_are(coarse_)),
         "give the day where it is known");
    if (without_date_ > 0)
        reader_.problems.note(
            place, fmt::format("{}{} without a date {} left out", counted(without_date_, "line"), of_file, is_or_are(without_date_)));
    if (capped_ > 0)
        reader_.problems.note(
            place,
            fmt::format("{} on record more than once in a tick {} taken for once: such events fire at most once a tick on a row",
                        counted(capped_, "event"), is_or_are(capped_)),
            "an event that fires several times a tick has a `count`");
    for (const Event& event : events_)
        if (event.firings.empty())
            reader_.problems.note(event.name.place, fmt::format("'{}' is not on record{}: so it is known not to have happened {}",
                                                                event.name.value, event.seen > 0 ? " in these days" : "", days()));
}

void EventRecordEntry::finish(const Place& place, const std::string& file) {
    if (ticks_.is_empty() || events_.empty()) return;
    for (Event& event : events_) {
        take_together(event);
        check_choices(event);
    }
    if (!reader_.problems.has_errors()) tell(place, file);
    for (Event& event : events_) {
        EventRecord record{.place = place_,
                           .step = event.step,
                           .first_tick = ticks_.first,
                           .last_tick = ticks_.last,
                           .firings = std::move(event.firings),
                           .remarks = remarks_};
        if (!where_.value.empty()) record.where = Formula{where_, nullptr};
        reader_.scenario.record.push_back(std::move(record));
    }
}

}  // namespace entente
