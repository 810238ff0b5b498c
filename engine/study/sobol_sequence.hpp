/// Sobol' sequences: points that fill the unit cube evenly, the more the evener.
#pragma once

#include <cstdint>
#include <string>

#include <entente/study/design.hpp>

namespace entente {

enum class Scramble { none, owen };

/// Most factors: as many direction numbers as Boost has.
inline constexpr std::size_t most_sobol_factors = 3667;

/// The first `count` points in the order of Antonov & Saleev (1979), point 0 (all zeros, unless scrambled) included. Coordinates are
/// multiples of 2^-52 in [0, 1). Direction numbers: Joe & Kuo (2008), SIAM J. Sci. Comput. 30:2635, set new-joe-kuo-6.21201.
///
/// Owen's (1995) nested uniform scrambling flips bit i of a coordinate by a hash of the seed, the factor and the bits above i: every
/// point is uniform, and each 2^k points that were balanced stay so. Owen (2020), arXiv:2008.08051, says why point 0 is not skipped;
/// unscrambled it puts a factor without a lower end at its 2^-53-quantile.
///
/// The first N points of a longer sequence are the sequence of N, and those of the first factors that of fewer factors.
/// Throws Error for more factors than most_sobol_factors.
UnitPoints sobol_sequence(std::size_t count, std::size_t factors, Scramble scramble, std::uint64_t seed);

/// "" when `count` is a power of two; else a warning that the sequence is not balanced there, with the powers next to it.
std::string balance_warning(std::size_t count);

}  // namespace entente
