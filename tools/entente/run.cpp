#include <chrono>
#include <iostream>
#include <optional>

#include <fmt/format.h>

#include <entente/base/harmless.hpp>
#include <entente/base/version.hpp>
#include <entente/base/wording.hpp>
#include <entente/model/model.hpp>
#include <entente/output/netcdf_file.hpp>
#include <entente/output/run_folder.hpp>
#include <entente/output/run_tables.hpp>
#include <entente/output/summary_json.hpp>
#include <entente/output/summary_text.hpp>
#include <entente/study/ensemble.hpp>

#include "arguments/run_arguments.hpp"
#include "commands.hpp"
#include "session/console.hpp"
#include "session/dry_run.hpp"
#include "session/log.hpp"
#include "session/origin.hpp"
#include "session/replay.hpp"
#include "session/run_report.hpp"
#include "session/spread.hpp"
#include "session/stop_text.hpp"

namespace entente {

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

Identity identity_of(const ScenarioArguments& asked, const Scenario& scenario, const std::optional<Origin>& origin) {
    Identity identity{.entente = std::string(version()),
                      .scenario_hash = scenario.hash,
                      .variant = asked.variant,
                      .settings = asked.values_set(scenario)};
    if (origin) identity.from = origin->named_by(identity);
    return identity;
}

RunRecord record_of(const Identity& identity, const RunArguments& arguments, const Scenario& scenario, const RunPlan& plan,
                    const CommandLine& command) {
    RunRecord record;
    record.identity = identity;
    record.identity.seed = plan.seed;
    record.identity.runs = plan.runs;
    record.identity.first_run = plan.first_run;
    record.snapshot = arguments.from;
    record.posterior = arguments.posterior;
    record.scenario = scenario.path;
    record.title = scenario.title;
    record.resolved = resolved_json(scenario);
    record.labels = labels_of(scenario);
    record.command = command;
    record.started = utc_now();
    return record;
}

Results make_runs(const Model& model, RunPlan plan, Attendant& attendant, Attendant::Watch& watch, Snapshot* into = nullptr) {
    plan.abandon = [&] { return attendant.is_overdue(); };
    const auto tell = [&](const Progress& progress) {
        watch.show(progress);
        return !attendant.wants_stop();
    };
    Results results = run_ensemble(model, plan, tell, into);
    watch.clear();
    return results;
}

/// What the exit code alone does not say, where no summary says it.
void tell_failures(const Results& results, const RunRecord& record, Attendant& attendant) {
    if (results.failures.empty()) return;
    const auto& first = results.failures.front();
    attendant.tell_error(fmt::format("{} of {} failed; {}", with_commas(static_cast<std::int64_t>(results.failures.size())),
                           counted(results.runs, "run"), first.told()),
               "to repeat that run alone: " + command_for_run(record, first.run));
}

ExitCode conclude(const RunArguments& arguments, const ScenarioArguments& asked, const Scenario& scenario, const Model& model, const RunRecord& record,
                  const RunPlan& plan, const Results& results, const RunLabels& labels, ResultsFolder& folder, Attendant& attendant) {
    const Summary summary = summarise(results);
    SavedResults saved;
    std::optional<Error> trouble;
    try {
        saved = folder.save(record, results, labels, summary, arguments.plan.log_events);
        if (!arguments.report.none && !saved.files.empty()) {
            const std::string file = write_report(arguments.report, saved.folder, run_report(asked.changes(scenario), scenario, model, record, plan, results, labels, summary));
            saved.files.push_back(arguments.report.file.empty() ? "report.html" : file);
        }
    } catch (const Error& problem) {
        trouble = problem;  // what was found is printed all the same
    }
    if (arguments.json) {
        std::cout << summary_json(results, summary, record);
    } else if (!arguments.quiet) {
        std::cout << summary_text(results, summary, record, saved, style_of(1), arguments.all_rows ? RowsTold::all : RowsTold::extremes_and_median);
    }
    flush_output();
    if (arguments.json || arguments.quiet) tell_failures(results, record, attendant);
    if (trouble) throw Error(*trouble);
    if (results.runs < record.identity.runs && attendant.wants_stop()) {
        const std::string where = saved.files.empty() ? "" : fmt::format(" and saved in '{}'", saved.folder.string());
        attendant.tell_error(fmt::format("interrupted: {} of {} were made{}", with_commas(results.runs), counted(record.identity.runs, "run"), where),
                   "run the same command to make all of them");
        return ExitCode::interrupted;
    }
    return results.failures.empty() ? ExitCode::fine : ExitCode::runs_failed;
}

/// Makes the runs as far as --until, and keeps their state.
ExitCode stop(const RunArguments& arguments, const RunRecord& record, const Model& model, const RunPlan& plan, Attendant& attendant) {
    prepare_place(arguments.snapshot);
    const auto watch = attendant.watch_runs(!arguments.quiet);
    Snapshot snapshot;
    const Results results = make_runs(model, plan, attendant, *watch, &snapshot);
    if (results.runs < plan.runs) {
        tell_failures(results, record, attendant);
        throw Error(fmt::format("no snapshot was taken: {} of {} were made", with_commas(results.runs), counted(plan.runs, "run")),
                    "run the same command to start over", attendant.wants_stop() ? ExitCode::interrupted : ExitCode::runs_failed);
    }
    write_snapshot(arguments.snapshot, record, model.calendar.label(plan.until), snapshot);
    if (arguments.json)
        std::cout << stop_json(arguments.snapshot, model, plan, results);
    else if (!arguments.quiet)
        print_lines(stop_text(arguments.snapshot, model, plan, results));
    tell_failures(results, record, attendant);
    return results.failures.empty() ? ExitCode::fine : ExitCode::runs_failed;
}

ExitCode run(const RunArguments& arguments, const CommandLine& command, Attendant& attendant) {
    arguments.check();
    start_log(arguments.verbose);
    const auto start = Clock::now();
    auto sign = attendant.busy_with("loading and compiling", !arguments.quiet);
    const auto origin = Origin::of(arguments);
    const Spread spread = spread_over(arguments.posterior, origin ? origin->read(attendant) : arguments.scenario.read(attendant), attendant);
    const Scenario& scenario = spread.scenario;
    Identity identity = identity_of(origin ? origin->scenario() : arguments.scenario, scenario, origin);
    identity.posterior = spread.digest;
    log_debug(fmt::format("read {} in {}", harmless(scenario.path), duration_text(seconds_since(start))));
    const Model model = compile(scenario, {.varied = spread.points ? spread.points->varied() : std::vector<ParameterId>(), .starts_known = identity.from.empty(), .show = arguments.report.none || arguments.replays() ? Shown::nothing : Shown::relations, .chances = arguments.plan.log_events || arguments.replays()});
    const double compile_seconds = seconds_since(start);
    sign.reset();
    log_debug(fmt::format("read and compiled in {}: {} programs, {} of state a run", duration_text(compile_seconds), model.programs.size(),
                          bytes_text(static_cast<double>(model.bytes_per_lane()))));

    const Snapshot past = origin ? origin->snapshot() : Snapshot{};
    RunPlan plan = origin ? arguments.plan_for(past, model.calendar) : arguments.plan_for(scenario.runs, model.calendar);
    if (spread.points) plan.points = &*spread.points;
    check_plan(model, plan);
    RunRecord record = record_of(identity, arguments, scenario, plan, command);
    if (arguments.replays()) return tell_runs(arguments, scenario, model, record, plan, attendant);
    if (plan.until >= 0) check_place(arguments.snapshot, record.identity, plan.until);
    const std::filesystem::path out = arguments.out.empty() ? default_folder(record) : std::filesystem::path(arguments.out);
    if (arguments.dry_run) {
        print_lines(dry_run_text(model, plan, plan.until >= 0 ? arguments.snapshot : out.string()));
        return ExitCode::fine;
    }
    refuse_what_does_not_fit(model, plan);
    if (plan.until >= 0) return stop(arguments, record, model, plan, attendant);
    if (series_runs_of(model, plan) > 0) record.versions = {{"netcdf", netcdf_version()}};  // where it is missing, that shows before runs are made
    ResultsFolder folder(out, record);
    const auto watch = attendant.watch_runs(!arguments.quiet);
    Results results = make_runs(model, plan, attendant, *watch);
    results.compile_seconds = compile_seconds;
    record.finished = utc_now();
    log_debug(fmt::format("made {} in {}", counted(results.runs, "run"), duration_text(results.seconds)));
    if (results.runs == 0) throw Error("interrupted before any run was made", "run the same command to start over", ExitCode::interrupted);
    return conclude(arguments, origin ? origin->scenario() : arguments.scenario, scenario, model, record, plan, results, labels_of_runs(spread, results), folder, attendant);
}

}  // namespace

