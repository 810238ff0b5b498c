/// What summaries of studies say alike.
#pragma once

#include <string>

#include <entente/results/study_record.hpp>

namespace entente {

/// `Cost     …` and `Digest   …`, a line each.
std::string study_cost_text(const StudyOutcome& outcome);

}  // namespace entente
