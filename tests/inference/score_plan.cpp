// Tests: score_items, scored_runs.
#include <cmath>

#include <gmock/gmock.h>

#include <entente/inference/scored_runs.hpp>
#include <entente/scenario/read.hpp>
#include <entente/study/ensemble.hpp>
#include <entente/study/recorder.hpp>

#include "../scratch.hpp"

namespace entente {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string months = R"--(entente: 1
calendar: {start: 2020-01-01, ticks: 48, step: month}
parameters: {hazard: {value: 0.5, fitted_to: 2020-12-31}}
agents: {state: {fields: {done: 0}, members: [a, b, c]}}
steps:
  - {event: falls, on: state, where: done == 0, rate: hazard, do: [done = 1]}
measures:
  first_of_all: "first(sum(k.done for k in state) > 0)"
  fallen: sum(k.done for k in state)
  falls_yearly: {value: "total(sum(falls[k] for k in state))", per: year}
  fell: {value: first(done > 0), on: state}
)--";

Scenario scenario_of(const std::string& rest) {
    return read_scenario_text(months + rest, "months.yaml", "/nonexistent").scenario;
}

/// All that is scored of runs of the scenario.
Scored score_of(const Scenario& scenario, std::vector<ScoreSpan> spans, std::int64_t runs) {
    const ScorePlan plan = score_plan(scenario, std::move(spans));
    const Model model = compile(plan.scenario);
    const Results results = run_ensemble(model, {.runs = runs, .series_runs = 0});
    ScoredRuns held{
        .layout = &results,
        .values =
            [&](std::size_t measure, std::size_t row, int year) {
                const std::size_t width = results.measures[measure].width();
                std::vector<double> values;
                for (std::size_t run = 0; run < static_cast<std::size_t>(runs); ++run)
                    values.push_back(
                        year < 0 ? results.final_values[measure][run * width + row]
                                 : results.yearly[measure][(run * results.years.size() + static_cast<std::size_t>(year)) * width + row]);
                return values;
            },
        .watched = std::vector<double>(static_cast<std::size_t>(runs), 48),
        .weights = {}};
    return score_runs(plan, held, {.resamples = 50});
}

Scored scored(const std::string& rest, std::vector<ScoreSpan> spans, std::int64_t runs = 200) {
    return score_of(scenario_of(rest), std::move(spans), runs);
}

std::vector<std::string> names_of(const Scored& scored) {
    std::vector<std::string> names;
    for (const ScoredItem& one : scored.items) names.push_back(one.item.name);
    return names;
}

TEST(ScoreMoments, are_those_of_whole_ticks) {
    const Calendar calendar = scenario_of("").calendar;
    EXPECT_EQ(moment_since(calendar, "2021-01-01"), 12);
    EXPECT_EQ(moment_since(calendar, "2021-01-02"), 13);
    EXPECT_EQ(moment_since(calendar, "1990-01-01"), 0);
    EXPECT_EQ(moment_until(calendar, "2021-12-31"), 24);
    EXPECT_EQ(moment_until(calendar, "2021-12-30"), 23);
    EXPECT_EQ(moment_until(calendar, "2050-12-30"), 48);
    EXPECT_EQ(moment_fitted_to(scenario_of("")), 12);
    EXPECT_EQ(moment_since(Calendar::undated(9), "3"), 3);
    EXPECT_EQ(moment_until(Calendar::undated(9), "3"), 4);
    EXPECT_THROW(moment_since(calendar, "2024-01-01"), Error);
    EXPECT_THROW(moment_since(calendar, "2021-02-30"), Error);
    EXPECT_THROW(moment_until(calendar, "2019-12-31"), Error);
    EXPECT_THROW(moment_since(Calendar::undated(9), "2021-01-01"), Error);
}

TEST(RollingYears, have_an_origin_each) {
    const Calendar calendar = scenario_of("").calendar;
    EXPECT_THAT(rolling_years(calendar, {6, 30}), ElementsAre(ScoreSpan{6, 12}, ScoreSpan{12, 24}, ScoreSpan{24, 30}));
    EXPECT_THAT(rolling_years(Calendar::undated(3), {0, 3}), ElementsAre(ScoreSpan{0, 1}, ScoreSpan{1, 2}, ScoreSpan{2, 3}));
}

