#include "importing.hpp"

#include <entente/import/world_bank.hpp>

namespace entente::test {
namespace {

const std::string preamble = "\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"2024-05-30\",\n\n";
const std::string header = "\"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"1960\",\"1961\",\n";
const std::string wide = preamble + header +
                         "\"Norway\",\"NOR\",\"Widgets\",\"W.X\",\"1.5\",\"\",\n"
                         "\"Arab World\",\"ARB\",\"Widgets\",\"W.X\",\"9\",\"9\",\n"
                         "\"Kosovo\",\"XKX\",\"Widgets\",\"W.X\",\"\",\"2e3\",\n";

Trial values(const std::string& text, const WorldBankTable& asked = {}) {
    return tried(text,
                 [&](int file, const Sources& sources, Problems& problems) { return world_bank_values(file, sources, asked, problems); });
}

TEST(WorldBank, a_column_a_year_becomes_a_row_a_year) {
    const Trial trial = values(wide);
    EXPECT_EQ(trial.said, "");
    EXPECT_EQ(trial.imported.csv, "name,year,value\nNOR,1960,1.5\nXKX,1961,2e3\n");
    EXPECT_EQ(trial.imported.tally(), "read 3 rows, wrote 2; left out: 2 values missing, 1 row of an aggregate");
    EXPECT_EQ(values(wide, {.years = {1961, 1961}}).imported.csv, "name,year,value\nXKX,1961,2e3\n");
    EXPECT_EQ(values(wide, {.years = {1960, 1960}, .change = {.from = Naming::iso3, .to = Naming::cow}}).imported.csv,
              "name,year,value\n385,1960,1.5\n");
}

TEST(WorldBank, places_count_the_preamble) {
    EXPECT_EQ(values(preamble + header + "\"Ruritania\",\"RUR\",\"W\",\"W.X\",\"1\",\"x\",\n").said,
              "a.csv:6:14: error: 'RUR' is not an ISO 3166 alpha-3 code\n    6 | \"Ruritania\",\"RUR\",\"W\",\"W.X\",\"1\",\"x\",\n"
              "      |              ^~~\nhelp: --unknown skip leaves such rows out\n\n"
              "a.csv:6:34: error: 'x' is not a number\n    6 | \"Ruritania\",\"RUR\",\"W\",\"W.X\",\"1\",\"x\",\n"
              "      |                                  ^\nhelp: missing values are empty or ..");
}

TEST(WorldBank, one_indicator_is_taken_of_several) {
    const std::string two = header + "Norway,NOR,A,A.1,1,2,\nNorway,NOR,B,B.1,3,4,\n";
    EXPECT_EQ(
        values(two).said,
        "a.csv:3:14: error: the table holds several indicators, A.1 and here B.1\n    3 | Norway,NOR,B,B.1,3,4,\n      |              ^~~\n"
        "help: choose one: --indicator A.1");
    EXPECT_EQ(values(two, {.indicator = "B.1"}).imported.csv, "name,year,value\nNOR,1960,3\nNOR,1961,4\n");
    EXPECT_EQ(values(two, {.indicator = "A"}).imported.csv, "name,year,value\nNOR,1960,1\nNOR,1961,2\n");
    EXPECT_THROW(values(two, {.indicator = "C"}), Error);
    EXPECT_THROW(values(wide, {.years = {1999, 1999}}), Error);
}

TEST(WorldBank, databank_writes_years_and_endings_of_its_own) {
    const std::string text =
        "Series Name,Series Code,Country Name,Country Code,1960 [YR1960]\nW,W.X,Norway,NOR,..\nW,W.X,Chad,TCD,5\n,,,,\n"
        "Data from database: World Development Indicators,,,,\nLast Updated: 05/30/2024,,,,\n";
    const Trial trial = values(without_footer(text));
    EXPECT_EQ(trial.said, "");
    EXPECT_EQ(trial.imported.csv, "name,year,value\nTCD,1960,5\n");
    EXPECT_EQ(without_footer(wide), wide);
}

TEST(WorldBank, another_table_is_told) {
    EXPECT_EQ(values("country,1960\nNorway,1\n").said.substr(0, 90),
              "a.csv:1:1: error: this is not a table of the World Bank: it has no column 'Country Code'\n ");
}

}  // namespace
}  // namespace entente::test
