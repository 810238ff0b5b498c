#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/names.hpp>
#include <entente/results/folder_files.hpp>
#include <entente/results/report_studies.hpp>
#include <entente/results/sweep_summary.hpp>
#include <entente/scenario/settings.hpp>
#include <entente/study/latin_hypercube.hpp>
#include <entente/study/sobol_sequence.hpp>

#include "commands.hpp"
#include "console.hpp"
#include "number_options.hpp"
#include "point_study.hpp"
#include "waiting_sign.hpp"

namespace entente {

namespace {

struct SweepArguments {
    StudyArguments study;
    std::vector<std::string> vary;
    std::string design;  ///< grid, latin or sobol; "" decides by the others
    std::optional<std::int64_t> samples;
    int levels = 5;
    std::string points;  ///< file
    std::string emit_design;
};

void refuse_contradictions(const SweepArguments& asked) {
    const std::vector<std::string> designs{"grid", "latin", "sobol"};
    if (!asked.design.empty() && std::ranges::find(designs, asked.design) == designs.end())
        throw Error(fmt::format("there is no design '{}'", asked.design), did_you_mean(asked.design, designs, "the designs are " + listed(designs)));
    if (!asked.points.empty()) {
        if (!asked.vary.empty() || !asked.design.empty() || asked.samples)
            throw Error("--points names all points, and leaves nothing to --vary, --design and --samples", "give one or the other");
        return;
    }
    const bool is_grid = asked.design == "grid" || (asked.design.empty() && !asked.samples);
    if (asked.vary.empty() && is_grid)
        throw Error("a grid varies something", "as in --vary name=0:1:5, or --points FILE with a column for each name; with --samples every parameter that has a prior is varied");
    if (asked.design == "grid" && asked.samples)
        throw Error("a grid has no samples: it has every combination of levels", "leave --samples out, or take --design sobol or latin");
    if (!asked.design.empty() && asked.design != "grid" && !asked.samples)
        throw Error(fmt::format("the design '{}' takes a number of samples", asked.design), "as in --samples 64");
}

UnitPoints latin_points(const std::vector<std::int64_t>& history, std::size_t factors, std::uint64_t seed) {
    UnitPoints points = latin_hypercube(static_cast<std::size_t>(history.front()), factors, seed);
    for (std::size_t step = 1; step < history.size(); ++step)
        points = extended_hypercube(points, static_cast<std::size_t>(history[step]), seed);
    return points;
}

class Preparation {
public:
    explicit Preparation(const SweepArguments& asked) : asked_(asked) {}

    PointStudy prepared(bool tell_warnings) {
        const WaitingSign sign("loading and compiling", tell_warnings && !asked_.study.quiet);
        refuse_contradictions(asked_);
        const Scenario scenario = asked_.study.scenario.read(tell_warnings);
        if (asked_.points.empty())
            by_factors(scenario, tell_warnings);
        else
            by_list(scenario, tell_warnings);
        made_.model = compile(made_.scenario, {.varied = made_.study.varied});
        return std::move(made_);
    }

private:
    void by_factors(const Scenario& scenario, bool tell_warnings) {
        const auto texts = texts_to_vary(made_, scenario, asked_.study.scenario, asked_.vary);
        const std::vector<Factor> factors = vary_in(made_, scenario, texts, tell_warnings);
        if (asked_.design == "grid" || (asked_.design.empty() && !asked_.samples)) return grid(factors);
        refuse_levels(factors, asked_.design == "latin" ? "a Latin hypercube" : "a Sobol' sequence");
        const std::int64_t samples = *asked_.samples;
        if (asked_.design == "latin") {
            made_.design = "Latin hypercube";
            made_.history = history(names_of(factors), samples);
            made_.study.points = points_of(factors, latin_points(made_.history, factors.size(), asked_.study.seed));
        } else {
            made_.history = {samples};
            if (tell_warnings) warn_of_balance(samples);
            made_.study.points = points_of(factors, sobol_sequence(static_cast<std::size_t>(samples), factors.size(), Scramble::owen, asked_.study.seed));
            made_.design = "Sobol' sequence";
        }
        made_.design_text += made_.design;
    }

    /// Numbers of samples that this study was asked for before, with the one that is asked for now.
    [[nodiscard]] std::vector<std::int64_t> history(const std::vector<std::string>& factors, std::int64_t samples) const {
        StudyRecord record = study_record("sweep", asked_.study, made_.scenario, 1, {});
        record.identity.factors = factors;
        const auto manifest = study_path(asked_.study, record, made_.design_text + made_.design) / "manifest.json";
        std::vector<std::int64_t> history;
        if (std::filesystem::exists(manifest)) {
            try {
                const StudyManifest there = read_study_manifest(text_of(manifest));
                if (there.form == made_.design && there.identity == record.identity) history = there.history;
            } catch (const Error&) {  // something else, as claiming the folder will tell
            }
        }
        if (history.empty() || history.back() != samples) history.push_back(samples);
        return history;
    }

    void grid(const std::vector<Factor>& factors) {
        made_.study.points = full_grid(factors, asked_.levels);
        std::vector<std::size_t> sizes;
        for (const Factor& factor : factors) sizes.push_back(factor.values(asked_.levels).size());
        made_.design = fmt::format("grid of {}", fmt::join(sizes, " × "));
        made_.design_text += fmt::format("grid {}", asked_.levels);
        made_.history = {static_cast<std::int64_t>(made_.study.points.size())};
    }

