#include <gmock/gmock.h>

#include "reading.hpp"

namespace entente::test {
namespace {

const std::string weeks = R"(entente: 1
calendar: {start: 2021-08-15, ticks: 20, step: week}
agents:
  state:
    fields: {trust: 0}
    members: [russia, afghanistan]
links:
  relation: {source: state, target: state, fields: {warmth: 0}, members: [russia -> afghanistan]}
steps:
  - {event: visit, on: relation, rate: 1, do: [warmth += 1]}
  - {event: revolt, on: state, rate: 1, do: [trust -= 1]}
measures: {m: "state[russia].trust + relation[russia, afghanistan].warmth"}
timeline:
)";

std::string said(const std::string& entries, const std::string& csv) {
    const Folder folder;
    folder.write("record.csv", csv);
    return said_about(weeks + entries, folder.path());
}

Scenario scenario_of(const std::string& entries, const std::string& csv) {
    const Folder folder;
    folder.write("record.csv", csv);
    return read(weeks + entries, folder.path());
}

TEST(TimelineTable, has_an_entry_a_line) {
    const Scenario scenario = scenario_of("  - {tick: 2, set: {'state[russia].trust': 1}}\n  - {table: record.csv}\n",
                                          "date,event,on,about,source\n2021-09-10,visit,russia -> afghanistan,a delegation,TASS\n2021-08-20,revolt,russia,,\n");
    ASSERT_EQ(scenario.timeline.size(), 3u);
    EXPECT_EQ(scenario.timeline[0].tick, 0);
    EXPECT_EQ(scenario.timeline[0].step, 1);
    EXPECT_EQ(scenario.timeline[0].row->member.value, 0);
    const TimelineEntry& visit = scenario.timeline[2];
    EXPECT_EQ(visit.tick, 3);
    EXPECT_EQ(iso(*visit.date), "2021-09-10");
    EXPECT_EQ(visit.step, 0);
    EXPECT_EQ(visit.row->from->member.value, 0);
    EXPECT_EQ(visit.row->to->member.value, 1);
    EXPECT_EQ(visit.remarks.about, "a delegation");
    EXPECT_EQ(visit.remarks.source, "TASS");
}

TEST(TimelineTable, may_name_its_columns_otherwise_and_have_what_all_lines_share_beside_it) {
    const Scenario scenario = scenario_of("  - {event: visit, source: GDELT, table: {file: record.csv, date: day, source: from, target: to, about: headline, separator: ;}}\n",
                                          "day;from;to;headline;n\n2021-10;russia;afghanistan;talks;7\n2021Q4;russia;afghanistan;more;8\n");
    ASSERT_EQ(scenario.timeline.size(), 2u);
    EXPECT_EQ(iso(*scenario.timeline[0].date), "2021-10-01");
    EXPECT_EQ(scenario.timeline[1].tick, 6);
    EXPECT_EQ(scenario.timeline[1].remarks.about, "more");
    EXPECT_EQ(scenario.timeline[1].remarks.source, "GDELT");
    EXPECT_EQ(scenario.timeline[1].row->to->member.value, 1);
}

TEST(TimelineTable, may_be_about_one_row) {
    const Scenario scenario = scenario_of("  - {event: visit, on: russia -> afghanistan, table: record.csv}\n", "date\n2021-10-02\n2021-10-09\n");
    ASSERT_EQ(scenario.timeline.size(), 2u);
    EXPECT_EQ(scenario.timeline[1].row->from->member.value, 0);
}

TEST(TimelineTable, counts_ticks_where_there_are_no_dates) {
    const Folder folder;
    folder.write("record.csv", "tick,event,on\n4,revolt,russia\n0,revolt,afghanistan\n");
    std::string text = weeks + "  - {table: record.csv}\n";
    const Scenario scenario = read(text.replace(text.find("{start"), text.find("agents:") - text.find("{start"), "{ticks: 20}\n"), folder.path());
    ASSERT_EQ(scenario.timeline.size(), 2u);
    EXPECT_EQ(scenario.timeline[0].tick, 0);
    EXPECT_EQ(scenario.timeline[1].tick, 4);
}

TEST(TimelineTable, leaves_out_lines_about_what_there_is_not_where_it_shall) {
    const Scenario scenario = scenario_of("  - {table: {file: record.csv, unknown: skip}}\n",
                                          "date,event,source,target\n2021-10-02,visit,russia,afghanistan\n2021-10-02,strike,russia,afghanistan\n"
                                          "2021-10-02,visit,russia,pakistan\n2021-10-02,visit,afghanistan,russia\n");
    EXPECT_EQ(scenario.timeline.size(), 1u);
}

TEST(TimelineTable, belongs_to_variants_too) {
    const Folder folder;
    folder.write("record.csv", "date,event,on\n2021-10-02,revolt,russia\n");
    const Scenario scenario = read(weeks + "  []\nvariants: {v: {timeline: [{table: record.csv}]}}\n", folder.path());
    ASSERT_EQ(scenario.variants.at(0).timeline.size(), 1u);
    EXPECT_EQ(scenario.variants[0].timeline[0].step, 1);
}

struct TableFault {
    const char* name;
    std::string entry;
    std::string csv;
    std::string said;
    friend std::ostream& operator<<(std::ostream& out, const TableFault& fault) { return out << fault.name; }
};

const TableFault table_faults[] = {
    {"lines_outside_the_calendar", "  - {table: record.csv}\n", "date,event,on\n2020-01-01,revolt,russia\n2021-10-02,revolt,russia\n2031-01-01,revolt,russia\n",
     R"(
world.yaml:14:13: warning: 2 of 3 lines in 'record.csv' lie outside the calendar, and never fire
   14 |   - {table: record.csv}
      |             ^~~~~~~~~~
help: the calendar runs from 2021-08-15 to 2022-01-01)"},
    {"an_unknown_event", "  - {table: record.csv}\n", "date,event,on\n2021-10-02,revolts,russia\n",
     R"(
record.csv:2:12: error: no event is called 'revolts'
    2 | 2021-10-02,revolts,russia
      |            ^~~~~~~
help: did you mean 'revolt'?)"},
    {"an_unknown_event_of_all_lines", "  - {event: revolts, table: record.csv}\n", "date,on\n2021-10-02,russia\n",
     R"(
world.yaml:14:13: error: no event is called 'revolts'
   14 |   - {event: revolts, table: record.csv}
      |             ^~~~~~~
help: did you mean 'revolt'?)"},
    {"an_unknown_member", "  - {table: record.csv}\n", "date,event,on\n2021-10-02,revolt,rusia\n",
     R"(
record.csv:2:19: error: no member of 'state' is called 'rusia'
    2 | 2021-10-02,revolt,rusia
      |                   ^~~~~
help: did you mean 'russia'?)"},
    {"an_unknown_link", "  - {table: record.csv}\n", "date,event,source,target\n2021-10-02,visit,afghanistan,russia\n",
     R"(
record.csv:2:18: error: no link of 'relation' runs from afghanistan to russia
    2 | 2021-10-02,visit,afghanistan,russia
      |                  ^~~~~~~~~~~
help: add it, or leave such lines out by unknown: skip)"},
    {"a_row_that_is_none", "  - {table: record.csv}\n", "date,event,on\n2021-10-02,visit,russia\n",
     R"(
record.csv:2:18: error: 'russia' is not a row of 'relation'
    2 | 2021-10-02,visit,russia
      |                  ^~~~~~
help: a link is written source -> target)"},
    {"two_ends_of_an_event_on_agents", "  - {table: record.csv}\n", "date,event,source,target\n2021-10-02,revolt,russia,afghanistan\n",
     R"(
record.csv:2:19: error: 'revolt' happens on agents, 'state', and the line names two
    2 | 2021-10-02,revolt,russia,afghanistan
      |                   ^~~~~~
help: give the agent's name in a column `on`)"},
    {"a_date_that_is_none", "  - {table: record.csv}\n", "date,event,on\n2.10.2021,revolt,russia\n",
     R"(
record.csv:2:1: error: '2.10.2021' is not a date
    2 | 2.10.2021,revolt,russia
      | ^~~~~~~~~
help: dates are written like 2021-08-15, months like 2021-08, quarters like 2021Q3, years like 2021)"},
    {"a_column_that_is_lacking", "  - {table: record.csv}\n", "date,kind,on\n2021-10-02,revolt,russia\n",
     R"(
record.csv:1:1: error: the table lacks its column 'event'
    1 | date,kind,on
      | ^
help: its columns are date, kind and on: say by `event:` beside the file of the table which is meant)"},
    {"a_column_misspelt", "  - {table: {file: record.csv, event: kinds}}\n", "date,kind,on\n2021-10-02,revolt,russia\n",
     R"(
world.yaml:14:39: error: the table 'record.csv' has no column 'kinds'
   14 |   - {table: {file: record.csv, event: kinds}}
      |                                       ^~~~~
help: did you mean 'kind'?)"},
    {"a_date_beside_it", "  - {table: record.csv, date: 2021-10-02}\n", "date,event,on\n2021-10-02,revolt,russia\n",
     R"(
world.yaml:14:31: error: 'date' stands beside 'table', whose lines have dates of their own
   14 |   - {table: record.csv, date: 2021-10-02}
      |                               ^~~~~~~~~~
help: name the column in the table: table: {file: …, date: column})"},
    {"a_set_beside_it", "  - {table: record.csv, set: {'state[russia].trust': 1}}\n", "date,event,on\n2021-10-02,revolt,russia\n",
     R"(
world.yaml:14:30: error: 'set' stands beside 'table', whose lines have dates of their own
   14 |   - {table: record.csv, set: {'state[russia].trust': 1}}
      |                              ^
help: write an entry of its own for what is set)"},
    {"an_unknown_key", "  - {table: {file: record.csv, dates: day}}\n", "day,event,on\n2021-10-02,revolt,russia\n",
     R"(
world.yaml:14:32: error: a table of the timeline has no key 'dates'
   14 |   - {table: {file: record.csv, dates: day}}
      |                                ^~~~~
help: did you mean 'date'?)"},
    {"no_file", "  - {table: {date: day}}\n", "day,event,on\n2021-10-02,revolt,russia\n",
     R"(
world.yaml:14:13: error: a table of the timeline lacks its 'file'
   14 |   - {table: {date: day}}
      |             ^
help: file: the table)"},
};

class TimelineTableTells : public testing::TestWithParam<TableFault> {};
TEST_P(TimelineTableTells, of) { EXPECT_EQ(said(GetParam().entry, GetParam().csv), GetParam().said.substr(1)); }
INSTANTIATE_TEST_SUITE_P(Reading, TimelineTableTells, testing::ValuesIn(table_faults), [](const auto& fault) { return fault.param.name; });

TEST(TimelineTable, takes_rows_by_an_expression_over_columns) {
    const std::string csv = "year;code;size;from;to\n2021;190;0,5;russia;afghanistan\n2022;190;1,5;russia;afghanistan\n2022;040;3,5;russia;afghanistan\n";
    const Scenario scenario = scenario_of("  - {event: visit, table: {file: record.csv, source: from, target: to, where: \"code == '190' and size > 1.2\", separator: ;, decimal: ','}}\n"
                                          "  - {event: visit, table: {file: record.csv, source: from, target: to, date: year - 1, where: code == '040', separator: ;}}\n",
                                          csv);
    ASSERT_EQ(scenario.timeline.size(), 1u) << "2021-01-01 is before the calendar";
    EXPECT_EQ(iso(*scenario.timeline[0].date), "2022-01-01");
}

TEST(TimelineTable, notes_what_is_left_out) {
    const std::string csv = "date,event,on\n2021-10-02,visit,russia -> afghanistan\n2021-10-02,strike,russia\n2021-10-02,visit,afghanistan -> russia\n"
                            "2021-10-02,visit,russia -> iran\n2021-10-02,revolt,iran\n";
    EXPECT_EQ(said("  - {table: {file: record.csv, unknown: skip}}\n", csv), R"(world.yaml:14:41: note: 4 of 5 rows of 'record.csv' are left out, the first on line 3: no event is called 'strike'
   14 |   - {table: {file: record.csv, unknown: skip}}
      |                                         ^~~~)");
    EXPECT_EQ(said("  - {table: {file: record.csv, where: event == 'revolt', unknown: skip}}\n", csv),
              R"(world.yaml:14:67: warning: 1 of 1 row of 'record.csv' is left out, on line 6: no member of 'state' is called 'iran'
   14 |   - {table: {file: record.csv, where: event == 'revolt', unknown: skip}}
      |                                                                   ^~~~
help: none is left: are they called otherwise?)");
    EXPECT_EQ(said("  - {table: {file: record.csv, where: event == 'visit' and date > '2021'}}\n", "date,event,on\n2021-10-02,visit,afghanistan -> russia\n"),
              R"(record.csv:2:18: error: no link of 'relation' runs so: afghanistan -> russia
    2 | 2021-10-02,visit,afghanistan -> russia
      |                  ^~~~~~~~~~~~~~~~~~~~~
help: add it, or leave such lines out by unknown: skip)");
}

}  // namespace
}  // namespace entente::test
