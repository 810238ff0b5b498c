#include <entente/output/score_json.hpp>

#include <nlohmann/json.hpp>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/output/headline_json.hpp>
#include <entente/output/table_formats.hpp>
#include <entente/store/file_format.hpp>
#include <entente/summary/headline.hpp>

namespace entente {
namespace {

using Json = nlohmann::ordered_json;

Json both(const Interval& interval) {
    return {interval.low, interval.high};
}

Json estimate_json(const Estimate& estimate) {
    return {{"value", estimate.value}, {"interval", both(estimate.interval)}};
}

const char* verdict_name(const Skill& skill) {
    switch (verdict(skill)) {
        case Verdict::better:
            return "better";
        case Verdict::worse:
            return "worse";
        case Verdict::undecided:
            return "undecided";
    }
    return "undecided";
}

Json pooled_json(const PooledScore& one) {
    Json against = Json::object();
    for (const auto& [baseline, skill] : one.against)
        against[std::string(name_of(baseline))] = {{"items", skill.items},
                                                   {"left_out", skill.left_out},
                                                   {"clusters", skill.clusters},
                                                   {"score", skill.score},
                                                   {"baseline", skill.baseline},
                                                   {"skill", estimate_json(skill.skill)},
                                                   {"gain", estimate_json(skill.gain)},
                                                   {"verdict", verdict_name(skill)}};
    return {{"group", one.group}, {"rule", name_of(one.rule)}, {"items", one.items}, {"score", one.score}, {"against", against}};
}

Json area_json(const PooledAuc& one) {
    Json gains = Json::object();
    for (const auto& [baseline, gain] : one.gains) gains[std::string(name_of(baseline))] = estimate_json(gain);
    return {{"group", one.group}, {"items", one.items}, {"came", one.came}, {"area", estimate_json(one.area)}, {"gain_over", gains}};
}

Json forecast_json(const ForecastScores& scores) {
    Json json = {{"chance", scores.chance}};
    for (std::size_t rule = 0; rule < score_rules; ++rule) json[std::string(name_of(static_cast<ScoreRule>(rule)))] = scores.of[rule];
    return json;
}

Json item_json(const ScoredItem& one, const Calendar& calendar) {
    Json against = Json::object();
    for (std::size_t number = 0; number < baseline_count; ++number)
        if (const auto& scores = one.scores.against[number])
            against[std::string(name_of(static_cast<Baseline>(number)))] = forecast_json(*scores);
    Json json = {{"name", one.item.name},
                 {"group", one.item.group},
                 {"cluster", one.item.cluster},
                 {"since", calendar.label(static_cast<std::int64_t>(one.item.window.begin))},
                 {"until", horizon_told(calendar, one.item.window.end)},
                 {"record", one.item.record},
                 {"came", one.scores.came}};
    if (!one.item.is_date) json["value"] = one.item.value;
    json["median"] = one.scores.middle;
    json["central_90"] = both(one.scores.central);
    json["pit"] = both(one.scores.transform);
    json["forecast"] = forecast_json(one.scores.runs);
    json["against"] = against;
    return json;
}

Json bin_json(const ReliabilityBin& bin) {
    return {{"low", bin.low},     {"high", bin.high},
            {"items", bin.count}, {"mean_chance", bin.mean_chance},
            {"share", bin.share}, {"consistent", both(bin.consistent)}};
}

std::string scores_cells(const ForecastScores& scores) {
    std::string cells = exact(scores.chance);
    for (const double score : scores.of) cells += ',' + exact(score);
    return cells;
}

}  // namespace

std::string score_json(const ScoreTold& told, const StudyRecord& record, const StudyOutcome& outcome) {
    const Calendar& calendar = told.plan->scenario.calendar;
    const Scored& scored = *told.scored;
    Json spans = Json::array();
    for (const ScoreSpan& span : told.plan->spans)
        spans.push_back({{"since", calendar.label(span.since)}, {"until", horizon_told(calendar, static_cast<double>(span.until))}});
    Json scores = Json::array();
    for (const PooledScore& one : scored.pool.scores) scores.push_back(pooled_json(one));
    Json areas = Json::array();
    for (const PooledAuc& one : scored.pool.areas) areas.push_back(area_json(one));
    Json items = Json::array();
    for (const ScoredItem& one : scored.items) items.push_back(item_json(one, calendar));
    Json bins = Json::array();
    for (const ReliabilityBin& bin : scored.pool.reliability) bins.push_back(bin_json(bin));
    const Json json = {{"format", file_format::score_summary},
                       {"title", record.title},
                       {"scenario", record.scenario},
                       {"variant", record.identity.scenario.variant},
                       {"seed", record.identity.scenario.seed},
                       {"origins", spans},
                       {"runs", scored.runs},
                       {"effective_runs", scored.effective},
                       {"failed", outcome.failed},
                       {"digest", outcome.digest},
                       {"headline", headline_json(score_headline(scored.pool))},
                       {"verdict", score_verdicts(scored.pool)},
                       {"warnings", told.warnings},
                       {"left_out", scored.left_out},
                       {"scores", scores},
                       {"areas", areas},
                       {"reliability", bins},
                       {"pit", {{"items", scored.pool.pit_items}, {"heights", scored.pool.pit}, {"band", both(scored.pool.pit_band)}}},
                       {"items", items}};
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

void write_score_items(const ScoreTold& told, const Sink& sink) {
    const Calendar& calendar = told.plan->scenario.calendar;
    sink(table_head(ResultTable::items));
    for (const auto& [item, scores] : told.scored->items)
        sink(fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", csv_cell(item.name), csv_cell(item.group), csv_cell(item.cluster),
                         calendar.label(static_cast<std::int64_t>(item.window.begin)), horizon_told(calendar, item.window.end),
                         csv_cell(item.record), exact(scores.came), item.is_date ? "" : exact(item.value), exact(scores.runs.chance),
                         exact(scores.middle), exact(scores.central.low), exact(scores.central.high), exact(scores.transform.low),
                         exact(scores.transform.high)));
}

void write_item_scores(const ScoreTold& told, const Sink& sink) {
    sink(table_head(ResultTable::item_scores));
    const Calendar& calendar = told.plan->scenario.calendar;
    for (const auto& [item, scores] : told.scored->items) {
        const std::string since = calendar.label(static_cast<std::int64_t>(item.window.begin));
        sink(fmt::format("{},{},runs,{}\n", csv_cell(item.name), since, scores_cells(scores.runs)));
        for (std::size_t number = 0; number < baseline_count; ++number)
            if (const auto& of = scores.against[number])
                sink(fmt::format("{},{},{},{}\n", csv_cell(item.name), since, name_of(static_cast<Baseline>(number)), scores_cells(*of)));
    }
}

void write_pooled_scores(const ScoreTold& told, const Sink& sink) {
    sink(table_head(ResultTable::scores));
    for (const PooledScore& one : told.scored->pool.scores) {
        const std::string head =
            fmt::format("{},{},{},{}", csv_cell(one.group.empty() ? "all" : one.group), name_of(one.rule), one.items, exact(one.score));
        if (one.against.empty()) sink(head + ",,,,,,,,,,,\n");
        for (const auto& [baseline, skill] : one.against)
            sink(fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", head, name_of(baseline), skill.clusters, exact(skill.score),
                             exact(skill.baseline), exact(skill.skill.value), exact(skill.skill.interval.low),
                             exact(skill.skill.interval.high), exact(skill.gain.value), exact(skill.gain.interval.low),
                             exact(skill.gain.interval.high), verdict_name(skill)));
    }
}

void write_reliability(const ScoreTold& told, const Sink& sink) {
    sink(table_head(ResultTable::reliability));
    for (const ReliabilityBin& bin : told.scored->pool.reliability)
        sink(fmt::format("{},{},{},{},{},{},{}\n", exact(bin.low), exact(bin.high), bin.count, exact(bin.mean_chance), exact(bin.share),
                         exact(bin.consistent.low), exact(bin.consistent.high)));
}

}  // namespace entente
