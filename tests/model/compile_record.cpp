// What the compiler notes of its decisions.
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Reason = ByTable::Reason;

ByTable by_table(const std::string& text, Unroll unroll = Unroll::automatic) {
    return compile(scenario_of(text), {{}, unroll}).record.by_table;
}

std::string cells(int count) {
    return "agents: {cell: {count: " + std::to_string(count) + ", fields: {x: 1}}}\nsteps: [{rule: r, on: cell, do: ['x += 1']}]";
}

TEST(CompileRecord, says_why_a_world_does_not_go_row_by_row) {
    EXPECT_EQ(by_table(cells(64)).reason, Reason::none);
    const ByTable large = by_table(cells(65));
    EXPECT_EQ(large.reason, Reason::too_many_rows);
    EXPECT_EQ(large.count, 65);
    EXPECT_EQ(large.most, 64);
    EXPECT_EQ(by_table(cells(100'000)).reason, Reason::too_many_rows);
    EXPECT_EQ(by_table(cells(4), Unroll::no).reason, Reason::asked);
    EXPECT_EQ(
        by_table("agents: {cell: {count: 4, fields: {x: 1}}}\nsteps: [{rule: r, on: cell, do: ['x = median(c.x for c in cell)']}]").reason,
        Reason::has_median);
}

TEST(CompileRecord, tells_values_that_nothing_changes_and_rows_that_are_left_out) {
    const Model model =
        compile(scenario_of("agents: {state: {fields: {seeks: 0, scale: 2, x: 1}, members: {a: {seeks: 1, scale: 3}, b: {}}}}\n"
                            "steps: [{rule: r, on: state, where: seeks > 0, do: [x *= scale]}]"));
    std::vector<std::string> folded;
    for (const auto& [cell, value] : model.record.folded)
        folded.push_back(model.column(cell.column).name + " " + std::to_string(cell.row) + " " + std::to_string(static_cast<int>(value)));
    EXPECT_THAT(folded, ElementsAre("state.seeks 0 1", "state.seeks 1 0", "state.scale 0 3", "state.scale 1 2", "state.x 1 1"));
    ASSERT_EQ(model.record.steps.size(), 1U);
    EXPECT_EQ(model.record.steps[0].where, "seeks > 0");
    EXPECT_THAT(model.record.steps[0].left_out, ElementsAre(1));
}

TEST(CompileRecord, folds_nothing_where_starts_are_not_known) {
    EXPECT_THAT(compile(scenario_of("agents: {state: {fields: {x: 1}, members: [a]}}"), {{}, Unroll::automatic, false}).record.folded,
                IsEmpty());
}

TEST(CompileRecord, tells_parameters_that_runs_vary) {
    const Scenario scenario = scenario_of(
        "parameters: {gain: 1, loss: 2}\nagents: {state: {fields: {x: 1}, members: [a]}}\nsteps: [{rule: r, on: state, do: ['x += gain - "
        "loss']}]");
    EXPECT_THAT(compile(scenario, {{{1}}}).record.varied, ElementsAre(false, true));
}

TEST(CompileRecord, calls_each_map_by_the_row_that_it_leads_to) {
    const Model model =
        compile(scenario_of("agents: {state: {count: 80, fields: {x: 'uniform(0, 1)'}}}\nlinks: {tie: {source: state, target: state, fields: {w: 0}, "
                            "pattern: {ring: {k: 2}}}}\n"
                            "steps: [{rule: r, on: tie, do: ['w = source.x + target.x + reverse.w + reverse.source.x']},\n"
                            "        {rule: s, on: tie, do: ['w = sum(k.w * w for k in tie.out(source))']}]"));
    EXPECT_THAT(model.record.map_names, ElementsAre("source", "target", "reverse", "source of reverse", "item", "key"));
    EXPECT_EQ(model.record.map_names.size(), model.maps.size());
}

TEST(CompileRecord, names_the_draws_of_a_step_by_their_place) {
    const Model model =
        compile(scenario_of("agents: {state: {fields: {x: 'uniform(0, 1)'}, members: [a]}}\n"
                            "steps: [{event: visit, on: state, rate: 1, do: ['x += normal() + uniform(0, 1)']}]"));
    std::vector<std::string> names;
    for (const ProgramOnDomain& program : model.programs)
        for (const DrawSpec& draw : program.program.draws) {
            const DrawName& name = model.record.draws.at(draw.stream);
            names.push_back(name.owner + " " + std::to_string(name.pair));
        }
    EXPECT_THAT(names, testing::UnorderedElementsAre("the start of state.x 0", "visit 0", "visit 1"));
}

TEST(CompileRecord, says_why_programs_have_no_slices) {
    const auto slicing = [](int agents, const std::string& pattern, const std::string& expression) {
        const Model model = compile(scenario_of("agents: {state: {count: " + std::to_string(agents) + ", fields: {x: 1}}}\nlinks: {tie: {source: state, target: state, pattern: " + pattern + "}}\n" +
                                                "steps: [{rule: r, on: state, do: ['x = " + expression + "']}]"));
        for (const ProgramId p : model.record.slicing.ids())
            if (model.programs[p].step == expression) return model.record.slicing[p];
        throw std::logic_error("no such program");
    };
    const std::string sum = "sum(k.target.x for k in tie.out(self))";
    EXPECT_EQ(slicing(3000, "{ring: {k: 2}}", sum), Slicing::sliced);
    EXPECT_EQ(slicing(100, "{ring: {k: 2}}", sum), Slicing::few_rows);
    EXPECT_EQ(slicing(3000, "{ring: {k: 2}}", "sum(k.x for k in state)"), Slicing::not_by_key);
}

}  // namespace
}  // namespace entente::test
