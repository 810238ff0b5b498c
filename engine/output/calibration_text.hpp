/// A calibration's summary for a terminal.
#pragma once

#include <string>

#include <entente/output/text_table.hpp>
#include <entente/store/study_record.hpp>
#include <entente/summary/calibration_summary.hpp>

namespace entente {

/// Title; method, particles and record; each parameter before and after; the record from both; findings; generations; why it ended; cost.
std::string calibration_text(const StudyRecord& record, const StudyOutcome& outcome, const CalibrationFacts& facts,
                             const CalibrationSummary& summary, const TextStyle& style);

}  // namespace entente
