#include "run_arguments.hpp"

#include <limits>

#include "number_options.hpp"

namespace entente {

void RunArguments::add_to(CLI::App& app) {
    scenario.add_to(app);
    const auto zero = std::int64_t{0};
    add_number(app, "--runs", std::int64_t{1}, "How many runs to make (the scenario's own number otherwise)", [this](auto n) { runs = n; });
    add_number(app, "--seed", std::uint64_t{0}, "Seed of all draws (1 otherwise)", [this](auto n) { plan.seed = n; });
    add_number(app, "--first-run", zero, "Number of the first run: with --runs 1 one run again, alone",
               [this](auto n) { plan.first_run = n; });
    add_number(app, "--threads", 0, "Threads (0, otherwise: all); results are the same for any number",
               [this](auto n) { plan.threads = n; });
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
    app.add_flag("--fail-fast", plan.fail_fast, "Stop at the first run that fails");
    app.add_flag("--dry-run", dry_run, "Make no runs; tell how long they would take, and the memory and disk they would need");
    app.add_flag("--json", json, "Print the summary as JSON");
    app.add_flag("--quiet", quiet, "Print no summary and no progress");
    app.add_flag("--verbose", verbose, "Tell on stderr what is being done");
    add_number(app, "--lanes", 0, "Runs advanced side by side", [this](auto n) { plan.lanes = n; })->group("");
    app.add_option("--isa", plan.instruction_set, "Instruction set of the kernels")->group("");
}

RunPlan RunArguments::plan_for(std::int64_t default_runs) const {
    RunPlan planned = plan;
    planned.runs = runs.value_or(default_runs);
    return planned;
}

}  // namespace entente
