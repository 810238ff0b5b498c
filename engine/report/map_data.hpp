/// Agents on maps, and what fills them.
#pragma once

#include <optional>
#include <vector>

#include <entente/report/page_data.hpp>
#include <entente/scenario/scenario.hpp>
#include <entente/summary/ensemble_summary.hpp>
#include <entente/summary/spatial.hpp>
#include <entente/summary/story.hpp>

namespace entente {

/// Links of each field that are drawn at a moment, at most.
inline constexpr std::size_t most_arcs_drawn = 200;

/// The kinds whose agents have places: measures by row of each first, then its fields and derived values, in the means and in each run
/// that is told. Nothing where no kind has any.
std::optional<page::MapData> map_data(const Scenario& scenario, const Model& model, const Results& results, const Summary& summary,
                                      const std::vector<SpatialCourse>& courses, const Told& told = {});

}  // namespace entente
