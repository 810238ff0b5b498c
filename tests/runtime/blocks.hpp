/// Blocks of numbers, and single instructions on them.
#pragma once

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include <entente/runtime/kernels.hpp>

#include "../worlds.hpp"

namespace entente::test {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double nan = std::numeric_limits<double>::quiet_NaN();

inline bool agree(double a, double b) { return same_bits(a, b) || (std::isnan(a) && std::isnan(b)); }

/// A block of numbers of all sizes, with the special ones among them.
inline std::vector<double> numbers(unsigned seed) {
    const std::vector<double> special{0, -0.0, 1, -1, 0.5, 2, -2, 1e-300, -1e-300, 1e300, infinity, -infinity, nan, 0.25, 3, 7, -7, 1e-20};
    std::mt19937_64 random(seed);
    std::vector<double> made(block_size);
    for (double& x : made) {
        const auto scale = static_cast<int>(random() % 40) - 20;
        x = std::ldexp(static_cast<double>(random() % 2000001) - 1000000, scale - 20);
        if (random() % 4 == 0) x = special[random() % special.size()];
    }
    return made;
}

/// Runs code over the slots given, each a block.
inline void execute(const Kernels& kernels, const std::vector<Instruction>& code, std::vector<double*> slots, BlockContext context = {}) {
    context.slots = slots.data();
    if (context.count == 0) context.count = context.valid = block_size;
    if (context.lanes == 0) context.lanes = block_size;
    kernels.execute(code.data(), 0, static_cast<int>(code.size()), context);
}

inline Instruction instruction(Op op, Operand a, Operand b = {}, Operand c = {}) {
    Instruction made;
    made.op = op;
    made.d = 0;
    made.a = a, made.b = b, made.c = c;
    return made;
}

}  // namespace entente::test
