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
    if (!day) throw Error(fmt::format("--until takes a date, not '{}'", text), date_fault(text).empty() ? "write it as 2021-08-15" : date_fault(text));
    const auto tick = calendar.tick_of(*day);
    if (!tick) throw outside(iso(calendar.start()), iso(calendar.first_day(calendar.ticks()) - std::chrono::days{1}));
    return *tick;
}

}  // namespace

void RunArguments::add_to(CLI::App& app) {
    scenario.add_to(app);
    scenario.file_option->required(false)->description("Scenario file (YAML); - reads standard input; with --from, where it is if not where it was");
    const auto zero = std::int64_t{0};
    add_number(app, "--runs", std::int64_t{1}, "How many runs to make (the scenario's own number otherwise)", [this](auto n) { runs = n; });
    add_number(app, "--seed", std::uint64_t{0}, "Seed of all draws (1 otherwise)", [this](auto n) { seed = n; });
    add_number(app, "--first-run", zero, "Number of the first run: with --runs 1 one run again, alone",
               [this](auto n) { first_run = n; });
    add_number(app, "--threads", 0, "Threads (0, otherwise: all); results are the same for any number",
               [this](auto n) { plan.threads = n; });
    app.add_option("--until", until, "Stop at the beginning of the tick that holds this date, or has this number; needs --snapshot")
        ->type_name("DATE");
    app.add_option("--snapshot", snapshot, "File for the state there; a snapshot of the same runs at the same tick is written anew")
        ->type_name("SNAP");
    app.add_option("--from", from, "Go on from a snapshot: its scenario, seed and runs; --variant and --set branch off")->type_name("SNAP");
    app.add_option("--out", out, "Folder for the results (results/NAME-ID otherwise, ID being a mark of scenario, parameters and seed)")
        ->type_name("DIR");
    app.add_option_function<std::string>(
           "--series",
           [this, zero](const std::string& text) {
               plan.series_runs = text == "all"    ? std::numeric_limits<std::int64_t>::max()
                                  : text == "none" ? 0
                                                   : whole_number("--series", text, zero);
           },
           "Of how many runs to keep what was measured over time: a number, all or none (as many as fit in 64 MB otherwise)")
        ->type_name("N");
    app.add_flag("--events", plan.log_events, "Write every event of every run to events.csv");
    report.add_to(app);
    app.add_flag("--fail-fast", plan.fail_fast, "Stop at the first run that fails");
    app.add_flag("--dry-run", dry_run, "Make no runs; tell how long they would take, and the memory and disk they would need");
    app.add_flag("--json", json, "Print the summary as JSON");
    app.add_flag("--quiet", quiet, "Print no summary and no progress");
    app.add_flag("--verbose", verbose, "Tell on stderr what is being done");
    add_number(app, "--lanes", 0, "Runs advanced side by side", [this](auto n) { plan.lanes = n; })->group("");
    app.add_option("--isa", plan.instruction_set, "Instruction set of the kernels")->group("");
}

void RunArguments::check() const {
    if (scenario.file.empty() && from.empty()) throw Error("FILE is required", "'entente run --help' lists its arguments");
    if (!until.empty() && snapshot.empty()) throw Error("--until needs a file to keep the state in", "add --snapshot SNAP");
    if (until.empty() && !snapshot.empty()) throw Error("--snapshot needs a date to stop at", "add --until DATE");
    if (!until.empty() && !out.empty())
        throw Error("--out is for results, and runs that stop at a date have none yet", "drop --out: --snapshot names the file");
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
