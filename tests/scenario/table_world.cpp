// Tests: read_kind_tables, table.
// Published tables read as they are. They lie in the folder that the variable ENTENTE_WORLD_DATA names; without it nothing is tried here.

#include <entente/model/model.hpp>

#include "world_data.hpp"

namespace entente::test {
namespace {

class WorldTables : public WithWorldData {
protected:
    /// The scenario of states by `name`, with these links, and what was said of it.
    ReadScenario world(const std::string& name, const std::string& links) {
        return read_scenario_text(bare + R"(agents:
  state:
    fields: {capability: 0, population: {start: 0, unit: million}, gdp: {start: 0, unit: USD}}
    table:
      file: states.csv
      name: )" + name + R"(
      label: name
      columns: {capability: cinc_2021, population: population_2021_wb / 1e6, gdp: gdp_current_usd}
      missing: start
links:
)" + links, "world.yaml", folder_);
    }
};

std::size_t links_of(const ReadScenario& read) {
    return read.scenario.links.at(0).table_ends.size();
}

TEST_F(WorldTables, states_have_iso_codes_or_numbers_for_names) {
    const Scenario by_code = world("iso3", "  link: {source: state, target: state, members: [NOR -> SWE]}\n").scenario;
    ASSERT_EQ(by_code.agents[0].members.size(), 195u);
    EXPECT_EQ(by_code.agents[0].members[0].label, "United States of America");
    EXPECT_EQ(by_code.agents[0].table->columns[0][0], 0.12110018);
    EXPECT_EQ(by_code.agents[0].table->columns[1][0], 332.09976);
    const Scenario by_number = world("ccode", "  link: {source: state, target: state, members: [365 -> 700]}\n").scenario;
    EXPECT_EQ(compile(by_number).tables[KindId{1}].rows, 1);
}

TEST_F(WorldTables, contiguity_makes_both_links) {
    const ReadScenario read = world("ccode", R"(  border:
    source: state
    target: state
    fields: {kind: 0, water: 0}
    table: {file: cow_contiguity_v3.2_active2016.csv, source: ccode1, target: ccode2, undirected: yes, unknown: skip,
            columns: {kind: conttype, water: conttype > 1}, where: end_yyyymm == 201612}
)");
    EXPECT_GT(links_of(read), 1000u);
    EXPECT_LE(links_of(read), 2u * 556);
    EXPECT_EQ(compile(read.scenario).tables[KindId{1}].rows, static_cast<std::int64_t>(links_of(read)));
}

TEST_F(WorldTables, land_borders_have_lengths) {
    const ReadScenario read = world("ccode", R"(  border:
    source: state
    target: state
    fields: {km: 0}
    table: {file: land_borders_km.csv, source: ccode1, target: ccode2, undirected: yes, unknown: skip, missing: start,
            columns: {km: km if has(km) else km_other_side}}
)");
    EXPECT_GT(links_of(read), 580u);
    EXPECT_EQ(read.scenario.links[0].table->columns[0][0], 8891);
}

TEST_F(WorldTables, trade_of_dyads_is_read_each_way) {
    const auto trade = [&](const std::string& from, const std::string& to, const std::string& column) {
        return world("ccode", "  exports: {source: state, target: state, fields: {value: 0}, table: {file: cow_trade_v4_dyads_2001_musd.csv, source: " + from + ", target: " + to +
                                  ", columns: {value: " + column + "}, unknown: skip, missing: start}}\n");
    };
    const ReadScenario there = trade("ccode2", "ccode1", "imports_1_from_2_musd");
    const ReadScenario back = trade("ccode1", "ccode2", "imports_2_from_1_musd");
    EXPECT_EQ(links_of(there), links_of(back));
    EXPECT_EQ(there.scenario.links[0].table->columns[0][0], 220138);
    EXPECT_EQ(back.scenario.links[0].table->columns[0][0], 155205);
}

TEST_F(WorldTables, agreement_of_votes_is_undirected) {
    const ReadScenario read = world("ccode", R"(  affinity:
    source: state
    target: state
    fields: {agreement: 0.5}
    table: {file: unga_agreement_sessions70_74.csv, source: ccode1, target: ccode2, undirected: yes, unknown: skip, columns: {agreement: agree3_score}}
)");
    EXPECT_GT(links_of(read), 36'000u);
}

TEST_F(WorldTables, conflicts_are_agents_of_a_year_and_a_place) {
    const Scenario scenario = read_scenario_text(bare + R"(agents:
  conflict:
    fields: {place: 0, intensity: 0, internal: 0}
    table: {file: ucdp_acd_2000_2024.csv, name: conflict_id, columns: {place: gwno_a, intensity: intensity_level, internal: type_of_conflict == 'intrastate'},
            where: year == 2012 and gwno_a == 750 and incompatibility == 'territory'}
)", "world.yaml", folder_).scenario;
    EXPECT_GE(scenario.agents[0].members.size(), 1u);
    for (const double place : scenario.agents[0].table->columns[0]) EXPECT_EQ(place, 750);
}

TEST_F(WorldTables, coded_events_are_agents_of_a_day) {
    const Scenario scenario = read_scenario_text(bare + R"(agents:
  event:
    fields: {intensity: 0, latitude: 0}
    table: {file: icews_sample_2018-06-01_03.csv, name: event_id, label: event_text, columns: [intensity, latitude], missing: start,
            where: event_date >= '2018-06-02' and source_country == 'Russian Federation'}
)", "world.yaml", folder_).scenario;
    EXPECT_GT(scenario.agents[0].members.size(), 10u);
    EXPECT_LT(scenario.agents[0].members.size(), 1000u);
}

}  // namespace
}  // namespace entente::test
