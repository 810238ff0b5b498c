#include "session/dry_run.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include <entente/base/machine.hpp>
#include <entente/base/problem.hpp>
#include <entente/base/wording.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/study/recorder.hpp>
#include <entente/study/relations_recorder.hpp>
#include <entente/study/tiles.hpp>
#include <entente/summary/ensemble_summary.hpp>

namespace entente {

namespace {

constexpr double trial_updates = 2e8;  ///< rows x steps x ticks of a trial: a second or two
constexpr std::int64_t most_trial_runs = 512;
constexpr double bytes_per_cell = 18;  ///< of a number in a CSV table
constexpr double bytes_of_row_labels = 40;  ///< of a line of rows.csv, before its numbers
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

// What follows was measured, on runs of a few bytes up to 1.7 GB, and estimates their peaks to within a fifth.

constexpr double bytes_of_the_program = 25e6;  ///< with its libraries and a small model
constexpr double bytes_to_write_series = 14e6;
constexpr double bytes_to_write_a_snapshot = 45e6;
constexpr double most_waiting = 32e6;        ///< of compressed chunks, until the file is closed
constexpr double bytes_of_a_name = 40;       ///< of a row, for results by row and events
constexpr double bytes_of_a_moment = 600;    ///< of a series: its mean and quantiles, as numbers, as JSON and as text …
constexpr double bytes_of_a_mean = 560;      ///< … and where runs are too few for quantiles
constexpr double bytes_to_tell_rows = 20e6;     ///< of measures by row: the page and the tables that tell of the first rows …
constexpr double bytes_of_a_row = 900;          ///< … of each row its distribution, and what is at hand while it is made …
constexpr double bytes_of_a_row_in_json = 3200; ///< … that as JSON …
constexpr double bytes_of_a_row_year = 150;     ///< … both of a year …
constexpr double bytes_of_a_year_in_json = 1600;
constexpr double bytes_of_a_row_moment = 60;    ///< … and the course of the mean, or the curve of a date
constexpr double bytes_of_a_date = 110;      ///< of a moment, likewise …
constexpr double bytes_of_a_tick = 40;       ///< … in an undated calendar

double bytes_of_state(const Model& model, const RunPlan& plan) {
    const int threads = thread_count(plan.threads);
    const auto share = (plan.runs + threads - 1) / threads;
    const int lanes = plan.lanes > 0 ? plan.lanes : suitable_lanes(model, share);
    const auto batches = std::min<std::int64_t>(threads, (plan.runs + lanes - 1) / lanes);
    return static_cast<double>(model.bytes_per_lane()) * lanes * static_cast<double>(batches);
}

double bytes_of_names(const Model& model) {
    std::int64_t names = 0;
    for (const auto& measure : model.measures)
        if (measure.is_by_row()) names += model.rows_of(measure.value) * (1 + (model.tables[measure.on].is_link ? 2 : 0));
    for (const auto& event : model.events) names += model.rows_of(event.count);
    return static_cast<double>(names) * bytes_of_a_name;
}

double bytes_to_summarise(const Model& model, std::int64_t runs) {
    std::int64_t series = 0;
    for (const auto& measure : model.measures) series += measure.form == CompiledMeasure::Form::series && !measure.is_by_row() ? 1 : 0;
    const double each = runs < static_cast<std::int64_t>(least_for_quantiles) ? bytes_of_a_mean : bytes_of_a_moment;
    const double label = model.calendar.is_dated() ? bytes_of_a_date : bytes_of_a_tick;
    return static_cast<double>(model.calendar.moments()) * (static_cast<double>(series) * each + label);
}

/// How many points the course of a row has: a moment each of a series, of a date those at which it came.
double course_points(const Model& model, const CompiledMeasure& measure, std::int64_t runs) {
    if (measure.form == CompiledMeasure::Form::series) return static_cast<double>(model.calendar.moments());
    return measure.form == CompiledMeasure::Form::date ? static_cast<double>(std::min(runs, model.calendar.moments())) : 0;
}

/// Of each row that measures tell of: its distributions over runs, as numbers, as JSON and as text, and where they have room its course.
double bytes_to_summarise_rows(const Model& model, std::int64_t runs) {
    const int years = model.calendar.year(model.calendar.ticks() - 1) - model.calendar.year(0) + 1;
    double bytes = 0;
    for (const auto& measure : model.measures) {
        if (!measure.is_by_row()) continue;
        const auto rows = static_cast<double>(model.rows_of(measure.value));
        const double in_json = std::min(rows, static_cast<double>(most_rows_in_json));
        const int own_years = measure.form == CompiledMeasure::Form::yearly ? years : 0;
        bytes += rows * (bytes_of_a_row + own_years * bytes_of_a_row_year) + in_json * (bytes_of_a_row_in_json + own_years * bytes_of_a_year_in_json);
        const auto moments = static_cast<double>(model.calendar.moments());
        const bool have_room = rows * moments <= static_cast<double>(most_row_moments);
        bytes += (have_room ? rows : std::min(rows, static_cast<double>(most_panel_rows))) * course_points(model, measure, runs) * bytes_of_a_row_moment;
    }
    return bytes == 0 ? 0 : bytes + bytes_to_tell_rows;
}

constexpr double labels_of_a_run = 3;  ///< values as large as a run's number, replicate and status

/// Lines that a run has in rows.csv.
double rows_of_tables_by_row(const Model& model) {
    std::map<KindId, std::int64_t> rows;
    for (const auto& measure : model.measures)
        if (measure.is_by_row()) rows[measure.on] = model.rows_of(measure.value);
    double lines = 0;
    for (const auto& [kind, count] : rows) lines += static_cast<double>(count);
    return lines;
}

/// Counts of events by year: those of a batch's lanes on each thread, and their sums before and after a batch.
double bytes_to_count_events(const Model& model, const RunPlan& plan) {
    if (plan.from) return 0;
    const RunLayout layout = layout_of(model, plan);
    const std::int64_t at_once = layout.rows_shared ? 1 : std::min<std::int64_t>(layout.threads, layout.batches);
    return static_cast<double>(year_counts_of(model) * (layout.lanes + 3) * at_once) * sizeof(double);
}

}  // namespace

RunCost cost_of(const Model& model, const RunPlan& plan) {
    const auto runs = static_cast<double>(plan.runs);
    const auto each = static_cast<double>(series_bytes_per_run(model));
    const double series = static_cast<double>(series_runs_of(model, plan)) * each;
    const double values = runs * (static_cast<double>(values_per_run(model)) + labels_of_a_run);
    const double rows = runs * rows_of_tables_by_row(model) * bytes_of_row_labels;
    const double relations = plan.relations ? static_cast<double>(relation_runs_of(model, plan.runs) * relation_bytes_per_run(model) + spatial_bytes(model, plan.runs)) + bytes_to_count_events(model, plan) : 0;
    const double snapshot = snapshot_bytes(model, plan);
    const double writing = plan.until >= 0 || series == 0 ? 0 : bytes_to_write_series + std::min(series, most_waiting) + bytes_to_summarise(model, series_runs_of(model, plan));
    const double past = plan.from ? bytes_of(plan.from->blocks) : 0;
    return {.memory = bytes_of_the_program + past + (plan.until >= 0 ? bytes_to_write_a_snapshot : 0) + bytes_of_state(model, plan) + bytes_of_names(model) + series + relations + values * 8 + snapshot + writing + (plan.until >= 0 ? 0 : bytes_to_summarise_rows(model, plan.runs)),
            .disk = plan.until >= 0 ? snapshot : series / 8 * bytes_per_value + values * bytes_per_cell + rows};
}

void refuse_what_does_not_fit(const Model& model, const RunPlan& plan) {
    const double needed = cost_of(model, plan).memory;
    const double free = free_memory();
    if (needed <= free) return;
    throw Error(fmt::format("the {} of {} would take {} of memory, and {} are free", plan.until >= 0 ? "snapshot" : "results",
                            counted(plan.runs, "run"), bytes_text(needed), bytes_text(free)),
                "make fewer runs at a time (--first-run continues where others ended), or keep fewer series (--series); what is measured on each row (`on:`) takes a value for each run and row");
}

std::string dry_run_text(const Model& model, const RunPlan& plan, const std::string& place) {
    const Results tried = trial(model, plan);
    const RunCost cost = cost_of(model, plan);
    const double a_second = static_cast<double>(tried.runs) / std::max(tried.seconds, 1e-9);
    std::int64_t rows = 0;
    for (const auto& table : model.tables) rows += table.rows;

    std::string text = fmt::format("Would make {} of {} and {}\n", counted(plan.runs, "run"), counted(ticks_of(model, plan), "tick"),
                                   counted(rows, "row"));
    text +=
        fmt::format("Time     about {} on {} ({} a second in a trial of {})\n", duration_text(static_cast<double>(plan.runs) / a_second),
                    counted(tried.threads, "thread"), readable(a_second), counted(tried.runs, "run"));
    text += fmt::format("Memory   about {}\n", bytes_text(cost.memory));
    text += fmt::format("Disk     about {} in {}\n", bytes_text(cost.disk), place);
    return text;
}

}  // namespace entente
