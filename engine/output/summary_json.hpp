/// summary.json: what an ensemble says of each measure, for programs.
#pragma once

#include <string>

#include <entente/store/run_record.hpp>
#include <entente/summary/ensemble_summary.hpp>

namespace entente {

/// Failures listed in full; the rest are only counted.
inline constexpr std::size_t most_failures_listed = 20;

/// One object a measure, under its name: form, unit, about, expression and, over runs, `n`, `missing`, `mean`, `sd`, `standard_error`,
/// `least`, `greatest`, `quantiles`. A series adds `time` (the fan), a date the share of runs in which it came with its Wilson 95 %
/// interval, when it came, and the Kaplan-Meier curve; a yearly one `years`; a panel `rows`. Then events, failures, cost and digest. What
/// is missing is null.
std::string summary_json(const Results& results, const Summary& summary, const RunRecord& record);

}  // namespace entente
