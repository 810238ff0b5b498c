#include <entente/output/summary_text.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <entente/base/wording.hpp>
#include <entente/output/headline_text.hpp>
#include <entente/output/summary_json.hpp>

namespace entente {

namespace {

using Form = MeasureInfo::Form;

constexpr std::size_t most_rows_told = 12;  ///< of a measure by row; of more …
constexpr std::size_t extremes_told = 3;    ///< … so many at either end, and the median
constexpr std::size_t least_spark = 10;
constexpr std::size_t most_spark = 48;
// Ranks of columns that can be missed: the highest goes first.
constexpr int range_rank = 1;
constexpr int course_rank = 2;
constexpr int median_rank = 2;
constexpr int start_rank = 3;
constexpr int unit_rank = 4;

std::string range_text(const std::string& low, const std::string& high) {
    return low == high ? low : low + " – " + high;
}


class SummaryText {
public:
    SummaryText(const Results& results, const Summary& summary, const RunRecord& record, RowsTold rows, const TextStyle& style)
        : results_(results), summary_(summary), record_(record), rows_(rows), style_(style), single_(results.runs == 1) {
        for (std::size_t index = 0; index < results.measures.size(); ++index) {
            const auto& measure = results.measures[index];
            widen(measure.told(), measure.unit);
            for (const Told& row : told_rows(index)) widen(row.label, measure.unit);
        }
        for (std::size_t event = 0; event < results.event_names.size(); ++event)
            widen(results.told_event(event), results.told_event_kind(event));
    }

    std::string text(const SavedResults& saved) {
        heading();
        text_ += headline_text(run_headline(results_, summary_), style_);
        over_time();
        levels();
        once_a_run("One value per run", told(Form::scalar));
        dates("Dates", told(Form::date));
        by_year("By year", told(Form::yearly));
        by_row();
        events();
        failures();
        if (const std::string note = no_room_.text(style_); !note.empty()) text_ += '\n' + note;
        cost();
        places(saved);
        return laid_out(std::move(text_), style_);
    }

private:
    void heading() {
        const Identity& identity = record_.identity;
        std::string line = fmt::format("{} · {} · seed {}", calendar_text(results_.calendar), counted(results_.runs, "run"), results_.seed);
        if (!identity.variant.empty()) line += " · variant " + record_.labels.variant(identity.variant);
        for (const auto& [name, value] : identity.settings) line += fmt::format(" · {} = {}", record_.labels.parameter(name), exact(value));
        if (!identity.from.empty()) line += (identity.from.starts_with("the record") ? " · from " : " · from snapshot ") + identity.from;
        text_ += bold(record_.title.empty() ? record_.scenario : record_.title, style_) + '\n' + line + '\n';
        if (results_.runs < identity.runs)
            text_ += fmt::format("Interrupted: {} of {} were made.\n", with_commas(results_.runs), counted(identity.runs, "run"));
    }

    void add(const TextTable& table) { text_ += '\n' + table.text(style_, no_room_); }

    /// A line of a table: a measure of the world, or one of its rows.
    struct Told {
        std::string label;
        std::string full;  ///< for sentences
        std::size_t measure = 0;
        const ValueSummary* summary = nullptr;
        const std::vector<double>* course = nullptr;
    };

    /// The measures of the world of one form.
    [[nodiscard]] std::vector<Told> told(Form form) const {
        static const std::vector<double> no_course;
        std::vector<Told> found;
        for (std::size_t index = 0; index < results_.measures.size(); ++index) {
            const MeasureInfo& info = results_.measures[index];
            const MeasureSummary& summary = summary_.measures[index];
            if (info.form == form && !info.is_by_row() && !is_told_by_levels(index)) found.push_back({info.told(), info.told(), index, &summary, summary.fan ? &summary.fan->mean : &no_course});
        }
        return found;
    }

