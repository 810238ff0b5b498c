#include "session/run_report.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <entente/base/version.hpp>
#include <entente/base/wording.hpp>
#include <entente/report/ensemble_data.hpp>
#include <entente/report/outcome_rows.hpp>
#include <entente/report/outcomes_data.hpp>
#include <entente/report/replay_data.hpp>
#include <entente/report/grid_data.hpp>
#include <entente/report/map_data.hpp>
#include <entente/report/report_data.hpp>
#include <entente/summary/headline.hpp>
#include <entente/summary/story.hpp>

namespace entente {

namespace {

/// Makes the telling runs again, with all that they did.
Told add_replay(const Scenario& scenario, const Model& model, const RunPlan& plan, const Results& results, page::EnsembleData& data) {
    const auto headline = usual_headline(results);
    TellingRuns chosen = telling_runs(results, headline);
    const std::int64_t updates = model.row_updates_per_tick() * ticks_of(model, plan);
    const auto at_most = static_cast<std::size_t>(most_replayed_updates / std::max<std::int64_t>(updates, 1));
    if (chosen.runs.empty() || at_most == 0) {
        data.no_replay = chosen.runs.empty() ? "No run is told, for all failed."
                                             : fmt::format("Single runs of so large a world are told by entente run --replay {}.", chosen.runs.front().run);
        return {};
    }
    chosen.runs.resize(std::min(chosen.runs.size(), at_most));
    Told told{.model = compile(scenario, {.varied = plan.points ? plan.points->varied() : std::vector<ParameterId>(),
                                          .starts_known = plan.from == nullptr,
                                          .show = Shown::replay,
                                          .chances = true}),
              .stories = {}};
    for (const TellingRun& one : chosen.runs) told.stories.push_back(story_of(told.model, plan, one.run, one.reasons));
    data.replay = replay_data(scenario, told.model, chosen, told.stories, headline);
    return told;
}

}  // namespace

page::Report run_report(ScenarioChanges changes, const Scenario& scenario, const Model& model, const RunRecord& record, const RunPlan& plan,
                        const Results& results, const RunLabels& labels, const Summary& summary) {
    const RelationsOverTime relations = relations_over_time(scenario, model, results);
    ReportHead head{.kind = "run", .scenario = &scenario, .changes = std::move(changes)};
    const std::string seed = std::to_string(results.seed);
    head.facts = {{"Horizon", calendar_text(results.calendar)},
                  {"Runs", with_commas(results.runs)},
                  {"Variant", record.labels.variant(record.identity.variant)},
                  {"Seed", seed},
                  {"Posterior", record.posterior},
                  {"Cost", fmt::format("{} on {}", duration_text(results.seconds), counted(results.threads, "thread"))}};
    head.headline = run_headline(results, summary);
    head.findings = ensemble_findings(scenario, results, summary);
    head.provenance = {{"Entente", std::string(version())}, {"Scenario", record.scenario}, {"Hash", record.identity.scenario_hash},
                       {"Variant", record.identity.variant}, {"Snapshot", record.snapshot}, {"Seed", seed},
                       {"Runs", with_commas(results.runs)}, {"Digest", results.digest}, {"Started", record.started},
                       {"Instructions", results.instruction_set}};
    head.command = record.command;
    page::Report report = report_data(head);
    report.ensemble = ensemble_data(scenario, results, summary, &relations);
    report.ensemble->outcomes = outcomes_data(scenario, results, summary, labels);
    if (report.ensemble->outcomes) add_outcome_rows(scenario, model, results, *report.ensemble->outcomes);
    const Told told = add_replay(scenario, model, plan, results, *report.ensemble);
    const std::vector<SpatialCourse> courses = spatial_courses(scenario, model, results);
    report.ensemble->map = map_data(scenario, model, results, summary, courses, told);
    report.ensemble->grids = grids_data(scenario, model, results, told);
    return report;
}

}  // namespace entente
