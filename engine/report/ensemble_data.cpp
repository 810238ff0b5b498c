#include <entente/report/ensemble_data.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>
#include <utility>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/report/rank_correlation.hpp>
#include <entente/report/relations_data.hpp>
#include <entente/report/rows_data.hpp>
#include <entente/summary/headline_words.hpp>
#include <entente/summary/sentences.hpp>

namespace entente {

namespace {

using page::Moment;
using page::Numbers;
using Form = MeasureInfo::Form;

constexpr std::int64_t most_moments = 400;  // a figure is some thousand pixels wide: one for two or three of them
constexpr std::int64_t single_runs = 5;
constexpr auto least_for_bands = static_cast<std::int64_t>(least_for_quantiles);  // of fewer runs a page draws each, and no quantiles but the median
constexpr std::array<Numbers page::SeriesData::*, quantile_levels.size()> levels = {
    &page::SeriesData::q05, &page::SeriesData::q25, &page::SeriesData::q50, &page::SeriesData::q75, &page::SeriesData::q95};

/// Whether quantiles give a range.
bool is_range(const Distribution& values) {
    return static_cast<std::size_t>(values.n) >= least_for_quantiles;
}

std::optional<RecordedDate> observed_date(const Scenario& scenario, const std::string& measure) {
    for (const Observed& one : scenario.observed)
        if (one.measure == measure && one.came) return one.came;
    return {};
}

page::ObservedDate observed_date_data(const RecordedDate& date) {
    const auto moment = [](const std::optional<Day>& day) { return day ? std::optional(Moment{iso(*day)}) : std::nullopt; };
    return {.first = moment(date.first), .last = moment(date.last), .told = told(date)};
}

/// Of few values the median alone.
page::Number level_of(const Distribution& values, std::size_t level) {
    return values.n >= least_for_bands || quantile_levels[level] == 0.5 ? page::Number(values.quantiles[level]) : page::Number();
}

/// What is said of each measure.
class MeasuresData {
public:
    MeasuresData(const Scenario& scenario, const Results& results, const Summary& summary)
        : scenario_(scenario), results_(results), summary_(summary), moments_(thinned(results.calendar.moments(), most_moments)) {}

    /// Of measure `m` into the part of the page for its form.
    void add(std::size_t m, page::EnsembleData& data) const {
        const MeasureInfo& info = results_.measures[m];
        if (info.is_by_row()) {
            if (info.form == Form::series && results_.series_runs > 0) add_panel(m, data.series);
            return;
        }
        switch (info.form) {
            case Form::series:
                if (summary_.measures[m].fan)
                    data.series.push_back(course(m));
                else
                    data.scalars.push_back(single(m));
                break;
            case Form::yearly:
                data.series.push_back(yearly(m));
                break;
            case Form::scalar:
                data.scalars.push_back(single(m));
                break;
            case Form::date:
                data.dates.push_back(date_data(results_.calendar, info, *summary_.measures[m].date));
                if (const auto date = observed_date(scenario_, info.name)) data.dates.back().observed = observed_date_data(*date);
                break;
        }
    }

    [[nodiscard]] std::vector<Moment> times() const {
        std::vector<Moment> times;
        for (const std::int64_t number : moments_) times.push_back(moment(number));
        return times;
    }

    /// Those of `runs` of each series, as all tables number them: of few runs all.
    [[nodiscard]] std::vector<std::int64_t> single_run_numbers() const {
        std::vector<std::int64_t> numbers;
        for (std::int64_t run = 0; run < (has_bands() ? std::min(single_runs, results_.series_runs) : results_.series_runs); ++run)
            if (!results_.failed(results_.first_run + run)) numbers.push_back(results_.first_run + run);
        return numbers;
    }

private:
    [[nodiscard]] bool has_bands() const { return results_.series_runs >= least_for_bands; }

    [[nodiscard]] Moment moment(std::int64_t number) const { return page::moment_at(results_.calendar, static_cast<double>(number)); }

    [[nodiscard]] Numbers at_moments(std::span<const double> course) const {
        Numbers numbers;
        numbers.reserve(moments_.size());
        for (const std::int64_t number : moments_) numbers.emplace_back(course[static_cast<std::size_t>(number)]);
        return numbers;
    }

    [[nodiscard]] page::SeriesData named(std::size_t measure) const {
        const MeasureInfo& info = results_.measures[measure];
        page::SeriesData series;
        series.name = info.told();
        series.about = info.in_words();
        series.unit = info.unit;
        return series;
    }

