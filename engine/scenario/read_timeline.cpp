#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

/// The tick of an entry, or nothing where it has none in this calendar.
std::optional<std::int64_t> tick_of(Reader& reader, const Mapping& mapping, TimelineEntry& entry) {
    Problems& problems = reader.problems;
    const Calendar& calendar = reader.scenario.calendar;
    const Node* date = mapping.find("date");
    const Node* tick = mapping.find("tick");
    if ((date == nullptr) == (tick == nullptr)) {
        problems.error(tick ? tick->place : mapping.place(),
                       tick ? "a timeline entry has both 'date' and 'tick'" : "a timeline entry has neither 'date' nor 'tick'",
                       "give one of them");
        return std::nullopt;
    }
    entry.date = mapping.date("date");
    const auto number = mapping.whole("tick", 0, std::int64_t{1} << 53);
    if (!reader.has_calendar || (!entry.date && !number)) return std::nullopt;
    if (entry.date && !calendar.is_dated()) {
        problems.error(date->place, fmt::format("the date {} has no tick: the calendar has no dates", iso(*entry.date)),
                       "write `tick:`, or give the calendar a start");
        return std::nullopt;
    }
    const auto found = entry.date ? calendar.tick_of(*entry.date) : *number < calendar.ticks() ? number : std::nullopt;
    if (!found)
        problems.warning(date ? date->place : tick->place,
                         fmt::format("this entry never fires: {} is outside the calendar",
                                     entry.date ? iso(*entry.date) : fmt::format("tick {}", *number)),
                         fmt::format("the calendar runs from {} to {}", calendar.label(0),
                                     calendar.is_dated() ? iso(calendar.first_day(calendar.ticks()) - std::chrono::days{1})
                                                         : calendar.label(calendar.ticks() - 1)));
    return found;
}

void read_event(Reader& reader, const Mapping& mapping, TimelineEntry& entry) {
    const Node* node = mapping.find("event");
    const Node* on = mapping.find("on");
    if (!node) {
        if (on) reader.problems.error(on->place, "'on' needs an 'event'", "name the event that happens there");
        return;
    }
    const auto name = read_text(*node, "event", reader.problems);
    if (!name || reader.lost.contains(name->value)) return;
    const auto& steps = reader.scenario.steps;
    const auto step =
        std::find_if(steps.begin(), steps.end(), [&](const Step& s) { return s.form != Step::Form::rule && s.name == name->value; });
    if (step == steps.end()) {
        std::vector<std::string> names;
        for (const Schema::Event& event : reader.scenario.schema.events) names.push_back(event.name);
        reader.problems.error(name->place, fmt::format("no event is called '{}'", name->value),
                              did_you_mean(name->value, names, there_are(names)));
        return;
    }
    entry.step = static_cast<int>(step - steps.begin());
    if (!on) {
        reader.problems.error(mapping.place(), fmt::format("the event '{}' lacks its 'on'", name->value),
                              reader.scenario.schema[step->on].is_link ? "write on: source -> target" : "write on: the member's name");
        return;
    }
    const auto row = read_text(*on, "on", reader.problems);
    if (!row || reader.lost.contains(reader.scenario.schema[step->on].name)) return;
    entry.row = read_row(*row, step->on, reader.scenario.schema, reader.problems);
    entry.row_place = row->place;
}

void read_sets(Reader& reader, const Mapping& mapping, TimelineEntry& entry) {
    const Node* node = mapping.find("set");
    if (!node) return;
    if (!node->is_map())
        return wrong_type(*node, "set", "a mapping of fields and parameters to values", reader.problems,
                          "write set: {\"relation[russia, afghanistan].listed\": 0}");
    for (const Entry& item : node->entries) {
        TimelineEntry::Set set;
        set.text = item.key;
        set.value.text = read_formula(*item.value, "set", reader.problems);
        if (reader.mentions_lost(item.key.value)) continue;
        set.target = read_set_target(item.key, reader.scenario.schema, reader.problems);
        if (set.target && set.target->row && reader.is_input(set.target->row->kind, set.target->field)) {
            reader.problems.error(item.key.place, fmt::format("'{}' can't be set: it is an input", item.key.value), "change its table");
            continue;
        }
        entry.sets.push_back(std::move(set));
    }
}

}  // namespace

std::vector<TimelineEntry> read_timeline(Reader& reader, const std::vector<NodePtr>& nodes) {
    std::vector<TimelineEntry> timeline;
    for (const NodePtr& written : nodes) {
        const NodePtr node = with_key_on(written);
        if (!node->is_map()) {
            wrong_type(*node, "timeline", "a list of mappings", reader.problems,
                       "write - {date: 2021-12-17, event: …, on: …} or - {date: …, set: {…}}");
            continue;
        }
        const Mapping mapping(*node, Section::timeline_entry, reader.problems);
        if (mapping.has("table")) {
            read_timeline_table(reader, mapping, timeline);
            continue;
        }
        if (!mapping.has("event") && !mapping.has("set"))
            reader.problems.error(node->place, "a timeline entry has neither 'event' nor 'set'", "say what happens: event and on, or set");
        TimelineEntry entry;
        entry.place = node->place;
        entry.remarks = mapping.remarks();
        const auto tick = tick_of(reader, mapping, entry);
        read_event(reader, mapping, entry);
        read_sets(reader, mapping, entry);
        if (!tick) continue;
        entry.tick = *tick;
        timeline.push_back(std::move(entry));
    }
    std::stable_sort(timeline.begin(), timeline.end(), [](const TimelineEntry& a, const TimelineEntry& b) { return a.tick < b.tick; });
    return timeline;
}

}  // namespace entente
