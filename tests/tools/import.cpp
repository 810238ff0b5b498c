// The forms themselves: tests/import.
#include "command.hpp"

namespace entente {
namespace {

class Import : public Command {
protected:
    Import() {
        std::ofstream(scratch_.path() / "trade.csv") << "ccode1,ccode2,flow\n2,20,5\n365,999,7\n";
        std::ofstream(scratch_.path() / "war.csv") << "year,gwno_a,intensity_level\n2001,700,2\n2001,678,1\n";
    }
};

TEST_F(Import, a_table_goes_to_standard_output_and_its_tally_to_errors) {
    const Outcome made = entente("import codes trade.csv --as source,target --unknown skip");
    EXPECT_EQ(made.code, 0) << made.err;
    EXPECT_EQ(made.out, "source,target,flow\nUSA,CAN,5\n");
    EXPECT_EQ(made.err, "read 2 rows, wrote 1; left out: 1 row without a COW code\n");
}

TEST_F(Import, a_table_goes_to_a_file) {
    const Outcome made = entente("import ucdp war.csv --no-zeros --to cow --quiet --out panel.csv");
    EXPECT_EQ(made.code, 0) << made.err;
    EXPECT_EQ(made.out + made.err, "");
    EXPECT_EQ(file("panel.csv"), "name,year,value,conflicts\n679,2001,1,1\n700,2001,2,1\n");
}

TEST_F(Import, states_need_no_file) {
    const Outcome made = entente("import states --year 2000 --list cow");
    EXPECT_THAT(made.out, testing::StartsWith("name,label,code,from,to\nUSA,United States,2,2000,2000\n"));
    EXPECT_THAT(made.err, testing::StartsWith("read "));
}

TEST_F(Import, errors_have_their_place_and_nothing_is_written) {
    const Outcome refused = entente("import codes trade.csv --out out.csv");
    EXPECT_EQ(refused.code, 2);
    EXPECT_EQ(
        refused.err,
        "trade.csv:3:5: error: '999' is not a COW code\n    3 | 365,999,7\n      |     ^~~\nhelp: --unknown skip leaves such rows out\n");
    EXPECT_FALSE(fs::exists(scratch_.path() / "out.csv"));
}

TEST_F(Import, what_is_not_a_table_of_text_is_told) {
    std::ofstream(scratch_.path() / "sheet.xlsx") << "PK\x03\x04rest";
    std::ofstream(scratch_.path() / "data.bin") << "a,b\x01\n";
    EXPECT_EQ(entente("import codes sheet.xlsx").err,
              "error: 'sheet.xlsx' is compressed: a spreadsheet, perhaps, or an archive\nhelp: unpack it, or save the sheet as CSV\n");
    EXPECT_THAT(entente("import codes data.bin").err, testing::StartsWith("data.bin:1:4: error: "));
    EXPECT_EQ(entente("import codes data.bin").code, 2);
}

TEST_F(Import, options_of_other_forms_are_refused) {
    const auto said = [&](const std::string& arguments) { return entente("import " + arguments).err; };
    EXPECT_EQ(said("code trade.csv"), "error: there is no form 'code'\nhelp: did you mean 'codes'?\n");
    EXPECT_EQ(said("codes trade.csv --monthly"), "error: import codes takes no --monthly\nhelp: --monthly is for events\n");
    EXPECT_EQ(said("codes"), "error: import codes takes a file\nhelp: entente import codes FILE\n");
    EXPECT_EQ(said("codes trade.csv --to iso"), "error: --to cannot be 'iso'\nhelp: did you mean 'iso3'?\n");
    EXPECT_EQ(said("states"), "error: import states takes a year, or years\nhelp: as in --years 2018 or --years 1990:2018\n");
    EXPECT_EQ(
        said("states --years 1914"),
        "error: the lists here begin in 1946\nhelp: give the maker's: entente import states states2016.csv --list cow --years 1914\n");
    EXPECT_EQ(said("ucdp war.csv --years 90"),
              "error: --years cannot be '90'\nhelp: write a year, 2018, or years from the first to the last, 1990:2018\n");
}

}  // namespace
}  // namespace entente
