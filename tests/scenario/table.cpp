// Tests: table, read_kind_tables, csv, starts.
// Tables as they are: mappings of `table` with the columns, rows and signs of files that others made.
#include <cmath>

#include <entente/model/model.hpp>
#include <entente/scenario/settings.hpp>
#include <entente/scenario/table.hpp>

#include "reading.hpp"

namespace entente::test {
namespace {

/// A world whose states and borders stand in tables with these keys.
std::string world(const std::string& states_keys, const std::string& border_keys = "", const std::string& more = "") {
    std::string text = bare + "agents:\n  state:\n    fields: {gdp: {start: 1, range: [0, 1e9]}, arms: 3}\n    table: {file: s.csv" + states_keys + "}\n";
    if (!border_keys.empty())
        text += "links:\n  border:\n    source: state\n    target: state\n    fields: {km: 9}\n    table: {file: b.csv" + border_keys + "}\n";
    return text + more;
}

class TableOptionsTest : public testing::Test {
protected:
    Scenario scenario(const std::string& text) { return read(text, folder.path()); }
    std::string said(const std::string& text) { return said_about(text, folder.path()); }
    std::vector<std::string> names(const Scenario& scenario) {
        std::vector<std::string> found;
        for (const AgentMember& member : scenario.agents.at(0).members) found.push_back(member.name);
        return found;
    }
    std::vector<std::vector<double>> columns(const Scenario& scenario) { return scenario.agents.at(0).table->columns; }

