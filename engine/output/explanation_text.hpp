/// What a scenario was compiled into, as text for a terminal.
#pragma once

#include <string>
#include <vector>

#include <entente/output/text_table.hpp>
#include <entente/runtime/explain.hpp>
#include <entente/study/ensemble.hpp>

namespace entente {

/// The runs that an explanation is for.
struct ExplainedRuns {
    std::int64_t runs = 1;
    RunLayout layout;
    bool lanes_asked = false;  ///< whoever asked named the number of lanes
};

/// A screen or two: how a tick runs and why so, tables and columns, what was folded, and a line for each step.
std::string explanation_text(const Explanation& explanation, const ExplainedRuns& runs, const TextStyle& style);

/// One stage that was explained in detail: its passes, and its programs instruction by instruction.
std::string stage_text(const Explanation& explanation, const ExplainedStage& stage, const TextStyle& style);

/// Its machine code on one instruction set; says where there is none, and why.
std::string machine_code_text(const Kernels& kernels, bool is_refused, const ExplainedStage& stage, const std::vector<MachineCode>& code, const TextStyle& style);

/// Why the steps go over tables; "" where they go row by row.
std::string reason_text(const ByTable& by_table);

/// `12 to 340`, or one number where both are the same.
std::string cost_text(const CostRange& cost);

/// `head` and then text, in lines that fit; all but the first begin with so many spaces.
std::string wrapped(const std::string& head, const std::string& text, std::size_t indent, const TextStyle& style);

/// A label, and text beside it, in one line that laid_out() breaks.
std::string entry_text(std::string_view label, const std::string& text);

}  // namespace entente
