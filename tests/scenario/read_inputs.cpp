// Tests: input_records.
#include <gmock/gmock.h>

#include "reading.hpp"

namespace entente::test {
namespace {

const std::string before = R"(entente: 1
calendar: {start: 2021-08-15, ticks: 8, step: week}
inputs:
  )";
const std::string after = R"(
agents:
  state:
    fields: {trust: {start: 0.5, range: [0, 1]}}
    members: [russia, afghanistan]
  cell: {count: 5}
links:
  relation: {source: state, target: state, members: [russia -> afghanistan]}
)";
const std::string measured = "measures: {m: 'state[russia].trust'}\n";

/// An input and its table `oil.csv`, and what is said about them.
struct InputFault {
    const char* name;
    std::string input;
    std::string csv;
    std::string said;
    friend std::ostream& operator<<(std::ostream& out, const InputFault& fault) { return out << fault.name; }
};

const InputFault input_faults[] = {
    {"an_input_that_is_a_text", "oil: oil.csv", "date,value\n2021-08,1\n",
     R"(
world.yaml:4:8: error: 'oil' must be a mapping, and this is the text 'oil.csv'
    4 |   oil: oil.csv
      |        ^~~~~~~
help: write {table: data/oil.csv, date: month, value: price})"},
    {"an_input_without_a_table", "oil: {value: price}", "date,value\n2021-08,1\n",
     R"(
world.yaml:4:8: error: an input lacks its 'table'
    4 |   oil: {value: price}
      |        ^
help: table: a line a date, or with `on` a line a row and date, in any order)"},
    {"a_table_that_is_not_there", "oil: {table: gas.csv}", "date,value\n2021-08,1\n",
     R"(
world.yaml:4:16: error: 'gas.csv' does not exist
    4 |   oil: {table: gas.csv}
      |                ^~~~~~~
help: check the name and the folder)"},
    {"an_unknown_key", "oil: {table: oil.csv, vlaue: price}", "date,value\n2021-08,1\n",
     R"(
world.yaml:4:25: error: an input has no key 'vlaue'
    4 |   oil: {table: oil.csv, vlaue: price}
      |                         ^~~~~
help: did you mean 'value'?

oil.csv:2:1: error: 'oil' ends on 2021-08-31, and the calendar's last tick begins on 2021-10-03
    2 | 2021-08,1
      | ^~~~~~~
help: add values, or write `outside: hold`: the last value counts after it too)"},
    {"an_unknown_column", "oil: {table: oil.csv, date: month, value: prise}", "month,price\n2021-08,1\n",
     R"(
world.yaml:4:45: error: the table 'oil.csv' has no column 'prise'
    4 |   oil: {table: oil.csv, date: month, value: prise}
      |                                             ^~~~~
help: did you mean 'price'?)"},
    {"no_column_of_numbers", "oil: {table: oil.csv}", "date,price\n2021-08,1\n",
     R"(
oil.csv:1:1: error: the table lacks its column 'value'
    1 | date,price
      | ^
help: its columns are date and price: say by `value:` beside the file of the table which is meant)"},
    {"a_date_in_another_form", "oil: {table: oil.csv}", "date,value\n15/08/2021,1\n",
     R"(
oil.csv:2:1: error: '15/08/2021' is not a date
    2 | 15/08/2021,1
      | ^~~~~~~~~~
help: dates are written like 2021-08-15, months like 2021-08, quarters like 2021Q3, years like 2021)"},
    {"a_month_that_is_none", "oil: {table: oil.csv}", "date,value\n2021-13,1\n",
     R"(
oil.csv:2:1: error: '2021-13' is not a date
    2 | 2021-13,1
      | ^~~~~~~
help: dates are written like 2021-08-15, months like 2021-08, quarters like 2021Q3, years like 2021)"},
    {"a_day_that_is_none", "oil: {table: oil.csv}", "date,value\n2021-02-30,1\n",
     R"(
oil.csv:2:1: error: '2021-02-30' is not a date: February 2021 has 28 days
    2 | 2021-02-30,1
      | ^~~~~~~~~~
help: dates are written like 2021-08-15, months like 2021-08, quarters like 2021Q3, years like 2021)"},
    {"a_number_that_is_none", "oil: {table: oil.csv}", "date,value\n2021-08,high\n",
     R"(
oil.csv:2:9: error: 'high' in the column 'value' is not a finite number
    2 | 2021-08,high
      |         ^~~~)"},
    {"a_missing_number", "oil: {table: oil.csv}", "date,value\n2021-08,1\n2021-09,\n2021-10,3\n",
     R"(
oil.csv:3:9: error: a cell of the column 'value' is empty
    3 | 2021-09,
      |         ^
help: write it, or say what counts there: `missing: 0` or another number; `missing: skip` leaves such lines out)"},
    {"a_missing_number_with_a_word", "oil: {table: oil.csv}", "date,value\n2021-08,1\n2021-09,NA\n2021-10,3\n",
     R"(
oil.csv:3:9: error: 'NA' in the column 'value' stands for nothing
    3 | 2021-09,NA
      |         ^~
help: write it, or say what counts there: `missing: 0` or another number; `missing: skip` leaves such lines out)"},
    {"a_date_twice", "oil: {table: oil.csv}", "date,value\n2021-08,1\n2021-09,2\n2021-08-01,3\n",
     R"(
oil.csv:4:1: error: a second number of 'oil' for 2021-08-01: the first is on line 2
    4 | 2021-08-01,3
      | ^~~~~~~~~~
help: keep one of them, take rows by `where`, or say what they come to: `aggregate: sum`; a table with one a row and date has `on:` with their kind)"},
    {"a_series_that_begins_too_late", "oil: {table: oil.csv}", "date,value\n2021-10,1\n2021-09,1\n",
     R"(
oil.csv:3:1: error: 'oil' begins on 2021-09-01, and the calendar with 2021-08-15
    3 | 2021-09,1
      | ^~~~~~~
help: add values, or write `outside: hold`: the first value counts before it too)"},
    {"a_series_that_ends_too_early", "oil: {table: oil.csv}", "date,value\n2021-08,1\n2021-09-05,1\n",
     R"(
oil.csv:3:1: error: 'oil' ends on 2021-09-05, and the calendar's last tick begins on 2021-10-03
    3 | 2021-09-05,1
      | ^~~~~~~~~~
help: add values, or write `outside: hold`: the last value counts after it too)"},
    {"a_table_without_lines", "oil: {table: oil.csv}", "date,value\n",
     R"(
world.yaml:4:16: error: 'oil' has no numbers: no line of its table was taken
    4 |   oil: {table: oil.csv}
      |                ^~~~~~~
help: the table has no lines below its first one)"},
    {"between_what", "oil: {table: oil.csv, between: spline}", "date,value\n2021-08,1\n",
     R"(
world.yaml:4:34: error: 'between' must be `hold` or `linear`, and this is the text 'spline'
    4 |   oil: {table: oil.csv, between: spline}
      |                                  ^~~~~~

oil.csv:2:1: error: 'oil' ends on 2021-08-31, and the calendar's last tick begins on 2021-10-03
    2 | 2021-08,1
      | ^~~~~~~
help: add values, or write `outside: hold`: the last value counts after it too)"},
    {"outside_what", "oil: {table: oil.csv, outside: 0}", "date,value\n2021-08,1\n",
     R"(
world.yaml:4:34: error: 'outside' must be `error` or `hold`, and this is 0
    4 |   oil: {table: oil.csv, outside: 0}
      |                                  ^

oil.csv:2:1: error: 'oil' ends on 2021-08-31, and the calendar's last tick begins on 2021-10-03
    2 | 2021-08,1
      | ^~~~~~~
help: add values, or write `outside: hold`: the last value counts after it too)"},
    {"missing_what", "oil: {table: oil.csv, missing: zero}", "date,value\n2021-08,1\n",
     R"(
world.yaml:4:34: error: 'missing' must be `skip` or a number, and this is the text 'zero'
    4 |   oil: {table: oil.csv, missing: zero}
      |                                  ^~~~
help: `skip`: as if the row were not written; a number: what a missing cell stands for

oil.csv:2:1: error: 'oil' ends on 2021-08-31, and the calendar's last tick begins on 2021-10-03
    2 | 2021-08,1
      | ^~~~~~~
help: add values, or write `outside: hold`: the last value counts after it too)"},
    {"a_separator_of_two_signs", "oil: {table: oil.csv, separator: ', '}", "date,value\n2021-08,1\n",
     R"(
world.yaml:4:37: error: 'separator' must be the sign between cells, and this is the text ', '
    4 |   oil: {table: oil.csv, separator: ', '}
      |                                     ^~
help: write separator: ";" or separator: tab

oil.csv:2:1: error: 'oil' ends on 2021-08-31, and the calendar's last tick begins on 2021-10-03
    2 | 2021-08,1
      | ^~~~~~~
help: add values, or write `outside: hold`: the last value counts after it too)"},
    {"dates_and_ticks", "oil: {table: oil.csv, date: date, tick: t}", "date,t,value\n2021-08,0,1\n",
     R"(
world.yaml:4:43: error: a table has both 'date' and 'tick'
    4 |   oil: {table: oil.csv, date: date, tick: t}
      |                                           ^
help: give one of them)"},
    {"a_tick_that_is_none", "oil: {table: oil.csv, tick: t}", "t,value\n0.5,1\n",
     R"(
oil.csv:2:1: error: '0.5' is not a tick
    2 | 0.5,1
      | ^~~
help: ticks are whole numbers, from 0)"},
    {"names_without_a_kind", "oil: {table: oil.csv, name: iso3}", "iso3,date,value\na,2021-08,1\n",
     R"(
world.yaml:4:31: error: 'name' is about rows, and 'oil' is a series: it has one value a date
    4 |   oil: {table: oil.csv, name: iso3}
      |                               ^~~~
help: write `on:` with the kind whose rows have a value each)"},
    {"an_unknown_kind", "oil: {table: oil.csv, on: stat}", "name,date,value\na,2021-08,1\n",
     R"(
world.yaml:4:29: error: no kind of agents or links is called 'stat'
    4 |   oil: {table: oil.csv, on: stat}
      |                             ^~~~
help: did you mean 'state'?)"},
    {"a_kind_without_names", "oil: {table: oil.csv, on: cell}", "name,date,value\na,2021-08,1\n",
     R"(
world.yaml:4:29: error: the agents of 'cell' have no names, by which 'oil' could give them values
    4 |   oil: {table: oil.csv, on: cell}
      |                             ^~~~
help: name them by `members` or a `table`)"},
    {"an_unknown_member", "oil: {table: oil.csv, on: state}", "name,date,value\nrusia,2021-08,1\n",
     R"(
oil.csv:2:1: error: no member of 'state' is called 'rusia'
    2 | rusia,2021-08,1
      | ^~~~~
help: did you mean 'russia'?)"},
    {"a_second_number_of_a_row", "oil: {table: oil.csv, on: state}", "name,date,value\nrussia,2021-08,1\nafghanistan,2021-08,1\nrussia,2021-08,2\n",
     R"(
oil.csv:4:8: error: a second number of 'oil' of russia for 2021-08: the first is on line 2
    4 | russia,2021-08,2
      |        ^~~~~~~
help: keep one of them, take rows by `where`, or say what they come to: `aggregate: sum`)"},
    {"a_series_of_a_table_with_names", "oil: {table: oil.csv}", "name,date,value\nrussia,2021-08,1\nafghanistan,2021-08,2\n",
     R"(
oil.csv:3:13: error: a second number of 'oil' for 2021-08: the first is on line 2
    3 | afghanistan,2021-08,2
      |             ^~~~~~~
help: keep one of them, take rows by `where`, or say what they come to: `aggregate: sum`; a table with one a row and date has `on:` with their kind)"},
    {"a_gap", "oil: {table: oil.csv, on: state}", "name,date,value\nrussia,2021-08,1\nafghanistan,2021-08,1\nrussia,2021-09,2\nrussia,2021-10,2\nafghanistan,2021-10,2\n",
     R"(
oil.csv:3:13: error: 'oil' has no number for afghanistan on 2021-09-01, which russia has
    3 | afghanistan,2021-08,1
      |             ^~~~~~~
help: add the line, or say what counts there: `missing: 0` or another number; `missing: skip`, to go by the dates that the row has)"},
    {"a_row_without_numbers", "oil: {table: oil.csv, on: state}", "name,date,value\nrussia,2021-08,1\n",
     R"(
world.yaml:4:16: error: 'oil' has no number for afghanistan
    4 |   oil: {table: oil.csv, on: state}
      |                ^~~~~~~
help: add lines, or say what counts there: `missing: 0` or another number)"},
    {"a_row_that_begins_too_late", "oil: {table: oil.csv, on: state, missing: skip}", "name,date,value\nrussia,2021-08,1\nafghanistan,2021-09,1\nrussia,2021-09,2\n",
     R"(
oil.csv:4:8: error: 'oil' ends for russia on 2021-09-30, and the calendar's last tick begins on 2021-10-03
    4 | russia,2021-09,2
      |        ^~~~~~~
help: add values, or write `outside: hold`: the last value counts after it too)"},
    {"an_unknown_link", "oil: {table: oil.csv, on: relation}", "source,target,date,value\nrussia,afghanistan,2021-08,1\nafghanistan,russia,2021-08,1\n",
     R"(
oil.csv:3:1: error: no link of 'relation' runs from afghanistan to russia
    3 | afghanistan,russia,2021-08,1
      | ^~~~~~~~~~~
help: add it, or leave such lines out by unknown: skip)"},
    {"a_link_without_numbers", "oil: {table: oil.csv, on: relation, unknown: skip}", "source,target,date,value\nafghanistan,russia,2021-08,1\n",
     R"(
world.yaml:4:48: error: 1 of 1 row of 'oil.csv' is left out, on line 2: no link of 'relation' runs from afghanistan to russia
    4 |   oil: {table: oil.csv, on: relation, unknown: skip}
      |                                                ^~~~
help: none is left: are they called otherwise?)"},
    {"all_lines_left_out", "oil: {table: oil.csv, on: state, unknown: skip}", "name,date,value\nRUS,2021-08,1\n",
     R"(
world.yaml:4:45: error: 1 of 1 row of 'oil.csv' is left out, on line 2: no member of 'state' is called 'RUS'
    4 |   oil: {table: oil.csv, on: state, unknown: skip}
      |                                             ^~~~
help: none is left: are they called otherwise?)"},
    {"a_name_taken", "trust: {table: oil.csv, on: state}", "name,date,value\nrussia,2021-08,1\nafghanistan,2021-08,1\n",
     R"(
world.yaml:7:14: error: 'trust' is the name of an input already, on line 4
    7 |     fields: {trust: {start: 0.5, range: [0, 1]}}
      |              ^~~~~
help: choose another name: expressions could not distinguish them

oil.csv:2:8: error: 'trust' ends for russia on 2021-08-31, and the calendar's last tick begins on 2021-10-03
    2 | russia,2021-08,1
      |        ^~~~~~~
help: add values, or write `outside: hold`: the last value counts after it too)"},
    {"a_name_of_the_language", "dt: {table: oil.csv}", "date,value\n2021-08,1\n",
     R"(
world.yaml:4:3: error: 'dt' is a word of the language and can't be the name of an input
    4 |   dt: {table: oil.csv}
      |   ^~
help: choose another name

oil.csv:2:1: error: 'dt' ends on 2021-08-31, and the calendar's last tick begins on 2021-10-03
    2 | 2021-08,1
      | ^~~~~~~
help: add values, or write `outside: hold`: the last value counts after it too)"},
};

