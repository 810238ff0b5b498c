/// Outcomes at the points of a design, from a table that somebody else filled.
#pragma once

#include <string>
#include <vector>

#include <entente/results/sensitivity_summary.hpp>

namespace entente {

struct GivenOutcomes {
    std::size_t replicates = 1;
    std::size_t rows = 0;
    std::size_t lacking = 0;  ///< rows without a number in some of the outcomes chosen
    std::vector<OutcomeSample> outcomes;
};

/// From a CSV text with one row for each point in the design's order, or, where there is a column `replicate`, one for each run: replicates
/// 0, 1, … of a point after each other, as many of every point. A column `point` must hold the points' numbers, and a column named after a
/// factor the design's values, equal to the last bit. Every other column of numbers is an outcome; empty cells, NA and NaN are missing.
/// What our own tables say beside outcomes is left aside unless `measures` names it: `run`, `runs`, `drawn_as`, `failed`, `NAME_se` beside `NAME`,
/// dates, and single years.
///
/// `layout` gives units and rules to the outcomes that it knows. `measures` chooses; none: all. Throws ScenarioError with all problems and
/// their places in `path`, or Error: rows that are too few or too many, no outcome, a measure that is no column.
GivenOutcomes read_outcomes(const std::string& path, std::string text, const Points& design, const Results& layout,
                            const std::vector<std::string>& measures);

}  // namespace entente
