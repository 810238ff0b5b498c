#include <algorithm>
#include <iostream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/wording.hpp>
#include <entente/output/sensitivity_json.hpp>
#include <entente/output/sensitivity_tables.hpp>
#include <entente/output/sensitivity_text.hpp>
#include <entente/output/study_tables.hpp>
#include <entente/report/report_data.hpp>
#include <entente/report/studies_data.hpp>
#include <entente/report/study_runs_data.hpp>
#include <entente/scenario/files.hpp>
#include <entente/store/folder_files.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/study/recorder.hpp>
#include <entente/study/sweep_design.hpp>
#include <entente/summary/given_outcomes.hpp>
#include <entente/summary/headline.hpp>
#include <entente/summary/sensitivity_report.hpp>

#include "arguments/sensitivity_arguments.hpp"
#include "commands.hpp"
#include "session/console.hpp"
#include "session/point_study.hpp"

namespace entente {

namespace {

struct Prepared {
    PointStudy study;
    SensitivityDesign design;
};

std::string words_for(const SensitivityPlan& plan) {
    const auto samples = static_cast<std::int64_t>(plan.samples);
    if (plan.method == SensitivityMethod::morris)
        return fmt::format("Morris's design of {}, {} levels", counted(samples, "trajectory"), plan.levels);
    return fmt::format("Saltelli's design of {}{}{}", counted(samples, "base row"),
                       plan.second_order == SecondOrder::yes ? ", second order" : "",
                       plan.scramble == Scramble::none ? ", unscrambled" : "");
}

/// What distinguishes designs that can't grow into each other: with more samples, or second order, the same points recur.
std::string design_text(const SensitivityPlan& plan, const NamedGroups& groups) {
    std::string text = plan.method == SensitivityMethod::morris ? fmt::format("morris {}", plan.levels) : "sobol";
    if (plan.scramble == Scramble::none) text += " unscrambled";
    return text + fmt::format("|{}", fmt::join(groups.of_factor, " "));
}

Prepared prepare(const SensitivityArguments& asked, Attendant& attendant) {
    const auto sign = attendant.busy_with("loading and compiling", !asked.study.quiet);
    asked.refuse_contradictions();
    const Scenario scenario = asked.study.scenario.read(attendant);
    const SensitivityPlan plan = asked.plan();
    Prepared made;
    const auto texts = texts_to_vary(made.study, scenario, asked.study.scenario, asked.vary);
    const std::vector<Factor> factors = vary_in(made.study, scenario, texts, attendant);
    refuse_levels(factors, "a sensitivity analysis");
    if (plan.method == SensitivityMethod::sobol) warn_of_balance(static_cast<std::int64_t>(plan.samples), attendant);
    made.design = sensitivity_design(factors, read_groups(asked.groups, names_of(factors)), plan);
    made.study.study.points = made.design.points;
    made.study.design = words_for(plan);
    made.study.design_text += design_text(plan, made.design.groups);
    made.study.history = {static_cast<std::int64_t>(plan.samples)};
    made.study.model = compile(made.study.scenario, {.varied = made.study.study.varied});
    if (asked.from_results.empty()) chosen_outcomes(empty_results(made.study.model, 0, 0), asked.measures);  // an unknown one, before any run
    return made;
}

Pairing pairing_of(const StudyArguments& asked) {
    return asked.unpaired ? Pairing::unpaired : Pairing::paired;
}

void tell_refusal(const SensitivityReport& report, Attendant& attendant) {
    attendant.tell_error(
        fmt::format("there are no indices: {} of {} failed, and --allow-failed allows a share of {}", with_commas(report.outcome.failed),
                    counted(report.outcome.runs, report.results_file.empty() ? "run" : "row"), exact(report.allowed_failures)),
        "find out why they fail, or allow them: means are then taken over the replicates that did not fail");
}

ExitCode conclude(const SensitivityArguments& asked, const Prepared& prepared, StudySession& session, Attendant& attendant) {
    const StudyValues& values = session.values();
    SensitivityReport report{.record = session.record(),
                             .design = prepared.design,
                             .bootstrap = asked.bootstrap(),
                             .outcome = session.outcome(),
                             .failures = values.failures(),
                             .allowed_failures = asked.allowed_failures,
                             .results_file = {},
                             .outcomes = {},
                             .layout = values.layout()};
    if (!report.is_refused())
        for (const Outcome& outcome : chosen_outcomes(values.layout(), asked.measures))
            report.outcomes.push_back(sensitivity_of(sample_of(values, outcome), static_cast<std::size_t>(values.replicates()),
                                                     prepared.design, report.bootstrap, pairing_of(asked.study)));
    const std::string json = sensitivity_json(report);
    conclude_tables(session, prepared.study.study, json,
                    [&](StagedFiles& files) { files.write("indices.csv", [&](const Sink& sink) { write_indices(report, sink); }); });
    const std::string page = add_report_page(asked.study, session, prepared.study.scenario, sensitivity_headline(report), sensitivity_findings(report),
                                             [&](page::Report& shown) {
                                                 shown.sensitivity = sensitivity_data(report, prepared.study.scenario);
                                                 shown.study_runs = study_runs_data(values, prepared.study.study, prepared.study.scenario,
                                                                                    static_cast<std::int64_t>(prepared.design.points_per_sample()));
                                             });
    print_summary(asked.study, json, [&] {
        return sensitivity_text(report, style_of(1)) +
               fmt::format("Results  {}: indices.csv, points.csv, runs.csv{}, design.csv, summary.json, manifest.json{}\n",
                           session.folder().string(), row_tables(session), page);
    });
    if (report.is_refused()) tell_refusal(report, attendant);
    return session.code(asked.allowed_failures);
}

/// The folder of --out for indices alone: empty, or with such files of ours.
void claim_for_indices(const std::filesystem::path& folder) {
    claim_folder(folder);
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name == "design.csv" || name == "indices.csv" || name == "summary.json" || name == "report.html" || name.ends_with(".part")) continue;
        throw Error(fmt::format("the folder '{}' is taken: it holds '{}'", folder.string(), name), "name a new or empty folder with --out");
    }
}

