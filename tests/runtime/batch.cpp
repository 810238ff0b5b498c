// Tests: batch_parts, batch_programs.
// A batch: many runs in lockstep, each the run that it would be alone.
#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

/// Draws in starts, rules and events; sums over links; a parameter in rates, exponents and chances.
const std::string lively = R"yaml(
calendar: {start: 2021-01-01, ticks: 30, step: month}
parameters: {pull: {value: 0.7, range: [0, 5]}, heat: 1.5, unused: 3}
agents:
  state:
    fields: {x: normal(), y: "pull * uniform()", z: {start: 0, range: [-5, 5]}}
    derived: {strain: abs(x) ** pull}
    members: [a, b, c, d, e]
links:
  tie: {source: state, target: state, fields: {w: "uniform(-1, 1)", n: 0}, pattern: {ring: {k: 2}}}
steps:
  - {rule: drift, on: state, do: ["x = toward(x, mean(r.target.x for r in tie.out(self)), pull) + normal(0, heat * 0.1)", "z += pull * strain * dt"]}
  - {event: spark, on: tie, rate: "heat * logistic(w * pull)", do: [n += 1, target.x += pull, w *= 0.9]}
  - {event: call, on: tie, choice: "pull * w", temperature: heat, outside: pull, do: [reverse.w += 0.1 * heat]}
  - {event: shots, on: state, count: "heat * pull ** 2", do: [y += shots]}
timeline:
  - {date: 2021-06-10, set: {"state[a].z": "pull - heat", "state[b].z": pull}}
  - {date: 2021-07-01, event: spark, on: a -> b}
measures:
  x: "state[a].x"
  z: "peak(state[b].z) * pull"
  n: "total(sum(r.spark for r in tie))"
)yaml";

/// All fields after all ticks, lane by lane.
std::vector<std::vector<double>> ends(const Model& model, Batch& batch) {
    for (std::int64_t tick = 0; tick < model.calendar.ticks(); ++tick) batch.tick();
    batch.measure_over_time();
    std::vector<std::vector<double>> found(static_cast<std::size_t>(batch.lanes()));
    const auto take = [&](ColumnId column) {
        for (std::int64_t row = 0; row < model.rows_of(column); ++row)
            for (std::size_t lane = 0; lane < found.size(); ++lane) found[lane].push_back(batch.lanes_of(column, row)[lane]);
    };
    for (const auto& fields : model.field_columns)
        for (const ColumnId column : fields) take(column);
    for (const CompiledMeasure& measure : model.measures) take(measure.value);
    return found;
}

TEST(Batch, a_parameter_that_varies_gives_the_bits_of_one_that_is_folded) {
    const Scenario scenario = scenario_of(lively);
    const Model varied = compile(scenario, {{*scenario.schema.parameter("pull"), *scenario.schema.parameter("heat")}});
    std::vector<double> pulls;
    std::vector<double> heats;
    for (int lane = 0; lane < 512; ++lane) pulls.push_back(0.1 * (lane % 11)), heats.push_back(1 + 0.25 * (lane % 3));
    for (const Kernels* kernels : available_kernels())
        for (const int lanes : {8, 64, 512}) {
            Batch batch(varied, lanes, *kernels);
            const auto take = [&](const std::vector<double>& values) { return std::vector<double>(values.begin(), values.begin() + lanes); };
            batch.begin(5, 100, {take(pulls), take(heats), {}});
            const auto together = ends(varied, batch);
            for (const int lane : {0, 1, 2, 5, 7, lanes - 1}) {
                const auto at = static_cast<std::size_t>(lane);
                const Model folded = compile(with_setting(with_setting(scenario, fmt::format("pull={}", pulls[at])), fmt::format("heat={}", heats[at])));
                Batch alone(folded, 1, *kernels);
                alone.begin(5, 100 + lane);
                ASSERT_TRUE(same_bits(together[at], ends(folded, alone)[0])) << kernels->name << ", lane " << lane << " of " << lanes;
            }
        }
}

