/// Block programs made at random, and what kernels make of them.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <entente/language/builder.hpp>
#include <entente/runtime/kernels.hpp>

#include "../worlds.hpp"

namespace entente::test {

inline constexpr int columns = 12;

/// A program of simple operations on a few columns, with draws, exponential functions and skips in between, that keeps many values
/// and checks some.
inline Program random_program(std::mt19937_64& random, int size) {
    ProgramBuilder b;
    std::vector<Value> values;
    Value skipped_without;  // what the segment's code is for, if not for all
    const auto where = [&](Value mask) {
        if (!skipped_without) return mask;
        return mask ? b.op(Op::logical_and, mask, skipped_without) : skipped_without;
    };
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
    const auto begin_segment = [&] {
        b.end_segment();
        if (skipped_without) values.clear();  // what a skip may have left out is not asked for again
        skipped_without = {};
        std::erase_if(values, [&](Value v) { return std::find(loaded.begin(), loaded.end(), v) != loaded.end(); });
        load();
    };
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
        else if (kind < 18) {
            const auto which = random() % 3;  // constants: the one, the other, both
            values.push_back(b.op(Op::select, x, which == 1 ? any() : constant(), which == 0 ? any() : constant()));
        }
        else if (kind < 19) b.check(x, where(random() % 2 == 0 ? any() : Value{}), {static_cast<Check::Demand>(random() % 4), "x"}, {{"x", x}, {"y", any()}});
        else {
            b.store({{static_cast<int>(random() % columns)}, {}}, random() % 5 == 0 ? constant() : x, where(random() % 2 == 0 ? any() : Value{}));
            const auto end = random() % 6;
            if (end <= 2) begin_segment();
            if (end == 0) b.skip_unless(skipped_without = random() % 2 == 0 ? any() : b.op(Op::less, any(), b.constant(-1.8)));  // many, or few
        }
    }
    begin_segment();
    for (int c = 0; c < columns; ++c) b.store({{c}, {}}, any(), {});
    return b.finish();
}

struct Outcome {
    std::vector<double> memory;
    std::vector<std::string> told;  ///< of failed checks: which, where, and the operands shown
    int packed = 0;                 ///< of these, told where elements had been brought together
};

inline Outcome outcome_of(const Program& program, const std::vector<Instruction>& body, const NativeCode* native, const Kernels& kernels,
                   std::vector<double> memory, int count, bool packs = false) {
    Outcome outcome{std::move(memory), {}};
    std::vector<double> registers(static_cast<std::size_t>(program.registers) * block_size, 0.125);
    std::vector<double*> slots;
    for (int r = 0; r < program.registers; ++r) slots.push_back(registers.data() + r * block_size);
    for (const Load& load : program.loads) slots.push_back(outcome.memory.data() + load.column.value * block_size);
    std::vector<EffectState> effects;
    for (const Effect& effect : program.effects) effects.push_back({outcome.memory.data() + effect.column.value * block_size, nullptr, nullptr, -1});
    std::vector<double*> targets;
    for (const EffectState& effect : effects) targets.push_back(effect.column);
    struct Teller {
        const Program& program;
        Outcome& outcome;
    } teller{program, outcome};
    BlockContext block{};
    block.slots = slots.data();
    block.effects = effects.data();
    block.targets = targets.data();
    block.checks = program.checks.data();
    block.native = native ? native->loops() : nullptr;
    block.lanes = 256;
    // What the batch does to bring elements together.
    constexpr std::size_t pitch = most_packed + 8;
    std::vector<Instruction> packable = body;
    const Packings packings(program, packable, native ? NativeResults(native->results()) : NativeResults());
    std::vector<double> room((packings.slots().size() + packings.effects().size()) * pitch);
    std::vector<double*> packed_slots(static_cast<std::size_t>(program.slot_count()));
    std::vector<double*> kept(effects.size());
    std::vector<EffectState> packed_effects(effects.size());
    std::vector<std::uint64_t> run_numbers(256), packed_runs(most_packed);
    std::vector<std::int32_t> lanes(pitch);
    double* next = room.data();
    for (const std::int32_t slot : packings.slots()) packed_slots[static_cast<std::size_t>(slot)] = std::exchange(next, next + pitch);
    for (const std::int32_t effect : packings.effects()) kept[static_cast<std::size_t>(effect)] = std::exchange(next, next + pitch);
    const PackedRoom packed{packed_slots.data(), kept.data(), packed_effects.data(), packed_runs.data(), lanes.data()};
    block.runs = run_numbers.data();
    block.packings = packings.all().data();
    block.room = packs ? &packed : nullptr;
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
                            const std::int64_t element = part.lane_of ? part.lane_of[part.base + i] : part.base + i;
                            std::string text = fmt::format("check {} on element {}: {}", failed.extra, element, std::isnan(x) ? 0 : x);
                            for (const Check::Name& name : check.names)
                                if (const double shown = read(name.value, i); shown == shown) text += fmt::format(", {}", shown);
                            into.told.push_back(text);
                            into.packed += part.lane_of != nullptr;
                            if (failed.a.slot < of.registers) part.slots[failed.a.slot][part.base + i] = 0.5;
                        }
                    },
                    &teller};
    kernels.execute(packable.data(), 0, static_cast<int>(packable.size()), block);
    std::sort(outcome.told.begin(), outcome.told.end());  // vector after vector, or check after check
    outcome.told.erase(std::unique(outcome.told.begin(), outcome.told.end()), outcome.told.end());  // the last one fills up a vector
    return outcome;
}

inline std::vector<double> random_memory(std::mt19937_64& random, bool often_special) {
    std::vector<double> memory(columns * block_size);
    const std::vector<double> special{0, -0.0, 1, 0.25, 1e200, -1e-310, std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()};
    for (double& x : memory) {
        const auto wild = random() % (often_special ? 8 : 4000);
        x = wild < special.size() ? special[wild] : static_cast<double>(random() % 2001) / 500 - 2;
    }
    return memory;
}

inline void expect_same(const Outcome& got, const Outcome& expected, const std::string& what) {
    ASSERT_EQ(got.told, expected.told) << what;
    for (std::size_t i = 0; i < got.memory.size(); ++i)
        ASSERT_TRUE(same_bits(got.memory[i], expected.memory[i]) || (std::isnan(got.memory[i]) && std::isnan(expected.memory[i])))
            << "column " << i / block_size << ", element " << i % block_size << ": " << got.memory[i] << ", not " << expected.memory[i] << "\n" << what;
}

}  // namespace entente::test
