/// A sensitivity analysis for the terminal.
#pragma once

#include <string>

#include <entente/output/text_table.hpp>
#include <entente/summary/sensitivity_report.hpp>

namespace entente {

/// For the terminal: of each outcome that varies by more than noise, factors from the most important down, with bars. From the thirteenth
/// such outcome on a line each with the three strongest; the others by name.
std::string sensitivity_text(const SensitivityReport& report, const TextStyle& style);

}  // namespace entente
