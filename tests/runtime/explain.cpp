// Tests: explain_names, explain_tables, ways.
// What an explanation says of small worlds: their programs in names, bytes and costs worked out by hand, and the way they go.
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "explained.hpp"

namespace entente::test {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Explanation, lists_a_step_of_a_small_world_row_by_row_in_its_own_names) {
    const Explained made(states, {.detailed = "visit"});
    EXPECT_EQ(made->by_table.reason, ByTable::Reason::none);
    EXPECT_THAT(made.stage("visit").left_out, ElementsAre("b -> a"));
    EXPECT_EQ(made.stage("visit").where, "source.seeks > 0");
    EXPECT_THAT(made.passes("visit"), ElementsAre("the whole tick"));
    EXPECT_THAT(made.lines("visit", 0),
                ElementsAre("a -> b: check tie.trust[a -> b]: a probability (probability: trust)",  //
                            "a -> b: r0 = draw 0 of visit",                                         //
                            "a -> b: r0 = less r0 tie.trust[a -> b]",                               //
                            "a -> b: store count of visit[a -> b] = r0",                            //
                            "a -> b: skip to 15 where r0 is 0 in the whole block",                  //
                            "a -> b: r1 = add tie.trust[a -> b] 0.5",                               //
                            "a -> b: check r1 where r0: finite (trust += gain)",                    //
                            "a -> b: r2 = multiply 2 r1",                                           //
                            "a -> b: check r2 where r0: finite (target.x += 2 * trust)",            //
                            "a -> b: r3 = not_equal r2 0",                                          //
                            "a -> b: r3 = and r0 r3",                                               //
                            "a -> b: r4 = add state.x[b] r2",                                       //
                            "a -> b: check r4 where r3: finite (target.x += 2 * trust)",            //
                            "a -> b: store tie.trust[a -> b] = r1 where r0",                        //
                            "a -> b: store state.x[b] = r4 where r3"));
    EXPECT_THAT(made.lines("grow", 0), IsEmpty()) << "only the stage that was asked for is listed";
}

TEST(Explanation, lists_the_passes_and_programs_of_a_step_over_its_table) {
    const Explained made(states, {.unroll = Unroll::no, .detailed = "visit", .all_rows = true});
    EXPECT_EQ(made->by_table.reason, ByTable::Reason::asked);
    EXPECT_THAT(made.passes("visit"), ElementsAre("fill contributions to state.x with 0", "visit", "visit"));
    EXPECT_THAT(made.lines("visit", 1),
                ElementsAre("r0 = less 0 state.seeks[source]",                               //
                            "skip to 15 where r0 is 0 in the whole block",                   //
                            "check tie.trust where r0: a probability (probability: trust)",  //
                            "r1 = draw 0 of visit",                                          //
                            "r1 = less r1 tie.trust",                                        //
                            "r0 = select r0 r1 0",                                           //
                            "r1 = add count of visit r0",                                    //
                            "skip to 15 where r0 is 0 in the whole block",                   //
                            "r2 = add tie.trust 0.5",                                        //
                            "check r2 where r0: finite (trust += gain)",                     //
                            "r3 = multiply 2 r2",                                            //
                            "check r3 where r0: finite (target.x += 2 * trust)",             //
                            "contribute r3 to contributions to state.x[target] where r0",    //
                            "store tie.trust = r2 where r0",                                 //
                            "store count of visit = r1 where r0"));
}

TEST(Explanation, counts_bytes_of_a_run_and_of_a_batch) {
    const Explained made(states, {.lanes = 64});
    std::vector<std::string> tables;
    for (const auto& table : made->tables)
        tables.push_back(table.name + " " + std::to_string(table.rows) + " " + std::to_string(table.columns) + " " +
                         std::to_string(table.run_bytes) + " " + std::to_string(table.batch_bytes));
    EXPECT_THAT(tables, ElementsAre("state 2 2 32 2048", "tie 2 2 32 2048"));  // seeks, x; trust, count of visit
    EXPECT_EQ(made->rows, 4);
    EXPECT_EQ(made->row_updates, 4);
    ASSERT_EQ(made->columns.size(), 4U);
    EXPECT_EQ(made->columns[3].name, "count of visit");
    EXPECT_EQ(made->columns[3].use, ExplainedColumn::Use::event_count);
    EXPECT_EQ(made->columns[3].run_bytes, 16);
}

