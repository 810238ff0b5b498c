#include "scenarios.hpp"

#include <functional>

#include <pybind11/stl.h>

#include <entente/base/version.hpp>
#include <entente/report/odd.hpp>
#include <entente/scenario/files.hpp>
#include <entente/scenario/headline.hpp>
#include <entente/scenario/settings.hpp>

#include "errors.hpp"
#include "watched.hpp"

namespace entente::python {

namespace {

Scenario changed_scenario(const Scenario& as_written, const std::string& variant, const std::vector<std::string>& settings) {
    Scenario scenario = variant.empty() ? as_written : with_variant(as_written, variant);
    for (const std::string& setting : settings) scenario = with_setting(scenario, setting);
    return scenario;
}

}  // namespace

HeldScenario::HeldScenario(std::shared_ptr<const ReadScenario> as_written, std::string variant, std::vector<std::string> settings)
    : as_written_(std::move(as_written)), variant_(std::move(variant)), settings_(std::move(settings)),
      scenario_(changed_scenario(as_written_->scenario, variant_, settings_)) {}

std::vector<std::pair<std::string, double>> HeldScenario::values_set() const {
    std::map<std::string, double> values;
    for (const auto& setting : settings_) {
        const auto id = find_parameter(scenario_, split_assignment(setting).name);
        if (!id) continue;
        const Parameter& parameter = scenario_.parameters[static_cast<std::size_t>(id->value)];
        values[parameter.name] = parameter.value;
    }
    return {values.begin(), values.end()};
}

ScenarioChanges HeldScenario::changes() const {
    std::vector<std::string> set;
    for (const auto& [name, value] : values_set()) set.push_back(name);
    return {.as_written = as_written(), .variant = variant_, .set = std::move(set)};
}

std::shared_ptr<HeldScenario> HeldScenario::changed(std::string variant, std::vector<std::string> settings) const {
    return std::make_shared<HeldScenario>(as_written_, std::move(variant), std::move(settings));
}

std::shared_ptr<const Model> HeldScenario::model(Form form) const {
    const std::lock_guard lock(compiling_);
    std::shared_ptr<const Model>& model = models_[form];
    if (!model)
        model = std::make_shared<const Model>(form == Form::states ? compile(scenario_, {.starts_known = false, .show = Shown::derived})
                                                                            : compile(scenario_, {.show = Shown::relations, .chances = form == Form::events}));
    return model;
}

Identity HeldScenario::identity() const {
    Identity identity;
    identity.entente = std::string(version());
    identity.scenario_hash = scenario_.hash;
    identity.variant = variant_;
    identity.settings = values_set();
    return identity;
}

namespace {

py::list warnings_of(const HeldScenario& held) {
    return problem_list(held.warnings(), *held.as_written().sources);
}

/// Of each moment its day since 1970-01-01; undated: its number.
std::vector<double> moments_of(const HeldScenario& held) {
    const Calendar& calendar = held.scenario().calendar;
    const double start = calendar.is_dated() ? static_cast<double>(calendar.start().time_since_epoch().count()) : 0;
    std::vector<double> days;
    for (std::int64_t moment = 0; moment < calendar.moments(); ++moment)
        days.push_back(calendar.is_dated() ? start + calendar.days_since_start(moment) : static_cast<double>(moment));
    return days;
}

std::vector<std::string> measure_names(const Scenario& scenario, const std::vector<std::size_t>& numbers) {
    std::vector<std::string> names;
    for (const std::size_t number : numbers) names.push_back(scenario.measures[number].name);
    return names;
}

/// What `read` gives, as it is written.
std::shared_ptr<HeldScenario> held_of(const std::function<ReadScenario()>& read) {
    std::shared_ptr<const ReadScenario> as_written;
    Watched watched{py::none()};
    watched.go([&] { as_written = std::make_shared<const ReadScenario>(read()); });
    watched.raise_if_interrupted();
    return std::make_shared<HeldScenario>(std::move(as_written), "", std::vector<std::string>());
}

std::shared_ptr<HeldScenario> read_file(const std::string& file) {
    return held_of([&] { return read_scenario(file); });
}

std::shared_ptr<HeldScenario> read_text(const std::string& text, const std::string& name, const std::string& folder) {
    return held_of([&] { return read_scenario_text(text, name, folder); });
}

}  // namespace

void add_scenarios(py::module_& module) {
    py::class_<HeldScenario, std::shared_ptr<HeldScenario>>(module, "Scenario")
        .def_property_readonly("path", [](const HeldScenario& held) { return held.as_written().path; })
        .def_property_readonly("hash", [](const HeldScenario& held) { return held.as_written().hash; })
        .def_property_readonly("variant", &HeldScenario::variant)
        .def_property_readonly("settings", &HeldScenario::settings)
        .def_property_readonly("warnings", &warnings_of)
        .def_property_readonly("is_dated", [](const HeldScenario& held) { return held.scenario().calendar.is_dated(); })
        .def_property_readonly("ticks", [](const HeldScenario& held) { return held.scenario().calendar.ticks(); })
        .def_property_readonly("moments", &moments_of)
        .def_property_readonly("default_runs", [](const HeldScenario& held) { return held.scenario().runs; })
        .def_property_readonly("headline", [](const HeldScenario& held) { return measure_names(held.scenario(), headline_of(held.scenario())); })
        .def_property_readonly("headline_order", [](const HeldScenario& held) { return measure_names(held.scenario(), headline_order(held.scenario())); })
        .def("resolved", [](const HeldScenario& held) { return resolved_json(held.scenario()); })
        .def("describe", [](const HeldScenario& held) { return odd_document(held.scenario()); })
        .def("timeline_warning",
             [](const HeldScenario& held, const std::string& name) {
                 const auto id = find_parameter(held.scenario(), name);
                 return id ? timeline_warning(held.scenario(), *id) : std::string();
             })
        .def("changed", &HeldScenario::changed, py::arg("variant"), py::arg("settings"));
    module.def("read_file", &read_file, py::arg("file"));
    module.def("read_text", &read_text, py::arg("text"), py::arg("name"), py::arg("folder"));
    module.def("version", [] { return std::string(version()); });
}

}  // namespace entente::python
