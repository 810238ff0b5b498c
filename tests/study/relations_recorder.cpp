// Tests: model/compile_shown.
// What drawings of relations show is what series and the log of events hold, however runs are cut into batches.
#include <entente/study/relations_recorder.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <entente/base/statistics.hpp>
#include <entente/study/ensemble.hpp>
#include <entente/study/snapshot.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

/// Two states and their ties; with `limit` below 100 some runs fail. `w` and `pull` are measured too, to be held against what is shown.
std::string ties(const std::string& limit = "100") {
    return R"yaml(
calendar: {start: 2020-11-01, ticks: 90, step: week}
agents:
  state: {fields: {x: 0}, members: [a, b, c]}
links:
  tie:
    source: state
    target: state
    fields: {w: 0}
    derived: {pull: "w * source.x + t + visit + sum(r.w for r in tie.out(source))"}
    pattern: complete
steps:
  - {rule: walk, on: state, do: [x += normal()]}
  - {event: visit, on: tie, rate: 5, do: [w += 1]}
  - {rule: wall, on: state, do: [x = x + 0 * sqrt()yaml" + limit + R"yaml( - x)]}
timeline:
  - {date: 2021-03-05, event: visit, on: b -> a}
measures:
  pull: {value: pull, on: tie}
  w: {value: w, on: tie}
)yaml";
}

constexpr std::int64_t runs_made = 40;

Results shown(const Scenario& scenario, Unroll unroll, int lanes, int threads, const std::string& instruction_set = "") {
    const Model model = compile(scenario, {.varied = {}, .unroll = unroll, .show = Shown::relations});
    return run_ensemble(model, {.runs = runs_made, .seed = 3, .threads = threads, .lanes = lanes, .instruction_set = instruction_set, .log_events = true, .relations = true});
}

void expect_relations_as_panels(const Results& results) {
    ASSERT_EQ(results.relation_runs, runs_made);
    ASSERT_EQ(results.relations.size(), 2U);  // pull, then w
    const std::int64_t shown_moments = std::ssize(results.relation_moments);
    for (std::size_t quantity = 0; quantity < 2; ++quantity)
        for (std::int64_t run = 0; run < runs_made; ++run) {
            if (results.failed(run)) continue;
            for (std::int64_t at = 0; at < shown_moments; ++at)
                for (std::int64_t link = 0; link < 6; ++link)
                    ASSERT_EQ(results.relations[quantity][static_cast<std::size_t>((run * shown_moments + at) * 6 + link)],
                              results.series[quantity][static_cast<std::size_t>((run * results.calendar.moments() + results.relation_moments[static_cast<std::size_t>(at)]) * 6 + link)])
                        << "quantity " << quantity << ", run " << run << ", moment " << at << ", link " << link;
        }
}

void expect_events_as_logged(const Results& results) {
    ASSERT_EQ(results.years_in_span, 1);
    std::vector<double> logged(6 * 3);
    for (const LoggedEvent& event : results.log)
        if (!results.failed(event.run)) logged[static_cast<std::size_t>(event.row * 3 + results.calendar.year(event.tick) - 2020)] += event.count;
    EXPECT_EQ(results.events_by_year, logged);
    ASSERT_EQ(results.year_count_runs, std::min<std::int64_t>(results.runs, 1000));
    std::vector<float> by_run(static_cast<std::size_t>(results.year_count_runs * 3));
    for (const LoggedEvent& event : results.log)
        if (const std::int64_t run = event.run - results.first_run; run < results.year_count_runs && !results.failed(event.run))
            by_run[static_cast<std::size_t>(run * 3 + results.calendar.year(event.tick) - 2020)] += static_cast<float>(event.count);
    ASSERT_EQ(results.events_in_runs.size(), by_run.size());
    for (std::size_t i = 0; i < by_run.size(); ++i)
        if (!results.failed(results.first_run + static_cast<std::int64_t>(i / 3))) EXPECT_EQ(results.events_in_runs[i], by_run[i]) << "run " << i / 3;
    EXPECT_GT(logged[0], 0);
}

TEST(RelationsRecorder, takes_what_panels_and_the_log_hold_however_runs_are_cut) {
    for (const std::string& limit : {std::string("100"), std::string("12")}) {
        const Scenario scenario = scenario_of(ties(limit));
        for (const Unroll unroll : {Unroll::no, Unroll::yes})
            for (const int lanes : {0, 1, 8, 64})
                for (const int threads : {1, 3}) {
                    SCOPED_TRACE(testing::Message() << "limit " << limit << ", unrolled " << (unroll == Unroll::yes) << ", lanes " << lanes << ", threads " << threads);
                    const Results results = shown(scenario, unroll, lanes, threads);
                    EXPECT_EQ(results.failures.empty(), limit == "100");
                    EXPECT_LT(results.failures.size(), 30U);
                    expect_relations_as_panels(results);
                    expect_events_as_logged(results);
                }
    }
}

