/// What sweeps, sensitivity analyses and comparisons say, as their pages show it.
#pragma once

#include <string>
#include <vector>

#include <entente/report/page_data.hpp>
#include <entente/summary/comparison_courses.hpp>
#include <entente/summary/comparison_summary.hpp>
#include <entente/summary/sensitivity_report.hpp>
#include <entente/summary/sweep_summary.hpp>

namespace entente {

/// Means of each outcome at the points, with normal 95 % intervals (1.96 standard errors). Of more than `most_points_in_json` points the
/// first ones.
page::SweepData sweep_data(const StudyValues& values, const Study& study, const Scenario& scenario, const SweepSummary& summary);
std::vector<std::string> sweep_findings(const StudyValues& values, const Study& study, const StudyRecord& record, const SweepSummary& summary);

/// Groups ranked from the most important down, outcomes that never vary left out.
page::SensitivityData sensitivity_data(const SensitivityReport& report, const Scenario& scenario);
std::vector<std::string> sensitivity_findings(const SensitivityReport& report);

/// `courses` may be null: then there are none.
page::ComparisonData comparison_data(const ComparedRuns& runs, const Comparison& comparison, const ComparisonCourses* courses);
std::vector<std::string> comparison_findings(const ComparedRuns& runs, const Comparison& comparison);

}  // namespace entente
