#include "importing.hpp"

#include <entente/import/convert_codes.hpp>

namespace entente::test {
namespace {

Trial converted(const std::string& text, const CodeColumns& asked) {
    return tried(text, [&](int file, const Sources& sources, Problems& problems) { return convert_codes(file, sources, asked, problems); });
}

TEST(ConvertCodes, codes_change_and_all_else_stays) {
    const Trial trial = converted("ccode1,ccode2,note\n2,260,\"a, b\"\n365,679,\n", {});
    EXPECT_EQ(trial.said, "");
    EXPECT_EQ(trial.imported.csv, "ccode1,ccode2,note\nUSA,DEU,\"a, b\"\nRUS,YEM,\n");
    EXPECT_EQ(trial.imported.read, 2U);
    EXPECT_EQ(trial.imported.written, 2U);
}

TEST(ConvertCodes, columns_may_be_chosen_and_renamed) {
    const Trial trial = converted("importer;exporter;value\n2;20;1,5\n", {.columns = {"importer", "exporter"}, .as = {"source", "target"}});
    EXPECT_EQ(trial.imported.csv, "source,target,value\nUSA,CAN,\"1,5\"\n");
}

TEST(ConvertCodes, a_year_decides_between_codes) {
    const CodeColumns by_year{.change = {.from = Naming::iso3, .to = Naming::cow}, .columns = {}, .as = {}, .year = "year"};
    EXPECT_EQ(converted("iso3,year\nDEU,1989\nDEU,1991\n", by_year).imported.csv, "iso3,year\n260,1989\n255,1991\n");
    const CodeColumns then{.change = {.from = Naming::iso3, .to = Naming::cow}, .columns = {}, .as = {}, .year = "1985"};
    EXPECT_EQ(converted("iso3,year\nDEU,1991\n", then).imported.csv, "iso3,year\n260,1991\n");
}

TEST(ConvertCodes, unknown_codes_are_told_with_their_place) {
    const std::string text = "ccode,x\n2,1\n999,2\n340,3\n817,4\n999,5\n";
    EXPECT_EQ(converted(text, {}).said,
              "a.csv:3:1: error: '999' is not a COW code\n    3 | 999,2\n      | ^~~\nhelp: --unknown skip leaves such rows out\n\n"
              "a.csv:4:1: error: '340' is not a COW code\n    4 | 340,3\n      | ^~~\n"
              "help: as a Gleditsch-Ward code it is Serbia: --from gw; --unknown skip leaves such rows out\n\n"
              "a.csv:5:1: error: 817 (Republic of Vietnam) lacks an ISO 3166 alpha-3 code\n    5 | 817,4\n      | ^~~\n"
              "help: --unknown skip leaves such rows out");
    const Trial skipped = converted(text, {.change = {.unknown = Unknown::skip}});
    EXPECT_EQ(skipped.said, "");
    EXPECT_EQ(skipped.imported.tally(),
              "read 5 rows, wrote 1; left out: 3 rows without a COW code, 1 row without an ISO 3166 alpha-3 code");
}

TEST(ConvertCodes, columns_that_are_not_there_are_told) {
    EXPECT_EQ(converted("a,b\n1,2\n", {}).said,
              "a.csv:1:1: error: no column is called as makers of data call one with a COW code\n    1 | a,b\n      | ^\n"
              "help: choose one, --column NAME; the columns are a and b");
    EXPECT_EQ(converted("ccode,b\n2,2\n", {.columns = {"ccod"}}).said,
              "a.csv:1:1: error: the table has no column 'ccod'\n    1 | ccode,b\n      | ^\nhelp: did you mean 'ccode'?");
    EXPECT_THAT(converted("ccode,b\n2,2\n", {.as = {"b"}}).said, testing::HasSubstr("two columns would be called 'b'"));
    EXPECT_THAT(converted("ccode,b\n2,2\n", {.as = {"b", "c"}}).said, testing::HasSubstr("--as gives 2 names for 1 column of codes"));
    EXPECT_THAT(converted("ccode,b\n2,2\n", {.year = "date"}).said,
                testing::HasSubstr("'date' is neither a year nor a column of the table"));
}

}  // namespace
}  // namespace entente::test
