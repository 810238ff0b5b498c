/// What is on record, in the words of an ODD document and of pages.
#pragma once

#include <string>

#include <entente/scenario/scenario.hpp>

namespace entente {

/// `2025-07-03`, `0.5`, `4 values from 2021-01-01 on`, `12 records by row`; with the share of counts that is seen.
std::string observed_words(const Scenario& scenario, const Observed& observed);
/// Of which rows events are on record: `all`, or where the record's condition holds.
std::string record_rows_words(const EventRecord& record);
/// The days or ticks in which it is complete: `2021-08-15 to 2023-12-30`, `ticks 0 to 9`.
std::string record_span_words(const Scenario& scenario, const EventRecord& record);
/// How often the event happened: `12 times on 5 rows`, `never`.
std::string firings_words(const EventRecord& record);
/// Where a parameter's value comes from, and to what day of the record it was fitted.
std::string source_words(const Parameter& parameter);

}  // namespace entente
