// Draws, normal quantiles, firings and counts: every instruction set gives the bits that the plain definitions give.
#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include <entente/base/draws.hpp>
#include <entente/runtime/kernels.hpp>

#include "blocks.hpp"

namespace entente::test {
namespace {

TEST(Kernels, draw_normals_by_the_inverse_of_their_distribution) {
    std::vector<double> u(block_size);
    std::mt19937_64 random(9);
    for (double& x : u) x = unit_uniform(random());
    for (const double extreme : {0.0, 0x1p-52, 1e-14, 1 - 0x1p-52, 0.5}) u[random() % block_size] = extreme;
    std::vector<double> d(block_size);
    for (const Kernels* kernels : available_kernels()) {
        execute(*kernels, {instruction(Op::normal, {1, 0})}, {d.data(), u.data()});
        for (std::size_t i = 0; i < d.size(); ++i) ASSERT_TRUE(same_bits(d[i], evaluate(Op::normal, u[i]))) << kernels->name << " at " << u[i];
    }
}

TEST(Kernels, draw_philox_keyed_by_row_run_and_tick) {
    std::vector<std::uint64_t> identity(2 * block_size + vector_size);
    std::mt19937_64 random(10);
    for (auto& name : identity) name = random();
    DrawState state{{0x12345678U, 0x9abcdef0U}, identity.data()};
    std::vector<double> first(block_size);
    std::vector<double> second(block_size);
    std::vector<std::uint64_t> runs(1024);
    for (auto& run : runs) run = static_cast<std::uint32_t>(random());
    for (const Kernels* kernels : available_kernels())
        for (const int lanes : {1, 8, 64, 256, 1024}) {
            for (const auto wanted : {3, 1, 2}) {  // both halves, or one
                Instruction draw;
                draw.op = Op::draw;
                draw.extra = 0;
                draw.d = wanted & 1 ? 0 : -1;
                draw.second = wanted & 2 ? 1 : -1;
                BlockContext context{};
                context.draws = &state;
                context.first = block_size;
                context.count = context.valid = block_size;
                context.lanes = lanes;
                context.runs = runs.data();
                context.tick = 12;
                execute(*kernels, {draw}, {first.data(), second.data()}, context);
                for (int i = 0; i < block_size; ++i) {
                    const int element = block_size + i;
                    const auto run = static_cast<std::uint32_t>(runs[static_cast<std::size_t>(element % lanes)]);
                    const auto pair = uniform_pair(philox::block(draw_counter(identity[static_cast<std::size_t>(element / lanes)], run, 12), {state.key[0], state.key[1]}));
                    if (wanted & 1) {
                        ASSERT_EQ(first[static_cast<std::size_t>(i)], pair[0]) << kernels->name << " on " << lanes << " lanes";
                    }
                    if (wanted & 2) {
                        ASSERT_EQ(second[static_cast<std::size_t>(i)], pair[1]) << kernels->name << " on " << lanes << " lanes";
                    }
                }
            }
        }
}

TEST(Kernels, fire_where_the_draw_lies_below_the_chance) {
    std::mt19937_64 random(15);
    for (int repeat = 0; repeat < 50; ++repeat) {
        std::vector<double> u(block_size);
        std::vector<double> mean(block_size);
        for (double& x : u) x = unit_uniform(random());
        for (double& m : mean) m = std::ldexp(unit_uniform(random()), 4 - static_cast<int>(random() % 12) - repeat);
        for (std::size_t i = 0; i < block_size; i += 3) u[i] = std::floor(-std::expm1(-mean[i]) * 0x1p52 + static_cast<double>(random() % 3) - 1) * 0x1p-52;
        for (std::size_t i = 1; i < block_size; i += 3) u[i] = std::floor(mean[i] * 0x1p52 + static_cast<double>(random() % 3) - 1) * 0x1p-52;
        for (double& x : u) x = std::clamp(x, 0.0, 1 - 0x1p-52);
        mean[7] = 0, mean[8] = nan, mean[9] = infinity, mean[10] = -1, mean[11] = 1e-310, u[11] = 0;
        for (const Kernels* kernels : available_kernels()) {
            std::vector<double> d = u;  // over its operand
            execute(*kernels, {instruction(Op::fires, {0, 0}, {1, 0})}, {d.data(), mean.data()});
            for (std::size_t i = 0; i < d.size(); ++i) ASSERT_EQ(d[i], evaluate(Op::fires, u[i], mean[i])) << kernels->name << ": " << u[i] << ", " << mean[i];
        }
    }
}

TEST(Kernels, count_as_the_plain_definition_does) {
    std::mt19937_64 random(16);
    const std::vector<std::uint64_t> identity(block_size + vector_size, 99);
    const DrawState state{{1, 2}, identity.data()};
    std::vector<std::uint64_t> runs(block_size);
    std::iota(runs.begin(), runs.end(), 5);
    for (const double size : {0.01, 0.3, 3.0, 29.0, 60.0})
        for (const Kernels* kernels : available_kernels()) {
            std::vector<double> u(block_size);
            std::vector<double> mean(block_size);
            for (double& x : u) x = unit_uniform(random());
            for (double& m : mean) m = size * unit_uniform(random());
            for (std::size_t i = 0; i < 20; ++i) u[i] = std::floor((1 - mean[i]) * 0x1p52) * 0x1p-52 + static_cast<double>(i % 3) * 0x1p-52;
            u[30] = 1 - 0x1p-52, mean[31] = 0, mean[32] = nan, mean[33] = -1, mean[34] = infinity, mean[35] = 30;
            std::vector<double> d = mean;  // over its operand
            Instruction made = instruction(Op::poisson, {1, 0}, {0, 0}, {-1, 1});
            made.extra = 0;
            BlockContext context{};
            context.draws = &state;
            context.first = 0;
            context.lanes = block_size;
            context.runs = runs.data();
            context.tick = 3;
            execute(*kernels, {made}, {d.data(), u.data()}, context);
            for (std::size_t i = 0; i < d.size(); ++i) {
                const double expected = poisson_count(u[i], mean[i], 1, {1, 2}, 99, 5 + static_cast<std::uint32_t>(i), 3);
                ASSERT_TRUE(agree(d[i], expected)) << kernels->name << ": " << u[i] << ", " << mean[i] << ": " << d[i] << ", not " << expected;
            }
        }
}

}  // namespace
}  // namespace entente::test
