#include "arguments/sensitivity_arguments.hpp"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include <entente/base/names.hpp>

#include "arguments/number_options.hpp"

namespace entente {

namespace {

constexpr std::int64_t usual_samples = 256;
constexpr std::int64_t usual_trajectories = 32;
constexpr int usual_levels = 4;

const std::vector<std::string> sensitivity_methods{"sobol", "morris"};
const std::vector<std::string> scrambles{"owen", "none"};

void check_one_of(const std::string& what, const std::string& text, const std::vector<std::string>& known) {
    if (std::ranges::find(known, text) == known.end())
        throw Error(fmt::format("there is no {} '{}'", what, text), did_you_mean(text, known, "there are " + listed(known)));
}

/// `option` belongs to the other method.
void refuse(bool is_given, const std::string& option, const std::string& owner, const std::string& help) {
    if (is_given) throw Error(fmt::format("{} belongs to the method {}", option, owner), help);
}

}  // namespace

void SensitivityArguments::refuse_contradictions() const {
    check_one_of("method", method, sensitivity_methods);
    if (!scramble.empty()) check_one_of("scramble", scramble, scrambles);
    if (method == "morris") {
        refuse(samples.has_value(), "--samples", "sobol", "Morris's method takes --trajectories");
        refuse(second_order, "--second-order", "sobol", "drop it, or use --method sobol");
        refuse(!scramble.empty(), "--scramble", "sobol", "drop it, or use --method sobol");
    } else {
        refuse(trajectories.has_value(), "--trajectories", "morris", "Sobol's method takes --samples");
        refuse(levels.has_value(), "--levels", "morris", "drop it, or use --method morris");
    }
    if (from_results.empty()) return;
    if (!emit_design.empty()) throw Error("--emit-design and --from-results both make no runs", "give one, then the other");
    if (study.replicates)
        throw Error("--replicates counts runs, and --from-results makes none",
                    "drop it: the table has a column 'replicate', or means of points");
}

SensitivityPlan SensitivityArguments::plan() const {
    SensitivityPlan plan;
    plan.method = method == "morris" ? SensitivityMethod::morris : SensitivityMethod::sobol;
    plan.samples =
        static_cast<std::size_t>(method == "morris" ? trajectories.value_or(usual_trajectories) : samples.value_or(usual_samples));
    plan.second_order = second_order ? SecondOrder::yes : SecondOrder::no;
    plan.scramble = scramble == "none" ? Scramble::none : Scramble::owen;
    plan.levels = levels.value_or(usual_levels);
    plan.seed = study.seed;
    return plan;
}

void SensitivityArguments::add_to(Options& app) {
    study.scenario.add_to(app);
    add_design_to(app);
    add_indices_to(app);
    study.add_to(app);
}

void SensitivityArguments::add_design_to(Options& app) {
    app.add_option("--vary", vary,
                   "A factor: a parameter or start value, NAME (by its prior), NAME=LOW:HIGH, NAME=log(LOW, HIGH), NAME=normal(M, S), …; "
                   "may be repeated (default: every parameter that has a prior and is not --set)")
        ->type_name("NAME[=HOW]")
        ->allow_extra_args(false)
        ->group("What to vary");
    app.add_option("--method", method, "sobol: variance shares; morris: cheap screening of many factors (default: sobol)")
        ->type_name("METHOD")
        ->one_of(sensitivity_methods)
        ->group("What to vary");
    add_number(
        app, "--samples", std::int64_t{1},
        "Base rows of Sobol's method, best a power of two (default: 256); each is factors + 2 points; more of them later extend the study",
        [this](auto n) { samples = n; })
        ->group("What to vary");
    add_number(app, "--trajectories", std::int64_t{1},
               "Trajectories of Morris's method (default: 32); each is factors + 1 points; more of them later extend the study",
               [this](auto n) { trajectories = n; })
        ->group("What to vary");
    app.add_flag("--second-order", second_order, "Also estimate indices of pairs; each base row is then 2 factors + 2 points")
        ->group("What to vary");
    add_number(app, "--levels", 2, "Levels of a factor in Morris's grid, an even number (default: 4)", [this](auto n) {
        levels = n;
    })->group("What to vary");
    app.add_option("--group", groups, "Factors that move together and share one index; may be repeated")
        ->type_name("NAME=FACTOR,FACTOR")
        ->allow_extra_args(false)
        ->group("What to vary");
    app.add_option("--scramble", scramble, "Scrambling of the Sobol' sequence: owen or none (default: owen)")->type_name("HOW")->one_of(scrambles)->group("What to vary");
    app.add_option("--emit-design", emit_design, "Make no runs; write the points to a CSV table")->type_name("FILE")->group("Where results go");
    app.add_option("--from-results", from_results,
                   "Make no runs; read outcomes from a CSV table with a row for each point of the design, in its order")
        ->type_name("FILE")
        ->group("What to vary");
}

void SensitivityArguments::add_indices_to(Options& app) {
    app.add_option("--measure", measures,
                   "Outcomes to report (default: all of the world as a whole); a date gives two, NAME_years and NAME_came; NAME[2024] is one year "
                   "of a yearly measure, NAME[syria] one row of a measure with `on:`, NAME[mission] the share of runs on a level, NAME all rows and levels; may be "
                   "repeated")
        ->type_name("NAME")
        ->allow_extra_args(false)
        ->group("Where results go");
    const auto add_share = [&](const std::string& option, const std::string& about, const std::function<void(const std::string&)>& set) {
        app.add_option_function(option, set, about)->type_name("SHARE")->group("Where results go");
    };
    add_share("--confidence", "Confidence of the intervals (default: 0.95)",
              [this](const std::string& text) { confidence = confidence_number("--confidence", text); });
    add_number(app, "--resamples", 0, "Bootstrap resamples behind the intervals (default: 1000)", [this](auto n) {
        resamples = n;
    })->group("How");
    add_share("--allow-failed", "Share of the runs that may fail; above it no indices are given (default: 0)",
              [this](const std::string& text) { allowed_failures = share_number("--allow-failed", text); });
}

}  // namespace entente
