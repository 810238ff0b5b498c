// Tests: native_avx2, native_avx512, native_plan, native_writer.
// Machine code: whatever the program, it does to every element what the interpreter does.
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <entente/runtime/native.hpp>

#include "programs.hpp"

namespace entente::test {
namespace {

/// The same kernels without machine code, by which it is judged.
const Kernels& interpreted(const Kernels& kernels) { return choose_kernels(std::string(kernels.name) + "-interpreted"); }

std::vector<const Kernels*> kernels_with_machine_code() {
    std::vector<const Kernels*> all;
    for (const Kernels* kernels : available_kernels())
        if (kernels->native > 0) all.push_back(kernels);
    return all;
}

TEST(Native, is_there_for_AVX2_and_for_AVX_512) {
    for (const Kernels* kernels : available_kernels()) {
        const std::string name(kernels->name);
        EXPECT_EQ(kernels->native, name == "avx2" ? 4 : name == "avx512" ? 8 : 0) << name;
    }
}

TEST(Native, does_what_the_interpreter_does_with_any_program) {
    for (const Kernels* kernels : kernels_with_machine_code()) {
        std::mt19937_64 random(18);
        std::size_t runs = 0;
        for (int repeat = 0; repeat < 250; ++repeat) {
            const Program program = random_program(random, 20 + repeat);
            NativeCode native(kernels->native);
            const std::vector<Instruction> body = native.translate(program);
            ASSERT_TRUE(native.finish());
            for (const Instruction& i : body) runs += i.op == Op::native;
            const std::vector<double> memory = random_memory(random, repeat % 2 == 0);
            for (const int count : {8, 64, 248, 256}) {
                const Outcome expected = outcome_of(program, program.body, nullptr, interpreted(*kernels), memory, count);
                const Outcome got = outcome_of(program, body, &native, *kernels, memory, count);
                expect_same(got, expected, fmt::format("{}, program {}, {} elements\n{}", kernels->name, repeat, count, listing(program)));
                if (HasFatalFailure()) return;
            }
        }
        EXPECT_GT(runs, 500U) << kernels->name;
    }
}

TEST(Native, goes_on_in_a_run_of_its_own_where_values_outnumber_registers) {
    // Forty sums are made before any is read, and a check shows the first of them when all have been.
    ProgramBuilder b;
    std::vector<Value> loaded, sums;
    for (int c = 0; c < columns; ++c) loaded.push_back(b.load({{c}, {}}));
    for (int k = 0; k < 40; ++k) sums.push_back(b.op(Op::add, loaded[static_cast<std::size_t>(k % columns)], b.constant(k + 0.5)));
    Value product = sums.back();
    for (std::size_t k = sums.size() - 1; k-- > 0;) product = b.op(k % 2 == 0 ? Op::multiply : Op::maximum, product, sums[k]);
    b.check(product, {}, {Check::Demand::not_negative, "product"}, {{"product", product}, {"first", sums[0]}, {"fifth", sums[4]}});
    b.store({{0}, {}}, product, {});
    const Program program = b.finish();
    for (const Kernels* kernels : kernels_with_machine_code()) {
        NativeCode native(kernels->native);
        const std::vector<Instruction> body = native.translate(program);
        ASSERT_TRUE(native.finish());
        std::mt19937_64 random(7);
        const std::vector<double> memory = random_memory(random, false);
        const Outcome expected = outcome_of(program, program.body, nullptr, interpreted(*kernels), memory, 256);
        EXPECT_GT(expected.told.size(), 10U);
        EXPECT_LT(expected.told.size(), 246U);
        expect_same(outcome_of(program, body, &native, *kernels, memory, 256), expected, std::string(kernels->name));
        EXPECT_GT(std::count_if(body.begin(), body.end(), [](const Instruction& i) { return i.op == Op::native; }), 1) << kernels->name;
    }
}

TEST(Native, writes_no_element_beyond_the_valid_ones_of_a_fixed_row) {
    // Three rows of one run each, one beside the other.
    const std::string text = "agents: {state: {fields: {x: 1, y: 2}, members: [a, b, c]}}\nsteps: [{rule: r, on: state, do: [x = 2 * x + y, y = y - x / 8]}]";
    World world(text);
    world.tick(5);
    for (const std::string row : {"a", "b", "c"}) EXPECT_EQ(world["state[" + row + "].x"], world["state[a].x"]);
}

}  // namespace
}  // namespace entente::test
