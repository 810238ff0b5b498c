/// Single runs, as a page tells them.
#pragma once

#include <span>

#include <entente/model/model.hpp>
#include <entente/report/page_replay.hpp>
#include <entente/scenario/scenario.hpp>
#include <entente/summary/story.hpp>

namespace entente {

/// Rows times ticks of all runs that a page tells: more are not made again.
inline constexpr std::int64_t most_replayed_updates = 30'000'000;
/// Entries that a page tells of a run one by one; of what is more frequent see cut_log().
inline constexpr std::size_t most_told_on_page = 400;

/// `stories` are those of the runs chosen, in their order; `model` made them, compiled to show a replay. There is at least one.
page::ReplayData replay_data(const Scenario& scenario, const Model& model, const TellingRuns& chosen, std::span<const Story> stories,
                             std::span<const std::size_t> headline);

}  // namespace entente
