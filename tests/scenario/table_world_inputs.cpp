// Tests: read_inputs, read_timeline_table, read_record_table, table.
// Published tables as inputs, timelines and records. They lie in the folder that the variable ENTENTE_WORLD_DATA names; without it nothing is tried here.

#include <gmock/gmock.h>

#include "world_data.hpp"

namespace entente::test {
namespace {

class WorldInputs : public WithWorldData {
protected:
    /// A world of yearly ticks from 2000 on and all states, called by `name`, with more sections.
    ReadScenario world(const std::string& name, const std::string& more) {
        return read_scenario_text("entente: 1\ncalendar: {start: 2000-01-01, ticks: 3, step: year}\nagents:\n  state:\n    fields: {gdp: 0}\n"
                                  "    table: {file: states.csv, name: " + name + ", label: name, columns: {gdp: gdp_current_usd}, missing: start}\n" + more,
                                  "world.yaml", folder_);
    }
    /// The value of a row of the only input at a tick.
    double value(const Scenario& scenario, RowIndex row, std::int64_t tick) {
        const InputValues& values = *scenario.inputs.at(0).values;
        double last = 0;
        for (std::size_t i = 0; i < values.ticks.size() && values.ticks[i] <= tick; ++i)
            for (std::size_t k = 0; k < values.rows_at(i).size(); ++k)
                if (values.rows_at(i)[k] == row) last = values.values_at(i)[k];
        return last;
    }
    static RowIndex row_of(const Scenario& scenario, const std::string& name) { return static_cast<RowIndex>(scenario.schema.kinds[0].member_rows.at(name)); }
};

TEST_F(WorldInputs, conflicts_of_a_state_and_year_are_added_up) {
    const Scenario scenario = world("ccode", R"(inputs:
  war: {table: ucdp_acd_2000_2024.csv, on: state, name: gwno_a, value: intensity_level, where: type_of_conflict == 'intrastate', aggregate: sum, missing: 0, unknown: skip}
)").scenario;
    const RowIndex india = row_of(scenario, "750");
    EXPECT_EQ(value(scenario, india, 0), 7);
    EXPECT_EQ(value(scenario, india, 1), 5);
    EXPECT_EQ(value(scenario, india, 2), 6);
    EXPECT_EQ(value(scenario, row_of(scenario, "20"), 0), 0);
}

TEST_F(WorldInputs, trade_of_dyads_is_an_input_of_links) {
    const ReadScenario read = world("ccode", R"(links:
  tie: {source: state, target: state, pattern: complete}
inputs:
  imports: {table: cow_trade_v4_dyads_2001_musd.csv, on: tie, source: ccode1, target: ccode2, date: 2001, value: imports_1_from_2_musd / 1000, missing: 0, unknown: skip, outside: hold}
)");
    const Input& imports = read.scenario.inputs[0];
    EXPECT_EQ(imports.left_out, 0);
    EXPECT_EQ(imports.ends.size(), 195u * 194u);
    EXPECT_EQ(imports.ends[0], std::pair(0, 1));
    EXPECT_EQ(imports.values->values_at(0)[0], 220.138);
    EXPECT_TRUE(imports.values->is_constant());
}

TEST_F(WorldInputs, coded_events_make_a_timeline) {
    const ReadScenario read = read_scenario_text(R"(entente: 1
calendar: {start: 2018-06-01, ticks: 3, step: day}
agents: {country: {fields: {heat: 0}, members: [Israel, Russian Federation]}}
steps: [{event: fight, on: country, rate: 0, do: [heat += 1]}]
timeline:
  - {event: fight, table: {file: icews_sample_2018-06-01_03.csv, date: event_date, on: source_country, about: event_text, where: cameo_code >= '19' and cameo_code < '20', unknown: skip}}
measures: {heat: sum(c.heat for c in country)}
)", "world.yaml", folder_);
    EXPECT_EQ(read.scenario.timeline.size(), 45u);
    ASSERT_EQ(read.warnings.size(), 1u);
    EXPECT_EQ(read.warnings[0].severity, Severity::note);
    EXPECT_THAT(read.warnings[0].what, testing::StartsWith("177 of 222 rows of 'icews_sample_2018-06-01_03.csv' are left out"));
}

TEST_F(WorldInputs, panels_are_records_of_measures_by_row) {
    const Scenario scenario = world("iso3", R"(measures: {wealth: {value: gdp, on: state, label: GDP}}
observed:
  wealth: {table: {file: conflict_panel.csv, name: iso3, value: population * gdp_per_capita_usd / 1e9, where: year >= 2000 and year < 2002, unknown: skip}}
)").scenario;
    const std::vector<Observed::OfRow>& rows = scenario.observed[0].rows;
    EXPECT_GT(rows.size(), 300u);
    const Observed::OfRow india{{static_cast<int>(row_of(scenario, "IND"))}, std::nullopt, parse_date("2001-01-01"), 1077898575 * 450.4 / 1e9};
    EXPECT_THAT(rows, testing::Contains(india));
}

}  // namespace
}  // namespace entente::test
