#include "importing.hpp"

#include <entente/import/state_list.hpp>

namespace entente::test {
namespace {

std::string row_of(const std::string& csv, const std::string& name) {
    const std::size_t at = csv.find("\n" + name + ",");
    return at == std::string::npos ? "" : csv.substr(at + 1, csv.find('\n', at + 1) - at - 1);
}

TEST(StateList, states_come_and_go) {
    const std::string cold_war = list_states({.years = {1985, 1985}, .list = Naming::cow}).csv;
    EXPECT_TRUE(cold_war.starts_with("name,label,code,from,to\nUSA,United States,2,1985,1985\n"));
    EXPECT_EQ(row_of(cold_war, "DEU"), "DEU,Germany,260,1985,1985");
    EXPECT_EQ(row_of(cold_war, "DDR"), "DDR,German Democratic Republic,265,1985,1985");
    EXPECT_EQ(row_of(cold_war, "UKR"), "");
    const std::string after = list_states({.years = {2000, 2000}, .list = Naming::cow}).csv;
    EXPECT_EQ(row_of(after, "DEU"), "DEU,Germany,255,2000,2000");
    EXPECT_EQ(row_of(after, "DDR"), "");
    EXPECT_EQ(row_of(after, "UKR"), "UKR,Ukraine,369,2000,2000");
}

TEST(StateList, a_period_joins_the_spells_of_a_state) {
    const Imported period = list_states({.years = {1980, 2000}, .list = Naming::cow});
    EXPECT_EQ(row_of(period.csv, "DEU"), "DEU,Germany,255,1980,2000");
    EXPECT_EQ(row_of(period.csv, "CSK"), "CSK,Czechoslovakia,315,1980,1992");
    EXPECT_EQ(row_of(period.csv, "CZE"), "CZE,Czechia,316,1993,2000");
}

TEST(StateList, microstates_are_asked_for) {
    EXPECT_EQ(row_of(list_states({.years = {2000, 2000}}).csv, "MCO"), "");
    EXPECT_EQ(row_of(list_states({.years = {2000, 2000}, .with_microstates = true}).csv, "MCO"), "MCO,Monaco,221,2000,2000");
}

TEST(StateList, names_are_those_asked_for) {
    EXPECT_EQ(row_of(list_states({.years = {2000, 2000}, .to = Naming::gw}).csv, "678"), "678,Yemen,678,2000,2000");
    EXPECT_EQ(row_of(list_states({.years = {1970, 1970}, .list = Naming::cow}).csv, "Republic of Vietnam"),
              "Republic of Vietnam,Republic of Vietnam,817,1970,1970");
}

Trial listed_from(const std::string& text, const StateSystem& asked) {
    return tried(text, [&](int file, const Sources& sources, Problems& problems) { return list_states(file, sources, asked, problems); });
}

TEST(StateList, a_makers_list_goes_further_back) {
    const std::string text =
        "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version,,\n"
        "BAV,245,Bavaria,1816,1,1,1871,1,18,2016,,\nFRN,220,France,1816,1,1,1942,11,11,2016,,\n"
        "FRN,220,France,1944,8,25,2016,12,31,2016,,\n";
    EXPECT_EQ(listed_from(text, {.years = {1850, 1850}, .list = Naming::cow}).imported.csv,
              "name,label,code,from,to\nBavaria,Bavaria,245,1850,1850\nFRA,France,220,1850,1850\n");
    EXPECT_EQ(listed_from(text, {.years = {2020, 2020}, .list = Naming::cow}).imported.csv,
              "name,label,code,from,to\nFRA,France,220,2020,2020\n");
    EXPECT_EQ(listed_from(text, {.years = {1943, 1943}, .list = Naming::cow}).imported.written, 0U);
}

TEST(StateList, a_list_without_its_columns_is_told) {
    EXPECT_EQ(listed_from("ccode,statenme\n2,USA\n", {.years = {1850, 1850}, .list = Naming::cow}).said,
              "a.csv:1:1: error: this is not a list of the states of COW: it has no column 'styear' or 'start' or 'startdate'\n"
              "    1 | ccode,statenme\n      | ^\nhelp: its columns are ccode and statenme");
    EXPECT_THAT(listed_from("gwcode,name,start,end\n2,USA,1816-01-01,now\n", {.years = {1850, 1850}}).said,
                testing::StartsWith("a.csv:2:18: error: 'now' does not begin with a year\n"));
}

}  // namespace
}  // namespace entente::test
