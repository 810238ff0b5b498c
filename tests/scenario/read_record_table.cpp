#include <gmock/gmock.h>

#include "reading.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string measured = relations + "steps:\n  - {event: visit, on: relation, rate: 1}\n";

std::string record(const std::string& value) {
    return measured + "measures: {m: {value: '" + value + "', on: state}}\nobserved: {m: {table: m.csv}}\n";
}

TEST(RecordsByRow, hold_what_each_row_was_at_its_times) {
    const Folder folder;
    folder.write("m.csv", "name,date,value\nrussia,2021-08-15,0.5\nafghanistan,2021-08-15,0.25\nrussia,2022-01-01,0.75\nafghanistan,2022-01-01,NA\n");
    const Scenario scenario = read(record("trust"), folder.path());
    const auto& rows = scenario.observed[0].rows;
    ASSERT_EQ(rows.size(), 3U) << "what is not known is no record";
    EXPECT_THAT(rows[1].row, ElementsAre(1));
    EXPECT_EQ(iso(*rows[1].date), "2021-08-15");
    EXPECT_EQ(rows[1].value, 0.25);
    EXPECT_EQ(rows[2].value, 0.75);
    EXPECT_THAT(scenario.observed[0].series, IsEmpty());
}

TEST(RecordsByRow, are_dates_values_or_those_of_years_as_the_measure_is) {
    const Folder folder;
    folder.write("m.csv", "name,date\nafghanistan,2025-07-03\nrussia,\n");
    const Scenario dates = read(record("first(trust > 0.9)"), folder.path());
    ASSERT_EQ(dates.observed[0].rows.size(), 1U);
    EXPECT_EQ(told(*dates.observed[0].rows[0].came), "2025-07-03");
    EXPECT_FALSE(dates.observed[0].rows[0].value);
    folder.write("m.csv", "value,name\n3,russia\n");
    EXPECT_EQ(read(record("total(trust)"), folder.path()).observed[0].rows[0].value, 3);
    folder.write("m.csv", "name,year,value\nrussia,2022,3\n");
    const Scenario yearly = read(measured + "measures: {m: {value: total(trust), on: state, per: year}}\nobserved: {m: {table: m.csv, per: year, sd: 2}}\n", folder.path());
    EXPECT_EQ(iso(*yearly.observed[0].rows[0].date), "2022-01-01");
}

TEST(RecordsByRow, of_links_name_both_ends) {
    const Folder folder;
    folder.write("m.csv", "source,target,value\nrussia,afghanistan,3\n");
    const Scenario scenario = read(measured + "measures: {m: {value: total(goodwill), on: relation}}\nobserved: {m: {table: m.csv}}\n", folder.path());
    EXPECT_THAT(scenario.observed[0].rows[0].row, ElementsAre(0, 1));
}

TEST(RecordsByRow, are_refused_where_rows_and_cells_are_wrong) {
    const Folder folder;
    folder.write("m.csv", "name,year,value\nrusia,2021,1\nrussia,21,1\nrussia,2021,many\nrussia,2022,1\nrussia,2022,2\n");
    EXPECT_EQ(said_about(record("trust"), folder.path()), R"(m.csv:2:1: error: no member of 'state' is called 'rusia'
    2 | rusia,2021,1
      | ^~~~~
help: did you mean 'russia'?

m.csv:3:8: error: '21' is not a date
    3 | russia,21,1
      |        ^~
help: dates are written like 2021-08-15, months like 2021-08, quarters like 2021Q3, years like 2021

m.csv:4:13: error: 'many' in the column 'value' is not a finite number
    4 | russia,2021,many
      |             ^~~~

m.csv:6:1: error: a second record of russia at that time
    6 | russia,2022,2
      | ^~~~~~
help: keep one of them, or take rows by `where`)");
}

