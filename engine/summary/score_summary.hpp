/// What a score says: the scores of a study's runs, and the verdict in sentences.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <entente/inference/scored_runs.hpp>
#include <entente/store/study_values.hpp>

namespace entente {

/// Of a study of the plan's scenario, whose points may have weights.
Scored score_study(const ScorePlan& plan, const StudyValues& values, const Study& study, const Bootstrap& bootstrap);

/// Of runs in memory, all alike.
Scored score_results(const ScorePlan& plan, const Results& results, const Bootstrap& bootstrap);

/// A sentence for each group, all of them first where there are several: which baselines the forecast beats, by which it is beaten, and
/// from which it is not told apart.
std::vector<std::string> score_verdicts(const ScorePool& pool);

/// A warning for each day to which parameters were fitted that knew what is scored, with their names.
std::vector<std::string> fitted_warnings(const Scenario& scenario, std::int64_t since);

/// `2024-01-01 to 2025-12-27`, or `tick 0 to tick 9`.
std::string span_told(const Calendar& calendar, const ScoreSpan& span);
/// Of the last day before a moment, or the last tick.
std::string horizon_told(const Calendar& calendar, double moment);

}  // namespace entente
