/// What a sensitivity analysis found of one outcome, in a sentence.
#pragma once

#include <string>

#include <entente/summary/sensitivity_report.hpp>

namespace entente {

/// An outcome in words; those of one date, or of single years, differ by their names alone.
std::string told_in_sentence(const OutcomeSensitivity& outcome);

/// On what an outcome depends most, where its interval is above that of every other; else the factors whose intervals overlap. Of one that has indices.
std::string strongest_finding(const OutcomeSensitivity& outcome, const SensitivityReport& report);

}  // namespace entente
