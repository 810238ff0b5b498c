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
