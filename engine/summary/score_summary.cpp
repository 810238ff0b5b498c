#include <entente/summary/score_summary.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>

namespace entente {
namespace {

/// Where a study keeps the values of each measure.
class StudyColumns {
public:
    explicit StudyColumns(const StudyValues& values) : values_(values) {}

    [[nodiscard]] std::vector<double> of(std::size_t measure, std::size_t row, int year) const {
        const auto found = std::ranges::find_if(
            values_.columns(), [&](const ValueColumn& column) { return column.measure == measure && column.year == year; });
        return values_.column(found->first + row);
    }

private:
    const StudyValues& values_;
};

/// What is of a point for each of its replicates.
template <class OfPoint>
std::vector<double> spread(const StudyValues& values, const OfPoint& of_point) {
    std::vector<double> all;
    for (std::int64_t point = 0; point < values.points(); ++point)
        all.insert(all.end(), static_cast<std::size_t>(values.replicates()), of_point(static_cast<std::size_t>(point)));
    return all;
}

std::vector<std::vector<double>> varied_by_run(const ScorePlan& plan, const StudyValues& values, const Study& study) {
    std::vector<std::vector<double>> shares(plan.scenario.parameters.size());
    for (std::size_t factor = 0; factor < study.varied.size(); ++factor)
        shares[static_cast<std::size_t>(study.varied[factor].value)] =
            spread(values, [&](std::size_t point) { return study.points.row(point)[factor]; });
    return shares;
}

std::string skill_told(Baseline baseline, const Skill& skill) {
    const std::string gained =
        std::isnan(skill.gain.interval.low)
            ? fmt::format("gain {}, from {}", readable(skill.gain.value), counted(static_cast<std::int64_t>(skill.items), "item"))
            : fmt::format("gain {}, 95 % interval {} to {}", readable(skill.gain.value), readable(skill.gain.interval.low),
                          readable(skill.gain.interval.high));
    return std::isnan(skill.skill.value) ? fmt::format("{} ({})", in_words(baseline), gained)
                                         : fmt::format("{} (skill {}; {})", in_words(baseline), readable(skill.skill.value), gained);
}

/// `a`, `a and b`, `a, b and c`.
std::string joined(const std::vector<std::string>& parts) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
    return text;
}

std::string who(const ScorePool& pool, const PooledScore& pooled) {
    const auto area = std::ranges::find(pool.areas, pooled.group, &PooledAuc::group);
    const std::string came = area == pool.areas.end() ? "" : fmt::format(", {} of which came", area->came);
    const std::string group = pooled.group.empty() ? "In all" : fmt::format("{}", pooled.group);
    return fmt::format("{} ({}{}; {} {})", group, counted(static_cast<std::int64_t>(pooled.items), "item"), came, in_words(pooled.rule),
                       readable(pooled.score));
}

std::string verdict_on(const ScorePool& pool, const PooledScore& pooled) {
    std::vector<std::string> beaten, beats, open;
    for (const auto& [baseline, skill] : pooled.against) {
        const Verdict found = verdict(skill);
        (found == Verdict::better ? beaten : found == Verdict::worse ? beats : open).push_back(skill_told(baseline, skill));
    }
    std::vector<std::string> parts;
    if (!beaten.empty()) parts.push_back("the forecast beats " + joined(beaten));
    if (!open.empty())
        parts.push_back((beaten.empty() ? "the forecast is not told apart from " : "is not told apart from ") + joined(open));
    if (!beats.empty()) parts.push_back((beaten.empty() && open.empty() ? "the forecast is beaten by " : "is beaten by ") + joined(beats));
    if (parts.empty()) parts.push_back("there is nothing to hold the forecast against, for nothing is on record before");
    return fmt::format("{}: {}.", who(pool, pooled), joined(parts));
}

const PooledScore* judged(const ScorePool& pool, const std::string& group) {
    const ScoreRule rule = rule_of_verdict(pool, group);
    const auto found = std::ranges::find_if(pool.scores, [&](const PooledScore& one) { return one.group == group && one.rule == rule; });
    return found == pool.scores.end() ? nullptr : &*found;
}

}  // namespace

Scored score_study(const ScorePlan& plan, const StudyValues& values, const Study& study, const Bootstrap& bootstrap) {
    const StudyColumns columns(values);
    ScoredRuns runs;
    runs.layout = &values.layout();
    runs.values = [&](std::size_t measure, std::size_t row, int year) { return columns.of(measure, row, year); };
    runs.watched = values.watched(0, values.runs());
    if (!study.points.weights.empty()) runs.weights = spread(values, [&](std::size_t point) { return study.points.weights[point]; });
    runs.shares = varied_by_run(plan, values, study);
    runs.seed = bootstrap.seed;
    return score_runs(plan, runs, bootstrap);
}

Scored score_results(const ScorePlan& plan, const Results& results, const Bootstrap& bootstrap) {
    const auto columns = value_columns(results);
    ScoredRuns runs;
    runs.layout = &results;
    runs.values = [&](std::size_t measure, std::size_t row, int year) {
        const auto found = std::ranges::find_if(columns, [&](const ValueColumn& column) { return column.measure == measure && column.year == year; });
        return column_values(results, *found, row);
    };
    runs.watched.assign(static_cast<std::size_t>(results.runs), static_cast<double>(results.calendar.ticks()));
    for (const RunFailure& failure : results.failures) runs.watched[static_cast<std::size_t>(failure.run - results.first_run)] = static_cast<double>(failure.tick);
    runs.seed = bootstrap.seed;
    return score_runs(plan, runs, bootstrap);
}

std::vector<std::string> score_verdicts(const ScorePool& pool) {
    std::vector<std::string> groups;
    for (const PooledScore& one : pool.scores)
        if (std::ranges::find(groups, one.group) == groups.end()) groups.push_back(one.group);
    std::vector<std::string> verdicts;
    for (const std::string& group : groups)
        if (const PooledScore* pooled = judged(pool, group)) verdicts.push_back(verdict_on(pool, *pooled));
    return verdicts;
}

std::vector<std::string> fitted_warnings(const Scenario& scenario, std::int64_t since) {
    std::vector<std::string> warnings;
    if (!scenario.calendar.is_dated()) return warnings;
    std::map<Day, std::vector<std::string>> by_day;
    for (const Parameter& parameter : scenario.parameters)
        if (parameter.fitted_to && *parameter.fitted_to >= scenario.calendar.first_day(since)) by_day[*parameter.fitted_to].push_back(fmt::format("'{}'", parameter.name));
    for (const auto& [day, names] : by_day)
        warnings.push_back(fmt::format("{} {} fitted to the record until {}, which is scored here from {} on", joined(names), names.size() == 1 ? "was" : "were", iso(day), scenario.calendar.label(since)));
    return warnings;
}

std::string horizon_told(const Calendar& calendar, double moment) {
    const auto whole = static_cast<std::int64_t>(moment);
    return calendar.is_dated() ? iso(calendar.first_day(whole) - std::chrono::days{1}) : calendar.label(whole - 1);
}

std::string span_told(const Calendar& calendar, const ScoreSpan& span) {
    return fmt::format("{} to {}", calendar.label(span.since), horizon_told(calendar, static_cast<double>(span.until)));
}

}  // namespace entente
