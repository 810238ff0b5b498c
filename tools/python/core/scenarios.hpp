/// A scenario as the module holds it: as it is written, and with a variant and values of its own.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <pybind11/pybind11.h>

#include <entente/model/model.hpp>
#include <entente/report/scenario_data.hpp>
#include <entente/scenario/read.hpp>
#include <entente/store/run_record.hpp>

namespace entente::python {

namespace py = pybind11;

/// Const once made, but for models, which are compiled when they are first needed.
class HeldScenario {
public:
    HeldScenario(std::shared_ptr<const ReadScenario> as_written, std::string variant, std::vector<std::string> settings);

    [[nodiscard]] const Scenario& as_written() const { return as_written_->scenario; }
    [[nodiscard]] const std::vector<Problem>& warnings() const { return as_written_->warnings; }
    [[nodiscard]] const Scenario& scenario() const { return scenario_; }
    [[nodiscard]] const std::string& variant() const { return variant_; }
    [[nodiscard]] const std::vector<std::string>& settings() const { return settings_; }
    /// The settings of parameters as values, by name.
    [[nodiscard]] std::vector<std::pair<std::string, double>> values_set() const;
    [[nodiscard]] ScenarioChanges changes() const;
    /// The same file with another variant (applied first) and other settings.
    [[nodiscard]] std::shared_ptr<HeldScenario> changed(std::string variant, std::vector<std::string> settings) const;

    enum class Form {
        runs,   ///< from the start; what never changes is folded
        events,  ///< the same, and what chance events had is kept
        states  ///< from any state, and what is derived from it is shown
    };
    [[nodiscard]] std::shared_ptr<const Model> model(Form form) const;

    /// What identifies runs of it, but for seed and number.
    [[nodiscard]] Identity identity() const;

private:
    std::shared_ptr<const ReadScenario> as_written_;
    std::string variant_;
    std::vector<std::string> settings_;
    Scenario scenario_;
    mutable std::mutex compiling_;
    mutable std::map<Form, std::shared_ptr<const Model>> models_;
};

void add_scenarios(py::module_& module);

}  // namespace entente::python
