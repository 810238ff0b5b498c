#include <entente/report/grid_data.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>

namespace entente {

namespace {

constexpr double most_whole_span = 254;  ///< so many steps has a number of one byte
constexpr int coarse = 1;
/// Runs are left out rather than moments, but for the first, where fewer moments than these of each would fit.
constexpr std::size_t least_grid_moments = 24;

const Pattern* grid_of(const Scenario& scenario, KindId kind) {
    for (const LinkKind& links : scenario.links)
        if (links.source == kind && links.pattern && links.pattern->form == Pattern::Form::grid) return &*links.pattern;
    return nullptr;
}

/// The cells in one run.
struct RunOfGrid {
    std::int64_t run = 0;  ///< its number
    std::int64_t last = 0;   ///< the moment up to which nothing failed
    bool failed = false;
    std::vector<const KeptCourses*> fields;  ///< of each quantity
    std::int64_t at = 0;                     ///< number of the run in these
};

/// A kind whose agents are cells: its quantities, and the runs in the order in which they are offered.
struct KeptGrid {
    KindId kind;
    std::vector<SpatialCourse> fields;
    std::vector<RunOfGrid> runs;
    [[nodiscard]] const std::vector<std::int64_t>& moments() const { return runs.front().fields.front()->moments; }
};

/// Of one field in all runs the values at some moments; those after a run failed are none.
class FieldValues {
public:
    FieldValues(const KeptGrid& cells, std::size_t field, std::size_t runs, std::size_t from, std::size_t step, std::size_t end) {
        const std::vector<std::int64_t>& moments = cells.moments();
        for (const RunOfGrid& run : std::span(cells.runs).first(runs)) {
            std::vector<double>& values = runs_.emplace_back();
            for (std::size_t at = from; at < end; at += step)
                for (const float value : run.fields[field]->of(run.at, at)) values.push_back(moments[at] <= run.last ? add(static_cast<double>(value)) : Results::missing);
        }
    }

    [[nodiscard]] page::PackedNumbers packed(std::size_t run) const { return low_ > high_ ? page::packed(runs_[run], coarse) : page::packed_between(runs_[run], low_, high_, coarse); }
    [[nodiscard]] bool are_whole() const { return are_whole_ && !(high_ - low_ > most_whole_span); }

private:
    double add(double value) {
        if (!std::isfinite(value)) return value;
        are_whole_ = are_whole_ && value == std::floor(value);
        low_ = std::min(low_, value);
        high_ = std::max(high_, value);
        return value;
    }

