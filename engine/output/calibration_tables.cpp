#include <entente/output/calibration_tables.hpp>

#include <cmath>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/output/table_formats.hpp>

namespace entente {

namespace {

std::string finite(double value) {
    return std::isfinite(value) ? exact(value) : std::string();
}

std::string ninety_cells(const Ninety& ninety) {
    return fmt::format("{},{},{}", finite(ninety.median), finite(ninety.low), finite(ninety.high));
}

}  // namespace

void write_posterior(const Points& points, std::span<const double> weights, const Sink& sink) {
    sink(table_head(ResultTable::posterior, [&](std::string_view) { return points.names; }));
    for (std::size_t point = 0; point < weights.size(); ++point) {
        std::string line = std::to_string(point);
        for (const double value : points.row(point)) line += ',' + exact(value);
        sink(line + ',' + exact(weights[point]) + '\n');
    }
}

void write_generations(std::span<const GenerationFacts> generations, CalibrationMethod method, const Sink& sink) {
    if (method == CalibrationMethod::likelihood) {
        sink(table_head(ResultTable::tempered_generations));
        for (std::size_t t = 0; t < generations.size(); ++t) {
            const GenerationFacts& facts = generations[t];
            sink(fmt::format("{},{},{},{},{},{},{}\n", t, exact(facts.temperature), facts.filter_runs, facts.runs, exact(facts.acceptance),
                             exact(facts.effective), exact(facts.log_evidence)));
        }
        return;
    }
    sink(table_head(ResultTable::generations));
    for (std::size_t t = 0; t < generations.size(); ++t) {
        const GenerationFacts& facts = generations[t];
        sink(fmt::format("{},{},{},{},{},{}\n", t, finite(facts.tolerance), facts.runs, facts.failed, exact(facts.acceptance),
                         exact(facts.effective)));
    }
}

void write_predicted(std::span<const RecordPredicted> record, const Sink& sink) {
    sink(table_head(ResultTable::predicted));
    for (const RecordPredicted& one : record)
        sink(fmt::format("{},{},{},{},{},{},{}\n", csv_cell(one.name), csv_cell(one.unit), exact(one.record), ninety_cells(one.prior),
                         ninety_cells(one.posterior), finite(one.prior_chance), finite(one.posterior_chance)));
}

void write_scales(std::span<const RecordSummary> summaries, std::span<const std::vector<double>> by_generation, const Sink& sink) {
    sink(table_head(ResultTable::scales));
    for (std::size_t t = 0; t < by_generation.size(); ++t)
        for (std::size_t k = 0; k < by_generation[t].size(); ++k)
            sink(fmt::format("{},{},{}\n", t, csv_cell(summaries[k].name), finite(by_generation[t][k])));
}

}  // namespace entente
