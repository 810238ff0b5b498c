/// A sensitivity analysis for machines.
#pragma once

#include <string>

#include <entente/summary/sensitivity_report.hpp>

namespace entente {

/// summary.json: the same for the same design and runs, whoever made them and when. Of each outcome `unit`, `rule` (of a date), `mean`,
/// `variance`, `sd`, `variation` (whether indices say anything: `by factors`, or why not), `infinite` and `missing` (runs whose value is, which are left out),
/// `excluded`, `noise_share` of a single run's variance, `noise_share_of_means` (null with one replicate) and their intervals, `indices` by
/// factor or group, and `second` for pairs. Missing numbers are null.
std::string sensitivity_json(const SensitivityReport& report);

}  // namespace entente
