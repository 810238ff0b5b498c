#include <entente/summary/comparison_courses.hpp>

#include <algorithm>

#include <entente/base/statistics.hpp>
#include <entente/study/ensemble.hpp>
#include <entente/summary/ensemble_summary.hpp>
#include <entente/summary/level_shares.hpp>

namespace entente {

namespace {

/// Its place among the rows of which series were kept.
std::int64_t place_of(const Results& results, const Outcome& of) {
    const std::int64_t row = std::max<std::int64_t>(of.row, 0);
    if (results.series_rows.empty()) return row;
    const std::vector<std::int64_t>& rows = results.series_rows[of.measure];
    return std::ranges::lower_bound(rows, row) - rows.begin();
}

/// An outcome's values at one moment, one a run.
std::vector<double> at_moment(const Results& results, const Outcome& of, std::int64_t moment) {
    const auto rows = static_cast<std::int64_t>(results.series_width(of.measure));
    const std::int64_t at = place_of(results, of);
    std::vector<double> values;
    for (std::int64_t run = 0; run < results.series_runs; ++run)
        values.push_back(results.series[of.measure][static_cast<std::size_t>((run * results.calendar.moments() + moment) * rows + at)]);
    return of.rule == Outcome::Rule::level ? on_level(std::move(values), of.level, of.levels) : values;
}

ComparisonCourses::Band band(const std::vector<double>& values) {
    if (count_present(values) < least_for_quantiles) return {.median = quantile(values, 0.5)};
    return {.median = quantile(values, 0.5), .q05 = quantile(values, 0.05), .q95 = quantile(values, 0.95)};
}

/// Of values that are 0 or 1: a quantile of them says little.
ComparisonCourses::Band band_of_share(const std::vector<double>& values, double confidence) {
    const std::size_t all = count_present(values);
    const auto on = static_cast<std::size_t>(std::ranges::count(values, 1.0));
    const Interval interval = wilson_interval(on, all, confidence);
    return {.median = mean(values), .q05 = interval.low, .q95 = interval.high};
}

class Courses {
public:
    Courses(const Results& baseline, Pairing pairing, double confidence, const SeriesRows& rows) : baseline_(baseline), outcomes_(outcomes(baseline)), pairing_(pairing), confidence_(confidence) {
        courses_.calendar = baseline.calendar;
        courses_.band_moments = thinned(baseline.calendar.moments(), most_course_bands);
        for (std::size_t measure = 0; measure < rows.size(); ++measure)
            for (const std::int64_t row : rows[measure]) take(measure, row);
    }

    void add(const Results& here) {
        for (std::size_t number = 0; number < taken_.size(); ++number)
            courses_.series[number].alternatives.push_back(course(here, taken_[number]));
    }

    [[nodiscard]] ComparisonCourses taken() { return std::move(courses_); }

private:
    /// A series, or one for each of its levels.
    void take(std::size_t measure, std::int64_t row) {
        for (const Outcome& one : outcomes_) {
            if (one.measure != measure || (one.row >= 0 && one.row != row)) continue;
            taken_.push_back(one);
            courses_.series.push_back({.name = one.name,
                                       .about = one.about,
                                       .unit = one.unit,
                                       .alternatives = {},
                                       .label = one.label,
                                       .is_share = one.rule == Outcome::Rule::level});
        }
    }

    [[nodiscard]] ComparisonCourses::Course course(const Results& here, const Outcome& of) const {
        ComparisonCourses::Course made;
        for (std::int64_t moment = 0; moment < here.calendar.moments(); ++moment) {
            const auto values = at_moment(here, of, moment);
            made.means.push_back(mean(values));
            if (std::ranges::binary_search(courses_.band_moments, moment))
                made.bands.push_back(of.rule == Outcome::Rule::level ? band_of_share(values, confidence_) : band(values));
            if (&here == &baseline_) continue;
            const Difference found = difference(at_moment(baseline_, of, moment), values, pairing_, confidence_);
            made.apart.push_back({found.mean, found.interval});
        }
        return made;
    }

    const Results& baseline_;
    std::vector<Outcome> outcomes_;
    Pairing pairing_;
    double confidence_;
    std::vector<Outcome> taken_;
    ComparisonCourses courses_;
};

}  // namespace

std::int64_t course_runs(std::int64_t runs, std::int64_t bytes_a_run) {
    const std::int64_t fitting = std::max<std::int64_t>(series_memory / std::max<std::int64_t>(bytes_a_run, 1), 1);
    return std::min({runs, fitting, most_course_runs});
}

SeriesRows course_rows(const Results& layout, std::span<const Outcome> outcomes) {
    SeriesRows rows(layout.measures.size());
    const auto is_series = [&](std::size_t measure) { return layout.measures[measure].form == MeasureInfo::Form::series; };
    for (std::size_t measure = 0; measure < rows.size(); ++measure)
        if (is_series(measure) && !layout.measures[measure].is_by_row()) rows[measure] = {0};
    for (const Outcome& outcome : outcomes)
        if (outcome.row >= 0 && is_series(outcome.measure)) rows[outcome.measure].push_back(outcome.row);
    for (std::vector<std::int64_t>& of_measure : rows) {
        std::ranges::sort(of_measure);
        const auto again = std::ranges::unique(of_measure);
        of_measure.erase(again.begin(), again.end());
    }
    return rows;
}

ComparisonCourses comparison_courses(std::size_t alternatives, const MakeRuns& make, Pairing pairing, double confidence, const SeriesRows& rows) {
    const Results baseline = make(0);
    Courses courses(baseline, pairing, confidence, rows);
    courses.add(baseline);
    for (std::size_t other = 1; other < alternatives; ++other) courses.add(make(other));
    return courses.taken();
}

}  // namespace entente
