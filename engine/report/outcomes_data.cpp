#include <entente/report/outcomes_data.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

#include <fmt/format.h>

#include <entente/base/statistics.hpp>
#include <entente/base/wording.hpp>
#include <entente/report/rows_data.hpp>

namespace entente {

namespace {

using Form = MeasureInfo::Form;

constexpr std::int64_t fewest_runs = 400;
constexpr std::int64_t usual_runs = 1000;
constexpr std::int64_t fewest_times = 20;
constexpr std::int64_t most_times = 60;
/// Values are told apart where they differ by so large a share of their spread: finer steps would cost room and change no comparison.
constexpr double step_of_spread = 0.1;
constexpr double packed_steps = 254;
constexpr std::int64_t of_last = 2;  ///< what the last value takes, beside those at all moments

/// One of the page's series, and where its values are.
struct SeriesColumn {
    std::int64_t number = 0;  ///< in page::EnsembleData::series
    std::size_t measure = 0;
    std::size_t row = 0;
    bool yearly = false;
    bool by_row = false;
};

/// What the page shows, in its order.
struct PageColumns {
    std::vector<SeriesColumn> series;
    std::vector<std::size_t> dates;    ///< measures
    std::vector<std::size_t> scalars;  ///< measures
};

PageColumns columns_of_page(const Results& results, const Summary& summary) {
    PageColumns columns;
    std::int64_t number = 0;
    for (std::size_t m = 0; m < results.measures.size(); ++m) {
        const MeasureInfo& info = results.measures[m];
        if (info.is_by_row()) {
            if (info.form != Form::series || results.series_runs == 0) continue;
            for (std::size_t row = 0; row < std::min(info.rows.size(), most_fans_by_row); ++row) columns.series.push_back({number++, m, row, false, true});
        } else if (info.form == Form::yearly || (info.form == Form::series && summary.measures[m].fan)) {
            columns.series.push_back({number++, m, 0, info.form == Form::yearly, false});
        } else if (info.form == Form::date) {
            columns.dates.push_back(m);
        } else {
            columns.scalars.push_back(m);
        }
    }
    return columns;
}

/// Columns that are the same in every run, one of the world as a whole before those of rows.
using AlikeColumns = std::vector<SeriesColumn>;

class OutcomesMaker {
public:
    OutcomesMaker(const Results& results, const PageColumns& columns, std::size_t parameters) : results_(results), columns_(columns) {
        join_alike();
        fit(2 * static_cast<std::int64_t>(columns.dates.size() + columns.scalars.size() + parameters));
    }

    [[nodiscard]] std::int64_t runs() const { return runs_; }
    [[nodiscard]] const std::vector<std::int64_t>& moments() const { return moments_; }

    [[nodiscard]] std::vector<page::OutcomeCourse> courses() const {
        std::vector<page::OutcomeCourse> all;
        for (const AlikeColumns& alike : alike_) all.push_back(course(alike));
        return all;
    }

    /// The last value of each run, its date, or what it has but one of.
    [[nodiscard]] std::vector<double> last_values(std::size_t measure) const {
        const auto& values = results_.final_values[measure];
        return {values.begin(), values.begin() + runs_};
    }

    [[nodiscard]] std::string left_out() const {
        if (left_out_ == 0) return "";
        return fmt::format("{} series of rows {} left out of the comparison, for want of room.", with_commas(left_out_), left_out_ == 1 ? "is" : "are");
    }

private:
    [[nodiscard]] double value(const SeriesColumn& column, std::int64_t run, std::int64_t point) const {
        if (column.yearly) return results_.yearly[column.measure][static_cast<std::size_t>(run) * results_.years.size() + static_cast<std::size_t>(point)];
        const std::size_t width = results_.measures[column.measure].width();
        return results_.series[column.measure][static_cast<std::size_t>(run * results_.calendar.moments() + point) * width + column.row];
    }

