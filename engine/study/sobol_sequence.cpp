#include <entente/study/sobol_sequence.hpp>

#include <bit>

#include <fmt/format.h>
#include <boost/random/sobol.hpp>

#include <entente/base/draws.hpp>
#include <entente/study/keyed_draws.hpp>

namespace entente {
namespace {

constexpr unsigned bit_count = 52;
using Engine = boost::random::sobol_engine<std::uint64_t, bit_count>;
static_assert(boost::random::default_sobol_table::max_dimension == most_sobol_factors);

/// A one and, below it, the bits above the one in question: no two places in the tree of prefixes share it.
std::uint64_t scrambled(std::uint64_t bits, std::uint64_t key) {
    std::uint64_t above = 1;
    std::uint64_t result = 0;
    for (unsigned i = bit_count; i-- > 0;) {
        const std::uint64_t bit = bits >> i & 1;
        result = result << 1 | (bit ^ mix(key, above) >> 63);
        above = above << 1 | bit;
    }
    return result;
}

}  // namespace

UnitPoints sobol_sequence(std::size_t count, std::size_t factors, Scramble scramble, std::uint64_t seed) {
    check_point_count(count);
    if (factors > most_sobol_factors)
        throw Error(fmt::format("a Sobol' sequence has no {} dimensions: {} are the most", factors, most_sobol_factors),
                    "vary fewer factors; a Saltelli design takes two dimensions for each");
    std::vector<std::uint64_t> keys;
    for (std::size_t k = 0; k < factors; ++k) keys.push_back(mix(mix(seed, purpose::scramble), k));

    UnitPoints points{factors, {}};
    points.coordinates.reserve(count * factors);
    Engine next(factors);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t k = 0; k < factors; ++k) {
            const std::uint64_t bits = i == 0 ? 0 : next();  // Boost begins with point 1
            points.coordinates.push_back(static_cast<double>(scramble == Scramble::owen ? scrambled(bits, keys[k]) : bits) * 0x1p-52);
        }
    return points;
}

std::string balance_warning(std::size_t count) {
    if (std::has_single_bit(count)) return {};
    return fmt::format("a Sobol' sequence is balanced at powers of two, and {} is not one: take {} or {}", count, std::bit_floor(count),
                       std::bit_ceil(count));
}

}  // namespace entente
