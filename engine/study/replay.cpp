#include <entente/study/replay.hpp>

namespace entente {

Results replayed(const Model& model, RunPlan plan, std::int64_t run) {
    plan.first_run = run;
    plan.runs = 1;
    plan.threads = 1;
    plan.lanes = 0;
    plan.series_runs = plan.from ? -1 : 1;
    plan.series_rows.clear();
    plan.log_events = true;
    plan.logs_from_here = true;
    plan.relations = !model.shown.empty() || !model.spatial.empty();
    plan.fail_fast = false;
    plan.abandon = {};
    return run_ensemble(model, plan);
}

}  // namespace entente