TEST(RecordsByRow, have_the_columns_that_the_measure_leaves) {
    const Folder folder;
    folder.write("m.csv", "name,date,value,more\nrussia,2021-08-15,0.5,x\n");
    const Scenario dates = read(record("first(trust > 1)"), folder.path());
    EXPECT_EQ(told(*dates.observed[0].rows[0].came), "2021-08-15");
    EXPECT_FALSE(dates.observed[0].rows[0].value);
    const Scenario total = read(record("total(trust)"), folder.path());
    EXPECT_FALSE(total.observed[0].rows[0].date);
    EXPECT_EQ(total.observed[0].rows[0].value, 0.5);
    folder.write("m.csv", "name,value\nrussia,0.5\n");
    EXPECT_EQ(said_about(record("trust"), folder.path()), R"(m.csv:1:1: error: the table lacks its column 'date'
    1 | name,value
      | ^
help: its columns are name and value: say by `date:` beside the file of the table which is meant)");
    EXPECT_THAT(said_about(record("first(trust > 1)"), folder.path()), testing::HasSubstr("lacks its column 'date'"));
    folder.write("m.csv", "name\nrussia\n");
    EXPECT_THAT(said_about(record("total(trust)"), folder.path()), testing::HasSubstr("lacks its column 'value'"));
}

std::string record_with(const std::string& value, const std::string& keys) {
    return measured + "measures: {m: {value: '" + value + "', on: state}}\nobserved: {m: {table: {file: m.csv" + keys + "}}}\n";
}

TEST(RecordsByRow, are_taken_from_tables_as_they_are) {
    const Folder folder;
    folder.write("m.csv", "ccode;year;gdp;pop\nrussia;2020;10,5;2\nrussia;2021;..;2\nkazakhstan;2020;9;3\nafghanistan;2020;4;2\n");
    const std::string keys = ", name: ccode, value: gdp / pop, separator: ;, decimal: ','";
    const Scenario over_time = read(record_with("trust", keys + ", unknown: skip"), folder.path());
    const auto& rows = over_time.observed[0].rows;
    ASSERT_EQ(rows.size(), 2u) << "what is missing is no record";
    EXPECT_EQ(rows[0], (Observed::OfRow{{0}, std::nullopt, parse_date("2020-01-01"), 5.25}));
    EXPECT_EQ(rows[1], (Observed::OfRow{{1}, std::nullopt, parse_date("2020-01-01"), 2}));
    EXPECT_EQ(read(record_with("trust", keys + ", unknown: skip, missing: 6"), folder.path()).observed[0].rows[1].value, 6);
    const Scenario total = read(record_with("total(trust)", keys + ", where: year == 2020 and gdp < 11 and ccode != 'kazakhstan'"), folder.path());
    EXPECT_EQ(total.observed[0].rows, (std::vector<Observed::OfRow>{{{0}, std::nullopt, std::nullopt, 5.25}, {{1}, std::nullopt, std::nullopt, 2}}));
    EXPECT_THAT(said_about(record_with("trust", keys + ", unknown: skip"), folder.path()),
                testing::HasSubstr("note: 1 of 4 rows of 'm.csv' is left out, on line 4: no member of 'state' is called 'kazakhstan'"));
    EXPECT_THAT(said_about(record_with("total(trust)", keys + ", unknown: skip, missing: 6"), folder.path()), testing::HasSubstr("help: keep one of them, or take rows by `where`"));
    EXPECT_THAT(said_about(record_with("trust", keys + ", where: ccode == 'kazakhstan', unknown: skip"), folder.path()), testing::HasSubstr("help: none is left"));
    EXPECT_THAT(said_about(record_with("trust", keys + ", nmae: x"), folder.path()), testing::HasSubstr("a table of records has no key 'nmae'"));
}

TEST(RecordsOverTime, are_taken_from_tables_as_they_are) {
    const Folder folder;
    folder.write("m.csv", "yyyymm,v,who\n202101,10,a\n202101,20,b\n202201,,b\n202301,40,b\n");
    const Scenario scenario = read(measured + "measures: {m: 'state[russia].trust'}\nobserved: {m: {table: {file: m.csv, date: floor(yyyymm / 100), value: v / 10, where: who == 'b'}}}\n", folder.path());
    EXPECT_EQ(scenario.observed[0].series, (std::vector<std::pair<Day, double>>{{*parse_date("2021-01-01"), 2}, {*parse_date("2023-01-01"), 4}}));
}

TEST(RecordsByRow, are_tables) {
    for (const std::string value : {"3", "{date: 2021-08-15}", "{value: 3}"})
        EXPECT_THAT(said_about(measured + "measures: {m: {value: trust, on: state}}\nobserved: {m: " + value + "}\n"),
                    testing::HasSubstr("the record of 'm', which is measured on each row, is no table"))
            << value;
}

}  // namespace
}  // namespace entente::test
