#include <entente/output/study_tables.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/statistics.hpp>
#include <entente/base/wording.hpp>
#include <entente/output/run_tables.hpp>

namespace entente {

namespace {

constexpr std::int64_t runs_at_once = 1 << 14;

/// Calls visit(first, end) for blocks of points that have about that many runs.
template <class Visit>
void in_blocks(const StudyValues& values, const Visit& visit) {
    const std::int64_t size = std::max<std::int64_t>(runs_at_once / values.replicates(), 1);
    for (std::int64_t first = 0; first < values.points(); first += size) visit(first, std::min(first + size, values.points()));
}

std::string factor_cells(const Study& study, std::int64_t point) {
    std::string cells;
    if (study.varied.empty()) return cells;
    for (const double value : study.points.row(static_cast<std::size_t>(point))) cells += ',' + exact(value);
    return cells;
}

std::string header(const Study& study, const std::vector<std::string>& taken) {
    std::string line = "point";
    for (const auto& name : study.points.names) line += ',' + csv_cell(factor_column(name, taken));
    return line;
}

/// Results of a block's runs, as the tables of `run` are made of them.
Results block_of(const StudyValues& values, int alternative, std::int64_t first, std::int64_t end) {
    Results block = values.layout();
    block.runs = (end - first) * values.replicates();
    block.first_run = (alternative * values.points() + first) * values.replicates();
    const std::size_t years = block.years.size();
    for (std::size_t c = 0; c < values.columns().size(); ++c) {
        const ValueColumn& column = values.columns()[c];
        std::vector<double> numbers = values.column(c, alternative, first, end);
        if (column.year < 0) {
            block.final_values[column.measure] = std::move(numbers);
            continue;
        }
        auto& yearly = block.yearly[column.measure];
        yearly.resize(static_cast<std::size_t>(block.runs) * years);
        for (std::size_t run = 0; run < numbers.size(); ++run) yearly[run * years + static_cast<std::size_t>(column.year)] = numbers[run];
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

/// Without the runs that were never made.
void write_rows_made(const StudyValues& values, const Results& block, const RunLabels& labels, const Sink& sink) {
    std::int64_t number = block.first_run;
    write_runs_rows(block, labels, [&](std::string_view line) {
        if (values.is_made(number)) sink(line);
        ++number;
    });
}

}  // namespace

void write_design(const Points& points, const Sink& sink) {
    Study study;
    study.points = points;
    study.varied.resize(points.factors());
    sink(header(study, {}) + '\n');
    for (std::int64_t point = 0; point < std::ssize(points.values) / std::max<std::int64_t>(std::ssize(points.names), 1); ++point)
        sink(fmt::format("{}{}\n", point, factor_cells(study, point)));
}

void write_study_runs(const StudyValues& values, const Study& study, const std::vector<std::string>& alternatives, const Sink& sink) {
    const bool compared = values.alternatives() > 1;
    write_runs_heads(values.layout(), labels_of(values, study, 0, compared ? &alternatives[0] : nullptr, 0, 1), sink);
    for (int alternative = 0; alternative < values.alternatives(); ++alternative)
        in_blocks(values, [&](std::int64_t first, std::int64_t end) {
            const std::string* name = compared ? &alternatives[static_cast<std::size_t>(alternative)] : nullptr;
            write_rows_made(values, block_of(values, alternative, first, end), labels_of(values, study, alternative, name, first, end), sink);
        });
}

void write_points(const StudyValues& values, const Study& study, const Sink& sink) {
    const auto all = outcomes(values.layout());
    std::vector<std::string> taken;
    std::string columns;
    for (const Outcome& outcome : all) {
        const std::string name = measure_column(outcome.name);
        taken.insert(taken.end(), {name, name + "_se"});
        columns += ',' + csv_cell(name) + ',' + csv_cell(name + "_se");
    }
    const std::string line = header(study, taken) + ",runs,failed" + columns;
    sink(line + '\n');
    in_blocks(values, [&](std::int64_t first, std::int64_t end) {
        std::vector<std::string> lines;
        auto failure = std::ranges::lower_bound(values.failures(), first * values.replicates(), {}, &RunFailure::run);
        for (std::int64_t point = first; point < end; ++point) {
            std::int64_t failed = 0;
            std::int64_t made = 0;
            for (; failure != values.failures().end() && failure->run < (point + 1) * values.replicates(); ++failure) ++failed;
            for (std::int64_t replicate = 0; replicate < values.replicates(); ++replicate) made += values.is_made(point * values.replicates() + replicate) ? 1 : 0;
            lines.push_back(fmt::format("{}{},{},{}", point, factor_cells(study, point), made, failed));
        }
        for (const Outcome& outcome : all) {
            const auto numbers = outcome_values(values, outcome, 0, first, end);
            for (std::size_t point = 0; point < lines.size(); ++point) {
                const auto of_point = std::span(numbers).subspan(point * static_cast<std::size_t>(values.replicates()), static_cast<std::size_t>(values.replicates()));
                lines[point] += ',' + exact(mean(of_point)) + ',' + exact(standard_error(of_point));
            }
        }
        for (const auto& each : lines) sink(each + '\n');
    });
}

}  // namespace entente
