#include <entente/output/comparison_tables.hpp>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/output/table_formats.hpp>

namespace entente {

void write_differences(const ComparedRuns& runs, const Comparison& comparison, const Sink& sink) {
    sink(table_head(ResultTable::differences));
    for (const OutcomeComparison& compared : comparison.outcomes) {
        for (std::size_t i = 0; i < compared.versus.size(); ++i) {
            const Difference& found = compared.versus[i].difference;
            const double reduction = found.of_pairs ? found.of_pairs->variance_reduction : Results::missing;
            sink(fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", csv_cell(compared.outcome.name), csv_cell(runs.alternatives[i + 1].name),
                             exact(compared.versus[i].mean_baseline), exact(compared.versus[i].mean), exact(found.mean),
                             exact(found.interval.low), exact(found.interval.high), pairing_name(found.pairing), exact(reduction),
                             found.of_b, found.left_out));
        }
    }
}

void write_curves(const ComparedRuns& runs, const Comparison& comparison, const Sink& sink) {
    const Calendar& calendar = runs.layout.calendar;
    sink(table_head(ResultTable::curves));
    for (const DateComparison& compared : comparison.dates) {
        for (std::size_t i = 0; i < compared.alternatives.size(); ++i) {
            for (const ArrivalStep& step : compared.alternatives[i].curve)
                sink(fmt::format("{},{},{},{},{},{},{}\n", csv_cell(compared.name), csv_cell(runs.alternatives[i].name), exact(step.time),
                                 calendar.is_dated() ? tick_cell(calendar, step.time) : "", exact(step.share), exact(step.interval.low),
                                 exact(step.interval.high)));
        }
    }
}

void write_courses(const ComparisonCourses& courses, const std::vector<std::string>& alternatives, const Sink& sink) {
    sink(table_head(ResultTable::courses));
    for (std::size_t i = 0; i < alternatives.size(); ++i) {
        for (const ComparisonCourses::Series& series : courses.series) {
            const ComparisonCourses::Course& course = series.alternatives[i];
            for (std::size_t moment = 0; moment < course.means.size(); ++moment) {
                const ComparisonCourses::Apart apart = i > 0 ? course.apart[moment] : ComparisonCourses::Apart{};
                sink(fmt::format("{},{},{},{},{},{},{}\n", tick_cell(courses.calendar, static_cast<double>(moment)), csv_cell(series.name),
                                 csv_cell(alternatives[i]), exact(course.means[moment]), exact(apart.mean), exact(apart.interval.low),
                                 exact(apart.interval.high)));
            }
        }
    }
}

}  // namespace entente
