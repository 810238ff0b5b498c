#include "arguments/run_arguments.hpp"

#include <algorithm>
#include <limits>

#include "arguments/number_options.hpp"

namespace entente {

namespace {

/// The tick that --until names.
std::int64_t tick_named(const std::string& text, const Calendar& calendar) {
    const auto outside = [&](const std::string& first, const std::string& last) {
        return Error(fmt::format("--until {} is outside the calendar, {} to {}", text, first, last), "choose one inside it");
    };
    if (!calendar.is_dated()) {
        const auto tick = whole_number("--until", text, std::int64_t{0});
        if (tick >= calendar.ticks()) throw outside("tick 0", std::to_string(calendar.ticks() - 1));
        return tick;
    }
    const auto day = parse_date(text);
    if (!day)
        throw Error(fmt::format("--until takes a date, not '{}'", text),
                    date_fault(text).empty() ? "write it as 2021-08-15" : date_fault(text));
    const auto tick = calendar.tick_of(*day);
    if (!tick) throw outside(iso(calendar.start()), iso(calendar.first_day(calendar.ticks()) - std::chrono::days{1}));
    return *tick;
}

}  // namespace

void RunArguments::keep_report_only(const ReportPlace& place) {
    out = place.folder.string();
    report = {.none = false, .file = place.file};
    json = dry_run = verbose = false;
    quiet = true;
}

void RunArguments::add_runs_to(Options& app) {
    add_number(app, "--runs", std::int64_t{1}, "Number of runs (default: `runs` of the scenario)", [this](auto n) {
        runs = n;
    })->group("What to run");
    add_number(app, "--seed", std::uint64_t{0}, "Seed of all random numbers (default: 1)", [this](auto n) { seed = n; })->group("What to run");
    add_number(app, "--first-run", std::int64_t{0}, "Number of the first run (default: 0); with --runs 1 it repeats one run alone",
               [this](auto n) { first_run = n; })
        ->group("What to run");
    app.add_option("--posterior", posterior,
                   "Spread the runs over the points of this table, by its column `weight`: what 'entente calibrate' writes as posterior.csv")
        ->type_name("FILE")
        ->group("What to run");
    app.add_option("--replay", replay,
                   "Tell what happened in single runs instead of a summary, and save nothing: numbers of runs, typical (the run nearest the medians of all measures) "
                   "or telling (that, one for each outcome of the headline, and its extremes); comma-separated")
        ->type_name("RUN")
        ->allow_extra_args(false)
        ->group("What to run");
    app.add_flag("--fail-fast", plan.fail_fast, "Stop at the first run that fails")->group("How");
    app.add_flag("--dry-run", dry_run, "Make no runs; estimate their time, memory and disk space")->group("How");
}

void RunArguments::add_snapshots_to(Options& app) {
    app.add_option("--until", until, "Stop at the beginning of the tick that holds this date or has this number; needs --snapshot")
        ->type_name("DATE")
        ->group("What to run");
    app.add_option("--snapshot", snapshot, "File for the state at --until; a snapshot of the same runs at the same tick is overwritten")
        ->type_name("SNAP")
        ->group("Where results go");
    app.add_option("--from", from, "Continue from a snapshot with its scenario, seed and runs; --variant and --set make a branch")
        ->type_name("SNAP")
        ->group("What to run");
}

void RunArguments::add_to(Options& app) {
    scenario.add_to(app);
    scenario.file_option->required(false)->description(
        "Scenario file (YAML); - reads standard input. With --from: where the file is now (default: where it was)");
    add_runs_to(app);
    add_snapshots_to(app);
    app.add_option("--out", out, "Folder for the results (default: results/NAME-ID, where ID identifies scenario, parameters and seed)")
        ->type_name("DIR")
        ->group("Where results go");
    app.add_option_function(
           "--series",
           [this](const std::string& text) {
               plan.series_runs = text == "all"    ? std::numeric_limits<std::int64_t>::max()
                                  : text == "none" ? 0
                                                   : whole_number("--series", text, std::int64_t{0});
           },
           "Runs whose time series are saved: a number, all or none (default: as many as fit in 64 MB)")
        ->type_name("N")
        ->group("Where results go");
    app.add_flag("--events", plan.log_events, "Write every event of every run to events.csv")->group("Where results go");
    app.add_flag("--all-rows", all_rows, "In the summary, tell every row of a measure with `on:` (default: of many the extremes and the median)")->group("Where results go");
    app.add_flag("--json", json, "Print the summary as JSON")->group("Where results go");
    app.add_flag("--quiet", quiet, "Print no summary and no progress")->group("How");
    app.add_flag("--verbose", verbose, "Log each stage on stderr")->group("How");
    report.add_to(app);
    add_number(app, "--threads", 0, "Threads (default: all); any number gives the same results", [this](auto n) {
        plan.threads = n;
    })->group("How");
    add_number(app, "--lanes", 0, "Runs advanced side by side", [this](auto n) { plan.lanes = n; })->group("");
    app.add_option("--isa", plan.instruction_set, "Instruction set of the kernels")->group("");
}

void RunArguments::check() const {
    if (scenario.file.empty() && from.empty()) throw Error("FILE is required", "'entente run --help' lists its arguments");
    if (!posterior.empty() && !from.empty())
        throw Error("--posterior gives each run parameters of its own from the start, and --from goes on from what runs had", "give one or the other");
    if (!posterior.empty() && !until.empty())
        throw Error("a snapshot does not keep the parameters that --posterior gives each run", "drop --posterior, or --until and --snapshot");
    if (!until.empty() && snapshot.empty()) throw Error("--until needs a file to keep the state in", "add --snapshot SNAP");
    if (until.empty() && !snapshot.empty()) throw Error("--snapshot needs a date to stop at", "add --until DATE");
    if (replays()) check_replay();
    if (!until.empty() && !out.empty())
        throw Error("--out is for results, and runs that stop at a date have none yet", "drop --out: --snapshot names the file");
}

std::vector<std::string> RunArguments::runs_told() const {
    std::vector<std::string> told;
    for (const std::string& given : replay)
        for (std::size_t begin = 0; begin <= given.size();) {
            const std::size_t end = std::min(given.find(',', begin), given.size());
            told.push_back(given.substr(begin, end - begin));
            begin = end + 1;
        }
    return told;
}

void RunArguments::check_replay() const {
    const auto with = [](std::string_view option, std::string_view why) { throw Error(fmt::format("--replay tells single runs and saves nothing, so {} {}", option, why), "give one or the other"); };
    if (!out.empty()) with("--out", "has nothing to hold");
    if (plan.log_events) with("--events", "has no table to go to");
    if (plan.series_runs >= 0) with("--series", "has no file to go to");
    if (!report.file.empty()) with("--report", "has nothing to show");
    if (!until.empty()) with("--until", "has no runs to stop");
    if (dry_run) with("--dry-run", "has nothing to estimate");
    if (quiet) with("--quiet", "leaves nothing to tell");
    for (const std::string& one : runs_told())
        if (one != "typical" && one != "telling" && (one.empty() || one.find_first_not_of("0123456789") != std::string::npos))
            throw Error(fmt::format("--replay takes numbers of runs, typical or telling, not '{}'", one), "as in --replay 17 or --replay typical,17");
}

RunPlan RunArguments::plan_for(std::int64_t usual, const Calendar& calendar) const {
    RunPlan planned = plan;
    planned.runs = runs.value_or(usual);
    planned.seed = seed.value_or(1);
    planned.first_run = first_run.value_or(0);
    planned.relations = !report.none && until.empty();
    if (!until.empty()) planned.until = tick_named(until, calendar);
    return planned;
}

RunPlan RunArguments::plan_for(const Snapshot& there, const Calendar& calendar) const {
    RunPlan planned = plan_for(there.runs, calendar);
    planned.seed = seed.value_or(there.seed);
    planned.first_run = first_run.value_or(there.first_run);
    if (!runs) planned.runs = std::max<std::int64_t>(there.first_run + there.runs - planned.first_run, 1);
    planned.from = &there;
    return planned;
}

}  // namespace entente
