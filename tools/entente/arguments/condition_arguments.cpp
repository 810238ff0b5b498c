#include "arguments/condition_arguments.hpp"

#include "arguments/number_options.hpp"

namespace entente {

void ConditionArguments::add_to(Options& app) {
    scenario.add_to(app);
    app.add_option("--until", until, "The last day of the record that counts, or a number of ticks; runs stop after the last tick that is over by its end")
        ->type_name("DATE")
        ->required()
        ->group("What to run");
    add_number(app, "--particles", std::int64_t{2}, "Runs that go through the record (default: 10000)", [this](auto n) { plan.particles = n; })->group("What to run");
    add_number(app, "--seed", std::uint64_t{0}, "Seed of all random numbers (default: 1)", [this](auto n) { plan.seed = n; })->group("What to run");
    app.add_flag("--dry-run", dry_run, "Make no runs; say what is on record, and what memory the runs take")->group("How");
    app.add_option("--snapshot", snapshot, "File for the state that the record leaves (default: state.snap in the results folder)")->type_name("SNAP")->group("Where results go");
    app.add_flag("--events", plan.log_events, "Keep every event of every run in the snapshot, for --events and --replay of the runs that go on from it")->group("Where results go");
    app.add_option("--out", out, "Folder for the results (default: results/NAME-condition-ID)")->type_name("DIR")->group("Where results go");
    app.add_flag("--json", json, "Print the summary as JSON")->group("Where results go");
    app.add_flag("--quiet", quiet, "Print no summary and no progress")->group("How");
    report.add_to(app);
    add_number(app, "--threads", 0, "Threads (default: all); any number gives the same results", [this](auto n) { plan.threads = n; })->group("How");
    add_number(app, "--lanes", 0, "Runs advanced side by side", [this](auto n) { plan.lanes = n; })->group("");
    app.add_option("--isa", plan.instruction_set, "Instruction set of the kernels")->group("");
}

void ConditionArguments::keep_report_only(const ReportPlace& place) {
    out = place.folder.string();
    report = {.none = false, .file = place.file};
    json = dry_run = false;
    quiet = true;
}

}  // namespace entente