    [[nodiscard]] std::vector<page::LevelData> level_courses(std::size_t measure, const std::vector<LevelShare>& shares) const {
        std::vector<page::LevelData> all;
        for (std::size_t level = 0; level < shares.size(); ++level)
            if (!shares[level].course.empty()) all.push_back({.name = results_.measures[measure].levels[level].told(), .share = at_moments(shares[level].course)});
        return all;
    }

    /// What the page is about, among measures of the world: the first of the headline.
    [[nodiscard]] std::optional<std::size_t> foremost() const {
        for (const std::size_t measure : results_.headline)
            if (!results_.measures[measure].is_by_row()) return measure;
        return {};
    }

    [[nodiscard]] page::Number along(std::size_t measure) const {
        const auto about = foremost();
        return about && *about != measure ? page::Number(rank_correlation(results_, *about, measure)) : page::Number();
    }

    [[nodiscard]] page::SeriesData course(std::size_t measure) const {
        page::SeriesData series = named(measure);
        series.along = along(measure);
        const Fan& fan = *summary_.measures[measure].fan;
        series.mean = at_moments(fan.mean);
        series.levels = level_courses(measure, summary_.measures[measure].levels);
        for (std::size_t level = 0; level < levels.size(); ++level)
            series.*levels[level] = has_bands() || quantile_levels[level] == 0.5 ? at_moments(fan.quantiles[level]) : Numbers(moments_.size());
        const auto all = static_cast<std::size_t>(results_.calendar.moments());
        for (const std::int64_t run : single_run_numbers())
            series.runs.push_back(
                at_moments(std::span(results_.series[measure]).subspan(static_cast<std::size_t>(run - results_.first_run) * all, all)));
        series.observed = observed(results_.measures[measure].name);
        return series;
    }

    [[nodiscard]] page::SeriesData yearly(std::size_t measure) const {
        page::SeriesData series = named(measure);
        series.along = along(measure);
        series.years = years();
        for (const Distribution& year : summary_.measures[measure].by_year) {
            series.mean.emplace_back(year.mean);
            for (std::size_t level = 0; level < levels.size(); ++level) (series.*levels[level]).push_back(level_of(year, level));
        }
        series.observed = observed(results_.measures[measure].name);
        const auto& shares = summary_.measures[measure].levels;
        for (std::size_t level = 0; level < shares.size(); ++level)
            series.levels.push_back({.name = results_.measures[measure].levels[level].told(), .share = {shares[level].by_year.begin(), shares[level].by_year.end()}});
        return series;
    }

    /// First and last days of the calendar's years, as far as they lie in it.
    [[nodiscard]] std::vector<page::YearData> years() const {
        std::vector<page::YearData> all;
        const Calendar& calendar = results_.calendar;
        std::int64_t tick = 0;
        for (const int year : results_.years) {
            const std::int64_t from = tick;
            while (tick < calendar.ticks() && calendar.year(tick) == year) ++tick;
            const Moment to = calendar.is_dated() ? Moment{iso(calendar.first_day(tick) - std::chrono::days{1})} : Moment{tick};
            all.push_back({.from = moment(from), .to = to, .whole = calendar.covers(year)});
        }
        return all;
    }

    void add_panel(std::size_t measure, std::vector<page::SeriesData>& all) const {
        const MeasureInfo& info = results_.measures[measure];
        for (std::size_t row = 0; row < std::min(info.rows.size(), most_fans_by_row); ++row) {
            page::SeriesData series = named(measure);
            series.name = fmt::format("{}[{}]", info.told(), info.told_row(row));
            series.about = fmt::format("{}: {}", info.in_words().empty() ? info.name : info.in_words(), info.told_row(row));
            series.group = fmt::format("{} of each {}", info.told(), info.told_kind());
            series.mean = at_moments(summary_.measures[measure].rows[row].course);
            series.levels = level_courses(measure, summary_.measures[measure].rows[row].levels);
            const auto found = panel_quantiles(measure, row);
            for (std::size_t level = 0; level < levels.size(); ++level) series.*levels[level] = at_moments(found[level]);
            series.observed = observed_of_row(info, row);
            all.push_back(std::move(series));
        }
    }

