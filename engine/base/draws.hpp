/// Keyed draws: Philox4x32-10, a function of (seed, stream, identity, run, tick) and of nothing else.
///
/// Salmon, Moraes, Dror & Shaw (2011), Parallel random numbers: as easy as 1, 2, 3, SC '11. Random123 is the reference
/// implementation; its published answers are tests. This is the definition in plain code; the kernels hold the vector form.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace entente {

/// Mixes 64 bits so that near inputs give unlike outputs (Stafford's variant 13 of the MurmurHash3 finaliser; a bijection).
constexpr std::uint64_t mix(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}
constexpr std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
    return mix(mix(a + 0x9e3779b97f4a7c15ULL) ^ (b + 0xd1b54a32d192ed03ULL));
}

namespace philox {

inline constexpr std::uint32_t multiplier_0 = 0xD2511F53;
inline constexpr std::uint32_t multiplier_1 = 0xCD9E8D57;
inline constexpr std::uint32_t weyl_0 = 0x9E3779B9;
inline constexpr std::uint32_t weyl_1 = 0xBB67AE85;
inline constexpr int rounds = 10;

using Counter = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

constexpr Counter block(Counter c, Key k) {
    for (int round = 0; round < rounds; ++round) {
        const std::uint64_t p0 = std::uint64_t{multiplier_0} * c[0];
        const std::uint64_t p1 = std::uint64_t{multiplier_1} * c[2];
        c = {static_cast<std::uint32_t>(p1 >> 32) ^ c[1] ^ k[0], static_cast<std::uint32_t>(p1),
             static_cast<std::uint32_t>(p0 >> 32) ^ c[3] ^ k[1], static_cast<std::uint32_t>(p0)};
        k = {k[0] + weyl_0, k[1] + weyl_1};
    }
    return c;
}

}  // namespace philox

/// Most ticks a calendar may have: the counter's last word holds the tick and, above it, the number of the block.
inline constexpr std::int64_t most_ticks = (std::int64_t{1} << 24) - 1;
/// Most runs of one seed: the counter holds 32 bits of them.
inline constexpr std::int64_t most_runs = (std::int64_t{1} << 32) - 1;

constexpr philox::Key draw_key(std::uint64_t seed, std::uint64_t stream) {
    const std::uint64_t k = mix(seed, stream);
    return {static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(k >> 32)};
}

constexpr philox::Counter draw_counter(std::uint64_t identity, std::uint32_t run, std::uint32_t tick, std::uint32_t block = 0) {
    return {static_cast<std::uint32_t>(identity), static_cast<std::uint32_t>(identity >> 32), run, tick | (block << 24)};
}

/// k / 2^52 from the upper 52 bits: in [0, 1), exact, the same by any instruction set.
constexpr double unit_uniform(std::uint64_t bits) {
    return std::bit_cast<double>((bits >> 12) | 0x3FF0000000000000ULL) - 1.0;
}

/// The two uniforms of a block.
constexpr std::array<double, 2> uniform_pair(const philox::Counter& c) {
    return {unit_uniform((std::uint64_t{c[1]} << 32) | c[0]), unit_uniform((std::uint64_t{c[3]} << 32) | c[2])};
}

/// Means below this are drawn by inversion of one uniform.
inline constexpr double poisson_inversion_below = 30;

/// The Poisson count with mean `m` for the uniform `u`: inversion, or for larger means Hörmann's transformed rejection
/// (PTRS, 1993) on further blocks of the same stream. The two uniforms of a block (`half` 0 and 1) go on with blocks of their own,
/// 1 to 127 and 129 to 255. NaN for a negative or infinite mean. Below means of 1e12 the logarithms' rounding can't be seen.
double poisson_count(double u, double m, int half, philox::Key key, std::uint64_t identity, std::uint32_t run, std::uint32_t tick);
/// The same when `none`, exp(-m), the chance of no event, is already known.
double poisson_count(double u, double m, double none, int half, philox::Key key, std::uint64_t identity, std::uint32_t run,
                     std::uint32_t tick);

}  // namespace entente
