#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/summary/headline.hpp>
#include <entente/summary/headline_words.hpp>
#include <entente/summary/score_summary.hpp>
#include <entente/summary/sentences.hpp>

namespace entente {

namespace {

constexpr std::size_t parameters_in_headline = 3;

Headline filtered(const ConditionSummary& summary, const FilteredMeasure& measure) {
    const FilteredValue& last = measure.values.back();
    const std::string what = fmt::format("{} at the end of {}", name_in_words(measure.called(), measure.label.empty() ? measure.about : measure.label), summary.last_label());
    Headline headline{.measure = measure.name, .figure = measure.called(), .says = what + ", median of the runs given the record", .numbers = {}, .sentence = {}};
    HeadlineNumber number{.of = {}, .number = quantity_words(last.median, measure.unit), .interval = "5–95 % of runs " + range_words(last.low, last.high, measure.unit), .apart = {},
                          .value = last.median, .low = last.low, .high = last.high};
    headline.sentence = fmt::format("{}: {}, median of the runs given the record ({}).", capitalised(what), number.number, number.interval);
    headline.numbers.push_back(std::move(number));
    return headline;
}

}  // namespace

std::vector<Headline> condition_headline(const ConditionSummary& summary) {
    std::vector<Headline> headline;
    for (const std::string& name : summary.headline)
        if (const auto found = std::ranges::find(summary.measures, name, &FilteredMeasure::name); found != summary.measures.end() && !found->values.empty())
            headline.push_back(filtered(summary, *found));
    if (headline.empty() && !summary.measures.empty() && !summary.measures.front().values.empty()) headline.push_back(filtered(summary, summary.measures.front()));
    return headline;
}

std::vector<Headline> calibration_headline(const CalibrationSummary& summary, const NameLabels& labels) {
    std::vector<const ParameterLearned*> ranked;
    for (const ParameterLearned& one : summary.parameters) ranked.push_back(&one);
    std::ranges::stable_sort(ranked, std::ranges::greater{}, [](const ParameterLearned* one) { return std::pair(one->is_informed, one->contraction); });
    ranked.resize(std::min(ranked.size(), parameters_in_headline));
    if (ranked.empty()) return {};
    Headline headline{.measure = {}, .figure = labels.parameter(ranked.front()->name), .says = "median of the posterior", .numbers = {}, .sentence = {}};
    for (const ParameterLearned* one : ranked) {
        HeadlineNumber number = mean_number(one->posterior.median, {one->posterior.low, one->posterior.high}, one->unit, 0.9);
        number.of = labels.parameter(one->name);
        if (!one->is_informed) number.apart = "the record says nothing about it";
        headline.sentence += fmt::format("{}{} {} ({})", headline.sentence.empty() ? "Given the record: " : ", ", number.of, number.number, one->is_informed ? number.interval : number.apart);
        headline.numbers.push_back(std::move(number));
    }
    headline.sentence += '.';
    return {headline};
}

std::vector<Headline> score_headline(const ScorePool& pool) {
    if (pool.scores.empty()) return {};
    const std::string& group = pool.scores.front().group;
    const ScoreRule rule = rule_of_verdict(pool, group);
    const auto judged = std::ranges::find_if(pool.scores, [&](const PooledScore& one) { return one.group == group && one.rule == rule; });
    if (judged == pool.scores.end() || judged->against.empty()) return {};
    Headline headline{.measure = {}, .figure = group.empty() ? "all" : group, .says = {}, .numbers = {}, .sentence = score_verdicts(pool).front()};
    headline.says = fmt::format("skill by the {} over {}: how much less it is than the baseline's", in_words(rule), counted(static_cast<std::int64_t>(judged->items), "item"));
    for (const auto& [baseline, skill] : judged->against) {
        HeadlineNumber number{.of = std::string(in_words(baseline)), .number = readable(skill.skill.value), .interval = {}, .apart = {}, .value = skill.skill.value};
        if (!std::isnan(skill.skill.interval.low)) number.interval = "95 % interval " + range_words(skill.skill.interval.low, skill.skill.interval.high);
        number.low = skill.skill.interval.low;
        number.high = skill.skill.interval.high;
        switch (verdict(skill)) {
            case Verdict::better:
                number.apart = "better than it";
                break;
            case Verdict::worse:
                number.apart = "worse than it";
                break;
            case Verdict::undecided:
                number.apart = "not told apart from it";
                break;
        }
        headline.numbers.push_back(std::move(number));
    }
    return {headline};
}

}  // namespace entente
