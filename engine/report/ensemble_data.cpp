#include <entente/report/ensemble_data.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/report/json_numbers.hpp>
#include <entente/report/sentences.hpp>

namespace entente {

namespace {

using Json = ReportJson;
using Form = MeasureInfo::Form;

constexpr std::int64_t most_moments = 800;
constexpr std::int64_t single_runs = 5;
constexpr std::size_t most_panel_series = 40;
constexpr std::size_t most_event_rows = 40;
constexpr std::array<const char*, quantile_levels.size()> level_names = {"q05", "q25", "q50", "q75", "q95"};

/// Whether quantiles give a range.
bool is_range(const Distribution& values) {
    return static_cast<std::size_t>(values.n) >= least_for_quantiles;
}

std::optional<Day> observed_date(const Scenario& scenario, const std::string& measure) {
    for (const Observed& one : scenario.observed)
        if (one.measure == measure && one.date) return one.date;
    return {};
}

class EnsembleReport {
public:
    EnsembleReport(const Scenario& scenario, const Results& results, const Summary& summary)
        : scenario_(scenario), results_(results), summary_(summary), moments_(thinned(results.calendar.moments(), most_moments)) {}

    [[nodiscard]] Json json() const {
        Json series = Json::array();
        Json dates = Json::array();
        Json once = Json::array();
        for (std::size_t m = 0; m < results_.measures.size(); ++m) {
            const MeasureInfo& info = results_.measures[m];
            const MeasureSummary& summary = summary_.measures[m];
            if (info.form == Form::series && summary.fan) series.push_back(course(m));
            if (info.form == Form::yearly) series.push_back(yearly(m));
            if (info.form == Form::panel) add_panel(m, series);
            if (info.form == Form::scalar || (info.form == Form::series && !summary.fan)) once.push_back(single(m));
            if (info.form == Form::date) {
                dates.push_back(Json::parse(date_report(results_.calendar, info, *summary.date)));
                if (const auto day = observed_date(scenario_, info.name)) dates.back()["observed"] = iso(*day);
            }
        }
        return {{"times", times()},
                {"series", series},
                {"single_runs", single_run_numbers()},
                {"years_in_part", results_.years.empty() && results_.event_names.empty()
                                      ? ""
                                      : years_in_part(results_.calendar, results_.calendar.year(0), results_.calendar.year(results_.calendar.ticks() - 1))},
                {"dates", dates},
                {"scalars", once}};
    }

private:
    [[nodiscard]] Json moment(std::int64_t number) const { return report_moment(results_.calendar, static_cast<double>(number)); }

    [[nodiscard]] Json times() const {
        Json json = Json::array();
        for (const std::int64_t number : moments_) json.push_back(moment(number));
        return json;
    }

    [[nodiscard]] Json at_moments(const std::vector<double>& course) const {
        Json json = Json::array();
        for (const std::int64_t number : moments_) json.push_back(report_number(course[static_cast<std::size_t>(number)]));
        return json;
    }

    /// Of few values the median alone.
    [[nodiscard]] static Json level_json(const Distribution& values, std::size_t level) {
        return is_range(values) || quantile_levels[level] == 0.5 ? report_number(values.quantiles[level]) : Json();
    }

    [[nodiscard]] static Json named(const MeasureInfo& info) {
        return {{"name", info.name}, {"about", info.about}, {"unit", info.unit}};
    }

    /// Those of `runs` of each series, as all tables number them.
    [[nodiscard]] Json single_run_numbers() const {
        Json numbers = Json::array();
        for (std::int64_t run = 0; run < std::min(single_runs, results_.series_runs); ++run)
            if (!results_.failed(results_.first_run + run)) numbers.push_back(results_.first_run + run);
        return numbers;
    }

    [[nodiscard]] Json course(std::size_t measure) const {
        Json json = named(results_.measures[measure]);
        const Fan& fan = *summary_.measures[measure].fan;
        json["group"] = "";
        json["years"] = nullptr;
        json["mean"] = at_moments(fan.mean);
        for (std::size_t level = 0; level < level_names.size(); ++level) json[level_names[level]] = at_moments(fan.quantiles[level]);
        json["runs"] = Json::array();
        const auto all = static_cast<std::size_t>(results_.calendar.moments());
        for (std::int64_t run = 0; run < std::min(single_runs, results_.series_runs); ++run) {
            if (results_.failed(results_.first_run + run)) continue;
            const auto from = results_.series[measure].begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(run) * all);
            json["runs"].push_back(at_moments({from, from + static_cast<std::ptrdiff_t>(all)}));
        }
        json["observed"] = observed(results_.measures[measure].name);
        return json;
    }

