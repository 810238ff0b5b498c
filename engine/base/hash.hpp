/// Hashes that are the same on every machine, in every version: XXH3.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace entente {

/// XXH3-64 of the bytes: names of streams and rows, keys of draws.
std::uint64_t stable_hash(std::string_view text, std::uint64_t seed = 0);

/// XXH3-128 of all that was added, in the order in which it was added; how it was cut into pieces does not matter.
class Digest {
public:
    Digest();
    Digest(Digest&&) noexcept;
    Digest& operator=(Digest&&) noexcept;
    ~Digest();

    Digest& add(std::string_view bytes);
    /// The bits of each value; any NaN is the one NaN, for it only says that a value is missing.
    Digest& add(std::span<const double> values);
    Digest& add(double value) { return add(std::span(&value, 1)); }
    Digest& add(std::uint64_t value);

    [[nodiscard]] std::string hex() const;  ///< 32 hexadecimal digits; more may be added afterwards

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The digest of one text.
std::string hex_digest(std::string_view text);

}  // namespace entente