    /// Those of a measure by row that are told: all in their order or, where these are many, the greatest, the median and the least.
    [[nodiscard]] std::vector<Told> told_rows(std::size_t index) const {
        const MeasureInfo& info = results_.measures[index];
        const auto& rows = summary_.measures[index].rows;
        std::vector<Told> found;
        const auto add = [&](std::size_t row, const std::string& what) {
            found.push_back({info.told_row(row) + what, fmt::format("{} of {}", info.told(), info.told_row(row)), index, &rows[row], &rows[row].course});
        };
        if (rows.size() <= most_rows_told || rows_ == RowsTold::all) {
            for (std::size_t row = 0; row < rows.size(); ++row) add(row, "");
            return found;
        }
        std::vector<std::size_t> ranked = ranked_rows(summary_.measures[index]);
        std::erase_if(ranked, [&](std::size_t row) { return std::isnan(rank_value(rows[row])); });
        for (std::size_t rank = 0; rank < ranked.size(); ++rank) {
            const bool is_median = rank == (ranked.size() - 1) / 2;
            if (rank < extremes_told || is_median || rank + extremes_told >= ranked.size()) add(ranked[rank], is_median ? " (median)" : "");
        }
        return found;
    }

    /// From the 5 % to the 95 % quantile or, of few runs, from the least to the greatest.
    [[nodiscard]] std::string range_of(const Distribution& values) const {
        if (values.n == 0) return "–";
        if (are_few()) return range_text(readable(values.least), readable(values.greatest));
        return static_cast<std::size_t>(values.n) < least_for_quantiles ? "–" : range_text(readable(values.quantiles.front()), readable(values.quantiles.back()));
    }
    [[nodiscard]] bool are_few() const { return results_.runs < static_cast<std::int64_t>(least_for_quantiles); }
    [[nodiscard]] const char* range_head() const { return are_few() ? "least – greatest" : "5–95 % of runs"; }

    void widen(const std::string& label, const std::string& unit) {
        name_width_ = std::max(name_width_, std::min(display_width(name(label)), name_cells(style_)));
        unit_width_ = std::max(unit_width_, display_width(unit_text(unit)));
    }

    /// The first two columns of every table, so that all tables stand in line.
    [[nodiscard]] std::vector<TextTable::Column> columns(const std::string& head, const std::string& second,
                                                         std::vector<TextTable::Column> others) const {
        std::vector<TextTable::Column> all = {{.head = head, .least = name_width_, .is_name = true},
                                              {.head = second, .least = unit_width_, .rank = unit_rank, .called = second.empty() ? "unit" : ""}};
        all.insert(all.end(), std::make_move_iterator(others.begin()), std::make_move_iterator(others.end()));
        return all;
    }

    [[nodiscard]] static std::string name(std::string_view text) { return "  " + std::string(text); }
    [[nodiscard]] static std::string unit_text(const std::string& unit) { return unit == "1" ? "" : unit; }

    /// The table of what has a course: name, unit, first and last value, the range over runs and the spark line.
    void add_courses(const std::string& head, const std::vector<Told>& courses) {
        if (courses.empty()) return;
        std::vector<TextTable::Column> heads = {{"start", Align::right, 7, start_rank}, {single_ ? "end" : "mean at end", Align::right, 7}};
        if (!single_) heads.push_back({.head = range_head(), .rank = range_rank});
        heads.push_back({.head = single_ ? "course" : "course of the mean", .rank = course_rank});
        const auto fill = [&](std::size_t spark) {
            TextTable table(columns(head, "", heads));
            for (const Told& one : courses) {
                std::vector<std::string> cells = {name(one.label), unit_of(one), one.course->empty() ? "" : readable(one.course->front()),
                                                  readable(one.summary->values.mean)};
                if (!single_) cells.push_back(range_of(one.summary->values));
                cells.push_back(spark_line(*one.course, spark, style_));
                table.add(std::move(cells));
            }
            return table;
        };
        const std::size_t fixed = fill(0).width(style_);
        const std::size_t head_width = display_width(heads.back().head);
        const std::size_t room = style_.width > fixed - head_width ? style_.width - (fixed - head_width) : 0;
        if (room < head_width) heads.back().head = "course";  // whose word is no wider than the line
        add(fill(std::clamp(room, least_spark, most_spark)));
        tell_start();
    }

    /// Below the first table that has a start.
    void tell_start() {
        if (!std::exchange(is_start_told_, true)) text_ += "  start: before the first tick\n";
    }

    [[nodiscard]] std::string unit_of(const Told& one) const { return unit_text(results_.measures[one.measure].unit); }

    void over_time() {
        const auto courses = told(Form::series);
        add_courses("Over time", courses);
        for (const Told& one : courses) left_out(one.full, one.summary->values);
    }

