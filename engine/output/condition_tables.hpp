/// A pass through the record as CSV tables.
#pragma once

#include <entente/store/staged_files.hpp>
#include <entente/summary/condition_summary.hpp>

namespace entente {

/// record.csv: a line for each thing on record: `time` (the last day of its tick), `what` (event, silence, number), `name`, `row`, `value`, `ticks`,
/// `log_chance` (natural logarithm of the chance that runs gave it which had gone by the record until then; of numbers of the density).
void write_record_chances(const ConditionSummary& summary, const Sink& sink);

/// moments.csv: `time`, `log_likelihood` of the record so far, `effective_runs`, `redrawn` (1 where runs were drawn again).
void write_moments(const ConditionSummary& summary, const Sink& sink);

/// filtered.csv: `time`, then of each measure over time `NAME`, its mean over the runs by their weights, `NAME_q05`, `NAME_q25`, `NAME_q50`, `NAME_q75`, `NAME_q95`.
void write_filtered(const ConditionSummary& summary, const Sink& sink);

}  // namespace entente
