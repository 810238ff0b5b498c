/// The options of `entente run`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <entente/study/ensemble.hpp>

#include "scenario_arguments.hpp"

namespace entente {

struct RunArguments {
    ScenarioArguments scenario;
    std::optional<std::int64_t> runs;  ///< the scenario's own number otherwise
    RunPlan plan;                      ///< `runs` is filled in by plan_for
    std::string out;                   ///< folder; default_folder otherwise
    bool json = false;
    bool dry_run = false;
    bool quiet = false;
    bool verbose = false;

    void add_to(CLI::App& app);
    [[nodiscard]] RunPlan plan_for(std::int64_t default_runs) const;
};

}  // namespace entente
