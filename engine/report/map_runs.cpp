#include <entente/report/map_runs.hpp>

#include <fmt/format.h>

#include <entente/base/wording.hpp>
#include <entente/report/page_numbers.hpp>

namespace entente {

namespace {

constexpr int fine_in_runs = 2;  ///< bytes a number
constexpr std::size_t most_left_out_told = 5;

/// Values of a measure by row in one run, as MapLayer::in_runs has them.
void add_run(const Story& story, std::size_t measure, std::span<const std::int64_t> moments, std::vector<double>& values) {
    const Results& run = story.results;
    const MeasureInfo& info = run.measures[measure];
    const std::size_t rows = info.width();
    switch (info.form) {
        case MeasureForm::series:
            for (const std::int64_t moment : moments)
                for (std::size_t row = 0; row < rows; ++row)
                    values.push_back(story.failed() || run.series_runs == 0 ? Results::missing : run.series[measure][static_cast<std::size_t>(moment) * rows + row]);
            return;
        case MeasureForm::date:
            for (std::size_t row = 0; row < rows; ++row) values.push_back(page::days_or_ticks(run.calendar, run.final_values[measure][row]));
            return;
        case MeasureForm::scalar:
        case MeasureForm::yearly:
            values.insert(values.end(), run.final_values[measure].begin(), run.final_values[measure].end());
            return;
    }
}

}  // namespace

std::optional<page::PackedNumbers> MapRuns::within(const std::string& name, std::span<const double> values, int width) {
    if (values.empty()) return {};
    page::PackedNumbers packed = page::packed(values, width);
    if (bytes_ + packed.bytes.size() > most_map_run_bytes) {
        without_.push_back(name);
        return {};
    }
    bytes_ += packed.bytes.size();
    return packed;
}

std::optional<page::PackedNumbers> MapRuns::measure(std::size_t measure, std::span<const std::int64_t> moments) {
    std::vector<double> values;
    for (const Story& story : told_.stories) add_run(story, measure, moments, values);
    return values.empty() ? std::nullopt : within(told_.stories.front().results.measures[measure].told(), values, fine_in_runs);
}

std::vector<const KeptCourses*> MapRuns::kept(const SpatialCourse& course) const {
    std::vector<const KeptCourses*> all;
    for (const Story& story : told_.stories) {
        const KeptCourses* of_run = kept_of(told_.model, story.results, course.of);
        if (of_run == nullptr || of_run->runs == 0 || story.failed() || of_run->moments != course.moments) return {};
        all.push_back(of_run);
    }
    return all;
}

std::optional<page::PackedNumbers> MapRuns::quantity(const SpatialCourse& course, std::span<const std::size_t> rows) {
    std::vector<double> values;
    for (const KeptCourses* run : kept(course))
        for (std::size_t moment = 0; moment < course.moments.size(); ++moment)
            for (const std::size_t row : rows) values.push_back(static_cast<double>(run->of(0, moment)[row]));
    return within(course.name, values, course.use == SpatialQuantity::Use::arcs ? 1 : fine_in_runs);
}

std::string MapRuns::left_out() const {
    if (without_.empty()) return "";
    return fmt::format("Of single runs the map leaves out {} for {} size.", listed(without_, most_left_out_told), without_.size() == 1 ? "its" : "their");
}

}  // namespace entente
