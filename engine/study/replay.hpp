/// One run of an ensemble made again, alone, with all that it did.
#pragma once

#include <cstdint>

#include <entente/study/ensemble.hpp>

namespace entente {

/// Run `run` of the plan's ensemble, as its results number runs: the values that it has there, to the last bit, and besides its series, every event
/// and, of a model that shows some, its relations and what maps and grids show. Of a branch, events are those from the snapshot on where the snapshot holds none of its past.
/// A model compiled with CompileOptions::chances tells the chance that events had. Throws Error as check_plan does.
Results replayed(const Model& model, RunPlan plan, std::int64_t run);

}  // namespace entente