TEST(Explanation, tells_what_became_numbers) {
    const Explained made(states);
    EXPECT_EQ(made->parameters, 1);
    EXPECT_THAT(made->varied, IsEmpty());
    std::vector<std::string> folds;
    for (const auto& fold : made->folds)
        folds.push_back(fold.column + " " + std::to_string(fold.folded) + " of " + std::to_string(fold.rows) +
                        (fold.is_event_count ? ", never" : ""));
    EXPECT_THAT(folds, ElementsAre("state.seeks 2 of 2", "tie.trust 1 of 2", "count of visit 1 of 2, never"));
}

TEST(Explanation, adds_up_costs_from_all_skips_taken_to_none) {
    const Explained grow("agents: {cell: {count: 100, fields: {x: 1}}}\nsteps: [{rule: grow, on: cell, do: ['x = exp(x) / 2']}]");
    // exp 20, divide 4, check 1, store 1
    EXPECT_EQ(grow.stage("grow").cost.least, 2600);
    EXPECT_EQ(grow.stage("grow").cost.most, 2600);
    EXPECT_EQ(grow->cost_of_tick().most, 2600);
    const Explained some(
        "agents: {cell: {count: 100, fields: {x: 1}}}\nsteps: [{rule: grow, on: cell, where: x < 2, do: ['x = exp(x) / 2']}]");
    EXPECT_EQ(some.stage("grow").cost.least, 200);  // less, skip
    EXPECT_EQ(some.stage("grow").cost.most, 2800);
}

TEST(Explanation, spreads_what_is_computed_once_a_step_over_the_lanes) {
    const std::string text = "agents: {cell: {count: 100, fields: {x: 1}}}\nsteps: [{rule: r, on: cell, do: ['x = x * exp(t)']}]";
    // On each row multiply, check, store; once exp, on a tile of 256 values.
    EXPECT_EQ(Explained(text, {.lanes = 8}).stage("r").cost.most, 300 + 20 * 256 / 8);
    EXPECT_EQ(Explained(text, {.lanes = 512}).stage("r").cost.most, 300 + 20);
}

TEST(Explanation, says_which_programs_go_over_slices_and_why_the_others_do_not) {
    const std::string text = cells(3000, "  - {rule: r, on: cell, do: ['y = sum(b.target.x for b in beside.out(self))']}\n");
    const Explained alone(text, {.lanes = 1, .detailed = "r", .all_rows = true});
    ASSERT_THAT(alone.passes("r"), ElementsAre("fill result of 'sum(b.target.x for b in beside.out(self))' with 0",
                                               "sum(b.target.x for b in beside.out(self))", "r"));
    const ExplainedProgram& sum = *alone.stage("r").passes[1].program;
    EXPECT_TRUE(sum.is_sliced);
    EXPECT_EQ(sum.domain, "slices of beside");
    EXPECT_EQ(sum.rows, 6000);  // 375 chunks of 8 cells, 2 links each
    EXPECT_EQ(sum.slicing, Slicing::sliced);
    EXPECT_EQ(sum.by_map, 1);
    EXPECT_THAT(alone.lines("r", 1),
                ElementsAre("contribute cell.x[target] to result of 'sum(b.target.x for b in beside.out(self))'[source]"));
    EXPECT_EQ(alone.stage("r").passes[2].program->slicing, Slicing::not_by_key);
    const Explained many(text, {.lanes = 8, .all_rows = true});
    EXPECT_FALSE(many.stage("r").passes[1].program->is_sliced);
    EXPECT_EQ(many.stage("r").passes[1].program->rows, 6000);
    EXPECT_EQ(many.stage("r").passes[1].program->slicing, Slicing::sliced) << "it could be";
}

