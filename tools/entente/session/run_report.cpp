#include "session/run_report.hpp"

#include <utility>

#include <fmt/format.h>

#include <entente/base/version.hpp>
#include <entente/base/wording.hpp>
#include <entente/report/ensemble_data.hpp>
#include <entente/report/outcomes_data.hpp>
#include <entente/report/report_data.hpp>

namespace entente {

page::Report run_report(ScenarioChanges changes, const Scenario& scenario, const Model& model, const RunRecord& record, const Results& results,
                        const RunLabels& labels, const Summary& summary) {
    const RelationsOverTime relations = relations_over_time(scenario, model, results);
    ReportHead head{.kind = "run", .scenario = &scenario, .changes = std::move(changes)};
    const std::string seed = std::to_string(results.seed);
    head.facts = {{"Horizon", calendar_text(results.calendar)},
                  {"Runs", with_commas(results.runs)},
                  {"Variant", record.labels.variant(record.identity.variant)},
                  {"Seed", seed},
                  {"Posterior", record.posterior},
                  {"Cost", fmt::format("{} on {}", duration_text(results.seconds), counted(results.threads, "thread"))}};
    head.findings = ensemble_findings(scenario, results, summary);
    head.provenance = {{"Entente", std::string(version())}, {"Scenario", record.scenario}, {"Hash", record.identity.scenario_hash},
                       {"Variant", record.identity.variant}, {"Snapshot", record.snapshot}, {"Seed", seed},
                       {"Runs", with_commas(results.runs)}, {"Digest", results.digest}, {"Started", record.started},
                       {"Instructions", results.instruction_set}};
    head.command = record.command;
    page::Report report = report_data(head);
    report.ensemble = ensemble_data(scenario, results, summary, &relations);
    report.ensemble->outcomes = outcomes_data(scenario, results, summary, labels);
    return report;
}

}  // namespace entente
