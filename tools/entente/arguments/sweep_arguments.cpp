#include "arguments/sweep_arguments.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>

#include "arguments/number_options.hpp"

namespace entente {

namespace {

const std::vector<std::string> sweep_designs{"grid", "latin", "sobol"};

}  // namespace

void SweepArguments::add_to(Options& app) {
    study.scenario.add_to(app);
    app.add_option("--vary", vary,
                   "Vary a parameter or start value: NAME (by its prior), NAME=LOW:HIGH[:N], NAME=log(LOW, HIGH), NAME={A, B}, "
                   "NAME=normal(M, S), …; may be repeated (default with --samples: every parameter that has a prior)")
        ->type_name("NAME[=HOW]")
        ->allow_extra_args(false)
        ->group("What to vary");
    app.add_option("--design", design,
                   "grid: every combination of levels; sobol; latin: Latin hypercube (default: grid, with --samples sobol)")
        ->type_name("FORM")
        ->one_of(sweep_designs)
        ->group("What to vary");
    add_number(app, "--samples", std::int64_t{1}, "Points of a sobol or latin design; more of them later extend the study", [this](auto n) {
        samples = n;
    })->group("What to vary");
    add_number(app, "--levels", 2, "Levels of a factor in a grid where --vary gives none (default: 5)", [this](auto n) {
        levels = n;
    })->group("What to vary");
    app.add_option("--points", points, "Read the points from a CSV table: a column for each parameter, a row for each point; a column `weight` counts in their means")
        ->type_name("FILE")
        ->group("What to vary");
    app.add_option("--emit-design", emit_design, "Make no runs; write the points to a CSV table")->type_name("FILE")->group("Where results go");
    study.add_to(app);
    app.add_option("--measure", measures,
                   "Outcomes to report (default: all of the world as a whole); NAME[2024] is one year of a yearly measure, NAME[syria] one row "
                   "of a measure with `on:`, NAME[mission] the share of runs on a level, NAME all rows and levels; may be repeated")
        ->type_name("NAME")
        ->allow_extra_args(false)
        ->group("Where results go");
}

void SweepArguments::check() const {
    if (!design.empty() && std::ranges::find(sweep_designs, design) == sweep_designs.end())
        throw Error(fmt::format("there is no design '{}'", design), did_you_mean(design, sweep_designs, "the designs are " + listed(sweep_designs)));
    if (!points.empty()) {
        if (!vary.empty() || !design.empty() || samples)
            throw Error("--points gives all points, and excludes --vary, --design and --samples", "give one or the other");
        return;
    }
    const bool is_grid = design == "grid" || (design.empty() && !samples);
    if (vary.empty() && is_grid)
        throw Error("nothing to vary",
                    "give --vary NAME=LOW:HIGH:LEVELS, or --points FILE; with --samples, every parameter that has a prior is varied");
    if (design == "grid" && samples)
        throw Error("a grid has no samples: it has every combination of levels", "drop --samples, or use --design sobol or latin");
    if (!design.empty() && design != "grid" && !samples)
        throw Error(fmt::format("the design '{}' takes a number of samples", design), "as in --samples 64");
}

SweepPlan SweepArguments::design_plan() const {
    const bool is_grid = design == "grid" || (design.empty() && !samples);
    const SweepForm form = is_grid ? SweepForm::grid : design == "latin" ? SweepForm::latin : SweepForm::sobol;
    return {.form = form, .levels = levels, .samples = samples.value_or(0), .seed = study.seed};
}

}  // namespace entente
