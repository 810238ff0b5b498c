/// What an ensemble of runs left behind, in memory: run x measure and run x time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <entente/base/calendar.hpp>
#include <entente/base/unfilled.hpp>
#include <entente/base/wording.hpp>
#include <entente/model/measure_form.hpp>

namespace entente {

/// What one measure is, as recorders and writers need it.
struct MeasureInfo {
    using Form = MeasureForm;
    std::string name;
    Form form = Form::series;
    std::string unit;
    std::string about;
    std::string expression;
    std::string kind;               ///< by row: name of the kind; else ""
    std::vector<std::string> rows;  ///< by row: names of the kind's rows (`russia -> afghanistan` for links)
    std::vector<std::string> sources = {};  ///< by row of links: names of their ends
    std::vector<std::string> targets = {};
    std::vector<MeasureLevel> levels{};  ///< names of its values 0, 1, 2, …, where it has them
    std::string label{};                   ///< people's words for it, or ""
    std::string kind_label{};              ///< by row: people's words for the kind, or ""
    std::vector<std::string> row_labels{};  ///< by row: people's words for the rows; empty where these are their names
    [[nodiscard]] bool is_by_row() const { return !kind.empty(); }
    /// As tables for people and pages call it.
    [[nodiscard]] const std::string& told() const { return label.empty() ? name : label; }
    [[nodiscard]] const std::string& told_kind() const { return kind_label.empty() ? kind : kind_label; }
    /// What it is, in words: its label or else its `about`; "" where it has neither.
    [[nodiscard]] const std::string& in_words() const { return label.empty() ? about : label; }
    /// As these call a row: `Pakistan (770)`, `Russia`, or its name where it has no label.
    [[nodiscard]] std::string told_row(std::size_t row) const { return row_labels.empty() ? rows[row] : label_and_name(row_labels[row], rows[row]); }
    /// Values that it leaves where a measure of the whole world leaves one.
    [[nodiscard]] std::size_t width() const { return is_by_row() ? rows.size() : 1; }
};

/// Why a run stopped.
struct RunFailure {
    std::int64_t run = 0;  ///< the run's own number, from Results::first_run on
    std::int64_t tick = 0;
    std::string step;
    std::string statement;
    std::string row;
    std::string message;  ///< the whole story in one line, with date and operand values: `stopped on …`
    [[nodiscard]] std::string told() const { return "run " + std::to_string(run) + ' ' + message; }
    bool operator==(const RunFailure&) const = default;
};

/// What made an event happen.
enum class EventCause {
    drawn,    ///< its chance
    timeline,    ///< the scenario's timeline
    conditioned  ///< the record, by which runs of a conditioned model go
};

inline std::string_view name_of(EventCause cause) {
    switch (cause) {
        case EventCause::drawn:
            return "drawn";
        case EventCause::timeline:
            return "timeline";
        case EventCause::conditioned:
            return "conditioned";
    }
    return {};
}

struct LoggedEvent {
    std::int64_t run = 0;  ///< the run's own number, from Results::first_run on
    std::int64_t tick = 0;
    int event = 0;  ///< number in Results::event_names
    int row = 0;    ///< number in Results::event_rows[event]
    double count = 0;
    EventCause cause = EventCause::drawn;
    /// That it had, as CompiledEvent::chance has it, of what is conditioned too; missing of what the timeline fires, and where the model keeps none.
    double chance = std::numeric_limits<double>::quiet_NaN();
};

/// Of which rows of each measure series are kept: [measure], in order; 0 of a measure of the world. Empty: of all rows of all measures.
using SeriesRows = std::vector<std::vector<std::int64_t>>;

/// A quantity by row of the first runs, at some moments, in single precision.
struct KeptCourses {
    std::vector<std::int64_t> moments;
    std::int64_t runs = 0;
    std::int64_t rows = 0;
    std::vector<float, Unfilled<float>> values;  ///< [(run * moments + moment) * rows + row]; after a run failed they are not filled
    [[nodiscard]] std::span<const float> of(std::int64_t run, std::size_t moment) const {
        return std::span(values).subspan((static_cast<std::size_t>(run) * moments.size() + moment) * static_cast<std::size_t>(rows), static_cast<std::size_t>(rows));
    }
};

/// Values of all runs. Missing (never, failed) is NaN; dates are ticks as doubles.
///
/// Of a failed run counts what it had shown by the end of the tick before it failed: dates that had come, values of series, years that were
/// over. What takes a whole run is missing.
struct Results {
    std::vector<MeasureInfo> measures;
    std::vector<std::size_t> headline{};  ///< numbers of those that the scenario is about, the foremost first
    Calendar calendar = Calendar::undated(1);
    std::vector<int> years;  ///< calendar years touched, for yearly measures
    std::int64_t runs = 0;   ///< that were made; they are numbered first_run, first_run + 1, …
    std::int64_t first_run = 0;
    std::uint64_t seed = 0;

