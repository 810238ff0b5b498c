#include <entente/output/study_tables.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/statistics.hpp>
#include <entente/base/wording.hpp>
#include <entente/output/run_tables.hpp>
#include <entente/output/table_formats.hpp>

namespace entente {

namespace {

constexpr std::int64_t runs_at_once = 1 << 14;
constexpr std::int64_t values_at_once = 1 << 23;

/// Which measures a table is of: those of the world, or those by row.
enum class Part { world, rows };

bool is_in(Part part, const StudyValues& values, const ValueColumn& column) {
    return values.layout().measures[column.measure].is_by_row() == (part == Part::rows);
}

/// Calls visit(first, end) for blocks of points that have about so many runs and values.
template <class Visit>
void in_blocks(const StudyValues& values, Part part, const Visit& visit) {
    std::int64_t each = 1;
    for (const ValueColumn& column : values.columns())
        if (is_in(part, values, column)) each += static_cast<std::int64_t>(column.columns);
    const std::int64_t runs = std::min(runs_at_once, values_at_once / each);
    const std::int64_t size = std::max<std::int64_t>(runs / values.replicates(), 1);
    for (std::int64_t first = 0; first < values.points(); first += size) visit(first, std::min(first + size, values.points()));
}

std::string factor_cells(const Study& study, std::int64_t point) {
    std::string cells;
    if (study.varied.empty()) return cells;
    for (const double value : study.points.row(static_cast<std::size_t>(point))) cells += ',' + exact(value);
    return cells;
}

std::vector<std::string> factor_columns(const Points& points, const std::vector<std::string>& taken) {
    std::vector<std::string> columns;
    for (const auto& name : points.names) columns.push_back(factor_column(name, taken));
    return columns;
}

/// Results of a block's runs, as the tables of `run` are made of them.
Results block_of(const StudyValues& values, Part part, int alternative, std::int64_t first, std::int64_t end) {
    Results block = values.layout();
    block.runs = (end - first) * values.replicates();
    block.first_run = (alternative * values.points() + first) * values.replicates();
    for (const ValueColumn& column : values.columns()) {
        if (!is_in(part, values, column)) continue;
        const std::size_t all = static_cast<std::size_t>(block.runs) * column.columns;
        if (column.year < 0)
            block.final_values[column.measure].resize(all);
        else
            block.yearly[column.measure].resize(all * block.years.size());
        for (std::size_t row = 0; row < column.columns; ++row)
            put_column_values(block, column, row, values.column(column.first + row, alternative, first, end));
    }
    const auto from = std::ranges::lower_bound(values.failures(), block.first_run, {}, &RunFailure::run);
    const auto to = std::ranges::lower_bound(values.failures(), block.first_run + block.runs, {}, &RunFailure::run);
    block.failures.assign(from, to);
    return block;
}

/// What was varied in the runs of a block.
RunLabels labels_of(const StudyValues& values, const Study& study, int alternative, const std::string* name, std::int64_t first, std::int64_t end) {
    RunLabels labels;
    for (const auto& factor : study.points.names) labels.varied.push_back({factor, {}});
    for (std::int64_t point = first; point < end; ++point)
        for (std::int64_t replicate = 0; replicate < values.replicates(); ++replicate) {
            const std::int64_t drawn_as = study.first_run(alternative, point) + replicate;
            const bool is_unpaired = study.pairing_of_points() == Pairing::unpaired;
            labels.replicates.push_back(is_unpaired ? replicate : drawn_as);
            if (is_unpaired) labels.drawn_as.push_back(drawn_as);
            if (name != nullptr) labels.alternatives.push_back(*name);
            else labels.points.push_back(point);
            for (std::size_t f = 0; f < labels.varied.size(); ++f)
                labels.varied[f].values.push_back(study.points.row(static_cast<std::size_t>(point))[f]);
        }
    return labels;
}

/// A table of the runs that were made.
void write_runs_made(const StudyValues& values, const Study& study, Part part, const std::vector<std::string>& alternatives, const Sink& sink) {
    const bool compared = values.alternatives() > 1;
    const auto heads = labels_of(values, study, 0, compared ? &alternatives[0] : nullptr, 0, 1);
    part == Part::world ? write_runs_heads(values.layout(), heads, sink) : write_rows_heads(values.layout(), heads, sink);
    for (int alternative = 0; alternative < values.alternatives(); ++alternative)
        in_blocks(values, part, [&](std::int64_t first, std::int64_t end) {
            const std::string* name = compared ? &alternatives[static_cast<std::size_t>(alternative)] : nullptr;
            const Results block = block_of(values, part, alternative, first, end);
            const RunLabels labels = labels_of(values, study, alternative, name, first, end);
            std::int64_t number = block.first_run;
            const auto put = [&](std::string_view text) {
                if (values.is_made(number)) sink(text);
                ++number;
            };
            part == Part::world ? write_runs_rows(block, labels, put) : write_rows(block, labels, put);
        });
}

/// A point's cells before its outcomes: its number, its factors, how many of its runs were made, and how many of them failed.
std::string point_cells(const StudyValues& values, const Study& study, std::int64_t point) {
    std::int64_t made = 0;
    for (std::int64_t replicate = 0; replicate < values.replicates(); ++replicate) made += values.is_made(point * values.replicates() + replicate) ? 1 : 0;
    const auto failures = std::ranges::subrange(std::ranges::lower_bound(values.failures(), point * values.replicates(), {}, &RunFailure::run),
                                                std::ranges::lower_bound(values.failures(), (point + 1) * values.replicates(), {}, &RunFailure::run));
    return fmt::format("{}{},{},{}", point, factor_cells(study, point), made, std::ssize(failures));
}

/// `,mean,standard error` of a point's numbers.
std::string mean_cells(const StudyValues& values, std::span<const double> numbers, std::size_t point) {
    const auto replicates = static_cast<std::size_t>(values.replicates());
    const auto of_point = numbers.subspan(point * replicates, replicates);
    return ',' + exact(mean(of_point)) + ',' + exact(standard_error(of_point));
}

/// An outcome of each row of a kind, told in two columns.
struct RowsOutcome {
    std::string name;
    std::string kind;
    std::vector<Outcome> rows;
};

std::vector<RowsOutcome> rows_outcomes(const Results& layout) {
    std::vector<RowsOutcome> found;
    for (const Outcome& outcome : outcomes(layout)) {
        if (outcome.row < 0) continue;
        std::string name = name_without_row(layout, outcome);
        if (const auto known = std::ranges::find(found, name, &RowsOutcome::name); known != found.end())
            known->rows.push_back(outcome);
        else
            found.push_back({std::move(name), layout.measures[outcome.measure].kind, {outcome}});
    }
    return found;
}

}  // namespace

void write_design(const Points& points, const Sink& sink) {
    Study study;
    study.points = points;
    study.varied.resize(points.factors());
    sink(table_head(ResultTable::design, [&](std::string_view column) {
        return column == "<factor>" ? factor_columns(points, {}) : points.weights.empty() ? std::vector<std::string>() : std::vector<std::string>{"weight"};
    }));
    for (std::int64_t point = 0; point < std::ssize(points.values) / std::max<std::int64_t>(std::ssize(points.names), 1); ++point)
        sink(fmt::format("{}{}{}\n", point, factor_cells(study, point), points.weights.empty() ? "" : ',' + exact(points.weights[static_cast<std::size_t>(point)])));
}

void write_study_runs(const StudyValues& values, const Study& study, const std::vector<std::string>& alternatives, const Sink& sink) {
    write_runs_made(values, study, Part::world, alternatives, sink);
}

void write_study_rows(const StudyValues& values, const Study& study, const std::vector<std::string>& alternatives, const Sink& sink) {
    write_runs_made(values, study, Part::rows, alternatives, sink);
}

void write_points(const StudyValues& values, const Study& study, const Sink& sink) {
    const auto all = outcomes_of_world(values.layout());
    std::vector<std::string> columns;
    for (const Outcome& outcome : all) {
        const std::string name = measure_column(outcome.name);
        columns.insert(columns.end(), {name, name + "_se"});
    }
    sink(table_head(ResultTable::points, [&](std::string_view column) { return column == "<factor>" ? factor_columns(study.points, columns) : columns; }));
    in_blocks(values, Part::world, [&](std::int64_t first, std::int64_t end) {
        std::vector<std::string> lines;
        for (std::int64_t point = first; point < end; ++point) lines.push_back(point_cells(values, study, point));
        for (const Outcome& outcome : all) {
            const auto numbers = outcome_values(values, outcome, 0, first, end);
            for (std::size_t point = 0; point < lines.size(); ++point) lines[point] += mean_cells(values, numbers, point);
        }
        for (const auto& each : lines) sink(each + '\n');
    });
}

void write_point_rows(const StudyValues& values, const Study& study, const Sink& sink) {
    const RowTable table(values.layout());
    const auto all = rows_outcomes(values.layout());
    std::vector<std::string> columns;
    for (const RowsOutcome& outcome : all) {
        const std::string name = row_measure_column(outcome.name);
        columns.insert(columns.end(), {name, name + "_se"});
    }
    std::vector<std::string> taken = columns;
    taken.insert(taken.end(), {"kind", "row", "source", "target"});
    sink(table_head(ResultTable::point_rows, [&](std::string_view column) -> std::vector<std::string> {
        if (column == "<factor>") return factor_columns(study.points, taken);
        if (column == "<outcome>") return columns;
        return table.has_ends() ? std::vector{std::string(column)} : std::vector<std::string>();
    }));
    in_blocks(values, Part::rows, [&](std::int64_t first, std::int64_t end) {
        for (std::size_t kind = 0; kind < table.kinds(); ++kind) {
            const auto points = static_cast<std::size_t>(end - first);
            std::vector<std::string> cells(points * table.rows(kind));
            for (const RowsOutcome& outcome : all)
                for (std::size_t row = 0; row < table.rows(kind); ++row) {
                    const bool is_of = outcome.kind == table.kind(kind);
                    const auto numbers = is_of ? outcome_values(values, outcome.rows[row], 0, first, end) : std::vector<double>();
                    for (std::size_t point = 0; point < points; ++point)
                        cells[point * table.rows(kind) + row] += is_of ? mean_cells(values, numbers, point) : ",,";
                }
            for (std::size_t point = 0; point < points; ++point) {
                const std::string label = point_cells(values, study, first + static_cast<std::int64_t>(point));
                for (std::size_t row = 0; row < table.rows(kind); ++row)
                    sink(label + ',' + table.name_cells(kind, row) + cells[point * table.rows(kind) + row] + '\n');
            }
        }
    });
}

}  // namespace entente
