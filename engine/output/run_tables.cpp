#include <entente/output/run_tables.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>
#include <entente/output/table_formats.hpp>
#include <entente/store/shard_file.hpp>

namespace entente {

namespace {

using Form = MeasureInfo::Form;

void append_measure(std::string& line, const Results& results, std::size_t measure, std::size_t run, std::size_t row) {
    const std::size_t rows = results.measures[measure].width();
    const double value = results.final_values[measure][run * rows + row];
    switch (results.measures[measure].form) {
        case Form::yearly: {
            const std::size_t years = results.years.size();
            line += ',' + exact(value);
            for (std::size_t year = 0; year < years; ++year) line += ',' + exact(results.yearly[measure][(run * years + year) * rows + row]);
            break;
        }
        case Form::date:
            line += ',' + tick_cell(results.calendar, value);
            break;
        case Form::series:
        case Form::scalar:
            line += ',' + exact(value);
    }
}

/// As many empty cells as the measure has columns.
void append_nothing(std::string& line, const Results& results, std::size_t measure) {
    line.append(results.measures[measure].form == Form::yearly ? 1 + results.years.size() : 1, ',');
}

/// The columns before the measures that not every table of runs has.
std::vector<std::string> label_columns(std::string_view column, const RunLabels& labels, std::span<const std::string> taken) {
    std::vector<std::string> factors;
    if (column == "<factor>")
        for (const auto& varied : labels.varied) factors.push_back(factor_column(varied.name, taken));
    const bool is_there = (column == "drawn_as" && !labels.drawn_as.empty()) || (column == "point" && !labels.points.empty()) ||
                          (column == "alternative" && !labels.alternatives.empty());
    return is_there ? std::vector{std::string(column)} : factors;
}

std::string label_cells(const Results& results, const RunLabels& labels, std::size_t run) {
    const std::int64_t number = results.first_run + static_cast<std::int64_t>(run);
    std::string line = fmt::format("{}", number);
    if (!labels.alternatives.empty()) line += ',' + csv_cell(labels.alternatives[run]);
    if (!labels.points.empty()) line += fmt::format(",{}", labels.points[run]);
    line += fmt::format(",{}", labels.replicates.empty() ? number : labels.replicates[run]);
    if (!labels.drawn_as.empty()) line += fmt::format(",{}", labels.drawn_as[run]);
    line += results.failed(number) ? ",failed" : ",ok";
    for (const auto& column : labels.varied) line += ',' + exact(column.values[run]);
    return line;
}

}  // namespace

std::string factor_column(const std::string& name, std::span<const std::string> taken) {
    const bool is_free = !is_reserved_column(name) && std::ranges::find(taken, name) == taken.end();
    return is_free ? name : "parameter_" + name;
}

std::string measure_column(const std::string& name) {
    return is_reserved_column(name) ? "measure_" + name : name;
}

namespace {

ColumnNames runs_columns(const Results& results, const RunLabels& labels) {
    std::vector<std::string> measures;
    for (const ValueColumn& column : value_columns(results))
        if (!results.measures[column.measure].is_by_row()) measures.push_back(measure_column(column.name));
    return [labels, measures](std::string_view column) { return column == "<measure>" ? measures : label_columns(column, labels, measures); };
}

}  // namespace

void write_runs(const Results& results, const RunLabels& labels, const Sink& sink) {
    write_runs_heads(results, labels, sink);
    write_runs_rows(results, labels, sink);
}

void write_runs_heads(const Results& results, const RunLabels& labels, const Sink& sink) {
    sink(table_head(ResultTable::runs, runs_columns(results, labels)));
}

void write_runs_rows(const Results& results, const RunLabels& labels, const Sink& sink) {
    std::string line;
    for (std::size_t run = 0; run < static_cast<std::size_t>(results.runs); ++run) {
        line = label_cells(results, labels, run);
        for (std::size_t measure = 0; measure < results.measures.size(); ++measure)
            if (!results.measures[measure].is_by_row()) append_measure(line, results, measure, run, 0);
        line += '\n';
        sink(line);
    }
}

bool has_rows(const Results& results) {
    return std::ranges::any_of(results.measures, &MeasureInfo::is_by_row);
}

RowTable::RowTable(const Results& layout) : layout_(layout) {
    for (std::size_t m = 0; m < layout.measures.size(); ++m) {
        const MeasureInfo& measure = layout.measures[m];
        if (!measure.is_by_row()) continue;
        has_ends_ |= !measure.sources.empty();
        auto kind = std::ranges::find(kinds_, measure.kind, [&](std::size_t first) { return layout.measures[first].kind; });
        if (kind == kinds_.end()) kinds_.push_back(m);
    }
}

std::string RowTable::name_cells(std::size_t kind, std::size_t row) const {
    const MeasureInfo& measure = layout_.measures[kinds_[kind]];
    std::string cells = csv_cell(measure.kind) + ',' + csv_cell(measure.rows[row]);
    if (!has_ends_) return cells;
    const bool is_link = !measure.sources.empty();
    return cells + ',' + (is_link ? csv_cell(measure.sources[row]) : "") + ',' + (is_link ? csv_cell(measure.targets[row]) : "");
}

std::string row_measure_column(const std::string& name) {
    const bool is_taken = name == "kind" || name == "row" || name == "source" || name == "target";
    return is_taken ? "measure_" + name : measure_column(name);
}

namespace {

ColumnNames rows_columns(const Results& results, const RunLabels& labels) {
    const RowTable table(results);
    std::vector<std::string> measures;
    for (const ValueColumn& column : value_columns(results))
        if (results.measures[column.measure].is_by_row()) measures.push_back(row_measure_column(column.name));
    std::vector<std::string> taken = measures;
    taken.insert(taken.end(), {"kind", "row", "source", "target"});
    return [labels, measures, taken, has_ends = table.has_ends()](std::string_view column) -> std::vector<std::string> {
        if (column == "<measure>") return measures;
        if (column == "source" || column == "target") return has_ends ? std::vector{std::string(column)} : std::vector<std::string>();
        return label_columns(column, labels, taken);
    };
}

}  // namespace

void write_rows_heads(const Results& results, const RunLabels& labels, const Sink& sink) {
    sink(table_head(ResultTable::rows, rows_columns(results, labels)));
}

void write_rows(const Results& results, const RunLabels& labels, const Sink& sink) {
    const RowTable table(results);
    std::vector<std::vector<std::string>> names(table.kinds());  // by kind and row
    for (std::size_t kind = 0; kind < names.size(); ++kind)
        for (std::size_t row = 0; row < table.rows(kind); ++row) names[kind].push_back(table.name_cells(kind, row));
    std::string lines;
    for (std::size_t run = 0; run < static_cast<std::size_t>(results.runs); ++run) {
        const std::string label = label_cells(results, labels, run);
        lines.clear();
        for (std::size_t kind = 0; kind < names.size(); ++kind)
            for (std::size_t row = 0; row < names[kind].size(); ++row) {
                lines += label + ',' + names[kind][row];
                for (std::size_t m = 0; m < results.measures.size(); ++m) {
                    if (!results.measures[m].is_by_row()) continue;
                    if (results.measures[m].kind == table.kind(kind))
                        append_measure(lines, results, m, run, row);
                    else
                        append_nothing(lines, results, m);
                }
                lines += '\n';
            }
        sink(lines);
    }
}

void write_events(const Results& results, const Sink& sink) {
    sink(table_head(ResultTable::events));
    for (const auto& entry : results.log) {
        const auto event = static_cast<std::size_t>(entry.event);
        const std::string date = results.calendar.is_dated() ? iso(results.calendar.first_day(entry.tick)) : std::string();
        sink(fmt::format("{},{},{},{},{},{},{},{},{},{}\n", entry.run, entry.tick, date, csv_cell(results.event_names[event]),
                         csv_cell(results.event_rows[event][static_cast<std::size_t>(entry.row)]), exact(entry.count),
                         csv_cell(results.event_cameo[event]), exact(results.event_goldstein[event].value_or(Results::missing)), name_of(entry.cause), exact(entry.chance)));
    }
}

}  // namespace entente
