// Start values that are set from outside, for all runs or for each its own.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <entente/scenario/settings.hpp>

#include "../scratch.hpp"
#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;

/// Draws at the start and in every tick, on agents and links; `a` begins with 3 and a -> b with 0.5.
const std::string noisy = R"yaml(
parameters: {pull: 0.1}
agents: {state: {fields: {x: {start: "normal(1, 1)", range: [-10, 10]}, y: x * 2}, members: {a: {x: 3}, b: {}, c: {}}}}
links:
  tie:
    source: state
    target: state
    fields: {w: {start: 0.25, range: [0, 1]}}
    members: {a -> b: {w: 0.5}, b -> a: {}, b -> c: {}}
steps:
  - rule: drift
    on: state
    do:
      - x += normal(0, 0.1) + pull * sum(r.w * (r.source.x - x) for r in tie.into(self))
  - event: visit
    on: tie
    rate: w
    do: [w += 0.1]
)yaml";

std::string replaced(std::string text, std::string_view old, std::string_view by) {
    return text.replace(text.find(old), old.size(), by);
}

/// All fields of all rows of lane `lane`, bit for bit.
std::vector<double> state_of(const Batch& batch, const Model& model, int lane) {
    std::vector<double> state;
    for (const auto& columns : model.field_columns)
        for (const ColumnId column : columns)
            for (std::int64_t row = 0; row < model.rows_of(column); ++row)
                state.push_back(batch.lanes_of(column, row)[static_cast<std::size_t>(lane)]);
    return state;
}

TEST(StartParameters, set_what_an_agent_and_a_link_begin_with) {
    World world(with_setting(with_setting(scenario_of(noisy), "state[a].x=-2"), "tie[a, b].w=0.75"));
    EXPECT_EQ(world["state[a].x"], -2);
    EXPECT_EQ(world["state[a].y"], -4);
    EXPECT_EQ(world["tie[a, b].w"], 0.75);
    EXPECT_EQ(world["tie[b, a].w"], 0.25);
}

TEST(StartParameters, win_over_tables_and_patterns) {
    const Scratch scratch;
    std::ofstream(scratch.path() / "states.csv") << "name,x\na,1.5\nb,2.5\nc,3.5\n";
    std::ofstream(scratch.path() / "ties.csv") << "source,target,w\nb,a,1.5\na,b,2.5\n";
    const Scenario scenario = scenario_of(
        "agents: {state: {fields: {x: 7}, table: states.csv, members: {b: {x: 9}}}}\n"
        "links:\n  tie: {source: state, target: state, fields: {w: 0}, table: ties.csv}\n"
        "  knows: {source: state, target: state, fields: {v: 4}, pattern: complete}",
        scratch.path());
    Scenario changed = scenario;
    for (const auto* setting : {"state[a].x=10", "state[b].x=20", "tie[a, b].w=30", "knows[c, a].v=40"})
        changed = with_setting(changed, setting);
    World world(changed);
    EXPECT_THAT(world.all("state.x"), ElementsAre(10, 20, 3.5));
    EXPECT_THAT(world.all("tie.w"), ElementsAre(1.5, 30));
    EXPECT_EQ(world["knows[c, a].v"], 40);
    EXPECT_EQ(world["knows[a, c].v"], 4);
    EXPECT_EQ(world.all("knows.v").size(), 6u);
}

TEST(StartParameters, shift_no_draw) {
    World set(with_setting(with_setting(scenario_of(noisy), "state[b].x=2"), "tie[b, c].w=0.125"));
    World written(replaced(replaced(noisy, "b: {}, c", "b: {x: 2}, c"), "b -> c: {}", "b -> c: {w: 0.125}"));
    EXPECT_EQ(set.model().programs.size(), written.model().programs.size()) << "a value that is set is folded";
    set.tick(20), written.tick(20);
    EXPECT_TRUE(same_bits(set.all("state.x"), written.all("state.x")));
    EXPECT_TRUE(same_bits(set.all("tie.w"), written.all("tie.w")));
}

TEST(StartParameters, that_have_the_value_of_the_scenario_change_nothing) {
    World with(with_start_as_parameter(with_start_as_parameter(scenario_of(noisy), "state[a].x"), "tie[b, c].w"));
    World without(noisy);
    with.tick(20), without.tick(20);
    EXPECT_TRUE(same_bits(with.all("state.x"), without.all("state.x")));
    EXPECT_TRUE(same_bits(with.all("tie.w"), without.all("tie.w")));
}

TEST(StartParameters, varied_from_run_to_run_give_the_bits_of_those_set) {
    const Scenario scenario = with_start_as_parameter(with_start_as_parameter(scenario_of(noisy), "state[a].x"), "tie[a, b].w");
    const auto x = find_parameter(scenario, "state[a].x").value();
    const auto w = find_parameter(scenario, "tie[a, b].w").value();
    for (const Unroll unroll : {Unroll::no, Unroll::yes}) {
        const Model varied = compile(scenario, {{x, w}, unroll});
        Batch batch(varied, 8, *available_kernels().front());
        const std::vector<std::vector<double>> values{{}, {0, 1, 2, 3, 4, 5, 6, 7}, {0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1}};
        batch.begin(1, 0, values);
        for (int i = 0; i < 20; ++i) batch.tick();
        for (const int lane : {0, 3, 7}) {
            const auto at = static_cast<std::size_t>(lane);
            const Model set = compile(with_setting(with_setting(scenario, fmt::format("state[a].x={}", values[1][at])),
                                                   fmt::format("tie[a, b].w={}", values[2][at])),
                                      {{}, unroll});
            Batch alone(set, 1, *available_kernels().front());
            alone.begin(1, lane);
            for (int i = 0; i < 20; ++i) alone.tick();
            EXPECT_TRUE(same_bits(state_of(batch, varied, lane), state_of(alone, set, 0))) << "run " << lane;
        }
    }
}

TEST(StartParameters, that_stand_for_an_expression_must_be_given_a_value) {
    const Scenario scenario = with_start_as_parameter(scenario_of(noisy), "state[b].x");
    EXPECT_EQ(
        run(scenario, {.runs = 1, .threads = 1}).failures.at(0).told(),
        "run 0 stopped before the first tick in 'the start of state.x on b' on b: `the start of state.x on b` is nan (state[b].x = nan)");
    EXPECT_EQ(World(with_setting(scenario, "state[b].x=1"))["state[b].x"], 1);
}

}  // namespace
}  // namespace entente::test