    Folder folder;
};

using Names = std::vector<std::string>;
using Columns = std::vector<std::vector<double>>;

const std::string raw = "ccode,iso3,country,\"GDP (USD)\",year,region\n2,USA,United States,8,2017,Americas\n2,USA,United States,7,2016,Americas\n"
                        "437,CIV,Côte d'Ivoire,3,2017,Africa\n365,RUS,Russia,6,2017,Europe\n";

TEST_F(TableOptionsTest, take_the_columns_that_are_asked_for_and_leave_the_others_alone) {
    folder.write("s.csv", raw);
    const Scenario found = scenario(world(", name: iso3, label: country, columns: {gdp: \"'GDP (USD)' / 2\", arms: ccode}, where: year == 2017"));
    EXPECT_EQ(names(found), (Names{"USA", "CIV", "RUS"}));
    EXPECT_EQ(columns(found), (Columns{{4, 1.5, 3}, {2, 437, 365}}));
    EXPECT_EQ(found.agents[0].members[1].label, "Côte d'Ivoire");
    EXPECT_EQ(found.agents[0].members[1].place.line, 4);
    EXPECT_EQ(found.agents[0].table->rows, 3u);
}

TEST_F(TableOptionsTest, take_rows_by_texts) {
    folder.write("s.csv", raw);
    EXPECT_EQ(names(scenario(world(", name: ccode, columns: {}, where: region == 'Africa' or iso3 == 'RUS'"))), (Names{"437", "365"}));
}

TEST_F(TableOptionsTest, may_name_columns_that_are_called_like_fields) {
    folder.write("s.csv", "name,gdp,arms,more\na,1,2,x\n");
    EXPECT_EQ(columns(scenario(world(", columns: [gdp]"))), (Columns{{1}}));
    folder.write("s.csv", "iso,gdp,arms,year\na,1,2,5\n");
    EXPECT_EQ(columns(scenario(world(", name: iso, where: year == 5"))), (Columns{{1}, {2}})) << "without columns each is a field, but those that other keys name";
}

TEST_F(TableOptionsTest, take_whole_names_of_columns_as_they_are) {
    folder.write("s.csv", "name,GDP (current US$),NO\na,1,2\n");
    EXPECT_EQ(columns(scenario(world(", columns: {gdp: GDP (current US$), arms: NO}"))), (Columns{{1}, {2}}));
}

TEST_F(TableOptionsTest, let_the_field_start_where_a_cell_is_missing) {
    folder.write("s.csv", "name,gdp,arms\na,,1\nb,NA,2\nc,NaN,.\nd,5,\n");
    const Scenario found = scenario(world(", missing: start", "", "measures: {m: 'state[a].gdp + state[d].arms'}\n"));
    EXPECT_TRUE(std::isnan(columns(found)[0][0]) && std::isnan(columns(found)[0][1]) && std::isnan(columns(found)[1][2]));
    EXPECT_EQ(columns(found)[0][3], 5);
    EXPECT_EQ(with_setting(found, "state[d].gdp=7").parameters[0].value, 7);
    EXPECT_EQ(with_start_as_parameter(found, "state[b].gdp").parameters[0].value, 1) << "the field's start";
    EXPECT_EQ(with_start_as_parameter(found, "state[b].arms").parameters[0].value, 2);
    const std::string text = resolved_json(found);
    EXPECT_NE(text.find("\"members\": {}"), std::string::npos) << text;
}

TEST_F(TableOptionsTest, let_a_number_stand_for_what_is_missing) {
    folder.write("s.csv", "name,gdp,arms\na,,1\nb,..,2\n");
    EXPECT_EQ(columns(scenario(world(", missing: 0.5"))), (Columns{{0.5, 0.5}, {1, 2}}));
    EXPECT_EQ(columns(scenario(world(", missing: 4, columns: {gdp: 2 * gdp, arms: arms if has(gdp) else 8}"))), (Columns{{4, 4}, {8, 8}}));
}

TEST_F(TableOptionsTest, tell_what_is_missing_otherwise) {
    folder.write("s.csv", "name,gdp,arms\na,,1\nb,NA,2\n");
    EXPECT_EQ(said(world("")), R"(s.csv:2:3: error: a cell of the column 'gdp' is empty
    2 | a,,1
      |   ^
help: write a number, or let the field's own start stand for it: missing: start beside the file of the table

s.csv:3:3: error: 'NA' in the column 'gdp' stands for nothing
    3 | b,NA,2
      |   ^~
help: write a number, or let the field's own start stand for it: missing: start beside the file of the table)");
}

TEST_F(TableOptionsTest, read_other_signs) {
    folder.write("s.csv", "name;gdp;arms\r\na;1,5;-2\r\n\"b;c\";1e3;0,25\r\n");
    const Scenario found = scenario(world(", separator: \";\", decimal: \",\""));
    EXPECT_EQ(names(found), (Names{"a", "b;c"}));
    EXPECT_EQ(columns(found), (Columns{{1.5, 1000}, {-2, 0.25}}));
    folder.write("s.csv", "\xEF\xBB\xBFname\tgdp\na\t\"1\"\n");
    EXPECT_EQ(columns(scenario(world(", separator: tab"))), (Columns{{1}}));
}

TEST_F(TableOptionsTest, tell_numbers_with_other_signs) {
    folder.write("s.csv", "name;gdp\na;1.5\nb;1.234,5\n");
    EXPECT_EQ(said(world(", separator: \";\", decimal: \",\"")), R"(s.csv:2:3: error: '1.5' in the column 'gdp' is not a finite number
    2 | a;1.5
      |   ^~~
help: the table's decimals begin with ',', as in 1,5

s.csv:3:3: error: '1.234,5' in the column 'gdp' is not a finite number
    3 | b;1.234,5
      |   ^~~~~~~
help: the table's decimals begin with ',', as in 1,5)");
    folder.write("s.csv", "name,gdp\na,\"1,5\"\n");
    EXPECT_EQ(said(world("")), R"(s.csv:2:4: error: '1,5' in the column 'gdp' is not a finite number
    2 | a,"1,5"
      |    ^~~
help: where decimals begin with a comma: decimal: "," beside the file of the table)");
}

TEST_F(TableOptionsTest, tell_other_signs_than_those_they_name) {
    folder.write("s.csv", "name;gdp\na;1,5\n");
    EXPECT_EQ(said(world("")), R"(s.csv:1:1: error: the cells of this table are separated by semicolons, and not by commas
    1 | name;gdp
      | ^
help: write so beside its file: separator: ";", and where numbers have decimal commas decimal: ",")");
    folder.write("s.csv", "name,gdp\na,1\n");
    EXPECT_EQ(said(world(", separator: tab")), R"(s.csv:1:1: error: the cells of this table are separated by commas, and not by tabs
    1 | name,gdp
      | ^
help: remove `separator`)");
}

TEST_F(TableOptionsTest, tell_columns_that_are_not_there) {
    folder.write("s.csv", raw);
    EXPECT_EQ(said(world(", name: iso, label: contry, columns: {gdp: GDP, army: ccode}")), R"(world.yaml:6:32: error: the table 's.csv' has no column 'iso'
    6 |     table: {file: s.csv, name: iso, label: contry, columns: {gdp: GDP, army: ccode}}
      |                                ^~~
help: did you mean 'iso3'?

world.yaml:6:44: error: the table 's.csv' has no column 'contry'
    6 |     table: {file: s.csv, name: iso, label: contry, columns: {gdp: GDP, army: ccode}}
      |                                            ^~~~~~
help: did you mean 'country'?)");
    EXPECT_EQ(said(world(", name: iso3, columns: {gdp: population, army: ccode}, where: yaer == 2017")), R"(world.yaml:6:86: error: the table 's.csv' has no column 'yaer'
    6 |     table: {file: s.csv, name: iso3, columns: {gdp: population, army: ccode}, where: yaer == 2017}
      |                                                                                      ^~~~
help: did you mean 'year'?)");
    EXPECT_EQ(said(world(", name: iso3, columns: {gdp: population, army: ccode}")), R"(world.yaml:6:53: error: the table 's.csv' has no column 'population'
    6 |     table: {file: s.csv, name: iso3, columns: {gdp: population, army: ccode}}
      |                                                     ^~~~~~~~~~
help: its columns are ccode, iso3, country, 'GDP (USD)', year and region

world.yaml:6:65: error: 'state' has no field called 'army'
    6 |     table: {file: s.csv, name: iso3, columns: {gdp: population, army: ccode}}
      |                                                                 ^~~~
help: did you mean 'arms'?

s.csv:3:3: error: a second member is called 'USA': the first is on line 2
    3 | 2,USA,United States,7,2016,Americas
      |   ^~~
help: keep one of them, or take rows by `where`, as in where: year == 2017)");
    EXPECT_EQ(said(world("")), R"_(s.csv:1:1: error: the table lacks its column 'name'
    1 | ccode,iso3,country,"GDP (USD)",year,region
      | ^
help: its columns are ccode, iso3, country, 'GDP (USD)', year and region: say by `name:` beside the file of the table which is meant)_");
}

TEST_F(TableOptionsTest, tell_a_condition_that_takes_nothing) {
    folder.write("s.csv", raw);
    EXPECT_EQ(said(world(", name: iso3, columns: {}, where: region == 'Afrika'")), R"(world.yaml:6:58: error: this takes none of the 4 rows of 's.csv'
    6 |     table: {file: s.csv, name: iso3, columns: {}, where: region == 'Afrika'}
      |                                                          ^~~~~~~~~~~~~~~~~~
help: the column 'region' holds Americas, Africa and Europe)");
}

TEST_F(TableOptionsTest, tell_members_that_occur_twice) {
    folder.write("s.csv", raw);
    EXPECT_EQ(said(world(", name: iso3, columns: {}")), R"(s.csv:3:3: error: a second member is called 'USA': the first is on line 2
    3 | 2,USA,United States,7,2016,Americas
      |   ^~~
help: keep one of them, or take rows by `where`, as in where: year == 2017)");
}

TEST_F(TableOptionsTest, tell_columns_that_occur_twice_where_they_are_read) {
    folder.write("s.csv", "name,gdp,,x,x,gdp\na,1,,3,4,5\n");
    EXPECT_EQ(scenario(world(", columns: {}")).agents[0].members.size(), 1u);
    EXPECT_EQ(said(world(", columns: {gdp: gdp}")), R"(world.yaml:6:41: error: two columns of the table are called 'gdp'
    6 |     table: {file: s.csv, columns: {gdp: gdp}}
      |                                         ^~~
help: give one of them another name)");
}

TEST_F(TableOptionsTest, tell_keys_that_are_none_and_what_they_can_not_be) {
    folder.write("s.csv", raw);
    EXPECT_EQ(said(world(", source: iso3, separator: comma, decimal: ';', missing: none")), R"_(world.yaml:6:26: error: a table of agents has no key 'source'
    6 |     table: {file: s.csv, source: iso3, separator: comma, decimal: ';', missing: none}
      |                          ^~~~~~
help: its keys are file, name, label, iso, latitude, longitude, columns, where, missing, separator and decimal

world.yaml:6:51: error: 'separator' must be the sign between cells, and this is the text 'comma'
    6 |     table: {file: s.csv, source: iso3, separator: comma, decimal: ';', missing: none}
      |                                                   ^~~~~
help: write separator: ";" or separator: tab

world.yaml:6:68: error: 'decimal' must be the sign before decimals, and this is the text ';'
    6 |     table: {file: s.csv, source: iso3, separator: comma, decimal: ';', missing: none}
      |                                                                    ^
help: write decimal: "," or leave it out

world.yaml:6:81: error: 'missing' must be `start` or a number, and this is the text 'none'
    6 |     table: {file: s.csv, source: iso3, separator: comma, decimal: ';', missing: none}
      |                                                                                 ^~~~
help: `start`: the field's own start; a number: what a missing cell stands for

s.csv:1:1: error: the table lacks its column 'name'
    1 | ccode,iso3,country,"GDP (USD)",year,region
      | ^
help: its columns are ccode, iso3, country, 'GDP (USD)', year and region: say by `name:` beside the file of the table which is meant)_");
}

TEST_F(TableOptionsTest, tell_values_that_are_no_numbers) {
    folder.write("s.csv", "name,gdp,arms\na,0,x\nb,-1,2\n");
    EXPECT_EQ(said(world(", columns: {gdp: 1 / gdp, arms: arms}")), R"(s.csv:2:3: error: on this row '1 / gdp' is inf, which is not a finite number
    2 | a,0,x
      |   ^
help: leave the row out by `where`, or bound what is computed

s.csv:2:5: error: 'x' in the column 'arms' is not a finite number
    2 | a,0,x
      |     ^

s.csv:3:1: error: the start -1 of 'gdp' is outside its range [0, 1000000000]
    3 | b,-1,2
      | ^
help: change the value or widen the range)");
}

TEST_F(TableOptionsTest, take_members_beside_them) {
    folder.write("s.csv", raw);
    const Scenario found = scenario(world(", name: iso3, columns: {gdp: 'GDP (USD)'}, where: year == 2017", "",
                                          "    members: {CIV: {gdp: 30}, XKX: {label: Kosovo, gdp: 1}}\n"));
    EXPECT_EQ(names(found), (Names{"USA", "CIV", "RUS", "XKX"}));
    EXPECT_EQ(found.agents[0].members[1].starts.at(0).value.tree->number, 30);
    EXPECT_EQ(found.agents[0].members[3].label, "Kosovo");
}

// -- links ---------------------------------------------------------------------------------------------------------------------------

const std::string states_keys = ", name: ccode, columns: {}, where: year == 2017";

TEST_F(TableOptionsTest, make_both_links_of_a_row) {
    folder.write("s.csv", raw).write("b.csv", "a,b,length,other\n2,365,85,x\n365,437,9,y\n437,437,1,z\n");
    const Scenario found = scenario(world(states_keys, ", source: a, target: b, columns: {km: length * 2}, undirected: yes"));
    EXPECT_EQ(found.links[0].table_ends, (std::vector<std::pair<int, int>>{{0, 2}, {2, 0}, {2, 1}, {1, 2}, {1, 1}}));
    EXPECT_EQ(found.links[0].table->columns, (Columns{{170, 170, 18, 18, 2}}));
    EXPECT_EQ(found.links[0].table->rows, 5u);
}

TEST_F(TableOptionsTest, tell_links_that_occur_twice) {
    folder.write("s.csv", raw).write("b.csv", "source,target,km\n2,365,85\n365,2,86\n");
    EXPECT_EQ(said(world(states_keys, ", undirected: yes")), R"(b.csv:3:1: error: a second link runs from '365' to '2': the first is of line 2
    3 | 365,2,86
      | ^~~
help: `undirected: yes` makes both links of a row: remove it where the table has both, or keep one row of the two)");
    EXPECT_EQ(scenario(world(states_keys, ", undirected: no")).links[0].table_ends.size(), 2u);
}

TEST_F(TableOptionsTest, leave_out_rows_of_others_and_tell_how_many) {
    folder.write("s.csv", raw).write("b.csv", "source,target,km\n2,365,85\n20,2,86\n2,700,1\n");
    const std::string text = world(states_keys, ", unknown: skip", "measures: {m: \"border['2', '365'].km + state['2'].gdp + state['2'].arms\"}\n");
    EXPECT_EQ(said(text), R"(world.yaml:12:35: note: 2 of 3 rows of 'b.csv' are left out, the first on line 3: no member of 'state' is called '20'
   12 |     table: {file: b.csv, unknown: skip}
      |                                   ^~~~)");
    EXPECT_EQ(scenario(text).links[0].table_ends, (std::vector<std::pair<int, int>>{{0, 2}}));
}

TEST_F(TableOptionsTest, tell_ends_that_are_no_agents) {
    folder.write("s.csv", raw).write("b.csv", "source,target,km\n2,365,85\n20,2,86\nUSA,RUS,1\n");
    EXPECT_EQ(said(world(states_keys, ", columns: {km: km}")), R"(b.csv:3:1: error: no member of 'state' is called '20'
    3 | 20,2,86
      | ^~
help: its members are '2', '437' and '365'; rows of others are left out by unknown: skip

b.csv:4:1: error: no member of 'state' is called 'USA'
    4 | USA,RUS,1
      | ^~~
help: its members are '2', '437' and '365'; rows of others are left out by unknown: skip

b.csv:4:5: error: no member of 'state' is called 'RUS'
    4 | USA,RUS,1
      |     ^~~
help: its members are '2', '437' and '365'; rows of others are left out by unknown: skip)");
    folder.write("b.csv", "source,target,km\nUSA,RUS,1\n");
    EXPECT_EQ(said(world(states_keys, ", unknown: skip")), R"(world.yaml:12:35: error: 1 of 1 row of 'b.csv' is left out, on line 2: no member of 'state' is called 'USA'
   12 |     table: {file: b.csv, unknown: skip}
      |                                   ^~~~
help: none is left: are they called otherwise?)");
}

TEST_F(TableOptionsTest, of_links_between_unlike_kinds_are_not_undirected) {
    folder.write("s.csv", raw).write("b.csv", "source,target,km\n2,x,85\n");
    EXPECT_EQ(said(bare + "agents:\n  state: {fields: {gdp: 1}, members: ['2']}\n  town: {members: [x]}\n"
                          "links: {border: {source: state, target: town, fields: {km: 1}, table: {file: b.csv, undirected: yes}}}\n"),
              R"(world.yaml:6:9: error: 'border' can't be undirected: its ends are of different kinds
    6 | links: {border: {source: state, target: town, fields: {km: 1}, table: {file: b.csv, undirected: yes}}}
      |         ^~~~~~
help: remove `undirected` from its table)");
}

TEST_F(TableOptionsTest, start_rows_of_models) {
    folder.write("s.csv", "name,gdp,arms\na,,1\nb,4,NA\n").write("b.csv", "source,target,km\na,b,\n");
    const Scenario found = scenario(world(", missing: start", ", missing: start, undirected: yes"));
    const Model model = compile(found);
    EXPECT_EQ(model.tables[KindId{1}].rows, 2);
}

}  // namespace
}  // namespace entente::test
