/// Block programs made at random, and what kernels make of them.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
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

/// What programs made at random may read and change.
struct Surroundings {
    std::vector<Load> loads;
    std::vector<Uniform> uniforms;
    std::vector<DrawSpec> draws;
    std::vector<Effect> stores;
    std::vector<std::pair<Op, Effect>> contributions;
    bool contributes_once = true;  ///< to each place: where rows are many, a column is contributed to by one instruction
    bool checks = true;
};

/// A program of all operations on what is around it, with skips in between, that keeps many values, checks some and changes some.
class RandomProgram {
public:
    RandomProgram(std::mt19937_64& random, const Surroundings& around) : random_(random), around_(around), left_(around.contributions) {}

    Program make(int size) {
        offer();
        for (int i = 0; i < size; ++i) add(static_cast<int>(below(20)));
        begin_segment();
        for (const Effect& store : around_.stores) b_.store(store, any(), {});
        while (!left_.empty()) contribute();
        return b_.finish();
    }

private:
    std::size_t below(std::size_t n) { return random_() % n; }
    bool chance(std::size_t of) { return below(of) == 0; }
    template <class T>
    const T& one_of(const std::vector<T>& list) {
        return list[below(list.size())];
    }
    Value any() { return one_of(values_); }
    Value constant() { return b_.constant(one_of(std::vector<double>{0, -0.0, 1, -1, 0.5, 2, 3, 1e300, -7, std::numeric_limits<double>::infinity()})); }
    Value sometimes() { return chance(2) ? any() : Value{}; }

    /// A mask within the segment in hand: what is not skipped, and there where `mask` holds.
    Value where(Value mask) {
        if (!skipped_without_) return mask;
        return mask ? b_.op(Op::logical_and, mask, skipped_without_) : skipped_without_;
    }

    /// What is read of the surroundings may be asked for.
    void offer() {
        const auto take = [&](Value value) { values_.push_back(value), read_.push_back(value); };
        for (const Load& load : around_.loads) take(b_.load(load));
        for (const Uniform& uniform : around_.uniforms) take(b_.uniform(uniform));
    }

    /// What a skip may have left out, and what another value was stored to, is not asked for again.
    void begin_segment() {
        b_.end_segment();
        if (skipped_without_) values_.clear();
        skipped_without_ = {};
        std::erase_if(values_, [&](Value v) { return std::find(read_.begin(), read_.end(), v) != read_.end(); });
        offer();
    }

    void add(int kind) {
        if (kind < 3) unary();
        else if (kind < 10) values_.push_back(b_.op(binary_operation(), any(), any()));
        else if (kind < 12) values_.push_back(b_.op(binary_operation(), constant(), any()));
        else if (kind < 14) values_.push_back(b_.op(binary_operation(), any(), constant()));
        else if (kind < 15) values_.push_back(b_.op(Op::select, any(), any(), any()));
        else if (kind < 16) choose_constants();
        else if (kind < 18) draw();
        else if (kind < 19) check();
        else change();
    }

    void unary() {
        static const std::vector<Op> simple{Op::negate, Op::logical_not, Op::absolute, Op::square_root, Op::floor, Op::ceil, Op::round};
        static const std::vector<Op> functions{Op::exp, Op::expm1, Op::log, Op::log1p, Op::sin, Op::cos, Op::tan, Op::tanh, Op::atan};
        const Op op = one_of(chance(3) ? functions : simple);
        values_.push_back(b_.op(op, any()));
        if (op == Op::negate) read_.push_back(values_.back());  // who asks for it may be given what it negates
    }

    Op binary_operation() {
        static const std::vector<Op> simple{Op::add,  Op::subtract,   Op::multiply, Op::divide,    Op::minimum,     Op::maximum,
                                            Op::less, Op::less_equal, Op::equal,    Op::not_equal, Op::logical_and, Op::logical_or};
        static const std::vector<Op> functions{Op::power, Op::modulo, Op::atan2};
        return one_of(chance(16) ? functions : simple);
    }

    void choose_constants() {
        const auto which = below(3);  // the one, the other, both
        values_.push_back(b_.op(Op::select, any(), which == 1 ? any() : constant(), which == 0 ? any() : constant()));
    }

    /// A uniform, or what the distributions make of one.
    void draw() {
        if (around_.draws.empty()) return;
        const Value u = b_.draw(one_of(around_.draws), static_cast<int>(below(2)));
        const auto mean = [&] { return b_.op(Op::minimum, b_.op(Op::absolute, any()), b_.constant(chance(2) ? 4 : 90)); };
        switch (below(4)) {
            case 0:
                return values_.push_back(u);
            case 1:
                return values_.push_back(b_.op(Op::normal, u));
            case 2:
                return values_.push_back(b_.op(Op::fires, u, mean()));
            default:
                return values_.push_back(b_.op(Op::poisson, u, mean()));
        }
    }

    void check() {
        if (!around_.checks) return;
        const Value x = any();
        b_.check(x, where(sometimes()), {static_cast<Check::Demand>(below(4)), fmt::format("check {}", checks_++)}, {{"x", x}, {"y", any()}});
    }

    void contribute() {
        const std::size_t which = below(left_.size());
        b_.contribute(left_[which].first, left_[which].second, chance(6) ? constant() : any(), where(sometimes()));
        if (around_.contributes_once) left_.erase(left_.begin() + static_cast<std::ptrdiff_t>(which));
        else if (chance(3)) left_.clear();
    }

    void change() {
        if (!left_.empty() && (around_.stores.empty() || chance(3))) contribute();
        else if (!around_.stores.empty()) b_.store(one_of(around_.stores), chance(5) ? constant() : any(), where(sometimes()));
        const auto end = below(6);
        if (end <= 2) begin_segment();
        if (end == 0) b_.skip_unless(skipped_without_ = chance(2) ? any() : b_.op(Op::less, any(), b_.constant(-1.8)));  // many, or few
    }

    std::mt19937_64& random_;
    const Surroundings& around_;
    std::vector<std::pair<Op, Effect>> left_;  ///< contributions that may be made
    ProgramBuilder b_;
    std::vector<Value> values_;
    std::vector<Value> read_;  ///< of the surroundings, and their negations: not to be asked for when another value was stored there
    Value skipped_without_;    ///< what the segment's code is for, if not for all
    int checks_ = 0;
};

/// On the rows of a few columns of its own, with draws.
inline Program random_program(std::mt19937_64& random, int size) {
    Surroundings around;
    for (int c = 0; c < columns; ++c) around.loads.push_back({{c}, {}}), around.stores.push_back({{c}, {}});
    around.draws = {{1, {0}}, {2, {0}}};
    return RandomProgram(random, around).make(size);
}

struct Outcome {
    std::vector<double> memory;
    std::vector<std::string> told;  ///< of failed checks: which, where, and the operands shown
    int packed = 0;                 ///< of these, reported where elements were packed
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
    const std::vector<std::uint64_t> identity(1 + vector_size, 77);
    std::vector<DrawState> draws;
    for (const DrawSpec& draw : program.draws) draws.push_back({{static_cast<std::uint32_t>(draw.stream), 5}, identity.data()});
    std::vector<double*> targets;
    for (const EffectState& effect : effects) targets.push_back(effect.column);
    struct Teller {
        const Program& program;
        Outcome& outcome;
    } teller{program, outcome};
    BlockContext block{};
    block.slots = slots.data();
    block.draws = draws.data();
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
    std::iota(run_numbers.begin(), run_numbers.end(), 1000);
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
