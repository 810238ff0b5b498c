#include <entente/summary/story.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include <entente/study/replay.hpp>

namespace entente {

std::string_view form_of_chance(Step::Form form) {
    switch (form) {
        case Step::Form::rule:
            return "";
        case Step::Form::probability:
            return "probability";
        case Step::Form::rate:
            return "rate";
        case Step::Form::count:
            return "count";
        case Step::Form::choice:
            return "choice";
    }
    return "";
}

std::vector<StoryEvent> story_events(const Scenario& scenario, const Model& model) {
    std::vector<StoryEvent> events;
    for (const CompiledEvent& event : model.events) {
        const Table& table = model.tables[event.on];
        StoryEvent& told = events.emplace_back();
        told.name = event.name;
        told.label = event.label.empty() ? event.name : event.label;
        told.on = table.label.empty() ? table.name : table.label;
        for (std::int64_t row = 0; row < table.rows; ++row) told.rows.push_back(row_label(model.tables, event.on, row));
    }
    for (const Step& step : scenario.steps)
        if (step.event.value >= 0) events[static_cast<std::size_t>(step.event.value)].form = step.form;
    return events;
}

Story story_of(const Model& model, const RunPlan& plan, std::int64_t run, std::vector<TellingReason> reasons) {
    return {replayed(model, plan, run), std::move(reasons), plan.from && !plan.from->logs_events ? plan.from->tick : 0};
}

CutLog cut_log(std::span<const LoggedEvent> log, std::size_t most) {
    std::map<int, std::int64_t> entries;
    for (const LoggedEvent& one : log) ++entries[one.event];
    std::size_t left = log.size();
    std::vector<int> out;
    while (left > most && entries.size() > 1) {
        const auto busiest = std::ranges::max_element(entries, {}, [](const auto& one) { return one.second; });
        left -= static_cast<std::size_t>(busiest->second);
        out.push_back(busiest->first);
        entries.erase(busiest);
    }
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < log.size(); ++i)
        if (entries.contains(log[i].event)) kept.push_back(i);
    if (kept.size() > most) {
        std::ranges::stable_sort(kept, {}, [&](std::size_t i) {
            const bool is_drawn = log[i].cause == EventCause::drawn;
            return std::pair(is_drawn, is_drawn && !std::isnan(log[i].chance) ? log[i].chance : 0.0);
        });
        kept.resize(most);
        std::ranges::sort(kept);
    }
    CutLog cut;
    std::map<int, CutLog::Often> often;
    for (std::size_t i = 0, next = 0; i < log.size(); ++i) {
        if (next < kept.size() && kept[next] == i) {
            cut.told.push_back(log[i]);
            ++next;
            continue;
        }
        CutLog::Often& one = often[log[i].event];
        one.event = log[i].event;
        ++one.entries;
        one.times += log[i].count;
        if (log[i].cause == EventCause::timeline) one.of_timeline += log[i].count;
    }
    for (const auto& [event, one] : often) cut.often.push_back(one);
    std::ranges::stable_sort(cut.often, [](const auto& a, const auto& b) { return a.times > b.times; });
    return cut;
}

}  // namespace entente
