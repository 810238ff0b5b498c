// Machine code: whatever the program, it does to every element what the interpreter does.
#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <entente/language/builder.hpp>
#include <entente/runtime/kernels.hpp>
#include <entente/runtime/native.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

constexpr int columns = 12;

/// A program of simple operations on a few columns, with draws, exponential functions and skips in between, that keeps many values
/// and checks some.
Program random_program(std::mt19937_64& random, int size) {
    ProgramBuilder b;
    std::vector<Value> values;
    bool skips = false;
    const auto any = [&] { return values[random() % values.size()]; };
    const auto constant = [&] {
        const std::vector<double> numbers{0, -0.0, 1, -1, 0.5, 3, 1e300, -7, std::numeric_limits<double>::infinity()};
        return b.constant(numbers[random() % numbers.size()]);
    };
    std::vector<Value> loaded;  // and their negations: what is not to be asked for when another value was stored there
    const auto load = [&] {
        for (int c = 0; c < columns; ++c) values.push_back(b.load({{c}, {}})), loaded.push_back(values.back());
    };
    load();
    const std::vector<Op> unary{Op::negate, Op::logical_not, Op::absolute, Op::square_root, Op::floor, Op::ceil, Op::round, Op::exp};
    const std::vector<Op> binary{Op::add,       Op::subtract, Op::multiply, Op::divide,    Op::minimum,     Op::maximum,
                                 Op::less,      Op::less_equal, Op::equal,  Op::not_equal, Op::logical_and, Op::logical_or};
    for (int i = 0; i < size; ++i) {
        const auto kind = random() % 20;
        const Value x = any();
        if (kind < 3) {
            const Op op = unary[random() % unary.size()];
            values.push_back(b.op(op, x));
            if (op == Op::negate) loaded.push_back(values.back());
        }
        else if (kind < 12) values.push_back(b.op(binary[random() % binary.size()], x, any()));
        else if (kind < 14) values.push_back(b.op(binary[random() % binary.size()], constant(), x));
        else if (kind < 16) values.push_back(b.op(binary[random() % binary.size()], x, constant()));
        else if (kind < 17) values.push_back(b.op(Op::select, x, any(), any()));
        else if (kind < 18) values.push_back(b.op(Op::select, x, constant(), any()));
        else if (kind < 19) b.check(x, random() % 2 == 0 ? any() : Value{}, {static_cast<Check::Demand>(random() % 4), "x"}, {{"x", x}, {"y", any()}});
        else {
            b.store({{static_cast<int>(random() % columns)}, {}}, random() % 5 == 0 ? constant() : x, random() % 2 == 0 ? any() : Value{});
            const auto end = random() % 6;
            if (end > 2) continue;
            b.end_segment();
            if (end == 0 || skips) values.clear();  // what a skip may have left out is not asked for again
            std::erase_if(values, [&](Value v) { return std::find(loaded.begin(), loaded.end(), v) != loaded.end(); });
            load();
            if ((skips = end == 0)) b.skip_unless(any());
        }
    }
    for (int c = 0; c < columns; ++c) b.store({{c}, {}}, any(), {});
    return b.finish();
}

struct Outcome {
    std::vector<double> memory;
    std::vector<std::string> told;  ///< of failed checks: which, where, and the operands shown
};

Outcome outcome_of(const Program& program, const std::vector<Instruction>& body, const NativeRun* runs, const Kernels& kernels,
                   std::vector<double> memory, int count) {
    Outcome outcome{std::move(memory), {}};
    std::vector<double> registers(static_cast<std::size_t>(program.registers) * block_size, 0.125);
    std::vector<double*> slots;
    for (int r = 0; r < program.registers; ++r) slots.push_back(registers.data() + r * block_size);
    for (const Load& load : program.loads) slots.push_back(outcome.memory.data() + load.column.value * block_size);
    std::vector<EffectState> effects;
    for (const Effect& effect : program.effects) effects.push_back({outcome.memory.data() + effect.column.value * block_size, nullptr, nullptr, -1});
    struct Teller {
        const Program& program;
        Outcome& outcome;
    } teller{program, outcome};
    BlockContext block{};
    block.slots = slots.data();
    block.effects = effects.data();
    block.checks = program.checks.data();
    block.native = runs;
    block.lanes = 256;
    block.count = block.valid = count;
    block.failed = {[](void* who, const Instruction& failed, const BlockContext& part) {
                        const auto& [of, into] = *static_cast<Teller*>(who);
                        const Check& check = of.checks[static_cast<std::size_t>(failed.extra)];
                        const auto read = [&](const Operand& o, int i) { return o.is_constant() ? o.constant : part.slots[o.slot][part.base + i]; };
                        for (int i = 0; i < part.valid; ++i) {
                            const double x = read(failed.a, i);
                            if (!failed.b.is_constant() && read(failed.b, i) == 0) continue;
                            const bool finite = x - x == 0;
                            const bool fine = check.demand == Check::Demand::finite         ? finite
                                              : check.demand == Check::Demand::probability  ? x >= 0 && x <= 1
                                              : check.demand == Check::Demand::not_negative ? finite && x >= 0
                                                                                            : finite && x > 0;
                            if (fine) continue;
                            std::string text = fmt::format("check {} on element {}: {}", failed.extra, part.base + i, std::isnan(x) ? 0 : x);
                            for (const Check::Name& name : check.names)
                                if (const double shown = read(name.value, i); shown == shown) text += fmt::format(", {}", shown);
                            into.told.push_back(text);
                            if (failed.a.slot < of.registers) part.slots[failed.a.slot][part.base + i] = 0.5;
                        }
                    },
                    &teller};
    kernels.execute(body.data(), 0, static_cast<int>(body.size()), block);
    std::sort(outcome.told.begin(), outcome.told.end());  // vector after vector, or check after check
    return outcome;
}

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
        std::vector<double> memory(columns * block_size);
        for (double& x : memory) {
            const std::vector<double> special{0, -0.0, 1, 0.25, 1e200, -1e-310, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()};
            const auto wild = random() % (repeat % 2 == 0 ? 8 : 4000);
            x = wild < special.size() ? special[wild] : static_cast<double>(random() % 2001) / 500 - 2;
        }
        for (const int count : {8, 64, 248, 256}) {
            const Outcome expected = outcome_of(program, program.body, nullptr, avx512_interpreted_kernels(), memory, count);
            const Outcome got = outcome_of(program, body, native.runs(), avx512_kernels(), memory, count);
            ASSERT_EQ(got.told, expected.told) << "program " << repeat << ", " << count << " elements\n" << listing(program);
            for (std::size_t i = 0; i < memory.size(); ++i)
                ASSERT_TRUE(same_bits(got.memory[i], expected.memory[i]) || (std::isnan(got.memory[i]) && std::isnan(expected.memory[i])))
                    << "program " << repeat << ", column " << i / block_size << ", element " << i % block_size << " of " << count << ": " << got.memory[i] << ", not "
                    << expected.memory[i] << "\n" << listing(program);
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
