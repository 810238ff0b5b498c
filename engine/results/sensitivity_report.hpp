/// What a sensitivity analysis says: for machines, for tables, for a terminal.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <entente/results/sensitivity_summary.hpp>
#include <entente/results/staged_files.hpp>
#include <entente/results/study_record.hpp>
#include <entente/results/text_table.hpp>

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

/// summary.json: the same for the same design and runs, whoever made them and when. Of each outcome `unit`, `rule` (of a date), `mean`,
/// `variance`, `sd`, `variation` (whether indices say anything: `told`, or why not), `infinite` and `missing` (runs whose value is, which are left out),
/// `left_out`, `noise_share` of a single run's variance, `noise_share_of_means` (null with one replicate) and their intervals, `indices` by
/// factor or group, and `second` for pairs. Missing numbers are null.
std::string sensitivity_json(const SensitivityReport& report);

/// indices.csv: outcome, factor, index, estimate, low, high; one row an index. A pair is `x1:x2`, its index `second`.
void write_indices(const SensitivityReport& report, const Sink& sink);

/// For the terminal: of each outcome that varies by more than noise, factors from the most important down, with bars. From the thirteenth
/// such outcome on a line each with the three strongest; the others by name.
std::string sensitivity_text(const SensitivityReport& report, const TextStyle& style);

}  // namespace entente
