/// What is on record of a scenario's measures until a day, item by item, in the ticks and moments of its calendar.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <entente/model/model.hpp>
#include <entente/scenario/scenario.hpp>

namespace entente {

/// The chance with which each event that is counted comes onto the record.
struct SeenShare {
    double share = 1;
    int varied = -1;  ///< number of the varied parameter whose value it is; -1: `share`
};

/// One thing on record: of a measure of the world or, `row`, of one of its rows.
struct RecordItem {
    enum class Form {
        date,    ///< when it came, or that it had not
        number,  ///< one value, at the end of the run or over all of it
        series,  ///< values at moments
        years,   ///< values of calendar years
    };
    Form form = Form::number;
    std::string name;  ///< of the measure, or `measure[row]`
    std::string unit{};
    std::size_t measure = 0;  ///< number in Model::measures
    std::int64_t row = 0;
    bool is_by_row = false;

    // date: it came in one of the ticks first … last; or until `horizon` it had not, where `came` is false
    bool came = false;
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t horizon = 0;  ///< ticks for which it was looked out for

    std::vector<std::int64_t> moments{};  ///< series: ascending; years: numbers among the calendar's years
    std::vector<int> years{};             ///< the calendar year of each
    std::vector<double> values{};         ///< on record; of a number one
    double sd = 0;                        ///< of the record's own error
    bool is_count = false;                ///< of events: its variance grows with it
    std::optional<SeenShare> seen{};
};

using ItemForm = RecordItem::Form;

/// The record, and what of it can't be used, in words.
struct RecordUntil {
    std::vector<RecordItem> items;
    std::vector<std::string> left_out;
};

/// `model` is compiled from `scenario`, whose calendar ends where the record is to end (ending_at): what lies later is left out, and what
/// came later had not come by then. `varied` are the parameters that differ between runs.
RecordUntil record_items(const Scenario& scenario, const Model& model, const std::vector<ParameterId>& varied);

/// The scenario with a calendar of that many ticks, at most its own: runs of it are those of the scenario, as far as they go.
Scenario ending_at(Scenario scenario, std::int64_t ticks);

/// The moment nearest to a day, as values on record stand in the calendar; nothing outside it.
std::optional<std::int64_t> moment_in_calendar(const Calendar& calendar, Day day);

/// Whole ticks until the end of that day, or the number of ticks where the calendar has no dates. Throws Error, with what to try, for what
/// is neither, or lies before the first tick's end; what lies beyond the calendar's end is its end.
std::int64_t ticks_until(const Calendar& calendar, const std::string& text);

}  // namespace entente