Subcommand add_run(Options& app) {
    Options* self = app.add_subcommand("run", "Run a scenario many times, print a summary and save the results");
    const auto arguments = std::make_shared<RunArguments>();
    arguments->add_to(*self);
    self->footer(R"(
Examples:
  entente run scenarios/moscow-kabul.yaml
  entente run scenarios/moscow-kabul.yaml --variant no_aid --runs 10000 \
      --out results/no_aid
  entente run rivals.yaml --set reaction=0.6 --set fatigue=1 --json
  entente run rivals.yaml --set 'bloc[entente].arms=130'
  entente run scenarios/moscow-kabul.yaml --until 2023-07-01 --snapshot mid.snap
  entente run --from mid.snap --variant no_aid
  entente run rivals.yaml --posterior rivals-fit/posterior.csv
  entente run scenarios/moscow-kabul.yaml --replay typical
  entente run scenarios/moscow-kabul.yaml --replay 17,23 --json

The results folder gets runs.csv, rows.csv (measures with `on:`), levels.csv
(shares of runs on each level of measures that have some), series.nc,
summary.json, manifest.json and report.html. A folder with results of another
scenario, variant, parameters, seed or number of runs is refused and left as it
is.

Continuing a snapshot unchanged gives the same bits as an uninterrupted run. In
a branch, parameters and timeline count from the date of the snapshot on.
Variants and --set that change start values are refused, because the branch
begins after the start.
To repeat one run: --first-run K --runs 1, with --from SNAP for one of a branch.
--replay K tells what happened in it: its events by date and actor, what made
each happen (a draw or the timeline) and the chance that it had then. Only the
runs that are told are made; for typical and telling, all are.

Exit codes: 0 success, 2 wrong usage or a scenario with errors, 3 runs failed,
130 interrupted and saved.
)");
    return {self, [arguments](const CommandLine& command, Attendant& attendant) { return run(*arguments, command, attendant); },
            [arguments](const ReportPlace& place) { arguments->keep_report_only(place); }};
}

}  // namespace entente
