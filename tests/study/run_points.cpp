// Tests: run_points, ensemble.

#include <entente/study/run_points.hpp>

#include <set>

#include <gmock/gmock.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;

RunPoints three() {
    return {{ParameterId{0}}, {{"x"}, {10, 20, 30}, {1, 2, 1}}};
}

std::vector<int> taken(const RunPoints& points, std::uint64_t seed, std::int64_t runs) {
    std::vector<int> counts(points.points().size());
    for (std::int64_t run = 0; run < runs; ++run) ++counts[points.point_of(seed, run)];
    return counts;
}

TEST(RunPoints, are_taken_by_their_weights) {
    for (const std::uint64_t seed : {1, 2, 3, 4, 5}) {
        EXPECT_THAT(taken(three(), seed, 64), ElementsAre(16, 32, 16));
        EXPECT_THAT(taken({{ParameterId{0}}, {{"x"}, {1, 2, 3, 4}, {}}}, seed, 8), ElementsAre(2, 2, 2, 2)) << "all alike without weights";
        EXPECT_THAT(taken({{ParameterId{0}}, {{"x"}, {1, 2}, {0, 3}}}, seed, 8), ElementsAre(0, 8));
    }
}

TEST(RunPoints, hang_on_the_seed) {
    std::set<std::size_t> first;
    for (std::uint64_t seed = 0; seed < 20; ++seed) first.insert(three().point_of(seed, 0));
    EXPECT_EQ(first.size(), 3U);
}

TEST(RunPoints, give_each_run_its_parameters_whatever_the_batches) {
    Scenario scenario = scenario_of(
        "parameters: {x: 1}\nagents: {state: {fields: {y: 0}, members: [a]}}\nsteps:\n  - rule: r\n    on: state\n    do: [\"y = x + "
        "uniform()\"]\nmeasures: {y: \"state[a].y\"}\n");
    const Model model = compile(scenario, {.varied = {ParameterId{0}}});
    const RunPoints points = three();
    const Results wide = run_ensemble(model, {.runs = 32, .seed = 9, .threads = 1, .lanes = 16, .points = &points});
    const Results narrow = run_ensemble(model, {.runs = 32, .seed = 9, .threads = 2, .lanes = 1, .points = &points});
    EXPECT_EQ(wide.digest, narrow.digest);
    for (std::int64_t run = 0; run < 32; ++run)
        EXPECT_EQ(std::floor(wide.final_values[0][static_cast<std::size_t>(run)]), points.points().row(points.point_of(9, run))[0]);
    const Results alone = run_ensemble(model, {.runs = 1, .seed = 9, .first_run = 17, .points = &points});
    EXPECT_TRUE(same_bits(alone.final_values[0][0], wide.final_values[0][17]));
}

}  // namespace
}  // namespace entente::test
