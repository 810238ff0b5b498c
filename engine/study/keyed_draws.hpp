/// Draws for designs and resamples, one after the other from a key: what is drawn depends on the key alone.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include <entente/base/draws.hpp>

namespace entente {

class KeyedDraws {
public:
    /// Any seed, 0 among them, and a number for what the draws are for.
    KeyedDraws(std::uint64_t seed, std::uint64_t purpose) : key_(mix(seed, purpose)) {}

    std::uint64_t bits() { return mix(key_, count_++); }
    /// In [0, count), count at most 2^32; even to 2^-32.
    std::size_t below(std::size_t count) {
        assert(count > 0 && count <= std::size_t{1} << 32);
        return static_cast<std::size_t>(((bits() >> 32) * count) >> 32);
    }

    /// Every order is as likely as any other: Fisher & Yates, Knuth's (1969) Algorithm P.
    template <typename T>
    void shuffle(std::span<T> items) {
        for (std::size_t left = items.size(); left > 1; --left) std::swap(items[left - 1], items[below(left)]);
    }

private:
    std::uint64_t key_;
    std::uint64_t count_ = 0;
};

/// What draws are for, so that those of one seed are unlike.
namespace purpose {
inline constexpr std::uint64_t hypercube = 1;
inline constexpr std::uint64_t scramble = 2;
inline constexpr std::uint64_t trajectory = 3;
inline constexpr std::uint64_t resample = 4;
inline constexpr std::uint64_t proposal = 5;   ///< particles of a calibration
inline constexpr std::uint64_t truth = 6;      ///< parameters that a simulated record is made with
inline constexpr std::uint64_t rank = 7;       ///< draws among which these are ranked
inline constexpr std::uint64_t predictive = 8; ///< particles whose runs are told beside the record
inline constexpr std::uint64_t recording = 9;  ///< what a record sees, and its errors
inline constexpr std::uint64_t spread = 10;    ///< runs over the points of a posterior
inline constexpr std::uint64_t redraw = 11;     ///< particles of a filter by their weights
}  // namespace purpose

}  // namespace entente
