// Tests: read_inputs, table_dates, table_rows, input_records.
// Inputs from tables as others made them: rows, expressions over columns, signs, names that are unknown.
#include <gmock/gmock.h>

#include "reading.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;

const std::string yearly = R"(entente: 1
calendar: {start: 2000-01-01, ticks: 3, step: year}
agents:
  state:
    fields: {gold: 1}
    members: ['2', '20', '31']
links:
  trade: {source: state, target: state, fields: {ties: 1}, members: ['2 -> 20', '20 -> 2', '20 -> 31']}
measures: {m: "state['2'].gold + trade['2', '20'].ties"}
inputs:
)";

class InputTables : public testing::Test {
protected:
    Scenario scenario(const std::string& input, const std::string& csv) {
        folder.write("t.csv", csv);
        return read(yearly + "  " + input + "\n", folder.path());
    }
    std::string said(const std::string& input, const std::string& csv) {
        folder.write("t.csv", csv);
        return said_about(yearly + "  " + input + "\n", folder.path());
    }
    /// By tick and row, where nothing changes in between.
    std::vector<double> values(const std::string& input, const std::string& csv) { return scenario(input, csv).inputs.at(0).values->values; }

    Folder folder;
};

const std::string panel = "ccode,year,gdp,pop,kind\n2,2000,10,2,a\n2,2000,9,2,b\n20,2000,6,3,a\n31,2000,8,4,a\n700,2000,5,1,a\n";

TEST_F(InputTables, have_expressions_over_columns_and_take_rows) {
    EXPECT_THAT(values("wealth: {table: t.csv, on: state, name: ccode, value: gdp / pop, where: kind == 'a' and ccode < 700, outside: hold}", panel), ElementsAre(5, 2, 2));
    EXPECT_THAT(values("oil: {table: t.csv, value: 2 * gdp + 1, where: ccode == 31, outside: hold}", panel), ElementsAre(17));
}

TEST_F(InputTables, have_years_and_ticks_that_are_computed) {
    const std::string csv = "yyyymm,v\n199901,1\n200001,2\n200101,3\n200201,4\n";
    EXPECT_THAT(values("oil: {table: t.csv, date: floor(yyyymm / 100), value: v}", csv), ElementsAre(2, 3, 4));
    EXPECT_THAT(values("oil: {table: t.csv, tick: (yyyymm - 199901) / 100 - 1, value: v, where: yyyymm > 200000}", csv), ElementsAre(2, 3, 4));
    EXPECT_THAT(values("oil: {table: t.csv, date: YEAR (AD), value: v}", "YEAR (AD),v\n2000,5\n2002,6\n"), ElementsAre(5, 6));
}

TEST_F(InputTables, tell_years_and_ticks_that_are_none) {
    EXPECT_EQ(said("oil: {table: t.csv, date: yyyymm / 100, value: v}", "yyyymm,v\n199901,1\n,2\n"), R"(t.csv:2:1: error: on this row 'yyyymm / 100' is 1999.01, which is not a year
    2 | 199901,1
      | ^~~~~~
help: an expression over columns gives the number of a year, as in date: 'floor(yyyymm / 100)'

t.csv:3:1: error: a column that 'yyyymm / 100' reads is missing here
    3 | ,2
      | ^
help: an expression over columns gives the number of a year, as in date: 'floor(yyyymm / 100)')");
    EXPECT_EQ(said("oil: {table: t.csv, tick: t, value: v}", "t,v\n0,1\nNA,2\n"), R"(t.csv:3:1: error: 'NA' is not a tick
    3 | NA,2
      | ^~
help: ticks are whole numbers, from 0)");
}

TEST_F(InputTables, have_numbers_or_nothing_for_cells_that_are_missing) {
    const std::string csv = "year,a,b\n2000,1,2\n2001,..,2\n2002,3,2\n";
    EXPECT_THAT(values("oil: {table: t.csv, value: a * b, missing: skip}", csv), ElementsAre(2, 6));
    EXPECT_THAT(values("oil: {table: t.csv, value: a * b, missing: 0.5}", csv), ElementsAre(2, 0.5, 6));
    EXPECT_THAT(values("oil: {table: t.csv, value: a if has(a) else b}", csv), ElementsAre(1, 2, 3));
    EXPECT_EQ(said("oil: {table: t.csv, value: a * b}", csv), R"(t.csv:3:6: error: '..' in the column 'a' stands for nothing
    3 | 2001,..,2
      |      ^~
help: write it, or say what counts there: `missing: 0` or another number; `missing: skip` leaves such lines out)");
    EXPECT_EQ(said("oil: {table: t.csv, value: a, missing: skip}", "year,a\n2000,\n2001,NA\n"), R"(world.yaml:11:16: error: 'oil' has no numbers: no line of its table was taken
   11 |   oil: {table: t.csv, value: a, missing: skip}
      |                ^~~~~
help: all of them are missing)");
}

