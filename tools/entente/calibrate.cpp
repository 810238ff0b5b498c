#include <cmath>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <entente/base/version.hpp>
#include <entente/base/wording.hpp>
#include <entente/output/calibration_json.hpp>
#include <entente/output/calibration_tables.hpp>
#include <entente/output/calibration_text.hpp>
#include <entente/output/rank_text.hpp>
#include <entente/report/calibration_data.hpp>
#include <entente/report/report_data.hpp>
#include <entente/store/file_format.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/summary/headline.hpp>

#include "commands.hpp"
#include "session/calibration.hpp"
#include "session/console.hpp"
#include "session/point_study.hpp"

namespace entente {

namespace {

/// A calibration on rank 0, to be concluded.
struct Concluding {
    const CalibrateArguments& asked;
    const PreparedCalibration& prepared;
    CalibrationSession& session;
    const Calibrated& made;
};

/// Writes report.html unless it is not wanted, and returns what the list of files says of it.
std::string add_page(const Concluding& it, std::vector<Headline> headline, std::vector<std::string> findings, page::CalibrationData data) {
    if (it.asked.study.report.none) return {};
    const StudyRecord& record = it.session.record();
    ReportHead head =
        study_report_head(record, it.made.outcome, it.prepared.scenario, it.asked.study.scenario.changes(it.prepared.scenario));
    const CalibrationFacts facts = it.session.facts(it.made);
    const bool has_evidence = facts.method == CalibrationMethod::likelihood && it.made.has_particles();
    const std::string evidence = has_evidence ? fmt::format("{:.2f} ± {}", facts.log_evidence, readable(facts.log_evidence_error)) : "";
    head.facts = {{"Horizon", calendar_text(it.prepared.model.calendar)},
                  {"Method", std::string(name_of(it.asked.method()))},
                  {"Record until", it.prepared.until},
                  {"Particles", with_commas(it.asked.particles)},
                  {"Runs", with_commas(it.made.outcome.runs)},
                  {"Log evidence", evidence},
                  {"Variant", record.labels.variant(record.identity.scenario.variant)},
                  {"Seed", std::to_string(record.identity.scenario.seed)}};
    head.headline = std::move(headline);
    head.findings = std::move(findings);
    page::Report report = report_data(head);
    report.calibration = std::move(data);
    const std::string file = write_report(it.asked.study.report, it.session.folder(), report);
    return ", " + (it.asked.study.report.file.empty() ? "report.html" : file);
}

std::string files_text(const Concluding& it, const std::string& tables, const std::string& page) {
    return fmt::format("Results  {}: {}, summary.json, manifest.json{}\n", it.session.folder().string(), tables, page);
}

/// How to go on with the posterior.
std::string next_text(const Concluding& it) {
    const std::string points = (it.session.folder() / "posterior.csv").string();
    std::string text =
        fmt::format("Next     entente run {} --posterior {}\n", shell_quoted(it.prepared.scenario.path), shell_quoted(points));
    if (it.prepared.model.calendar.is_dated())
        text += fmt::format("         where values from here go into the scenario, write fitted_to: {} beside them\n", it.prepared.until);
    return text;
}

void conclude_fit(const Concluding& it) {
    const Particles particles = it.made.particles();
    const CalibrationFacts facts = it.session.facts(it.made);
    const CalibrationSummary summary =
        summarise_calibration(it.prepared.factors, particles, *it.prepared.record, it.made.prior_runs, it.made.predicted);
    const std::string json = calibration_json(it.session.record(), it.made.outcome, facts, summary);
    std::vector<std::vector<double>> scales;
    if (it.made.fit)
        for (const AbcGeneration& generation : it.made.fit->generations()) scales.push_back(generation.scales);
    it.session.conclude(it.made, [&](StagedFiles& files) {
        files.write("posterior.csv",
                    [&](const Sink& sink) { write_posterior(points_of(it.prepared.factors, particles.unit), particles.weights, sink); });
        files.write("generations.csv", [&](const Sink& sink) { write_generations(facts.generations, facts.method, sink); });
        files.write("record.csv", [&](const Sink& sink) { write_predicted(summary.record, sink); });
        if (it.made.fit) files.write("scales.csv", [&](const Sink& sink) { write_scales(it.prepared.record->summaries(), scales, sink); });
        files.write("summary.json", json);
    });
    const NameLabels& labels = it.session.record().labels;
    const std::string page = add_page(it, calibration_headline(summary, labels), calibration_findings(summary, [&](const std::string& name) { return labels.parameter(name); }),
                                      calibration_data(labels, it.prepared.factors, particles, facts, summary));
    print_summary(it.asked.study, json, [&] {
        return calibration_text(it.session.record(), it.made.outcome, facts, summary, style_of(1)) +
               files_text(
                   it,
                   it.made.fit ? "posterior.csv, generations.csv, record.csv, scales.csv" : "posterior.csv, generations.csv, record.csv",
                   page) +
               next_text(it);
    });
}

void conclude_ranks(const Concluding& it) {
    const CalibrationFacts facts = it.session.facts(it.made);
    const RankSummary summary = summarise_ranks(it.prepared.factors, it.made.ranked);
    const std::string json = rank_json(it.session.record(), it.made.outcome, facts, summary);
    it.session.conclude(it.made, [&](StagedFiles& files) {
        files.write("sbc.csv", [&](const Sink& sink) { write_ranks(it.prepared.factors, it.made.ranked, sink); });
        files.write("summary.json", json);
    });
    const std::string page = add_page(it, {}, rank_findings(summary), rank_data(it.session.record().labels, summary));
    print_summary(it.asked.study, json, [&] {
        return rank_text(it.session.record(), it.made.outcome, facts, summary, style_of(1)) + files_text(it, "sbc.csv", page);
    });
}

ExitCode conclude(const Concluding& it, Attendant& attendant) {
    const bool has_fit = it.made.has_particles();
    if (has_fit) conclude_fit(it);
    if (!it.made.ranked.empty()) conclude_ranks(it);
    if (it.made.outcome.failed > 0 && !it.asked.study.quiet)
        attendant.tell_warning(
            fmt::format("{} left no number for something on record, and counted as far from it", counted(it.made.outcome.failed, "run")));
    if (!it.made.is_interrupted) return ExitCode::fine;
    attendant.tell_error(
        has_fit || !it.made.ranked.empty() ? "interrupted: what is complete is told and saved" : "interrupted: nothing is complete yet",
        "run the same command to resume");
    return ExitCode::interrupted;
}

/// One of several scenarios that are fitted to the same record.
struct FittedVariant {
    std::string name;  ///< "": as written
    std::string label;
    double log_evidence = 0;
    double error = 0;
    std::string folder;
};

std::string evidences_text(const std::vector<FittedVariant>& fitted, const TextStyle& style) {
    LeftOut left_out;
    TextTable table({{.head = "Scenario", .is_name = true}, {"log evidence", Align::right}, {"", Align::right, 0, 1, false, "standard error"}, {"Bayes factor", Align::right}, {.head = "folder", .rank = 2}});
    for (const FittedVariant& one : fitted)
        table.add({one.name.empty() ? "as written" : one.label, fmt::format("{:.2f}", one.log_evidence), "± " + readable(one.error),
                   readable(std::exp(one.log_evidence - fitted.front().log_evidence)), one.folder});
    const std::string text = table.text(style, left_out) + "  Bayes factor: how many times as likely as the first the record is, over the priors\n";
    return laid_out(text + left_out.text(style), style);
}

std::string evidences_json(const std::vector<FittedVariant>& fitted) {
    nlohmann::ordered_json variants = nlohmann::ordered_json::array();
    for (const FittedVariant& one : fitted)
        variants.push_back({{"variant", one.name},
                            {"log_evidence", one.log_evidence},
                            {"log_evidence_error", one.error},
                            {"bayes_factor", std::exp(one.log_evidence - fitted.front().log_evidence)},
                            {"folder", one.folder}});
    return nlohmann::ordered_json{{"format", file_format::evidence_summary}, {"variants", variants}}.dump(
               2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) +
           '\n';
}

/// Fits the scenario as it was asked for, and each of the variants in its place.
ExitCode compare_variants(Ranks& ranks, Attendant& attendant, const CalibrateArguments& asked, const CommandLine& command) {
    if (asked.method() != CalibrationMethod::likelihood)
        throw Error("--variants needs --method likelihood: Bayes factors are ratios of evidences, which abc has none of",
                    "add --method likelihood");
    if (asked.simulated_records > 0) throw Error("--variants and --sbc are two things", "drop one of them");
    std::vector<std::string> names{asked.study.scenario.variant};
    names.insert(names.end(), asked.variants.begin(), asked.variants.end());
    std::vector<FittedVariant> fitted;
    ExitCode code = ExitCode::fine;
    for (const std::string& name : names) {
        CalibrateArguments one = asked;
        one.study.scenario.variant = name;
        if (!asked.study.out.empty())
            one.study.out = (std::filesystem::path(asked.study.out) / (name.empty() ? "as-written" : name)).string();
        one.study.quiet = true;
        one.study.json = false;
        PreparedCalibration prepared;
        together(ranks, [&] { prepared = prepared_calibration(one, attendant); });
        CalibrationSession session(ranks, attendant, one, prepared, command);
        if (asked.study.dry_run) {
            if (ranks.rank() == 0) print_lines(session.dry_run_text());
            continue;
        }
        const auto made = session.carry_out();
        if (!made) continue;
        code = conclude({one, prepared, session, *made}, attendant);
        if (code != ExitCode::fine) return code;
        const CalibrationFacts facts = session.facts(*made);
        fitted.push_back(
            {name, session.record().labels.variant(name), facts.log_evidence, facts.log_evidence_error, session.folder().string()});
    }
    if (!fitted.empty() && asked.study.json)
        std::cout << evidences_json(fitted);
    else if (!fitted.empty() && !asked.study.quiet)
        std::cout << evidences_text(fitted, style_of(1));
    flush_output();
    return code;
}

ExitCode calibrate(const CalibrateArguments& asked, const CommandLine& command, Attendant& its_attendant) {
    return with_ranks(its_attendant, [&](Ranks& ranks, Attendant& attendant) {
        if (!asked.variants.empty()) return compare_variants(ranks, attendant, asked, command);
        PreparedCalibration prepared;
        together(ranks, [&] {
            const auto sign = attendant.busy_with("loading and compiling", !asked.study.quiet);
            prepared = prepared_calibration(asked, attendant);
        });
        CalibrationSession session(ranks, attendant, asked, prepared, command);
        if (asked.study.dry_run) {
            if (ranks.rank() == 0) print_lines(session.dry_run_text());
            return ExitCode::fine;
        }
        const auto made = session.carry_out();
        return made ? conclude({asked, prepared, session, *made}, attendant) : ExitCode::fine;
    });
}

}  // namespace

Subcommand add_calibrate(Options& app) {
    Options* self = app.add_subcommand("calibrate", "Fit parameters of a scenario to what is on record, and save the posterior");
    const auto asked = std::make_shared<CalibrateArguments>();
    asked->add_to(*self);
    self->footer(R"(
Examples:
  entente calibrate scenarios/moscow-kabul.yaml --vary aid_rate \
      --vary pull_trust=3:9 --until 2023-12-31
  entente calibrate rivals.yaml --runs 1000000 --out rivals-fit
  entente calibrate rivals.yaml --sbc 200 --particles 200
  entente calibrate scenarios/kabul-region.yaml --method likelihood \
      --until 2023-12-31 --vary accept_rate --vary pull_trust
  mpirun -n 4 entente calibrate …

By abc the record is what stands under `observed`, and each particle is one run
with luck of its own. By likelihood it is `record`, and numbers of `observed`
with an `sd` or `seen`; each particle is weighed by filters of several runs.
posterior.csv has a row for each particle and its weight: 'sweep --points' and
'run --posterior' read it.

Rounds of runs are on disk when they are made. Rerun the same command after
Ctrl-C, a crash or a full disk: it resumes and ends with the same bytes. More
--runs in the same --out go on from the last generation.

Exit codes: 0 success, 2 wrong usage or a scenario with errors, 130 interrupted
and saved.
)");
    return {self, [asked](const CommandLine& command, Attendant& attendant) { return calibrate(*asked, command, attendant); },
            [asked](const ReportPlace& place) { asked->study.keep_report_only(place); }};
}

}  // namespace entente