TEST(Batch, a_parameter_that_may_vary_but_is_not_given_has_its_value) {
    const Scenario scenario = scenario_of(lively);
    const Model varied = compile(scenario, {{*scenario.schema.parameter("pull")}});
    const Model folded = compile(scenario);
    Batch one(varied, 8, choose_kernels(""));
    Batch other(folded, 8, choose_kernels(""));
    one.begin(5, 0);
    other.begin(5, 0);
    EXPECT_EQ(ends(varied, one), ends(folded, other));
}

TEST(Batch, begun_again_is_as_new) {
    const Model model = compile(scenario_of(lively));
    Batch batch(model, 64, choose_kernels(""));
    batch.begin(3, 10);
    const auto first = ends(model, batch);
    batch.begin(4, 500);
    EXPECT_NE(ends(model, batch), first);
    batch.begin(3, 10);
    EXPECT_EQ(ends(model, batch), first);
}

TEST(Batch, begun_again_after_a_failure_has_forgotten_it) {
    const Model model = compile(scenario_of("agents: {state: {fields: {x: \"uniform(-1, 1)\"}, members: [a]}}\nsteps: [{rule: r, on: state, do: [x = sqrt(x)]}]"));
    Batch batch(model, 8, choose_kernels(""));
    batch.begin(1, 0);
    batch.tick();
    const std::size_t failures = batch.failures().size();
    ASSERT_GT(failures, 0U);
    batch.begin(1, 0);
    EXPECT_TRUE(batch.failures().empty());
    EXPECT_FALSE(batch.failed(batch.lanes() - 1));
    batch.tick();
    EXPECT_EQ(batch.failures().size(), failures);
}

TEST(Batch, tells_where_it_is) {
    const Model model = compile(scenario_of(lively));
    Batch batch(model, 8, choose_kernels(""));
    batch.begin(3, 10);
    EXPECT_EQ(batch.lanes(), 8);
    EXPECT_EQ(batch.run_of(0), 10);
    EXPECT_EQ(batch.run_of(7), 17);
    EXPECT_EQ(batch.next_tick(), 0);
    batch.tick();
    EXPECT_EQ(batch.next_tick(), 1);
}

