#include <entente/report/page_numbers.hpp>

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace entente {
namespace {

TEST(PageNumbers, are_rounded_to_what_can_be_seen) {
    EXPECT_EQ(page::Number(0.123456789), 0.12346);
    for (const double none : {std::nan(""), std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()})
        EXPECT_TRUE(std::isnan(page::Number(none)));
    EXPECT_TRUE(std::isnan(page::Number()));
}

TEST(PageNumbers, are_dates_where_the_calendar_has_some) {
    const Calendar dated = Calendar::dated(*parse_date("2021-12-20"), *parse_step("week"), 3);
    EXPECT_EQ(page::moment_at(dated, 1), page::Moment{"2021-12-27"});
    EXPECT_EQ(page::moment_at(dated, 1.9), page::Moment{"2021-12-27"}) << "the earlier of the two";
    EXPECT_EQ(page::moment_at(Calendar::undated(3), 1.5), page::Moment{1.5});
}

}  // namespace
}  // namespace entente