class InputsTell : public testing::TestWithParam<InputFault> {};
TEST_P(InputsTell, of) {
    const Folder folder;
    folder.write("oil.csv", GetParam().csv);
    EXPECT_EQ(said_about(before + GetParam().input + after + measured, folder.path()), GetParam().said.substr(1));
}
INSTANTIATE_TEST_SUITE_P(Reading, InputsTell, testing::ValuesIn(input_faults), [](const auto& fault) { return fault.param.name; });

/// What is said of a step, or of what follows the kinds, that uses the series `oil` and the panel `aid` wrongly.
const InputFault uses[] = {
    {"a_step_that_writes_a_series", "steps:\n  - {rule: r, on: state, do: [oil = 1]}\nmeasures: {m: 'state[russia].trust'}\n", "",
     R"(
world.yaml:14:31: error: 'oil' is an input and can't be written
   14 |   - {rule: r, on: state, do: [oil = 1]}
      |                               ^~~
help: write a field of its own, which may start from it)"},
    {"a_step_that_writes_a_panel", "steps:\n  - {rule: r, on: state, do: [aid = 1]}\nmeasures: {m: 'state[russia].trust'}\n", "",
     R"(
world.yaml:14:31: error: 'aid' is an input and can't be written
   14 |   - {rule: r, on: state, do: [aid = 1]}
      |                               ^~~
help: write a field of its own, which may start from it)"},
    {"a_step_that_adds_to_a_panel", "steps:\n  - {rule: r, on: relation, do: [source.aid += 1]}\nmeasures: {m: 'state[russia].trust'}\n", "",
     R"(
world.yaml:14:41: error: 'aid' is an input and can't be written
   14 |   - {rule: r, on: relation, do: [source.aid += 1]}
      |                                         ^~~
help: write a field of its own, which may start from it)"},
    {"a_timeline_that_sets_a_series", "measures: {m: 'state[russia].trust'}\ntimeline: [{tick: 0, set: {oil: 1}}]\n", "",
     R"(
world.yaml:14:28: error: 'oil' is an input and can't be set
   14 | timeline: [{tick: 0, set: {oil: 1}}]
      |                            ^~~
help: change its table, or read it times a parameter that is set)"},
    {"a_timeline_that_sets_a_panel", "measures: {m: 'state[russia].trust'}\ntimeline: [{tick: 0, set: {'state[russia].aid': 1}}]\n", "",
     R"(
world.yaml:14:29: error: 'state[russia].aid' can't be set: it is an input
   14 | timeline: [{tick: 0, set: {'state[russia].aid': 1}}]
      |                             ^~~~~~~~~~~~~~~~~
help: change its table)"},
    {"a_timeline_that_sets_all_of_a_panel", "measures: {m: 'state[russia].trust'}\ntimeline: [{tick: 0, set: {'state[*].aid': 1}}]\n", "",
     R"(
world.yaml:14:29: error: 'state[*].aid' can't be set: it is an input
   14 | timeline: [{tick: 0, set: {'state[*].aid': 1}}]
      |                             ^~~~~~~~~~~~
help: change its table)"},
    {"a_variant_that_starts_a_panel", "measures: {m: 'state[russia].trust'}\nvariants: {v: {agents: {state: {fields: {aid: 1}}}}}\n", "",
     R"(
world.yaml:14:42: error: 'aid' is an input and has no start
   14 | variants: {v: {agents: {state: {fields: {aid: 1}}}}}
      |                                          ^~~
help: change its table)"},
    {"a_series_misspelt", "measures: {n: 2 * oill}\n", "",
     R"(
world.yaml:13:19: error: no parameter is called 'oill'
   13 | measures: {n: 2 * oill}
      |                   ^~~~
help: did you mean 'oil'?)"},
    {"a_panel_misspelt", "measures: {n: 'state[russia].adi'}\n", "",
     R"(
world.yaml:13:30: error: 'state' has no field called 'adi'
   13 | measures: {n: 'state[russia].adi'}
      |                              ^~~
help: did you mean 'aid'?)"},
};

