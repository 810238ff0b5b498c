#include "arguments/study_arguments.hpp"

#include "arguments/number_options.hpp"

namespace entente {

WorkShare read_share(const std::string& text) {
    const std::size_t slash = text.find('/');
    const auto fault = Error(fmt::format("--shard takes a share of the work as i/n, not '{}'", text), "as in --shard 3/16, the third of sixteen");
    if (slash == std::string::npos) throw fault;
    try {
        const WorkShare share{whole_number("", text.substr(0, slash), std::int64_t{1}), whole_number("", text.substr(slash + 1), std::int64_t{1})};
        if (share.number <= share.of) return share;
    } catch (const Error&) {
    }
    throw fault;
}

void StudyArguments::add_share(CLI::App& app) {
    app.add_option_function<std::string>(
           "--shard", [this](const std::string& text) { plan.share = read_share(text); },
           "Make share i of n only, into a folder of its own; 'entente merge' joins them")
        ->type_name("i/n");
}

void StudyArguments::add_to(CLI::App& app) {
    scenario.add_to(app);
    add_plan_to(app, "Runs of each point (the scenario's own number of runs otherwise); replicate r draws alike at all points, unless --unpaired");
    app.add_flag("--unpaired", unpaired,
                 "Give each point runs of its own, so that none share their random numbers: for a prior predictive sample, where luck must not be "
                 "the same everywhere");
}

void StudyArguments::add_plan_to(CLI::App& app, const std::string& replicates_are) {
    add_number(app, "--replicates", std::int64_t{1}, replicates_are, [this](auto n) { replicates = n; });
    add_number(app, "--seed", std::uint64_t{0}, "Seed of all draws and of the design (1 otherwise)", [this](auto n) { seed = n; });
    add_number(app, "--threads", 0, "Threads (0, otherwise: all); results are the same for any number",
               [this](auto n) { plan.tiles.threads = n; });
    app.add_option("--out", out, "Folder for the results; the same command resumes from what it holds (results/NAME-COMMAND-ID otherwise)")->type_name("DIR");
    add_share(app);
    report.add_to(app);
    app.add_flag("--fail-fast", plan.fail_fast, "Stop at the first run that fails");
    app.add_flag("--dry-run", dry_run, "Make no runs; tell how many there are, how long they would take, and the disk they would need");
    app.add_flag("--no-runs", no_runs, "Make no runs; tell what those that are in the folder say");
    app.add_flag("--json", json, "Print the summary as JSON");
    app.add_flag("--quiet", quiet, "Print no summary and no progress");
    add_number(app, "--lanes", 0, "Runs advanced side by side", [this](auto n) { plan.tiles.lanes = n; })->group("");
    app.add_option("--isa", plan.tiles.instruction_set, "Instruction set of the kernels")->group("");
}

}  // namespace entente
