#include <entente/base/hash.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <new>

#include <xxhash.h>

namespace entente {

static_assert(std::endian::native == std::endian::little, "digests are defined over little-endian doubles");

struct Digest::State {
    State() : xxh(XXH3_createState()) {
        if (xxh == nullptr) throw std::bad_alloc();
        XXH3_128bits_reset(xxh);
    }
    ~State() { XXH3_freeState(xxh); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    XXH3_state_t* xxh;
};

std::uint64_t stable_hash(std::string_view text, std::uint64_t seed) {
    return XXH3_64bits_withSeed(text.data(), text.size(), seed);
}

Digest::Digest() : state_(std::make_unique<State>()) {}
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;
Digest::~Digest() = default;

Digest& Digest::add(std::string_view bytes) {
    if (!bytes.empty()) XXH3_128bits_update(state_->xxh, bytes.data(), bytes.size());
    return *this;
}

Digest& Digest::add(std::span<const double> values) {
    std::array<double, 256> block;
    while (!values.empty()) {
        const std::size_t n = std::min(values.size(), block.size());
        std::transform(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(n), block.begin(),
                       [](double x) { return std::isnan(x) ? std::numeric_limits<double>::quiet_NaN() : x; });
        XXH3_128bits_update(state_->xxh, block.data(), n * sizeof(double));
        values = values.subspan(n);
    }
    return *this;
}

Digest& Digest::add(std::uint64_t value) {
    XXH3_128bits_update(state_->xxh, &value, sizeof value);
    return *this;
}

std::string Digest::hex() const {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(state_->xxh));
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : canonical.digest) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::string hex_digest(std::string_view text) {
    return Digest().add(text).hex();
}

}  // namespace entente
