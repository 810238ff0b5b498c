/// FILE, --variant and --set: the scenario that a subcommand is about.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <entente/report/scenario_data.hpp>
#include <entente/scenario/read.hpp>

#include "arguments/options.hpp"
#include "session/attendant.hpp"

namespace entente {

struct ScenarioArguments {
    std::string file;
    std::string variant;
    std::vector<std::string> settings;  ///< `name=value`

    Option* file_option = nullptr;

    void add_to(Options& app);

    /// Reads the file and applies variant, then settings. Throws as read_scenario, with_variant and with_setting do.
    [[nodiscard]] Scenario read(Attendant& attendant) const;
    /// The two halves of that.
    [[nodiscard]] Scenario read_as_written(Attendant& attendant) const;
    [[nodiscard]] Scenario changed(Scenario scenario) const;
    /// Says which settings the timeline replaces. `scenario` is what read() gave.
    void warn_of_timeline(const Scenario& scenario, Attendant& attendant) const;

    /// The settings as names of parameters and values, sorted; of a name set twice the last counts. `scenario` is what read() gave.
    [[nodiscard]] std::vector<std::pair<std::string, double>> values_set(const Scenario& scenario) const;

    /// What variant and settings changed, for a page. `scenario` is what read() gave; the file is read again.
    [[nodiscard]] ScenarioChanges changes(const Scenario& scenario) const;
};

}  // namespace entente