    [[nodiscard]] Json yearly(std::size_t measure) const {
        Json json = named(results_.measures[measure]);
        const auto& by_year = summary_.measures[measure].by_year;
        json["group"] = "";
        json["years"] = year_ends();
        json["mean"] = Json::array();
        for (const auto& year : by_year) json["mean"].push_back(report_number(year.mean));
        for (std::size_t level = 0; level < level_names.size(); ++level) {
            json[level_names[level]] = Json::array();
            for (const auto& year : by_year) json[level_names[level]].push_back(level_json(year, level));
        }
        json["runs"] = Json::array();
        json["observed"] = observed(results_.measures[measure].name);
        return json;
    }

    /// First and last days of the calendar's years, as far as they lie in it.
    [[nodiscard]] Json year_ends() const {
        Json years = Json::array();
        const Calendar& calendar = results_.calendar;
        std::int64_t tick = 0;
        for (const int year : results_.years) {
            const std::int64_t from = tick;
            while (tick < calendar.ticks() && calendar.year(tick) == year) ++tick;
            const Json to = calendar.is_dated() ? Json(iso(calendar.first_day(tick) - std::chrono::days{1})) : Json(tick);
            years.push_back({{"from", moment(from)}, {"to", to}, {"whole", calendar.covers(year)}});
        }
        return years;
    }

    void add_panel(std::size_t measure, Json& series) const {
        const MeasureInfo& info = results_.measures[measure];
        for (const RowSummary& row : summary_.measures[measure].rows) {
            if (row.row >= most_panel_series) break;
            Json json = {{"name", fmt::format("{}[{}]", info.name, info.rows[row.row])},
                         {"about", fmt::format("{}: {}", info.about.empty() ? info.name : info.about, info.rows[row.row])},
                         {"unit", info.unit},
                         {"group", fmt::format("{} of each {}", info.name, info.kind)},
                         {"years", nullptr},
                         {"mean", at_moments(row.course)}};
            const auto levels = panel_quantiles(measure, row.row);
            for (std::size_t level = 0; level < level_names.size(); ++level) json[level_names[level]] = at_moments(levels[level]);
            json["runs"] = Json::array();
            json["observed"] = Json::array();
            series.push_back(json);
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
                const auto levels = quantiles(std::span(values).subspan(m * runs, runs), quantile_levels);
                const bool are_enough = count_present(std::span(values).subspan(m * runs, runs)) >= least_for_quantiles;
                for (std::size_t level = 0; level < levels.size(); ++level)
                    if (are_enough || quantile_levels[level] == 0.5) found[level][static_cast<std::size_t>(moments[m])] = levels[level];
            }
        }
        return found;
    }

    [[nodiscard]] Json single(std::size_t measure) const {
        Json json = named(results_.measures[measure]);
        const Distribution& values = summary_.measures[measure].values;
        json["mean"] = report_number(values.mean);
        json["standard_error"] = report_number(values.standard_error);
        json["q05"] = level_json(values, 0);
        json["q50"] = level_json(values, 2);
        json["q95"] = level_json(values, 4);
        json["observed"] = nullptr;
        for (const Observed& one : scenario_.observed)
            if (one.measure == results_.measures[measure].name && one.value) json["observed"] = report_number(*one.value);
        return json;
    }

