#include <entente/base/decimal.hpp>

#include <gtest/gtest.h>

namespace entente {
namespace {

TEST(Decimal, is_written_as_in_python) {
    EXPECT_EQ(parse_decimal("12"), 12);
    EXPECT_EQ(parse_decimal("1_000"), 1000);
    EXPECT_EQ(parse_decimal("1_000_000.5"), 1000000.5);
    EXPECT_EQ(parse_decimal("0.5"), 0.5);
    EXPECT_EQ(parse_decimal(".5"), 0.5);
    EXPECT_EQ(parse_decimal("7."), 7);
    EXPECT_EQ(parse_decimal("1e-3"), 0.001);
    EXPECT_EQ(parse_decimal("2E+3"), 2000);
    EXPECT_EQ(parse_decimal("0"), 0);
    EXPECT_EQ(parse_decimal("00"), 0);
    EXPECT_EQ(parse_decimal("00.5"), 0.5);  // Python takes leading zeros before a point
}

TEST(Decimal, is_nothing_else) {
    for (const char* text : {"", ".", "-1", "+1", "e3", "1e", "1,5", "1 000", "0x10", "inf", "nan", "1__0", "_1", "1_", "1_.5", "1._5", "1e400", "1e-400"})
        EXPECT_EQ(parse_decimal(text), std::nullopt) << text;
}

TEST(Decimal, begins_with_no_zero_when_it_is_whole) {
    EXPECT_EQ(parse_decimal("010"), std::nullopt);  // eight in YAML 1.1 and C
    EXPECT_EQ(parse_decimal("0_1"), std::nullopt);
    EXPECT_EQ(without_leading_zeros("010"), "10");
    EXPECT_EQ(without_leading_zeros("-007"), "-7");
    EXPECT_EQ(without_leading_zeros("00_12"), "12");
    for (const char* text : {"10", "0", "00", "0.10", "010x", "x", "", "-"}) EXPECT_EQ(without_leading_zeros(text), "") << text;
}

}  // namespace
}  // namespace entente
