#include <entente/output/run_tables.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/names.hpp>
#include <entente/base/wording.hpp>
#include <entente/store/shard_file.hpp>

namespace entente {

namespace {

using Form = MeasureInfo::Form;

void append_measure(std::string& line, const Results& results, std::size_t measure, std::size_t run) {
    switch (results.measures[measure].form) {
        case Form::panel:
            break;
        case Form::yearly: {
            const std::size_t years = results.years.size();
            line += ',' + exact(results.final_values[measure][run]);
            for (std::size_t year = 0; year < years; ++year) line += ',' + exact(results.yearly[measure][run * years + year]);
            break;
        }
        case Form::date:
            line += ',' + tick_cell(results.calendar, results.final_values[measure][run]);
            break;
        case Form::series:
        case Form::scalar:
            line += ',' + exact(results.final_values[measure][run]);
    }
}

std::string joined(const std::vector<std::string>& cells) {
    std::string line;
    for (const auto& cell : cells) line += (line.empty() ? "" : ",") + csv_cell(cell);
    return line + '\n';
}

}  // namespace

std::string factor_column(const std::string& name, std::span<const std::string> taken) {
    const bool is_free = !is_reserved_column(name) && std::ranges::find(taken, name) == taken.end();
    return is_free ? name : "parameter_" + name;
}

std::string measure_column(const std::string& name) {
    return is_reserved_column(name) ? "measure_" + name : name;
}

std::vector<std::string> runs_columns(const Results& results, const RunLabels& labels) {
    std::vector<std::string> columns = {"run", "replicate", "status"};
    if (!labels.drawn_as.empty()) columns.insert(columns.begin() + 2, "drawn_as");
    if (!labels.points.empty()) columns.insert(columns.begin() + 1, "point");
    if (!labels.alternatives.empty()) columns.insert(columns.begin() + 1, "alternative");
    std::vector<std::string> measures;
    for (const ValueColumn& column : value_columns(results)) measures.push_back(measure_column(column.name));
    for (const auto& column : labels.varied) columns.push_back(factor_column(column.name, measures));
    columns.insert(columns.end(), measures.begin(), measures.end());
    return columns;
}

void write_runs(const Results& results, const RunLabels& labels, const Sink& sink) {
    write_runs_heads(results, labels, sink);
    write_runs_rows(results, labels, sink);
}

void write_runs_heads(const Results& results, const RunLabels& labels, const Sink& sink) {
    sink(joined(runs_columns(results, labels)));
}

void write_runs_rows(const Results& results, const RunLabels& labels, const Sink& sink) {
    std::string line;
    for (std::size_t run = 0; run < static_cast<std::size_t>(results.runs); ++run) {
        const std::int64_t number = results.first_run + static_cast<std::int64_t>(run);
        const std::int64_t replicate = labels.replicates.empty() ? number : labels.replicates[run];
        line = fmt::format("{}", number);
        if (!labels.alternatives.empty()) line += ',' + csv_cell(labels.alternatives[run]);
        if (!labels.points.empty()) line += fmt::format(",{}", labels.points[run]);
        line += fmt::format(",{}", replicate);
        if (!labels.drawn_as.empty()) line += fmt::format(",{}", labels.drawn_as[run]);
        line += results.failed(number) ? ",failed" : ",ok";
        for (const auto& column : labels.varied) line += ',' + exact(column.values[run]);
        for (std::size_t measure = 0; measure < results.measures.size(); ++measure) append_measure(line, results, measure, run);
        line += '\n';
        sink(line);
    }
}

void write_events(const Results& results, const Sink& sink) {
    sink("run,tick,date,event,on,count,cameo,goldstein\n");
    for (const auto& entry : results.log) {
        const auto event = static_cast<std::size_t>(entry.event);
        const std::string date = results.calendar.is_dated() ? iso(results.calendar.first_day(entry.tick)) : std::string();
        sink(fmt::format("{},{},{},{},{},{},{},{}\n", entry.run, entry.tick, date, csv_cell(results.event_names[event]),
                         csv_cell(results.event_rows[event][static_cast<std::size_t>(entry.row)]), exact(entry.count),
                         csv_cell(results.event_cameo[event]), exact(results.event_goldstein[event].value_or(Results::missing))));
    }
}

}  // namespace entente