    /// A row's quantiles over runs at the moments shown. Some moments of all runs at a time, for those of a run stand together.
    [[nodiscard]] std::array<std::vector<double>, quantile_levels.size()> panel_quantiles(std::size_t measure, std::size_t row) const {
        constexpr std::size_t together = 16;
        const auto all = static_cast<std::size_t>(results_.calendar.moments());
        const std::size_t width = results_.measures[measure].width();
        const auto runs = static_cast<std::size_t>(std::min(results_.series_runs, most_fan_runs));
        std::array<std::vector<double>, quantile_levels.size()> found;
        found.fill(std::vector<double>(all, Results::missing));
        std::vector<double> values(together * runs);
        for (std::size_t first = 0; first < moments_.size(); first += together) {
            const auto moments = std::span(moments_).subspan(first, std::min(together, moments_.size() - first));
            for (std::size_t run = 0; run < runs; ++run)
                for (std::size_t m = 0; m < moments.size(); ++m)
                    values[m * runs + run] = results_.series[measure][(run * all + static_cast<std::size_t>(moments[m])) * width + row];
            for (std::size_t m = 0; m < moments.size(); ++m) {
                const auto of_moment = quantiles(std::span(values).subspan(m * runs, runs), quantile_levels);
                const bool are_enough = count_present(std::span(values).subspan(m * runs, runs)) >= static_cast<std::size_t>(least_for_bands);
                for (std::size_t level = 0; level < of_moment.size(); ++level)
                    if (are_enough || quantile_levels[level] == 0.5) found[level][static_cast<std::size_t>(moments[m])] = of_moment[level];
            }
        }
        return found;
    }

    [[nodiscard]] page::ScalarData single(std::size_t measure) const {
        const MeasureInfo& info = results_.measures[measure];
        const Distribution& values = summary_.measures[measure].values;
        page::ScalarData data{.name = info.told(),
                              .about = info.in_words(),
                              .unit = info.unit,
                              .mean = values.mean,
                              .standard_error = values.standard_error,
                              .q05 = level_of(values, 0),
                              .q50 = level_of(values, 2),
                              .q95 = level_of(values, 4),
                              .observed = {},
                              .shares = results_.runs == 1 ? "" : shares_text(info.levels, summary_.measures[measure].levels)};
        for (const Observed& one : scenario_.observed)
            if (one.measure == info.name && one.value) data.observed = *one.value;
        return data;
    }

    [[nodiscard]] std::vector<page::ObservedData> observed_of_row(const MeasureInfo& info, std::size_t row) const {
        std::vector<page::ObservedData> all;
        for (const RowRecord& one : row_records(scenario_, info).of_rows) {
            if (one.row != row || !one.record->date || !one.record->value) continue;
            const std::chrono::year_month_day date{*one.record->date};
            const Day to = one.of->per_year ? Day{date.year() / std::chrono::December / 31} : *one.record->date;
            all.push_back({.from = {iso(*one.record->date)},
                           .to = {iso(to)},
                           .value = *one.record->value,
                           .sd = one.of->sd.value_or(Results::missing),
                           .source = one.of->remarks.source});
        }
        return all;
    }

    [[nodiscard]] std::vector<page::ObservedData> observed(const std::string& measure) const {
        std::vector<page::ObservedData> all;
        for (const Observed& one : scenario_.observed) {
            if (one.measure != measure) continue;
            const auto add = [&](Day from, Day to, double value) {
                all.push_back({.from = {iso(from)},
                               .to = {iso(to)},
                               .value = value,
                               .sd = one.sd.value_or(Results::missing),
                               .source = one.remarks.source});
            };
            for (const auto& [day, value] : one.series) {
                const std::chrono::year_month_day date{day};
                add(day, one.per_year ? Day{date.year() / std::chrono::December / 31} : day, value);
            }
        }
        return all;
    }