TEST(ScoreItems, are_what_came_since_the_origin_or_had_not) {
    const Scored all = scored("observed: {first_of_all: {date: 2021-06-15}, fallen: {value: 2}}\n", {{12, 48}});
    EXPECT_THAT(names_of(all), ElementsAre("first_of_all", "fallen"));
    const ScoreItem& date = all.items[0].item;
    EXPECT_EQ(date.came.earliest, 18) << "in tick 17, which is over at 18";
    EXPECT_EQ(date.came.latest, 18);
    EXPECT_EQ(date.window.begin, 12);
    EXPECT_EQ(date.exposure.events, 0);
    EXPECT_EQ(date.exposure.time, 12);
    EXPECT_EQ(all.items[1].item.value, 2);
    EXPECT_THAT(all.left_out, IsEmpty());
}

TEST(ScoreItems, leave_out_what_had_come_or_may_have_come_before) {
    const Scored came = scored("observed: {first_of_all: {date: 2020-06-15}}\n", {{12, 48}});
    EXPECT_THAT(came.items, IsEmpty());
    EXPECT_THAT(came.left_out, ElementsAre("1 date had come before 2021-01-01, and is not scored: first_of_all"));
    EXPECT_THAT(scored("observed: {first_of_all: {date: [2020-12-15, 2021-01-15]}}\n", {{12, 48}}).left_out.at(0),
                HasSubstr("may have come before 2021-01-01"));
    EXPECT_THAT(scored("observed: {first_of_all: {never: 2020-11-30}}\n", {{12, 48}}).left_out.at(0),
                HasSubstr("not known after 2021-01-01"));
}

TEST(ScoreItems, that_are_known_for_a_while_are_scored_so_long) {
    const Scored known = scored("observed: {first_of_all: {never: 2022-03-31}}\n", {{12, 48}});
    ASSERT_EQ(known.items.size(), 1u);
    EXPECT_EQ(known.items[0].item.window.end, 27) << "the end of March 2022";
    EXPECT_EQ(known.items[0].scores.came, 0);
}

TEST(ScoreItems, of_events_are_the_first_on_each_row_since_the_origin) {
    const Scored events =
        scored("record:\n  - {events: falls, dates: {a: 2020-03-04, b: [2021-05-06, 2022-01-01]}, complete: [2020, 2022]}\n", {{12, 48}});
    EXPECT_THAT(names_of(events), ElementsAre("falls[a]", "falls[b]", "falls[c]"));
    EXPECT_EQ(events.items[0].scores.came, 0) << "it came before, and not again";
    EXPECT_EQ(events.items[1].item.came.latest, 17);
    EXPECT_EQ(events.items[1].item.window.end, 36) << "the record ends before the calendar";
    EXPECT_EQ(events.items[1].item.exposure.events, 1);
    EXPECT_EQ(events.items[1].item.exposure.time, 36) << "three rows for twelve ticks";
}

TEST(ScoreItems, of_events_are_on_rows_of_which_the_record_is_complete) {
    const Scored events =
        scored("record:\n  - {events: falls, dates: {b: 2021-05-06}, where: 'self != state[c]', complete: [2020, 2022]}\n", {{12, 48}});
    EXPECT_THAT(names_of(events), ElementsAre("falls[a]", "falls[b]"));
    EXPECT_EQ(events.items[0].item.exposure.time, 24);
}

TEST(ScoreItems, leave_out_what_the_timeline_makes_happen) {
    const Scored events = scored(
        "timeline:\n  - {date: 2021-05-06, event: falls, on: b}\nrecord:\n  - {events: falls, dates: {b: 2021-05-06}, complete: [2020, "
        "2022]}\n",
        {{12, 48}});
    EXPECT_THAT(names_of(events), ElementsAre("falls[a]", "falls[c]"));
    EXPECT_THAT(events.left_out.at(0), HasSubstr("made to happen by the timeline"));
}

