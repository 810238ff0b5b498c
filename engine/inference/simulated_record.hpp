/// A record as a scenario would make it: for fits whose truth is known.
#pragma once

#include <cstdint>
#include <vector>

#include <entente/inference/filter.hpp>

namespace entente {

struct SimulatedRecord {
    Scenario scenario;  ///< with events on record as a run had them, in the ticks and on the rows for which its record is complete
    std::vector<NumberOnRecord> numbers;  ///< of the same run, each with an error or thinning of its own
    bool failed = false;                  ///< the run stopped
};

/// One run of the scenario, at these values by parameter (empty: the model's own), as its record would tell of it. `model` is compiled from
/// the scenario, not conditioned. `numbers` say which are on record, and how.
SimulatedRecord simulated_record(const Scenario& scenario, const Model& model, const std::vector<NumberOnRecord>& numbers,
                                 const std::vector<std::vector<double>>& parameters, std::uint64_t seed, std::int64_t until);

}  // namespace entente
