/// What maps show over time: means by agent or link over runs; and what quantities on maps and grids are called.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <entente/model/model.hpp>
#include <entente/study/run_results.hpp>

namespace entente {

struct SpatialCourse {
    SpatialQuantity::Use use = SpatialQuantity::Use::places;
    KindId kind;
    std::string name;  ///< in people's words, as `unit` and `about`
    std::string unit;
    std::string about;
    Range range;
    std::vector<std::string> levels;    ///< names of its values 0, 1, 2, …; mostly none
    ShownQuantity of;                   ///< in the model that made it
    std::vector<std::int64_t> moments;
    std::int64_t made = 0;              ///< of so many first runs …
    std::int64_t runs = 0;              ///< … those that did not fail, over which means are taken
    std::size_t rows = 0;
    std::vector<double> values;  ///< [moment * rows + row]: means over the runs
};

/// What the quantity is called, without values.
SpatialCourse described(const Scenario& scenario, const SpatialQuantity& quantity);

/// What `results` hold of places and arcs, of runs that were planned with RunPlan::relations; quantities of which every run failed are left out. `model` is
/// what made them, compiled with Shown::relations.
std::vector<SpatialCourse> spatial_courses(const Scenario& scenario, const Model& model, const Results& results);

/// The same quantity in results of another model of the scenario; null where these keep none of it.
const KeptCourses* kept_of(const Model& model, const Results& results, const ShownQuantity& quantity);

}  // namespace entente
