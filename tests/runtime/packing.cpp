// Packed elements: each is given what the whole block would give it.
#include <random>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <entente/runtime/native.hpp>
#include <entente/runtime/packing.hpp>

#include "programs.hpp"

namespace entente::test {
namespace {

TEST(Packing, gives_each_element_what_the_whole_block_gives_it) {
    std::mt19937_64 random(19);
    int packed = 0;
    for (int repeat = 0; repeat < 250; ++repeat) {
        const Program program = random_program(random, 20 + repeat);
        const std::vector<double> memory = random_memory(random, false);
        for (const Kernels* kernels : available_kernels()) {
            NativeCode native(kernels->native);
            const bool is_native = kernels->native > 0;
            const std::vector<Instruction> body = is_native ? native.translate(program) : program.body;
            if (is_native && !native.finish()) FAIL() << "no machine code";
            const Outcome expected = outcome_of(program, program.body, nullptr, *kernels, memory, 256);
            const Outcome got = outcome_of(program, body, is_native ? &native : nullptr, *kernels, memory, 256, true);
            expect_same(got, expected, fmt::format("program {}, {}\n{}", repeat, kernels->name, listing(program)));
            if (HasFatalFailure()) return;
            packed += got.packed;
        }
    }
    EXPECT_GT(packed, 20);
}

}  // namespace
}  // namespace entente::test
