#include <chrono>
#include <iostream>
#include <optional>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <entente/base/version.hpp>
#include <entente/model/model.hpp>
#include <entente/results/folder.hpp>
#include <entente/results/numbers.hpp>
#include <entente/results/summary_json.hpp>
#include <entente/results/summary_text.hpp>
#include <entente/study/ensemble.hpp>

#include "commands.hpp"
#include "console.hpp"
#include "dry_run.hpp"
#include "interrupt.hpp"
#include "progress_bar.hpp"
#include "run_arguments.hpp"

namespace entente {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

RunRecord record_of(const RunArguments& arguments, const Scenario& scenario, const RunPlan& plan, const CommandLine& command) {
    RunRecord record;
    record.identity = {.entente = std::string(version()),
                       .scenario_hash = scenario.hash,
                       .variant = arguments.scenario.variant,
                       .settings = arguments.scenario.values_set(scenario),
                       .seed = plan.seed,
                       .runs = plan.runs,
                       .first_run = plan.first_run};
    record.scenario = scenario.path;
    record.title = scenario.title;
    record.resolved = resolved_json(scenario);
    record.command = command;
    record.started = utc_now();
    return record;
}

void start_log(bool verbose) {
    auto log = std::make_shared<spdlog::logger>("entente", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    log->set_pattern("%H:%M:%S.%e %v");
    log->set_level(verbose ? spdlog::level::debug : spdlog::level::warn);
    spdlog::set_default_logger(std::move(log));
}

Results make_runs(const Model& model, const RunPlan& plan, bool show_progress) {
    ProgressBar bar(show_progress);
    return run_ensemble(model, plan, [&](const Progress& progress) {
        bar.show(progress);
        return !Interrupt::came();
    });
}

/// What the exit code alone does not say, where no summary says it.
void tell_failures(const Results& results, const RunRecord& record) {
    if (results.failures.empty()) return;
    const auto& first = results.failures.front();
    tell_error(fmt::format("{} of {} failed; {}", with_commas(static_cast<std::int64_t>(results.failures.size())),
                           counted(results.runs, "run"), first.told()),
               "to make that run again, alone: " + command_for_run(record, first.run));
}

ExitCode conclude(const RunArguments& arguments, const RunRecord& record, const Results& results, ResultsFolder& folder) {
    const Summary summary = summarise(results);
    SavedResults saved;
    std::optional<Error> trouble;
    try {
        saved = folder.save(record, results, Design{}, summary, arguments.plan.log_events);
    } catch (const Error& problem) {
        trouble = problem;  // what was found is told all the same
    }
    if (arguments.json) {
        std::cout << summary_json(results, summary, record);
    } else if (!arguments.quiet) {
        std::cout << summary_text(results, summary, record, saved, style_of(1));
    }
    flush_output();
    if (arguments.json || arguments.quiet) tell_failures(results, record);
    if (trouble) throw Error(*trouble);
    if (Interrupt::came()) {
        const std::string where = saved.files.empty() ? "" : fmt::format(" and saved in '{}'", saved.folder.string());
        tell_error(fmt::format("interrupted: {} of {} were made{}", with_commas(results.runs), counted(record.identity.runs, "run"), where),
                   "the same command makes them all");
        return ExitCode::interrupted;
    }
    return results.failures.empty() ? ExitCode::fine : ExitCode::runs_failed;
}

ExitCode run(const RunArguments& arguments, const CommandLine& command) {
    start_log(arguments.verbose);
    const auto start = Clock::now();
    const Scenario scenario = arguments.scenario.read();
    spdlog::debug("read {} in {}", scenario.path, duration_text(seconds_since(start)));
    const Model model = compile(scenario);
    const double compile_seconds = seconds_since(start);
    spdlog::debug("read and compiled in {}: {} programs, {} of state a run", duration_text(compile_seconds), model.programs.size(),
                  bytes_text(static_cast<double>(model.bytes_per_lane())));

    const RunPlan plan = arguments.plan_for(scenario.runs);
    RunRecord record = record_of(arguments, scenario, plan, command);
    const std::filesystem::path out = arguments.out.empty() ? default_folder(record) : std::filesystem::path(arguments.out);
    if (arguments.dry_run) {
        std::cout << dry_run_text(model, plan, out.string());
        return ExitCode::fine;
    }
    refuse_what_does_not_fit(model, plan);
    ResultsFolder folder(out, record);
    const Interrupt interrupt;
    Results results = make_runs(model, plan, !arguments.quiet);
    results.compile_seconds = compile_seconds;
    record.finished = utc_now();
    spdlog::debug("made {} in {}", counted(results.runs, "run"), duration_text(results.seconds));
    if (results.runs == 0) throw Error("interrupted before any run was made", "the same command begins anew", ExitCode::interrupted);
    return conclude(arguments, record, results, folder);
}

}  // namespace

Subcommand add_run(CLI::App& app) {
    CLI::App* self = app.add_subcommand("run", "Run a scenario many times, and tell and keep what follows");
    const auto arguments = std::make_shared<RunArguments>();
    arguments->add_to(*self);
    self->footer(
        "\nExamples:\n  entente run scenarios/moscow-kabul.yaml\n  entente run scenarios/moscow-kabul.yaml --variant no_aid --runs 10000 "
        "--out results/no_aid\n"
        "  entente run rivals.yaml --set reaction=0.6 --set fatigue=1 --json\n"
        "  entente run rivals.yaml --set 'bloc[entente].arms=130'\n\n"
        "The folder gets runs.csv, series.nc, summary.json and manifest.json. One that holds results of another\nscenario, variant, "
        "parameters, seed or "
        "number of runs is refused and left as it is.\n\nExit code 0: fine, 2: wrong usage or a scenario with errors, 3: runs failed, 130: "
        "interrupted and saved.\n");
    return {self, [arguments](const CommandLine& command) { return run(*arguments, command); }};
}

}  // namespace entente