    [[nodiscard]] Json observed(const std::string& measure) const {
        Json all = Json::array();
        for (const Observed& one : scenario_.observed) {
            if (one.measure != measure) continue;
            const Json sd = one.sd ? report_number(*one.sd) : Json();
            const auto add = [&](Day from, Day to, double value) {
                all.push_back({{"from", iso(from)}, {"to", iso(to)}, {"value", report_number(value)}, {"sd", sd}, {"source", one.remarks.source}});
            };
            if (one.value && one.date) add(*one.date, *one.date, *one.value);
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

double total(const std::vector<double>& by_year) {
    return std::accumulate(by_year.begin(), by_year.end(), 0.0);
}

Json events_json(const Scenario& scenario, const RelationsOverTime& relations) {
    Json events = Json::array();
    for (const auto& event : relations.events) {
        std::vector<double> by_year(relations.years.size(), 0.0);
        std::vector<std::size_t> order;
        for (std::size_t row = 0; row < event.rows.size(); ++row) {
            for (std::size_t year = 0; year < by_year.size(); ++year) by_year[year] += event.by_year[row][year];
            if (total(event.by_year[row]) > 0) order.push_back(row);
        }
        std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return total(event.by_year[a]) > total(event.by_year[b]); });
        Json rows = Json::array();
        for (const std::size_t row : order) {
            if (rows.size() == most_event_rows) break;
            rows.push_back({{"name", event.rows[row]}, {"by_year", report_numbers(event.by_year[row])}});
        }
        const auto step = std::ranges::find(scenario.steps, event.name, &Step::name);
        events.push_back({{"name", event.name},
                          {"on", event.on},
                          {"about", step == scenario.steps.end() ? "" : step->remarks.about},
                          {"by_year", report_numbers(by_year)},
                          {"rows", rows}});
    }
    return {{"years", relations.years}, {"events", events}};
}

/// The ends of a scale: the range, or where that is open the least and the greatest value.
std::pair<double, double> scale_of(const RelationsOverTime::Quantity& quantity) {
    double least = std::numeric_limits<double>::infinity();
    double greatest = -least;
    for (const auto& course : quantity.means)
        for (const double value : course) {
            least = std::fmin(least, value);
            greatest = std::fmax(greatest, value);
        }
    const double low = std::isfinite(quantity.range.low) ? quantity.range.low : least;
    const double high = std::isfinite(quantity.range.high) ? quantity.range.high : greatest;
    if (!std::isfinite(low) || !std::isfinite(high)) return {0, 1};
    return {low, high > low ? high : low + 1};
}

Json network_json(const Calendar& calendar, const RelationsOverTime& relations) {
    Json times = Json::array();
    for (const std::int64_t moment : relations.moments) times.push_back(report_moment(calendar, static_cast<double>(moment)));
    Json kinds = Json::array();
    for (const auto& kind : relations.kinds) {
        Json fields = Json::array();
        for (const auto& quantity : kind.quantities) {
            Json values = Json::array();
            for (const auto& course : quantity.means) values.push_back(report_numbers(course));
            const auto [low, high] = scale_of(quantity);
            fields.push_back({{"name", quantity.name}, {"unit", quantity.unit}, {"about", quantity.about}, {"low", report_number(low)}, {"high", report_number(high)}, {"values", values}});
        }
        kinds.push_back({{"name", kind.name}, {"links", kind.links}, {"fields", fields}});
    }
    return {{"agents", relations.agents}, {"times", times}, {"kinds", kinds}};
}

/// Over which of the ensemble's runs means are taken: `made`, of which `counted_in` did not fail, of `all`.
std::string means_sentence(std::int64_t made, std::int64_t counted_in, std::int64_t all) {
    std::string text = made < all ? fmt::format("Means over the first {} of {}", with_commas(made), counted(all, "run"))
                       : all == 1 ? "Of the one run"
                                  : fmt::format("Means over all {}", counted(all, "run"));
    if (counted_in < made) text += fmt::format(", without the {} that failed", with_commas(made - counted_in));
    return text + ".";
}

std::string end_text(const Calendar& calendar) {
    if (!calendar.is_dated()) return fmt::format("tick {}", calendar.ticks() - 1);
    return iso(calendar.first_day(calendar.ticks()) - std::chrono::days{1});
}

std::string subject(const MeasureInfo& info) {
    return sentence_subject(info.name, info.about);
}

std::string date_finding(const Calendar& calendar, const MeasureInfo& info, const DateSummary& date, std::optional<Day> observed) {
    const Coming& coming = date.coming;
    if (coming.of == 0) return fmt::format("{}: unknown, because every run failed in its first tick.", subject(info));
    std::string text = std::isnan(coming.share)
                           ? fmt::format("{}: the share of runs by {} is unknown, because no run got there", subject(info), end_text(calendar))
                           : fmt::format("{}: in {} % of runs by {} (95 % interval {}–{} %)", subject(info), percent(coming.share), end_text(calendar),
                                         percent(coming.interval.low), percent(coming.interval.high));
    const auto when = [&](double tick) { return calendar.is_dated() ? tick_cell(calendar, tick) : fmt::format("tick {}", readable(tick)); };
    if (coming.median) text += fmt::format("; in half of all runs by {}", when(*coming.median));
    if (is_range(date.when)) text += fmt::format("; in nine of ten runs in which it happens, between {} and {}", when(date.when.quantiles[0]), when(date.when.quantiles[4]));
    return text + (observed ? fmt::format(". Observed: {}.", iso(*observed)) : ".");
}

std::string course_finding(const MeasureInfo& info, const Fan& fan, const Distribution& last) {
    const std::string start = readable(fan.mean.front());
    const std::string end = readable(last.mean);
    const std::string course = start == end ? "stays at " + end : fmt::format("from {} to {}", start, end);
    const std::string text = fmt::format("{}: {}{}", subject(info), course, unit_words(info.unit));
    if (!is_range(last)) return text + (last.n == 1 ? "." : " (mean).");
    return text + fmt::format(" (mean; 5–95 % of runs at the end: {} to {}).", readable(last.quantiles[0]), readable(last.quantiles[4]));
}

}  // namespace

