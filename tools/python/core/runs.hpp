/// Runs of a scenario, in memory.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>

#include <entente/study/ensemble.hpp>
#include <entente/summary/ensemble_summary.hpp>

#include "arguments/run_arguments.hpp"
#include "scenarios.hpp"
#include "session/spread.hpp"
#include "watched.hpp"

namespace entente::python {

/// How runs were made: enough to make them again with more kept of them, and to say so.
struct RunsMade {
    std::shared_ptr<const HeldScenario> held;
    RunArguments asked;           ///< as the command would have them
    Spread spread;                ///< the scenario that was run, and the points of a posterior
    std::shared_ptr<const Model> model;
    std::optional<Snapshot> past{};
    RunRecord record;
    RunPlan plan;                 ///< its `from` and `points` lie in here
    std::vector<Told> warnings{};
};

class HeldRuns {
public:
    HeldRuns(std::unique_ptr<RunsMade> made, Results results, bool is_whole) : made_(std::move(made)), results_(std::move(results)), is_whole_(is_whole) {}

    [[nodiscard]] const Results& results() const { return results_; }
    [[nodiscard]] const RunsMade& made() const { return *made_; }
    [[nodiscard]] bool is_whole() const { return is_whole_; }

    [[nodiscard]] std::string summary_text(std::size_t width) const;
    [[nodiscard]] std::string summary_as_json() const;
    /// What `entente run` would save.
    void save(const std::string& folder, bool events);
    void report(const std::string& file);
    /// The same runs once more, with their events on record.
    [[nodiscard]] Results with_events() const;

private:
    [[nodiscard]] Results again(bool relations, bool events) const;

    std::unique_ptr<RunsMade> made_;
    Results results_;
    bool is_whole_;
};

void add_runs(py::module_& module);

}  // namespace entente::python
