/// Parts of the sentences in which findings are stated.
#pragma once

#include <string>
#include <string_view>

namespace entente {

/// What a measure is, to begin a sentence with: its `about` with a capital, `Moscow's trust in Kabul`; without one its name.
std::string sentence_subject(const std::string& name, const std::string& about);

/// What an outcome is, within a sentence: its `about` where that is a short phrase, else its name.
std::string name_in_words(const std::string& name, const std::string& about);

/// With a capital, where it begins with a letter of ASCII.
std::string capitalised(std::string text);

/// A unit as it follows a number, with a blank before: ` t`, ` per year` for `1/year`, ` × 1000 people`; "" for what has none, for shares
/// and for probabilities.
std::string unit_words(const std::string& unit);

/// A value with its unit: `1,420 people`, `61 %` of shares and probabilities, `12,300 people` of 12.3 thousands (`1000 people`); `–` where there is none.
std::string quantity_words(double value, const std::string& unit);
bool is_share_unit(std::string_view unit);  ///< whether its values are told in percent, as the page's axes have them

/// The same without its unit: `1,420`, `61`.
std::string number_words(double value, std::string_view unit);

/// A difference of shares in percentage points, to two digits, for what lies between 3 and 4: `2.8`, `35`.
std::string points_words(double difference);

/// `0.31–0.49`, `-2 to 3`; one number where both ends read alike.
std::string range_words(double low, double high);
/// The same as numbers beside quantity_words(): `31–49 %` of what has `unit` share or probability, `1,310–1,480` of thousands.
std::string range_words(double low, double high, std::string_view unit);
/// Of shares: `39–45 %`.
std::string share_range_words(double low, double high);

}  // namespace entente
