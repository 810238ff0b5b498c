// Tests: page_replay.
#include <entente/report/replay_data.hpp>

#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <entente/study/replay.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string quarrels = R"yaml(
calendar: {start: 2020-01-01, ticks: 24, step: month}
agents:
  state: {label: State, fields: {worth: {start: 1, range: [0, inf]}}, members: {a: {label: Aland}, b: {}}}
links:
  tie: {source: state, target: state, members: [a -> b, b -> a], fields: {warmth: 0.5, trust: {start: 0.1, label: Trust}}}
steps:
  - {rule: drift, on: state, do: ["worth *= exp(normal(0, 0.1))"]}
  - {event: quarrel, on: tie, rate: 2, label: Quarrel, do: ["warmth *= 0.9"]}
  - {event: letters, on: tie, count: 10}
timeline:
  - {date: 2020-04-10, event: quarrel, on: a -> b}
measures:
  warmth: {value: "tie[a, b].warmth", unit: "1", label: Warmth}
  cold: "first(tie[a, b].warmth < 0.2)"
)yaml";

class ReplayOfQuarrels : public testing::Test {
protected:
    [[nodiscard]] page::ReplayData data(std::vector<std::int64_t> runs) {
        stories_.clear();
        for (const std::int64_t run : runs) stories_.push_back({replayed(model_, {.runs = 100}, run), {{.why = TellingReason::Why::typical}}});
        return replay_data(scenario_, model_, {.runs = {}, .compared = 100, .has_all = true}, stories_, usual_headline(stories_.front().results));
    }

    Scenario scenario_ = scenario_of(quarrels);
    Model model_ = compile(scenario_, {.show = Shown::replay, .chances = true});
    std::vector<Story> stories_;
};

TEST_F(ReplayOfQuarrels, tells_all_of_a_short_log) {
    const page::ReplayData told = data({17, 3});
    ASSERT_EQ(told.runs.size(), 2U);
    EXPECT_EQ(told.chance_of, "chance in a month");
    EXPECT_EQ(told.events[0].name, "Quarrel");
    EXPECT_EQ(told.events[0].form, "rate");
    for (std::size_t i = 0; i < 2; ++i) {
        const page::ReplayRun& run = told.runs[i];
        const auto& log = stories_[i].results.log;
        EXPECT_EQ(run.run, i == 0 ? 17 : 3);
        EXPECT_THAT(run.reasons, ElementsAre("typical: nearest the medians of all measures"));
        ASSERT_EQ(run.events.size(), log.size());
        for (std::size_t e = 0; e < log.size(); ++e) {
            EXPECT_EQ(run.when[e], page::moment_at(scenario_.calendar, static_cast<double>(log[e].tick)));
            EXPECT_EQ(told.events[static_cast<std::size_t>(run.events[e])].rows[static_cast<std::size_t>(run.rows[e])], log[e].row == 0 ? "Aland -> b" : "b -> Aland");
            EXPECT_EQ(told.causes[static_cast<std::size_t>(run.causes[e])], name_of(log[e].cause));
            EXPECT_EQ(static_cast<double>(run.counts[e]), log[e].count);
            if (!std::isnan(log[e].chance)) {
                EXPECT_NEAR(run.chances[e], log[e].chance, 5e-5 * log[e].chance);
            }
        }
        EXPECT_TRUE(run.often.empty());
    }
}

TEST_F(ReplayOfQuarrels, has_their_measures_and_what_agents_and_links_hold) {
    const page::ReplayData told = data({17, 3});
    EXPECT_EQ(told.times.size(), 25U);
    EXPECT_EQ(told.state_times.size(), 25U);
    ASSERT_EQ(told.series.size(), 1U);
    EXPECT_EQ(told.series[0].name, "Warmth");
    EXPECT_EQ(told.series[0].values.count, 2 * 25);
    EXPECT_EQ(told.series[0].values.high, 0.5);
    ASSERT_EQ(told.dates.size(), 1U);
    for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(told.dates[0].when[i].has_value(), !std::isnan(stories_[i].results.final_values[1][0]));
    ASSERT_EQ(told.kinds.size(), 2U);
    EXPECT_EQ(told.kinds[0].name, "State");
    EXPECT_FALSE(told.kinds[0].is_link);
    EXPECT_THAT(told.kinds[0].rows, ElementsAre("Aland", "b"));
    EXPECT_EQ(told.kinds[1].fields[0].name, "warmth");
    EXPECT_EQ(told.kinds[1].fields[1].name, "Trust");
    EXPECT_EQ(told.kinds[1].fields[0].values.count, 2 * 2 * 25);
}

TEST_F(ReplayOfQuarrels, counts_what_is_too_frequent) {
    static_cast<void>(data({17}));
    Results& results = stories_.front().results;
    results.log.insert(results.log.end(), 500, {.run = 17, .tick = 23, .event = 1, .row = 0, .count = 2, .chance = 1.5});
    const page::ReplayData told = replay_data(scenario_, model_, {}, stories_, {});
    EXPECT_THAT(told.runs[0].events, testing::Each(0)) << "all quarrels";
    ASSERT_EQ(told.runs[0].often.size(), 1U);
    EXPECT_EQ(told.runs[0].often[0].name, "letters");
    EXPECT_GE(told.runs[0].often[0].times, 1000);
    EXPECT_THAT(told.note, HasSubstr("The typical run is the one nearest the medians of all measures, among 0 runs that were compared"));
}

}  // namespace
}  // namespace entente::test