TEST(RelationsRecorder, changes_no_value_of_the_runs) {
    const Scenario scenario = scenario_of(ties());
    const Model plain = compile(scenario);
    EXPECT_EQ(run_ensemble(plain, {.runs = runs_made, .seed = 3}).digest, shown(scenario, Unroll::automatic, 0, 1).digest);
    EXPECT_TRUE(plain.shown.empty());
    EXPECT_TRUE(plain.show.empty());
}

TEST(RelationsRecorder, of_a_branch_holds_what_the_whole_runs_do_from_its_first_tick_on) {
    const Scenario scenario = scenario_of(ties());
    const Model model = compile(scenario, {.varied = {}, .starts_known = false, .show = Shown::relations});
    const std::int64_t runs = 20;
    Snapshot snapshot;
    run_ensemble(model, {.runs = runs, .seed = 3, .until = 50}, {}, &snapshot);
    const Results whole = run_ensemble(model, {.runs = runs, .seed = 3, .series_runs = runs});
    for (const int threads : {1, 2})
        for (const int lanes : {1, 8}) {
            const Results branch = run_ensemble(model, {.runs = runs, .seed = 3, .threads = threads, .lanes = lanes, .series_runs = 0, .relations = true, .from = &snapshot});
            EXPECT_EQ(branch.relation_moments.front(), 51) << "the snapshot holds no clocks and no counts of events";
            EXPECT_EQ(branch.relation_moments.back(), 90);
            EXPECT_TRUE(branch.events_by_year.empty()) << "those before it were not counted";
            const std::int64_t moments = std::ssize(branch.relation_moments);
            for (std::size_t quantity = 0; quantity < 2; ++quantity)
                for (std::int64_t run = 0; run < runs; ++run)
                    for (std::int64_t at = 0; at < moments; ++at)
                        for (std::int64_t link = 0; link < 6; ++link)
                            ASSERT_EQ(branch.relations[quantity][static_cast<std::size_t>((run * moments + at) * 6 + link)],
                                      whole.series[quantity][static_cast<std::size_t>((run * 91 + branch.relation_moments[static_cast<std::size_t>(at)]) * 6 + link)])
                                << "quantity " << quantity << ", run " << run << ", moment " << at << ", link " << link;
        }
}

TEST(RelationsRecorder, of_many_rows_to_show_are_of_few_runs_and_leave_lanes_alone) {
    const std::string text = "agents: {a: {count: 20}}\nlinks: {k: {source: a, target: a, fields: {w: 1}, derived: {z: median(l.w for l in k if l.w < w)}, pattern: complete}}\n"
                             "steps: [{rule: r, on: k, do: ['w += normal()']}]";
    const Scenario scenario = scenario_of(text);
    const Model plain = compile(scenario);
    const Model shown = compile(scenario, {.show = Shown::relations});
    EXPECT_EQ(suitable_lanes(shown, 1000), suitable_lanes(plain, 1000));
    EXPECT_LT(relation_runs_of(shown, 1000), 100) << "each moment goes through 144,400 pairs";
    EXPECT_GE(relation_runs_of(shown, 1000), 1);
}

TEST(RelationsRecorder, keeps_as_many_first_runs_as_fit_and_a_stopped_ensemble_those_made) {
    const Scenario scenario = scenario_of(ties());
    const Model model = compile(scenario, {.show = Shown::relations});
    EXPECT_EQ(relation_bytes_per_run(model), 2 * 6 * std::ssize(thinned(91, most_relation_moments)) * 8);
    EXPECT_EQ(run_ensemble(model, {.runs = 1100, .relations = true}).relation_runs, most_relation_runs);
    const Results stopped = run_ensemble(model, {.runs = 400, .threads = 1, .lanes = 8, .relations = true}, [](const Progress& p) { return p.runs_done < 16; });
    EXPECT_EQ(stopped.runs, 16);
    EXPECT_EQ(stopped.relation_runs, 16);
    EXPECT_EQ(stopped.year_count_runs, 16);
    EXPECT_EQ(stopped.events_in_runs.size(), 16U * 3);
    EXPECT_EQ(std::ssize(stopped.relations[0]), 16 * std::ssize(stopped.relation_moments) * 6);
}

}  // namespace
}  // namespace entente::test
