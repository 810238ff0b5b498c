#include <iostream>
#include <optional>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/output/explanation_json.hpp>
#include <entente/output/explanation_text.hpp>

#include "arguments/number_options.hpp"
#include "arguments/scenario_arguments.hpp"
#include "commands.hpp"
#include "session/console.hpp"

namespace entente {

namespace {

struct ExplainArguments {
    ScenarioArguments scenario;
    std::string step;
    bool machine_code = false;
    bool json = false;
    std::optional<std::int64_t> runs;
    RunPlan plan;

    void add_to(Options& app);
};

void ExplainArguments::add_to(Options& app) {
    scenario.add_to(app);
    app.add_option("--step", step, "Show the programs of one step, instruction by instruction; or start, timeline, measures, end")
        ->type_name("NAME")
        ->group("Where results go");
    app.add_flag("--machine-code", machine_code, "List the machine code of that step; needs --step")->group("Where results go");
    app.add_flag("--json", json, "Print all of it as JSON")->group("Where results go");
    add_number(app, "--runs", std::int64_t{1}, "Number of runs to explain (default: `runs` of the scenario)", [this](auto n) { runs = n; })->group("What to run");
    add_number(app, "--threads", 0, "Threads (default: all)", [this](auto n) { plan.threads = n; })->group("How");
    add_number(app, "--lanes", 0, "Runs side by side (default: what suits the cache)", [this](auto n) { plan.lanes = n; })->group("How");
    app.add_option("--isa", plan.instruction_set,
                   "Instruction set: portable, avx2, avx512, avx2-interpreted or avx512-interpreted (default: the best of this machine)")
        ->type_name("NAME")
        ->one_of({"portable", "avx2", "avx512", "avx2-interpreted", "avx512-interpreted"})
        ->group("How");
}

/// The stage that --step names.
const ExplainedStage& stage_named(const Explanation& made, const std::string& name) {
    if (const ExplainedStage* found = made.stage(name)) return *found;
    std::vector<std::string> names;
    for (const auto& stage : made.stages) names.push_back(stage.name);
    throw Error(fmt::format("no step is called '{}'", name), did_you_mean(name, names, "the steps are " + listed(names)));
}

/// Of the instruction set that was asked for, or of all that this machine has.
std::vector<ListedMachineCode> machine_code_of(const Model& model, const ExplainArguments& arguments, const Explanation& made,
                                               const ExplainedStage& stage) {
    std::vector<const Kernels*> sets{made.batch.kernels};
    if (arguments.plan.instruction_set.empty()) sets.assign(available_kernels().begin(), available_kernels().end());
    std::vector<ListedMachineCode> all;
    for (const Kernels* kernels : sets) {
        const bool is_interpreter = kernels->native == 0;
        if (is_interpreter && sets.size() > 1 && kernels->name != portable_kernels().name)
            continue;  // of a set that is listed with machine code
        all.push_back(
            {kernels, made.native_refused, is_interpreter ? std::vector<MachineCode>{} : machine_code(model, stage, kernels->native)});
    }
    return all;
}

ExitCode explain_scenario(const ExplainArguments& arguments, Attendant& attendant) {
    if (arguments.machine_code && arguments.step.empty())
        throw Error("--machine-code lists the code of one step", "add --step NAME; 'entente explain FILE' shows the steps");
    auto sign = attendant.busy_with("loading and compiling", !arguments.json);
    const Scenario scenario = arguments.scenario.read(attendant);
    const Model model = compile(scenario);
    sign.reset();
    RunPlan plan = arguments.plan;
    plan.runs = arguments.runs.value_or(scenario.runs);
    check_plan(model, plan);
    const ExplainedRuns runs{plan.runs, layout_of(model, plan), plan.lanes > 0};
    const ExplainedBatch batch{runs.layout.lanes, runs.layout.rows_shared ? runs.layout.threads : 1, &choose_kernels(plan.instruction_set)};
    const Explanation made = explain(model, batch, arguments.step);
    const ExplainedStage* stage = arguments.step.empty() ? nullptr : &stage_named(made, arguments.step);
    const auto listings = arguments.machine_code ? machine_code_of(model, arguments, made, *stage) : std::vector<ListedMachineCode>{};
    const TextStyle style = style_of(1);
    if (arguments.json) {
        std::cout << explanation_json(made, runs, listings) << '\n';
        return ExitCode::fine;
    }
    std::cout << (stage ? stage_text(made, *stage, style) : explanation_text(made, runs, style));
    for (const auto& one : listings) std::cout << '\n' << machine_code_text(*one.kernels, one.is_refused, *stage, one.loops, style);
    return ExitCode::fine;
}

}  // namespace

Subcommand add_explain(Options& app) {
    Options* self = app.add_subcommand("explain", "Show what a scenario is compiled into, how it runs, and what each step costs");
    const auto arguments = std::make_shared<ExplainArguments>();
    arguments->add_to(*self);
    self->footer(R"(
Examples:
  entente explain scenarios/moscow-kabul.yaml
  entente explain scenarios/moscow-kabul.yaml --step visit
  entente explain scenarios/moscow-kabul.yaml --step visit --machine-code \
      --isa avx2
)");
    return {self, [arguments](const CommandLine&, Attendant& attendant) { return explain_scenario(*arguments, attendant); }};
}

}  // namespace entente