TEST(Explanation, says_how_threads_share_a_program_and_why_they_do_not) {
    const auto pieces = [](int count, int lanes, int threads) {
        const Explained made(
            "agents: {cell: {count: " + std::to_string(count) + ", fields: {x: 1}}}\nsteps: [{rule: r, on: cell, do: ['x += 1']}]",
            {.lanes = lanes, .threads = threads});
        const ExplainedProgram& program = *made.stage("r").passes[0].program;
        return std::pair(program.pieces, program.in_one_piece);
    };
    EXPECT_EQ(pieces(8192, 1, 2), std::pair(4, OnePiece::no));  // of 2,048 rows each
    EXPECT_EQ(pieces(4095, 1, 2), std::pair(1, OnePiece::few_rows));
    EXPECT_EQ(pieces(8192, 1, 1), std::pair(1, OnePiece::one_thread));
    EXPECT_EQ(pieces(8192, 8, 2), std::pair(1, OnePiece::many_lanes));
    const Explained scattered(
        "agents: {cell: {count: 5000, fields: {x: 1}}}\nlinks: {beside: {source: cell, target: cell, pattern: {ring: {k: 2}}}}\n"
        "steps: [{rule: r, on: beside, do: ['target.x += 1', 'source.x += 1']}]",
        {.lanes = 1, .threads = 2});
    EXPECT_EQ(scattered.stage("r").passes[2].program->in_one_piece, OnePiece::collisions);
}

TEST(Explanation, tells_joins_and_medians_apart_from_programs) {
    const Explained made(
        "agents: {town: {count: 200, fields: {size: 1, owner: 1, number: 0}}}\n"
        "steps:\n  - {rule: r, on: town, do: ['size = sum(k.size for k in town if k.owner == number)']}\n"
        "  - {rule: m, on: town, do: ['size = median(k.size for k in town)']}\n");
    EXPECT_EQ(made.stage("r").joins, 1);
    EXPECT_EQ(made.stage("r").medians, 0);
    EXPECT_EQ(made.stage("m").medians, 1);
    const std::string text = "'sum(k.size for k in town if k.owner == number)'";
    EXPECT_THAT(made.passes("r"), testing::Contains("join: result of " + text + " from values of " + text + " where item keys of " + text +
                                                    " equal keys of " + text));
    EXPECT_THAT(made.passes("m"),
                testing::Contains("median: result of 'median(k.size for k in town)' from values of 'median(k.size for k in town)'"));
}

TEST(Explanation, counts_skips_that_pack_where_a_block_lies_within_one_row) {
    const std::string do_much = "do: ['x = x * 2 + y * 3 + x * y * 5 + x * x * 7 + y * y * 11', 'y = x * 13 + y * 17']";
    const std::string text =
        "agents: {cell: {count: 100, fields: {x: 1, y: 0}}}\nsteps: [{rule: r, on: cell, where: x < 2, " + do_much + "}]";
    EXPECT_EQ(Explained(text, {.lanes = 256}).stage("r").passes[0].program->packed, 1);
    EXPECT_EQ(Explained(text, {.lanes = 128}).stage("r").passes[0].program->packed, 0);
    EXPECT_EQ(Explained(text, {.lanes = 1}).stage("r").passes[0].program->packed, 0);
    EXPECT_EQ(Explained(text, {.lanes = 1}).stage("r").passes[0].program->skips, 1);
}

TEST(Explanation, finds_a_step_that_is_called_as_a_stage_is) {
    const Explained made("agents: {cell: {count: 2, fields: {x: 1}}}\nsteps: [{rule: start, on: cell, do: ['x += 1']}]");
    EXPECT_EQ(made->stage("start")->kind, ExplainedStage::Kind::step);
    EXPECT_EQ(made->stage("timeline")->kind, ExplainedStage::Kind::timeline);
    EXPECT_EQ(made->stage("nobody"), nullptr);
}

}  // namespace
}  // namespace entente::test
