#include "scenario_arguments.hpp"

#include <iostream>
#include <map>

namespace entente {

void ScenarioArguments::add_to(CLI::App& app) {
    file_option = app.add_option("FILE", file, "Scenario file (YAML)")->required();
    app.add_option("--variant", variant, "The scenario as that variant of it would have it")->type_name("NAME");
    app.add_option("--set", settings, "Give a parameter another value; may be repeated")->type_name("NAME=VALUE")->allow_extra_args(false);
}

std::string render_warnings(const ReadScenario& read) {
    std::string text;
    for (const auto& warning : read.warnings) text += render(warning, *read.scenario.sources) + "\n\n";
    return text;
}

Scenario ScenarioArguments::read() const {
    return changed(as_written());
}

Scenario ScenarioArguments::as_written() const {
    ReadScenario read = read_scenario(file);
    std::cerr << render_warnings(read);
    return std::move(read.scenario);
}

Scenario ScenarioArguments::changed(Scenario scenario) const {
    if (!variant.empty()) scenario = with_variant(scenario, variant);
    for (const auto& setting : settings) scenario = with_setting(scenario, setting);
    return scenario;
}

std::vector<std::pair<std::string, double>> ScenarioArguments::values_set(const Scenario& scenario) const {
    std::map<std::string, double> values;
    for (const auto& setting : settings) {
        std::string name = setting.substr(0, setting.find('='));
        name.erase(0, name.find_first_not_of(' '));
        name.erase(name.find_last_not_of(' ') + 1);
        const auto id = scenario.schema.parameter(name);
        if (id) values[name] = scenario.parameters[static_cast<std::size_t>(id->value)].value;
    }
    return {values.begin(), values.end()};
}

}  // namespace entente