    const Scenario& scenario_;
    const Results& results_;
    const Summary& summary_;
    std::vector<std::int64_t> moments_;  ///< those shown
};

std::string subject(const MeasureInfo& info) {
    return sentence_subject(info.told(), info.in_words());
}

std::string date_finding(const Calendar& calendar, const MeasureInfo& info, const DateSummary& date, const std::optional<RecordedDate>& observed) {
    const Coming& coming = date.coming;
    if (coming.of == 0) return fmt::format("{}: unknown, because every run failed in its first tick.", subject(info));
    std::string text =
        std::isnan(coming.share)
            ? fmt::format("{}: the share of runs by {} is unknown, because no run got there", subject(info), end_words(calendar))
            : fmt::format("{}: in {} % of runs by {} (95 % interval {}–{} %)", subject(info), percent(coming.share), end_words(calendar),
                          percent(coming.interval.low), percent(coming.interval.high));
    const auto when = [&](double tick) { return tick_words(calendar, tick); };
    if (coming.median) text += fmt::format("; in half of all runs by {}", when(*coming.median));
    if (is_range(date.when))
        text += fmt::format("; in nine of ten runs in which it happens, between {} and {}", when(date.when.quantiles[0]),
                            when(date.when.quantiles[4]));
    return text + (observed ? fmt::format(". Observed: {}.", date_words(*observed)) : ".");
}

/// Where runs stand at the end, the highest level first.
std::string levels_finding(const MeasureInfo& info, const std::vector<LevelShare>& shares) {
    std::string text;
    for (std::size_t level = shares.size(); level-- > 0;)
        if (shares[level].last > 0) text += fmt::format("{}{} % {}", text.empty() ? "" : ", ", percent(shares[level].last), info.levels[level].told());
    return fmt::format("{}: at the end of runs {}.", subject(info), text.empty() ? "none" : text);
}

std::string course_finding(const MeasureInfo& info, const Fan& fan, const Distribution& last) {
    const bool is_share = is_share_unit(info.unit);
    const std::string start = number_words(fan.mean.front(), info.unit) + (is_share ? " %" : "");
    const std::string end = quantity_words(last.mean, info.unit);
    const std::string course = start == end || fan.mean.front() == last.mean ? "stays at " + end : fmt::format("from {} to {}", start, end);
    const std::string text = fmt::format("{}: {}", subject(info), course);
    if (!is_range(last)) return text + (last.n == 1 ? "." : " (mean).");
    return text + fmt::format(" (mean; 5–95 % of runs at the end: {}).", range_words(last.quantiles[0], last.quantiles[4], info.unit));
}

}  // namespace

page::DateData date_data(const Calendar& calendar, const MeasureInfo& measure, const DateSummary& date) {
    const auto when = [&](double tick) { return std::isnan(tick) ? std::optional<Moment>() : page::moment_at(calendar, tick); };
    page::DateData data;
    data.name = measure.told();
    data.about = measure.in_words();
    data.share = date.coming.share;
    data.low = date.coming.interval.low;
    data.high = date.coming.interval.high;
    data.median = when(date.coming.median.value_or(Results::missing));
    if (is_range(date.when)) {
        data.q05 = when(date.when.quantiles[0]);
        data.q95 = when(date.when.quantiles[4]);
    }
    for (const ArrivalStep& step : date.coming.curve) {
        if (step.came == 0) continue;
        data.curve.when.push_back(page::moment_at(calendar, step.time));
        data.curve.share.emplace_back(step.share);
        data.curve.low.emplace_back(step.interval.low);
        data.curve.high.emplace_back(step.interval.high);
    }
    return data;
}

page::EnsembleData ensemble_data(const Scenario& scenario, const Results& results, const Summary& summary,
                                 const RelationsOverTime* relations) {
    const MeasuresData measures(scenario, results, summary);
    page::EnsembleData data;
    data.times = measures.times();
    data.single_runs = measures.single_run_numbers();
    if (!results.years.empty() || !results.event_names.empty())
        data.years_in_part = years_in_part(results.calendar, results.calendar.year(0), results.calendar.year(results.calendar.ticks() - 1));
    for (std::size_t m = 0; m < results.measures.size(); ++m) measures.add(m, data);
    data.by_row = rows_data(scenario, results, summary);
    if (relations) add_relations(scenario, results, *relations, data);
    return data;
}

std::vector<std::string> ensemble_findings(const Scenario& scenario, const Results& results, const Summary& summary) {
    std::vector<std::size_t> order(results.measures.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t m) { return std::pair(headline_place(results, m), !summary.measures[m].date.has_value()); });
    std::vector<std::string> sentences;
    for (const std::size_t m : order) {
        const MeasureInfo& info = results.measures[m];
        const MeasureSummary& found = summary.measures[m];
        if (found.date)
            sentences.push_back(date_finding(results.calendar, info, *found.date, observed_date(scenario, info.name)));
        else if (found.fan)
            sentences.push_back(found.levels.empty() || results.runs == 1 ? course_finding(info, *found.fan, found.values) : levels_finding(info, found.levels));
    }
    if (!results.failures.empty())
        sentences.push_back(fmt::format("{} of {} failed; they count up to their failure.", with_commas(std::ssize(results.failures)),
                                        counted(results.runs, "run")));
    return sentences;
}

}  // namespace entente
