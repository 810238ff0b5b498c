// Tests: explanation_json, explanation_stage_text.
// The text of an explanation, whole, for small worlds and batches that are the same on every machine.
#include <string>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <entente/output/explanation_json.hpp>
#include <entente/output/explanation_text.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::HasSubstr;

const std::string states =
    "title: Two states\n"
    "parameters: {gain: 0.5}\n"
    "agents: {state: {fields: {seeks: 0, x: 1}, members: {a: {seeks: 1}, b: {}}}}\n"
    "links: {tie: {source: state, target: state, fields: {trust: 0.5}, members: [a -> b, b -> a]}}\n"
    "steps:\n"
    "  - {event: visit, on: tie, where: source.seeks > 0, probability: trust, do: ['trust += gain']}\n"
    "  - {rule: grow, on: state, do: ['x = exp(x) / 2']}\n";

struct Asked {
    const Kernels& kernels = portable_kernels();
    std::string detailed{};
    ExplainedRuns runs{16, {.threads = 2, .lanes = 8, .batches = 2, .rows_shared = false}, true};
};

Explanation explained(const Model& model, const Asked& asked) {
    return explain(model, {asked.runs.layout.lanes, asked.runs.layout.rows_shared ? asked.runs.layout.threads : 1, &asked.kernels},
                   asked.detailed);
}

std::string overview(const std::string& text, const Asked& asked = {}) {
    return explanation_text(explained(compile(scenario_of(text)), asked), asked.runs, {});
}

std::string stage(const std::string& text, const Asked& asked) {
    const Explanation made = explained(compile(scenario_of(text)), asked);
    return stage_text(made, *made.stage(asked.detailed), {});
}

TEST(ExplanationText, tells_of_a_small_world) {
    EXPECT_EQ(overview(states), R"(Two states
world.yaml · 16 runs of 100 ticks

How a tick runs
  Way           row by row: 4 rows in all, few enough for one program that does the whole tick
  Batch         8 runs side by side (lanes), as asked for; state 64 bytes a run, 512 bytes a batch
  Machine code  portable: none with this instruction set; all is interpreted, a block of values at a
                time
  Packing       0 of 1 skip: where few runs of a block need the code behind it, it is run on those
                alone
  Threads       2, each with batches of its own
  Cost          96 to 99 additions a tick and run, 24 to 24.8 for each of 4 row updates

State of the runs
  table           rows  columns  bytes a run  bytes a batch
  state              2        2           32            256
  tie                2        2           32            256

  state         fields: seeks and x
  tie           fields: trust; events counted: visit

Maps between rows, fixed and shared by all runs: 72 bytes
  Names         of rows, which key their draws; no maps

Written into the programs as numbers
  Parameters    1 of 1: no run gives them another value
  Fields        3 values that nothing changes after the start, by field (rows): state.seeks (2) and
                tie.trust (1 of 2)
  Events        1 row on which an event can never happen, by event (rows): visit (1 of 2)
  Operations    2 whose result was known when compiled, and 0 that were there already

Steps of a tick
  step      table  rows  out  code  mach. %  additions a row  cost %
  visit     tie       2    1     8        0       22 to 23.5      47
  grow      state     2          8        0               26      53
  measures                       0        0                        0

  out: rows left out, for the step can never do anything there; code: instructions; mach. %: share
    of them in machine code; additions a row: expected cost, from all skips taken to none (a
    division is 4 additions, an exponential 20, a draw 40; reading memory, joins and medians are not
    counted); cost %: share of the most that a tick can cost.
  --step NAME lists a step's programs; so it does for start, timeline, measures and end.
)");
}

TEST(ExplanationText, tells_why_a_large_world_goes_as_it_does) {
    const std::string ring =
        "agents: {cell: {count: 3000, fields: {x: 1}}}\nlinks: {beside: {source: cell, target: cell, pattern: {ring: {k: 2}}}}\n"
        "steps: [{rule: r, on: cell, do: ['x = sum(b.target.x for b in beside.out(self))']}]";
    const std::string alone = overview(ring, {.runs = {1, {.threads = 2, .lanes = 1, .batches = 1, .rows_shared = true}, false}});
    EXPECT_THAT(alone, HasSubstr("  Way           by table: each step runs over the rows on which it can do something, for 9,000 rows\n                are more than 64\n"));
    EXPECT_THAT(alone, HasSubstr("  Batch         1 run at a time (lane), for there is no other; state 48 kB a run, 48 kB a batch\n"));
    EXPECT_THAT(alone, HasSubstr("  Slices        1 of 3 programs add up key by key, 8 keys at a time; of the others 2 do more than\n"
                                 "                add up over one map\n"));
    EXPECT_THAT(alone, HasSubstr("  Packing       not used: it is for several runs side by side\n"));
    EXPECT_THAT(alone, HasSubstr("  Threads       2 threads share out the rows of each run, in 1 of 3 programs; of the others 2 have\n"
                                 "                too few rows\n"));
    EXPECT_THAT(overview(ring), HasSubstr("  Slices        not used: they are for one run at a time\n"));
    EXPECT_THAT(overview(ring, {.runs = {100, {.threads = 2, .lanes = 1, .batches = 100}, false}}),
                HasSubstr("1 run at a time (lane), for the state of more would not fit into the second-level\n                cache;"));
    EXPECT_THAT(overview(ring, {.runs = {16, {.threads = 4, .lanes = 16, .batches = 1}, false}}),
                HasSubstr("  Threads       1 of 4 threads at work, for there is 1 batch and no more\n"));
}

