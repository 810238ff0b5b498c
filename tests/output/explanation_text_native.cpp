// The listing of machine code, where it is written.
#include <gmock/gmock.h>

#include <entente/output/explanation_text.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::HasSubstr;

TEST(ExplanationText, says_beside_machine_code_which_instruction_it_is) {
    const Model model =
        compile(scenario_of("agents: {cell: {count: 100, fields: {x: 1}}}\nsteps: [{rule: r, on: cell, do: ['x = x * 2 + 1']}]"));
    const Explanation made = explain(model, {.lanes = 8, .threads = 1, .kernels = &portable_kernels()}, "r");
    const std::string text = machine_code_text(avx512_kernels(), false, *made.stage("r"), machine_code(model, *made.stage("r"), 8), {});
    EXPECT_THAT(text,
                testing::StartsWith("Machine code on avx512\n\n  r: instructions 0 to 3, a loop over vectors of 8 values\n    align 32\n"));
    EXPECT_THAT(text, HasSubstr("\n    ; 0  r0 = multiply cell.x 2\n"));
    EXPECT_THAT(text, HasSubstr("\n    ; 1  r0 = add r0 1\n"));
    EXPECT_THAT(text, HasSubstr("\n    ; 3  store cell.x = r0\n"));
}

}  // namespace
}  // namespace entente::test
