#include <entente/report/score_data.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/wording.hpp>

namespace entente {
namespace {

constexpr std::size_t most_items_on_page = 1000;

const char* verdict_words(const Skill& skill) {
    switch (verdict(skill)) {
        case Verdict::better:
            return "better";
        case Verdict::worse:
            return "worse";
        case Verdict::undecided:
            return "";
    }
    return "";
}

page::ScoredGroup group_data(const PooledScore& one) {
    page::ScoredGroup group{.name = one.group.empty() ? "all" : one.group,
                            .rule = std::string(in_words(one.rule)),
                            .items = static_cast<std::int64_t>(one.items),
                            .score = one.score,
                            .against = {}};
    for (const auto& [baseline, skill] : one.against)
        group.against.push_back({.baseline = std::string(in_words(baseline)),
                                 .score = skill.baseline,
                                 .skill = skill.skill.value,
                                 .low = skill.skill.interval.low,
                                 .high = skill.skill.interval.high,
                                 .verdict = verdict_words(skill)});
    return group;
}

page::ScoredArea area_data(const PooledAuc& one) {
    page::ScoredArea area{.name = one.group.empty() ? "all" : one.group,
                          .items = static_cast<std::int64_t>(one.items),
                          .came = static_cast<std::int64_t>(one.came),
                          .area = one.area.value,
                          .low = one.area.interval.low,
                          .high = one.area.interval.high,
                          .gains = {}};
    for (const auto& [baseline, gain] : one.gains)
        area.gains.push_back(
            {.baseline = std::string(in_words(baseline)), .gain = gain.value, .low = gain.interval.low, .high = gain.interval.high});
    return area;
}

page::ScoredItemData item_data(const ScoredItem& one, const Calendar& calendar) {
    const bool is_chance = one.item.is_date || one.item.is_chance;
    return {.name = one.item.name,
            .since = calendar.label(static_cast<std::int64_t>(one.item.window.begin)),
            .until = horizon_told(calendar, one.item.window.end),
            .record = one.item.record,
            .chance = one.scores.runs.chance,
            .median = one.item.is_date ? page::Number() : page::Number(one.scores.middle),
            .low = one.scores.central.low,
            .high = one.scores.central.high,
            .score = one.scores.runs.of[static_cast<std::size_t>(is_chance ? ScoreRule::brier : ScoreRule::crps)]};
}

page::ReliabilityData bin_data(const ReliabilityBin& bin) {
    return {.low = bin.low,
            .high = bin.high,
            .items = static_cast<std::int64_t>(bin.count),
            .chance = bin.mean_chance,
            .share = bin.share,
            .least = bin.consistent.low,
            .most = bin.consistent.high};
}

}  // namespace

page::ScoreData score_data(const ScoreTold& told) {
    const Scored& scored = *told.scored;
    const Calendar& calendar = told.plan->scenario.calendar;
    const auto& spans = told.plan->spans;
    page::ScoreData data;
    data.span = span_told(calendar, {spans.front().since, spans.back().until});
    for (const PooledScore& one : scored.pool.scores) data.groups.push_back(group_data(one));
    for (const PooledAuc& one : scored.pool.areas) data.areas.push_back(area_data(one));
    for (const ScoredItem& one : std::span(scored.items).first(std::min(scored.items.size(), most_items_on_page)))
        data.items.push_back(item_data(one, calendar));
    if (scored.items.size() > most_items_on_page)
        data.items_note = fmt::format("The first {} of {}; items.csv has all.", with_commas(std::int64_t{most_items_on_page}),
                                      counted(std::ssize(scored.items), "item"));
    for (const ReliabilityBin& bin : scored.pool.reliability) data.reliability.push_back(bin_data(bin));
    for (const double height : scored.pool.pit) data.pit.emplace_back(height);
    data.pit_items = static_cast<std::int64_t>(scored.pool.pit_items);
    data.pit_low = scored.pool.pit_items > 0 ? page::Number(scored.pool.pit_band.low) : page::Number();
    data.pit_high = scored.pool.pit_items > 0 ? page::Number(scored.pool.pit_band.high) : page::Number();
    return data;
}

std::vector<std::string> score_findings(const ScoreTold& told) {
    std::vector<std::string> findings = score_verdicts(told.scored->pool);
    if (findings.empty()) findings.emplace_back("Nothing on record can be scored here.");
    for (const std::string& warning : told.warnings) findings.push_back("Not a test of what was known beforehand: " + warning + '.');
    for (const std::string& note : told.scored->left_out) findings.push_back(note + '.');
    return findings;
}

}  // namespace entente
