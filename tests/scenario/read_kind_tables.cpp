#include "reading.hpp"

namespace entente::test {
namespace {

const std::string tables = bare + R"(agents:
  state:
    fields: {arms: {start: 1, range: [0, 10]}, size: 2}
    table: states.csv
links:
  road:
    source: state
    target: state
    fields: {length: 3}
    table: data/roads.csv
)";

/// Files of the scenario above, and what is said about it.
std::string said_of(const std::string& states_csv, const std::string& roads_csv) {
    const Folder folder;
    folder.write("states.csv", states_csv).write("data/roads.csv", roads_csv);
    return said_about(tables, folder.path());
}
Scenario scenario_of(const std::string& states_csv, const std::string& roads_csv, const std::string& more = "") {
    const Folder folder;
    folder.write("states.csv", states_csv).write("data/roads.csv", roads_csv);
    return read(tables + more, folder.path());
}

const std::string good_states = "name,arms\nrussia,5\nafghanistan,0.5\n";
const std::string good_roads = "source,target,length\nrussia,afghanistan,1300\n";

TEST(Tables, give_rows_and_the_columns_that_are_there) {
    const Scenario scenario = scenario_of(good_states, good_roads);
    const AgentKind& state = scenario.agents.at(0);
    ASSERT_EQ(state.members.size(), 2u);
    EXPECT_EQ(state.members[1].name, "afghanistan");
    EXPECT_EQ(state.members[1].place.line, 3);
    EXPECT_EQ(state.table->path, "states.csv");
    EXPECT_EQ(state.table->fields, std::vector<FieldId>{{0}});
    EXPECT_EQ(state.table->columns, (std::vector<std::vector<double>>{{5, 0.5}}));
    const LinkKind& road = scenario.links.at(0);
    EXPECT_EQ(road.table_ends, (std::vector<std::pair<int, int>>{{0, 1}}));
    EXPECT_EQ(road.table->columns, (std::vector<std::vector<double>>{{1300}}));
}

TEST(Tables, may_be_quoted_spaced_and_written_on_windows) {
    const Scenario scenario =
        scenario_of("\xEF\xBB\xBF\"name\", arms ,size\r\n\"russia\" , 5 ,1e3\r\n\r\nafghanistan,\"0.5\",-1", good_roads);
    EXPECT_EQ(scenario.agents.at(0).members.at(0).name, "russia");
    EXPECT_EQ(scenario.agents.at(0).table->columns, (std::vector<std::vector<double>>{{5, 0.5}, {1000, -1}}));
}

TEST(Tables, stand_before_the_members_beside_them_which_override_their_starts) {
    const Scenario scenario =
        scenario_of(good_states, good_roads, "    members: [russia -> afghanistan: {length: 7}, afghanistan -> russia]\n");
    ASSERT_EQ(scenario.links.at(0).members.size(), 2u);
    EXPECT_EQ(scenario.links.at(0).members[0].starts.at(0).value.tree->number, 7);

    const Folder folder;
    folder.write("states.csv", good_states);
    const Scenario agents = read(
        bare + "agents:\n  state:\n    fields: {arms: 1}\n    table: states.csv\n    members: {tajikistan: {arms: 2}, russia: {arms: 3}}\n",
        folder.path());
    ASSERT_EQ(agents.agents.at(0).members.size(), 3u);
    EXPECT_EQ(agents.agents.at(0).members[0].starts.at(0).value.tree->number, 3);
    EXPECT_EQ(agents.agents.at(0).members[2].name, "tajikistan");
}

TEST(Tables, of_agents_are_checked_row_by_row) {
    EXPECT_EQ(said_of("name,arms,siez\nrussia,5,1\nrussia,6,1\nnorth korea,2,1\nchina,many,1\niran,,1\nindia,11,1\nnepal,3\n", good_roads),
              R"(states.csv:1:11: error: a column is called 'siez', and there is no such field
    1 | name,arms,siez
      |           ^~~~
help: did you mean 'size'?

states.csv:3:1: error: a second member is called 'russia': the first is on line 2
    3 | russia,6,1
      | ^~~~~~
help: keep one of them, or take rows by `where`, as in where: year == 2017

states.csv:5:7: error: 'many' in the column 'arms' is not a finite number
    5 | china,many,1
      |       ^~~~

states.csv:6:6: error: a cell of the column 'arms' is empty
    6 | iran,,1
      |      ^
help: write a number, or let the field's own start stand for it: missing: start beside the file of the table

states.csv:7:7: error: the start 11 of 'arms' is outside its range [0, 10]
    7 | india,11,1
      |       ^~
help: change the value or widen the range

states.csv:8:7: error: this row has 2 cells, and the header has 3
    8 | nepal,3
      |       ^
help: quote a cell that holds a comma)");
}

TEST(Tables, without_names_are_refused) {
    EXPECT_EQ(said_of("nam,arms\nrussia,1\n", good_roads), R"(states.csv:1:1: error: the table lacks its column 'name'
    1 | nam,arms
      | ^
help: its columns are nam and arms: say by `name:` beside the file of the table which is meant)");
}

TEST(Tables, that_are_empty_are_refused) {
    EXPECT_EQ(said_of("", good_roads), R"(states.csv: error: the table is empty
help: its first line names the columns)");
}

TEST(Tables, that_are_no_tables_of_commas_with_a_header_are_one_problem) {
    EXPECT_EQ(said_of("name;arms\nrussia;5\nafghanistan;0,5\n", good_roads),
              "states.csv:1:1: error: the cells of this table are separated by semicolons, and not by commas\n    1 | name;arms\n      | ^\n"
              "help: write so beside its file: separator: \";\", and where numbers have decimal commas decimal: \",\"");
    EXPECT_EQ(said_of("1,5\n2,6\n", good_roads),
              "states.csv:1:1: error: the first line holds numbers, and no names of columns\n    1 | 1,5\n      | ^\n"
              "help: write a line above it that names them");
}

TEST(Tables, with_two_columns_of_one_name_are_refused) {
    EXPECT_EQ(said_of("name,arms,arms\nrussia,1,1\nafghanistan,1,1\n", good_roads), R"(states.csv:1:11: error: two columns are called 'arms'
    1 | name,arms,arms
      |           ^~~~
help: remove one)");
}

TEST(Tables, with_a_quote_never_closed_are_refused) {
    EXPECT_EQ(said_of("name,arms\nrussia,\"1\nafghanistan,2\n", good_roads), R"(states.csv:2:8: error: this quote is not closed
    2 | russia,"1
      |        ^
help: end the cell with a quote)");
}

TEST(Tables, with_text_after_a_quote_are_refused) {
    EXPECT_EQ(said_of("name,arms\nrussia,1\nafghanistan,\"2\" or 3\n", good_roads),
              R"(states.csv:3:16: error: there is text after a closing quote
    3 | afghanistan,"2" or 3
      |                ^
help: double a quote inside a quoted cell: "")");
}

TEST(Tables, may_hold_quotes_in_quotes) {
    EXPECT_EQ(scenario_of("name,arms\n\"rus\"\"sia\",1\n", "source,target\n").agents.at(0).members.at(0).name, "rus\"sia");
}

TEST(Tables, name_agents_by_any_text) {
    const Scenario scenario = scenario_of("name,arms\n365,5\nCôte d'Ivoire,1\n\"Congo, Dem. Rep.\",2\nNO,3\nin,4\n",
                                          "source,target,length\n365,Côte d'Ivoire,1300\nNO,\"Congo, Dem. Rep.\",2\nin,in,1\n");
    EXPECT_EQ(scenario.agents.at(0).members.at(2).name, "Congo, Dem. Rep.");
    EXPECT_EQ(scenario.links.at(0).table_ends, (std::vector<std::pair<int, int>>{{0, 1}, {3, 2}, {4, 4}}));
}

TEST(Tables, name_no_agents_by_control_characters) {
    EXPECT_EQ(said_of("name,arms\n\"rus\nsia\",1\n\u202eabc,2\n,3\n", "source,target\n"), R"(states.csv:2:2: error: the name 'rus sia' holds a line break
    2 | "rus
      |  ^~~
help: an agent may be called by any text without control characters

states.csv:4:1: error: the name '\u202eabc' holds the control character U+202E
    4 | �abc,2
      | ^~~~
help: an agent may be called by any text without control characters

states.csv:5:1: error: a name is empty
    5 | ,3
      | ^
help: an agent may be called by any text without control characters)");
}

TEST(Tables, that_are_no_text_are_refused) {
    EXPECT_EQ(said_of("name,arms\nrussia,1\nafgh\xE9"
                      ",2\n",
                      good_roads),
              R"(states.csv:3:5: error: the byte 0xE9 is not UTF-8 text
    3 | afgh�,2
      |     ^
help: save the file as UTF-8; one in Latin-1 becomes so by iconv -f WINDOWS-1252 -t UTF-8)");
}

TEST(Tables, of_links_are_checked_row_by_row) {
    EXPECT_EQ(
        said_of(good_states, "source,target,lenght\nrussia,afganistan,1\nrussia,russia,2\nrussia,afghanistan,3\nrussia,afghanistan,4\n"),
        R"(data/roads.csv:1:15: error: a column is called 'lenght', and there is no such field
    1 | source,target,lenght
      |               ^~~~~~
help: did you mean 'length'?

data/roads.csv:2:8: error: no member of 'state' is called 'afganistan'
    2 | russia,afganistan,1
      |        ^~~~~~~~~~
help: did you mean 'afghanistan'?

data/roads.csv:5:1: error: a second link runs from russia to afghanistan: the first is of line 4
    5 | russia,afghanistan,4
      | ^~~~~~
help: a kind has at most one link from one agent to another: keep one, or take rows by `where`)");
}

TEST(Tables, tell_the_first_ten_of_many_columns_that_are_no_fields) {
    std::string head = "name,arms";
    for (int i = 0; i < 100'000; ++i) head += ",column_" + std::to_string(i);
    const std::string said = said_of(head + "\n", good_roads);
    std::size_t told = 0;
    for (std::size_t at = 0; (at = said.find("error: a column is called", at)) != std::string::npos; ++at) ++told;
    EXPECT_EQ(told, 10u);
    EXPECT_NE(said.find("error: 99990 more columns are not fields\n"), std::string::npos) << said;
}

TEST(Tables, tell_eleven_columns_that_are_no_fields) {
    std::string head = "name,arms";
    for (int i = 0; i < 11; ++i) head += ",column_" + std::to_string(i);
    const std::string said = said_of(head + "\n", good_roads);
    EXPECT_NE(said.find("a column is called 'column_10'"), std::string::npos) << said;
    EXPECT_EQ(said.find("more columns"), std::string::npos) << said;
}

TEST(Tables, of_links_without_targets_are_refused) {
    EXPECT_EQ(said_of(good_states, "source,length\nrussia,1\n"), R"(data/roads.csv:1:1: error: the table lacks its column 'target'
    1 | source,length
      | ^
help: its columns are 'source' and length: say by `target:` beside the file of the table which is meant)");
}

TEST(Tables, are_given_up_after_20_problems) {
    std::string text = "name,arms\n";
    for (int i = 0; i < 100; ++i) text += "a" + std::to_string(i) + ",x\n";
    const std::string said = said_of(text, good_roads);
    EXPECT_NE(said.find("states.csv:21:5: error: 'x' in the column 'arms' is not a finite number"), std::string::npos);
    EXPECT_EQ(said.find("states.csv:22:"), std::string::npos);
    EXPECT_EQ(said.find("roads.csv"), std::string::npos);
}

TEST(Tables, that_are_missing_are_told) {
    const Folder folder;
    folder.write("states.csv", good_states);
    EXPECT_EQ(said_about(tables, folder.path()), R"(world.yaml:12:12: error: 'data/roads.csv' does not exist
   12 |     table: data/roads.csv
      |            ^~~~~~~~~~~~~~
help: check the name and the folder)");
}

TEST(Tables, of_a_million_links_are_read) {
    constexpr int agents = 1001;
    std::string states_csv = "name\n";
    std::string roads_csv = "source,target,length\n";
    for (int i = 0; i < agents; ++i) states_csv += "agent_" + std::to_string(i) + "\n";
    for (int i = 0; i < agents; ++i)
        for (int k = 0; k < agents; ++k)
            if (i != k) roads_csv += "agent_" + std::to_string(i) + ",agent_" + std::to_string(k) + "," + std::to_string(i % 7) + ".5\n";
    const Scenario scenario = scenario_of(states_csv, roads_csv);
    ASSERT_EQ(scenario.links.at(0).table_ends.size(), 1'001'000u);
    EXPECT_EQ(scenario.links.at(0).table_ends.back(), (std::pair{1000, 999}));
    EXPECT_EQ(scenario.links.at(0).table->columns.at(0).back(), 6.5);
}

TEST(Tables, of_kinds_without_fields_only_name_their_rows) {
    const Folder folder;
    folder.write("s.csv", "iso,gdp,gdp,\nrussia,1,2,3\n").write("b.csv", "source,target,km\nrussia,russia,1\n").write("aid.csv", "name,year,value\nrussia,0,7\n");
    const std::string text = "agents: {state: {table: {file: s.csv, name: iso}}}\nlinks: {border: {source: state, target: state, table: b.csv}}\n";
    const Scenario scenario = read(bare + text, folder.path());
    EXPECT_EQ(scenario.agents.at(0).members.size(), 1u);
    EXPECT_TRUE(scenario.agents.at(0).table->columns.empty());
    EXPECT_EQ(scenario.links.at(0).table_ends.size(), 1u);
    const std::string panel = "inputs: {aid: {table: aid.csv, on: state, tick: year, outside: hold}}\nmeasures: {m: 'state[russia].aid'}\n";
    EXPECT_EQ(said_about(bare + text + panel, folder.path()), "") << "what is an input is no field that a table could start";
    EXPECT_EQ(said_about(bare + "agents: {state: {table: {file: s.csv, name: iso, columns: {aid: iso}}}}\n" + panel, folder.path()),
              R"(world.yaml:3:60: error: 'aid' is an input and has no start
    3 | agents: {state: {table: {file: s.csv, name: iso, columns: {aid: iso}}}}
      |                                                            ^~~
help: change its own table)");
    EXPECT_NE(said_about(bare + "agents: {state: {table: {file: s.csv, name: iso}}}\nmeasures: {m: 'state[russia].gdp'}\n", folder.path()).find("'state' has no field called 'gdp'"),
              std::string::npos);
}

TEST(Tables, tell_rows_of_one_cell) {
    EXPECT_EQ(said_of("name,arms\nrussia\nafghanistan,1\n", "source,target\n"), R"(states.csv:2:1: error: this row has 1 cell, and the header has 2
    2 | russia
      | ^~~~~~
help: quote a cell that holds a comma)");
}

}  // namespace
}  // namespace entente::test
