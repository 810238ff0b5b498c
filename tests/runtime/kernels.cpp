// Tests: kernels_arithmetic, kernels_avx2, kernels_avx512, kernels_effects, kernels_other, kernels_portable, kernels_x86, native_none.
// The inner loops: every instruction set gives the bits that the plain definitions give.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <random>
#include <vector>

#include <gmock/gmock.h>

#include <entente/base/draws.hpp>
#include <entente/base/elementary.hpp>
#include <entente/runtime/kernels.hpp>

#include "blocks.hpp"

namespace entente::test {
namespace {

// -- operations -----------------------------------------------------------------------------------------------------------------------------

TEST(Kernels, compute_operations_of_one_operand_as_defined) {
    std::vector<double> a = numbers(1);
    std::vector<double> d(block_size);
    for (const Kernels* kernels : available_kernels())
        for (const Op op : {Op::negate, Op::logical_not, Op::absolute, Op::square_root, Op::exp, Op::expm1, Op::log, Op::log1p, Op::sin, Op::cos, Op::tan, Op::tanh,
                            Op::atan, Op::floor, Op::ceil, Op::round, Op::copy}) {
            execute(*kernels, {instruction(op, {1, 0})}, {d.data(), a.data()});
            for (std::size_t i = 0; i < d.size(); ++i)
                ASSERT_TRUE(agree(d[i], evaluate(op, a[i]))) << kernels->name << ", operation " << static_cast<int>(op) << " of " << a[i] << ": " << d[i];
        }
}

TEST(Kernels, compute_operations_of_two_operands_as_defined_constants_among_them) {
    std::vector<double> a = numbers(2);
    std::vector<double> b = numbers(3);
    std::vector<double> d(block_size);
    for (const Kernels* kernels : available_kernels())
        for (const Op op : {Op::add, Op::subtract, Op::multiply, Op::divide, Op::power, Op::modulo, Op::atan2, Op::minimum, Op::maximum, Op::less, Op::less_equal, Op::equal,
                            Op::not_equal, Op::logical_and, Op::logical_or}) {
            const auto expect = [&](Operand left, Operand right, auto expected) {
                execute(*kernels, {instruction(op, left, right)}, {d.data(), a.data(), b.data()});
                for (std::size_t i = 0; i < d.size(); ++i)
                    ASSERT_TRUE(agree(d[i], expected(i))) << kernels->name << ", operation " << static_cast<int>(op) << " on " << a[i] << " and " << b[i] << ": " << d[i];
            };
            expect({1, 0}, {2, 0}, [&](std::size_t i) { return evaluate(op, a[i], b[i]); });
            for (const double x : {0.0, 0.5, -3.0}) {
                expect({-1, x}, {2, 0}, [&](std::size_t i) { return evaluate(op, x, b[i]); });
                expect({1, 0}, {-1, x}, [&](std::size_t i) { return evaluate(op, a[i], x); });
            }
        }
}

TEST(Kernels, write_over_an_operand_without_harm) {
    const std::vector<double> a = numbers(4);
    std::vector<double> b = numbers(5);
    for (const Kernels* kernels : available_kernels()) {
        std::vector<double> d = a;
        execute(*kernels, {instruction(Op::multiply, {0, 0}, {1, 0}), instruction(Op::subtract, {1, 0}, {0, 0})}, {d.data(), b.data()});
        for (std::size_t i = 0; i < d.size(); ++i) ASSERT_TRUE(agree(d[i], b[i] - a[i] * b[i]));
    }
}

TEST(Kernels, select_without_looking_at_the_branch_not_taken) {
    std::vector<double> c = numbers(6);
    std::vector<double> a = numbers(7);
    std::vector<double> b = numbers(8);
    std::vector<double> d(block_size);
    for (const Kernels* kernels : available_kernels()) {
        for (const auto& [then, otherwise] : std::vector<std::pair<Operand, Operand>>{{{2, 0}, {3, 0}}, {{-1, 5}, {3, 0}}, {{2, 0}, {-1, 6}}, {{-1, 5}, {-1, 6}}}) {
            execute(*kernels, {instruction(Op::select, {1, 0}, then, otherwise)}, {d.data(), c.data(), a.data(), b.data()});
            for (std::size_t i = 0; i < d.size(); ++i) {
                const double x = then.is_constant() ? then.constant : a[i];
                const double y = otherwise.is_constant() ? otherwise.constant : b[i];
                ASSERT_TRUE(agree(d[i], c[i] != 0 ? x : y));
            }
        }
    }
}

// -- effects --------------------------------------------------------------------------------------------------------------------------------

/// Rows before, in and after the second block of a domain, contributing to five others or to none.
struct Contribution {
    Contribution(int lanes_, unsigned seed, bool sorted) : lanes(lanes_), rows(3 * block_size / lanes), column(static_cast<std::size_t>(targets * lanes + vector_size)) {
        std::mt19937_64 random(seed);
        for (int row = 0; row < rows; ++row) map.push_back(sorted ? static_cast<RowIndex>(random() % targets) : static_cast<RowIndex>(random() % (targets + 1)) - 1);
        if (sorted) {
            std::sort(map.begin(), map.end());
            for (int target = 0; target <= targets; ++target) offsets.push_back(std::lower_bound(map.begin(), map.end(), target) - map.begin());
        }
        map.resize(map.size() + vector_size);
        for (double& x : column) x = static_cast<double>(random() % 100);
        values = numbers(seed);
        for (double& x : values) x = std::isnan(x) ? 1 : x;
        for (int i = 0; i < block_size; ++i) mask.push_back(static_cast<double>(random() % 2));
    }
    EffectState effect() { return {.column = column.data(), .map = map.data(), .offsets = offsets.empty() ? nullptr : offsets.data(), .row = -1}; }

