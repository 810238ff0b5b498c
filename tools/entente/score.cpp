#include <iostream>

#include <fmt/format.h>

#include <entente/output/run_tables.hpp>
#include <entente/output/score_json.hpp>
#include <entente/output/study_tables.hpp>
#include <entente/report/score_data.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/study/posterior.hpp>
#include <entente/summary/headline.hpp>

#include "arguments/score_arguments.hpp"
#include "commands.hpp"
#include "session/console.hpp"
#include "session/point_study.hpp"
#include "session/score_from.hpp"

namespace entente {

namespace {

/// What is run, and what its runs are held against.
struct PreparedScore {
    ScorePlan plan;
    Model model;
    Study study;
    StudyRecord record;
    std::string design_text;
    std::vector<std::string> warnings;
};

class ScorePreparation {
public:
    ScorePreparation(const ScoreArguments& asked, const CommandLine& command, Attendant& attendant)
        : asked_(asked), command_(command), attendant_(attendant) {}

    void prepare(PreparedScore& made) {
        const auto sign = attendant_.busy_with("loading and compiling", !asked_.study.quiet);
        Scenario scenario = asked_.study.scenario.read(attendant_);
        refuse_without_record(scenario);
        const std::vector<ScoreSpan> spans = asked_.spans(scenario);
        made.warnings = fitted_warnings(scenario, spans.front().since);
        tell_fitted(made.warnings, attendant_);
        made.record = study_record("score", asked_.study, scenario, asked_.study.replicates.value_or(scenario.runs), command_);
        if (!asked_.posterior.empty()) spread(scenario, made);
        describe(made, scenario.calendar, spans);
        made.plan = score_plan(std::move(scenario), spans);
        made.model = compile(made.plan.scenario, {.varied = made.study.varied});
        made.study.models = {&made.model};
    }

private:
    void refuse_without_record(const Scenario& scenario) const {
        if (scenario.observed.empty() && scenario.record.empty())
            throw Error(fmt::format("'{}' has nothing to be scored against: it has no `observed` and no `record`", scenario.path),
                        "write what came: observed: {measure: {date: 2025-07-03}}");
    }

    /// Makes the columns of the table parameters of the study.
    void spread(Scenario& scenario, PreparedScore& made) const {
        ListedPoints listed = listed_points(scenario, asked_.posterior, attendant_);
        scenario = std::move(listed.scenario);
        SpreadRuns runs = spread_runs(listed.points, made.record.replicates, asked_.study.seed);
        made.study.varied = std::move(listed.varied);
        made.study.points = std::move(runs.points);
        made.study.first_runs_of_points = own_first_runs(made.study.points);
        made.record.replicates = runs.replicates;
        made.record.identity.independent = true;
        made.record.identity.factors = made.study.points.names;
    }

    void describe(PreparedScore& made, const Calendar& calendar, const std::vector<ScoreSpan>& spans) const {
        made.record.identity.scored = span_told(calendar, {spans.front().since, spans.back().until});
        if (spans.size() > 1) made.record.identity.scored += " from each year";
        made.record.design =
            asked_.posterior.empty() ? "runs as they are" : fmt::format("{} points of {}", made.study.points.size(), asked_.posterior);
        made.record.history = {static_cast<std::int64_t>(made.study.point_count())};
        made.design_text = asked_.posterior;
    }

    const ScoreArguments& asked_;
    const CommandLine& command_;
    Attendant& attendant_;
};

ExitCode conclude(const ScoreArguments& asked, const PreparedScore& prepared, StudySession& session) {
    const Scored scored = score_study(prepared.plan, session.values(), prepared.study, bootstrap_of(asked));
    const ScoreTold told{&prepared.plan, &scored, prepared.warnings};
    const std::string json = score_json(told, session.record(), session.outcome());
    session.conclude([&](StagedFiles& files) {
        stage_score(files, told, json);
        if (!prepared.study.varied.empty()) files.write("design.csv", [&](const Sink& sink) { write_design(prepared.study.points, sink); });
    });
    const std::string page = add_report_page(asked.study, session, prepared.plan.scenario, score_headline(scored.pool), score_findings(told), [&](page::Report& report) { report.score = score_data(told); });
    print_summary(asked.study, json, [&] {
        return score_text(told, session.record(), session.outcome(), style_of(1)) + score_files_text(session.folder(), page);
    });
    return session.code();
}

ExitCode score(const ScoreArguments& asked, const CommandLine& command, Attendant& its_attendant) {
    asked.check();
    if (!asked.from.empty()) return score_from(asked, command, its_attendant);
    return with_ranks(its_attendant, [&](Ranks& ranks, Attendant& attendant) {
        PreparedScore prepared;
        together(ranks, [&] { ScorePreparation(asked, command, attendant).prepare(prepared); });
        StudySession session(ranks, attendant, asked.study, prepared.study, prepared.record, prepared.design_text);
        if (asked.study.dry_run) {
            if (ranks.rank() == 0) print_lines(session.dry_run_text());
            return ExitCode::fine;
        }
        if (!session.carry_out()) return session.code();
        return conclude(asked, prepared, session);
    });
}

}  // namespace

Subcommand add_score(Options& app) {
    Options* self = app.add_subcommand("score", "Hold runs against the record, beside forecasts that know nothing but the past");
    const auto asked = std::make_shared<ScoreArguments>();
    asked->add_to(*self);
    self->footer(R"(
Examples:
  entente score scenarios/moscow-kabul.yaml --since 2024-01-01
  entente score scenarios/moscow-kabul.yaml --since 2022-01-01 --rolling year
  entente score my.yaml --since 2024-01-01 --posterior fit/posterior.csv \
      --runs 10000
  entente condition my.yaml --until 2023-12-31 --snapshot known.snap
  entente score --from known.snap

Dates of `observed` and first times of `record` are scored by whether they came
(Brier), in which quarter (log) and when (CRPS as a share of the time); numbers
by CRPS and the interval score of their central 90 %. Beside each stand the
same scores of a constant hazard or base rate, of climatology, of the last
value and of nothing changing, all from the record before --since. Skill is
1 - score / baseline, with a bootstrap interval over items, or over the agents
that they are of. What had come before --since is left out.

The results folder gets scores.csv (pooled), items.csv, item_scores.csv,
reliability.csv, summary.json, manifest.json and report.html. Rerun the same
command after Ctrl-C: it resumes.

Exit codes: 0 success, 1 --no-runs found runs missing, 2 wrong usage or a
scenario with errors, 3 runs failed, 130 interrupted and saved.
)");
    return {self, [asked](const CommandLine& command, Attendant& attendant) { return score(*asked, command, attendant); },
            [asked](const ReportPlace& place) { asked->study.keep_report_only(place); }};
}

}  // namespace entente