TEST_F(InputTables, have_other_signs) {
    EXPECT_THAT(values("oil: {table: t.csv, value: a / 2, where: a > 1.5, separator: ;, decimal: ',', outside: hold}", "year;a\n2000;1,25\n2001;2,5\n"), ElementsAre(1.25));
    EXPECT_THAT(values("oil: {table: t.csv, value: a, separator: tab, outside: hold}", "year\ta\n2000\t1.25\n"), ElementsAre(1.25));
    EXPECT_EQ(said("oil: {table: t.csv, value: a, outside: hold}", "year;a\n2000;1,25\n"), R"(t.csv:1:1: error: the cells of this table are separated by semicolons, and not by commas
    1 | year;a
      | ^
help: write so beside its file: separator: ";", and where numbers have decimal commas decimal: ",")");
}

TEST_F(InputTables, note_how_many_lines_about_others_are_left_out) {
    const std::string csv = "name,year,value\n2,2000,1\n700,2000,5\n20,2000,2\n701,2000,5\n31,2000,3\n";
    EXPECT_EQ(said("aid: {table: t.csv, on: state, unknown: skip, outside: hold}", csv), R"(world.yaml:11:3: warning: no step and no measure reads the input 'aid' of 'state'
   11 |   aid: {table: t.csv, on: state, unknown: skip, outside: hold}
      |   ^~~
help: measure it, or remove it

world.yaml:11:43: note: 2 of 5 rows of 't.csv' are left out, the first on line 3: no member of 'state' is called '700'
   11 |   aid: {table: t.csv, on: state, unknown: skip, outside: hold}
      |                                           ^~~~)");
    const Scenario found = scenario("aid: {table: t.csv, on: state, unknown: skip, outside: hold}", csv);
    EXPECT_EQ(found.inputs[0].left_out, 2);
    EXPECT_THAT(found.inputs[0].values->values, ElementsAre(1, 2, 3));
    EXPECT_THAT(said("aid: {table: t.csv, on: state, unknown: skip, where: value < 5, outside: hold}", csv), testing::StartsWith("world.yaml:11:3: warning: no step"));
    EXPECT_EQ(said("aid: {table: t.csv, on: state, unknown: maybe, outside: hold}", "name,year,value\n2,2000,1\n20,2000,1\n31,2000,1\n"),
              R"(world.yaml:11:43: error: 'unknown' must be `error` or `skip`, and this is the text 'maybe'
   11 |   aid: {table: t.csv, on: state, unknown: maybe, outside: hold}
      |                                           ^~~~~
help: `skip`: rows about what there is not are left out)");
}

TEST_F(InputTables, tell_each_unknown_name_once) {
    EXPECT_EQ(said("aid: {table: t.csv, on: state, outside: hold}", "name,year,value\n700,2000,1\n2,2000,1\n700,2001,1\nYUG,2001,1\n700,2002,1\n"),
              R"(t.csv:2:1: error: no member of 'state' is called '700'
    2 | 700,2000,1
      | ^~~
help: its members are '2', '20' and '31'; rows of others are left out by unknown: skip

t.csv:5:1: error: no member of 'state' is called 'YUG'
    5 | YUG,2001,1
      | ^~~
help: its members are '2', '20' and '31'; rows of others are left out by unknown: skip)");
}

TEST_F(InputTables, of_links_may_hold_for_both_links_of_a_line) {
    const std::string csv = "a,b,year,v\n2,20,2000,7\n";
    const std::string keys = "flow: {table: t.csv, on: trade, source: a, target: b, value: v, outside: hold";
    const Scenario found = scenario(keys + ", undirected: yes, missing: 0}", csv);
    EXPECT_THAT(found.inputs[0].ends, ElementsAre(std::pair(0, 1), std::pair(1, 0), std::pair(1, 2)));
    EXPECT_THAT(found.inputs[0].values->values, ElementsAre(7, 7, 0));
    EXPECT_EQ(said(keys + ", undirected: yes}", "a,b,year,v\n2,20,2000,7\n20,31,2000,1\n"), R"(t.csv:3:4: error: no link of 'trade' runs from '31' to '20'
    3 | 20,31,2000,1
      |    ^~
help: add it, or leave such lines out by unknown: skip)");
    EXPECT_EQ(said("aid: {table: t.csv, on: state, undirected: yes}", csv), R"(world.yaml:11:46: error: 'aid' can't be undirected: its rows are no links
   11 |   aid: {table: t.csv, on: state, undirected: yes}
      |                                              ^~~
help: remove `undirected`)");
}

