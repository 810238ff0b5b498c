/// Parts of the sentences in which a report states what it found.
#pragma once

#include <string>

namespace entente {

/// What a measure is, to begin a sentence with: its `about` with a capital, `Moscow's trust in Kabul`; without one its name.
std::string sentence_subject(const std::string& name, const std::string& about);

/// What an outcome is, within a sentence: its `about` where that is a short phrase, else its name.
std::string name_in_words(const std::string& name, const std::string& about);

/// A unit as it follows a number, with a blank before: ` t`, ` per year` for `1/year`, ` × 1000 people`; "" for what has none, for shares
/// and for probabilities.
std::string unit_words(const std::string& unit);

}  // namespace entente
