// Tests: recorder, model/compile_steps.
// The log of events: what made each happen, and the chance that it had.
#include <entente/study/recorder.hpp>

#include <cmath>
#include <map>
#include <numeric>
#include <string>

#include <gmock/gmock.h>

#include <entente/study/ensemble.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

/// One event of each form, with chances that are known; the timeline fires two of them.
const std::string all_forms = R"yaml(
calendar: {start: 2020-01-01, ticks: 24, step: month}
agents:
  state: {fields: {worth: 0}, members: {a: {worth: 1}, b: {worth: 0.5}, c: {}}}
links:
  tie: {source: state, target: state, pattern: complete}
steps:
  - {event: talks, on: state, where: worth > 0, probability: 0.25 + worth / 4}
  - {event: visits, on: tie, rate: 6 * source.worth}
  - {event: letters, on: tie, count: 18}
  - {event: sides, on: tie, where: target.worth < 1, choice: target.worth, temperature: 0.5, outside: 0.25}
timeline:
  - {date: 2020-04-10, event: talks, on: a}
  - {date: 2020-04-20, event: letters, on: a -> b}
measures: {m: "total(talks[a])"}
)yaml";

const std::map<std::string, double> worth{{"a", 1.0}, {"b", 0.5}, {"c", 0.0}};

/// A closed form of the chance, by the event's name and the row's.
double chance_of(const std::string& event, const std::string& row) {
    const auto of = [](const std::string& name) { return worth.at(name); };
    if (event == "talks") return 0.25 + of(row) / 4;
    const std::string source = row.substr(0, 1), target = row.substr(5);
    if (event == "visits") return 1 - std::exp(-6 * of(source) / 12);
    if (event == "letters") return 1.5;
    double all = std::exp(0.25 / 0.5);
    for (const auto& [name, value] : worth)
        if (name != source && value < 1) all += std::exp(value / 0.5);
    return std::exp(of(target) / 0.5) / all;
}

Results logged(const Scenario& scenario, const CompileOptions& options, int lanes = 0) {
    return run_ensemble(compile(scenario, options), {.runs = 60, .seed = 5, .lanes = lanes, .log_events = true});
}

class EventLog : public testing::TestWithParam<Unroll> {
protected:
    Scenario scenario_ = scenario_of(all_forms);
};

TEST_P(EventLog, tells_the_chance_of_what_was_drawn) {
    const Results results = logged(scenario_, {.unroll = GetParam(), .chances = true});
    std::map<std::string, int> drawn;
    for (const LoggedEvent& one : results.log) {
        if (one.cause != EventCause::drawn) continue;
        const std::string& event = results.event_names[static_cast<std::size_t>(one.event)];
        const std::string& row = results.event_rows[static_cast<std::size_t>(one.event)][static_cast<std::size_t>(one.row)];
        ASSERT_NEAR(one.chance, chance_of(event, row), 1e-14) << event << " on " << row;
        ++drawn[event];
    }
    EXPECT_EQ(drawn.size(), 4U);
}

TEST_P(EventLog, happens_as_often_as_its_chances_say) {
    const Results results = logged(scenario_, {.unroll = GetParam(), .chances = true});
    double sides = 0;
    for (const LoggedEvent& one : results.log) sides += results.event_names[static_cast<std::size_t>(one.event)] == "sides" ? 1 : 0;
    double expected = 0;  // a tick of a run
    for (const std::string row : {"a -> b", "a -> c", "b -> c", "c -> b"}) expected += chance_of("sides", row);
    const double ticks = 60 * 24;
    EXPECT_NEAR(sides / ticks, expected, 4 * std::sqrt(3 * 0.25 / ticks));
}

TEST_P(EventLog, tells_what_the_timeline_fired_apart) {
    const Results results = logged(scenario_, {.unroll = GetParam(), .chances = true});
    int talks = 0, letters = 0;
    for (const LoggedEvent& one : results.log) {
        if (one.cause != EventCause::timeline) continue;
        EXPECT_EQ(one.tick, 3);
        EXPECT_EQ(one.count, 1);
        EXPECT_TRUE(std::isnan(one.chance));
        const std::string& row = results.event_rows[static_cast<std::size_t>(one.event)][static_cast<std::size_t>(one.row)];
        const bool is_talks = results.event_names[static_cast<std::size_t>(one.event)] == "talks";
        EXPECT_EQ(row, is_talks ? "a" : "a -> b");
        ++(is_talks ? talks : letters);
    }
    EXPECT_EQ(talks, 60);
    EXPECT_EQ(letters, 60);
    double counted = 0;
    for (const LoggedEvent& one : results.log) counted += one.count;
    EXPECT_EQ(counted, std::accumulate(results.event_totals.begin(), results.event_totals.end(), 0.0));
}

TEST_P(EventLog, changes_nothing_of_what_runs_do) {
    const Results without = logged(scenario_, {.unroll = GetParam()});
    for (const int lanes : {0, 1, 8}) {
        const Results with = logged(scenario_, {.unroll = GetParam(), .chances = true}, lanes);
        EXPECT_EQ(with.digest, without.digest);
        ASSERT_EQ(with.log.size(), without.log.size());
        for (std::size_t i = 0; i < with.log.size(); ++i) {
            EXPECT_EQ(with.log[i].run, without.log[i].run);
            EXPECT_EQ(with.log[i].count, without.log[i].count);
            EXPECT_TRUE(std::isnan(without.log[i].chance));
        }
    }
}

INSTANTIATE_TEST_SUITE_P(, EventLog, testing::Values(Unroll::yes, Unroll::no), [](const auto& which) { return which.param == Unroll::yes ? "row_by_row" : "by_tables"; });

TEST(EventLogOfABranch, keeps_causes_and_chances_of_the_past) {
    const Scenario scenario = scenario_of(all_forms);
    const Model model = compile(scenario, {.chances = true});
    Snapshot snapshot;
    const RunPlan plan{.runs = 20, .log_events = true, .until = 12};
    run_ensemble(model, plan, {}, &snapshot);
    const Results whole = run_ensemble(model, {.runs = 20, .log_events = true});
    const Results branch = run_ensemble(compile(scenario, {.starts_known = false, .chances = true}), {.runs = 20, .log_events = true, .from = &snapshot});
    ASSERT_EQ(branch.log.size(), whole.log.size());
    for (std::size_t i = 0; i < whole.log.size(); ++i) {
        EXPECT_EQ(branch.log[i].cause, whole.log[i].cause);
        if (whole.log[i].cause == EventCause::drawn) {
            EXPECT_EQ(branch.log[i].chance, whole.log[i].chance);
        }
    }
}

}  // namespace
}  // namespace entente::test
