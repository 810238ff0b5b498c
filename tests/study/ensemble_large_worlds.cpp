// Tests: model/slices, runtime/cuts.
// Worlds large enough for one run to take its own ways: sums key by key, world-wide sums by segments, rows shared out among threads.
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <scenes.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

struct LargeWorld {
    std::string name;
    std::string text;
};

/// Every kind of aggregate over links, with and without conditions, both ways along the links, and contributions to both ends.
const std::string sums = R"yaml(entente: 1
title: Sums of every kind
calendar: {ticks: 5}
agents:
  state: {count: 1501, fields: {x: "normal()", y: 0, z: 0, low: 0, high: 0, some: 0, every: 0, given: 0, taken: 0}}
links:
  tie: {source: state, target: state, pattern: {random: {p: 0.01}}, topology_seed: 3, fields: {w: "uniform(-1, 1)"}}
steps:
  - rule: look about
    on: state
    do:
      - y = sum(r.w * r.target.x for r in tie.out(self))
      - z = mean(r.w - r.source.x for r in tie.into(self) if r.source.x > 0.2)
      - low = min(r.source.x / r.w for r in tie.into(self))
      - high = max(r.target.x for r in tie.out(self) if r.w > 0.9)
      - some = any(r.target.x > 2 for r in tie.out(self))
      - every = all(r.source.x > -2 for r in tie.into(self))
      - x = x + 0.01 * (y + z - x) + normal(0, 0.1)
  - rule: give
    on: tie
    do:
      - source.taken += 0.1 * w + normal(0, 0.1)
      - target.given += w * uniform(0, 1) if w > 0 else 0
measures:
  y: sum(s.y for s in state)
  z: mean(s.z for s in state)
  low: min(s.low for s in state)
  high: max(s.high for s in state)
  some: count(s.some for s in state)
  every: count(s.every for s in state)
  given: sum(s.given for s in state)
  taken: sum(s.taken for s in state)
  all: sum(r.w * r.source.x for r in tie if r.target.x > 0)
)yaml";

std::string short_of(std::string text) {
    const auto at = text.find("ticks: 52");
    return at == std::string::npos ? text : text.replace(at, 9, "ticks: 5");
}

class LargeWorlds : public testing::TestWithParam<LargeWorld> {};

TEST_P(LargeWorlds, give_one_digest_on_all_threads_lanes_and_instruction_sets) {
    const Model model = compile(read_scenario_text(short_of(GetParam().text), "large.yaml", ENTENTE_ROOT).scenario);
    for (const std::int64_t runs : {1, 2}) {
        const Results reference = run_ensemble(model, {.runs = runs, .threads = 1, .lanes = 8, .instruction_set = "portable"});
        EXPECT_TRUE(reference.failures.empty());
        for (const Kernels* kernels : available_kernels())
            for (const auto& [lanes, threads] : std::vector<std::pair<int, int>>{{1, 1}, {1, 2}, {1, 3}, {64, 2}})
                EXPECT_EQ(run_ensemble(model, {.runs = runs, .threads = threads, .lanes = lanes, .instruction_set = std::string(kernels->name)}).digest, reference.digest)
                    << runs << " runs, " << lanes << " lanes, " << threads << " threads, " << kernels->name;
    }
}

INSTANTIATE_TEST_SUITE_P(, LargeWorlds,
                         testing::Values(LargeWorld{"random_graph", scenes::random_graph(6001)}, LargeWorld{"grid", scenes::grid(101, 53)},
                                         LargeWorld{"governments", scenes::governments(75)}, LargeWorld{"aggregates", scenes::aggregates(75)},
                                         LargeWorld{"rows", scenes::rows(20'011)}, LargeWorld{"events", scenes::events(9'003)}, LargeWorld{"sums", sums}),
                         [](const auto& at) { return at.param.name; });

TEST(ALargeWorld, tells_of_the_first_row_that_fails_whichever_thread_comes_first) {
    const Model model = compile(scenario_of("calendar: {ticks: 9}\nagents: {cell: {count: 50000, fields: {x: 1}}}\n"
                                            "steps: [{rule: r, on: cell, do: [\"x = 1 / floor(20000 * uniform(0, 1))\"]}]\n"));
    const Results reference = run_ensemble(model, {.runs = 1, .threads = 1, .lanes = 8});
    ASSERT_EQ(reference.failures.size(), 1U);
    for (int repetition = 0; repetition < 5; ++repetition)
        for (const int threads : {1, 2, 3}) {
            const Results other = run_ensemble(model, {.runs = 1, .threads = threads, .lanes = 1});
            ASSERT_EQ(other.failures.size(), 1U);
            EXPECT_EQ(other.failures[0].row, reference.failures[0].row);
            EXPECT_EQ(other.failures[0].message, reference.failures[0].message);
            EXPECT_EQ(other.digest, reference.digest);
        }
}

}  // namespace
}  // namespace entente::test