TEST(Batch, gives_a_run_the_same_values_on_whichever_lane_it_stands) {
    const Model model = compile(scenario_of(lively));
    const std::vector<std::uint64_t> runs{5, 5, 0, 4'000'000'000, 7, 1, 6, 2};
    for (const Kernels* kernels : available_kernels()) {
        Batch mixed(model, 8, *kernels);
        mixed.begin(3, runs);
        for (int tick = 0; tick < 3; ++tick) mixed.tick();
        for (int lane = 0; lane < 8; ++lane) {
            Batch alone(model, 1, *kernels);
            alone.begin(3, static_cast<std::int64_t>(runs[static_cast<std::size_t>(lane)]));
            for (int tick = 0; tick < 3; ++tick) alone.tick();
            for (const auto& fields : model.field_columns)
                for (const ColumnId column : fields)
                    for (std::int64_t row = 0; row < model.rows_of(column); ++row)
                        ASSERT_EQ(mixed.lanes_of(column, row)[static_cast<std::size_t>(lane)], alone.lanes_of(column, row)[0])
                            << kernels->name << ", run " << mixed.run_of(lane) << ", row " << row;
        }
    }
}

TEST(Batch, two_in_one_process_do_not_disturb_each_other) {
    const Model model = compile(scenario_of(lively));
    const Model other_model = compile(scenario_of("agents: {cell: {count: 50, fields: {x: normal()}}}\nsteps: [{rule: r, on: cell, do: [x += normal()]}]"));
    Batch alone(model, 8, choose_kernels(""));
    alone.begin(3, 10);
    const auto expected = ends(model, alone);
    Batch one(model, 8, choose_kernels(""));
    Batch two(model, 64, choose_kernels("portable"));
    Batch three(other_model, 8, choose_kernels(""));
    one.begin(3, 10), two.begin(9, 0), three.begin(1, 0);
    for (int tick = 0; tick < 29; ++tick) one.tick(), three.tick(), two.tick(), three.tick();
    one.tick(), one.measure_over_time();
    const ColumnId x = model.field_columns[{0}][{0}];
    for (std::size_t lane = 0; lane < 8; ++lane) EXPECT_EQ(one.lanes_of(x, 0)[lane], expected[lane][0]);
}

TEST(Batch, takes_many_lanes_for_small_worlds_and_one_for_large_worlds_and_single_runs) {
    const Model small = compile(scenario_of(lively));
    EXPECT_EQ(suitable_lanes(small, 1), 1);
    EXPECT_EQ(suitable_lanes(small, 2), 8);
    EXPECT_EQ(suitable_lanes(small, 60), 64);
    EXPECT_GE(suitable_lanes(small, 1000000), 256);
    const Model large = compile(scenario_of("agents: {cell: {count: 300000, fields: {x: 0, y: 'uniform(0, 1)'}}}\nsteps: [{rule: r, on: cell, do: [x = y]}]"));
    EXPECT_EQ(suitable_lanes(large, 1000), 1);
    const Model idle = compile(scenario_of("agents: {cell: {count: 300000, fields: {x: 0, y: 0}}}\nsteps: [{rule: r, on: cell, do: [x = y]}]"));
    EXPECT_EQ(suitable_lanes(idle, 1000), 64) << "a tick has nothing in hand, and the state of so many runs takes 307 MB";
}

TEST(Batch, the_model_counts_its_rows_and_its_bytes) {
    const Model model = compile(scenario_of("agents: {cell: {count: 300, fields: {x: 0, y: 0}}}\nsteps: [{rule: r, on: cell, do: [x = y]}, {rule: s, on: cell, do: [y = x]}]"));
    EXPECT_EQ(model.row_updates_per_tick(), 600);
    EXPECT_EQ(model.bytes_per_lane(), 2 * 300 * 8);
}

TEST(Batch, medians_agree_with_sorting_on_every_lane) {
    const Model model = compile(scenario_of("agents: {cell: {count: 31, fields: {x: normal(), m: 0, even: 0, heavy: 0}}}\n"
                                            "steps: [{rule: r, on: cell, do: ['m = median(c.x for c in cell)', 'even = median(c.x for c in cell if c != self)', "
                                            "'heavy = weighted_median((c.x, c.x > 0) for c in cell)']}]"));
    Batch batch(model, 64, choose_kernels(""));
    batch.begin(2, 0);
    batch.tick();
    const auto at = [&](int field, std::int64_t row, std::size_t lane) { return batch.lanes_of(model.field_columns[{0}][{field}], row)[lane]; };
    for (std::size_t lane = 0; lane < 64; ++lane) {
        std::vector<double> x;
        for (std::int64_t row = 0; row < 31; ++row) x.push_back(at(0, row, lane));
        std::vector<double> sorted = x;
        std::sort(sorted.begin(), sorted.end());
        std::vector<double> positive;
        std::copy_if(sorted.begin(), sorted.end(), std::back_inserter(positive), [](double v) { return v > 0; });
        for (std::int64_t row = 0; row < 31; ++row) {
            std::vector<double> others = x;
            others.erase(others.begin() + row);
            std::sort(others.begin(), others.end());
            ASSERT_EQ(at(1, row, lane), sorted[15]);
            ASSERT_EQ(at(2, row, lane), (others[14] + others[15]) / 2);
            ASSERT_EQ(at(3, row, lane), positive[(positive.size() - 1) / 2]);
        }
    }
}

}  // namespace
}  // namespace entente::test
