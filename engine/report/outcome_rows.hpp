/// What agents, links and measures by row hold run by run, and how often events happen in each: by which a page shows both groups of runs that it parts.
#pragma once

#include <entente/model/model.hpp>
#include <entente/report/page_data.hpp>
#include <entente/scenario/scenario.hpp>
#include <entente/study/run_results.hpp>

namespace entente {

/// All that rows hold run by run takes at most so many characters of a page.
inline constexpr std::size_t most_outcome_row_bytes = 90'000;

/// Adds them to `data`, whose runs are known: of the first runs, up to 500, at up to 8 moments. Measures come first, then what is looked at first of links and
/// agents; what does not fit is left out, as are series of which `data` has the courses. What is the same in all runs is left out too. `results` were planned
/// with RunPlan::relations; `model` made them, compiled with Shown::relations.
void add_outcome_rows(const Scenario& scenario, const Model& model, const Results& results, page::OutcomesData& data);

}  // namespace entente
