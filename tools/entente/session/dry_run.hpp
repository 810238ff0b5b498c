/// What a run would cost: memory and disk from the model, time from a short trial.
#pragma once

#include <string>

#include <entente/model/model.hpp>
#include <entente/study/ensemble.hpp>

namespace entente {

struct RunCost {
    double memory = 0;  ///< bytes that the process has at its peak: state, results, and what it takes to summarise and write them
    double disk = 0;    ///< bytes
};
RunCost cost_of(const Model& model, const RunPlan& plan);

/// Throws Error when that would be more memory than the machine has free.
void refuse_what_does_not_fit(const Model& model, const RunPlan& plan);

/// Runs, ticks and rows; time, from a trial of a second or so; memory; disk, in the folder or file that `place` names.
std::string dry_run_text(const Model& model, const RunPlan& plan, const std::string& place);

}  // namespace entente
