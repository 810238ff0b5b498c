// Tests: unfilled.
#include <entente/base/hash.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace entente {
namespace {

TEST(Hash, published_values_of_xxh3) {
    EXPECT_EQ(stable_hash(""), 0x2D06800538D394C2u);
    EXPECT_EQ(hex_digest(""), "99aa06d3014798d86001c324468d497f");
}

TEST(Hash, names_and_seeds_make_different_hashes) {
    EXPECT_NE(stable_hash("russia"), stable_hash("Russia"));
    EXPECT_NE(stable_hash("russia", 1), stable_hash("russia", 2));
}

TEST(Hash, pieces_do_not_matter) {
    const std::string text(10'000, 'x');
    Digest pieces;
    for (std::size_t i = 0; i < text.size(); i += 77) pieces.add(std::string_view(text).substr(i, 77));
    EXPECT_EQ(pieces.hex(), hex_digest(text));

    std::vector<double> values(1000);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = std::sqrt(static_cast<double>(i));
    Digest one_by_one;
    for (const double x : values) one_by_one.add(x);
    EXPECT_EQ(one_by_one.hex(), Digest().add(values).hex());
}

TEST(Hash, doubles_are_hashed_by_their_bits) {
    EXPECT_NE(Digest().add(0.0).hex(), Digest().add(-0.0).hex());
    EXPECT_NE(Digest().add(1.0).hex(), Digest().add(std::nextafter(1.0, 2.0)).hex());
    EXPECT_EQ(Digest().add(std::uint64_t{0x3FF0000000000000}).hex(), Digest().add(1.0).hex());
}

TEST(Hash, every_nan_is_the_same) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(Digest().add(nan).hex(), Digest().add(-nan).hex());
}

TEST(Hash, a_digest_goes_on_after_it_was_read) {
    Digest digest;
    digest.add("Kab");
    EXPECT_EQ(digest.hex(), hex_digest("Kab"));
    EXPECT_EQ(digest.add("ul").hex(), hex_digest("Kabul"));
    Digest moved = std::move(digest);
    EXPECT_EQ(moved.hex(), hex_digest("Kabul"));
}

}  // namespace
}  // namespace entente
