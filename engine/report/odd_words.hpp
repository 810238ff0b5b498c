/// Names and small phrases that several parts of an ODD document use.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include <entente/scenario/scenario.hpp>

namespace entente {

/// Kinds are numbered through: agents first, then links.
std::string kind_name(const Scenario& scenario, KindId kind);

/// `russia -> afghanistan`, `russia`: a row that is named in data.
std::string row_words(const Scenario& scenario, const RowRef& row);
/// Link `link` of the kind, by its ends.
std::string link_words(const Scenario& scenario, const LinkKind& kind, int source, int target);

/// `[0, 1]`, `[0, ∞)`, nothing for the whole line.
std::string range_words(const Range& range);
std::string range_words(const Field& field);  ///< of a field with levels their names
/// `uniform(0, 1)`
std::string prior_words(const Prior& prior);
/// `ring, 4 neighbours each`
std::string pattern_words(const Pattern& pattern);
/// `when` of a timeline entry: its date, or its tick.
std::string when_words(const Scenario& scenario, const TimelineEntry& entry);
/// The event that a timeline entry fires, and what it sets.
std::string what_happens(const Scenario& scenario, const TimelineEntry& entry);
/// `rule`, `event with a rate`, …
std::string form_words(Step::Form form);
/// How many rows a kind has; "by pattern" where only laying out tells.
std::string size_words(const Scenario& scenario, KindId kind);

/// Calls `visit` for an expression and everything within it.
void visit_expression(const Expr& expr, const std::function<void(const Expr&)>& visit);
/// Every formula of a step: lets, where, drive, temperature, outside, statements.
void visit_step(const Step& step, const std::function<void(const Formula&)>& visit);

/// The dates of an input's table: `2021-08 to 2025-12, 53 numbers`.
std::string input_dates(const Input& input);
/// What an input is between its dates and beyond them: `straight lines; the first and last value beyond`.
std::string between_words(const Input& input);

}  // namespace entente
