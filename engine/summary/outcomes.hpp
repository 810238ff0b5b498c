/// Outcomes: numbers, one a run, of which a study makes means, differences and shares of variance.
///
/// A measure is an outcome under its own name; a yearly one is so over the whole run, and with each year as `NAME[2024]`. By row it is one
/// on each row of its kind, `NAME[syria]`, `NAME[russia -> afghanistan]`, `NAME[syria][2024]`. A date that never came is no number and is
/// never dropped in silence: a date is two outcomes, `NAME_years`, the years from the start of the calendar to the tick in which it came,
/// at most to the calendar's end (whose mean is the restricted mean of Irwin 1949), and `NAME_came`, 1 in a run in which it came and 0 in
/// one in which it did not (whose mean is the probability that it comes). Where runs failed before it came, the means are those of the
/// Kaplan-Meier curve: study/arrival_values.hpp says what each run lends to them.
///
/// A measure whose values have names is an outcome for each of its levels, `standing[mission]`, `alert[syria][calm]`,
/// `alert[syria][2024][calm]`: 1 in a run on that level and 0 in one on another, whose mean is the share of runs on it. There is no outcome
/// of its numbers, for a mean between two levels is none.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <entente/store/study_values.hpp>

namespace entente {

struct Outcome {
    enum class Rule { value, years, came, level };
    std::string name;
    std::string unit;
    std::string about;
    std::size_t column = 0;  ///< as ValueColumn::first counts them
    Rule rule = Rule::value;
    bool is_year = false;     ///< one year of a yearly measure
    std::size_t measure = 0;  ///< number in Results::measures
    int year = -1;            ///< number in Results::years
    std::int64_t row = -1;    ///< of the measure's kind; -1: it is of the world as a whole
    std::string label{};      ///< people's words for it: `Trust in Kabul`, `Fall of Kabul (years)`, `Trust[Pakistan (770)]`; "" where its name will do
    std::size_t level = 0;    ///< by Rule::level: number among the measure's levels …
    std::size_t levels = 0;   ///< … of which there are so many
    [[nodiscard]] bool is_of_date() const { return rule == Rule::years || rule == Rule::came; }
    /// As tables for people and pages call it.
    [[nodiscard]] const std::string& told() const { return label.empty() ? name : label; }
    /// What it is, in words: its label or else its `about`; "" where it has neither.
    [[nodiscard]] const std::string& in_words() const { return label.empty() ? about : label; }
};

/// All of them, in the order of the measures; and those of the world as a whole, and so all but the rows'.
std::vector<Outcome> outcomes(const Results& layout);
std::vector<Outcome> outcomes_of_world(const Results& layout);

/// The measures that are taken on each row (`on:`), by name.
std::vector<std::string> measures_by_row(const Results& layout);
/// Of which of them no outcome is among `told`, and how to ask for them; "" where there are none.
std::string by_row_text(const Results& layout, std::span<const std::string> told);

/// Whether a name that somebody gave means the outcome: its own, or its measure's, which stands for all of its outcomes but single years;
/// by row followed by the row in brackets, or not, which stands for all rows; with levels likewise followed by the level, or not. `NAME[a
/// -> b]` may be written `NAME[a, b]`, a row that has no name by its number, a name in quotes, and `NAME[syria][2024]` as `NAME[syria,
/// 2024]`.
bool is_named(const Results& layout, const Outcome& outcome, std::string_view name);

/// Those that were asked for by name, as is_named has it. All of the world that are no single years where none is asked for. Throws Error with a
/// suggestion for a name that is unknown.
std::vector<Outcome> chosen_outcomes(const Results& layout, const std::vector<std::string>& names);

/// What the date is called of which it is an outcome: `recognised`, `fell[syria]`.
std::string name_of_date(const Results& layout, const Outcome& outcome);
/// The same in people's words; "" where the name will do.
std::string label_of_date(const Results& layout, const Outcome& outcome);

/// An outcome by row as a column of a table by row is called: `fell_years`, `aid[2024]`, `alert[calm]`.
std::string name_without_row(const Results& layout, const Outcome& outcome);

/// The rule in words: `years to the date, at most 4.37, the whole calendar`; "" of a value as it is.
std::string rule_text(const Outcome& outcome, const Calendar& calendar);
/// What outcomes by the rule are called: `*_years`, with labels `* (years)`, `*[level]`; "" of values as they are.
std::string rule_pattern(const Outcome& outcome);

/// A column's values, one a run, turned into the outcome's by its rule. `watched` gives to the end of which tick each run was watched, NaN of
/// one that was never made; `together` runs after each other are those of a mean, and with 1 each has what is known of it by itself.
std::vector<double> by_rule(const Outcome& outcome, const Calendar& calendar, std::vector<double> column, std::span<const double> watched,
                            std::size_t together);

/// One number a run of points [first, end) of an alternative, all replicates of a point after each other. NaN where it is missing.
std::vector<double> outcome_values(const StudyValues& values, const Outcome& outcome, int alternative, std::int64_t first, std::int64_t end);

}  // namespace entente