class InputUsesTell : public testing::TestWithParam<InputFault> {};
TEST_P(InputUsesTell, of) {
    const Folder folder;
    folder.write("oil.csv", "date,value\n2021,1\n").write("aid.csv", "name,date,value\nrussia,2021,1\nafghanistan,2021,1\n");
    EXPECT_EQ(said_about(before + "oil: {table: oil.csv}\n  aid: {table: aid.csv, on: state}" + after + GetParam().input, folder.path()), GetParam().said.substr(1));
}
INSTANTIATE_TEST_SUITE_P(Reading, InputUsesTell, testing::ValuesIn(uses), [](const auto& fault) { return fault.param.name; });

const Input& only_input(const Scenario& scenario) { return scenario.inputs.at(0); }

TEST(Inputs, are_what_their_tables_say) {
    const Folder folder;
    folder.write("oil.csv", "month;price\n2021Q3;70,5\n2021-Q4;81,25\n");
    const Scenario scenario = read(before + "oil: {table: oil.csv, date: month, value: price, unit: USD/barrel, between: linear, separator: \";\", decimal: \",\", about: Brent, source: EIA}" +
                                       after + "measures: {m: 'state[russia].trust', n: 2 * oil}\n",
                                   folder.path());
    const Input& oil = only_input(scenario);
    EXPECT_EQ(oil.name, "oil");
    EXPECT_EQ(oil.unit, "USD/barrel");
    EXPECT_EQ(oil.between, Between::linear);
    EXPECT_FALSE(oil.on.is_given());
    EXPECT_EQ(oil.first, "2021Q3");
    EXPECT_EQ(oil.last, "2021-Q4");
    EXPECT_EQ(oil.read, 2);
    EXPECT_EQ(oil.remarks.source, "EIA");
    ASSERT_EQ(oil.values->ticks.size(), 8u);
    EXPECT_DOUBLE_EQ(oil.values->values[0], 70.5 + (81.25 - 70.5) * 45 / 92);
    EXPECT_EQ(oil.values->values[7], 81.25);
}

