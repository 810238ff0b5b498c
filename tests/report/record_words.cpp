// Tests: odd, scenario_data, ensemble_data.
#include <gmock/gmock.h>

#include <entente/report/odd.hpp>
#include <entente/report/record_words.hpp>
#include <entente/report/scenario_data.hpp>
#include <entente/scenario/read.hpp>

namespace entente {
namespace {

using testing::HasSubstr;

Scenario scenario_with(const std::string& rest) {
    return read_scenario_text(R"--(entente: 1
calendar: {start: 2021-08-15, ticks: 20, step: week}
parameters: {rare: {value: 0.5, range: [0, 1], fitted_to: 2023-12-31, source: a guess}}
agents: {state: {fields: {trust: rare}, members: [russia, iran]}}
steps:
  - {event: visit, on: state, count: 1, do: [trust += 0.1]}
measures: {came: "first(state[russia].trust > 2)", visits: {value: "total(visit[russia])", per: year}}
)--" + rest,
                              "world.yaml", "/nonexistent")
        .scenario;
}

TEST(RecordWords, tell_what_is_observed_and_how_much_of_it_is_seen) {
    const Scenario scenario = scenario_with("observed: {came: {never: 2021-11-30}, visits: {value: 3, seen: rare}}\n");
    EXPECT_EQ(observed_words(scenario, scenario.observed[0]), "not by 2021-11-30");
    EXPECT_EQ(observed_words(scenario, scenario.observed[1]), "3, a share 'rare' of all");
    EXPECT_EQ(source_words(scenario.parameters[0]), "a guess; fitted to the record until 2023-12-31");
}

TEST(RecordWords, tell_events_on_record) {
    const Scenario scenario = scenario_with(
        "record:\n  - {events: visit, dates: {iran: [2021-08-16, 2021-08-17, 2021-09-01]}, where: trust > 0, complete: [2021-08-15, "
        "2021-09-30]}\n"
        "  - {events: visit, dates: {}, where: trust > 3, complete: [2021-10-01, 2021-12-31]}\n");
    ASSERT_EQ(scenario.record.size(), 2u);
    EXPECT_EQ(firings_words(scenario.record[0]), "3 times on 1 row");
    EXPECT_EQ(firings_words(scenario.record[1]), "never");
    EXPECT_EQ(record_span_words(scenario, scenario.record[0]), "2021-08-15 to 2021-09-25");
    EXPECT_EQ(record_rows_words(scenario.record[0]), "trust > 0");
    EXPECT_THAT(odd_document(scenario), HasSubstr("| `visit` | 3 times on 1 row | 2021-08-15 to 2021-09-25 | `trust > 0` |"));
    const page::ScenarioData data = scenario_data(scenario, {.as_written = scenario, .variant = "", .set = {}});
    ASSERT_EQ(data.record.size(), 2u);
    EXPECT_EQ(data.record[1].firings, "never");
}

}  // namespace
}  // namespace entente
