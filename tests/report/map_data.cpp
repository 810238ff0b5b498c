// Tests: summary/spatial, page_spatial.
#include <entente/report/map_data.hpp>

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <entente/study/ensemble.hpp>

#include "../worlds.hpp"
#include "unpacked.hpp"

namespace entente::test {
namespace {

const std::string states = R"yaml(
calendar: {start: 2020-11-01, ticks: 90, step: week}
agents:
  witness: {members: [w]}
  state:
    label: State
    fields: {x: {start: 0, unit: USD, about: what it has, label: Wealth}, standing: {start: 0, levels: [none, some]}}
    members: {a: {iso: AFG, label: Afghanistan}, b: {position: [50.5, -4]}, c: {}}
steps:
  - {rule: walk, on: state, do: [x += normal()]}
measures:
  rich: {value: first(x > 8), on: state}
  wealth: {value: x, on: state, unit: USD}
  best: {value: peak(x), on: state}
)yaml";

struct Made {
    Scenario scenario;
    Model model;
    Results results;
    Summary summary;
    std::optional<page::MapData> map;
};

Made made(const std::string& text, std::int64_t runs) {
    Made all{.scenario = scenario_of(text), .model = {}, .results = {}, .summary = {}, .map = {}};
    all.model = compile(all.scenario, {.show = Shown::relations});
    all.results = run_ensemble(all.model, {.runs = runs, .relations = true});
    all.summary = summarise(all.results);
    all.map = map_data(all.scenario, all.model, all.results, all.summary, spatial_courses(all.scenario, all.model, all.results));
    return all;
}

TEST(MapData, has_the_places_of_agents_by_country_and_position) {
    const auto [scenario, model, results, summary, map] = made(states, 30);
    ASSERT_TRUE(map);
    ASSERT_EQ(map->kinds.size(), 1U);
    EXPECT_EQ(map->kinds[0].name, "State");
    EXPECT_EQ(map->kinds[0].first, 1) << "the witness is the network's agent 0";
    const auto& rows = map->kinds[0].rows;
    ASSERT_EQ(rows.size(), 3U);
    EXPECT_EQ(rows[0].name, "Afghanistan");
    EXPECT_EQ(rows[0].iso, "AFG");
    EXPECT_TRUE(std::isnan(rows[0].latitude));
    EXPECT_EQ(rows[1].latitude, 50.5);
    EXPECT_EQ(rows[1].longitude, -4);
    EXPECT_EQ(rows[2].iso, "");
}

TEST(MapData, fills_by_measures_as_the_table_by_row_has_them) {
    const auto [scenario, model, results, summary, map] = made(states, 30);
    const auto& layers = map->kinds[0].layers;
    ASSERT_EQ(layers.size(), 5U);
    for (std::size_t m = 0; m < 3; ++m)
        for (std::size_t row = 0; row < 3; ++row) EXPECT_EQ(layers[m].values[row], page::Number(rank_value(summary.measures[m].rows[row])));
    EXPECT_TRUE(layers[0].is_share);
    EXPECT_EQ(layers[0].low[1], page::Number(summary.measures[0].rows[1].date->coming.interval.low));
    EXPECT_EQ(layers[1].unit, "USD");
    EXPECT_FALSE(layers[2].over_time) << "one value a run";
}

TEST(MapData, fills_at_each_moment_by_means_and_shares_of_the_runs) {
    const auto [scenario, model, results, summary, map] = made(states, 30);
    const auto& layers = map->kinds[0].layers;
    const std::vector<std::int64_t> moments = thinned(91, 60);
    ASSERT_EQ(map->times.size(), moments.size());
    EXPECT_EQ(map->times.front(), page::Moment{"2020-11-01"});
    const auto shares = unpacked(*layers[0].over_time);
    const auto means = unpacked(*layers[1].over_time);
    const auto of_field = unpacked(*layers[3].over_time);
    EXPECT_EQ(layers[3].name, "Wealth");
    for (std::size_t at = 0; at < moments.size(); ++at)
        for (std::size_t row = 0; row < 3; ++row) {
            double sum = 0;
            int came = 0;
            for (std::size_t run = 0; run < 30; ++run) {
                sum += results.series[1][(run * 91 + static_cast<std::size_t>(moments[at])) * 3 + row];
                came += results.final_values[0][run * 3 + row] < static_cast<double>(moments[at]) ? 1 : 0;
            }
            EXPECT_NEAR(means[at * 3 + row], sum / 30, 2e-4) << at;
            EXPECT_NEAR(of_field[at * 3 + row], sum / 30, 2e-4) << at;
            EXPECT_NEAR(shares[at * 3 + row], came / 30.0, 2e-5) << at;
        }
}

TEST(MapData, says_over_which_runs_fields_are_means_and_is_none_where_nobody_has_a_place) {
    EXPECT_EQ(made(states, 30).map->note, "");
    EXPECT_EQ(made(states, 1200).map->note, "Fields are means over 1,000 runs of 1,200.");
    EXPECT_FALSE(made("calendar: {ticks: 3}\nagents: {state: {fields: {x: 0}, members: [a]}}\n", 2).map);
}

TEST(MapData, keeps_of_many_links_those_that_are_among_the_strongest_at_some_moment) {
    std::string text = "calendar: {ticks: 20}\nagents:\n  state:\n    fields: {x: \"uniform(0, 1)\"}\n    members:\n";
    for (int i = 0; i < 210; ++i) text += fmt::format("      s{}: {{position: [{}, {}]}}\n", i, i % 80, i % 170);
    text += "links:\n  tie: {source: state, target: state, fields: {w: source.x + target.x}, pattern: complete}\n"
            "steps:\n  - {rule: drift, on: tie, do: [\"w += normal(0, 0.1)\"]}\nmeasures:\n  w: {value: w, on: tie}\n";
    const auto [scenario, model, results, summary, map] = made(text, 3);
    ASSERT_EQ(map->arcs.size(), 1U);
    const page::MapArcs& arcs = map->arcs[0];
    EXPECT_EQ(arcs.all, 210 * 209);
    ASSERT_EQ(arcs.times.size(), 21U);
    const auto values = unpacked(arcs.values);
    const std::size_t rows = 210 * 209;
    for (const std::size_t at : {std::size_t{0}, std::size_t{9}, std::size_t{20}}) {
        std::vector<double> all(rows);
        for (std::size_t run = 0; run < 3; ++run)
            for (std::size_t row = 0; row < rows; ++row) all[row] += results.series[0][(run * 21 + at) * rows + row] / 3;
        std::vector<double> found(values.begin() + static_cast<std::ptrdiff_t>(at * arcs.links.size()), values.begin() + static_cast<std::ptrdiff_t>((at + 1) * arcs.links.size()));
        std::ranges::sort(all, std::greater<>());
        std::ranges::sort(found, std::greater<>());
        for (std::size_t i = 0; i < most_arcs_drawn; ++i) EXPECT_NEAR(found[i], all[i], 1e-4) << at << ' ' << i;
    }
}

}  // namespace
}  // namespace entente::test
