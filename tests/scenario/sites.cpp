#include <algorithm>
#include <set>

#include <entente/scenario/sites.hpp>

#include "reading.hpp"

namespace entente::test {
namespace {

TEST(Countries, are_those_of_iso_3166_and_kosovo) {
    EXPECT_EQ(countries().size(), 250U);
    EXPECT_TRUE(std::ranges::is_sorted(countries(), {}, &Country::alpha3));
    std::set<std::string_view> numbers;
    for (const Country& one : countries()) {
        EXPECT_EQ(one.alpha3.size(), 3U) << one.alpha3;
        EXPECT_EQ(one.alpha2.size(), 2U) << one.alpha3;
        EXPECT_EQ(one.numeric.size(), one.alpha3 == "XKX" ? 0U : 3U) << one.alpha3;
        EXPECT_FALSE(one.name.empty()) << one.alpha3;
        EXPECT_TRUE(numbers.insert(one.numeric).second) << one.alpha3;
    }
    ASSERT_NE(country_of("AFG"), nullptr);
    EXPECT_EQ(country_of("AFG")->numeric, "004");
    EXPECT_EQ(country_of("TJK")->alpha2, "TJ");
    EXPECT_EQ(country_of("afg"), nullptr);
    EXPECT_EQ(country_of(""), nullptr);
}

TEST(Countries, are_suggested_by_every_other_way_of_writing_them) {
    for (const char* text : {"AF", "af", "004", "4", "afg", "Afghanistan", "afganistan"}) EXPECT_EQ(country_help(text), "Afghanistan is AFG") << text;
    EXPECT_EQ(country_help("RUZ"), "did you mean 'RUS'?");
    EXPECT_EQ(country_help("?"), "codes are the three letters of ISO 3166-1 alpha-3: AFG is Afghanistan");
}

const std::string placed = bare + R"(agents:
  state:
    fields: {trust: 0.5}
    members:
      russia: {iso: RUS, trust: 0.4}
      union: {position: [50.85, 4.35], label: European Union}
      nobody: {}
)";

TEST(Sites, stand_among_the_starts_of_members) {
    const Scenario found = read(placed);
    const auto& members = found.agents[0].members;
    EXPECT_EQ(members[0].site.iso, "RUS");
    EXPECT_FALSE(members[0].site.position);
    EXPECT_EQ(members[0].starts.size(), 1U);
    EXPECT_EQ(members[1].site.position, (Position{50.85, 4.35}));
    EXPECT_EQ(members[1].label, "European Union");
    EXPECT_TRUE(members[1].site.is_given());
    EXPECT_FALSE(members[2].site.is_given());
}

TEST(Sites, come_with_a_file_that_is_used_and_give_way_key_by_key) {
    const Folder folder;
    folder.write("states.yaml", "entente: 1\nagents:\n  state:\n    fields: {trust: 0.5}\n    members:\n"
                                "      russia: {iso: RUS, label: Russia}\n      union: {position: [50.85, 4.35]}\n")
        .write("world.yaml", "entente: 1\nuse: [states.yaml]\ncalendar: {ticks: 3}\nagents:\n  state:\n    members:\n"
                             "      russia: {position: [55.75, 37.62], trust: 0.4, override: yes}\n      union: {iso: BEL, override: yes}\n");
    const auto members = read_scenario(folder.path() / "world.yaml").scenario.agents.at(0).members;
    ASSERT_EQ(members.size(), 2U);
    EXPECT_EQ(members[0].site.iso, "RUS");
    EXPECT_EQ(members[0].label, "Russia");
    EXPECT_EQ(members[0].site.position, (Position{55.75, 37.62}));
    EXPECT_EQ(members[1].site.iso, "BEL");
    EXPECT_EQ(members[1].site.position, (Position{50.85, 4.35}));
}

TEST(Sites, give_way_to_fields_of_their_names) {
    const Scenario found = read(bare + "agents:\n  state:\n    fields: {iso: 1, position: 2}\n    members: {a: {iso: 3, position: 4}}\n");
    EXPECT_EQ(found.agents[0].members[0].starts.size(), 2U);
    EXPECT_FALSE(found.agents[0].members[0].site.is_given());
}

TEST(Sites, that_are_none_are_told_with_what_to_write) {
    EXPECT_EQ(said_about(bare + "agents:\n  state:\n    members: {russia: {iso: RU}}\n"), R"(world.yaml:5:29: error: 'RU' is not a country's code
    5 |     members: {russia: {iso: RU}}
      |                             ^~
help: Russia is RUS)");
    EXPECT_EQ(said_about(bare + "agents:\n  state:\n    members: {russia: {position: [95, 3]}}\n"),
              R"(world.yaml:5:34: error: the latitude 95 is not within -90 and 90
    5 |     members: {russia: {position: [95, 3]}}
      |                                  ^
help: write position: [latitude, longitude] in degrees, north and east positive, as in [34.5, 69.2])");
    EXPECT_NE(said_about(bare + "agents:\n  state:\n    members: {russia: {position: 3}}\n").find("write position: [latitude, longitude]"), std::string::npos);
    EXPECT_NE(said_about(bare + "agents:\n  state:\n    members: {russia: {position: [1, 200]}}\n").find("the longitude 200 is not within -180 and 180"), std::string::npos);
}

std::string table(const std::string& keys) {
    return bare + "agents:\n  state:\n    fields: {gdp: 1}\n    table: {file: s.csv" + keys + "}\n";
}

TEST(Sites, come_from_columns) {
    Folder folder;
    folder.write("s.csv", "name,code,lat,lon,gdp\na,FRA,,,2\nb,,-33.9,18.4,3\nc,NA,NA,NA,4\n");
    const Scenario found = read(table(", iso: code, latitude: lat, longitude: lon"), folder.path());
    const auto& members = found.agents[0].members;
    EXPECT_EQ(members[0].site.iso, "FRA");
    EXPECT_FALSE(members[0].site.position);
    EXPECT_EQ(members[1].site.position, (Position{-33.9, 18.4}));
    EXPECT_FALSE(members[2].site.is_given());
    EXPECT_EQ(found.agents[0].table->columns.front(), (std::vector<double>{2, 3, 4}));
}

TEST(Sites, that_are_none_are_told_with_their_cells) {
    Folder folder;
    folder.write("s.csv", "name,code,lat,lon\na,250,91,0\n");
    EXPECT_EQ(said_about(table(", iso: code, latitude: lat, longitude: lon, columns: {}"), folder.path()), R"(s.csv:2:3: error: '250' is not a country's code
    2 | a,250,91,0
      |   ^~~
help: France is FRA

s.csv:2:7: error: the latitude 91 is not within -90 and 90
    2 | a,250,91,0
      |       ^~
help: degrees north and east are positive)");
    EXPECT_NE(said_about(table(", latitude: lat, columns: {}"), folder.path()).find("'latitude' stands alone"), std::string::npos);
    EXPECT_NE(said_about(table(", iso: cod, columns: {}"), folder.path()).find("did you mean 'code'?"), std::string::npos);
}

}  // namespace
}  // namespace entente::test
