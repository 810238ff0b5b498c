/// Cells of grids over time, of one run.
#pragma once

#include <vector>

#include <entente/report/page_data.hpp>
#include <entente/scenario/scenario.hpp>
#include <entente/summary/spatial.hpp>

namespace entente {

/// All grids together take at most so many characters of a page.
inline constexpr std::size_t most_grid_bytes = 2'000'000;

/// One for each kind whose agents are cells of a grid, in the order of the kinds. Moments are thinned until all fit; the last one is kept.
std::vector<page::GridData> grids_data(const Scenario& scenario, const Model& model, const Results& results, const std::vector<SpatialCourse>& courses);

}  // namespace entente
