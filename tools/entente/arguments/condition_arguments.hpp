/// The options of `entente condition`.
#pragma once

#include <cstdint>
#include <string>

#include <entente/inference/filter.hpp>

#include "arguments/scenario_arguments.hpp"
#include "session/report_output.hpp"

namespace entente {

struct ConditionArguments {
    ScenarioArguments scenario;
    FilterPlan plan{.particles = 10'000};
    std::string until;     ///< the last day that counts, or a number of ticks
    std::string snapshot;  ///< file for the state there; "": state.snap in the folder
    std::string out;       ///< folder; "": one of its own
    ReportArguments report;
    bool json = false;
    bool dry_run = false;
    bool quiet = false;

    void add_to(Options& app);
    /// The same pass, for a report and nothing else.
    void keep_report_only(const ReportPlace& place);
};

}  // namespace entente