    /// Joins what has the same bits in some hundreds of runs, all along.
    void join_alike() {
        const auto moments = thinned(results_.calendar.moments(), fewest_times);
        std::vector<std::vector<double>> known;
        for (const SeriesColumn& column : columns_.series) {
            std::vector<double> own;
            const std::int64_t runs = std::min(column.yearly ? results_.runs : results_.series_runs, fewest_runs);
            for (std::int64_t run = 0; run < runs; ++run) {
                if (column.yearly)
                    for (std::size_t year = 0; year < results_.years.size(); ++year) own.push_back(value(column, run, static_cast<std::int64_t>(year)));
                else
                    for (const std::int64_t moment : moments) own.push_back(value(column, run, moment));
            }
            const auto same = [&](const std::vector<double>& other) {
                return std::ranges::equal(own, other, [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); });
            };
            const auto found = std::ranges::find_if(known, same);
            if (found != known.end()) {
                AlikeColumns& alike = alike_[static_cast<std::size_t>(found - known.begin())];
                alike.insert(alike.front().by_row && !column.by_row ? alike.begin() : alike.end(), column);
            } else {
                known.push_back(std::move(own));
                alike_.push_back({column});
            }
        }
        std::ranges::stable_sort(alike_, {}, [](const AlikeColumns& alike) { return alike.front().by_row; });
    }

    /// How many runs, moments and series there is room for, beside `others` values a run.
    void fit(std::int64_t others) {
        const auto years = std::ssize(results_.years);
        const auto yearly = std::ranges::count_if(alike_, [](const AlikeColumns& alike) { return alike.front().yearly; });
        std::int64_t series = std::ssize(alike_) - yearly;
        const std::int64_t most = series > 0 ? results_.series_runs : results_.runs;
        const std::int64_t beside = others + yearly * years;
        const auto times = [&](std::int64_t runs) {
            return series == 0 ? fewest_times : std::clamp((most_outcome_values / runs - beside) / series - of_last, fewest_times, most_times);
        };
        moments_ = thinned(results_.calendar.moments(), times(std::min(most, usual_runs)));
        const std::int64_t each = std::max<std::int64_t>(1, series * (std::ssize(moments_) + of_last) + beside);
        runs_ = std::clamp(most_outcome_values / each, std::min(fewest_runs, most), most);
        const std::int64_t room = std::max<std::int64_t>(1, (most_outcome_values / runs_ - beside) / (std::ssize(moments_) + of_last));
        while (series > room && !alike_.back().front().yearly) {
            left_out_ += std::ssize(alike_.back());
            alike_.pop_back();
            --series;
        }
    }

    /// The grid on which the values of a point are kept.
    struct Grid {
        double low = 0;
        double high = 0;
        double together = 1;  ///< so many of the packed steps make one of the grid's
    };

    /// Whole numbers stay whole where there are steps enough; other bounds are rounded outward to four digits of their distance: they are written out.
    static Grid grid_of(std::span<const double> values) {
        double low = std::numeric_limits<double>::infinity();
        double high = -low;
        for (const double value : values) {
            if (!std::isfinite(value)) continue;
            low = std::min(low, value);
            high = std::max(high, value);
        }
        if (low > high) return {};
        if (low == high) return {low, high};
        const auto is_whole = [](double value) { return !std::isfinite(value) || value == std::floor(value); };
        if (high - low <= packed_steps && std::ranges::all_of(values, is_whole)) {
            const double each = std::floor(packed_steps / (high - low));
            return {low, low + packed_steps / each, each};
        }
        const double together = std::max(1.0, std::floor(standard_deviation(values) / (high - low) * step_of_spread * packed_steps));
        const double scale = std::pow(10.0, 4 - std::floor(std::log10(high - low)));
        const Grid rounded{std::floor(low * scale) / scale, std::ceil(high * scale) / scale, together};
        return std::isfinite(rounded.low) && std::isfinite(rounded.high) && rounded.low <= low && rounded.high >= high ? rounded : Grid{low, high, together};
    }

