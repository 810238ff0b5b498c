#include <entente/report/grid_data.hpp>

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include <entente/study/ensemble.hpp>

#include "../worlds.hpp"
#include "unpacked.hpp"

namespace entente::test {
namespace {

std::string cells(const std::string& size, const std::string& count, const std::string& statement) {
    return R"yaml(
calendar: {ticks: 90}
agents:
  cell:
    label: Cell
    fields: {state: {start: bernoulli(0.5), levels: [healthy, {name: ill, label: Is ill}]}, heat: {start: 0, unit: K}}
    count: )yaml" + count + R"yaml(
links:
  beside: {source: cell, target: cell, pattern: {grid: )yaml" + size + R"yaml(}}
steps:
  - {rule: warm, on: cell, do: [)yaml" + statement + R"yaml(]}
measures:
  state: {value: state, on: cell}
  heat: {value: heat, on: cell}
)yaml";
}

struct MadeGrid {
    Results results;
    std::vector<page::GridData> grids;
};

MadeGrid made_grid(const std::string& text, std::int64_t runs) {
    const Scenario scenario = scenario_of(text);
    const Model model = compile(scenario, {.show = Shown::relations});
    MadeGrid made{.results = run_ensemble(model, {.runs = runs, .series_runs = 1, .relations = true}), .grids = {}};
    made.grids = grids_data(scenario, model, made.results, spatial_courses(scenario, model, made.results));
    return made;
}

TEST(GridData, has_the_cells_of_the_first_run_at_every_moment) {
    const auto [results, grids] = made_grid(cells("{width: 6, height: 4}", "24", "heat += normal(), state = bernoulli(0.3)"), 5);
    ASSERT_EQ(grids.size(), 1U);
    const page::GridData& grid = grids[0];
    EXPECT_EQ(grid.kind, "Cell");
    EXPECT_EQ(grid.width, 6);
    EXPECT_EQ(grid.height, 4);
    EXPECT_EQ(grid.times.size(), 91U);
    ASSERT_EQ(grid.fields.size(), 2U);
    EXPECT_EQ(grid.fields[0].levels, (std::vector<std::string>{"healthy", "Is ill"}));
    EXPECT_TRUE(grid.fields[0].whole);
    EXPECT_FALSE(grid.fields[1].whole);
    const auto states = unpacked(grid.fields[0].values);
    const auto heats = unpacked(grid.fields[1].values);
    const double step = (grid.fields[1].values.high - grid.fields[1].values.low) / 254;
    for (std::size_t i = 0; i < std::size_t{91} * 24; ++i) {
        ASSERT_EQ(std::lround(states[i]), std::lround(results.series[0][i])) << i;
        ASSERT_NEAR(heats[i], results.series[1][i], 0.51 * step) << i;
    }
    EXPECT_EQ(grid.note, "Run 0, the first of 5: means over runs would wash patterns out.");
}

TEST(GridData, thins_moments_until_all_fit_and_says_so) {
    const auto [results, grids] = made_grid(cells("{width: 300, height: 300}", "90000", "heat += normal()"), 1);
    ASSERT_EQ(grids.size(), 1U);
    const page::GridData& grid = grids[0];
    std::size_t bytes = 0;
    for (const page::GridField& field : grid.fields) bytes += field.values.bytes.size();
    EXPECT_LE(bytes, most_grid_bytes);
    EXPECT_GT(bytes, most_grid_bytes / 4) << "no more moments are left out than must be";
    EXPECT_EQ(grid.times.back(), page::Moment{90.0});
    EXPECT_LT(grid.times.size(), 40U);
    EXPECT_NE(grid.note.find("moments are kept"), std::string::npos);
    const auto heats = unpacked(grid.fields[1].values);
    EXPECT_NEAR(heats.back(), results.series[1].back(), 0.2) << "the last moment is the last";
}

TEST(GridData, shows_what_came_before_a_failure) {
    const auto [results, grids] = made_grid(cells("{width: 6, height: 4}", "24", "heat = 1 / (30 - t)"), 2);
    ASSERT_EQ(results.failures.size(), 2U);
    ASSERT_EQ(grids.size(), 1U);
    EXPECT_EQ(std::ssize(grids[0].times), results.failures[0].tick + 1);
    EXPECT_NE(grids[0].note.find("It failed; shown is what came before."), std::string::npos);
}

}  // namespace
}  // namespace entente::test
