#include <entente/report/grid_data.hpp>

#include <cmath>
#include <string>

#include <fmt/format.h>
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
    made.grids = grids_data(scenario, model, made.results);
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
    const auto states = unpacked(grid.fields[0].runs[0]);
    const auto heats = unpacked(grid.fields[1].runs[0]);
    const double step = (grid.fields[1].runs[0].high - grid.fields[1].runs[0].low) / 254;
    for (std::size_t i = 0; i < std::size_t{91} * 24; ++i) {
        ASSERT_EQ(std::lround(states[i]), std::lround(results.series[0][i])) << i;
        ASSERT_NEAR(heats[i], results.series[1][i], 0.51 * step) << i;
    }
    EXPECT_EQ(grid.note, "All 5 runs: means over runs would wash patterns out.");
}

TEST(GridData, has_the_runs_that_are_told_in_their_order_between_the_same_bounds) {
    const Scenario scenario = scenario_of(cells("{width: 6, height: 4}", "24", "heat += normal(), state = bernoulli(0.3)"));
    const Model model = compile(scenario, {.show = Shown::relations});
    const RunPlan plan{.runs = 9, .series_runs = 9, .relations = true};
    const Results results = run_ensemble(model, plan);
    Told told{.model = compile(scenario, {.show = Shown::replay, .chances = true}), .stories = {}};
    const std::vector<std::int64_t> numbers = {7, 2, 8};
    for (const std::int64_t run : numbers) told.stories.push_back(story_of(told.model, plan, run));
    const auto grids = grids_data(scenario, model, results, told);
    ASSERT_EQ(grids.size(), 1U);
    EXPECT_EQ(grids[0].runs, numbers);
    EXPECT_EQ(grids[0].note, "The 3 runs that are told one by one: means over runs would wash patterns out.");
    for (std::size_t i = 0; i < 3; ++i) {
        const auto first = static_cast<std::size_t>(numbers[i]) * 91 * 24;
        const page::PackedNumbers& heat = grids[0].fields[1].runs[i];
        EXPECT_EQ(heat.low, grids[0].fields[1].runs[0].low);
        EXPECT_EQ(heat.high, grids[0].fields[1].runs[0].high);
        const auto states = unpacked(grids[0].fields[0].runs[i]);
        const auto heats = unpacked(heat);
        for (std::size_t at = 0; at < std::size_t{91} * 24; ++at) {
            ASSERT_EQ(std::lround(states[at]), std::lround(results.series[0][first + at])) << numbers[i] << ' ' << at;
            ASSERT_NEAR(heats[at], results.series[1][first + at], 0.51 * (heat.high - heat.low) / 254) << numbers[i] << ' ' << at;
        }
    }
}

TEST(GridData, leaves_out_runs_rather_than_most_moments) {
    const auto size = [](const page::GridData& grid) {
        std::size_t bytes = 0;
        for (const page::GridField& field : grid.fields)
            for (const page::PackedNumbers& run : field.runs) bytes += run.bytes.size();
        return bytes;
    };
    const auto [some, fewer] = made_grid(cells("{width: 120, height: 120}", "14400", "heat += normal()"), 6);
    ASSERT_EQ(fewer.size(), 1U);
    EXPECT_GT(fewer[0].runs.size(), 1U);
    EXPECT_LT(fewer[0].runs.size(), 6U);
    EXPECT_GE(fewer[0].times.size(), 20U);
    EXPECT_LE(size(fewer[0]), most_grid_bytes);
    EXPECT_NE(fewer[0].note.find(fmt::format("The first {} of 6 runs", fewer[0].runs.size())), std::string::npos) << fewer[0].note;
    const auto [all, one] = made_grid(cells("{width: 300, height: 300}", "90000", "heat += normal()"), 3);
    EXPECT_EQ(one[0].runs, std::vector<std::int64_t>{0});
    EXPECT_LE(size(one[0]), most_grid_bytes);
    EXPECT_NE(one[0].note.find("Run 0, the first of 3"), std::string::npos) << one[0].note;
}

TEST(GridData, thins_moments_until_all_fit_and_says_so) {
    const auto [results, grids] = made_grid(cells("{width: 300, height: 300}", "90000", "heat += normal()"), 1);
    ASSERT_EQ(grids.size(), 1U);
    const page::GridData& grid = grids[0];
    std::size_t bytes = 0;
    for (const page::GridField& field : grid.fields)
        for (const page::PackedNumbers& run : field.runs) bytes += run.bytes.size();
    EXPECT_LE(bytes, most_grid_bytes);
    EXPECT_GT(bytes, most_grid_bytes / 4) << "no more moments are left out than must be";
    EXPECT_EQ(grid.times.back(), page::Moment{90.0});
    EXPECT_LT(grid.times.size(), 40U);
    EXPECT_NE(grid.note.find("moments are kept"), std::string::npos);
    const auto heats = unpacked(grid.fields[1].runs[0]);
    EXPECT_NEAR(heats.back(), results.series[1].back(), 0.2) << "the last moment is the last";
}

TEST(GridData, shows_what_came_before_a_failure) {
    const auto [results, grids] = made_grid(cells("{width: 6, height: 4}", "24", "heat = 1 / (30 - t)"), 2);
    ASSERT_EQ(results.failures.size(), 2U);
    ASSERT_EQ(grids.size(), 1U);
    EXPECT_EQ(std::ssize(grids[0].times), results.failures[0].tick + 1);
    EXPECT_NE(grids[0].note.find("Runs 0 and 1 failed; shown is what came before."), std::string::npos) << grids[0].note;
}

}  // namespace
}  // namespace entente::test
