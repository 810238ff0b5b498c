#include "arguments/calibrate_arguments.hpp"

#include <sstream>

#include <fmt/format.h>

#include <entente/base/wording.hpp>

#include "arguments/number_options.hpp"

namespace entente {

namespace {

constexpr std::int64_t runs_a_particle = 200;                     ///< where nothing is said of a budget
constexpr std::int64_t most_fitted_runs = std::int64_t{1} << 31;  ///< above them are numbers of runs for what the posterior predicts

}  // namespace

void CalibrateArguments::add_to(Options& app) {
    study.scenario.add_to(app);
    app.add_option("--vary", vary,
                   "Fit a parameter or start value: NAME (by its prior), NAME=LOW:HIGH, NAME=log(LOW, HIGH), NAME={A, B}, NAME=normal(M, "
                   "S), …; may be "
                   "repeated (default: every parameter that has a prior)")
        ->type_name("NAME[=HOW]")
        ->allow_extra_args(false)
        ->group("What to vary");
    add_fit_to(app);
    add_number(app, "--seed", std::uint64_t{0}, "Seed of all random numbers (default: 1)", [this](auto n) {
        study.seed = n;
    })->group("What to run");
    app.add_flag("--dry-run", study.dry_run, "Make no runs; tell what is fitted to what, and estimate the time")->group("How");
    app.add_flag("--no-runs", study.no_runs, "Make no runs; summarise those already in the folder")->group("How");
    app.add_option("--out", study.out,
                   "Folder for the results (default: results/NAME-calibrate-ID); the same command resumes from what it holds")
        ->type_name("DIR")
        ->group("Where results go");
    app.add_flag("--json", study.json, "Print the summary as JSON")->group("Where results go");
    app.add_flag("--quiet", study.quiet, "Print no summary and no progress")->group("How");
    study.report.add_to(app);
    add_number(app, "--threads", 0, "Threads (default: all); any number gives the same results", [this](auto n) {
        study.plan.tiles.threads = n;
    })->group("How");
    add_number(app, "--lanes", 0, "Runs advanced side by side", [this](auto n) { study.plan.tiles.lanes = n; })->group("");
    app.add_option("--isa", study.plan.tiles.instruction_set, "Instruction set of the kernels")->group("");
}

void CalibrateArguments::add_fit_to(Options& app) {
    app.add_option("--until", until,
                   "Fit to the record up to the end of that day, or tick, only; runs end there (default: the calendar's end)")
        ->type_name("DATE")
        ->group("What to run");
    app.add_option("--method", method_name,
                   "abc: by how near runs come to the record; likelihood: by the chance that they have for it (default: abc)")
        ->type_name("NAME")
        ->one_of({"abc", "likelihood"})
        ->group("How");
    add_number(app, "--particles", std::int64_t{2}, "Draws from the posterior (default: 1000)", [this](auto n) {
        particles = n;
    })->group("How");
    add_number(app, "--runs", std::int64_t{1},
               "Runs at most (default: 200 for each particle, and by likelihood 200 times --filter-runs); more of them later go on from "
               "where it ended",
               [this](auto n) { runs = n; })
        ->group("How");
    app.add_option_function(
           "--variants",
           [this](const std::string& text) {
               std::string name;
               for (std::istringstream names(text); std::getline(names, name, ',');) variants.push_back(name);
           },
           "By likelihood: fit the scenario and these variants of it, each in a folder of its own, and tell by Bayes factors which the "
           "record speaks for; names "
           "with commas between")
        ->type_name("NAME,…")
        ->group("What to vary");
    add_number(app, "--filter-runs", std::int64_t{2},
               "By likelihood: runs whose mean weight is one likelihood, to begin with (default: 100); they are doubled where the "
               "particles hardly move",
               [this](auto n) { filter_runs = n; })
        ->group("How");
    add_number(app, "--sbc", std::int64_t{1},
               "Fit N records that are simulated at draws from the prior, and tell whether these draws rank evenly among those of their "
               "posteriors: "
               "simulation-based calibration",
               [this](auto n) { simulated_records = n; })
        ->group("How");
}

CalibrationMethod CalibrateArguments::method() const {
    const auto method = calibration_method(method_name);
    if (!method) throw Error(fmt::format("there is no method '{}'", method_name), "the methods are abc and likelihood");
    return *method;
}

AbcPlan CalibrateArguments::plan(std::size_t parameters) const {
    const auto count = static_cast<std::int64_t>(parameters);
    if (particles <= count)
        throw Error(
            fmt::format("{} are too few for {}: their spread can't be seen", counted(particles, "particle"), counted(count, "parameter")),
            fmt::format("use more, a hundred for each parameter: --particles {}", std::max<std::int64_t>(100 * count, 1000)));
    AbcPlan plan{.particles = static_cast<std::size_t>(particles), .runs = runs.value_or(runs_a_particle * particles), .seed = study.seed};
    if (plan.runs < particles)
        throw Error(fmt::format("a budget of {} does not suffice for the first generation of {}", counted(plan.runs, "run"),
                                counted(particles, "particle")),
                    "use more --runs, or fewer --particles");
    if (plan.runs > most_fitted_runs)
        throw Error(fmt::format("--runs takes at most {}, not {}", with_commas(most_fitted_runs), with_commas(plan.runs)),
                    "use fewer particles or runs");
    return plan;
}

TemperedPlan CalibrateArguments::tempered_plan() const {
    constexpr std::int64_t rounds = 200;  // where nothing is said of a budget
    return {.particles = static_cast<std::size_t>(particles),
            .filter_runs = filter_runs,
            .runs = runs.value_or(rounds * particles * filter_runs),
            .seed = study.seed};
}

}  // namespace entente
