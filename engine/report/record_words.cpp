#include <entente/report/record_words.hpp>

#include <set>

#include <fmt/format.h>

#include <entente/base/wording.hpp>

namespace entente {
namespace {

std::string seen_words(const Scenario& scenario, const Observed& observed) {
    if (!observed.seen) return "";
    const auto& seen = *observed.seen;
    if (!seen.parameter.is_given()) return fmt::format(", a share of {} of all", exact(seen.share));
    return fmt::format(", a share '{}' of all", scenario.schema.parameters[static_cast<std::size_t>(seen.parameter.value)]);
}

std::string value_words(const Observed& observed) {
    if (observed.came) return told(*observed.came);
    if (observed.value) return exact(*observed.value);
    if (!observed.rows.empty()) return counted(std::ssize(observed.rows), "record") + " by row";
    if (observed.series.empty()) return "";
    return fmt::format("{} from {} on", counted(std::ssize(observed.series), "value"), iso(observed.series.front().first));
}

}  // namespace

std::string observed_words(const Scenario& scenario, const Observed& observed) {
    return value_words(observed) + seen_words(scenario, observed);
}

std::string record_rows_words(const EventRecord& record) {
    return record.where ? record.where->text.value : "all";
}

std::string record_span_words(const Scenario& scenario, const EventRecord& record) {
    const Calendar& calendar = scenario.calendar;
    if (!calendar.is_dated()) return fmt::format("ticks {} to {}", record.first_tick, record.last_tick);
    return fmt::format("{} to {}", iso(calendar.first_day(record.first_tick)),
                       iso(calendar.first_day(record.last_tick + 1) - std::chrono::days{1}));
}

std::string firings_words(const EventRecord& record) {
    std::int64_t times = 0;
    std::set<std::vector<int>> rows;
    for (const EventRecord::Firing& one : record.firings) {
        times += one.count;
        rows.insert(one.row);
    }
    if (times == 0) return "never";
    return fmt::format("{} on {}", counted(times, "time"), counted(std::ssize(rows), "row"));
}

std::string source_words(const Parameter& parameter) {
    if (!parameter.fitted_to) return parameter.remarks.source;
    const std::string fitted = "fitted to the record until " + iso(*parameter.fitted_to);
    return parameter.remarks.source.empty() ? fitted : parameter.remarks.source + "; " + fitted;
}

}  // namespace entente
