// Tests: model/compile_shown.
// What maps and grids show is what series hold, however runs are cut into batches.
#include <entente/study/spatial_recorder.hpp>

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include <entente/base/statistics.hpp>
#include <entente/study/ensemble.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using Use = SpatialQuantity::Use;

/// States on a map, of which one is nowhere, and cells of a grid beside them; what is kept is measured too.
std::string places_and_cells(const std::string& grid = "{grid: {width: 6, height: 4}}", const std::string& cells = "24") {
    return R"yaml(
calendar: {start: 2020-11-01, ticks: 90, step: week}
agents:
  state:
    fields: {x: 0}
    derived: {twice: 2 * x + t}
    members: {a: {iso: AFG}, b: {position: [50, 4]}, c: {}}
  cell:
    fields: {heat: 0}
    count: )yaml" + cells + R"yaml(
links:
  beside: {source: cell, target: cell, pattern: )yaml" + grid + R"yaml(}
  tie: {source: state, target: state, fields: {w: 1}, pattern: complete}
steps:
  - {rule: walk, on: state, do: [x += normal()]}
  - {rule: warm, on: cell, do: [heat += normal()]}
measures:
  twice: {value: twice, on: state}
  x: {value: x, on: state}
  heat: {value: heat, on: cell}
)yaml";
}

constexpr std::int64_t runs_made = 40;

Results kept(const Model& model, int lanes, int threads) {
    return run_ensemble(model, {.runs = runs_made, .seed = 3, .threads = threads, .lanes = lanes, .relations = true});
}

TEST(SpatialRecorder, keeps_what_series_hold) {
    const Model model = compile(scenario_of(places_and_cells()), {.show = Shown::relations});
    ASSERT_EQ(model.spatial.size(), 3U) << "links between states are in the network";
    EXPECT_EQ(model.spatial[0].use, Use::places);
    EXPECT_TRUE(model.spatial[0].of.is_derived);
    EXPECT_EQ(model.spatial[2].use, Use::cells);
    for (const int lanes : {1, 8})
        for (const int threads : {1, 2}) {
            const Results results = kept(model, lanes, threads);
            for (std::size_t quantity = 0; quantity < 3; ++quantity) {
                const KeptCourses& course = results.spatial[quantity];
                const auto rows = static_cast<std::size_t>(course.rows);
                ASSERT_EQ(course.runs, quantity == 2 ? 6 : runs_made);
                ASSERT_EQ(course.moments, thinned(91, quantity == 2 ? 91 : 60));
                for (std::int64_t run = 0; run < course.runs; ++run)
                    for (std::size_t at = 0; at < course.moments.size(); ++at)
                        for (std::size_t row = 0; row < rows; ++row)
                            ASSERT_EQ(course.of(run, at)[row],
                                      static_cast<float>(results.series[quantity][(static_cast<std::size_t>(run) * 91 + static_cast<std::size_t>(course.moments[at])) * rows + row]))
                                << quantity << ' ' << run << ' ' << at << ' ' << row;
            }
        }
}

TEST(SpatialRecorder, changes_nothing_of_what_runs_do_and_keeps_nothing_unasked) {
    const Scenario scenario = scenario_of(places_and_cells());
    const Results plain = run_ensemble(compile(scenario), {.runs = runs_made, .seed = 3});
    EXPECT_EQ(kept(compile(scenario, {.show = Shown::relations}), 8, 1).digest, plain.digest);
    EXPECT_TRUE(plain.spatial.empty());
    EXPECT_TRUE(run_ensemble(compile(scenario, {.show = Shown::relations}), {.runs = 1}).spatial.empty());
}

TEST(SpatialRecorder, takes_room_that_is_told_before) {
    const Model model = compile(scenario_of(places_and_cells()), {.show = Shown::relations});
    const std::int64_t states = 2 * 3 * std::ssize(thinned(91, 60));
    const std::int64_t cells = 24 * 91;
    EXPECT_EQ(spatial_bytes(model, 1), 4 * (states + cells));
    EXPECT_EQ(spatial_bytes(model, runs_made), 4 * (runs_made * states + 6 * cells));
    EXPECT_EQ(spatial_bytes(model, 5000), 4 * (1000 * states + 6 * cells)) << "of the first thousand runs, and cells of six";
    std::int64_t bytes = 0;
    for (const KeptCourses& course : kept(model, 8, 1).spatial) bytes += static_cast<std::int64_t>(course.values.size() * sizeof(float));
    EXPECT_EQ(bytes, spatial_bytes(model, runs_made));
}

TEST(SpatialRecorder, keeps_fewer_moments_of_more_cells) {
    const Model million = compile(scenario_of(places_and_cells("{grid: {width: 1000, height: 1000}}", "1000000")), {.show = Shown::relations});
    EXPECT_EQ(spatial_bytes(million, 1), 4 * (2 * 3 * std::ssize(thinned(91, 60)) + 6 * std::ssize(thinned(91, 24)) + std::int64_t{16} * 1'000'000)) << "64 MB, and so large a world has no network, so that its links are arcs";
    const Model more = compile(scenario_of(places_and_cells("{grid: {width: 1025, height: 1024}}", "1049600")), {.show = Shown::relations});
    EXPECT_EQ(std::ranges::count(more.spatial, Use::cells, &SpatialQuantity::use), 0) << "no grid of more than 2^20 cells";
}

TEST(SpatialRecorder, keeps_what_was_made_where_runs_are_stopped) {
    const Model model = compile(scenario_of(places_and_cells()), {.show = Shown::relations});
    const Results stopped = run_ensemble(model, {.runs = 400, .threads = 1, .lanes = 8, .relations = true}, [](const Progress& p) { return p.runs_done < 16; });
    ASSERT_EQ(stopped.runs, 16);
    EXPECT_EQ(stopped.spatial[0].runs, 16);
    EXPECT_EQ(std::ssize(stopped.spatial[0].values), 16 * std::ssize(thinned(91, 60)) * 3);
    EXPECT_EQ(stopped.spatial[2].runs, 6);
}

}  // namespace
}  // namespace entente::test
