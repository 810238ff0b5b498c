/// Relations and events of an ensemble, as its page shows them.
#pragma once

#include <entente/report/page_data.hpp>
#include <entente/scenario/scenario.hpp>
#include <entente/summary/relations.hpp>

namespace entente {

/// Fills the network, the events, and the sentences that say over which runs they are taken, or why there are none.
void add_relations(const Scenario& scenario, const Results& results, const RelationsOverTime& relations, page::EnsembleData& data);

}  // namespace entente
