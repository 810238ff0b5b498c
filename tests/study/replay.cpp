#include <entente/study/replay.hpp>

#include <cmath>
#include <string>

#include <gmock/gmock.h>

#include <entente/study/snapshot.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

const std::string quarrels = R"yaml(
calendar: {start: 2020-01-01, ticks: 24, step: month}
agents:
  state: {fields: {worth: {start: 1, range: [0, inf]}}, members: [a, b, c]}
links:
  tie: {source: state, target: state, pattern: complete, fields: {warmth: 0.5}}
steps:
  - {rule: drift, on: state, do: ["worth *= exp(normal(0, 0.1))"]}
  - {event: quarrel, on: tie, rate: 2 * source.worth, do: ["warmth *= 0.9"]}
  - {event: peace, on: tie, probability: 0.1 * warmth, do: ["warmth += 0.2"]}
timeline:
  - {date: 2020-04-10, event: quarrel, on: a -> b}
measures:
  warmth: "mean(k.warmth for k in tie)"
  broken: "first(tie[a, b].warmth < 0.2)"
  quarrels: {value: total(quarrel), on: tie, per: year}
)yaml";

Model told_model(const Scenario& scenario, bool starts_known = true) {
    return compile(scenario, {.starts_known = starts_known, .show = Shown::replay, .chances = true});
}

TEST(Replay, gives_the_bits_that_the_run_has_among_all) {
    const Scenario scenario = scenario_of(quarrels);
    const Model plain = compile(scenario), told = told_model(scenario);
    const RunPlan plan{.runs = 40, .seed = 3};
    const Results all = run_ensemble(plain, {.runs = 40, .seed = 3, .log_events = true});
    for (const std::int64_t run : {0, 17, 39}) {
        const Results one = replayed(told, plan, run);
        EXPECT_EQ(one.first_run, run);
        EXPECT_EQ(one.digest, run_ensemble(plain, {.runs = 1, .seed = 3, .first_run = run}).digest);
        for (std::size_t m = 0; m < all.measures.size(); ++m) {
            const std::size_t width = all.measures[m].width();
            for (std::size_t row = 0; row < width; ++row)
                EXPECT_TRUE(same_bits(one.final_values[m][row], all.final_values[m][static_cast<std::size_t>(run) * width + row])) << all.measures[m].name;
        }
        ASSERT_EQ(one.series[0].size(), 25U);
        for (std::size_t moment = 0; moment < 25; ++moment) EXPECT_TRUE(same_bits(one.series[0][moment], all.series[0][static_cast<std::size_t>(run) * 25 + moment]));
        std::vector<LoggedEvent> of_run;
        for (const LoggedEvent& event : all.log)
            if (event.run == run) of_run.push_back(event);
        ASSERT_EQ(one.log.size(), of_run.size());
        for (std::size_t i = 0; i < of_run.size(); ++i) {
            EXPECT_EQ(one.log[i].tick, of_run[i].tick);
            EXPECT_EQ(one.log[i].event, of_run[i].event);
            EXPECT_EQ(one.log[i].row, of_run[i].row);
            EXPECT_EQ(one.log[i].count, of_run[i].count);
            EXPECT_EQ(one.log[i].cause, of_run[i].cause);
            EXPECT_EQ(std::isnan(one.log[i].chance), one.log[i].cause == EventCause::timeline);
        }
    }
}

TEST(Replay, shows_what_agents_and_links_hold) {
    const Scenario scenario = scenario_of(quarrels);
    const Model told = told_model(scenario);
    ASSERT_EQ(told.shown.size(), 2U);
    const Results one = replayed(told, {.runs = 8}, 5);
    ASSERT_EQ(one.relations.size(), 2U);
    const std::size_t moments = one.relation_moments.size();
    EXPECT_EQ(moments, 25U);
    EXPECT_EQ(one.relations[0].size(), moments * 3) << "states";
    EXPECT_EQ(one.relations[1].size(), moments * 6) << "ties";
    for (std::size_t at = 0; at < moments; ++at) {
        double sum = 0;
        for (std::size_t tie = 0; tie < 6; ++tie) sum += one.relations[1][at * 6 + tie];
        EXPECT_NEAR(sum / 6, one.series[0][at], 1e-12);
    }
}

TEST(Replay, of_a_branch_logs_from_the_snapshot_on_where_that_holds_no_events) {
    const Scenario scenario = scenario_of(quarrels);
    const Model model = compile(scenario);
    Snapshot snapshot;
    run_ensemble(model, {.runs = 10, .until = 12}, {}, &snapshot);
    const Model told = told_model(scenario, false);
    EXPECT_THROW(run_ensemble(told, {.runs = 10, .log_events = true, .from = &snapshot}), Error);
    const Results one = replayed(told, {.runs = 10, .from = &snapshot}, 7);
    const Results whole = replayed(told_model(scenario), {.runs = 10}, 7);
    EXPECT_EQ(one.digest, whole.digest);
    ASSERT_FALSE(one.log.empty());
    EXPECT_GE(one.log.front().tick, 12);
    EXPECT_EQ(std::ranges::count_if(whole.log, [](const LoggedEvent& event) { return event.tick >= 12; }), std::ssize(one.log));
}

}  // namespace
}  // namespace entente::test
