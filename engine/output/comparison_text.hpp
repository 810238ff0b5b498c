/// A comparison for the terminal.
#pragma once

#include <string>

#include <entente/output/text_table.hpp>
#include <entente/summary/comparison_summary.hpp>

namespace entente {

/// A heading that says what is compared and whether run by run; a table for each alternative, in which outcomes whose difference is clear
/// have a line and the others are named, unless measures were asked for by name; when and how often each date came, with its course, and
/// which came first; failures. Columns are left out, the least telling first, where the terminal is narrow.
std::string comparison_text(const ComparedRuns& runs, const Comparison& comparison, const TextStyle& style);

}  // namespace entente
