// Tests: reference_topics, reference.
#include <entente/scenario/keys.hpp>
#include <entente/scenario/reference_topics.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

/// The examples' world, compiled and run by all ways.
World world_of(const ReferenceExample& example) {
    return World(read_scenario_text(std::string(reference_world()) + reference_steps(example), "example.yaml", "/nonexistent").scenario);
}

TEST(ReferenceTopics, every_example_gives_what_it_says) {
    for (const ReferenceTopic& topic : reference_topics())
        for (const ReferenceExample& example : topic.examples) {
            World world = world_of(example);
            const auto values = world.tick().all(example.on == "tie" ? "tie.x" : "state.w");
            ASSERT_EQ(values.size(), 3U);
            for (std::size_t i = 0; i < 3; ++i)
                EXPECT_DOUBLE_EQ(values[i], example.values[i]) << topic.heading << ": " << example.statements << ", row " << i;
        }
}

TEST(ReferenceTopics, the_next_step_sees_what_the_one_before_did) {
    const std::string two =
        "steps:\n  - {rule: first, on: state, do: [v = 10]}\n  - {rule: second, on: state, do: [w = sum(k.v for k in state)]}\n";
    World world(read_scenario_text(std::string(reference_world()) + two, "two.yaml", "/nonexistent").scenario);
    EXPECT_EQ(world.tick()["state[a].w"], 30);
}

TEST(ReferenceTopics, a_link_that_is_named_and_does_not_exist_is_an_error) {
    const ReferenceExample missing{"state", "w = tie[c, a].x", {}, ""};
    EXPECT_NE(refusal([&] { world_of(missing); }).find("no link of 'tie' runs from c to a"), std::string::npos);
    const ReferenceExample asked{"state", "w = has(tie[c, a])", {}, ""};
    EXPECT_EQ(world_of(asked).tick()["state[a].w"], 0);
}

TEST(ReferenceTopics, a_value_that_is_not_finite_stops_the_run) {
    const std::string division = std::string(reference_world()) + reference_steps({"state", "w = 1 / (v - 1)", {}, ""});
    const Results results = run(read_scenario_text(division, "division.yaml", "/nonexistent").scenario);
    ASSERT_EQ(results.failures.size(), 1U);
}

TEST(ReferenceTopics, are_all_printed) {
    const std::string reference = language_reference();
    EXPECT_NE(reference.find(reference_world()), std::string::npos);
    for (const ReferenceTopic& topic : reference_topics()) {
        EXPECT_NE(reference.find("\n### " + std::string(topic.heading) + "\n"), std::string::npos) << topic.heading;
        for (const ReferenceExample& example : topic.examples)
            EXPECT_NE(reference.find("| `" + std::string(example.statements) + "` |"), std::string::npos) << example.statements;
    }
    EXPECT_NE(reference.find("\n| `v = 10; w = sum(k.v for k in state)` | 6, 6, 6 |"), std::string::npos);
}

}  // namespace
}  // namespace entente::test
