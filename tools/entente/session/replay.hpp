/// `run --replay`: single runs, told.
#pragma once

#include <entente/model/model.hpp>
#include <entente/store/run_record.hpp>
#include <entente/study/ensemble.hpp>

#include "arguments/run_arguments.hpp"
#include "session/attendant.hpp"

namespace entente {

/// Tells the runs of the plan that were asked for: those given by number are made alone; for the typical and the telling ones all runs are, and then
/// those again. `model` was compiled with chances. Throws Error for numbers that are none of the plan's.
ExitCode tell_runs(const RunArguments& arguments, const Scenario& scenario, const Model& model, const RunRecord& record, const RunPlan& plan,
                   Attendant& attendant);

}  // namespace entente