    [[nodiscard]] page::OutcomeCourse course(const AlikeColumns& alike) const {
        const SeriesColumn& column = alike.front();
        const std::size_t points = column.yearly ? results_.years.size() : moments_.size();
        const auto runs = static_cast<std::size_t>(runs_);
        page::OutcomeCourse course;
        for (const SeriesColumn& one : alike) course.series.push_back(one.number);
        std::vector<double> places(runs * points);
        std::vector<double> values(runs);
        for (std::size_t point = 0; point < points; ++point) {
            const std::int64_t at = column.yearly ? static_cast<std::int64_t>(point) : moments_[point];
            for (std::size_t run = 0; run < runs; ++run) values[run] = value(column, static_cast<std::int64_t>(run), at);
            const auto [low, high, together] = grid_of(values);
            course.low.push_back(low);
            course.high.push_back(high);
            const double distance = high - low;
            for (std::size_t run = 0; run < runs; ++run) {
                double& place = places[run * points + point];
                if (!std::isfinite(values[run]))
                    place = Results::missing;
                else if (distance > 0)
                    place = std::min(1.0, std::round((values[run] - low) / distance * packed_steps / together) * together / packed_steps);
            }
        }
        course.values = page::packed_between(places, 0, 1);
        if (column.yearly) return course;
        for (std::size_t run = 0; run < runs; ++run) values[run] = value(column, static_cast<std::int64_t>(run), results_.calendar.moments() - 1);
        course.last = page::packed(values, 2);
        return course;
    }

    const Results& results_;
    const PageColumns& columns_;
    std::vector<AlikeColumns> alike_;  ///< those of the world as a whole first
    std::vector<std::int64_t> moments_;
    std::int64_t runs_ = 0;
    std::int64_t left_out_ = 0;
};

std::string unit_of_parameter(const Scenario& scenario, const std::string& name) {
    const auto found = std::ranges::find(scenario.parameters, name, &Parameter::name);
    return found == scenario.parameters.end() ? "" : found->unit;
}

}  // namespace

std::optional<page::OutcomesData> outcomes_data(const Scenario& scenario, const Results& results, const Summary& summary, const RunLabels& labels) {
    const PageColumns columns = columns_of_page(results, summary);
    if (results.runs < least_outcome_runs || columns.series.size() + columns.dates.size() + columns.scalars.size() == 0) return {};
    const OutcomesMaker maker(results, columns, labels.varied.size());
    if (maker.runs() < least_outcome_runs) return {};
    page::OutcomesData data;
    data.runs = maker.runs();
    data.over = maker.runs() == results.runs ? fmt::format("all {}", counted(results.runs, "run"))
                                             : fmt::format("the first {} of {}", with_commas(maker.runs()), counted(results.runs, "run"));
    for (const std::int64_t moment : maker.moments()) data.times.push_back(page::moment_at(results.calendar, static_cast<double>(moment)));
    data.end = page::days_or_ticks(results.calendar, static_cast<double>(results.calendar.ticks()));
    data.courses = maker.courses();
    for (const std::size_t measure : columns.dates) {
        std::vector<double> days = maker.last_values(measure);
        for (double& day : days) day = page::days_or_ticks(results.calendar, day);
        data.dates.push_back(page::packed(days, 2));
    }
    for (const std::size_t measure : columns.scalars) {
        page::OutcomeScalar& scalar = data.scalars.emplace_back();
        scalar.values = page::packed(maker.last_values(measure), 2);
        for (const MeasureLevel& level : results.measures[measure].levels) scalar.levels.push_back(level.told());
    }
    const auto runs = static_cast<std::size_t>(maker.runs());
    for (const auto& [name, values] : labels.varied)
        data.parameters.push_back({.name = name, .unit = unit_of_parameter(scenario, name), .values = page::packed(std::span(values).first(runs), 2)});
    std::vector<double> failed(runs, Results::missing);
    for (const RunFailure& failure : results.failures)
        if (const auto run = static_cast<std::size_t>(failure.run - results.first_run); run < runs)
            failed[run] = page::days_or_ticks(results.calendar, static_cast<double>(failure.tick));
    data.failed = page::packed(failed, 2);
    data.left_out = maker.left_out();
    return data;
}

}  // namespace entente
