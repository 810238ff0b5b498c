/// summary.json of `compare`.
#pragma once

#include <string>

#include <entente/summary/comparison_summary.hpp>

namespace entente {

/// Alternatives and how `run` makes them, pairing, failures, outcomes and dates; each alternative's numbers under its name. Intervals are
/// [low, high], differences those of the alternative less the baseline. What is unknown or infinite is null. `digest` is the study's, or
/// "".
std::string comparison_json(const ComparedRuns& runs, const Comparison& comparison, const std::string& digest);

}  // namespace entente
