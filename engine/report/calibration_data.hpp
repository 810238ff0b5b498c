/// What calibrations say, as their pages show it.
#pragma once

#include <span>

#include <entente/report/page_data.hpp>
#include <entente/scenario/labels.hpp>
#include <entente/summary/calibration_summary.hpp>
#include <entente/summary/rank_summary.hpp>

namespace entente {

/// `particles` are those of which `summary` is.
page::CalibrationData calibration_data(const NameLabels& labels, std::span<const Factor> factors, const Particles& particles,
                                       const CalibrationFacts& facts, const CalibrationSummary& summary);
page::CalibrationData rank_data(const NameLabels& labels, const RankSummary& summary);

}  // namespace entente
