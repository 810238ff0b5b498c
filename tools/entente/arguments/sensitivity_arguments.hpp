/// What `entente sensitivity` is asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <entente/study/bootstrap.hpp>
#include <entente/study/sensitivity_design.hpp>

#include "arguments/study_arguments.hpp"

namespace entente {

struct SensitivityArguments {
    StudyArguments study;
    std::vector<std::string> vary;
    std::vector<std::string> groups;
    std::vector<std::string> measures;
    std::string method = "sobol";
    std::optional<std::int64_t> samples;
    std::optional<std::int64_t> trajectories;
    std::optional<int> levels;
    std::string scramble;  ///< "": owen
    bool second_order = false;
    double confidence = 0.95;
    int resamples = 1000;
    double allowed_failures = 0;
    std::string emit_design;
    std::string from_results;

    void add_to(Options& app);

    /// Throws Error for options that contradict one another.
    void refuse_contradictions() const;
    [[nodiscard]] SensitivityPlan plan() const;
    [[nodiscard]] Bootstrap bootstrap() const { return {resamples, confidence, study.seed}; }

private:
    void add_design_to(Options& app);
    void add_indices_to(Options& app);
};

}  // namespace entente
