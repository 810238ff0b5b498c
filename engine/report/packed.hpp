/// Many numbers in little room: for what a page computes with rather than shows one by one, as the courses of all runs or the cells of a grid.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <entente/report/page_numbers.hpp>

namespace entente::page {

/// Numbers rounded to equal steps between `low` and `high`. `bytes` is, in base64, deflated (RFC 1951): the differences, modulo 256 or 65,536, of each
/// number's step from that of the number before it (0 before the first); of two bytes all lower bytes first, then all upper ones. The last step, 255 or
/// 65,535, stands for none. tools/report/src/packed.ts reads it.
struct PackedNumbers {
    double low = 0;          ///< what step 0 stands for
    double high = 0;         ///< what step 254, or 65,534, stands for
    std::int64_t count = 0;  ///< how many numbers
    std::int64_t width = 1;  ///< bytes a number
    std::string bytes;
};

/// Within one part in 508 of the numbers' range, or, at two bytes, in 131,068. What is not finite is none. Numbers that follow each other in time or space
/// take the least room. Throws std::bad_alloc.
PackedNumbers packed(std::span<const double> numbers, int width = 1);

/// The same in steps between the given bounds, within which all numbers that are finite lie: `low` below `high`.
PackedNumbers packed_between(std::span<const double> numbers, double low, double high, int width = 1);

/// Text or bytes, deflated (RFC 1951), in base64 (RFC 4648, filled up with `=`). Throws std::bad_alloc.
std::string deflated_base64(std::string_view bytes);

}  // namespace entente::page
