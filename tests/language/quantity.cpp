#include <gtest/gtest.h>
#include <entente/language/quantity.hpp>

namespace entente::test {
namespace {

Quantity in(std::string_view unit) {
    return Quantity::declared(read_unit(unit));
}

TEST(Quantity, numbers_and_what_has_no_unit_go_with_everything) {
    const Quantity people = in("people");
    EXPECT_FALSE(people.unlike(Quantity::number(3)));
    EXPECT_FALSE(people.unlike(Quantity::count()));
    EXPECT_FALSE(people.unlike(Quantity::unknown()));
    EXPECT_FALSE(people.times(Quantity::unknown()).unlike(in("km")));
    EXPECT_FALSE(in("yes or no").unlike(people));
    ASSERT_TRUE(people.unlike(in("km")));
    EXPECT_FALSE(people.unlike(in("km"))->factor);
}

TEST(Quantity, a_literal_explains_a_conversion_and_no_other) {
    const Quantity monthly = in("1/month");
    EXPECT_DOUBLE_EQ(*monthly.unlike_rate()->factor, 12);
    EXPECT_FALSE(Quantity::number(12).times(monthly).unlike_rate());
    EXPECT_FALSE(monthly.times(Quantity::number(6)).times(Quantity::number(2)).unlike_rate());
    EXPECT_FALSE(in("1/day").times(Quantity::number(365)).unlike_rate());
    ASSERT_TRUE(Quantity::number(2).times(monthly).unlike_rate());
    EXPECT_DOUBLE_EQ(*Quantity::number(2).times(monthly).unlike_rate()->factor, 12);
    EXPECT_FALSE(in("percent").over(Quantity::number(100)).unlike(in("share")));
    EXPECT_TRUE(in("percent").over(Quantity::number(10)).unlike(in("share")));
}

TEST(Quantity, a_literal_may_have_a_unit_of_its_own) {
    EXPECT_FALSE(Quantity::number(0.1).times(in("km")).unlike_number());
    EXPECT_TRUE(in("km").unlike_number());
    EXPECT_TRUE(in("km").times(Quantity::number(-1)).unlike_number());
}

TEST(Quantity, a_time_of_the_clock_may_stand_for_a_number) {
    const Quantity t = Quantity::clock(per_year().to_power(-1));
    EXPECT_FALSE(t.unlike_number());
    EXPECT_TRUE(in("years").unlike_number());
    EXPECT_TRUE(t.unlike(in("km")));
}

TEST(Quantity, counts_are_of_anything_but_a_measure) {
    const Quantity tonnes = in("t").times(Quantity::count());
    EXPECT_FALSE(tonnes.unlike(in("t per shipment")));
    EXPECT_TRUE(tonnes.unlike(in("t/year")));
    EXPECT_TRUE(tonnes.unlike(in("km")));
}

TEST(Quantity, things_may_be_counted_per_year_and_measures_not) {
    EXPECT_FALSE(in("attacks/year").unlike_rate());
    EXPECT_DOUBLE_EQ(*in("attacks/month").unlike_rate()->factor, 12);
    EXPECT_TRUE(in("GBP/year").unlike_rate());
    EXPECT_TRUE(in("t/year").unlike_rate());
    EXPECT_TRUE(in("1/year per person").unlike_rate());
    EXPECT_TRUE(in("share").unlike_rate());
    EXPECT_FALSE(Quantity::number(0.5).unlike_rate());
    EXPECT_FALSE(in("people").unlike_count());
    EXPECT_TRUE(in("1/year").unlike_count());
}

TEST(Quantity, of_many_numbers_nothing_is_told) {
    Quantity monthly = in("1/month");
    Quantity square = in("km");
    for (int i = 0; i < 60; ++i) monthly = monthly.over(Quantity::number(1.5));
    for (int i = 0; i < 60; ++i) square = square.times(square.over(in("km"))).times(Quantity::number(1.5));
    EXPECT_FALSE(monthly.unlike_rate());
    EXPECT_FALSE(square.unlike(in("t")));
}

TEST(Quantity, powers_need_a_number_that_is_known) {
    EXPECT_EQ(in("km").to_power(Quantity::number(2)).text(), "km^2");
    EXPECT_EQ(in("km").to_power(in("share")).text(), "");
    EXPECT_EQ(in("share").to_power(in("ticks")).text(), "1");
    EXPECT_FALSE(Quantity::number(2).to_power(in("share")).is_known());
}

TEST(Quantity, tells_its_unit_only_where_it_is_sure) {
    EXPECT_EQ(in("million GBP").over(in("years")).text(), "million GBP/year");
    EXPECT_EQ(in("million GBP").times(Quantity::unknown()).text(), "");
    EXPECT_EQ(in("million GBP").times(Quantity::number(1000)).text(), "");
    EXPECT_EQ(Quantity::number(2).joined(in("km")).text(), "km");
    EXPECT_EQ(Quantity::unknown().joined(in("km")).text(), "km");
}

}  // namespace
}  // namespace entente::test
