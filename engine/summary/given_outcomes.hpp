/// Outcomes at the points of a design, from a table that somebody else filled.
#pragma once

#include <string>
#include <vector>

#include <entente/summary/sensitivity_summary.hpp>

namespace entente {

/// How far a factor's value may be from the design's, as a share of it: fifteen digits are enough.
inline constexpr double factor_tolerance = 1e-12;

struct GivenOutcomes {
    std::size_t replicates = 1;
    std::size_t rows = 0;
    std::size_t lacking = 0;  ///< rows without a number in some of the outcomes chosen
    std::vector<OutcomeSample> outcomes;
    std::vector<std::string> notes;  ///< for the user: columns that were ignored
};

/// From a CSV text with one row for each point in the design's order, or, where there is a column `replicate`, one for each run: replicates
/// 0, 1, … or 1, 2, … of a point after each other, as many of every point. A column `point` must hold the points' numbers, and a column named
/// after a factor the design's values, equal to factor_tolerance: tables that went through pandas or R lose digits. Every other column of
/// numbers is an outcome; empty cells, NA and NaN are missing. Factors and outcomes are known by the names that R gives them too.
/// What our own tables say beside outcomes is left aside unless `measures` names it: `run`, `runs`, `drawn_as`, `failed`, `NAME_se` beside
/// `NAME`, dates, and single years. A column that numbers the rows, as pandas and R put one before, or that holds no numbers, is left out
/// with a note.
///
/// `layout` gives units and rules to the outcomes that it knows. `measures` chooses; none: all. Throws ScenarioError with the problems and
/// their places in `path`: of rows that do not belong where they stand the first, of text among the numbers of a column the first cell; or
/// Error: rows that are too few or too many, no outcome, a measure that is no column.
GivenOutcomes read_outcomes(const std::string& path, std::string text, const Points& design, const Results& layout,
                            const std::vector<std::string>& measures);

}  // namespace entente
