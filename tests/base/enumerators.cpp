#include <entente/base/enumerators.hpp>

#include <array>

#include <gtest/gtest.h>

namespace entente {
namespace {

enum class Colour : unsigned char { red, green, blue };
enum class Numbered { one = 1, two };

struct Row {
    Colour colour;
    int shade;
};

TEST(Enumerators, are_counted_up_to_the_first_value_without_a_name) {
    EXPECT_EQ(enumerator_count<Colour>(), 3U);
    EXPECT_EQ(enumerator_count<Numbered>(), 0U);  // none is named 0
    EXPECT_TRUE(is_named<Colour::blue>());
    EXPECT_FALSE(is_named<static_cast<Colour>(3)>());
}

TEST(Enumerators, a_table_has_one_row_for_each_in_their_order) {
    constexpr std::array whole{Row{Colour::red, 1}, Row{Colour::green, 2}, Row{Colour::blue, 3}};
    constexpr std::array short_of_one{Row{Colour::red, 1}, Row{Colour::green, 2}};
    constexpr std::array twisted{Row{Colour::red, 1}, Row{Colour::blue, 3}, Row{Colour::green, 2}};
    constexpr std::array twice{Row{Colour::red, 1}, Row{Colour::green, 2}, Row{Colour::blue, 3}, Row{Colour::blue, 3}};
    EXPECT_TRUE(is_table_of(whole, &Row::colour));
    EXPECT_FALSE(is_table_of(short_of_one, &Row::colour));
    EXPECT_FALSE(is_table_of(twisted, &Row::colour));
    EXPECT_FALSE(is_table_of(twice, &Row::colour));
}

}  // namespace
}  // namespace entente
