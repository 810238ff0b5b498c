/// The values of single runs by which a page parts them: those in which something came, and those in which it did not.
#pragma once

#include <optional>

#include <entente/output/run_tables.hpp>
#include <entente/report/page_data.hpp>
#include <entente/scenario/scenario.hpp>
#include <entente/summary/ensemble_summary.hpp>

namespace entente {

/// Of fewer runs than these there is nothing to compare.
inline constexpr std::int64_t least_outcome_runs = 10;

/// So many values of courses a page bears at most, whatever the world. Each takes a byte or less, two where one would be too coarse.
inline constexpr std::int64_t most_outcome_values = 430'000;

/// At `data`'s series, dates and scalars, which are there already. Of a long calendar 20 to 60 moments are kept; of many runs the first ones, 400
/// at least; of more series than fit then those of the world as a whole go first. Nothing of fewer runs than `least_outcome_runs`, and where there is
/// no measure. `labels` tell what was varied between the runs.
std::optional<page::OutcomesData> outcomes_data(const Scenario& scenario, const Results& results, const Summary& summary, const RunLabels& labels);

}  // namespace entente
