#include "session/score_from.hpp"

#include <iostream>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/wording.hpp>
#include <entente/report/report_data.hpp>
#include <entente/report/score_data.hpp>
#include <entente/store/folder_files.hpp>
#include <entente/study/ensemble.hpp>
#include <entente/summary/headline.hpp>

#include "session/console.hpp"
#include "session/dry_run.hpp"
#include "session/origin.hpp"
#include "session/point_study.hpp"

namespace entente {

namespace {

/// The options as those of `run` have it.
RunArguments run_arguments(const ScoreArguments& asked) {
    RunArguments arguments;
    arguments.scenario = asked.study.scenario;
    arguments.from = asked.from;
    arguments.runs = asked.study.replicates;
    arguments.report.none = true;
    arguments.plan.threads = asked.study.plan.tiles.threads;
    arguments.plan.lanes = asked.study.plan.tiles.lanes;
    arguments.plan.instruction_set = asked.study.plan.tiles.instruction_set;
    arguments.plan.fail_fast = asked.study.plan.fail_fast;
    arguments.plan.series_runs = 0;
    return arguments;
}

StudyRecord record_from(const ScoreArguments& asked, const Origin& origin, const Scenario& scenario, const RunPlan& plan,
                        const std::vector<ScoreSpan>& spans, const CommandLine& command) {
    StudyArguments study = asked.study;
    study.scenario = origin.scenario();
    study.seed = plan.seed;
    StudyRecord record = study_record("score", study, scenario, plan.runs, command);
    record.identity.scenario.from = origin.named();
    record.identity.scored = span_told(scenario.calendar, {spans.front().since, spans.back().until});
    record.design = "runs from " + asked.from;
    record.points = 1;
    record.history = {1};
    return record;
}

/// Makes the folder where there is none. Throws Error where it can't be made, or holds something else.
void claim_folder(const std::filesystem::path& folder, const StudyRecord& record) {
    std::error_code trouble;
    std::filesystem::create_directories(folder, trouble);
    if (trouble)
        throw Error(fmt::format("cannot make the folder '{}': {}", folder.string(), trouble.message()), "write elsewhere with --out");
    const std::filesystem::path manifest = folder / "manifest.json";
    if (!std::filesystem::exists(manifest)) return;
    const auto found = differences(read_study_manifest(text_of(manifest)).identity, record.identity);
    if (!found.empty())
        throw Error(fmt::format("the folder '{}' holds other results: {}", folder.string(), fmt::join(found, "; ")),
                    "name another folder with --out");
}

Results made_runs(const Model& model, RunPlan plan, bool shows_progress, Attendant& attendant) {
    plan.abandon = [&] { return attendant.is_overdue(); };
    const auto watch = attendant.watch_runs(shows_progress);
    const auto tell = [&](const Progress& progress) {
        watch->show(progress);
        return !attendant.wants_stop();
    };
    Results results = run_ensemble(model, plan, tell);
    if (results.runs < plan.runs)
        throw Error(fmt::format("interrupted: {} of {} were made", with_commas(results.runs), counted(plan.runs, "run")),
                    "run the same command to start over", ExitCode::interrupted);
    return results;
}

StudyOutcome outcome_of(const Results& results) {
    return {.runs = results.runs,
            .failed = std::ssize(results.failures),
            .digest = results.digest,
            .finished = utc_now(),
            .seconds = results.seconds,
            .runs_made = results.runs,
            .threads = results.threads,
            .instruction_set = results.instruction_set};
}

std::string add_page(const ScoreArguments& asked, const StudyArguments& study, const std::filesystem::path& folder,
                     const StudyRecord& record, const StudyOutcome& outcome, const ScoreTold& told) {
    if (asked.study.report.none) return {};
    ReportHead head = study_report_head(record, outcome, told.plan->scenario, study.scenario.changes(told.plan->scenario));
    head.headline = score_headline(told.scored->pool);
    head.findings = score_findings(told);
    page::Report report = report_data(head);
    report.score = score_data(told);
    const std::string file = write_report(asked.study.report, folder, report);
    return ", " + (asked.study.report.file.empty() ? "report.html" : file);
}

void tell_failed(const Results& results, Attendant& attendant) {
    if (!results.failures.empty())
        attendant.tell_error(fmt::format("{} of {} failed; {}", with_commas(std::ssize(results.failures)), counted(results.runs, "run"),
                               results.failures.front().told()),
                   "");
}

}  // namespace

Bootstrap bootstrap_of(const ScoreArguments& asked) {
    return {.resamples = asked.resamples, .confidence = 0.95, .seed = asked.study.seed};
}

void tell_fitted(const std::vector<std::string>& warnings, Attendant& attendant) {
    for (const std::string& warning : warnings)
        attendant.tell_warning(warning, "what was known when a parameter was set is no test of it: score from a later day, or fit to an earlier one");
}

void stage_score(StagedFiles& files, const ScoreTold& told, const std::string& json) {
    files.write("scores.csv", [&](const Sink& sink) { write_pooled_scores(told, sink); });
    files.write("items.csv", [&](const Sink& sink) { write_score_items(told, sink); });
    files.write("item_scores.csv", [&](const Sink& sink) { write_item_scores(told, sink); });
    files.write("reliability.csv", [&](const Sink& sink) { write_reliability(told, sink); });
    files.write("summary.json", json);
}

std::string score_files_text(const std::filesystem::path& folder, const std::string& page) {
    return fmt::format("Results  {}: scores.csv, items.csv, item_scores.csv, reliability.csv, summary.json, manifest.json{}\n",
                       folder.string(), page);
}

ExitCode score_from(const ScoreArguments& asked, const CommandLine& command, Attendant& attendant) {
    const RunArguments as_run = run_arguments(asked);
    const Origin origin(as_run);
    const Scenario scenario = origin.read(attendant);
    Snapshot snapshot = origin.snapshot();
    const std::vector<ScoreSpan> spans = asked.spans_from(scenario, snapshot.tick);
    const std::vector<std::string> warnings = fitted_warnings(scenario, spans.front().since);
    tell_fitted(warnings, attendant);
    const ScorePlan plan = score_plan(scenario, spans);
    const Model model = compile(plan.scenario, {.varied = {}, .starts_known = false});
    add_measures(snapshot, model);
    const RunPlan runs = as_run.plan_for(snapshot, model.calendar);
    check_plan(model, runs);
    const StudyRecord record = record_from(asked, origin, scenario, runs, spans, command);
    const std::filesystem::path folder = study_path(asked.study, record, asked.from);
    if (asked.study.dry_run) {
        print_lines(dry_run_text(model, runs, folder.string()));
        return ExitCode::fine;
    }
    claim_folder(folder, record);
    const Results results = made_runs(model, runs, !asked.study.quiet, attendant);
    const StudyOutcome outcome = outcome_of(results);
    const Scored scored = score_results(plan, results, bootstrap_of(asked));
    const ScoreTold told{&plan, &scored, warnings};
    const std::string json = score_json(told, record, outcome);
    StagedFiles files(folder);
    stage_score(files, told, json);
    files.write("manifest.json", study_manifest_json(record, Completeness::complete, &outcome));
    files.publish();
    StudyArguments study = asked.study;
    study.scenario = origin.scenario();
    const std::string page = add_page(asked, study, folder, record, outcome, told);
    print_summary(asked.study, json, [&] { return score_text(told, record, outcome, style_of(1)) + score_files_text(folder, page); });
    tell_failed(results, attendant);
    return results.failures.empty() ? ExitCode::fine : ExitCode::runs_failed;
}

}  // namespace entente
