/// A scenario as a page shows it.
#pragma once

#include <string>
#include <vector>

#include <entente/report/page_data.hpp>
#include <entente/scenario/scenario.hpp>

namespace entente {

/// How a scenario came about from what stands in its file.
struct ScenarioChanges {
    Scenario as_written;
    std::string variant;           ///< that was applied; or ""
    std::vector<std::string> set;  ///< parameters with a value of their own by --set, by name
};

/// What its variant and settings changed is given beside what stands in the file.
page::ScenarioData scenario_data(const Scenario& scenario, const ScenarioChanges& changes);

}  // namespace entente
