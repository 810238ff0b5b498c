#include <entente/output/text_table.hpp>

#include <sstream>

#include <gmock/gmock.h>

namespace entente {
namespace {

using testing::HasSubstr;

TextStyle wide(std::size_t width) {
    return {.width = width};
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

/// A name of 40 cells, three columns that can be missed, and one that can't.
TextTable measured() {
    TextTable table({{.head = "Over time", .is_name = true},
                     {.head = "unit", .rank = 3},
                     {"mean", Align::right},
                     {"5 %", Align::right, 0, 1},
                     {"95 %", Align::right, 0, 1},
                     {.head = "", .rank = 2, .called = "course"}});
    table.add({"  relation[Russia, Afghanistan].alarm_of", "share", "0.325", "0.001", "0.998", "▁▂▃▄▅▆▇█▁▂▃▄▅▆▇█"});
    return table;
}

TEST(TextTable, aligns_columns_by_what_the_eye_sees) {
    TextTable table({{"name"}, {"n", Align::right}});
    table.add({"Tōkyō", "1"});
    table.add({"東京", "12"});
    LeftOut none;
    EXPECT_EQ(table.text({}, none), "name    n\nTōkyō   1\n東京   12\n");
    EXPECT_EQ(table.width({}), 9u);
    EXPECT_EQ(none.text({}), "");
}

TEST(TextTable, has_colour_only_where_there_is_some) {
    EXPECT_EQ(bold("title", {}), "title");
    EXPECT_EQ(bold("title", {.width = 80, .unicode = true, .colour = true}), "\x1b[1mtitle\x1b[0m");
}

TEST(TextTable, misses_columns_of_the_highest_rank_first_and_says_which) {
    const auto told = [](std::size_t width) {
        LeftOut left_out;
        const std::string text = measured().text(wide(width), left_out);
        for (const std::string& line : lines_of(text)) EXPECT_LE(display_width(line), width) << text;
        return left_out.text(wide(width));
    };
    EXPECT_EQ(told(110), "");
    EXPECT_EQ(told(60), "Columns left out at 60: unit; --json has all\n");
    EXPECT_EQ(told(46), "Columns left out at 46: unit, course; --json\n    has all\n");
    EXPECT_EQ(told(24), "Columns left out at 24:\n    unit, 5 %, 95 %,\n    course; --json has\n    all\n");
    EXPECT_THAT(told(10), HasSubstr("Columns")) << "and cuts what is wider still";
}

TEST(TextTable, shortens_names_before_it_misses_columns_and_further_after_that) {
    LeftOut left_out;
    EXPECT_THAT(measured().text(wide(110), left_out), HasSubstr("  relation[Russia,…ghanistan].alarm_of  share")) << "to 36 cells and the two before them";
    EXPECT_THAT(measured().text(wide(60), left_out), HasSubstr("\n  relatio…].alarm_of  0.325")) << "to three tenths of the width";
    EXPECT_THAT(measured().text(wide(46), left_out), HasSubstr("\n  relat…larm_of  0.325  0.001  0.998"));
    EXPECT_THAT(measured().text(wide(19), left_out), HasSubstr("\n  re…rm_of  0.325")) << "to eight cells";
}

TEST(TextTable, takes_no_note_where_it_has_no_rows) {
    TextTable table({{"a name"}, {.head = "something wide", .rank = 1}});
    LeftOut left_out;
    table.text(wide(8), left_out);
    EXPECT_EQ(left_out.text(wide(8)), "");
}

TEST(LongName, is_cut_with_an_ellipsis) {
    EXPECT_EQ(shortened("government", 20, {}), "government");
    EXPECT_EQ(shortened("government", 5, {}), "gove…");
    EXPECT_EQ(shortened("government", 5, {.width = 80, .unicode = false, .colour = false}), "gove~");
}

TEST(LongName, keeps_what_stands_in_its_last_brackets_or_else_its_end) {
    EXPECT_EQ(without_middle("relation[russia -> afghanistan].trust", 20, {}), "relation[…tan].trust");
    EXPECT_EQ(without_middle("Incursions across the northern border[one]", 20, {}), "Incursions acr…[one]");
    EXPECT_EQ(without_middle("aaaaaaaae\u0301b", 3, {}), "a…b") << "nor is a letter from its accent";
    EXPECT_EQ(without_middle("大韓民国と朝鮮民主主義", 11, {}), "大韓民…主義") << "of wide characters none is cut in two";
}

TEST(Lines, break_between_words_and_begin_below_what_they_continue) {
    EXPECT_EQ(fitted("one two three four\n", wide(10)), "one two\n  three\n  four\n");
    EXPECT_EQ(fitted("  one two three\n", wide(11)), "  one two\n    three\n");
    EXPECT_EQ(fitted("Cost     1,000 runs in 40 ms\n", wide(20)), "Cost     1,000 runs\n         in 40 ms\n");
    EXPECT_EQ(fitted("  Way           row by row: few enough\n", wide(28)), "  Way           row by row:\n                few enough\n");
    EXPECT_EQ(fitted("Digest   b94e1dbe38dd531868892c501b3bd405\n", wide(36)), "Digest\n    b94e1dbe38dd531868892c501b3bd405\n") << "further out where that helps";
    EXPECT_EQ(fitted("as it is\n\n", wide(10)), "as it is\n\n");
    EXPECT_EQ(fitted("see results/of/a/folder\n", wide(10)), "see\nresults/of/a/folder\n") << "a long word stays whole";
    EXPECT_EQ(fitted("\x1b[1mone two\x1b[0m\n", wide(7)), "\x1b[1mone two\x1b[0m\n") << "bold takes no cells";
}

TEST(Lines, of_a_command_can_be_copied) {
    EXPECT_EQ(command_text("Continue ", "entente run --from state.snap", wide(60)), "Continue entente run --from state.snap\n");
    EXPECT_EQ(command_text("Continue ", "entente run --from 'a b c/state.snap'", wide(30)), "Continue entente run --from \\\n         'a b c/state.snap'\n");
}

TEST(Excerpts, are_cut_so_that_the_caret_stays_below_its_word) {
    const std::string line = "   12 |   first words of a line that goes on for long and then has the wrong one, with more";
    const std::string message = "long.yaml:12:61: error: there is no such thing\n" + line + "\n      | " + std::string(line.find("wrong") - 8, ' ') +
                                "^~~~~\nhelp: declare it\n";
    EXPECT_EQ(fitted_messages(message, wide(100)), message);
    const auto lines = lines_of(fitted_messages(message, wide(40)));
    ASSERT_EQ(lines.size(), 5u);
    EXPECT_EQ(lines[0], "long.yaml:12:61: error: there is no such");
    EXPECT_EQ(lines[1], "  thing");
    EXPECT_EQ(lines[3].substr(lines[3].find('^')), "^~~~~");
    EXPECT_LE(display_width(lines[2]), 40u);
    const std::size_t cells = lines[3].find('^');
    std::string before;
    for (std::size_t at = 0; display_width(before) < cells; ++at) before += lines[2][at];
    EXPECT_EQ(lines[2].substr(before.size(), 5), "wrong") << lines[2] << '\n' << lines[3];
}

}  // namespace
}  // namespace entente
