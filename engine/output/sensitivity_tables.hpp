/// Tables of sensitivity: indices.csv, and those of the terminal.
#pragma once

#include <string>
#include <vector>

#include <entente/output/text_table.hpp>
#include <entente/store/staged_files.hpp>
#include <entente/summary/sensitivity_report.hpp>

namespace entente {

/// indices.csv: outcome, factor, index, estimate, low, high; one row an index. A pair is `x1:x2`, its index `second`.
void write_indices(const SensitivityReport& report, const Sink& sink);

/// Groups of factors from the most important one down, at most twenty, each with its indices and a bar, where there is room for bars.
std::string factors_table(const OutcomeSensitivity& outcome, const SensitivityReport& report, const TextStyle& style, LeftOut& left_out);

/// The five strongest pairs whose interval does not reach 0; "" without second order.
std::string pairs_table(const OutcomeSensitivity& outcome, const SensitivityReport& report, const TextStyle& style, LeftOut& left_out);

/// A line an outcome, with its three strongest groups by total index or mu*.
std::string brief_table(const std::vector<const OutcomeSensitivity*>& outcomes, const SensitivityReport& report, const TextStyle& style, LeftOut& left_out);

/// `0.3 %`, `12 %`
std::string share_text(double share);

}  // namespace entente