TEST(ScoreItems, of_values_over_time_stand_at_their_moments_and_years) {
    const Scratch scratch;
    const std::filesystem::path& folder = scratch.path();
    std::ofstream(folder / "fallen.csv") << "date,value\n2020-07-01,0\n2021-01-01,1\n2022-01-01,2\n2023-01-01,2.5\n";
    std::ofstream(folder / "years.csv") << "year,value\n2020,0\n2021,1\n2022,1\n2023,0\n";
    const Scenario scenario =
        read_scenario_text(months + "observed: {fallen: {table: fallen.csv, sd: 1}, falls_yearly: {table: years.csv, per: year}}\n",
                           "m.yaml", folder)
            .scenario;
    const ScorePlan plan = score_plan(scenario, {{12, 48}});
    const Model model = compile(plan.scenario);
    const Results layout = empty_results(model, 0, 0);
    const ScoreItems found = score_items(plan, layout, {});
    std::vector<std::string> names;
    for (const ScoreItem& one : found.items) names.push_back(one.name);
    EXPECT_THAT(names,
                ElementsAre("fallen[2022-01-01]", "fallen[2023-01-01]", "falls_yearly[2021]", "falls_yearly[2022]", "falls_yearly[2023]"));
    EXPECT_THAT(found.items[0].before, ElementsAre(0, 1)) << "that of the origin is known";
    EXPECT_EQ(found.items[1].steps, 2);
    EXPECT_EQ(found.items[1].sd, 1);
    EXPECT_TRUE(found.items[2].is_chance);
    EXPECT_THAT(found.items[2].before, ElementsAre(0));
    const Results results = run_ensemble(model, {.runs = 4, .series_runs = 4});
    const std::size_t fallen = 1;
    for (std::size_t run = 0; run < 4; ++run)
        EXPECT_EQ(results.final_values[found.items[0].measure][run], results.series[fallen][run * 49 + 24])
            << "the state at the beginning of tick 24";
}

TEST(ScoredRuns, of_a_constant_hazard_give_its_chances) {
    constexpr std::int64_t runs = 4000;
    const Scored all = scored("record:\n  - {events: falls, dates: {b: 2021-05-06}, complete: [2020, 2023]}\n", {{0, 48}}, runs);
    ASSERT_EQ(all.items.size(), 3u);
    const double chance = 1 - std::exp(-0.5 * 4);
    const double error = std::sqrt(chance * (1 - chance) / runs);
    for (const ScoredItem& one : all.items) EXPECT_NEAR(one.scores.runs.chance, chance, 4 * error) << one.item.name;
    EXPECT_NEAR(all.items[1].scores.runs.of[0], std::pow(1 - chance, 2), 8 * error * (1 - chance));
    EXPECT_NEAR(all.pool.scores.at(0).score, (2 * chance * chance + (1 - chance) * (1 - chance)) / 3, 8 * error);
    EXPECT_FALSE(all.items[0].scores.against[static_cast<std::size_t>(Baseline::constant_hazard)]) << "nothing was waited for before";
    EXPECT_EQ(all.effective, runs);
}

TEST(ScoredRuns, that_had_it_before_the_origin_forecast_that_it_has_come) {
    constexpr std::int64_t runs = 4000;
    const Scored all = scored("observed: {first_of_all: {date: 2021-06-15}}\n", {{12, 48}}, runs);
    const double chance = 1 - std::exp(-3 * 0.5 * 4);
    EXPECT_NEAR(all.items.at(0).scores.runs.chance, chance, 4 * std::sqrt(chance * (1 - chance) / runs) + 1e-3);
}

TEST(ScoredRuns, see_of_counts_what_comes_onto_the_record) {
    const Scenario sure = with_setting(scenario_of("observed: {falls_yearly: {value: 3, per: year, seen: 0.5}}\n"), "hazard=1000");
    const Scored all = score_of(sure, {{0, 48}}, 4000);
    ASSERT_EQ(all.items.size(), 1u);
    const Interval transform = all.items[0].scores.transform;
    EXPECT_EQ(transform.high, 1);
    EXPECT_NEAR(transform.low, 7.0 / 8, 4 * std::sqrt(7.0 / 64 / 4000)) << "all three fall, and each is on record with chance 1/2";
}

}  // namespace
}  // namespace entente
