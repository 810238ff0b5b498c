/// Entente as a library: reads a scenario, changes it, runs it a thousand times, and says what came of its measures.
///
///   consumer SCENARIO [NAME=VALUE ...]
#include <cstdio>

#include <entente/base/problem.hpp>
#include <entente/model/model.hpp>
#include <entente/scenario/read.hpp>
#include <entente/study/ensemble.hpp>
#include <entente/summary/ensemble_summary.hpp>

namespace {

void tell(const entente::MeasureInfo& measure, const entente::MeasureSummary& summary) {
    if (measure.is_by_row()) {
        std::printf("%-24s of %zu rows\n", measure.name.c_str(), measure.rows.size());
    } else if (summary.date) {
        const entente::Coming& coming = summary.date->coming;
        std::printf("%-24s in %.1f %% of runs (%.1f to %.1f)\n", measure.name.c_str(), 100 * coming.share, 100 * coming.interval.low, 100 * coming.interval.high);
    } else {
        const entente::Distribution& values = summary.values;
        std::printf("%-24s %.4g ± %.2g %s\n", measure.name.c_str(), values.mean, 1.96 * values.standard_error, measure.unit.c_str());
    }
}

}  // namespace

int main(int count, char** arguments) try {
    if (count < 2) throw entente::Error("no scenario is named", "consumer SCENARIO [NAME=VALUE ...]");
    entente::Scenario scenario = entente::read_scenario(arguments[1]).scenario;
    for (int i = 2; i < count; ++i) scenario = entente::with_setting(scenario, arguments[i]);
    const entente::Model model = entente::compile(scenario);
    const entente::Results results = entente::run_ensemble(model, {.runs = 1000, .seed = 1, .series_runs = 0});
    const entente::Summary summary = entente::summarise(results);
    std::printf("%s: %lld runs, digest %s\n", scenario.title.c_str(), static_cast<long long>(results.runs), results.digest.c_str());
    for (std::size_t m = 0; m < results.measures.size(); ++m) tell(results.measures[m], summary.measures[m]);
    return results.failures.empty() ? 0 : 3;
} catch (const entente::Error& error) {  // of a scenario with all its problems, each with its line
    std::fprintf(stderr, "%s\n%s\n", error.what(), error.help().c_str());
    return static_cast<int>(error.code());
}
