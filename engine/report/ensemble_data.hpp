/// What an ensemble of runs says, as its page shows it.
#pragma once

#include <string>
#include <vector>

#include <entente/report/page_data.hpp>
#include <entente/scenario/scenario.hpp>
#include <entente/summary/ensemble_summary.hpp>
#include <entente/summary/relations.hpp>

namespace entente {

/// `relations` may be null: then there is no network, there are no events, and nothing is said of it.
page::EnsembleData ensemble_data(const Scenario& scenario, const Results& results, const Summary& summary,
                                 const RelationsOverTime* relations);

/// Findings, in plain sentences: the headline first, then dates, then series, as `Moscow recognises the government: in 42 % of runs by 2025-12-27 (…)`.
/// After a date stands when it was observed, where the scenario knows.
std::vector<std::string> ensemble_findings(const Scenario& scenario, const Results& results, const Summary& summary);

/// One date of an ensemble or an alternative, without what was observed.
page::DateData date_data(const Calendar& calendar, const MeasureInfo& measure, const DateSummary& date);

}  // namespace entente
