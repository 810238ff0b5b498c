/// A scenario as a report's data: the object `scenario` of tools/report/src/data.ts.
#pragma once

#include <string>

#include <entente/scenario/scenario.hpp>

#include "scenario_arguments.hpp"

namespace entente {

/// JSON. `asked` is how the scenario came about: what its variant and settings changed is told beside what stands in the file.
std::string scenario_report(const Scenario& scenario, const ScenarioArguments& asked);

}  // namespace entente
