/// The words in which runs are told, on a terminal as on a page.
#pragma once

#include <string>

#include <entente/summary/story.hpp>

namespace entente {

/// Why a run is told: `typical: nearest the medians of all measures`, `Moscow recognises the government in Kabul: earliest, 2023-07-16`.
/// `results` are the ensemble's, or those of one of its runs; `chosen` says among which runs the typical one was sought.
std::string reason_text(const Results& results, const TellingReason& reason, const TellingRuns& chosen);

/// What a chance in a story is of: `chance in a week`, `chance in a tick`.
std::string chance_heading(const Calendar& calendar);

/// The chance of an event: `3 %`, `certain`, of a count `1.5 expected`; "" where there is none.
std::string story_chance(const StoryEvent& event, const LoggedEvent& logged);

/// A value of a measure: its level, or the number with its unit, if that is wanted.
std::string story_value(const MeasureInfo& measure, double value, bool with_unit = true);

}  // namespace entente
