/// What fits of simulated records say of a method, as text, JSON and table.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <entente/output/text_table.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/store/study_record.hpp>
#include <entente/summary/calibration_summary.hpp>
#include <entente/summary/rank_summary.hpp>

namespace entente {

std::string rank_text(const StudyRecord& record, const StudyOutcome& outcome, const CalibrationFacts& facts, const RankSummary& summary,
                      const TextStyle& style);
std::string rank_json(const StudyRecord& record, const StudyOutcome& outcome, const CalibrationFacts& facts, const RankSummary& summary);

/// sbc.csv: one row a fit and parameter: `fit`, `parameter`, `truth`, `rank` among `of` draws, `mean`, `sd`, `q05`, `q95` of the posterior.
void write_ranks(std::span<const Factor> factors, std::span<const std::vector<double>> fits, const Sink& sink);

}  // namespace entente
