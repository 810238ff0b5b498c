#include <entente/results/compare_courses.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <entente/base/statistics.hpp>
#include <entente/results/numbers.hpp>
#include <entente/study/ensemble.hpp>

namespace entente {

namespace {

/// The values of a series at one moment, one a run.
std::vector<double> at_moment(const Results& results, std::size_t measure, std::int64_t moment) {
    std::vector<double> values;
    for (std::int64_t run = 0; run < results.series_runs; ++run)
        values.push_back(results.series[measure][static_cast<std::size_t>(run * results.calendar.moments() + moment)]);
    return values;
}

class Courses {
public:
    Courses(const Results& baseline, Pairing pairing, double confidence, const Sink& sink)
        : baseline_(baseline), pairing_(pairing), confidence_(confidence), sink_(sink) {}

    void write(const std::string& name, const Results& here) const {
        for (std::size_t measure = 0; measure < here.measures.size(); ++measure) {
            if (here.measures[measure].form != MeasureInfo::Form::series) continue;
            for (std::int64_t moment = 0; moment < here.calendar.moments(); ++moment) {
                const auto values = at_moment(here, measure, moment);
                sink_(fmt::format("{},{},{},{},{}\n", tick_cell(here.calendar, static_cast<double>(moment)),
                                  csv_cell(here.measures[measure].name), csv_cell(name), exact(mean(values)),
                                  difference_cells(here, measure, moment, values)));
            }
        }
    }

private:
    [[nodiscard]] std::string difference_cells(const Results& here, std::size_t measure, std::int64_t moment,
                                               std::span<const double> values) const {
        if (&here == &baseline_) return ",,";
        const Difference found = difference(at_moment(baseline_, measure, moment), values, pairing_, confidence_);
        return fmt::format("{},{},{}", exact(found.mean), exact(found.interval.low), exact(found.interval.high));
    }

    const Results& baseline_;
    Pairing pairing_;
    double confidence_;
    const Sink& sink_;
};

}  // namespace

std::int64_t course_runs(std::int64_t runs, std::int64_t bytes_a_run) {
    const std::int64_t fitting = std::max<std::int64_t>(series_memory / std::max<std::int64_t>(bytes_a_run, 1), 1);
    return std::min({runs, fitting, most_course_runs});
}

void write_courses(const std::vector<std::string>& alternatives, const MakeRuns& make, Pairing pairing, double confidence,
                   const Sink& sink) {
    sink("date,measure,alternative,mean,difference,low,high\n");
    const Results baseline = make(0);
    const Courses courses(baseline, pairing, confidence, sink);
    courses.write(alternatives[0], baseline);
    for (std::size_t other = 1; other < alternatives.size(); ++other) courses.write(alternatives[other], make(other));
}

}  // namespace entente