    /// Whether a measure is told by the shares of its levels: a mean between two of them is none. A single run has one value.
    [[nodiscard]] bool is_told_by_levels(std::size_t index) const { return !summary_.measures[index].levels.empty() && !single_; }

    /// Where runs, or rows of a kind, stand on the ladder of a measure with levels.
    void levels() {
        for (std::size_t index = 0; index < results_.measures.size(); ++index)
            if (is_told_by_levels(index) || (!summary_.measures[index].levels.empty() && results_.measures[index].is_by_row())) shares(index);
    }

    /// A line a level: at the start and the end of a series, in each year of a yearly measure, of another one number.
    void shares(std::size_t index) {
        const MeasureInfo& info = results_.measures[index];
        std::size_t years = info.form == Form::yearly ? results_.years.size() : 0;
        const auto fill = [&] {
            std::vector<TextTable::Column> heads;
            if (info.form == Form::series) heads = {{"start", Align::right, 7, start_rank}, {"end", Align::right, 7}, {.head = "course", .rank = course_rank}};
            for (std::size_t year = 0; year < years; ++year) heads.push_back({year_label(results_.calendar, results_.years[year]), Align::right, 7});
            if (info.form == Form::yearly && years < results_.years.size()) heads.push_back({"…"});
            if (info.form != Form::series) heads.push_back({"whole run", Align::right, 7});
            TextTable table(columns(fmt::format("{}, share of {}", info.told(), info.is_by_row() ? "rows" : "runs"), "", heads));
            const auto& found = summary_.measures[index].levels;
            for (std::size_t level = 0; level < found.size(); ++level) table.add(share_cells(info, found[level], level, years, heads.size()));
            return table;
        };
        while (years > 1 && fill().width(style_) > style_.width) --years;
        note_years(years);
        add(fill());
        if (info.form == Form::series) tell_start();
    }

    /// Of a table that has room for the first ones only.
    void note_years(std::size_t shown_years) {
        if (shown_years < results_.years.size() && shown_years > 0)
            no_room_.note(shown_years + 1 == results_.years.size() ? fmt::format("{}", results_.years.back())
                                                                   : fmt::format("{} to {}", results_.years[shown_years], results_.years.back()));
    }

    [[nodiscard]] std::vector<std::string> share_cells(const MeasureInfo& info, const LevelShare& share, std::size_t level, std::size_t years, std::size_t heads) const {
        const auto cell = [](double value) { return percent(value) + (std::isnan(value) ? "" : " %"); };
        std::vector<std::string> cells{name(info.levels[level].told()), ""};
        if (info.form == Form::series) {
            cells.insert(cells.end(), {share.course.empty() ? "" : cell(share.course.front()), cell(share.last), spark_line(share.course, least_spark, style_)});
            return cells;
        }
        for (std::size_t year = 0; year < years; ++year) cells.push_back(cell(share.by_year[year]));
        if (cells.size() + 1 < heads + 2) cells.emplace_back();
        cells.push_back(cell(share.last));
        return cells;
    }

    /// Rows of a measure with levels: on which of them how many runs stand.
    void by_level(const std::string& head, std::size_t index, const std::vector<Told>& rows) {
        TextTable table(columns(head, "", {{results_.measures[index].form == Form::series ? "share of runs at the end" : "share of runs"}}));
        for (const Told& row : rows) {
            const std::string told = shares_text(results_.measures[index].levels, row.summary->levels);
            table.add({name(row.label), "", told.empty() ? "–" : told});
        }
        add(table);
    }

    /// Values that have no mean, and so are in none of the numbers.
    void left_out(const std::string& name, const Distribution& values, const std::string& when, std::int64_t failed) {
        const auto tell = [&](std::string_view what, std::int64_t count) {
            if (count > 0)
                text_ += fmt::format("  {} {}{} in {} of {}, excluded\n", name, what, when, with_commas(count), counted(results_.runs, "run"));
        };
        tell("is infinite", values.infinite);
        if (values.n + values.infinite + values.missing == results_.runs) tell("has no value", values.missing - failed);
    }
    void left_out(const std::string& name, const Distribution& values) { left_out(name, values, "", std::ssize(results_.failures)); }