    void by_list(const Scenario& scenario, bool tell_warnings) {
        made_.scenario = scenario;
        const auto range_of = [&](std::string name) {
            constexpr std::string_view prefix = "parameter_";  // in our own tables, before names that mean something else there
            if (name.starts_with(prefix) && !find_parameter(made_.scenario, name)) name.erase(0, prefix.size());
            made_.scenario = with_parameter(made_.scenario, name);
            const ParameterId id = *find_parameter(made_.scenario, name);
            if (std::ranges::find(made_.study.varied, id) != made_.study.varied.end())
                throw Error(fmt::format("'{}' has two columns", name), "leave one of them out");
            made_.study.varied.push_back(id);
            return made_.scenario.parameters[static_cast<std::size_t>(id.value)].range;
        };
        std::vector<std::string> notes;
        made_.study.points = read_points(asked_.points, text_of(asked_.points), range_of, &notes);
        if (tell_warnings) tell_notes(notes);
        for (std::size_t f = 0; f < made_.study.points.factors(); ++f)
            made_.study.points.names[f] = made_.scenario.parameters[static_cast<std::size_t>(made_.study.varied[f].value)].name;
        made_.design = "points of " + asked_.points;
        made_.design_text = "list " + asked_.points;
        made_.history = {static_cast<std::int64_t>(made_.study.points.size())};
    }

    const SweepArguments& asked_;
    PointStudy made_;
};

ExitCode conclude(const SweepArguments& asked, const PointStudy& prepared, StudySession& session) {
    const Study& study = prepared.study;
    const StudyValues& values = session.values();
    const SweepSummary summary = summarise_sweep(values, study.pairing_of_points());
    const std::string json = sweep_json(session.record(), session.outcome(), values, study, summary);
    conclude_tables(session, study, json, {});
    const std::string page = add_report_page(asked.study, session, prepared.scenario, "sweep", sweep_findings(values, study, summary),
                                             [&] { return sweep_report(values, study, prepared.scenario, summary); });
    print_summary(asked.study, json, [&] {
        return sweep_text(session.record(), session.outcome(), values, study, summary, style_of(1)) +
               fmt::format("Results  {}: points.csv, runs.csv, design.csv, summary.json, manifest.json{}\n", session.folder().string(), page);
    });
    return session.code();
}

ExitCode sweep(const SweepArguments& asked, const CommandLine& command) {
    return with_ranks([&](Ranks& ranks) {
        PointStudy prepared;
        together(ranks, [&] { prepared = Preparation(asked).prepared(ranks.rank() == 0); });
        if (!asked.emit_design.empty()) return ranks.rank() == 0 ? emit_design(prepared.study.points, asked.emit_design) : ExitCode::fine;
        return carry_out(ranks, "sweep", asked.study, prepared, command, [&](StudySession& session) { return conclude(asked, prepared, session); });
    });
}

}  // namespace

Subcommand add_sweep(CLI::App& app) {
    CLI::App* self = app.add_subcommand("sweep", "Run a scenario at many points of its parameters, and keep what follows at each");
    const auto asked = std::make_shared<SweepArguments>();
    asked->study.add_to(*self);
    self->add_option("--vary", asked->vary, "Vary a parameter or start value: NAME (by its prior), NAME=LOW:HIGH[:N], NAME=log(LOW, HIGH), NAME={A, B}, NAME=normal(M, S), …; may be repeated (with --samples, every parameter that has a prior otherwise)")
        ->type_name("NAME[=HOW]")->allow_extra_args(false);
    self->add_option("--design", asked->design, "grid (every combination of levels; without --samples), sobol (with --samples) or latin")->type_name("FORM");
    add_number(*self, "--samples", std::int64_t{1}, "Points of a sobol or latin design; more of them later extend the study", [asked](auto n) { asked->samples = n; });
    add_number(*self, "--levels", 2, "Levels of a factor in a grid where it names none (5 otherwise)", [asked](auto n) { asked->levels = n; });
    self->add_option("--points", asked->points, "Points from a CSV table: a column for each parameter, a row for each point")->type_name("FILE");
    self->add_option("--emit-design", asked->emit_design, "Make no runs; write the points to a CSV table")->type_name("FILE");
    self->footer(
        "\nExamples:\n  entente sweep scenarios/moscow-kabul.yaml --vary aid_rate=0:4:5 --vary pull_trust=3:9:4 --replicates 200\n"
        "  entente sweep scenarios/moscow-kabul.yaml --vary aid_rate=0:4 --vary pull_trust --samples 256 --replicates 32\n"
        "  entente sweep rivals.yaml --vary 'bloc[alliance].arms=50:150:11' --vary fatigue={0.6, 1.2}\n"
        "  mpirun -n 4 entente sweep …\n\n"
        "Every finished shard of runs is on disk: after Ctrl-C, a crash or a full disk the same command goes on, and ends with\n"
        "the same digest. More --samples or --replicates in the same --out add to what is there.\n\n"
        "Exit code 0: fine, 1: --no-runs told of a study that lacks runs, 2: wrong usage or a scenario with errors, 3: runs failed,\n"
        "130: interrupted and saved.\n");
    return {self, [asked](const CommandLine& command) { return sweep(*asked, command); }};
}

}  // namespace entente
