#include "dry_run.hpp"

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/machine.hpp>
#include <entente/base/problem.hpp>
#include <entente/results/numbers.hpp>
#include <entente/study/recorder.hpp>

namespace entente {

namespace {

constexpr double trial_updates = 2e8;  ///< rows x steps x ticks of a trial: a second or two
constexpr std::int64_t most_trial_runs = 512;
constexpr double bytes_per_cell = 18;  ///< of a number in a CSV table
constexpr double bytes_per_value = 6;  ///< of a compressed double in series.nc

/// Runs at full speed without keeping anything.
Results trial(const Model& model, RunPlan plan) {
    const double a_run = static_cast<double>(std::max<std::int64_t>(model.row_updates_per_tick() * ticks_of(model, plan), 1));
    const auto affordable = std::max<std::int64_t>(static_cast<std::int64_t>(trial_updates / a_run), 1);
    plan.runs = std::min({plan.runs, affordable, most_trial_runs});
    plan.series_runs = 0;
    plan.log_events = false;
    Snapshot forgotten;
    return run_ensemble(model, plan, {}, plan.until >= 0 ? &forgotten : nullptr);
}

/// Values that a run leaves besides its series.
double values_per_run(const Model& model) {
    const int years = model.calendar.year(model.calendar.ticks() - 1) - model.calendar.year(0) + 1;
    double values = 3;
    for (const auto& measure : model.measures) values += measure.form == CompiledMeasure::Form::yearly ? 1 + years : 1;
    return values;
}

}  // namespace

RunCost cost_of(const Model& model, const RunPlan& plan) {
    const auto runs = static_cast<double>(plan.runs);
    const auto each = static_cast<double>(series_bytes_per_run(model));
    const double kept =
        plan.series_runs >= 0 ? static_cast<double>(plan.series_runs) : static_cast<double>(series_memory) / std::max(each, 1.0);
    const double series = std::min(kept, runs) * each;
    const double values = runs * values_per_run(model);
    const double snapshot = snapshot_bytes(model, plan);
    return {.memory = series + values * 8 + snapshot,
            .disk = plan.until >= 0 ? snapshot : series / 8 * bytes_per_value + values * bytes_per_cell};
}

void refuse_what_does_not_fit(const Model& model, const RunPlan& plan) {
    const double needed = cost_of(model, plan).memory;
    const double free = free_memory();
    if (needed <= free) return;
    throw Error(fmt::format("the {} of {} would take {} of memory, and {} are free", plan.until >= 0 ? "snapshot" : "results",
                            counted(plan.runs, "run"), bytes_text(needed), bytes_text(free)),
                "make fewer runs at a time (--first-run goes on where others ended), or keep fewer series (--series)");
}

std::string dry_run_text(const Model& model, const RunPlan& plan, const std::string& place) {
    const Results tried = trial(model, plan);
    const RunCost cost = cost_of(model, plan);
    const double a_second = static_cast<double>(tried.runs) / std::max(tried.seconds, 1e-9);
    const double state = static_cast<double>(model.bytes_per_lane()) * tried.lanes * tried.threads;
    std::int64_t rows = 0;
    for (const auto& table : model.tables) rows += table.rows;

    std::string text = fmt::format("Would make {} of {} and {}\n", counted(plan.runs, "run"), counted(ticks_of(model, plan), "tick"),
                                   counted(rows, "row"));
    text +=
        fmt::format("Time     about {} on {} ({} a second in a trial of {})\n", duration_text(static_cast<double>(plan.runs) / a_second),
                    counted(tried.threads, "thread"), readable(a_second), counted(tried.runs, "run"));
    text += fmt::format("Memory   about {}\n", bytes_text(cost.memory + state));
    text += fmt::format("Disk     about {} in {}\n", bytes_text(cost.disk), place);
    return text;
}

}  // namespace entente
