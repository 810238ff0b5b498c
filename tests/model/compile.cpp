// Tests: compiler, model, measure_form.
// What a model is made of, and worlds that can't be made.
#include <string>

#include <gmock/gmock.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;

TEST(Compile, refuses_more_ticks_than_draws_are_keyed_by) {
    EXPECT_EQ(refusal([] { compile(scenario_of("calendar: {ticks: 20000000}\nagents: {state: {fields: {x: 1}, members: [a]}}")); }),
              "the calendar has 20000000 ticks, more than 16777215\nhelp: take a longer step or a shorter span");
}

TEST(Compile, refuses_aggregates_that_look_at_too_many_pairs) {
    EXPECT_EQ(refusal([] {
                  compile(scenario_of("agents: {cell: {count: 30000, fields: {x: 1}}}\nsteps: [{rule: r, on: cell, do: ['x = sum(k.x * x for k in cell)']}]"));
              }),
              "'sum(k.x * x for k in cell)' looks at 900000000 pairs of rows on every tick, more than 500000000\n"
              "help: make its body depend on one end of the link only, or on fewer links");
}

TEST(Compile, refuses_more_pairs_than_it_may_look_at) {
    const Scenario scenario = scenario_of("agents: {cell: {count: 100, fields: {x: 1}}}\nsteps: [{rule: r, on: cell, do: ['x = sum(k.x * x for k in cell)']}]");
    EXPECT_EQ(refusal([&] { compile(scenario, {.varied = {}, .unroll = Unroll::no, .most_pairs = 10'000}); }), "");
    EXPECT_THAT(refusal([&] { compile(scenario, {.varied = {}, .unroll = Unroll::no, .most_pairs = 9'999}); }),
                testing::StartsWith("'sum(k.x * x for k in cell)' looks at 10000 pairs of rows on every tick, more than 9999\n"));
}

TEST(Compile, computes_an_aggregate_once_for_what_it_depends_on) {
    const auto pairs = [](const std::string& expression) {
        const Model model = compile(scenario_of("agents: {state: {fields: {x: 1}, members: [a, b, c, d]}}\nlinks: {tie: {source: state, target: state, fields: {w: 1}, pattern: complete}}\n"
                                                "steps: [{rule: r, on: tie, do: [\"w = " + expression + "\"]}]"),
                                    {.unroll = Unroll::no, .all_rows = true});
        std::int64_t rows = 0;
        for (const ProgramOnDomain& program : model.programs)
            if (program.step == expression) rows += model.domain(program.domain).rows;
        return rows;
    };
    EXPECT_EQ(pairs("sum(k.x for k in state)"), 4);                          // once
    EXPECT_EQ(pairs("sum(r.w for r in tie.into(target))"), 12);              // once for each agent: every link is looked at once
    EXPECT_EQ(pairs("sum(r.w * target.x for r in tie.into(target))"), 12);
    EXPECT_EQ(pairs("sum(k.x * source.x for k in state)"), 16);              // once for each source
    EXPECT_EQ(pairs("sum(r.w * w for r in tie.into(target))"), 36);          // once for each link
    EXPECT_EQ(pairs("sum(r.w * source.x for r in tie.into(target))"), 36);
}

TEST(Compile, computes_an_aggregate_written_twice_once) {
    const auto programs = [](const std::string& statements) {
        return compile(scenario_of("agents: {state: {fields: {x: 1, y: 1}, members: [a, b]}}\nsteps: [{rule: r, on: state, do: [" + statements + "]}]"), {{}, Unroll::no}).programs.size();
    };
    EXPECT_EQ(programs("'x = sum(k.x for k in state)', 'y = 2 * sum(k.x for k in state)'"), programs("'x = sum(k.x for k in state)'"));
    EXPECT_EQ(programs("'x = sum(k.x for k in state)', 'y = sum(k.y for k in state)'"), programs("'x = sum(k.x for k in state)'") + 1);
}

/// The program of the whole tick.
std::string unrolled(const std::string& text, bool starts_known = true) {
    const Model model = compile(scenario_of(text), {{}, Unroll::yes, starts_known});
    return listing(model.programs[std::get<RunProgram>(model.every_tick.back()).program].program);
}

TEST(Unrolled, folds_what_never_changes_and_leaves_out_rows_on_which_nothing_can_happen) {
    EXPECT_EQ(unrolled("agents: {state: {fields: {seeks: 0, scale: 2, x: 1, y: 0}, members: {a: {seeks: 1, scale: 3}, b: {}}}}\n"
                       "steps: [{rule: r, on: state, where: seeks > 0, do: [x *= scale]}, {rule: s, on: state, where: x < 1, do: [y = x + 1]}]"),
              "each block:\n  multiply r0 load0 3\n  check r0 #0\n  store r0 #0\n"       // b's x stays 1
              "  less r0 load1 1\n  skip r0 #8\n  add r1 load1 1\n  check r1 r0 #1\n  store r1 r0 #1\n");
}

TEST(Unrolled, takes_no_start_for_a_constant_that_a_step_a_contribution_or_the_timeline_changes) {
    const auto reads_x = [](const std::string& rest) {
        return unrolled("agents: {state: {fields: {x: 1, y: 0}, members: [a, b]}}\nlinks: {tie: {source: state, target: state, members: [a -> b]}}\n"
                        "steps:\n  - {rule: r, on: state, do: [y = x]}\n" + rest).find("load") != std::string::npos;
    };
    EXPECT_FALSE(reads_x(""));
    EXPECT_TRUE(reads_x("  - {rule: s, on: state, do: [x = y]}\n"));
    EXPECT_TRUE(reads_x("  - {rule: s, on: tie, do: [target.x += 1]}\n"));
    EXPECT_TRUE(reads_x("timeline: [{tick: 3, set: {'state[b].x': 5}}]\n"));
}

TEST(Unrolled, takes_no_start_for_a_constant_where_the_state_has_another_past) {
    const std::string text = "agents: {state: {fields: {x: 1, y: 0}, members: [a]}}\nsteps: [{rule: r, on: state, do: [y = x]}]";
    EXPECT_EQ(unrolled(text), "each block:\n  store 1 #0\n");
    EXPECT_EQ(unrolled(text, false), "each block:\n  check load1 #0\n  store load1 #0\n");
}

TEST(Unrolled, takes_for_constant_what_every_step_leaves_as_it_is) {
    const auto listed = [](const std::string& x) {
        return unrolled("agents: {state: {fields: {x: " + x + ", y: 0, z: normal()}, members: [a]}}\n"
                        "steps: [{rule: fade, on: state, do: ['x = toward(x, 0, 0.5)']}, {rule: r, on: state, where: x > 0, do: [y = 1]}, {rule: s, on: state, do: [z += y]}]");
    };
    EXPECT_EQ(listed("0"), "each block:\n  add r0 load1 0\n  check r0 #0\n  store r0 #0\n");
    EXPECT_NE(listed("1").find("less"), std::string::npos);  // whether x is above 0 must be asked
}

TEST(Unrolled, shares_values_from_step_to_step_until_what_they_read_is_changed) {
    const std::string listed = unrolled("agents: {state: {fields: {x: normal(), y: 0, z: 0}, members: [a]}}\n"
                                        "steps: [{rule: r, on: state, do: [y = exp(x)]}, {rule: s, on: state, do: [z = exp(x), x = z]}, {rule: t, on: state, do: [z = exp(x)]}]");
    std::size_t count = 0;
    for (std::size_t at = listed.find("exp"); at != std::string::npos; at = listed.find("exp", at + 1)) ++count;
    EXPECT_EQ(count, 2U) << listed;
}

TEST(Unrolled, is_not_for_medians_nor_for_many_rows) {
    const auto why_not = [](const std::string& text) { return refusal([&] { compile(scenario_of(text), {{}, Unroll::yes}); }); };
    const std::string refused = "this world cannot be compiled row by row\nhelp: it has medians or too many rows";
    EXPECT_EQ(why_not("agents: {state: {fields: {x: 1}, members: [a]}}\nmeasures: {m: median(k.x for k in state)}"), refused);
    EXPECT_EQ(why_not("agents: {state: {count: 65, fields: {x: 1}}}"), refused);
    EXPECT_EQ(why_not("agents: {state: {count: 64, fields: {x: 1}}}"), "");
}

TEST(Compile, keeps_what_the_scenario_says_of_itself) {
    const Model model = compile(scenario_of("title: A world\nruns: 12\nparameters: {gain: {value: 2, unit: 1/year}}\nagents: {state: {fields: {x: gain}, members: [a]}}\n"
                                            "steps: [{event: e, on: state, rate: gain, code: {cameo: '042', goldstein: 1.9}}]\nmeasures: {m: {value: 'state[a].x', unit: t, about: what it is}}"));
    EXPECT_EQ(model.title, "A world");
    EXPECT_EQ(model.path, "world.yaml");
    EXPECT_EQ(model.default_runs, 12);
    EXPECT_EQ(model.calendar.ticks(), 100);
    EXPECT_FALSE(model.scenario_hash.empty());
    EXPECT_THAT(model.parameter_names, ElementsAre("gain"));
    EXPECT_THAT(model.parameter_values, ElementsAre(2));
    EXPECT_THAT(model.parameter_units, ElementsAre("1/year"));
    EXPECT_EQ(model.events[{0}].name, "e");
    EXPECT_EQ(model.events[{0}].cameo, "042");
    EXPECT_EQ(model.events[{0}].goldstein, 1.9);
    EXPECT_EQ(model.measures[0].expression, "state[a].x");
    EXPECT_EQ(model.measures[0].unit, "t");
}

TEST(Compile, two_models_stand_apart) {
    const Model one = compile(scenario_of("agents: {state: {fields: {x: 1}, members: [a]}}\nsteps: [{rule: r, on: state, do: [x += 1]}]"));
    const Model two = compile(scenario_of("agents: {state: {fields: {x: 5, y: 2}, members: [b, c]}}"));
    EXPECT_EQ(one.tables[{0}].rows, 1);
    EXPECT_EQ(two.tables[{0}].rows, 2);
    EXPECT_EQ(two.steps.size(), 0U);
}

}  // namespace
}  // namespace entente::test
