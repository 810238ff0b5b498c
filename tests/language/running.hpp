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

/// A measure at every tick (and row) of the first run.
inline const UnfilledDoubles& series(const Results& results, const std::string& name) {
    return results.series[measure_number(results, name)];
}

}  // namespace entente::test
