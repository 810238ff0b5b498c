/// What of a scenario's record is scored, between which moments, and what runs must show for it.
///
/// Times are moments of the calendar: m is the beginning of tick m and the end of the tick before. What happens in tick k has come by
/// moment k + 1.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <entente/scenario/scenario.hpp>

namespace entente {

/// The record until `since` is what a forecast may know; what comes from there to `until` is held against it.
struct ScoreSpan {
    std::int64_t since = 0;
    std::int64_t until = 0;  ///< > since
    bool operator==(const ScoreSpan&) const = default;
};

/// The first moment that is not before the day, `2024-01-01`, or in a calendar without dates the tick's beginning, `12`. Throws Error for
/// what is neither, or lies outside the calendar.
std::int64_t moment_since(const Calendar& calendar, const std::string& text);
/// The last moment by the end of the day, or the tick's end. Throws Error likewise; what lies beyond the calendar is its end.
std::int64_t moment_until(const Calendar& calendar, const std::string& text);
/// The beginning of the day after the latest to which a parameter was fitted; 0 where none says, or that is the calendar's last.
std::int64_t moment_fitted_to(const Scenario& scenario);

/// The span in years of the calendar, each from its own origin: the first begins with the span, the others with a year, or after as many
/// ticks as fit into one in a calendar without dates.
std::vector<ScoreSpan> rolling_years(const Calendar& calendar, const ScoreSpan& all);

/// Something on record, and the measure whose values are held against it.
struct ScoreTarget {
    enum class Form {
        date,    ///< of `observed`: when it came
        value,   ///< what it was at the calendar's end, or over all of it
        moment,  ///< what it was at a moment
        year,    ///< what it was in a year
        event    ///< of `record`: when the event first happened on each row
    };
    Form form = Form::date;
    std::size_t number = 0;     ///< in Scenario::observed or, of events, Scenario::record
    std::size_t span = 0;       ///< in ScorePlan::spans
    std::string measure;        ///< of the plan's scenario
    std::int64_t moment = 0;    ///< of Form::moment; of events that from which on they count
    std::string complete_rows;  ///< of events: the measure of dates that comes on rows of which the record is complete; "": on all
};

struct ScorePlan {
    Scenario scenario;  ///< with a measure for each target that none of its own serves
    std::vector<ScoreSpan> spans;
    std::vector<ScoreTarget> targets;
};

/// All targets of the record in these spans.
ScorePlan score_plan(Scenario scenario, std::vector<ScoreSpan> spans);

}  // namespace entente
