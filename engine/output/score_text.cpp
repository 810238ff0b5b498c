#include <entente/output/score_text.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/output/study_text.hpp>

namespace entente {
namespace {

std::string interval_told(const Interval& interval) {
    return std::isnan(interval.low) ? "–" : fmt::format("{} – {}", readable(interval.low), readable(interval.high));
}

std::string group_told(const std::string& group) {
    return group.empty() ? "all" : group;
}

std::string pooled_table(const ScorePool& pool, const TextStyle& style, LeftOut& left_out) {
    TextTable table({{.head = "Scores (less is better)", .is_name = true},
                     {.head = ""},
                     {"items", Align::right, 0, 4},
                     {"forecast", Align::right, 0, 1},
                     {.head = "held against"},
                     {"its score", Align::right, 0, 3},
                     {"skill", Align::right, 0, 2},
                     {"gain", Align::right},
                     {"95 % interval", Align::right, 0, 1},
                     {.head = "", .rank = 1, .called = "verdict"}});
    for (const PooledScore& one : pool.scores) {
        std::vector<std::string> head{"  " + group_told(one.group), std::string(in_words(one.rule)), std::to_string(one.items),
                                      readable(one.score)};
        if (one.against.empty()) table.add(head);
        for (const auto& [baseline, skill] : one.against) {
            const Verdict found = verdict(skill);
            std::vector<std::string> cells = head;
            for (const std::string& cell : {std::string(in_words(baseline)), readable(skill.baseline), readable(skill.skill.value),
                                            readable(skill.gain.value), interval_told(skill.gain.interval),
                                            std::string(found == Verdict::better  ? "better"
                                                        : found == Verdict::worse ? "worse"
                                                                                  : "")})
                cells.push_back(cell);
            table.add(cells);
            head = {"", "", "", ""};
        }
    }
    return table.text(style, left_out);
}

std::string areas_table(const ScorePool& pool, const TextStyle& style, LeftOut& left_out) {
    if (pool.areas.empty()) return "";
    TextTable table({{.head = "Area under the ROC curve", .is_name = true},
                     {"items", Align::right, 0, 5},
                     {"came", Align::right, 0, 4},
                     {"forecast", Align::right},
                     {"95 % interval", Align::right, 0, 1},
                     {.head = "gain over", .rank = 2},
                     {"", Align::right, 0, 2, false, "gain"},
                     {"95 % interval", Align::right, 0, 3, false, "95 % interval of the gain"}});
    for (const PooledAuc& one : pool.areas) {
        std::vector<std::string> head{"  " + group_told(one.group), std::to_string(one.items), std::to_string(one.came),
                                      readable(one.area.value), interval_told(one.area.interval)};
        if (one.gains.empty()) table.add(head);
        for (const auto& [baseline, gain] : one.gains) {
            std::vector<std::string> cells = head;
            for (const std::string& cell : {std::string(in_words(baseline)), readable(gain.value), interval_told(gain.interval)})
                cells.push_back(cell);
            table.add(cells);
            head = {"", "", "", "", ""};
        }
    }
    return '\n' + table.text(style, left_out);
}

std::string forecast_told(const ScoredItem& one) {
    if (!std::isnan(one.scores.runs.chance)) return percent(one.scores.runs.chance) + " %";
    return fmt::format("{} ({})", readable(one.scores.middle), interval_told(one.scores.central));
}

std::string items_table(const ScoreTold& told, const TextStyle& style, LeftOut& left_out) {
    const auto& items = told.scored->items;
    const Calendar& calendar = told.plan->scenario.calendar;
    TextTable table(
        {{.head = "Items", .is_name = true}, {.head = "on record", .rank = 1}, {"forecast", Align::right, 0, 2}, {.head = "by", .rank = 3}, {"score", Align::right}});
    for (std::size_t i = 0; i < std::min(items.size(), most_items_in_text); ++i) {
        const ScoredItem& one = items[i];
        const auto& of = one.scores.runs.of;
        const double main = of[static_cast<std::size_t>(one.item.is_date || one.item.is_chance ? ScoreRule::brier : ScoreRule::crps)];
        table.add({"  " + one.item.name, one.item.record, forecast_told(one),
                   one.item.is_date ? horizon_told(calendar, one.item.window.end) : "", readable(main)});
    }
    std::string text = '\n' + table.text(style, left_out);
    if (items.size() > most_items_in_text)
        text += fmt::format("  … {} more in items.csv\n", with_commas(std::ssize(items) - static_cast<std::int64_t>(most_items_in_text)));
    return text;
}

std::string scored_line(const ScoreTold& told) {
    const auto& spans = told.plan->spans;
    const Calendar& calendar = told.plan->scenario.calendar;
    std::string text = fmt::format("Scored from {}", span_told(calendar, {spans.front().since, spans.back().until}));
    if (spans.size() > 1) text += fmt::format(", from {} origins", spans.size());
    text += fmt::format(" · {}", counted(std::ssize(told.scored->items), "item"));
    if (told.scored->effective + 0.5 < static_cast<double>(told.scored->runs))
        text += fmt::format(" · worth {} runs of equal weight", readable(told.scored->effective));
    return text + '\n';
}

}  // namespace

std::string score_text(const ScoreTold& told, const StudyRecord& record, const StudyOutcome& outcome, const TextStyle& style) {
    LeftOut left_out;
    std::string text = study_head_text(record, style) + scored_line(told) + '\n';
    for (const std::string& verdict : score_verdicts(told.scored->pool)) text += in_lines(verdict, style.width);
    if (told.scored->items.empty()) text += "Nothing on record can be scored here.\n";
    if (!told.scored->pool.scores.empty())
        text += '\n' + pooled_table(told.scored->pool, style, left_out) + areas_table(told.scored->pool, style, left_out) + items_table(told, style, left_out);
    for (const std::string& note : told.scored->left_out) text += '\n' + in_lines(note + '.', style.width);
    if (!told.scored->left_out.empty()) text += '\n';
    if (const std::string note = left_out.text(style, "scores.csv, items.csv and --json have all"); !note.empty()) text += '\n' + note;
    text += '\n' + study_cost_text(outcome);
    return laid_out(std::move(text), style);
}

}  // namespace entente