TEST(Inputs, of_rows_are_their_kinds_first_fields) {
    const Folder folder;
    folder.write("aid.csv", "iso,year,usd\nrussia,2021,1\nFRA,2021,9\nafghanistan,2021,2\n");
    const Scenario scenario = read(before + "aid: {table: aid.csv, on: state, name: iso, value: usd, unknown: skip}" + after + "measures: {m: 'state[russia].trust + sum(k.aid for k in state)'}\n", folder.path());
    EXPECT_EQ(scenario.agents.at(0).fields.at(0).name, "aid");
    EXPECT_EQ(scenario.agents.at(0).fields.at(0).input, InputId{0});
    EXPECT_FALSE(scenario.agents.at(0).fields.at(1).input.is_given());
    EXPECT_EQ(only_input(scenario).left_out, 1);
    EXPECT_THAT(only_input(scenario).values->values, testing::ElementsAre(1, 2));
    EXPECT_TRUE(only_input(scenario).values->is_constant());
}

TEST(Inputs, of_a_file_that_is_used_may_be_overridden) {
    const Folder folder;
    folder.write("library/world.yaml", "entente: 1\ninputs: {oil: {table: oil.csv, unit: USD}}\n")
        .write("library/oil.csv", "date,value\n2021,1\n")
        .write("other.csv", "date,value\n2021,2\n");
    const std::string rest = "entente: 1\nuse: library/world.yaml\ncalendar: {start: 2021-08-15, ticks: 8, step: week}\nmeasures: {m: oil}\n";
    EXPECT_EQ(only_input(read(rest, folder.path())).values->values.at(0), 1);
    const Scenario other = read(rest + "inputs: {oil: {table: other.csv, override: yes}}\n", folder.path());
    EXPECT_EQ(only_input(other).values->values.at(0), 2);
    EXPECT_EQ(only_input(other).unit, "USD");
}

