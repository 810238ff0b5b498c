#include <gtest/gtest.h>

#include <entente/base/wording.hpp>

namespace entente::test {
namespace {

TEST(Wording, writes_days_and_months_as_people_do) {
    const Day day{std::chrono::year{2022} / 8 / 7};
    EXPECT_EQ(day_words(day), "7 Aug 2022");
    EXPECT_EQ(month_words(day), "Aug 2022");
}

TEST(Wording, names_what_its_label_does_not_spell) {
    EXPECT_EQ(label_and_name("Pakistan", "770"), "Pakistan (770)");
    EXPECT_EQ(label_and_name("Russia", "russia"), "Russia");
    EXPECT_EQ(label_and_name("United Kingdom", "united_kingdom"), "United Kingdom");
    EXPECT_EQ(label_and_name("Russia -> Iran", "russia -> iran"), "Russia -> Iran");
    EXPECT_EQ(label_and_name("Russia -> Iran", "russia -> iraq"), "Russia -> Iran (russia -> iraq)");
    EXPECT_EQ(label_and_name("Mali", "MALI"), "Mali (MALI)") << "which is not told from the label";
    EXPECT_EQ(label_and_name("RUS", "RUS"), "RUS");
}

}  // namespace
}  // namespace entente::test
