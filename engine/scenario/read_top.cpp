#include <fmt/format.h>

#include <entente/base/harmless.hpp>
#include <entente/scenario/reader.hpp>

namespace entente {
namespace {

constexpr std::int64_t most_ticks = 1'000'000'000;
constexpr std::int64_t most_runs = 1'000'000'000'000;

std::string plain_text(Reader& reader, const Merged& merged, const std::string& key) {
    const auto found = merged.plain.find(key);
    const auto text = found == merged.plain.end() ? std::nullopt : read_text(*found->second, key, reader.problems);
    return text ? text->value : std::string{};
}

std::vector<std::string> texts(Reader& reader, const std::vector<NodePtr>& nodes, std::string_view key) {
    std::vector<std::string> found;
    for (const NodePtr& node : nodes)
        if (const auto text = read_text(*node, key, reader.problems)) found.push_back(text->value);
    return found;
}

std::optional<StepLength> step_of(const Mapping& calendar, Problems& problems) {
    const Node* node = calendar.find("step");
    if (!node) {
        if (!calendar.is_misspelt("step"))
            problems.error(calendar.place(), "a calendar with dates lacks its 'step'",
                           "write day, week, month, quarter, year, 3.5 days, 2 weeks, …");
        return std::nullopt;
    }
    const auto step = node->is_scalar() ? parse_step(node->text.value) : std::nullopt;
    if (!step) wrong_type(*node, "step", "a length of time", problems, "write day, week, month, quarter, year, 3.5 days, 2 weeks, …");
    return step;
}

std::optional<Calendar> undated(const Mapping& mapping, Problems& problems) {
    for (const auto* key : {"end", "step"})
        if (const Node* node = mapping.find(key))
            problems.error(node->place, fmt::format("a calendar without 'start' takes no '{}'", key),
                           "add `start: 2021-08-15`; without dates a tick is one year long");
    const auto ticks = mapping.whole("ticks", 1, most_ticks);
    if (!mapping.has("ticks") && !mapping.is_misspelt("ticks") && !mapping.is_misspelt("start"))
        problems.error(mapping.place(), "the calendar has neither 'start' nor 'ticks'",
                       "write {start: 2021-08-15, end: 2025-12-31, step: week} or {ticks: 100}");
    return ticks ? std::optional(Calendar::undated(*ticks)) : std::nullopt;
}

std::optional<Calendar> until(const Mapping& mapping, Day start, StepLength step, Problems& problems) {
    const auto end = mapping.date("end");
    if (!end) return std::nullopt;
    const Place place = mapping.find("end")->place;
    if (*end < start) {
        problems.error(place, fmt::format("the end {} is before the start {}", iso(*end), iso(start)));
        return std::nullopt;
    }
    const Calendar calendar = Calendar::until(start, step, *end);
    if (calendar.ticks() >= 1) return calendar;
    problems.error(place, fmt::format("between {} and {} no step of a '{}' fits", iso(start), iso(*end), step.text()),
                   "take a later end or a shorter step");
    return std::nullopt;
}

std::optional<Calendar> calendar_of(const Node& node, Problems& problems) {
    if (!node.is_map()) {
        wrong_type(node, "calendar", "a mapping", problems, "write {start: 2021-08-15, end: 2025-12-31, step: week} or {ticks: 100}");
        return std::nullopt;
    }
    const Mapping mapping(node, Section::calendar, problems);
    if (!mapping.has("start")) return undated(mapping, problems);
    const auto start = mapping.date("start");
    const auto step = step_of(mapping, problems);
    const auto ticks = mapping.whole("ticks", 1, most_ticks);
    if (mapping.has("end") == mapping.has("ticks")) {
        const bool both = mapping.has("end");
        if (!mapping.is_misspelt("end") && !mapping.is_misspelt("ticks"))
            problems.error(both ? mapping.find("ticks")->place : mapping.place(),
                           both ? "the calendar has both 'end' and 'ticks'" : "the calendar has neither 'end' nor 'ticks'",
                           "give one of them");
        return std::nullopt;
    }
    if (!start || !step) return std::nullopt;
    if (mapping.has("end")) return until(mapping, *start, *step, problems);
    return ticks ? std::optional(Calendar::dated(*start, *step, *ticks)) : std::nullopt;
}

void read_calendar(Reader& reader, const Merged& merged) {
    const auto found = merged.plain.find("calendar");
    if (found == merged.plain.end()) {
        reader.problems.error(merged.place, "the scenario lacks its 'calendar'",
                              "write calendar: {start: 2021-08-15, end: 2025-12-31, step: week} or {ticks: 100}");
        return;
    }
    const auto calendar = calendar_of(*found->second, reader.problems);
    reader.has_calendar = calendar.has_value();
    if (calendar) reader.scenario.calendar = *calendar;
}

}  // namespace

void read_top(Reader& reader, const Merged& merged) {
    reader.scenario.title = harmless_line(plain_text(reader, merged, "title"));
    reader.scenario.about = plain_text(reader, merged, "about");
    reader.scenario.authors = texts(reader, merged.authors, "authors");
    reader.scenario.references = texts(reader, merged.references, "references");
    read_calendar(reader, merged);
    if (const auto runs = merged.plain.find("runs"); runs != merged.plain.end())
        reader.scenario.runs = read_whole(*runs->second, "runs", 1, most_runs, reader.problems).value_or(1);
}

}  // namespace entente
