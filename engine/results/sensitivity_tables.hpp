/// Tables of sensitivity for a terminal.
#pragma once

#include <string>
#include <vector>

#include <entente/results/sensitivity_report.hpp>

namespace entente {

/// Groups of factors from the most important one down, at most twenty, each with its indices and a bar, where there is room for bars.
std::string factors_table(const OutcomeSensitivity& outcome, const SensitivityReport& report, const TextStyle& style);

/// The five strongest pairs whose interval does not reach 0; "" without second order.
std::string pairs_table(const OutcomeSensitivity& outcome, const SensitivityReport& report, const TextStyle& style);

/// A line an outcome, with its three strongest groups by total index or mu*.
std::string brief_table(const std::vector<const OutcomeSensitivity*>& outcomes, const SensitivityReport& report, const TextStyle& style);

/// `0.3 %`, `12 %`
std::string share_text(double share);

}  // namespace entente
