/// Reads what page::packed packs.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <entente/report/packed.hpp>

#include "../inflated.hpp"

namespace entente {

/// By the rules in packed.hpp, in the plainest way.
inline std::vector<double> unpacked(const page::PackedNumbers& numbers) {
    const auto count = static_cast<std::size_t>(numbers.count);
    const std::string bytes = inflated(numbers.bytes, count * static_cast<std::size_t>(numbers.width) + 1);
    EXPECT_EQ(bytes.size(), count * static_cast<std::size_t>(numbers.width));
    const auto byte = [&](std::size_t at) { return static_cast<unsigned>(static_cast<unsigned char>(bytes[at])); };
    const unsigned none = numbers.width == 1 ? 255 : 65535;
    std::vector<double> found;
    unsigned step = 0;
    for (std::size_t i = 0; i < count; ++i) {
        step = (step + byte(i) + (numbers.width == 2 ? 256U * byte(count + i) : 0U)) & none;
        const double share = static_cast<double>(step) / (none - 1);
        found.push_back(step == none ? std::nan("") : numbers.low * (1 - share) + numbers.high * share);
    }
    return found;
}

}  // namespace entente
