/// What a sensitivity analysis says.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <entente/store/study_record.hpp>
#include <entente/summary/sensitivity_summary.hpp>

namespace entente {

struct SensitivityReport {
    StudyRecord record;
    SensitivityDesign design;
    Bootstrap bootstrap;
    StudyOutcome outcome;  ///< of the runs that were made; runs given in a table count as there
    std::vector<RunFailure> failures;
    double allowed_failures = 0;               ///< share of the runs
    std::string results_file;                  ///< from which the outcomes were read; "" where they are those of runs
    std::vector<OutcomeSensitivity> outcomes;  ///< none when the indices are refused
    Results layout{};                          ///< empty results: the measures

    /// More runs failed than are allowed to: there are no indices.
    [[nodiscard]] bool is_refused() const {
        return static_cast<double>(outcome.failed) > allowed_failures * static_cast<double>(outcome.runs);
    }
};

}  // namespace entente
