#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include <entente/output/sweep_json.hpp>
#include <entente/output/sweep_text.hpp>
#include <entente/report/studies_data.hpp>
#include <entente/report/study_runs_data.hpp>
#include <entente/scenario/files.hpp>
#include <entente/scenario/settings.hpp>
#include <entente/store/folder_files.hpp>
#include <entente/study/recorder.hpp>
#include <entente/study/sweep_design.hpp>
#include <entente/summary/headline.hpp>
#include <entente/summary/sweep_summary.hpp>

#include "arguments/sweep_arguments.hpp"
#include "commands.hpp"
#include "session/console.hpp"
#include "session/point_study.hpp"

namespace entente {

namespace {

class Preparation {
public:
    Preparation(const SweepArguments& asked, Attendant& attendant) : asked_(asked), attendant_(attendant) {}

    PointStudy prepared() {
        const auto sign = attendant_.busy_with("loading and compiling", !asked_.study.quiet);
        asked_.check();
        const Scenario scenario = asked_.study.scenario.read(attendant_);
        if (asked_.points.empty())
            by_factors(scenario);
        else
            by_list(scenario);
        made_.model = compile(made_.scenario, {.varied = made_.study.varied});
        chosen_outcomes(empty_results(made_.model, 0, 0), asked_.measures);  // an unknown one, before any run
        return std::move(made_);
    }

private:
    void by_factors(const Scenario& scenario) {
        const auto texts = texts_to_vary(made_, scenario, asked_.study.scenario, asked_.vary);
        const std::vector<Factor> factors = vary_in(made_, scenario, texts, attendant_);
        const SweepPlan plan = asked_.design_plan();
        if (plan.form == SweepForm::sobol) warn_of_balance(plan.samples, attendant_);
        made_.design = form_text(factors, plan);
        made_.history = history_of(factors, plan);
        made_.study.points = sweep_points(factors, plan, made_.history);
        if (plan.form == SweepForm::grid) made_.history = {static_cast<std::int64_t>(made_.study.points.size())};
        made_.design_text += plan.form == SweepForm::grid ? fmt::format("grid {}", plan.levels) : made_.design;
    }

    [[nodiscard]] std::vector<std::int64_t> history_of(const std::vector<Factor>& factors, const SweepPlan& plan) const {
        if (plan.form != SweepForm::latin) return {plan.samples};
        return history(names_of(factors), plan.samples);
    }

    /// Numbers of samples that this study was asked for before, with the one that is asked for now.
    [[nodiscard]] std::vector<std::int64_t> history(const std::vector<std::string>& factors, std::int64_t samples) const {
        StudyRecord record = study_record("sweep", asked_.study, made_.scenario, 1, {});
        record.identity.factors = factors;
        const auto manifest = study_path(asked_.study, record, made_.design_text + made_.design) / "manifest.json";
        std::vector<std::int64_t> history;
        if (std::filesystem::exists(manifest)) {
            try {
                const StudyManifest there = read_study_manifest(text_of(manifest));
                if (there.form == made_.design && there.identity == record.identity) history = there.history;
            } catch (const Error&) {  // something else, as claiming the folder will report
            }
        }
        if (history.empty() || history.back() != samples) history.push_back(samples);
        return history;
    }

    void by_list(const Scenario& scenario) {
        ListedPoints listed = listed_points(scenario, asked_.points, attendant_);
        made_.scenario = std::move(listed.scenario);
        made_.study.varied = std::move(listed.varied);
        made_.study.points = std::move(listed.points);
        made_.design = "points of " + asked_.points;
        made_.design_text = "list " + asked_.points;
        made_.history = {static_cast<std::int64_t>(made_.study.points.size())};
    }

    const SweepArguments& asked_;
    Attendant& attendant_;
    PointStudy made_;
};

ExitCode conclude(const SweepArguments& asked, const PointStudy& prepared, StudySession& session) {
    const Study& study = prepared.study;
    const StudyValues& values = session.values();
    const SweepSummary summary = summarise_sweep(values, study.pairing_of_points(), asked.measures, study.points.weights);
    const std::string json = sweep_json(session.record(), session.outcome(), values, study, summary);
    conclude_tables(session, study, json, {});
    const std::string page = add_report_page(asked.study, session, prepared.scenario, sweep_headline(values, study, session.record().labels, summary), sweep_findings(values, study, session.record(), summary),
                                             [&](page::Report& report) {
                                                 report.sweep = sweep_data(values, study, prepared.scenario, summary);
                                                 report.study_runs = study_runs_data(values, study, prepared.scenario);
                                             });
    print_summary(asked.study, json, [&] {
        return sweep_text(session.record(), session.outcome(), values, study, summary, style_of(1)) +
               fmt::format("Results  {}: points.csv, runs.csv{}, design.csv, summary.json, manifest.json{}\n", session.folder().string(), row_tables(session), page);
    });
    return session.code();
}

ExitCode sweep(const SweepArguments& asked, const CommandLine& command, Attendant& its_attendant) {
    return with_ranks(its_attendant, [&](Ranks& ranks, Attendant& attendant) {
        PointStudy prepared;
        together(ranks, [&] { prepared = Preparation(asked, attendant).prepared(); });
        if (!asked.emit_design.empty()) return ranks.rank() == 0 ? emit_design(prepared.study.points, asked.emit_design) : ExitCode::fine;
        return carry_out(ranks, attendant, "sweep", asked.study, prepared, command, [&](StudySession& session) { return conclude(asked, prepared, session); });
    });
}

}  // namespace

Subcommand add_sweep(Options& app) {
    Options* self = app.add_subcommand("sweep", "Run a scenario at many points of its parameters and save the results of each");
    const auto asked = std::make_shared<SweepArguments>();
    asked->add_to(*self);
    self->footer(R"(
Examples:
  entente sweep scenarios/moscow-kabul.yaml --vary aid_rate=0:4:5 \
      --vary pull_trust=3:9:4 --replicates 200
  entente sweep scenarios/moscow-kabul.yaml --vary aid_rate=0:4 \
      --vary pull_trust --samples 256 --replicates 32
  entente sweep rivals.yaml --vary 'bloc[alliance].arms=50:150:11' \
      --vary 'fatigue={0.6, 1.2}'
  mpirun -n 4 entente sweep …

Finished shards of runs are on disk. Rerun the same command after Ctrl-C, a
crash or a full disk: it resumes and ends with the same digest. More --samples
or --replicates in the same --out add to the runs already there.

Exit codes: 0 success, 1 --no-runs found runs missing, 2 wrong usage or a
scenario with errors, 3 runs failed, 130 interrupted and saved.
)");
    return {self, [asked](const CommandLine& command, Attendant& attendant) { return sweep(*asked, command, attendant); },
            [asked](const ReportPlace& place) { asked->study.keep_report_only(place); }};
}

}  // namespace entente
