// Machine code: whatever the program, it does to every element what the interpreter does.
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <entente/runtime/native.hpp>

#include "programs.hpp"

namespace entente::test {
namespace {

TEST(Native, does_what_the_interpreter_does_with_any_program) {
    if (available_kernels().back()->name != "avx512") GTEST_SKIP() << "this processor has no AVX-512";
    std::mt19937_64 random(18);
    std::size_t runs = 0;
    for (int repeat = 0; repeat < 250; ++repeat) {
        const Program program = random_program(random, 20 + repeat);
        NativeCode native;
        const std::vector<Instruction> body = native.translate(program);
        ASSERT_TRUE(native.finish());
        for (const Instruction& i : body) runs += i.op == Op::native;
        const std::vector<double> memory = random_memory(random, repeat % 2 == 0);
        for (const int count : {8, 64, 248, 256}) {
            const Outcome expected = outcome_of(program, program.body, nullptr, avx512_interpreted_kernels(), memory, count);
            const Outcome got = outcome_of(program, body, native.runs(), avx512_kernels(), memory, count);
            expect_same(got, expected, fmt::format("program {}, {} elements\n{}", repeat, count, listing(program)));
            if (HasFatalFailure()) return;
        }
    }
    EXPECT_GT(runs, 500U);
}

TEST(Native, writes_no_element_beyond_the_valid_ones_of_a_fixed_row) {
    if (available_kernels().back()->name != "avx512") GTEST_SKIP() << "this processor has no AVX-512";
    // Three rows of one run each, one beside the other.
    const std::string text = "agents: {state: {fields: {x: 1, y: 2}, members: [a, b, c]}}\nsteps: [{rule: r, on: state, do: [x = 2 * x + y, y = y - x / 8]}]";
    World world(text);
    world.tick(5);
    for (const std::string row : {"a", "b", "c"}) EXPECT_EQ(world["state[" + row + "].x"], world["state[a].x"]);
}

}  // namespace
}  // namespace entente::test
