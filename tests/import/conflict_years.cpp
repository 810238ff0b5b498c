#include "importing.hpp"

#include <entente/import/conflict_years.hpp>

namespace entente::test {
namespace {

Trial panel(const std::string& text, const ConflictYears& asked) {
    return tried(text,
                 [&](int file, const Sources& sources, Problems& problems) { return conflict_years(file, sources, asked, problems); });
}

/// A civil war with foreign troops, another beside it, and a war between states.
const std::string conflicts =
    "conflict_id,year,gwno_a,gwno_a_2nd,gwno_b,gwno_b_2nd,intensity_level,type_of_conflict\n"
    "1,2001,700,\"2, 200\",,,2,II\n"
    "2,2001,700,,,,1,intrastate\n"
    "3,2002,678,,,,1,3\n"
    "4,2003,2,,645,,2,interstate\n";

TEST(ConflictYears, a_state_and_year_has_its_highest_intensity) {
    const Trial trial = panel(conflicts, {.with_zeros = false});
    EXPECT_EQ(trial.said, "");
    EXPECT_EQ(trial.imported.csv, "name,year,value,conflicts\nAFG,2001,2,2\nIRQ,2003,2,1\nUSA,2003,2,1\nYEM,2002,1,1\n");
}

TEST(ConflictYears, types_intensities_and_supporters_are_chosen) {
    EXPECT_EQ(panel(conflicts, {.types = {"intrastate"}, .with_zeros = false}).imported.csv,
              "name,year,value,conflicts\nAFG,2001,1,1\nYEM,2002,1,1\n");
    const Trial wars = panel(conflicts, {.least_intensity = 2, .with_zeros = false});
    EXPECT_EQ(wars.imported.csv, "name,year,value,conflicts\nAFG,2001,2,1\nIRQ,2003,2,1\nUSA,2003,2,1\n");
    EXPECT_EQ(wars.imported.tally(), "read 4 rows, wrote 3; left out: 2 conflict-years of less intensity");
    EXPECT_EQ(panel(conflicts, {.types = {"internationalised"}, .with_supporters = true, .with_zeros = false}).imported.csv,
              "name,year,value,conflicts\nAFG,2001,2,1\nGBR,2001,2,1\nUSA,2001,2,1\n");
}

TEST(ConflictYears, zeros_are_of_the_states_of_each_year) {
    const std::string csv = panel(conflicts, {.years = Years{2001, 2002}}).imported.csv;
    EXPECT_THAT(csv, testing::HasSubstr("\nAFG,2001,2,2\nAFG,2002,0,0\n"));
    EXPECT_THAT(csv, testing::HasSubstr("\nTLS,2002,0,0\n"));
    EXPECT_THAT(csv, testing::Not(testing::HasSubstr("TLS,2001")));
    EXPECT_THAT(csv, testing::HasSubstr("\nMCO,2001,0,0\n"));
    EXPECT_THAT(csv, testing::Not(testing::HasSubstr("2003")));
}

TEST(ConflictYears, what_does_not_fit_is_told) {
    EXPECT_EQ(panel("year,gwno_a,intensity_level\n01,700,1\n2001,700,3\n2001,9999,1\n", {}).said,
              "a.csv:2:1: error: '01' is not a year\n    2 | 01,700,1\n      | ^~\nhelp: years are written like 2018\n\n"
              "a.csv:3:10: error: '3' is not an intensity\n    3 | 2001,700,3\n      |          ^\n"
              "help: 1 (from 25 battle deaths a year) or 2 (from 1,000)\n\n"
              "a.csv:4:6: error: '9999' is not a Gleditsch-Ward code\n    4 | 2001,9999,1\n      |      ^~~~\nhelp: --unknown skip leaves "
              "such rows out");
    EXPECT_THAT(panel("country,year\nx,2001\n", {}).said,
                testing::HasSubstr("this is not a list of conflict-years of UCDP/PRIO: it has no column 'intensity_level' or 'intensity'"));
    EXPECT_THAT(panel(conflicts + "5,2004,700,,,,1,9\n", {.types = {"intrastate"}}).said,
                testing::HasSubstr("'9' is not a type of conflict"));
}

}  // namespace
}  // namespace entente::test
