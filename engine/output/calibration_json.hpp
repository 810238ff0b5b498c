/// A calibration's summary as JSON.
#pragma once

#include <string>

#include <entente/store/study_record.hpp>
#include <entente/summary/calibration_summary.hpp>

namespace entente {

std::string calibration_json(const StudyRecord& record, const StudyOutcome& outcome, const CalibrationFacts& facts,
                             const CalibrationSummary& summary);

}  // namespace entente
