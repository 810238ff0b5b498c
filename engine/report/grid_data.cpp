#include <entente/report/grid_data.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include <fmt/format.h>

#include <entente/base/wording.hpp>

namespace entente {

namespace {

constexpr double most_whole_span = 254;  ///< so many steps has a number of one byte
constexpr int coarse = 1;

const Pattern* grid_of(const Scenario& scenario, KindId kind) {
    for (const LinkKind& links : scenario.links)
        if (links.source == kind && links.pattern && links.pattern->form == Pattern::Form::grid) return &*links.pattern;
    return nullptr;
}

bool are_whole(std::span<const double> values) {
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double value : values) {
        if (std::isnan(value)) continue;
        if (value != std::floor(value)) return false;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    return !(high - low > most_whole_span);
}

/// Every `step`-th moment, counted from the last one back, so that this stays; and the values there.
page::GridField thinned_field(const SpatialCourse& course, std::size_t step) {
    std::vector<double> values;
    const std::size_t moments = course.moments.size();
    for (std::size_t at = (moments - 1) % step; at < moments; at += step) {
        const auto cells = std::span(course.values).subspan(at * course.rows, course.rows);
        values.insert(values.end(), cells.begin(), cells.end());
    }
    return {.name = course.name, .unit = course.unit, .about = course.about, .levels = course.levels, .whole = are_whole(values), .values = page::packed(values, coarse)};
}

/// The step by which moments are likely to fit, from what the last moment takes.
std::size_t first_step(std::span<const SpatialCourse* const> courses) {
    std::size_t bytes = 0;
    for (const SpatialCourse* course : courses)
        bytes += course->moments.size() * page::packed(std::span(course->values).last(course->rows), coarse).bytes.size();
    return std::max<std::size_t>((bytes + most_grid_bytes - 1) / most_grid_bytes, 1);
}

std::string grid_note(const Results& results, const page::GridData& grid) {
    std::string note = results.runs == 1 ? "The one run." : fmt::format("Run {}, the first of {}: means over runs would wash patterns out.", results.first_run, with_commas(results.runs));
    if (results.failed(results.first_run)) note += " It failed; shown is what came before.";
    if (std::ssize(grid.times) < results.calendar.moments())
        note += fmt::format(" {} of {} moments are kept.", std::ssize(grid.times), with_commas(results.calendar.moments()));
    return note;
}

}  // namespace

std::vector<page::GridData> grids_data(const Scenario& scenario, const Model& model, const Results& results, const std::vector<SpatialCourse>& courses) {
    std::vector<page::GridData> grids;
    std::vector<const SpatialCourse*> of_cells;
    for (const SpatialCourse& course : courses)
        if (course.use == SpatialQuantity::Use::cells) of_cells.push_back(&course);
    for (std::size_t step = first_step(of_cells); !of_cells.empty(); step *= 2) {
        grids.clear();
        std::size_t bytes = 0;
        std::size_t moments = 0;
        KindId last;
        for (const SpatialCourse* course : of_cells) {
            if (grids.empty() || course->kind != last) {
                const Table& table = model.tables[last = course->kind];
                const Pattern& pattern = *grid_of(scenario, last);
                page::GridData& grid = grids.emplace_back();
                grid.kind = table.label.empty() ? table.name : table.label;
                grid.width = pattern.width;
                grid.height = pattern.height;
                for (std::size_t at = (course->moments.size() - 1) % step; at < course->moments.size(); at += step)
                    grid.times.push_back(page::moment_at(results.calendar, static_cast<double>(course->moments[at])));
                grid.note = grid_note(results, grid);
                moments = std::max(moments, grid.times.size());
            }
            grids.back().fields.push_back(thinned_field(*course, step));
            bytes += grids.back().fields.back().values.bytes.size();
            if (bytes > most_grid_bytes && moments > 1) break;
        }
        if (bytes <= most_grid_bytes || moments <= 1) break;
    }
    return grids;
}

}  // namespace entente
