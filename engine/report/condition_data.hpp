/// What a page shows of a pass through the record.
#pragma once

#include <entente/report/page_data.hpp>
#include <entente/summary/condition_summary.hpp>

namespace entente {

/// Measures given the record over time, with what is on record of them, and how many runs count.
page::EnsembleData condition_data(const Scenario& scenario, const ConditionSummary& summary);

}  // namespace entente