/// The page of indices of given outcomes, in the folder of --out or where --report says; "" where there is neither.
std::string write_given_page(const SensitivityArguments& asked, const SensitivityReport& report, const Scenario& scenario) {
    const ReportArguments& page = asked.study.report;
    if (page.none || (asked.study.out.empty() && page.file.empty())) return {};
    ReportHead head = study_report_head(report.record, report.outcome, scenario, asked.study.scenario.changes(scenario));
    for (LabelledTexts* texts : {&head.facts, &head.provenance})
        for (auto& [label, value] : *texts)
            if (label == "Runs") label = "Rows";
    head.provenance.emplace_back("Outcomes from", report.results_file);
    head.headline = sensitivity_headline(report);
    head.findings = sensitivity_findings(report);
    page::Report shown = report_data(head);
    shown.sensitivity = sensitivity_data(report, scenario);
    return write_report(page, asked.study.out, shown);
}

ExitCode from_results(const SensitivityArguments& asked, const Prepared& prepared, const CommandLine& command, Attendant& attendant) {
    const GivenOutcomes given = read_outcomes(asked.from_results, read_bytes(asked.from_results, asked.from_results, largest_table), prepared.design.points,
                                              empty_results(prepared.study.model, 0, 0), asked.measures);
    tell_notes(given.notes, attendant);
    SensitivityReport report{
        .record = study_record("sensitivity", asked.study, prepared.study.scenario, static_cast<std::int64_t>(given.replicates), command),
        .design = prepared.design,
        .bootstrap = asked.bootstrap(),
        .outcome = {},
        .failures = {},
        .allowed_failures = asked.allowed_failures,
        .results_file = asked.from_results,
        .outcomes = {},
        .layout = empty_results(prepared.study.model, 0, 0)};
    report.record.design = prepared.study.design;
    report.record.varies_all_priors = prepared.study.varies_all_priors;
    report.record.points = prepared.study.study.point_count();
    report.record.identity.factors = prepared.study.study.points.names;
    report.outcome.runs = static_cast<std::int64_t>(given.rows);
    report.outcome.failed = static_cast<std::int64_t>(given.lacking);
    if (!report.is_refused())
        for (const OutcomeSample& sample : given.outcomes)
            report.outcomes.push_back(sensitivity_of(sample, given.replicates, prepared.design, report.bootstrap, pairing_of(asked.study)));
    const std::string json = sensitivity_json(report);
    if (!asked.study.out.empty()) {
        claim_for_indices(asked.study.out);
        StagedFiles files(asked.study.out);
        files.write("design.csv", [&](const Sink& sink) { write_design(prepared.design.points, sink); });
        files.write("indices.csv", [&](const Sink& sink) { write_indices(report, sink); });
        files.write("summary.json", json);
        files.publish();
    }
    const std::string page = write_given_page(asked, report, prepared.study.scenario);
    print_summary(asked.study, json, [&] {
        std::string text = sensitivity_text(report, style_of(1));
        if (!asked.study.out.empty()) text += fmt::format("\nResults  {}: indices.csv, design.csv, summary.json", asked.study.out);
        if (!page.empty()) text += asked.study.out.empty() ? "\nReport   " + page : ", " + (asked.study.report.file.empty() ? "report.html" : page);
        return text + (asked.study.out.empty() && page.empty() ? "" : "\n");
    });
    if (!report.is_refused()) return ExitCode::fine;
    tell_refusal(report, attendant);
    return ExitCode::runs_failed;
}