    /// [measure][run * width + row]: last value of series; yearly: over the whole run; dates: tick or NaN.
    std::vector<std::vector<double>> final_values;
    /// [measure][run * moments * width + moment * width + row]: series of the first `series_runs` runs; else empty. Moments are the
    /// calendar's: the state before the first tick, then that at the end of each. Where `series_rows` says so, only of the rows there.
    std::vector<UnfilledDoubles> series;
    SeriesRows series_rows{};
    std::int64_t series_runs = 0;
    /// [measure][run * years * width + year * width + row]: yearly measures; else empty.
    std::vector<std::vector<double>> yearly;

    std::vector<RunFailure> failures;  ///< in run order, at most one a run

    std::vector<std::string> event_names;
    std::vector<std::string> event_kinds;              ///< kind on which each happens
    std::vector<std::string> event_labels{};           ///< people's words for each, "" where its name will do …
    std::vector<std::string> event_kind_labels{};      ///< … and for the kind
    std::vector<std::vector<std::string>> event_rows;  ///< [event][row]: names
    std::vector<std::string> event_cameo;
    std::vector<std::optional<double>> event_goldstein;
    std::vector<double> event_totals;  ///< firings over all runs that did not fail
    std::vector<LoggedEvent> log;      ///< by run, tick, step order, row; only when asked for

    /// What drawings of relations show, only when asked for: the model's `shown` quantities of the first `relation_runs` runs.
    std::vector<std::int64_t> relation_moments;
    std::vector<UnfilledDoubles> relations;  ///< [quantity][(run * relation_moments + moment) * links + link]
    std::int64_t relation_runs = 0;
    /// [event][row][span of years]: firings over all runs that did not fail; only when asked for. A span is `years_in_span` years, the first
    /// begins with the calendar.
    std::vector<double> events_by_year;
    /// [run][event][span of years]: firings of the first `year_count_runs` runs on all rows together.
    std::vector<float> events_in_runs;
    std::int64_t year_count_runs = 0;
    int years_in_span = 0;
    /// What maps and grids show, only when asked for: the model's `spatial` quantities.
    std::vector<KeptCourses> spatial;
    bool is_branch = false;  ///< whether the runs went on from a snapshot

    std::string digest;  ///< 32 hexadecimal digits over every value of every run from its first tick on, however few series were kept

    // cost
    double seconds = 0;          ///< of the update loop, wall clock
    double compile_seconds = 0;  ///< load and compile
    int threads = 1;
    int lanes = 1;
    std::string instruction_set;
    std::int64_t row_updates = 0;  ///< rows x steps x ticks x runs

    /// An event, and the kind on which it happens, as tables for people and pages call them.
    [[nodiscard]] const std::string& told_event(std::size_t event) const { return told(event_labels, event_names, event); }
    [[nodiscard]] const std::string& told_event_kind(std::size_t event) const { return told(event_kind_labels, event_kinds, event); }

    /// Rows of a measure of which series are kept.
    [[nodiscard]] std::size_t series_width(std::size_t measure) const { return series_rows.empty() ? measures[measure].width() : series_rows[measure].size(); }

    static constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    /// Whether the run of that number has a failure.
    [[nodiscard]] bool failed(std::int64_t run) const {
        const auto found = std::ranges::lower_bound(failures, run, {}, &RunFailure::run);
        return found != failures.end() && found->run == run;
    }

private:
    static const std::string& told(const std::vector<std::string>& labels, const std::vector<std::string>& names, std::size_t number) {
        return number < labels.size() && !labels[number].empty() ? labels[number] : names[number];
    }
};

}  // namespace entente
