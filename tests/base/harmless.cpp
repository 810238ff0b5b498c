#include <entente/base/harmless.hpp>

#include <string>

#include <gtest/gtest.h>

#include <entente/base/utf8.hpp>

namespace entente {
namespace {

using std::string_literals::operator""s;

TEST(Harmless, text_stays_as_it_is) {
    for (const char* text : {"", "Kabul, Кабул, کابل, 喀布尔, 🕊", "two\nlines\tand a tab", "a \\x1b written out"}) EXPECT_EQ(harmless(text), text);
}

TEST(Harmless, what_commands_a_terminal_is_written_out) {
    EXPECT_EQ(harmless("\x1b]0;title\a"), "\\x1b]0;title\\x07");
    EXPECT_EQ(harmless("a\0b"s), "a\\x00b");
    EXPECT_EQ(harmless("over\rwritten\b\x7f"), "over\\x0dwritten\\x08\\u007f");
    EXPECT_EQ(harmless("\u009b31m"), "\\u009b31m");  // the one-character beginning of a command
}

TEST(Harmless, what_turns_the_reading_order_or_ends_a_line_is_written_out) {
    EXPECT_EQ(harmless("\u202Eabc"), "\\u202eabc");
    EXPECT_EQ(harmless("\u2066x\u2069\u2028"), "\\u2066x\\u2069\\u2028");
}

TEST(Harmless, what_nobody_would_see_is_written_out) {
    EXPECT_EQ(harmless("Ka\u200Bbul\uFEFF"), "Ka\\u200bbul\\ufeff");
    EXPECT_EQ(harmless("a\u2060\u2064b\u00ADc\u200E\u061C"), "a\\u2060\\u2064b\u00ADc\\u200e\\u061c");
    EXPECT_EQ(harmless("x\U000E0041"), "x\\ue0041") << "a tag";
}

TEST(Harmless, joiners_stay_where_scripts_need_them_and_hide_nowhere_else) {
    for (const char* text : {"می\u200Cروند", "क\u094D\u200Dष", "👩\u200D🚀"}) EXPECT_EQ(harmless(text), text);
    EXPECT_EQ(harmless("ad\u200Cmin \u200D"), "ad\\u200cmin \\u200d");
    EXPECT_EQ(harmless("\u200C"), "\\u200c");
}

TEST(Harmless, bytes_that_are_no_text_are_written_out) {
    EXPECT_EQ(harmless("Kab\xFCl"), "Kab\\xfcl");
    EXPECT_TRUE(is_utf8(harmless("\xC0\xAF\xED\xA0\x80")));
}

TEST(Harmless, a_line_has_no_ends_and_single_blanks) {
    EXPECT_EQ(harmless_line(" A title\r\nfake: all good \t abc\n"), "A title fake: all good abc");
    EXPECT_EQ(harmless_line("\n \n"), "");
    EXPECT_EQ(harmless_line("\x1b[2J"), "\\x1b[2J");
}

}  // namespace
}  // namespace entente
