/// Latin hypercubes: of n points, one in each n-th of every factor.
#pragma once

#include <cstdint>

#include <entente/study/design.hpp>

namespace entente {

/// McKay, Beckman & Conover (1979), Technometrics 21:239: a random point in each cell, cells of the factors paired at random. Of up to 32
/// keyed pairings the one whose least distance between points is greatest (Johnson, Moore & Ylvisaker 1990, J. Stat. Plan. Inference
/// 26:131) is taken, and single coordinates are exchanged between points as long as that widens the least distance.
/// Work is bounded: some 2^28 differences of coordinates, half a second; if one look at all pairs takes more than that (10,000 points
/// of 3 factors), the first pairing is taken as it is.
UnitPoints latin_hypercube(std::size_t count, std::size_t factors, std::uint64_t seed);

/// The same of `count` points, of which `old`, itself a Latin hypercube, are the first. `count` is a multiple of the old points'
/// number: else two of them might share a cell. Throws Error, with the multiples next to it, when it is not, and when `old` is no
/// Latin hypercube. Old points are known by their coordinates alone: keep them, or make them again from their seed.
UnitPoints extended_hypercube(const UnitPoints& old, std::size_t count, std::uint64_t seed);

/// Whether every factor has one point in each of as many equal cells as there are points.
bool is_latin(const UnitPoints& points);

}  // namespace entente
