#include <entente/summary/spatial.hpp>

#include <algorithm>

namespace entente {

SpatialCourse described(const Scenario& scenario, const SpatialQuantity& quantity) {
    const auto at = static_cast<std::size_t>(quantity.of.number);
    const auto words = [](const auto& one) { return one.remarks.label.empty() ? one.name : one.remarks.label; };
    SpatialCourse course{.use = quantity.use, .kind = quantity.of.kind, .name = {}, .unit = {}, .about = {}, .range = {}, .levels = {}, .of = quantity.of, .moments = {}, .values = {}};
    if (quantity.of.is_derived) {
        const Derived& derived = scenario.derived(course.kind)[at];
        course.name = words(derived);
        course.unit = derived.unit_told();
        course.about = derived.remarks.about;
        return course;
    }
    const Field& field = scenario.fields(course.kind)[at];
    course.name = words(field);
    course.unit = field.unit;
    course.about = field.remarks.about;
    course.range = field.range;
    for (const Level& level : field.levels) course.levels.push_back(level.label.empty() ? level.name : level.label);
    return course;
}

namespace {

/// Sums are taken in run order, so that they depend on nothing else.
void take_means(const Results& results, const KeptCourses& kept, SpatialCourse& course) {
    course.moments = kept.moments;
    course.values.assign(kept.moments.size() * course.rows, 0);
    for (std::int64_t run = 0; run < kept.runs; ++run) {
        if (results.failed(results.first_run + run)) continue;
        ++course.runs;
        double* sum = course.values.data();
        for (std::size_t moment = 0; moment < kept.moments.size(); ++moment)
            for (const float value : kept.of(run, moment)) *sum++ += static_cast<double>(value);
    }
    for (double& value : course.values) value /= static_cast<double>(course.runs);
}

}  // namespace

std::vector<SpatialCourse> spatial_courses(const Scenario& scenario, const Model& model, const Results& results) {
    std::vector<SpatialCourse> courses;
    for (std::size_t number = 0; number < results.spatial.size(); ++number) {
        const KeptCourses& kept = results.spatial[number];
        if (kept.runs == 0 || kept.rows == 0 || model.spatial[number].use == SpatialQuantity::Use::cells) continue;
        SpatialCourse course = described(scenario, model.spatial[number]);
        course.made = kept.runs;
        course.rows = static_cast<std::size_t>(kept.rows);
        take_means(results, kept, course);
        if (course.runs > 0 && !course.moments.empty()) courses.push_back(std::move(course));
    }
    return courses;
}

const KeptCourses* kept_of(const Model& model, const Results& results, const ShownQuantity& quantity) {
    for (std::size_t number = 0; number < results.spatial.size(); ++number) {
        const ShownQuantity& own = model.spatial[number].of;
        if (own.kind == quantity.kind && own.is_derived == quantity.is_derived && own.number == quantity.number) return &results.spatial[number];
    }
    return nullptr;
}

}  // namespace entente