TEST(ExplanationText, says_why_worlds_go_by_table) {
    EXPECT_EQ(reason_text({ByTable::Reason::too_many_rows, 1'000'000, 64}), "1,000,000 rows are more than 64");
    EXPECT_EQ(reason_text({ByTable::Reason::too_many_values, 30'001, 30'000}), "row by row a tick would compute more than 30,000 values");
    EXPECT_EQ(reason_text({ByTable::Reason::has_median}), "medians have no form row by row");
    EXPECT_EQ(reason_text({ByTable::Reason::none}), "");
}

TEST(ExplanationText, lists_a_step) {
    EXPECT_EQ(stage(states, {.detailed = "visit"}), R"(visit
step on tie, 2 rows

  Where         source.seeks > 0
  Left out      1 row on which it can never do anything: b -> a
  Way           row by row, within the one program of the tick
  Cost          44 to 47 additions a tick and run, at most 47 % of a tick

Passes, one after the other
    1  program the whole tick

Pass 1: the whole tick
  Runs over     the world, 1 row
  Way           one program for all steps, of which this is the step's part; on one thread, for
                threads take whole batches
  Instructions  0 once a step, 8 on each row; 0 in machine code, 1 draw, 0 reads to rows elsewhere
  Cost          44 to 47 additions a row, and 0 once a step
  Skips         1, 0 of them with packing
  Folded        2 operations whose result was known, 0 that were there already (of the whole tick)
  on a -> b
      0   check tie.trust[a -> b]: a probability (probability: trust)
      1   r0 = draw 0 of visit
      2   r0 = less r0 tie.trust[a -> b]
      3   store count of visit[a -> b] = r0
      4   skip to 8 where r0 is 0 in the whole block
      5   r1 = add tie.trust[a -> b] 0.5
      6   check r1 where r0: finite (trust += gain)
      7   store tie.trust[a -> b] = r1 where r0

  | machine code does it; r0, r1 ... are registers of 256 values; once0 ... are of the prologue
)");
}

TEST(ExplanationText, keeps_lines_short) {
    const std::string text = stage(
        "agents: {cell: {count: 100, fields: {x: 1}}}\nsteps: [{rule: r, on: cell, do: ['x = x + 1 + x * 2 + x * 3 + x * 4 + x * 5 + x * 6 "
        "+ x * 7 + x * 8 + x * 9 + x * 10 + x * 11']}]",
        {.detailed = "r"});
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 100U) << line;
    EXPECT_THAT(text, HasSubstr("x * 11)\n"));
}

TEST(ExplanationText, says_where_machine_code_is_not_available) {
    const Model model = compile(scenario_of(states));
    const Explanation made = explained(model, {.detailed = "grow"});
    const ExplainedStage& grow = *made.stage("grow");
    EXPECT_EQ(machine_code_text(portable_kernels(), false, grow, {}, {}),
              "Machine code on portable\n  not available: this instruction set interprets every instruction\n");
    Kernels compiled = portable_kernels();
    compiled.name = "avx2";
    compiled.native = 4;
    EXPECT_EQ(machine_code_text(compiled, true, grow, {}, {}),
              "Machine code on avx2\n  not available: this system lets no program write machine code\n");
    EXPECT_EQ(machine_code_text(compiled, false, grow, {}, {}),
              "Machine code on avx2\n  none: no two instructions of grow in a row can be machine code\n");
}

TEST(ExplanationJson, holds_what_the_text_tells) {
    const Model model = compile(scenario_of(states));
    const Asked asked{.detailed = "visit"};
    const auto json = nlohmann::json::parse(explanation_json(explained(model, asked), asked.runs));
    EXPECT_EQ(json["format"], "entente-explanation/1");
    EXPECT_EQ(json["way"], "row by row");
    EXPECT_EQ(json["lanes"], 8);
    EXPECT_EQ(json["additions_a_tick"], (nlohmann::json{{"min", 96}, {"max", 99}}));
    EXPECT_EQ(json["state"]["columns"][0]["name"], "state.seeks");
    EXPECT_EQ(json["state"]["columns"][0]["bytes_a_batch"], 128);
    EXPECT_EQ(
        json["folded"][1],
        (nlohmann::json{{"column", "tie.trust"}, {"folded", 1}, {"rows", 2}, {"min", 0.5}, {"max", 0.5}, {"event_count", false}}));
    const auto& visit = json["stages"][2];
    EXPECT_EQ(visit["name"], "visit");
    EXPECT_EQ(visit["excluded"], nlohmann::json{"b -> a"});
    EXPECT_EQ(visit["passes"][0]["program"]["parts"][0]["body"][1],
              (nlohmann::json{{"number", 1}, {"text", "r0 = draw 0 of visit"}, {"machine_code", false}}));
    EXPECT_FALSE(json["stages"][3]["passes"][0]["program"].contains("parts"));
}

}  // namespace
}  // namespace entente::test