    std::vector<std::vector<double>> runs_;
    double low_ = std::numeric_limits<double>::infinity();
    double high_ = -std::numeric_limits<double>::infinity();
    bool are_whole_ = true;
};

/// Where the kinds of cells are kept: of the runs that are told, or else of the first ones.
std::vector<KeptGrid> cells_of(const Scenario& scenario, const Model& model, const Results& results, const Told& told) {
    std::vector<KeptGrid> all;
    for (std::size_t number = 0; number < results.spatial.size(); ++number) {
        const SpatialQuantity& quantity = model.spatial[number];
        const KeptCourses& kept = results.spatial[number];
        if (quantity.use != SpatialQuantity::Use::cells || kept.runs == 0 || kept.rows == 0) continue;
        const bool is_new = all.empty() || all.back().kind != quantity.of.kind;
        if (is_new) all.push_back({.kind = quantity.of.kind, .fields = {}, .runs = {}});
        KeptGrid& cells = all.back();
        cells.fields.push_back(described(scenario, quantity));
        if (told.stories.empty()) {
            for (std::int64_t run = 0; run < kept.runs; ++run) {
                if (is_new) cells.runs.push_back({.run = results.first_run + run, .last = results.calendar.moments(), .failed = false, .fields = {}, .at = run});
                cells.runs[static_cast<std::size_t>(run)].fields.push_back(&kept);
            }
        } else {
            for (std::size_t run = 0; run < told.stories.size(); ++run) {
                if (is_new) cells.runs.push_back({.run = told.stories[run].run(), .last = results.calendar.moments(), .failed = false, .fields = {}, .at = 0});
                cells.runs[run].fields.push_back(kept_of(told.model, told.stories[run].results, quantity.of));
            }
        }
    }
    for (KeptGrid& cells : all)
        for (RunOfGrid& run : cells.runs)
            for (const RunFailure& failure : results.failures)
                if (failure.run == run.run) run.failed = true, run.last = failure.tick;
    std::erase_if(all, [](const KeptGrid& cells) { return cells.moments().empty(); });
    return all;
}

/// What is kept of all grids together: so many runs, and of the moments each `step`-th, counted from the last one back, so that this stays.
struct Thinned {
    std::size_t runs = 1;
    std::size_t step = 1;
};

/// By what the last moment takes: as many runs as leave room for some moments, and the step by which moments are likely to fit.
Thinned likely_to_fit(const std::vector<KeptGrid>& all) {
    std::size_t most_runs = 0;
    std::size_t moments = 0;
    for (const KeptGrid& cells : all) {
        most_runs = std::max(most_runs, cells.runs.size());
        moments = std::max(moments, cells.moments().size());
    }
    const std::size_t fewest = std::min(moments, least_grid_moments);
    Thinned kept;
    std::size_t bytes = 0;  // of one moment of the runs so far
    for (std::size_t run = 0; run < most_runs; ++run) {
        std::size_t more = 0;
        for (const KeptGrid& cells : all) {
            if (run >= cells.runs.size()) continue;
            const std::size_t last = cells.moments().size() - 1;
            for (const KeptCourses* field : cells.runs[run].fields) {
                const auto values = field->of(cells.runs[run].at, last);
                more += page::packed(std::vector<double>(values.begin(), values.end()), coarse).bytes.size();
            }
        }
        if (run > 0 && (bytes + more) * fewest > most_grid_bytes) break;
        bytes += more;
        kept.runs = run + 1;
    }
    kept.step = std::max<std::size_t>((bytes * moments + most_grid_bytes - 1) / most_grid_bytes, 1);
    return kept;
}

std::string grid_note(const Results& results, const KeptGrid& cells, const page::GridData& grid, bool are_told) {
    const auto runs = static_cast<std::size_t>(std::ssize(grid.runs));
    std::string note = "The one run.";
    if (results.runs > 1) {
        const std::string of = !are_told                 ? runs == 1 ? fmt::format("Run {}, the first of {}", grid.runs.front(), with_commas(results.runs))
                                                           : runs == static_cast<std::size_t>(results.runs) ? fmt::format("All {} runs", runs)
                                                                                                            : fmt::format("The first {} of {} runs", runs, with_commas(results.runs))
                               : runs == 1               ? "The typical run"
                               : runs == cells.runs.size() ? fmt::format("The {} runs that are told one by one", runs)
                                                         : fmt::format("The first {} of the {} runs that are told one by one; those of the others would be too large", runs, cells.runs.size());
        note = of + ": means over runs would wash patterns out.";
    }
    std::vector<std::string> failed;
    for (const RunOfGrid& run : std::span(cells.runs).first(runs))
        if (run.failed) failed.push_back(std::to_string(run.run));
    if (!failed.empty()) note += runs == 1 ? " It failed; shown is what came before." : fmt::format(" {} {} failed; shown is what came before.", failed.size() == 1 ? "Run" : "Runs", listed(failed, runs));
    if (std::ssize(grid.times) < results.calendar.moments())
        note += fmt::format(" {} of {} moments are kept.", std::ssize(grid.times), with_commas(results.calendar.moments()));
    return note;
}

/// The moments of a grid, from `first` on each `step`-th: up to the last that some run reached.
std::size_t reached(const KeptGrid& cells, std::size_t runs) {
    std::int64_t last = 0;
    for (const RunOfGrid& run : std::span(cells.runs).first(runs)) last = std::max(last, run.last);
    const std::vector<std::int64_t>& moments = cells.moments();
    return static_cast<std::size_t>(std::ranges::upper_bound(moments, last) - moments.begin());
}

}  // namespace

std::vector<page::GridData> grids_data(const Scenario& scenario, const Model& model, const Results& results, const Told& told) {
    std::vector<page::GridData> grids;
    const std::vector<KeptGrid> all = cells_of(scenario, model, results, told);
    if (all.empty()) return grids;
    for (Thinned kept = likely_to_fit(all);; kept.step *= 2) {
        grids.clear();
        std::size_t bytes = 0;
        std::size_t most_moments = 0;
        for (const KeptGrid& cells : all) {
            const Table& table = model.tables[cells.kind];
            const Pattern& pattern = *grid_of(scenario, cells.kind);
            const std::size_t runs = std::min(kept.runs, cells.runs.size());
            page::GridData& grid = grids.emplace_back();
            grid.kind = table.label.empty() ? table.name : table.label;
            grid.width = pattern.width;
            grid.height = pattern.height;
            for (const RunOfGrid& run : std::span(cells.runs).first(runs)) grid.runs.push_back(run.run);
            const std::size_t moments = reached(cells, runs);
            const std::size_t from = moments == 0 ? 0 : (moments - 1) % kept.step;
            for (std::size_t at = from; at < moments; at += kept.step) grid.times.push_back(page::moment_at(results.calendar, static_cast<double>(cells.moments()[at])));
            most_moments = std::max(most_moments, grid.times.size());
            for (std::size_t field = 0; field < cells.fields.size() && (bytes <= most_grid_bytes || most_moments <= 1); ++field) {
                const SpatialCourse& named = cells.fields[field];
                const FieldValues values(cells, field, runs, from, kept.step, moments);
                page::GridField& made = grid.fields.emplace_back(
                    page::GridField{.name = named.name, .unit = named.unit, .about = named.about, .levels = named.levels, .whole = values.are_whole(), .runs = {}});
                for (std::size_t run = 0; run < runs; ++run) {
                    made.runs.push_back(values.packed(run));
                    bytes += made.runs.back().bytes.size();
                }
            }
            grid.note = grid_note(results, cells, grid, !told.stories.empty());
        }
        if (bytes <= most_grid_bytes || most_moments <= 1) break;
    }
    return grids;
}

}  // namespace entente
