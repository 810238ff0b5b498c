/// The options of `entente calibrate`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <entente/inference/abc_smc.hpp>
#include <entente/inference/tempered_smc.hpp>
#include <entente/summary/calibration_summary.hpp>

#include "arguments/study_arguments.hpp"

namespace entente {

struct CalibrateArguments {
    StudyArguments study;
    std::vector<std::string> vary;
    std::string until;  ///< "": the calendar's end
    std::string method_name = "abc";
    std::int64_t particles = 1000;
    std::optional<std::int64_t> runs;    ///< at most
    std::vector<std::string> variants;   ///< whose evidences are compared; empty: one scenario is fitted
    std::int64_t filter_runs = 100;      ///< of a likelihood, to begin with
    std::int64_t simulated_records = 0;  ///< --sbc; 0: the record itself is fitted

    void add_to(Options& app);

    /// Throws Error for a method that is unknown.
    [[nodiscard]] CalibrationMethod method() const;
    /// Throws Error for particles or a budget too few for so many parameters.
    [[nodiscard]] AbcPlan plan(std::size_t parameters) const;
    [[nodiscard]] TemperedPlan tempered_plan() const;

private:
    void add_fit_to(Options& app);
};

}  // namespace entente
