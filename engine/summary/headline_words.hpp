/// How headlines of studies speak of outcomes.
#pragma once

#include <string>

#include <entente/summary/headline.hpp>
#include <entente/summary/outcomes.hpp>

namespace entente {

/// What a measure is, within a sentence: its label, its `about` where that is a short phrase, else its name.
std::string subject_of(const MeasureInfo& measure);
/// A sentence's beginning with that subject: with a capital, but for a name, which is written as it is.
std::string begun_with(const MeasureInfo& measure, const std::string& text);

/// Its place in the headline, from 0; behind it for all that are not in it.
std::size_t headline_place(const Results& layout, std::size_t measure);

struct OutcomeWords {
    std::string subject;  ///< what it is, within a sentence: `Moscow recognises the government in Kabul by 27 Dec 2025`, `Moscow's trust in Kabul on 27 Dec 2025`
    std::string says;     ///< behind a number: `of runs: Moscow recognises …`, `Moscow's trust in Kabul on …, mean of runs`
    std::string begun;    ///< to begin a sentence with: `Moscow recognises …, share of runs`, `Moscow's trust in Kabul on …, mean of runs`
};
OutcomeWords words_in_headline(const Results& layout, const Outcome& outcome);

/// Of the outcomes of a measure the one with the least rank stands for it: values, shares and chances before times, whole runs before years, the world before
/// rows.
int rank_in_headline(const Outcome& outcome);

/// Whether values of an outcome are told in percent and differences in percentage points: shares of runs, and what has such a unit.
bool is_in_percent(const Outcome& outcome);

/// `3 percentage points lower (95 % interval 2.8–3.2)`, of a difference from the baseline that is told apart from none.
std::string difference_words(const Outcome& outcome, const Difference& difference, double confidence);

/// A mean over runs with its interval.
HeadlineNumber mean_number(double mean, const Interval& interval, const std::string& unit, double confidence = 0.95);

}  // namespace entente
