#include <entente/summary/sentences.hpp>

#include <cmath>

#include <gtest/gtest.h>

namespace entente {
namespace {

TEST(Sentences, begin_with_what_a_measure_is) {
    EXPECT_EQ(sentence_subject("trust", "trust of Moscow in Kabul"), "Trust of Moscow in Kabul");
    EXPECT_EQ(sentence_subject("trust", ""), "trust") << "a name is written as it is";
    EXPECT_EQ(sentence_subject("angle", "öffnung"), "öffnung");
}

TEST(Sentences, hold_no_sentence_within_them) {
    EXPECT_EQ(name_in_words("trust", "trust of Moscow in Kabul"), "trust of Moscow in Kabul");
    EXPECT_EQ(name_in_words("trust", "Trust. It begins at 0.3"), "trust");
    EXPECT_EQ(name_in_words("trust", std::string(61, 'a')), "trust");
    EXPECT_EQ(name_in_words("trust", ""), "trust");
}

TEST(Sentences, read_units_aloud) {
    EXPECT_EQ(unit_words("t"), " t");
    EXPECT_EQ(unit_words("1/year"), " per year");
    EXPECT_EQ(unit_words("million GBP/year"), " million GBP per year");
    EXPECT_EQ(unit_words("1000 people"), " × 1000 people");
    EXPECT_EQ(unit_words("m/s/s"), " m/s/s");
    for (const auto* unit : {"", "1", "share", "probability"}) EXPECT_EQ(unit_words(unit), "") << unit;
}

TEST(Sentences, tell_shares_and_probabilities_in_percent_as_axes_do) {
    EXPECT_EQ(quantity_words(0.174, "share"), "17 %");
    EXPECT_EQ(quantity_words(0.4, "probability"), "40 %");
    EXPECT_EQ(quantity_words(0.4, "index"), "0.4 index");
    EXPECT_EQ(quantity_words(std::nan(""), "share"), "–");
    EXPECT_EQ(range_words(0.31, 0.493, "probability"), "31–49 %");
    EXPECT_EQ(range_words(0.31, 0.493, "t"), "0.31–0.493");
    EXPECT_EQ(quantity_words(1.4567, "1000 people"), "1,460 people");
    EXPECT_EQ(range_words(1.31, 1.4799, "1000 people"), "1,310–1,480") << "of people too";
    EXPECT_EQ(range_words(-0.02, 0.03, "share"), "-2 to 3 %");
    EXPECT_EQ(number_words(1.4567, "1000 people"), "1,460");
    EXPECT_EQ(number_words(0.31, "share"), "31");
    EXPECT_EQ(points_words(0.02771), "2.8");
    EXPECT_EQ(points_words(0.3547), "35");
    EXPECT_EQ(points_words(1), "100");
}

}  // namespace
}  // namespace entente
