/// Names and small phrases that several parts of an ODD document use.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <entente/scenario/scenario.hpp>

namespace entente {

/// Kinds are numbered through: agents first, then links.
std::string kind_name(const Scenario& scenario, KindId kind);

/// `russia -> afghanistan`, `russia`: a row that is named in data.
std::string row_words(const Scenario& scenario, const RowRef& row);
/// The same for people, agents by their labels: `Russia -> Afghanistan`.
std::string row_label_words(const Scenario& scenario, const RowRef& row);
/// An agent by its label, its name behind: `Pakistan (770)`.
std::string member_words(const AgentMember& member);
/// How many agents of the kind are on maps, in a sentence; "" where none is.
std::string sites_words(const AgentKind& kind);
/// What a thing is about, after its label: `Aid: food and fuel`.
std::string about_words(const Remarks& remarks);
/// A list for people ends after so many entries, and tells that it does.
inline constexpr std::size_t most_listed = 300;
/// Whether and how much is left out of such a list: `The first 300 of 100,000 entries; entente describe --json has all.`; "" where nothing is.
std::string not_listed(std::size_t all, std::string_view noun, std::size_t most = most_listed);

/// Takes from a list what is beyond most_listed, and puts `… and 12 more` in its place.
void cut_list(std::vector<std::string>& list);

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