std::string date_report(const Calendar& calendar, const MeasureInfo& measure, const DateSummary& date) {
    Json when = Json::array();
    Json share = Json::array();
    Json low = Json::array();
    Json high = Json::array();
    for (const ArrivalStep& step : date.coming.curve) {
        if (step.came == 0) continue;
        when.push_back(report_moment(calendar, step.time));
        share.push_back(report_number(step.share));
        low.push_back(report_number(step.interval.low));
        high.push_back(report_number(step.interval.high));
    }
    return report_text({{"name", measure.name},
                        {"about", measure.about},
                        {"share", report_number(date.coming.share)},
                        {"low", report_number(date.coming.interval.low)},
                        {"high", report_number(date.coming.interval.high)},
                        {"median", date.coming.median ? report_moment(calendar, *date.coming.median) : Json()},
                        {"q05", is_range(date.when) ? report_moment(calendar, date.when.quantiles[0]) : Json()},
                        {"q95", is_range(date.when) ? report_moment(calendar, date.when.quantiles[4]) : Json()},
                        {"curve", {{"when", when}, {"share", share}, {"low", low}, {"high", high}}},
                        {"observed", nullptr}});
}

std::string ensemble_report(const Scenario& scenario, const Results& results, const Summary& summary, const RelationsOverTime* relations) {
    Json json = EnsembleReport(scenario, results, summary).json();
    const bool has_network = relations && !relations->kinds.empty();
    json["events"] = relations && !relations->events.empty() ? events_json(scenario, *relations) : Json();
    json["network"] = has_network ? network_json(results.calendar, *relations) : Json();
    json["means_over"] = has_network ? means_sentence(relations->made, relations->runs, results.runs) : "";
    json["events_over"] = relations ? means_sentence(results.runs, results.runs - std::ssize(results.failures), results.runs) : "";
    json["no_events"] = relations ? relations->no_events : "";
    json["no_network"] = relations ? relations->no_network : "";
    json["not_drawn"] = relations ? relations->not_drawn : "";
    return report_text(json);
}

std::vector<std::string> ensemble_findings(const Scenario& scenario, const Results& results, const Summary& summary) {
    std::vector<std::string> sentences;
    for (std::size_t m = 0; m < results.measures.size(); ++m)
        if (const auto& date = summary.measures[m].date) {
            const MeasureInfo& info = results.measures[m];
            sentences.push_back(date_finding(results.calendar, info, *date, observed_date(scenario, info.name)));
        }
    for (std::size_t m = 0; m < results.measures.size(); ++m)
        if (summary.measures[m].fan) sentences.push_back(course_finding(results.measures[m], *summary.measures[m].fan, summary.measures[m].values));
    if (!results.failures.empty())
        sentences.push_back(fmt::format("{} of {} failed; they count up to their failure.", with_commas(std::ssize(results.failures)), counted(results.runs, "run")));
    return sentences;
}

}  // namespace entente