    /// Runs that failed before the end of a year, and so have no value of it.
    [[nodiscard]] std::int64_t failed_by(int year) const {
        return std::ranges::count_if(results_.failures, [&](const RunFailure& failure) { return failure.tick < 0 || results_.calendar.year(failure.tick) <= year; });
    }

    /// The measures by row, each a table of rows.
    void by_row() {
        for (std::size_t index = 0; index < results_.measures.size(); ++index) {
            const MeasureInfo& info = results_.measures[index];
            if (!info.is_by_row()) continue;
            const auto rows = told_rows(index);
            const std::string head = fmt::format("{} of each {}", info.told(), info.told_kind());
            if (is_told_by_levels(index))
                by_level(head, index, rows);
            else
                numbers_by_row(head, info.form, rows);
            rows_not_told(index, rows.size());
            if (info.rows.size() > most_rows_in_json)
                text_ += fmt::format("  summary.json tells of the first {} rows; rows.csv has all\n", with_commas(static_cast<std::int64_t>(most_rows_in_json)));
        }
    }

    void numbers_by_row(const std::string& head, Form form, const std::vector<Told>& rows) {
        switch (form) {
            case Form::series:
                add_courses(head, rows);
                for (const Told& row : rows) left_out(row.full, row.summary->values);
                break;
            case Form::scalar:
                once_a_run(head, rows);
                break;
            case Form::date:
                dates(head, rows);
                break;
            case Form::yearly:
                by_year(head, rows);
                break;
        }
    }

    void rows_not_told(std::size_t index, std::size_t told) {
        const MeasureInfo& info = results_.measures[index];
        if (told == info.rows.size()) return;
        const auto& rows = summary_.measures[index].rows;
        const auto without = std::ranges::count_if(rows, [](const RowSummary& row) { return std::isnan(rank_value(row)); });
        const std::string of = fmt::format("{} of {}", counted(std::ssize(rows), "row"), info.told_kind());
        if (told == 0)
            text_ += fmt::format("\n  {} has no value on any of {}\n", info.told(), of);
        else
            text_ += fmt::format("  {0} greatest, median and {0} least of {1}{2}; all with --all-rows\n", extremes_told, of,
                                 without > 0 ? fmt::format(", {} without a value", with_commas(without)) : "");
    }

    void once_a_run(const std::string& head, const std::vector<Told>& scalars) {
        std::vector<TextTable::Column> heads = {{single_ ? "value" : "mean", Align::right, 7}};
        if (!single_) heads.insert(heads.end(), {{"median", Align::right, 11, median_rank}, {.head = range_head(), .rank = range_rank}});
        TextTable table(columns(head, "", heads));
        for (const Told& one : scalars) {
            const auto& values = one.summary->values;
            std::vector<std::string> cells = {name(one.label), unit_of(one), readable(values.mean)};
            if (!single_) {
                cells.push_back(readable(values.quantiles[2]));
                cells.push_back(range_of(values));
            }
            table.add(std::move(cells));
        }
        if (!scalars.empty()) add(table);
        for (const Told& one : scalars) left_out(one.full, one.summary->values);
    }

    [[nodiscard]] std::string moment(double tick) const { return std::isnan(tick) ? "never" : tick_cell(results_.calendar, tick); }

    [[nodiscard]] std::string when_of(const DateSummary& date) const {
        const Distribution& when = date.when;
        if (are_few()) return when.n > 0 ? range_text(moment(when.least), moment(when.greatest)) : "";
        return when.n >= static_cast<std::int64_t>(least_for_quantiles) ? range_text(moment(when.quantiles.front()), moment(when.quantiles.back())) : "";
    }

    void dates(const std::string& head, const std::vector<Told>& measures) {
        if (measures.empty()) return;
        TextTable single(columns(head, "", {{"came"}}));
        TextTable many(
            columns(head, "", {{"of runs", Align::right, 7},
                              {"95 % interval", Align::right, 0, median_rank},
                              {.head = "median", .rank = range_rank},
                              {.head = are_few() ? "when it came" : "when it came, 5–95 %", .rank = start_rank}}));
        for (const Told& one : measures) {
            const auto& date = *one.summary->date;
            const std::string label = name(one.label);
            const bool is_unknown = std::isnan(date.when.mean) && !results_.failures.empty();  // the run failed before it could come
            single.add({label, "", is_unknown ? "–" : moment(date.when.mean)});
            const Coming& coming = date.coming;
            many.add({label, "", percent(coming.share) + (std::isnan(coming.share) ? "" : " %"),
                      fmt::format("{}–{} %", percent(coming.interval.low), percent(coming.interval.high)),
                      coming.median ? moment(*coming.median) : "–", when_of(date)});
        }
        add(single_ ? single : many);
    }

