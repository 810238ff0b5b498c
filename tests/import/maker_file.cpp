#include "importing.hpp"

namespace entente::test {
namespace {

TEST(MakerFile, text_of_windows_becomes_utf8) {
    EXPECT_EQ(as_utf8("C\xF4te d\x92Ivoire \x80"), "Côte d’Ivoire €");
    EXPECT_EQ(as_utf8("Côte"), "Côte");
}

TEST(MakerFile, cells_are_separated_by_what_the_header_has) {
    EXPECT_EQ(separator_of("a,b;c"), ',');
    EXPECT_EQ(separator_of("a\tb\n1,2"), '\t');
    EXPECT_EQ(separator_of("a;b"), ';');
    EXPECT_EQ(separator_of("a"), ',');
    EXPECT_EQ(separator_of("x,y\na\tb\n", 4), '\t');
}

TEST(MakerFile, blank_lines_above_the_header_are_passed) {
    const CsvForm form = form_of("\n \r\na;b\n1;2\n");
    EXPECT_EQ(form.begin, 4U);
    EXPECT_EQ(form.line, 3);
    EXPECT_EQ(form.separator, ';');
    EXPECT_EQ(form_of("a,b").begin, 0U);
    EXPECT_EQ(form_of("\n\n").line, 3);
}

TEST(MakerFile, columns_are_found_by_any_of_their_names) {
    EXPECT_TRUE(is_same_column("Event Date", "event_date"));
    EXPECT_FALSE(is_same_column("Event Date", "date"));
    const Trial trial = tried("Event Date,b\n", [](int file, const Sources& sources, Problems& problems) {
        MakerFile maker(file, sources, problems, "a list", {});
        EXPECT_EQ(maker.expect({"date", "event_date"}), 0U);
        EXPECT_EQ(maker.find({"c"}), std::nullopt);
        maker.expect({"d", "e"});
        return Imported{};
    });
    EXPECT_EQ(trial.said,
              "a.csv:1:1: error: this is not a list: it has no column 'd' or 'e'\n    1 | Event Date,b\n      | ^\n"
              "help: its columns are Event Date and b");
}

TEST(MakerFile, years_are_one_or_many) {
    EXPECT_EQ(parse_years("2000")->last, 2000);
    EXPECT_EQ(parse_years("1990:2000")->first, 1990);
    EXPECT_TRUE(parse_years("1990:")->hold(5000));
    for (const auto* text : {"", "90", "2000:1990", "1990-2000", "1990:x"}) EXPECT_FALSE(parse_years(text)) << text;
}

TEST(MakerFile, a_tally_counts_what_was_read_and_left_out) {
    Imported imported;
    imported.read = 1200;
    imported.write({"a", "b,c"});
    imported.leave_out("row of an aggregate");
    imported.leave_out("value missing");
    imported.leave_out("value missing");
    EXPECT_EQ(imported.csv, "a,\"b,c\"\n");
    EXPECT_EQ(imported.tally(), "read 1,200 rows, wrote 1; left out: 1 row of an aggregate, 2 values missing");
}

}  // namespace
}  // namespace entente::test
