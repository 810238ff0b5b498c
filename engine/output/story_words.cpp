#include <entente/output/story_words.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/summary/sentences.hpp>

namespace entente {

namespace {

const std::string& words_of(const MeasureInfo& measure) {
    return measure.in_words().empty() ? measure.name : measure.in_words();
}

}  // namespace

std::string story_value(const MeasureInfo& measure, double value, bool with_unit) {
    if (std::isnan(value)) return "–";
    if (!measure.levels.empty()) {
        const double last = static_cast<double>(measure.levels.size()) - 1;
        return measure.levels[static_cast<std::size_t>(std::clamp(std::round(value), 0.0, last))].told();
    }
    return with_unit ? quantity_words(value, measure.unit) : readable(value);
}

std::string reason_text(const Results& results, const TellingReason& reason, const TellingRuns& chosen) {
    using Why = TellingReason::Why;
    const MeasureInfo& measure = results.measures[reason.measure];
    const auto date = [&] { return tick_words(results.calendar, reason.value); };
    const auto of = [&](const std::string& what) { return fmt::format("{}: {}", words_of(measure), what); };
    switch (reason.why) {
        case Why::typical:
            if (chosen.compared == 1 && chosen.has_all) return "the only run";
            return "typical: nearest the medians of all measures" +
                   (chosen.has_all ? "" : fmt::format(" among {} that were compared", counted(chosen.compared, "run")));
        case Why::median_date:
            return of("nearest its median date where it comes, " + date());
        case Why::comes_not:
            return of("does not come");
        case Why::earliest:
            return of("earliest, " + date());
        case Why::latest:
            return of("latest, " + date());
        case Why::on_level:
            return of("ends at " + story_value(measure, reason.value));
        case Why::low:
            return of("nearest its 5 % quantile, " + story_value(measure, reason.value));
        case Why::high:
            return of("nearest its 95 % quantile, " + story_value(measure, reason.value));
        case Why::least:
            return of("least, " + story_value(measure, reason.value));
        case Why::greatest:
            return of("greatest, " + story_value(measure, reason.value));
    }
    return {};
}

std::string chance_heading(const Calendar& calendar) {
    if (!calendar.is_dated()) return "chance in a tick";
    const std::string step = calendar.step().text();
    return (step.find(' ') == std::string::npos ? "chance in a " : "chance in ") + step;
}

std::string story_chance(const StoryEvent& event, const LoggedEvent& logged) {
    if (std::isnan(logged.chance)) return {};
    if (event.form == Step::Form::count) return readable(logged.chance) + " expected";
    return logged.chance >= 1 ? "certain" : percent(logged.chance) + " %";
}

}  // namespace entente
