// Tests: map_data, map_runs, summary/spatial, page_spatial.
#include <entente/report/map_data.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <entente/base/statistics.hpp>
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

/// The map of 30 runs of which some are told.
struct ToldMap {
    Made made;
    Told told;
    std::vector<std::int64_t> numbers;
};

ToldMap told_map(const std::string& text, std::vector<std::int64_t> numbers) {
    ToldMap all{.made = {.scenario = scenario_of(text), .model = {}, .results = {}, .summary = {}, .map = {}}, .told = {}, .numbers = std::move(numbers)};
    Made& made = all.made;
    made.model = compile(made.scenario, {.show = Shown::relations});
    const RunPlan plan{.runs = 30, .series_runs = 30, .relations = true};
    made.results = run_ensemble(made.model, plan);
    made.summary = summarise(made.results);
    all.told.model = compile(made.scenario, {.show = Shown::replay, .chances = true});
    for (const std::int64_t run : all.numbers) all.told.stories.push_back(story_of(all.told.model, plan, run));
    made.map = map_data(made.scenario, made.model, made.results, made.summary, spatial_courses(made.scenario, made.model, made.results), all.told);
    return all;
}

TEST(MapData, has_measures_by_row_in_each_run_that_is_told) {
    const auto [made, told, numbers] = told_map(states, {12, 3});
    const auto& layers = made.map->kinds[0].layers;
    const auto moments = thinned(91, 60);
    const auto came = unpacked(*layers[0].in_runs);
    const auto wealth = unpacked(*layers[1].in_runs);
    const auto best = unpacked(*layers[2].in_runs);
    ASSERT_EQ(came.size(), 2U * 3);
    ASSERT_EQ(wealth.size(), 2 * moments.size() * 3);
    ASSERT_EQ(best.size(), 2U * 3);
    const auto step = [](const page::PackedNumbers& packed) { return 0.51 * (packed.high - packed.low) / 65534; };
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t row = 0; row < 3; ++row) {
            const auto run = static_cast<std::size_t>(numbers[i]);
            const double tick = made.results.final_values[0][run * 3 + row];
            if (std::isnan(tick)) EXPECT_TRUE(std::isnan(came[i * 3 + row]));
            else EXPECT_NEAR(came[i * 3 + row], page::days_or_ticks(made.results.calendar, tick), step(*layers[0].in_runs) + 1e-9);
            EXPECT_NEAR(best[i * 3 + row], made.results.final_values[2][run * 3 + row], step(*layers[2].in_runs));
            for (std::size_t at = 0; at < moments.size(); ++at)
                EXPECT_NEAR(wealth[(i * moments.size() + at) * 3 + row], made.results.series[1][(run * 91 + static_cast<std::size_t>(moments[at])) * 3 + row],
                            step(*layers[1].in_runs));
        }
    EXPECT_FALSE(layers[3].in_runs) << "fields of so few agents are told by the replay";
    EXPECT_TRUE(layers[3].is_state);
    EXPECT_FALSE(layers[1].is_state);
    EXPECT_EQ(layers[4].levels, (std::vector<std::string>{"none", "some"}));
}

/// More agents than a replay shows, each of which is somewhere, and links between all of them.
std::string many_states(int count) {
    std::string members;
    for (int i = 0; i < count; ++i) members += fmt::format("{}s{}: {{position: [{}, {}]}}", i == 0 ? "" : ", ", i, i % 90, i % 170);
    return R"yaml(
calendar: {ticks: 20}
agents:
  state: {fields: {x: 0}, members: {)yaml" + members + R"yaml(}}
links:
  tie: {source: state, target: state, pattern: complete, fields: {trade: "uniform(0, 1)"}}
steps:
  - {rule: walk, on: state, do: [x += normal()]}
  - {rule: shift, on: tie, do: ["trade = 0.99 * trade + 0.01 * uniform(0, 1)"]}
measures:
  x: {value: x, on: state}
)yaml";
}

TEST(MapData, has_fields_and_strongest_links_of_runs_in_worlds_that_no_replay_shows) {
    const auto [made, told, numbers] = told_map(many_states(210), {4, 29});
    const auto& map = *made.map;
    const page::MapLayer& field = map.kinds[0].layers[1];
    ASSERT_TRUE(field.is_state && field.in_runs);
    const auto x = unpacked(*field.in_runs);
    ASSERT_EQ(x.size(), std::size_t{2} * 21 * 210);
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t at = 0; at < 21; ++at)
            for (std::size_t row = 0; row < 210; ++row)
                ASSERT_NEAR(x[(i * 21 + at) * 210 + row], made.results.series[0][(static_cast<std::size_t>(numbers[i]) * 21 + at) * 210 + row], 1e-3);
    ASSERT_EQ(map.arcs.size(), 1U);
    const page::MapArcs& arcs = map.arcs[0];
    ASSERT_TRUE(arcs.in_runs);
    const auto trade = unpacked(*arcs.in_runs);
    ASSERT_EQ(trade.size(), 2 * arcs.times.size() * arcs.links.size());
    const Table& table = made.model.tables[made.model.spatial.back().of.kind];
    for (std::size_t i = 0; i < 2; ++i) {
        const Results alone = run_ensemble(made.model, {.runs = 1, .relations = true, .first_run = numbers[i]});
        const KeptCourses& kept = alone.spatial.back();
        std::size_t drawn = 0;
        const auto last = kept.of(0, kept.moments.size() - 1);
        std::vector<float> sorted(last.begin(), last.end());
        std::ranges::sort(sorted, std::greater());
        for (std::int64_t link = 0; link < kept.rows; ++link) {
            const std::pair ends(static_cast<int>(table.source[static_cast<std::size_t>(link)]), static_cast<int>(table.target[static_cast<std::size_t>(link)]));
            const auto at = std::ranges::find(arcs.links, ends);
            const float value = last[static_cast<std::size_t>(link)];
            if (at == arcs.links.end()) continue;
            const std::size_t last_moment = (i + 1) * arcs.times.size() - 1;
            EXPECT_NEAR(trade[last_moment * arcs.links.size() + static_cast<std::size_t>(at - arcs.links.begin())], value, 0.51 / 254);
            if (value >= sorted[most_arcs_drawn - 1]) ++drawn;
        }
        EXPECT_EQ(drawn, most_arcs_drawn) << "the strongest links of the run itself are there";
    }
}

}  // namespace
}  // namespace entente::test
