/// summary.json of a pass through the record.
#pragma once

#include <string>

#include <entente/store/run_record.hpp>
#include <entente/summary/condition_summary.hpp>

namespace entente {

/// Identity, log-likelihood with its standard error, moments, what is on record with its log chance, measures at the last moment. What is not
/// finite is null.
std::string condition_json(const ConditionSummary& summary, const RunRecord& record, const std::string& snapshot);

}  // namespace entente