ExitCode sensitivity(const SensitivityArguments& asked, const CommandLine& command, Attendant& its_attendant) {
    return with_ranks(its_attendant, [&](Ranks& ranks, Attendant& attendant) {
        Prepared prepared;
        together(ranks, [&] { prepared = prepare(asked, attendant); });
        if (!asked.emit_design.empty()) return ranks.rank() == 0 ? emit_design(prepared.design.points, asked.emit_design) : ExitCode::fine;
        if (!asked.from_results.empty()) return ranks.rank() == 0 ? from_results(asked, prepared, command, attendant) : ExitCode::fine;
        return carry_out(
            ranks, attendant, "sensitivity", asked.study, prepared.study, command,
            [&](StudySession& session) { return conclude(asked, prepared, session, attendant); }, asked.allowed_failures);
    });
}

}  // namespace

Subcommand add_sensitivity(Options& app) {
    Options* self = app.add_subcommand("sensitivity", "Rank parameters by their influence on outcomes, and estimate the share of noise");
    const auto asked = std::make_shared<SensitivityArguments>();
    asked->add_to(*self);
    self->footer(R"(
Examples:
  entente sensitivity scenarios/moscow-kabul.yaml --vary aid_rate=0:4 \
      --vary pull_trust --samples 256 --replicates 32
  entente sensitivity scenarios/moscow-kabul.yaml --vary aid_rate=0:4 \
      --vary pull_trust --vary shock --method morris
  entente sensitivity rivals.yaml --vary reaction=0.5:1.5 \
      --vary fatigue=0.5:2 --group zeal=reaction,fatigue
  mpirun -n 4 entente sensitivity …

Indices are of the means over the replicates of each point. A date gives two
outcomes: NAME_years, the years to it, at most to the end of the calendar, and
NAME_came, 1 or 0. With --replicates 2 or more the share of noise is estimated;
noise in the means counts as interaction of all factors. More --samples,
--trajectories or --replicates in the same --out add to the runs already there.

--emit-design writes the points in the order of SALib, whose columns are the
factors; the first column is the number of the point:
  numpy.loadtxt('design.csv', delimiter=',', skiprows=1)[:, 1:]
--from-results takes a table with a row for each point or, with a column
'replicate', for each run, as pandas and R write them. Columns point and factors
are checked where they are present; all other columns of numbers are outcomes.
With --unpaired, replicates count as having their own random numbers.

Exit codes: 0 success, 1 --no-runs found runs missing, 2 wrong usage or a
scenario with errors, 3 more runs failed than --allow-failed, 130 interrupted
and saved.
)");
    return {self, [asked](const CommandLine& command, Attendant& attendant) { return sensitivity(*asked, command, attendant); },
            [asked](const ReportPlace& place) { asked->study.keep_report_only(place); }};
}

}  // namespace entente