TEST(Inputs, that_nothing_reads_are_told) {
    const Folder folder;
    folder.write("oil.csv", "date,value\n2021,1\n").write("aid.csv", "name,date,value\nrussia,2021,1\nafghanistan,2021,1\n");
    EXPECT_EQ(said_about(before + "oil: {table: oil.csv}\n  aid: {table: aid.csv, on: state}" + after + measured, folder.path()), R"(world.yaml:4:3: warning: nothing reads the input 'oil'
    4 |   oil: {table: oil.csv}
      |   ^~~
help: use it, or remove it

world.yaml:5:3: warning: no step and no measure reads the input 'aid' of 'state'
    5 |   aid: {table: aid.csv, on: state}
      |   ^~~
help: measure it, or remove it)");
}

TEST(Inputs, have_no_start_that_could_be_set_from_outside) {
    const Folder folder;
    folder.write("aid.csv", "name,date,value\nrussia,2021,1\nafghanistan,2021,1\n");
    const Scenario scenario = read(before + "aid: {table: aid.csv, on: state}" + after + "measures: {m: 'state[russia].aid + state[russia].trust'}\n", folder.path());
    EXPECT_EQ(thrown_by([&] { with_setting(scenario, "state[russia].aid=2"); }),
              "'state[russia].aid' is an input and has no start\nhelp: multiply it by a parameter where it is read, and set that");
}

TEST(Inputs, on_a_kind_whose_table_cannot_be_read_are_no_second_of_their_name) {
    Folder folder;
    folder.write("states.csv", "iso,gold\nx,1\n");
    folder.write("aid.csv", "name,tick,value\nx,0,5\n");
    const std::string said = said_about(bare + "inputs: {aid: {table: aid.csv, on: state, outside: hold}}\n"
                                         "agents: {state: {table: {file: states.csv, name: is0}, fields: {gold: 1}}}\n", folder.path());
    EXPECT_THAT(said, testing::HasSubstr("has no column 'is0'"));
    EXPECT_THAT(said, testing::Not(testing::HasSubstr("already")));
}

}  // namespace
}  // namespace entente::test
