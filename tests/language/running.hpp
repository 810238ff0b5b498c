/// Scenario texts run for their measures.
#pragma once

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

#include <entente/model/model.hpp>
#include <entente/scenario/read.hpp>
#include <entente/study/ensemble.hpp>

namespace entente::test {

inline Results run(const std::string& text, const RunPlan& plan = {.threads = 1}) {
    return run_ensemble(compile(read_scenario_text(text, "world.yaml", "/nonexistent").scenario), plan);
}

inline std::size_t measure_number(const Results& results, const std::string& name) {
    const auto found = std::ranges::find(results.measures, name, &MeasureInfo::name);
    if (found == results.measures.end()) throw std::logic_error("no measure " + name);
    return static_cast<std::size_t>(found - results.measures.begin());
}

/// What a measure was at the end of the first run.
inline double final_value(const Results& results, const std::string& name) {
    return results.final_values[measure_number(results, name)][0];
}

/// A measure at the end of every tick (and on every row) of the runs whose series were kept, run after run.
inline std::vector<double> series(const Results& results, std::size_t measure) {
    const auto width = static_cast<std::int64_t>(results.measures[measure].width());
    std::vector<double> values;
    for (std::int64_t run = 0; run < results.series_runs; ++run) {
        const auto begin = results.series[measure].begin() + run * results.calendar.moments() * width;
        values.insert(values.end(), begin + width, begin + results.calendar.moments() * width);
    }
    return values;
}
inline std::vector<double> series(const Results& results, const std::string& name) { return series(results, measure_number(results, name)); }

}  // namespace entente::test
