#include "arguments/study_arguments.hpp"

#include "arguments/number_options.hpp"

namespace entente {

WorkShare read_share(const std::string& text) {
    const std::size_t slash = text.find('/');
    const auto fault =
        Error(fmt::format("--shard takes a share of the work as i/n, not '{}'", text), "as in --shard 3/16, the third of sixteen");
    if (slash == std::string::npos) throw fault;
    try {
        const WorkShare share{whole_number("", text.substr(0, slash), std::int64_t{1}),
                              whole_number("", text.substr(slash + 1), std::int64_t{1})};
        if (share.number <= share.of) return share;
    } catch (const Error&) {
    }
    throw fault;
}

void StudyArguments::add_to(Options& app) {
    add_plan_to(
        app,
        "Runs per point (default: `runs` of the scenario); replicate r draws the same random numbers at every point, unless --unpaired");
    app.add_flag("--unpaired", unpaired,
                 "Give each point its own random numbers, as a prior predictive sample needs (default: common random numbers)")
        ->group("What to run");
}

void StudyArguments::keep_report_only(const ReportPlace& place) {
    out = place.folder.string();
    report = {.none = false, .file = place.file};
    json = dry_run = false;
    quiet = no_runs = true;
    plan.share = {};
}

void StudyArguments::add_runs_to(Options& app, const std::string& replicates_are, const std::string& option) {
    add_number(app, option, std::int64_t{1}, replicates_are, [this](auto n) { replicates = n; })->group("What to run");
    add_number(app, "--seed", std::uint64_t{0}, "Seed of all random numbers and of the design (default: 1)", [this](auto n) {
        seed = n;
    })->group("What to run");
    app.add_flag("--fail-fast", plan.fail_fast, "Stop at the first run that fails")->group("How");
    app.add_flag("--dry-run", dry_run, "Make no runs; estimate their number, time and disk space")->group("How");
    app.add_flag("--no-runs", no_runs, "Make no runs; summarise those already in the folder")->group("How");
}

void StudyArguments::add_plan_to(Options& app, const std::string& replicates_are, const std::string& option) {
    add_runs_to(app, replicates_are, option);
    app.add_option("--out", out, "Folder for the results (default: results/NAME-COMMAND-ID); the same command resumes from what it holds")
        ->type_name("DIR")
        ->group("Where results go");
    app.add_flag("--json", json, "Print the summary as JSON")->group("Where results go");
    app.add_flag("--quiet", quiet, "Print no summary and no progress")->group("How");
    report.add_to(app);
    add_number(app, "--threads", 0, "Threads (default: all); any number gives the same results", [this](auto n) {
        plan.tiles.threads = n;
    })->group("How");
    app.add_option_function(
           "--shard", [this](const std::string& text) { plan.share = read_share(text); },
           "Make only share i of n, in a folder of its own; 'entente merge' joins them")
        ->type_name("i/n")
        ->group("How");
    add_number(app, "--lanes", 0, "Runs advanced side by side", [this](auto n) { plan.tiles.lanes = n; })->group("");
    app.add_option("--isa", plan.tiles.instruction_set, "Instruction set of the kernels")->group("");
}

}  // namespace entente
