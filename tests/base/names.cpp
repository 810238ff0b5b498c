#include <entente/base/names.hpp>

#include <gtest/gtest.h>

namespace entente {
namespace {

using Names = std::vector<std::string>;

TEST(Names, letters_digits_and_underscores_make_an_identifier) {
    for (const char* name : {"trust", "_x", "x2", "Kabul", "aid_rate", "andes"}) EXPECT_TRUE(is_identifier(name)) << name;
    for (const char* name : {"", "2x", "aid-rate", "aid rate", "доверие", "and", "if", "for", "lambda", "None", "x.y"}) {
        EXPECT_FALSE(is_identifier(name)) << name;
    }
}

TEST(Names, the_nearest_name_is_a_slip_of_the_finger_away) {
    const Names names{"goodwill", "grievance", "trust", "standing", "afghanistan", "s"};
    EXPECT_EQ(nearest_name("trsut", names), "trust");  // two letters swapped
    EXPECT_EQ(nearest_name("TRUST", names), "trust");  // capitals
    EXPECT_EQ(nearest_name("greivance", names), "grievance");
    EXPECT_EQ(nearest_name("standng", names), "standing");    // one missing
    EXPECT_EQ(nearest_name("goodwilll", names), "goodwill");  // one too many
    EXPECT_EQ(nearest_name("afghan", names), "afghanistan");  // a beginning
    EXPECT_EQ(nearest_name("standing_level", names), "standing");
}

TEST(Names, far_away_names_are_not_offered) {
    const Names names{"goodwill", "trust", "s", "tajikistan"};
    EXPECT_EQ(nearest_name("population", names), "");
    EXPECT_EQ(nearest_name("x", names), "");
    EXPECT_EQ(nearest_name("russia", names), "");
    EXPECT_EQ(nearest_name("", names), "");
    EXPECT_EQ(nearest_name("trust", {}), "");
    const Names functions{"tan", "sin", "last", "cooling", "log"};
    for (const char* other : {"rank", "gini", "fact", "nothing", "ln", "pow"}) EXPECT_EQ(nearest_name(other, functions), "") << other;
}

TEST(Names, the_closer_of_two_is_offered_and_the_first_of_equals) {
    EXPECT_EQ(nearest_name("aid_rat", Names{"aid_ratio", "aid_rate"}), "aid_rate");
    EXPECT_EQ(nearest_name("tie", Names{"ties", "tied"}), "ties");
}

TEST(Names, a_suggestion_reads_as_a_question) {
    const Names names{"trust"};
    EXPECT_EQ(did_you_mean("trsut", names), "did you mean 'trust'?");
    EXPECT_EQ(did_you_mean("hardship", names, "the fields are: trust"), "the fields are: trust");
    EXPECT_EQ(did_you_mean("hardship", names), "");
}

TEST(Names, a_list_reads_as_a_sentence) {
    EXPECT_EQ(listed({}), "");
    EXPECT_EQ(listed(Names{"a"}), "a");
    EXPECT_EQ(listed(Names{"a", "b"}), "a and b");
    EXPECT_EQ(listed(Names{"a", "b", "c"}), "a, b and c");
    EXPECT_EQ(listed(Names{"a", "b", "c", "d"}, 2), "a, b and 2 more");
    EXPECT_EQ(listed(Names{"a", "b", "c"}, 2), "a, b and c");
}

}  // namespace
}  // namespace entente
