/// What summaries of sweeps and sensitivity analyses say alike.
#pragma once

#include <span>
#include <string>

#include <entente/output/text_table.hpp>
#include <entente/store/study_record.hpp>
#include <entente/study/run_results.hpp>

namespace entente {

/// Title; design, points, replicates, seed, variant and settings.
std::string study_head_text(const StudyRecord& record, const TextStyle& style);

/// Replicates from which on the interval of a noise share is worth looking at: where they share their luck, of 16 draws of it the interval is
/// about a third wide where the share is a quarter; where they do not, 2 replicates of 64 points suffice.
inline constexpr std::int64_t enough_shared_replicates = 16;
inline constexpr std::int64_t enough_independent_replicates = 2;

/// What to ask for so that noise can be estimated; empty where there are enough replicates.
std::string replicates_advice(const StudyRecord& record);

/// How many runs are there: `24`, or where points stand in the design more than once `24, 6 of them at points that come again`.
std::string study_runs_text(const StudyOutcome& outcome);

/// `Cost     …` and `Digest   …`, a line each; between them `Runs     …` where points come again.
std::string study_cost_text(const StudyOutcome& outcome);

/// A paragraph on the measures by row of which no outcome is told, by_row_text, in lines of that width; "" where there are none.
std::string by_row_note(const Results& layout, std::span<const std::string> told, std::size_t width);

/// Of the first twenty failures run and message.
std::string failures_json(std::span<const RunFailure> failures);

}  // namespace entente
