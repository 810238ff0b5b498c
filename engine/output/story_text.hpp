/// What happened in single runs, as a person reads it on a terminal.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include <entente/output/text_table.hpp>
#include <entente/store/run_record.hpp>
#include <entente/summary/story.hpp>

namespace entente {

/// Entries that a story tells one by one on a terminal; of what is more frequent see cut_log().
inline constexpr std::size_t most_told_in_text = 80;

/// Title, calendar and seed; then each run: why it is told, its events by date and actor with what made them and the chance that they had, below
/// them what the first measures of the headline had become; what happened too often to be told; and the state at start and end. No line is
/// wider than the terminal.
std::string story_text(std::span<const Story> stories, std::span<const StoryEvent> events, std::span<const std::size_t> headline,
                       const TellingRuns& chosen, const RunRecord& record, const TextStyle& style);

}  // namespace entente