    static constexpr int targets = 5;
    int lanes;
    int rows;
    RowMap map;
    std::vector<std::int64_t> offsets;
    std::vector<double> column;
    std::vector<double> values;
    std::vector<double> mask;
};

TEST(Kernels, contribute_in_row_order_to_the_rows_of_a_map) {
    for (const Kernels* kernels : available_kernels())
        for (const int lanes : {1, 8, 64, 256})
            for (const Op op : {Op::contribute, Op::contribute_min, Op::contribute_max})
                for (const auto& [masked, sorted] : std::vector<std::pair<bool, bool>>{{false, false}, {false, true}, {true, false}, {true, true}}) {
                    Contribution c(lanes, 11, sorted);
                    std::vector<double> expected = c.column;
                    for (int i = 0; i < block_size; ++i) {
                        const int element = block_size + i;
                        const RowIndex row = c.map[static_cast<std::size_t>(element / lanes)];
                        if (row < 0 || (masked && c.mask[static_cast<std::size_t>(i)] == 0)) continue;
                        double& to = expected[static_cast<std::size_t>(row * lanes + element % lanes)];
                        const double x = c.values[static_cast<std::size_t>(i)];
                        to = op == Op::contribute ? to + x : op == Op::contribute_min ? std::min(to, x) : std::max(to, x);
                    }
                    const EffectState effect = c.effect();
                    Instruction made = instruction(op, {0, 0}, masked ? Operand{1, 0} : Operand{});
                    made.d = -1;
                    made.extra = 0;
                    BlockContext context{};
                    context.effects = &effect;
                    context.first = block_size;
                    context.count = context.valid = block_size;
                    context.lanes = lanes;
                    execute(*kernels, {made}, {c.values.data(), c.mask.data()}, context);
                    for (std::size_t i = 0; i < expected.size(); ++i)
                        ASSERT_TRUE(agree(c.column[i], expected[i])) << kernels->name << ", " << lanes << " lanes, operation " << static_cast<int>(op);
                }
}

TEST(Kernels, store_where_the_mask_holds) {
    for (const Kernels* kernels : available_kernels()) {
        Contribution c(256, 12, false);
        std::vector<double> column(2 * block_size, 5);
        const EffectState effect{.column = column.data(), .map = nullptr, .offsets = nullptr, .row = -1};
        Instruction made = instruction(Op::store, {0, 0}, {1, 0});
        made.extra = 0;
        BlockContext context{};
        context.effects = &effect;
        context.first = block_size;
        context.count = context.valid = block_size;
        context.lanes = 256;
        execute(*kernels, {made}, {c.values.data(), c.mask.data()}, context);
        for (std::size_t i = 0; i < block_size; ++i) {
            ASSERT_EQ(column[i], 5);
            ASSERT_EQ(column[block_size + i], c.mask[i] != 0 ? c.values[i] : 5);
        }
    }
}

TEST(Kernels, tell_of_a_check_that_fails_and_go_on_with_what_is_put_in_the_values_place) {
    const auto tells = [](const Kernels& kernels, Check::Demand demand, double bad, double masked_out) {
        std::vector<double> x(block_size, 0.5);
        std::vector<double> mask(block_size, 1);
        x[100] = bad;
        x[200] = nan;
        mask[200] = 0;
        mask[100] = masked_out;
        Check check;
        check.demand = demand;
        Instruction made = instruction(Op::check, {0, 0}, {1, 0});
        made.extra = 0;
        BlockContext context{};
        context.checks = &check;
        context.count = context.valid = block_size;
        int calls = 0;
        std::pair told{&calls, x.data()};
        context.failed = {[](void* who, const Instruction& failed, const BlockContext&) {
                              const auto& [count, values] = *static_cast<decltype(told)*>(who);
                              if (failed.op == Op::check) ++*count;
                              values[100] = 0.25;
                          },
                          &told};
        std::vector<double> after(block_size);
        Instruction copy = instruction(Op::copy, {0, 0});
        copy.d = 2;
        execute(kernels, {made, copy}, {x.data(), mask.data(), after.data()}, context);
        EXPECT_TRUE(agree(after[100], calls > 0 ? 0.25 : bad));
        return calls == 1;
    };
    using Demand = Check::Demand;
    for (const Kernels* kernels : available_kernels()) {
        for (const double bad : {infinity, -infinity, nan})
            for (const Demand demand : {Demand::finite, Demand::probability, Demand::not_negative, Demand::positive}) {
                EXPECT_TRUE(tells(*kernels, demand, bad, 1));
                EXPECT_FALSE(tells(*kernels, demand, bad, 0));
            }
        EXPECT_FALSE(tells(*kernels, Demand::finite, -1e308, 1));
        EXPECT_TRUE(tells(*kernels, Demand::probability, 1.0000001, 1));
        EXPECT_TRUE(tells(*kernels, Demand::probability, -1e-9, 1));
        EXPECT_FALSE(tells(*kernels, Demand::probability, 1, 1));
        EXPECT_FALSE(tells(*kernels, Demand::probability, 0, 1));
        EXPECT_TRUE(tells(*kernels, Demand::not_negative, -1e-300, 1));
        EXPECT_FALSE(tells(*kernels, Demand::not_negative, 0, 1));
        EXPECT_TRUE(tells(*kernels, Demand::positive, 0, 1));
        EXPECT_FALSE(tells(*kernels, Demand::positive, 1e-300, 1));
    }
}

TEST(Kernels, skip_elements_where_nothing_happened_or_not_as_pays) {
    std::vector<std::uint64_t> runs(1024);
    std::iota(runs.begin(), runs.end(), 0);
    std::mt19937_64 random(17);
    const std::vector<std::uint64_t> identity(3 * block_size, 7);
    const DrawState state{{1, 2}, identity.data()};
    for (const Kernels* kernels : available_kernels())
        for (const int lanes : {1, 8, 64, 256, 1024})
            for (const double cost : {1.0, 40.0})
                for (const int happened : {0, 1, 2, 9, 60, 256}) {
                    std::vector<double> mask(block_size, 0);
                    for (int k = 0; k < happened; ++k) mask[random() % block_size] = k % 2 == 0 ? 1 : -2;
                    std::vector<double> drawn(block_size, 3);
                    std::vector<double> column(2 * block_size, 4);
                    const EffectState effect{.column = column.data(), .map = nullptr, .offsets = nullptr, .row = -1};
                    Instruction skip = instruction(Op::skip, {1, 0}, {}, {-1, cost});
                    skip.d = -1;
                    skip.extra = 3;
                    Instruction draw = instruction(Op::draw, {});
                    draw.extra = 0;
                    Instruction store = instruction(Op::store, {0, 0}, {1, 0});
                    store.extra = 0;
                    Instruction beyond = instruction(Op::add, {1, 0}, {-1, 1});
                    beyond.d = 2;
                    std::vector<double> always(block_size);
                    BlockContext context{};
                    context.draws = &state;
                    context.runs = runs.data();
                    context.effects = &effect;
                    context.first = block_size;
                    context.lanes = lanes;
                    context.count = context.valid = block_size;
                    execute(*kernels, {skip, draw, store, beyond}, {drawn.data(), mask.data(), always.data()}, context);
                    for (int i = 0; i < block_size; ++i) {
                        const auto at = static_cast<std::size_t>(i);
                        const auto run = static_cast<std::uint32_t>((block_size + i) % lanes);
                        const double u = uniform_pair(philox::block(draw_counter(7, run, 0), {1, 2}))[0];
                        ASSERT_EQ(column[at + block_size], mask[at] != 0 ? u : 4) << kernels->name << ", " << lanes << " lanes, " << happened << " of 256";
                        ASSERT_EQ(always[at], mask[at] + 1);
                    }
                }
}

TEST(Kernels, gather_rows_and_tell_which_are_there) {
    for (const Kernels* kernels : available_kernels())
        for (const int lanes : {1, 8, 64, 128}) {
            Contribution c(lanes, 13, false);
            std::vector<double> got(block_size);
            std::vector<double> there(block_size);
            kernels->gather(got.data(), c.column.data(), c.map.data(), block_size, block_size, lanes);
            kernels->presence(there.data(), c.map.data(), block_size, block_size, lanes);
            for (int i = 0; i < block_size; ++i) {
                const RowIndex row = c.map[static_cast<std::size_t>((block_size + i) / lanes)];
                const auto at = static_cast<std::size_t>(i);
                ASSERT_EQ(got[at], row < 0 ? 0 : c.column[static_cast<std::size_t>(row * lanes + (block_size + i) % lanes)]);
                ASSERT_EQ(there[at], row < 0 ? 0 : 1);
            }
        }
}

TEST(Kernels, sum_what_slices_gather_as_a_gather_and_a_contribution_do) {
    std::mt19937_64 random(15);
    std::vector<double> column(1000);
    for (double& x : column) x = std::uniform_real_distribution(-1.0, 1.0)(random);
    Slices slices;
    for (RowIndex key = 0; key < 24; ++key) slices.keys.push_back(key < 21 ? 20 - key : no_row);
    RowMap map;
    for (const int length : {30, 1, 33})  // of the chunks, in vectors
        for (int k = 0; k < length; ++k) {
            const int here = slices.chunk.empty() ? 0 : slices.chunk.back() + (k == 0 ? 1 : 0);
            slices.chunk.push_back(here);
            slices.present.push_back(static_cast<std::uint8_t>(here == 2 ? 0x1F : k % 3 == 0 ? random() % 256 : 0xFF));
            for (int j = 0; j < vector_size; ++j)
                map.push_back(slices.present.back() >> j & 1 && random() % 20 > 0 ? static_cast<RowIndex>(random() % column.size()) : no_row);
        }
    const int elements = block_size * 2;
    ASSERT_EQ(map.size(), elements);
    const auto summed = [&](const auto& call) {
        std::vector<double> sums(21, 0.25);
        EffectState effect{.column = sums.data(), .map = nullptr, .offsets = nullptr, .row = -1};
        effect.slices = &slices;
        call(effect);
        return sums;
    };
    const auto reference = summed([&](const EffectState& effect) {
        for (int i = 0; i < elements; ++i) {
            const RowIndex key = slices.keys[static_cast<std::size_t>(slices.chunk[static_cast<std::size_t>(i / vector_size)] * vector_size + i % vector_size)];
            if (key < 0 || !(slices.present[static_cast<std::size_t>(i / vector_size)] >> (i % vector_size) & 1)) continue;
            const RowIndex row = map[static_cast<std::size_t>(i)];
            effect.column[key] += row < 0 ? 0 : column[static_cast<std::size_t>(row)];
        }
    });
    for (const Kernels* kernels : available_kernels())
        for (const std::int64_t cut : {0, 30 * vector_size, elements})  // between chunks, as threads share them out
            EXPECT_EQ(summed([&](const EffectState& effect) {
                          kernels->sum_gathered(effect, column.data(), map.data(), 0, cut);
                          kernels->sum_gathered(effect, column.data(), map.data(), cut, elements);
                      }),
                      reference)
                << kernels->name << ", cut at " << cut;
}

TEST(Kernels, hash_alike_and_take_every_nan_for_one) {
    std::vector<double> values = numbers(14);
    std::vector<std::uint64_t> reference(block_size, 1);
    portable_kernels().hash(reference.data(), values.data(), block_size, nullptr);
    for (double& x : values)
        if (std::isnan(x)) x = -x;
    for (const Kernels* kernels : available_kernels()) {
        std::vector<std::uint64_t> hashes(block_size, 1);
        kernels->hash(hashes.data(), values.data(), block_size, nullptr);
        EXPECT_EQ(hashes, reference) << kernels->name;
    }
    values[3] = std::nextafter(values[3], 1e9);
    std::vector<std::uint64_t> changed(block_size, 1);
    portable_kernels().hash(changed.data(), values.data(), block_size, nullptr);
    EXPECT_NE(changed[3], reference[3]);
    EXPECT_EQ(changed[4], reference[4]);
}

TEST(Kernels, hash_and_copy_at_once) {
    const std::vector<double> values = numbers(15);
    for (const Kernels* kernels : available_kernels()) {
        std::vector<std::uint64_t> hashes(block_size, 1), alone(block_size, 1);
        std::vector<double> copy(block_size + 1, -7);
        kernels->hash(alone.data(), values.data(), block_size, nullptr);
        kernels->hash(hashes.data(), values.data(), block_size, copy.data());
        EXPECT_EQ(hashes, alone) << kernels->name;
        for (std::size_t i = 0; i < block_size; ++i) ASSERT_TRUE(same_bits(copy[i], values[i])) << kernels->name << ", element " << i;
        EXPECT_EQ(copy.back(), -7) << kernels->name;
    }
}

TEST(Kernels, transpose_any_number_of_rows_and_lanes_and_write_nothing_beside) {
    constexpr std::ptrdiff_t from_pitch = 40, to_pitch = 29;
    std::vector<double> from(30 * from_pitch);
    std::iota(from.begin(), from.end(), 1);
    for (const Kernels* kernels : available_kernels())
        for (const int lanes : {1, 7, 8, 17, 32, 39})
            for (const int rows : {1, 3, 8, 9, 16, 23}) {
                std::vector<double> to(40 * to_pitch, -1);
                kernels->transpose(to.data(), to_pitch, from.data(), from_pitch, rows, lanes);
                for (int lane = 0; lane < 40; ++lane)
                    for (int row = 0; row < to_pitch; ++row)
                        ASSERT_EQ(to[static_cast<std::size_t>(lane * to_pitch + row)],
                                  lane < lanes && row < rows ? from[static_cast<std::size_t>(row * from_pitch + lane)] : -1)
                            << kernels->name << ", " << rows << " rows of " << lanes << " lanes: row " << row << ", lane " << lane;
            }
}

// -- which there are ------------------------------------------------------------------------------------------------------------------------

TEST(Kernels, are_chosen_by_name_and_the_best_when_none_is_named) {
    EXPECT_EQ(choose_kernels("portable").name, "portable");
    EXPECT_EQ(&choose_kernels(""), available_kernels().back());
    for (const Kernels* kernels : available_kernels()) EXPECT_EQ(&choose_kernels(kernels->name), kernels);
    EXPECT_EQ(refusal([] { choose_kernels("altivec"); }).substr(0, 64), "the instruction set 'altivec' is not available on this machine\nh");
}

TEST(Kernels, are_those_of_the_processor_and_of_the_build) {
    std::vector<std::string> expected{"portable"};
    const auto add = [&](const std::string& name) {
        expected.push_back(name + "-interpreted");
        if (writes_machine_code()) expected.push_back(name);
    };
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) add("avx2");
    if (expected.size() > 1 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw"))
        add("avx512");
#endif
    std::vector<std::string> names;
    for (const Kernels* kernels : available_kernels()) {
        names.emplace_back(kernels->name);
        EXPECT_EQ(kernels->native > 0, kernels->name == "avx2" || kernels->name == "avx512") << kernels->name;
    }
    EXPECT_EQ(names, expected);
}

}  // namespace
}  // namespace entente::test
