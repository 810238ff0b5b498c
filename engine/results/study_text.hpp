/// What summaries of sweeps and sensitivity analyses say alike.
#pragma once

#include <span>
#include <string>

#include <entente/results/study_record.hpp>
#include <entente/results/text_table.hpp>
#include <entente/study/results.hpp>

namespace entente {

/// Title; design, points, replicates, seed, variant and settings.
std::string study_head_text(const StudyRecord& record, const TextStyle& style);

/// `Cost     …` and `Digest   …`, a line each.
std::string study_cost_text(const StudyOutcome& outcome);

/// Of the first twenty failures run and message.
std::string failures_json(std::span<const RunFailure> failures);

}  // namespace entente
