#include <iostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/draws.hpp>
#include <entente/base/version.hpp>
#include <entente/base/wording.hpp>
#include <entente/output/comparison_json.hpp>
#include <entente/output/comparison_tables.hpp>
#include <entente/output/comparison_text.hpp>
#include <entente/output/run_tables.hpp>
#include <entente/output/study_tables.hpp>
#include <entente/output/study_text.hpp>
#include <entente/report/studies_data.hpp>
#include <entente/report/study_runs_data.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/study/recorder.hpp>
#include <entente/summary/comparison_courses.hpp>
#include <entente/summary/headline.hpp>

#include "arguments/compare_arguments.hpp"
#include "commands.hpp"
#include "session/console.hpp"
#include "session/study_session.hpp"

namespace entente {

namespace {

/// What is run and how it came about.
struct Prepared {
    std::vector<Alternative> alternatives;
    std::vector<Model> models;
    Study study;
    StudyRecord record;
};

void refuse_too_many(std::int64_t replicates, std::size_t alternatives) {
    if (replicates > independent_runs)
        throw Error(fmt::format("independent alternatives have room for {} each, not {}", counted(independent_runs, "run"),
                                with_commas(replicates)),
                    "ask for fewer --replicates");
    if (static_cast<std::int64_t>(alternatives) * independent_runs > most_runs)
        throw Error(fmt::format("there is room for {} independent alternatives, not {}", most_runs / independent_runs, alternatives),
                    "compare fewer at a time, or drop --unpaired");
}

Identity identity_of(const Alternative& alternative, std::uint64_t seed, std::int64_t first_run) {
    return {.entente = std::string(version()),
            .scenario_hash = alternative.scenario.hash,
            .variant = alternative.change.variant,
            .settings = alternative.change.values_set(alternative.scenario),
            .seed = seed,
            .runs = 0,
            .first_run = first_run};
}

Prepared prepare(const CompareArguments& asked, const CommandLine& command, Attendant& attendant) {
    const auto sign = attendant.busy_with("loading and compiling", !asked.study.quiet);
    const Scenario as_written = asked.study.scenario.read_as_written(attendant);
    const Scenario common = asked.study.scenario.changed(as_written);
    Prepared prepared;
    prepared.alternatives = alternatives_of(asked, as_written);
    prepared.record = study_record("compare", asked.study, common, asked.study.replicates.value_or(common.runs), command);
    StudyRecord& record = prepared.record;
    if (asked.study.unpaired) refuse_too_many(record.replicates, prepared.alternatives.size());
    record.design = asked.study.unpaired ? "alternatives with independent runs" : "alternatives under common random numbers";
    record.identity.alternatives.clear();
    for (const Alternative& alternative : prepared.alternatives) {
        const std::int64_t first_run = asked.study.unpaired ? std::ssize(prepared.models) * independent_runs : 0;
        prepared.models.push_back(compile(alternative.scenario));
        prepared.study.first_runs.push_back(first_run);
        record.identity.alternatives.push_back(alternative.name);
        record.alternatives.push_back(identity_of(alternative, asked.study.seed, first_run));
    }
    for (const Model& model : prepared.models) prepared.study.models.push_back(&model);
    chosen_outcomes(empty_results(prepared.models.front(), 0, 0),
                    asked.measures);  // unknown names are reported before anything is run
    return prepared;
}

/// Runs of an alternative with their series of `rows`, as many as courses are taken of.
MakeRuns course_maker(const CompareArguments& asked, const Prepared& prepared, const SeriesRows& rows) {
    const TilePlan& tiles = asked.study.plan.tiles;
    RunPlan plan{.seed = asked.study.seed, .threads = tiles.threads, .lanes = tiles.lanes, .instruction_set = tiles.instruction_set};
    plan.series_rows = rows;
    plan.runs = plan.series_runs = course_runs(prepared.record.replicates, series_bytes_per_run(prepared.models.front(), rows));
    return [&prepared, plan](std::size_t alternative) mutable {
        plan.first_run = prepared.study.first_runs[alternative];
        return run_ensemble(prepared.models[alternative], plan);
    };
}

/// Courses of the alternatives, where they are wanted, all runs are there and anything that is told of has a course.
std::optional<ComparisonCourses> courses_of(const CompareArguments& asked, const Prepared& prepared, const ComparedRuns& runs, const Comparison& comparison,
                                            bool is_complete) {
    if (!asked.courses || !is_complete) return {};
    std::vector<Outcome> outcomes;
    for (const OutcomeComparison& compared : comparison.outcomes) outcomes.push_back(compared.outcome);
    const SeriesRows rows = course_rows(runs.layout, outcomes);
    if (std::ranges::all_of(rows, &std::vector<std::int64_t>::empty)) return {};
    return comparison_courses(prepared.models.size(), course_maker(asked, prepared, rows), runs.pairing, asked.confidence, rows);
}

ExitCode conclude(const CompareArguments& asked, const Prepared& prepared, StudySession& session) {
    const StudyValues& values = session.values();
    const ComparedRuns runs = compared_runs(values, session.record());
    const Comparison comparison = compare(runs, asked.measures, asked.confidence);
    const std::string json = comparison_json(runs, comparison, session.outcome().digest);
    const auto courses = courses_of(asked, prepared, runs, comparison, session.is_complete());
    std::vector<std::string> written;
    session.conclude([&](StagedFiles& files) {
        files.write("differences.csv", [&](const Sink& sink) { write_differences(runs, comparison, sink); });
        if (!comparison.dates.empty()) files.write("curves.csv", [&](const Sink& sink) { write_curves(runs, comparison, sink); });
        if (courses)
            files.write("courses.csv", [&](const Sink& sink) { write_courses(*courses, session.record().identity.alternatives, sink); });
        files.write("runs.csv",
                    [&](const Sink& sink) { write_study_runs(values, prepared.study, session.record().identity.alternatives, sink); });
        if (has_rows(values.layout()))
            files.write("rows.csv",
                        [&](const Sink& sink) { write_study_rows(values, prepared.study, session.record().identity.alternatives, sink); });
        files.write("summary.json", json);
        written = files.names();
    });
    const std::string page = add_report_page(asked.study, session, prepared.alternatives.front().scenario, comparison_headline(runs, comparison), comparison_findings(runs, comparison),
                                             [&](page::Report& report) {
                                                 report.comparison = comparison_data(runs, comparison, courses ? &*courses : nullptr);
                                                 report.study_runs = compared_runs_data(values, prepared.study);
                                             });
    if (asked.study.json) {
        std::cout << json;
    } else if (!asked.study.quiet) {
        print_lines(comparison_text(runs, comparison, style_of(1)) + '\n' + study_cost_text(session.outcome()));
        print_lines(fmt::format("Results  {}: {}, manifest.json{}\n", session.folder().string(), fmt::join(written, ", "), page));
    }
    flush_output();
    return session.code();
}

ExitCode compare_alternatives(const CompareArguments& asked, const CommandLine& command, Attendant& its_attendant) {
    return with_ranks(its_attendant, [&](Ranks& ranks, Attendant& attendant) {
        Prepared prepared;
        together(ranks, [&] { prepared = prepare(asked, command, attendant); });
        StudySession session(ranks, attendant, asked.study, prepared.study, prepared.record, "");
        if (asked.study.dry_run) {
            if (ranks.rank() == 0) print_lines(session.dry_run_text());
            return ExitCode::fine;
        }
        if (!session.carry_out()) return session.code();
        return conclude(asked, prepared, session);
    });
}

}  // namespace

Subcommand add_compare(Options& app) {
    Options* self = app.add_subcommand("compare", "Run alternatives under the same random numbers and report differences");
    const auto asked = std::make_shared<CompareArguments>();
    asked->add_to(*self);
    self->footer(R"(
Examples:
  entente compare scenarios/moscow-kabul.yaml
  entente compare scenarios/moscow-kabul.yaml --with no_aid \
      --with aid_rate=4 --with no_aid,shared_enemy=0.5
  entente compare scenarios/moscow-kabul.yaml --baseline sealed_border \
      --with porous_border --measure recognised
  entente compare rivals.yaml --with 'bloc[entente].arms=130' \
      --replicates 10000 --out results/arms

Run k of every alternative draws the same random numbers (common random
numbers), so that differences are caused by the alternatives, and outcomes are
compared run by run. The results folder gets differences.csv, curves.csv
(dates), courses.csv (series), runs.csv, summary.json and manifest.json. Rerun
the same command after Ctrl-C: it resumes. More --replicates add to the runs
already there.

Exit codes: 0 success, 1 --no-runs found runs missing, 2 wrong usage or a
scenario with errors, 3 runs failed, 130 interrupted and saved.
)");
    return {self, [asked](const CommandLine& command, Attendant& attendant) { return compare_alternatives(*asked, command, attendant); },
            [asked](const ReportPlace& place) { asked->study.keep_report_only(place); }};
}

}  // namespace entente
