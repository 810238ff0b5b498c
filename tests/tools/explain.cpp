// `entente explain`: the founding scenario, a large world, and what it refuses.
#include <entente/runtime/kernels.hpp>

#include "command.hpp"

namespace entente {

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string founding = "'" ENTENTE_ROOT "/tests/scenes/founding.yaml' --threads 1 --lanes 256 --isa portable";

TEST_F(Command, explains_what_the_founding_scenario_became) {
    const Outcome told = entente("explain " + founding);
    EXPECT_EQ(told.code, 0) << told.err;
    EXPECT_THAT(told.out, StartsWith("Kabul seeks recognition in Moscow\n"));
    EXPECT_THAT(told.out, HasSubstr("  Way           row by row: 10 rows in all, few enough for one program that does the whole tick\n"));
    EXPECT_THAT(told.out, HasSubstr("  Batch         256 runs side by side (lanes), as asked for; state 2.6 kB a run, 655 kB a batch\n"));
    EXPECT_THAT(told.out, HasSubstr("  Machine code  portable: none with this instruction set;"));
    EXPECT_THAT(told.out, HasSubstr("  government         3       17          408        104,448\n"));
    EXPECT_THAT(told.out, HasSubstr("  Parameters    90 of 90: no run gives them another value\n"));
    EXPECT_THAT(told.out,
                HasSubstr("\n  aid_shipment                      relation       6    4    72        0     2.17 to 32.3       4\n"));
}

TEST_F(Command, explains_a_step_in_the_scenarios_names) {
    const Outcome told = entente("explain " + founding + " --step aid_shipment");
    EXPECT_EQ(told.code, 0) << told.err;
    EXPECT_THAT(told.out, StartsWith("aid_shipment\nstep on relation, 6 rows\n\n"
                                     "  Where         source.generosity > 0 and standing >= mission and target.hardship > aid_threshold\n"
                                     "  Left out      4 rows on which it can never do anything: afghanistan -> russia, afghanistan ->\n"
                                     "                tajikistan, tajikistan -> afghanistan and tajikistan -> russia\n"));
    EXPECT_THAT(told.out, HasSubstr("= draw 0 of aid_shipment\n"));
    EXPECT_THAT(told.out, HasSubstr("  store government.relief[afghanistan] = "));
    EXPECT_THAT(told.out, HasSubstr("  on russia -> afghanistan\n"));
    EXPECT_THAT(told.out, Not(HasSubstr("snub")));
}

TEST_F(Command, explains_with_the_changes_that_a_variant_and_settings_make) {
    const Outcome told = entente("explain " + founding + " --variant no_aid --step aid_shipment");
    EXPECT_THAT(told.out, Not(HasSubstr("store government.relief[afghanistan] = "))) << "at a rate of 0 nothing is sent";
    EXPECT_THAT(entente("explain walk.yaml --set drift=2 --step 'influence drifts' --isa portable").out,
                HasSubstr(" = add 0.16666666666666666 r"));
}

TEST_F(Command, explains_a_large_world) {
    const Outcome copied =
        shell("sed 's/count: 1000$/count: 5000/; s/p: 0.01/p: 0.002/' '" ENTENTE_ROOT "/tests/scenes/random_graph.yaml' >large.yaml");
    ASSERT_EQ(copied.code, 0);
    const Outcome told = entente("explain large.yaml --runs 1 --threads 2 --isa portable");
    EXPECT_EQ(told.code, 0) << told.err;
    EXPECT_THAT(told.out, HasSubstr("  Way           by table: each step runs over the rows on which it can do something, for "));
    EXPECT_THAT(told.out, HasSubstr("  Batch         1 run at a time (lane), for there is no other; "));
    EXPECT_THAT(told.out, HasSubstr("programs add up key by key, 8 keys at a time; "));
    EXPECT_THAT(told.out, HasSubstr("  Threads       2 threads share out the rows of each run, in "));
    const Outcome step =
        entente("explain large.yaml --runs 1 --threads 2 --isa portable --step 'attitudes drift to those of the neighbours'");
    EXPECT_THAT(step.out, HasSubstr("  Runs over     slices of tie, "));
    EXPECT_THAT(step.out, HasSubstr("contribute person.attitude[target] to result of 'mean(r.target.attitude for r in\n"));
    EXPECT_THAT(step.out, HasSubstr("= draw 1 of attitudes drift to those of the neighbours\n"));
    EXPECT_THAT(step.out, HasSubstr("store person.attitude = "));
}

TEST_F(Command, explains_as_json) {
    const json told = json::parse(entente("explain walk.yaml --json --isa portable --lanes 8 --threads 1").out);
    EXPECT_EQ(told["format"], "entente-explanation/1");
    EXPECT_EQ(told["runs"], 20);
    EXPECT_EQ(told["batches"], 3);
    EXPECT_EQ(told["stages"].size(), 6U);  // start, timeline, two steps, measures, end
    EXPECT_EQ(told["stages"][3]["name"], "visit");
    const json listed = json::parse(entente("explain walk.yaml --json --isa portable --step visit --machine-code").out);
    EXPECT_FALSE(listed["machine_code_listings"][0]["available"]);
}

TEST_F(Command, lists_machine_code_or_says_that_there_is_none) {
    const Outcome portable = entente("explain walk.yaml --step 'influence drifts' --machine-code --isa portable");
    EXPECT_EQ(portable.code, 0);
    EXPECT_THAT(portable.out,
                HasSubstr("\nMachine code on portable\n  not available: this instruction set interprets every instruction\n"));
    const Outcome all = entente("explain walk.yaml --step 'influence drifts' --machine-code");
    for (const Kernels* kernels : available_kernels()) {
        if (kernels->native == 0) continue;
        const std::string name(kernels->name);
        EXPECT_THAT(all.out, HasSubstr("\nMachine code on " + name + "\n\n  the whole tick: instructions "));
        EXPECT_THAT(
            entente("explain walk.yaml --step 'influence drifts' --machine-code --isa " + name + "-interpreted").out,
            HasSubstr("\nMachine code on " + name + "-interpreted\n  not available: this instruction set interprets every instruction\n"));
    }
}

TEST_F(Command, says_what_can_not_be_explained) {
    const auto refused = [&](const std::string& arguments) {
        const Outcome outcome = entente("explain " + arguments);
        EXPECT_EQ(outcome.code, 2) << arguments;
        EXPECT_EQ(outcome.out, "") << arguments;
        return outcome.err;
    };
    EXPECT_EQ(refused("walk.yaml --step vist"), "error: no step is called 'vist'\nhelp: did you mean 'visit'?\n");
    EXPECT_EQ(refused("walk.yaml --step nobody"),
              "error: no step is called 'nobody'\nhelp: the steps are start, timeline, influence drifts, visit, measures and end\n");
    EXPECT_EQ(refused("walk.yaml --machine-code"),
              "error: --machine-code lists the code of one step\nhelp: add --step NAME; 'entente explain FILE' shows the steps\n");
    EXPECT_THAT(refused("broken.yaml"), StartsWith("broken.yaml:6:22: error: a parameter has no key 'rnage'\n"));
    EXPECT_EQ(refused("nowhere.yaml"), "error: 'nowhere.yaml' does not exist\nhelp: check the name and the folder\n");
    EXPECT_THAT(refused("walk.yaml --isa sse"), StartsWith("error: the instruction set 'sse' "));
    EXPECT_EQ(refused("walk.yaml --variant standstil"), "error: no variant is called 'standstil'\nhelp: did you mean 'standstill'?\n");
    EXPECT_THAT(refused("walk.yaml --lanes 3"), StartsWith("error: "));
}

}  // namespace

}  // namespace entente
