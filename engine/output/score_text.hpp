/// A score for the terminal.
#pragma once

#include <string>
#include <vector>

#include <entente/output/text_table.hpp>
#include <entente/store/study_record.hpp>
#include <entente/summary/score_summary.hpp>

namespace entente {

/// Items listed one by one, at most.
inline constexpr std::size_t most_items_in_text = 30;

/// What a score is told with.
struct ScoreTold {
    const ScorePlan* plan = nullptr;
    const Scored* scored = nullptr;
    std::vector<std::string> warnings;  ///< of what was fitted to what is scored
};

/// The verdict, the pooled scores beside those of each baseline, then the items.
std::string score_text(const ScoreTold& told, const StudyRecord& record, const StudyOutcome& outcome, const TextStyle& style);

}  // namespace entente
