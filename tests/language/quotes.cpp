#include <entente/language/quotes.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace entente::test {
namespace {

TEST(Quotes, are_written_as_in_python) {
    EXPECT_EQ(in_quotes("Côte d'Ivoire"), R"('Côte d\'Ivoire')");
    EXPECT_EQ(in_quotes(R"(a\b "c")"), R"('a\\b "c"')");
    EXPECT_EQ(as_index("russia"), "russia");
    EXPECT_EQ(as_index("step"), "step");
    for (const auto* name : {"365", "in", "or", "self", "True", "Guinea-Bissau", "é"}) EXPECT_EQ(as_index(name), "'" + std::string(name) + "'");
}

TEST(Quotes, are_read_as_in_python) {
    EXPECT_EQ(read_quoted(R"('Côte d\'Ivoire'].gdp)").text, "Côte d'Ivoire");
    EXPECT_EQ(read_quoted(R"('Côte d\'Ivoire'].gdp)").size, 17u);
    EXPECT_EQ(read_quoted(R"("Côte d'Ivoire")").text, "Côte d'Ivoire");
    EXPECT_EQ(read_quoted(R"("C\u00f4te \x64\"\\ \U0001F30D\t")").text, "Côte d\"\\ 🌍\t");
}

TEST(Quotes, that_are_broken_are_told) {
    EXPECT_EQ(read_quoted("'abc").fault, "this quote is not closed");
    EXPECT_EQ(read_quoted("'abc\\'").fault, "this quote is not closed");
    EXPECT_EQ(read_quoted(R"('a\qb')").fault, R"('\q' has no meaning in quotes)");
    EXPECT_EQ(read_quoted(R"('a\u12')").fault, R"('\u' has no meaning in quotes)");
    EXPECT_EQ(read_quoted(R"('a\ud800')").fault, R"('\u' has no meaning in quotes)");
    EXPECT_EQ(read_quoted("'a\\").fault, "'\\' has no meaning in quotes");
}

RC_GTEST_PROP(Quotes, give_back_every_name, (const std::string& name)) {
    const Quoted read = read_quoted(in_quotes(name) + "].x");
    RC_ASSERT(read.fault.empty());
    RC_ASSERT(read.text == name);
    RC_ASSERT(read.size == in_quotes(name).size());
}

RC_GTEST_PROP(Quotes, keep_the_ends_of_links_apart, ()) {
    const auto name = [] { return *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::element('a', ' ', '-', '>', '\'', '"', '\\'))); };
    const std::string source = name();
    const std::string target = name();
    const auto ends = ends_of_link(as_end(source) + " -> " + as_end(target));
    RC_ASSERT(ends.has_value());
    RC_ASSERT(ends->first == source);
    RC_ASSERT(ends->second == target);
}

TEST(Quotes, are_left_out_of_links_where_they_say_nothing) {
    EXPECT_EQ(as_end("365"), "365");
    EXPECT_EQ(as_end("Côte d'Ivoire"), "Côte d'Ivoire");
    EXPECT_EQ(as_end("'Eua"), R"('\'Eua')");
    EXPECT_EQ(as_end("a -> b"), "'a -> b'");
    EXPECT_EQ(as_end("a "), "'a '");
}

TEST(Quotes, hold_what_would_end_a_part_otherwise) {
    EXPECT_EQ(find_outside_brackets("state['a=]'].x=1", "="), 14u);
    EXPECT_EQ(find_outside_brackets("state[\"a',\"].x, y", ","), 14u);
    EXPECT_EQ(find_outside_brackets("l'aide=1", "="), 6u);
    EXPECT_EQ(find_outside_brackets("state['a=1", "="), std::string_view::npos);
}

TEST(Names, are_any_text_without_control_characters) {
    for (const auto* name : {"Côte d'Ivoire", "365", " ", "a -> b", "ქართული", "日本"}) EXPECT_EQ(name_fault(name), "");
    EXPECT_EQ(name_fault(""), "a name is empty");
    EXPECT_EQ(name_fault("a\tb"), "the name 'a b' holds a tab");
    EXPECT_EQ(name_fault("a\nb"), "the name 'a b' holds a line break");
    EXPECT_EQ(name_fault("a\x1b[31m"), "the name 'a\\x1b[31m' holds the control character U+001B");
    EXPECT_EQ(name_fault("a\u202e"), "the name 'a\\u202e' holds the control character U+202E");
    EXPECT_EQ(name_fault("a\xff"), "the name 'a\\xff' is not UTF-8 text");
}

}  // namespace
}  // namespace entente::test
