#include "arguments/scenario_arguments.hpp"

#include <map>

#include <entente/scenario/settings.hpp>

namespace entente {

void ScenarioArguments::add_to(Options& app) {
    file_option = app.add_option("FILE", file, "Scenario file (YAML); - reads standard input")->required();
    app.add_option("--variant", variant, "Use this variant of the scenario (default: the scenario as written)")
        ->type_name("NAME")
        ->group("What to run");
    app.add_option("--set", settings, "Set a parameter, or a start value such as 'state[russia].trust'; may be repeated")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false)
        ->group("What to run");
}

Scenario ScenarioArguments::read(Attendant& attendant) const {
    Scenario scenario = changed(read_as_written(attendant));
    warn_of_timeline(scenario, attendant);
    return scenario;
}

void ScenarioArguments::warn_of_timeline(const Scenario& scenario, Attendant& attendant) const {
    for (const auto& setting : settings)
        if (const auto id = find_parameter(scenario, split_assignment(setting).name))
            if (const std::string warning = timeline_warning(scenario, *id); !warning.empty()) attendant.tell_warning(warning);
}

Scenario ScenarioArguments::read_as_written(Attendant& attendant) const {
    ReadScenario read = read_scenario(file);
    attendant.tell_problems(read);
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
        const auto id = find_parameter(scenario, split_assignment(setting).name);
        if (!id) continue;
        const Parameter& parameter = scenario.parameters[static_cast<std::size_t>(id->value)];
        values[parameter.name] = parameter.value;
    }
    return {values.begin(), values.end()};
}

ScenarioChanges ScenarioArguments::changes(const Scenario& scenario) const {
    std::vector<std::string> set;
    for (const auto& [name, value] : values_set(scenario)) set.push_back(name);
    return {.as_written = read_scenario(file).scenario, .variant = variant, .set = std::move(set)};
}

}  // namespace entente
