#include <entente/output/story_json.hpp>

#include <cmath>

#include <nlohmann/json.hpp>

#include <entente/base/wording.hpp>
#include <entente/output/story_words.hpp>
#include <entente/store/file_format.hpp>

namespace entente {

namespace {

using StoryObject = nlohmann::ordered_json;

/// A date, or the number of a tick.
StoryObject when_of(const Calendar& calendar, double tick) {
    if (std::isnan(tick)) return nullptr;
    if (!calendar.is_dated()) return tick;
    return tick_cell(calendar, tick);
}

StoryObject events_told(const Results& results, std::span<const StoryEvent> events) {
    StoryObject all = StoryObject::array();
    for (const LoggedEvent& one : results.log) {
        const StoryEvent& event = events[static_cast<std::size_t>(one.event)];
        const auto row = static_cast<std::size_t>(one.row);
        all.push_back({{"tick", one.tick},
                       {"date", when_of(results.calendar, static_cast<double>(one.tick))},
                       {"event", event.name},
                       {"label", event.label},
                       {"on", results.event_rows[static_cast<std::size_t>(one.event)][row]},
                       {"on_label", event.rows[row]},
                       {"count", one.count},
                       {"cause", name_of(one.cause)},
                       {"form", form_of_chance(event.form)},
                       {"chance", one.chance}});
    }
    return all;
}

StoryObject measures_told(const Results& results) {
    StoryObject all = StoryObject::object();
    for (std::size_t m = 0; m < results.measures.size(); ++m) {
        const MeasureInfo& info = results.measures[m];
        if (info.is_by_row()) continue;
        const double value = results.final_values[m][0];
        StoryObject one;
        one["value"] = info.form == MeasureInfo::Form::date ? when_of(results.calendar, value) : StoryObject(value);
        if (info.form == MeasureInfo::Form::series && results.series_runs > 0) one["course"] = std::vector<double>(results.series[m].begin(), results.series[m].end());
        all[info.name] = std::move(one);
    }
    return all;
}

}  // namespace

std::string story_json(std::span<const Story> stories, std::span<const StoryEvent> events, const TellingRuns& chosen, const RunRecord& record) {
    StoryObject json = {{"format", file_format::replay},
                        {"title", record.title},
                        {"scenario", record.scenario},
                        {"variant", record.identity.variant},
                        {"seed", record.identity.seed}};
    const Calendar& calendar = stories.front().results.calendar;
    StoryObject& time = json["time"] = StoryObject::array();
    for (std::int64_t moment = 0; moment < calendar.moments(); ++moment) time.push_back(when_of(calendar, static_cast<double>(moment)));
    StoryObject& replay = json["replay"] = StoryObject::array();
    for (const Story& story : stories) {
        StoryObject one = {{"run", story.run()}};
        StoryObject& reasons = one["reasons"] = StoryObject::array();
        for (const TellingReason& reason : story.reasons) reasons.push_back(reason_text(story.results, reason, chosen));
        one["failure"] = story.failed() ? StoryObject(story.results.failures.front().message) : StoryObject();
        one["events"] = events_told(story.results, events);
        one["measures"] = measures_told(story.results);
        one["digest"] = story.results.digest;
        replay.push_back(std::move(one));
    }
    return json.dump(2, ' ', false, StoryObject::error_handler_t::replace) + '\n';
}

}  // namespace entente
