/// A score as JSON, and as tables.
#pragma once

#include <string>

#include <entente/output/run_tables.hpp>
#include <entente/output/score_text.hpp>

namespace entente {

std::string score_json(const ScoreTold& told, const StudyRecord& record, const StudyOutcome& outcome);

/// A line an item: what is on record, and what was forecast.
void write_score_items(const ScoreTold& told, const Sink& sink);
/// A line an item and forecast: that of the runs, and each baseline's.
void write_item_scores(const ScoreTold& told, const Sink& sink);
/// A line a group, rule and baseline.
void write_pooled_scores(const ScoreTold& told, const Sink& sink);
/// A line a bin.
void write_reliability(const ScoreTold& told, const Sink& sink);

}  // namespace entente
