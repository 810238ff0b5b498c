/// The options of `entente sweep`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <entente/study/sweep_design.hpp>

#include "arguments/study_arguments.hpp"

namespace entente {

struct SweepArguments {
    StudyArguments study;
    std::vector<std::string> vary;
    std::string design;  ///< grid, latin or sobol; "" decides by the others
    std::optional<std::int64_t> samples;
    int levels = 5;
    std::string points;  ///< file
    std::string emit_design;
    std::vector<std::string> measures;  ///< told in the summary; none: those of the world

    void add_to(Options& app);
    /// Throws Error for options that contradict one another.
    void check() const;
    /// What is asked of the design, where the points are no list.
    [[nodiscard]] SweepPlan design_plan() const;
};

}  // namespace entente
