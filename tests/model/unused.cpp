// Tests: unused.
// What a model keeps of the maps that were made on the way to it.
#include <gmock/gmock.h>

#include <entente/model/unused.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

TEST(DropUnused, keeps_the_maps_and_names_that_programs_go_by) {
    Model model;
    for (const char* name : {"a", "b", "c", "d"}) {
        model.maps.add({static_cast<RowIndex>(model.maps.size())});
        model.record.map_names.add(name);
    }
    for (std::uint64_t i = 0; i < 3; ++i) model.identities.add({i});
    ProgramOnDomain on;
    on.program.loads = {{.map = {3}}, {.column = {0}}, {.map = {3}}};
    on.program.effects = {{.column = {0}, .map = {1}}};
    on.program.draws = {{7, {2}}};
    model.programs.add(on);
    drop_unused(model);
    EXPECT_THAT(std::vector(model.record.map_names.begin(), model.record.map_names.end()), testing::ElementsAre("d", "b"));
    const Program& program = model.programs[{0}].program;
    EXPECT_EQ(model.maps[program.loads[0].map], RowMap{3});
    EXPECT_EQ(program.loads[2].map, program.loads[0].map);
    EXPECT_FALSE(program.loads[1].map.is_given());
    EXPECT_EQ(model.maps[program.effects[0].map], RowMap{1});
    ASSERT_EQ(model.identities.size(), 1U);
    EXPECT_EQ(model.identities[program.draws[0].identity].front(), 2U);
}

TEST(DropUnused, leaves_nothing_behind_in_compiled_worlds) {
    const Model model = compile(scenario_of("agents: {state: {count: 80, fields: {x: 'uniform(0, 1)', s: 0}}}\nlinks: {tie: {source: state, target: state, fields: {w: 0}, "
                                            "pattern: {ring: {k: 2}}}}\nsteps: [{rule: r, on: tie, where: source.s > 0, do: ['w = source.x']}, {rule: t, on: tie, do: ['w = target.x']}]"));
    EXPECT_THAT(std::vector(model.record.map_names.begin(), model.record.map_names.end()), testing::ElementsAre("target"));
}

}  // namespace
}  // namespace entente::test