TEST_F(InputTables, may_have_several_numbers_of_one_date) {
    const std::string csv = "name,year,v\n2,2000,1\n20,2000,7\n2,2000,5\n2,2001,4\n2,2000,\n";
    const auto taken = [&](const std::string& how) { return values("aid: {table: t.csv, on: state, value: v, aggregate: " + how + ", missing: skip, where: v < 9, outside: hold, unknown: skip}",
                                                                   csv + "31,2000,8\n"); };
    EXPECT_THAT(taken("sum"), ElementsAre(6, 7, 8, 4));
    EXPECT_THAT(taken("mean"), ElementsAre(3, 7, 8, 4));
    EXPECT_THAT(taken("min"), ElementsAre(1, 7, 8, 4));
    EXPECT_THAT(taken("max"), ElementsAre(5, 7, 8, 4));
    EXPECT_THAT(taken("count"), ElementsAre(2, 1, 1, 1)) << "of what is missing none is counted";
    EXPECT_THAT(values("aid: {table: t.csv, on: state, value: v, aggregate: sum, missing: 0, outside: hold}", csv), ElementsAre(6, 7, 0, 4, 0));
    EXPECT_THAT(values("wars: {table: t.csv, value: 1, aggregate: sum, outside: hold}", csv), ElementsAre(4, 1));
    EXPECT_EQ(said("wars: {table: t.csv, value: v, aggregate: total, missing: 0, outside: hold}", "year,v\n2000,1\n"),
              R"(world.yaml:11:45: error: 'aggregate' must be `sum`, `mean`, `min`, `max` or `count`, and this is the text 'total'
   11 |   wars: {table: t.csv, value: v, aggregate: total, missing: 0, outside: hold}
      |                                             ^~~~~)");
}

TEST_F(InputTables, of_links_name_the_source_by_a_column_or_say_where_they_come_from) {
    const std::string keys = "flow: {table: t.csv, on: trade, value: v, missing: 0, outside: hold, source: ";
    const Scenario named = scenario(keys + "exporter}", "exporter,target,year,v\n2,20,2000,7\n");
    EXPECT_EQ(named.inputs[0].values->values[0], 7);
    EXPECT_EQ(named.inputs[0].remarks.source, "");
    const Scenario told = scenario(keys + "UN Comtrade}", "source,target,year,v\n2,20,2000,7\n");
    EXPECT_EQ(told.inputs[0].values->values[0], 7);
    EXPECT_EQ(told.inputs[0].remarks.source, "UN Comtrade");
}

TEST_F(InputTables, of_one_file_are_read_from_one_text) {
    const Scenario found = scenario("a: {table: t.csv, value: x, outside: hold}\n  b: {table: t.csv, value: y, outside: hold}", "year,x,y\n2000,1,2\n");
    EXPECT_EQ(found.sources->count(), 2);
    EXPECT_EQ(found.inputs[1].values->values[0], 2);
    EXPECT_EQ(said("a: {table: t.csv, outside: hold}\n  b: {table: t.csv, outside: hold}", "year,value\nx,1\n"), R"(t.csv:2:1: error: 'x' is not a date
    2 | x,1
      | ^
help: dates are written like 2021-08-15, months like 2021-08, quarters like 2021Q3, years like 2021)");
}

TEST_F(InputTables, have_their_keys_beside_them) {
    EXPECT_EQ(said("oil: {table: {file: t.csv, where: year > 1999}}", "year,value\n2000,1\n"),
              R"(world.yaml:11:16: error: 'table' must be a CSV file, and this is a mapping
   11 |   oil: {table: {file: t.csv, where: year > 1999}}
      |                ^
help: its keys stand beside it: {table: data/oil.csv, date: month, value: price})");
}

TEST_F(InputTables, tell_expressions_that_can_not_be_read) {
    EXPECT_EQ(said("oil: {table: t.csv, value: prise / 2, where: yaer > 2}", "year,price\n2000,1\n"), R"(world.yaml:11:48: error: the table 't.csv' has no column 'yaer'
   11 |   oil: {table: t.csv, value: prise / 2, where: yaer > 2}
      |                                                ^~~~
help: did you mean 'year'?)");
    EXPECT_EQ(said("oil: {table: t.csv, value: prise / 2}", "year,price\n2000,1\n"), R"(world.yaml:11:30: error: the table 't.csv' has no column 'prise'
   11 |   oil: {table: t.csv, value: prise / 2}
      |                              ^~~~~
help: did you mean 'price'?)");
    EXPECT_EQ(said("oil: {table: t.csv, value: price, where: year > 2002}", "year,price\n2000,1\n"), R"(world.yaml:11:44: error: this takes none of the 1 row of 't.csv'
   11 |   oil: {table: t.csv, value: price, where: year > 2002}
      |                                            ^~~~~~~~~~~
help: check it against the table)");
}

}  // namespace
}  // namespace entente::test
