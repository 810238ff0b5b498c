/// What happened in single runs, for programs.
#pragma once

#include <span>
#include <string>

#include <entente/store/run_record.hpp>
#include <entente/summary/story.hpp>

namespace entente {

/// All events of each run, in the order of events.csv, and its measures: their courses and last values.
std::string story_json(std::span<const Story> stories, std::span<const StoryEvent> events, const TellingRuns& chosen, const RunRecord& record);

}  // namespace entente