    void by_year(const std::string& head, const std::vector<Told>& measures) {
        if (measures.empty() || results_.years.empty()) return;
        std::size_t shown_years = results_.years.size();
        const auto fill = [&] {
            std::vector<TextTable::Column> heads;
            for (std::size_t year = 0; year < shown_years; ++year) heads.push_back({year_label(results_.calendar, results_.years[year]), Align::right, 7});
            if (shown_years < results_.years.size()) heads.push_back({"…"});
            TextTable table(columns(single_ ? head : head + ", mean", "", heads));
            for (const Told& one : measures) {
                std::vector<std::string> cells = {name(one.label), unit_of(one)};
                for (std::size_t year = 0; year < shown_years; ++year) cells.push_back(readable(one.summary->by_year[year].mean));
                table.add(std::move(cells));
            }
            return table;
        };
        while (shown_years > 1 && fill().width(style_) > style_.width) --shown_years;
        note_years(shown_years);
        add(fill());
        if (const std::string note = years_in_part(results_.calendar, results_.years.front(), results_.years[shown_years - 1]); !note.empty())
            text_ += "  " + note + '\n';
        for (const Told& one : measures)
            for (std::size_t year = 0; year < results_.years.size(); ++year)
                left_out(one.full, one.summary->by_year[year], fmt::format(" in {}", results_.years[year]), failed_by(results_.years[year]));
    }

    void events() {
        TextTable table(columns("Events", "on", {{single_ ? "times" : "times per run", Align::right}}));
        for (std::size_t event = 0; event < results_.event_names.size(); ++event) {
            table.add({name(results_.told_event(event)), results_.told_event_kind(event), readable(times_a_run(results_, event))});
        }
        if (!results_.event_names.empty()) add(table);
    }

    void failures() {
        if (results_.failures.empty()) return;
        constexpr std::size_t most_told = 5;
        const auto& failures = results_.failures;
        text_ +=
            '\n' +
            bold(fmt::format("{} of {} failed", with_commas(static_cast<std::int64_t>(failures.size())), counted(results_.runs, "run")),
                 style_) +
            '\n';
        for (std::size_t at = 0; at < std::min(failures.size(), most_told); ++at) text_ += "  " + failures[at].told() + '\n';
        if (failures.size() > most_told) text_ += fmt::format("  … and {} more, listed in runs.csv\n", failures.size() - most_told);
        text_ += command_text("  To repeat one: ", command_for_run(record_, failures.front().run), style_);
    }

    void cost() {
        const double a_second = results_.seconds > 0 ? static_cast<double>(results_.runs) / results_.seconds : Results::missing;
        text_ += fmt::format("\nCost     {} in {}, {} a second, on {} ({}); loaded and compiled in {}\n", counted(results_.runs, "run"),
                             duration_text(results_.seconds), readable(a_second), counted(results_.threads, "thread"),
                             results_.instruction_set, duration_text(results_.compile_seconds));
        text_ += fmt::format("Digest   {}\n", results_.digest);
    }

    void places(const SavedResults& saved) {
        if (!saved.files.empty()) text_ += fmt::format("Results  {}: {}\n", saved.folder.string(), fmt::join(saved.files, ", "));
        if (!saved.note.empty()) text_ += fmt::format("Note     {}\n", saved.note);
    }

    const Results& results_;
    const Summary& summary_;
    const RunRecord& record_;
    RowsTold rows_;
    const TextStyle& style_;
    bool single_;
    bool is_start_told_ = false;
    std::size_t name_width_ = 0;
    std::size_t unit_width_ = 0;
    LeftOut no_room_;
    std::string text_;
};

}  // namespace

std::string summary_text(const Results& results, const Summary& summary, const RunRecord& record, const SavedResults& saved,
                         const TextStyle& style, RowsTold rows) {
    return SummaryText(results, summary, record, rows, style).text(saved);
}

}  // namespace entente
