/// A pass through the record as a terminal shows it.
#pragma once

#include <string>
#include <vector>

#include <entente/output/text_table.hpp>
#include <entente/summary/condition_summary.hpp>

namespace entente {

/// What was written where; "" where nothing was.
struct ConditionFiles {
    std::string folder;
    std::string snapshot;
    std::string go_on;  ///< the command that goes on from it
};

std::string condition_text(const ConditionSummary& summary, const std::string& title, const ConditionFiles& files, const TextStyle& style);

/// In plain sentences, the most telling first.
std::vector<std::string> condition_findings(const ConditionSummary& summary);

/// What a likelihood without an idea of its own error must be told: too few runs. "" where it is well.
std::string condition_doubt(const ConditionSummary& summary);

}  // namespace entente
