#include <entente/summary/ensemble_summary.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <Eigen/Core>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

namespace entente {

namespace {

using Form = MeasureInfo::Form;

/// A measure's series on one row, turned about: one column a moment, one line a run. A copy, of no more than one row at a time: panels may
/// fill the memory.
Eigen::ArrayXXd by_moment(const Results& results, std::size_t measure, std::int64_t runs, std::int64_t row = 0) {
    const std::int64_t moments = results.calendar.moments();
    const auto width = static_cast<std::int64_t>(results.measures[measure].width());
    using RunByMoment = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    using OneRow = Eigen::Stride<Eigen::Dynamic, Eigen::Dynamic>;
    return Eigen::Map<const RunByMoment, 0, OneRow>(results.series[measure].data() + row, runs, moments, OneRow(moments * width, width));
}

std::span<const double> column(const Eigen::ArrayXXd& values, std::int64_t number) {
    return {values.data() + number * values.rows(), static_cast<std::size_t>(values.rows())};
}

Fan fan_of(const Results& results, std::size_t measure) {
    Fan fan{.runs = std::min(results.series_runs, most_fan_runs), .mean = {}, .quantiles = {}};
    const Eigen::ArrayXXd values = by_moment(results, measure, fan.runs);
    for (auto* course : {&fan.mean, &fan.quantiles[0], &fan.quantiles[1], &fan.quantiles[2], &fan.quantiles[3], &fan.quantiles[4]})
        course->reserve(static_cast<std::size_t>(values.cols()));
    for (std::int64_t moment = 0; moment < values.cols(); ++moment) {
        fan.mean.push_back(mean(column(values, moment)));
        const auto levels = quantiles(column(values, moment), quantile_levels);
        const bool is_range = count_present(column(values, moment)) >= least_for_quantiles;
        for (std::size_t level = 0; level < levels.size(); ++level)
            fan.quantiles[level].push_back(is_range || quantile_levels[level] == 0.5 ? levels[level] : Results::missing);
    }
    return fan;
}

DateSummary date_of(const Results& results, std::span<const double> ticks) {
    const std::int64_t horizon = results.calendar.ticks();
    return {coming_of(arrivals_of(ticks, results.failures, results.first_run, horizon), static_cast<double>(horizon)), distribution(ticks)};
}

/// Every `each`-th of the values from `at` on, one a run.
std::vector<double> one_a_run(std::span<const double> values, std::size_t at, std::size_t each, std::int64_t runs) {
    std::vector<double> found(static_cast<std::size_t>(runs));
    for (std::size_t run = 0; run < found.size(); ++run) found[run] = values[run * each + at];
    return found;
}

void summarise_values(const Results& results, std::size_t measure, std::size_t row, ValueSummary& summary) {
    const std::size_t rows = results.measures[measure].width();
    const auto values = one_a_run(results.final_values[measure], row, rows, results.runs);
    summary.values = distribution(values);
    if (results.measures[measure].form == Form::date) summary.date = date_of(results, values);
    if (results.measures[measure].form != Form::yearly) return;
    const std::size_t years = results.years.size();
    for (std::size_t year = 0; year < years; ++year)
        summary.by_year.push_back(distribution(one_a_run(results.yearly[measure], year * rows + row, years * rows, results.runs)));
}

std::vector<double> course_of(const Results& results, std::size_t measure, std::int64_t row) {
    const Eigen::ArrayXXd values = by_moment(results, measure, std::min(results.series_runs, most_fan_runs), row);
    std::vector<double> course;
    for (std::int64_t moment = 0; moment < values.cols(); ++moment) course.push_back(mean(column(values, moment)));
    return course;
}

RowSummary summarise_row(const Results& results, std::size_t measure, std::size_t row, bool has_room) {
    RowSummary summary;
    summarise_values(results, measure, row, summary);
    if (summary.date && !has_room) summary.date->coming.curve.clear();
    summary.levels = level_shares_of_row(results, measure, row, has_room ? most_fan_runs : 0);
    if (results.measures[measure].form == Form::series && results.series_runs > 0 && has_room)
        summary.course = course_of(results, measure, static_cast<std::int64_t>(row));
    return summary;
}

MeasureSummary summarise_measure(const Results& results, std::size_t measure) {
    const MeasureInfo& info = results.measures[measure];
    MeasureSummary summary;
    summary.levels = level_shares(results, measure, most_fan_runs);
    if (!info.is_by_row()) {
        summarise_values(results, measure, 0, summary);
        if (info.form == Form::series && results.series_runs > 0) summary.fan = fan_of(results, measure);
        return summary;
    }
    const bool have_room = static_cast<std::int64_t>(info.width()) * results.calendar.moments() <= most_row_moments;
    summary.rows.resize(info.width());
    tbb::parallel_for(std::size_t{0}, info.width(), [&](std::size_t row) {
        summary.rows[row] = summarise_row(results, measure, row, have_room || row < most_panel_rows);
    });
    return summary;
}

}  // namespace

Distribution distribution(std::span<const double> values) {
    Distribution result;
    result.n = static_cast<std::int64_t>(count_present(values));
    result.infinite = static_cast<std::int64_t>(count_infinite(values));
    result.missing = static_cast<std::int64_t>(values.size()) - result.n - result.infinite;
    if (result.n == 0) return result;
    result.mean = mean(values);
    result.sd = standard_deviation(values);
    result.standard_error = standard_error(values);
    constexpr std::array levels = {0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0};
    static_assert(levels.size() == quantile_levels.size() + 2);
    const auto found = quantiles(values, levels);
    result.least = found.front();
    result.greatest = found.back();
    std::copy(found.begin() + 1, found.end() - 1, result.quantiles.begin());
    return result;
}

std::vector<Arrival> arrivals_of(std::span<const double> ticks, std::span<const RunFailure> failures, std::int64_t first_run,
                                 std::int64_t horizon) {
    std::vector<Arrival> arrivals;
    arrivals.reserve(ticks.size());
    auto failure = failures.begin();
    for (std::size_t run = 0; run < ticks.size(); ++run) {
        const std::int64_t number = first_run + static_cast<std::int64_t>(run);
        while (failure != failures.end() && failure->run < number) ++failure;
        const bool failed = failure != failures.end() && failure->run == number;
        const bool came = !std::isnan(ticks[run]);
        const auto waited = static_cast<double>(failed ? failure->tick - 1 : horizon);
        arrivals.push_back({came ? ticks[run] : waited, came});
    }
    return arrivals;
}

Coming coming_of(std::span<const Arrival> arrivals, double horizon, double confidence) {
    Coming found;
    std::size_t outlasted = 0;  // to the horizon without its coming
    for (const Arrival& arrival : arrivals) {
        if (!arrival.came && !(arrival.time >= 0)) continue;
        ++found.of;
        if (arrival.came) ++found.came;
        if (!arrival.came && arrival.time >= horizon) ++outlasted;
    }
    const auto came = static_cast<std::size_t>(found.came);
    found.curve = kaplan_meier(arrivals, confidence);
    found.median = median_of(found.curve);
    if (came + outlasted == static_cast<std::size_t>(found.of) || came == 0) {
        found.interval = wilson_interval(came, came + outlasted, confidence);
        if (came + outlasted > 0) found.share = static_cast<double>(came) / static_cast<double>(came + outlasted);
    } else if (outlasted > 0 || found.curve.back().share == 1) {
        found.share = found.curve.back().share;
        found.interval = found.curve.back().interval;
    } else {
        found.interval.low = found.curve.back().interval.low;
    }
    return found;
}

std::optional<double> median_of(std::span<const ArrivalStep> curve) {
    constexpr double rounding = 1e-12;  // of the product that the curve is
    const auto half = std::ranges::find_if(curve, [](const ArrivalStep& step) { return step.share >= 0.5 - rounding; });
    return half == curve.end() ? std::nullopt : std::optional(half->time);
}

double rank_value(const RowSummary& row) {
    return row.date ? row.date->coming.share : row.values.mean;
}

std::vector<std::size_t> ranked_rows(const MeasureSummary& summary) {
    std::vector<std::size_t> rows(summary.rows.size());
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    std::ranges::stable_sort(rows, [&](std::size_t one, std::size_t other) {
        const double a = rank_value(summary.rows[one]);
        const double b = rank_value(summary.rows[other]);
        return a > b || (!std::isnan(a) && std::isnan(b));
    });
    return rows;
}

double times_a_run(const Results& results, std::size_t event) {
    const auto sound_runs = results.runs - static_cast<std::int64_t>(results.failures.size());
    return sound_runs > 0 ? results.event_totals[event] / static_cast<double>(sound_runs) : Results::missing;
}

Summary summarise(const Results& results) {
    Summary summary;
    summary.measures.resize(results.measures.size());
    tbb::task_arena(std::max(results.threads, 1)).execute([&] {
        tbb::parallel_for(std::size_t{0}, results.measures.size(), [&](std::size_t measure) { summary.measures[measure] = summarise_measure(results, measure); });
    });
    return summary;
}

}  // namespace entente
