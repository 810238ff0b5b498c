/// The page of an ensemble of runs.
#pragma once

#include <entente/model/model.hpp>
#include <entente/output/run_tables.hpp>
#include <entente/report/page_data.hpp>
#include <entente/report/scenario_data.hpp>
#include <entente/store/run_record.hpp>
#include <entente/study/ensemble.hpp>
#include <entente/summary/ensemble_summary.hpp>

namespace entente {

/// What the page shows of runs that kept what drawings of relations show (RunPlan::relations). `labels` say what was varied between them.
/// The runs of `plan` that are told are made again; where it has none of them, or they would take long, the page says so.
page::Report run_report(ScenarioChanges changes, const Scenario& scenario, const Model& model, const RunRecord& record, const RunPlan& plan,
                        const Results& results, const RunLabels& labels, const Summary& summary);

}  // namespace entente
