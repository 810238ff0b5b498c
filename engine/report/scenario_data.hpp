/// A scenario as a report's data: the object `scenario` of tools/report/src/data.ts.
#pragma once

#include <string>
#include <vector>

#include <entente/scenario/scenario.hpp>

namespace entente {

/// How a scenario came about from what stands in its file.
struct ScenarioChanges {
    Scenario as_written;
    std::string variant;           ///< that was applied; or ""
    std::vector<std::string> set;  ///< parameters with a value of their own by --set, by name
};

/// JSON. What its variant and settings changed is given beside what stands in the file.
std::string scenario_report(const Scenario& scenario, const ScenarioChanges& changes);

}  // namespace entente
