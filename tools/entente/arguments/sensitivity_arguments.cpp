#include "arguments/sensitivity_arguments.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>

#include "arguments/number_options.hpp"

namespace entente {

namespace {

constexpr std::int64_t usual_samples = 256;
constexpr std::int64_t usual_trajectories = 32;
constexpr int usual_levels = 4;

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
    check_one_of("method", method, {"sobol", "morris"});
    if (!scramble.empty()) check_one_of("scramble", scramble, {"owen", "none"});
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

void SensitivityArguments::add_to(CLI::App& app) {
    study.add_to(app);
    app.add_option("--vary", vary,
                   "A factor: a parameter or start value, NAME (by its prior), NAME=LOW:HIGH, NAME=log(LOW, HIGH), NAME=normal(M, S), …; "
                   "may be repeated (every parameter that has a prior and is not --set otherwise)")
        ->type_name("NAME[=HOW]")
        ->allow_extra_args(false);
    app.add_option("--method", method, "sobol (shares of variance; otherwise) or morris (a cheap screening of many factors)")
        ->type_name("METHOD");
    add_number(
        app, "--samples", std::int64_t{1},
        "Base rows of Sobol's method, best a power of two (256 otherwise); each is factors + 2 points; more of them later extend the study",
        [this](auto n) { samples = n; });
    add_number(app, "--trajectories", std::int64_t{1},
               "Trajectories of Morris's method (32 otherwise); each is factors + 1 points; more of them later extend the study",
               [this](auto n) { trajectories = n; });
    app.add_flag("--second-order", second_order, "Indices of pairs too, for 2 factors + 2 points a base row");
    add_number(app, "--levels", 2, "Levels of a factor in Morris's grid, an even number (4 otherwise)", [this](auto n) { levels = n; });
    app.add_option("--group", groups, "Factors that are moved together and share one index; may be repeated")
        ->type_name("NAME=FACTOR,FACTOR")
        ->allow_extra_args(false);
    app.add_option("--scramble", scramble, "How the Sobol' sequence is scrambled: owen (otherwise) or none")->type_name("HOW");
    app.add_option("--measure", measures, "Outcomes to tell (all otherwise); a date is two, NAME_years and NAME_came; NAME[2024] is one year of a yearly measure; may be repeated")
        ->type_name("NAME")
        ->allow_extra_args(false);
    const auto share_option = [&](const std::string& option, const std::string& about, double& share) {
        app.add_option_function<std::string>(
               option, [&share, option](const std::string& text) { share = share_number(option, text); }, about)
            ->type_name("SHARE");
    };
    app.add_option_function<std::string>(
           "--confidence", [this](const std::string& text) { confidence = confidence_number("--confidence", text); },
           "Of the intervals (0.95 otherwise)")
        ->type_name("SHARE");
    add_number(app, "--resamples", 0, "Of the bootstrap behind the intervals (1000 otherwise)", [this](auto n) { resamples = n; });
    share_option("--allow-failed", "Share of the runs that may fail; beyond it there are no indices (0 otherwise)", allowed_failures);
    app.add_option("--emit-design", emit_design, "Make no runs; write the points to a CSV table")->type_name("FILE");
    app.add_option("--from-results", from_results,
                   "Make no runs; read outcomes from a CSV table with a row for each point of the design, in its order")
        ->type_name("FILE");
}

}  // namespace entente
