/// What sweep and sensitivity do alike: studies of one model at many points.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include <entente/study/factor.hpp>

#include "session/study_session.hpp"

namespace entente {

/// What is run and how it came about.
struct PointStudy {
    Scenario scenario;
    Model model;
    Study study;
    std::string design;       ///< in words
    std::string design_text;  ///< distinguishes what can't grow into each other
    std::vector<std::int64_t> history;
    bool varies_all_priors = false;  ///< for --vary named nothing
};

/// What --vary named, or else every parameter that has a prior and is not set.
std::vector<std::string> texts_to_vary(PointStudy& study, const Scenario& scenario, const ScenarioArguments& arguments,
                                       const std::vector<std::string>& named);

/// Makes what the texts of --vary name the study's parameters, and returns the factors. Throws Error for one of which nothing lies in its
/// range. Warns of one whose range leaves little of its distribution.
std::vector<Factor> vary_in(PointStudy& study, const Scenario& scenario, std::span<const std::string> texts, Attendant& attendant);

/// Points of a table, and the scenario in which all that has a column is a parameter.
struct ListedPoints {
    Scenario scenario;
    std::vector<ParameterId> varied;
    Points points;
};

/// Throws Error as read_points does. What was left out of the table, and parameters that the timeline sets, are told.
ListedPoints listed_points(const Scenario& scenario, const std::string& file, Attendant& attendant);

/// Warns of parameters that are varied and that the timeline sets.
void warn_of_timeline(const Scenario& scenario, std::span<const ParameterId> varied, Attendant& attendant);

/// Warns of a number of samples at which a Sobol' sequence is not balanced.
void warn_of_balance(std::int64_t samples, Attendant& attendant);

/// Tells what was left out of a table.
void tell_notes(std::span<const std::string> notes, Attendant& attendant);

/// Writes the points to a table. Throws Error where a file of that name holds something else.
ExitCode emit_design(const Points& points, const std::string& file);

/// Makes what is missing of the study and concludes it where there is something to conclude; or prints what it would cost.
ExitCode carry_out(Ranks& ranks, Attendant& attendant, const std::string& name, const StudyArguments& arguments, PointStudy& study, const CommandLine& command,
                   const std::function<ExitCode(StudySession&)>& conclude, double allowed_share_of_failures = 0);

/// Publishes design.csv, runs.csv, points.csv and summary.json, where there are measures by row rows.csv and point_rows.csv, and what `more` stages.
void conclude_tables(StudySession& session, const Study& study, const std::string& json, const std::function<void(StagedFiles&)>& more);

/// `, point_rows.csv, rows.csv` where these are written; else "".
std::string row_tables(const StudySession& session);

/// Prints the JSON or the text, as was asked for.
void print_summary(const StudyArguments& arguments, const std::string& json, const std::function<std::string()>& text);

}  // namespace entente
