// What an explanation says of machine code.
#include <string>

#include <gmock/gmock.h>

#include "explained.hpp"

namespace entente::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Explanation, counts_what_machine_code_does) {
    const std::string text =
        "agents: {cell: {count: 100, fields: {x: 1}}}\nsteps: [{rule: r, on: cell, do: ['x = exp(x * 2 + 1) / 2 - 1']}]";
    const auto native = [&](const Kernels& kernels) {
        const Explained made(text, {.detailed = "r", .kernels = kernels});
        std::string marks;
        for (const auto& line : made.stage("r").passes[0].program->parts.at(0).body) marks += line.is_native ? '|' : '.';
        EXPECT_EQ(made.stage("r").native, std::ranges::count(marks, '|'));
        return marks;
    };
    const std::string expected = "||.||||";  // multiply, add | exp | divide, subtract, check, store
    EXPECT_EQ(native(avx2_kernels()), expected);
    EXPECT_EQ(native(avx512_kernels()), expected);
    EXPECT_EQ(native(avx2_interpreted_kernels()), ".......");
    EXPECT_EQ(native(portable_kernels()), ".......");
}

TEST(Explanation, lists_the_loops_of_machine_code_of_the_stage_asked_for) {
    const Explained made(
        "agents: {cell: {count: 100, fields: {x: 1}}}\nsteps: [{rule: r, on: cell, do: ['x = exp(x * 2 + 1) / 2 - 1']}, {rule: s, on: "
        "cell, do: ['x = x - 3']}]",
        {.detailed = "r"});
    const auto loops = machine_code(made.model(), made.stage("r"), 4);
    ASSERT_EQ(loops.size(), 2U);
    EXPECT_EQ(loops[0].program, "r");
    EXPECT_EQ(loops[0].run.begin, 0);
    EXPECT_EQ(loops[0].run.end, 2);
    EXPECT_EQ(loops[1].run.begin, 3);
    EXPECT_EQ(loops[1].run.end, 7);
    EXPECT_THAT(loops[0].run.text, AllOf(HasSubstr("; 0\n"), HasSubstr("vmulpd ymm"), HasSubstr("; 1\n"), HasSubstr("vaddpd ymm")));
    EXPECT_THAT(loops[1].run.text, AllOf(HasSubstr("vdivpd"), testing::Not(HasSubstr("vmulpd"))));
    EXPECT_THAT(machine_code(made.model(), made.stage("r"), 8)[0].run.text, HasSubstr("vmulpd zmm"));
    EXPECT_THAT(machine_code(made.model(), made.stage("s"), 4), IsEmpty()) << "it was not explained in detail";
}

TEST(Explanation, lists_of_one_program_for_the_whole_tick_the_loops_of_the_step_alone) {
    const Explained made(states, {.detailed = "grow"});
    const auto loops = machine_code(made.model(), made.stage("grow"), 4);
    ASSERT_FALSE(loops.empty());
    const auto& part = made.stage("grow").passes[0].program->parts;
    for (const auto& loop : loops) {
        EXPECT_EQ(loop.program, "the whole tick");
        EXPECT_GE(loop.run.end, part.front().body.front().number);
    }
}

}  // namespace
}  // namespace entente::test
