/// A calibration's results as CSV tables.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <entente/inference/record_summaries.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/summary/calibration_summary.hpp>

namespace entente {

/// posterior.csv: `point`, each factor under its name, `weight`, whose sum is 1; one row a particle. What `--points` and `--posterior`
/// read.
void write_posterior(const Points& points, std::span<const double> weights, const Sink& sink);

/// generations.csv: `generation` from 0, `tolerance` (empty of the first), `runs`, `failed`, `acceptance`, `effective`; by likelihood
/// instead of the tolerance `temperature`, `filter_runs` and `log_evidence`.
void write_generations(std::span<const GenerationFacts> generations, CalibrationMethod method, const Sink& sink);

/// record.csv: one row a summary of the record: `summary`, `unit`, `record`, then median, 5 % and 95 % of runs of the prior and of the
/// posterior, and the chance that either has for it.
void write_predicted(std::span<const RecordPredicted> record, const Sink& sink);

/// scales.csv: one row a generation and summary: `generation`, `summary`, `scale` by which distances were divided, in the scale of the
/// summary that is compared.
void write_scales(std::span<const RecordSummary> summaries, std::span<const std::vector<double>> by_generation, const Sink& sink);

}  // namespace entente
