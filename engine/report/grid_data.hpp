/// Cells of grids over time, in single runs.
#pragma once

#include <vector>

#include <entente/report/page_data.hpp>
#include <entente/scenario/scenario.hpp>
#include <entente/summary/spatial.hpp>
#include <entente/summary/story.hpp>

namespace entente {

/// All grids together take at most so many characters of a page.
inline constexpr std::size_t most_grid_bytes = 2'000'000;

/// One for each kind whose agents are cells of a grid, in the order of the kinds: in the runs that are told, or, where none is, in the first ones. Where not at
/// least 24 moments of each would fit, the last runs are left out, but never the first; then moments are thinned until all fit. The last moment is kept.
std::vector<page::GridData> grids_data(const Scenario& scenario, const Model& model, const Results& results, const Told& told = {});

}  // namespace entente
