// Many runs: plans, progress, stops, logs.
#include <algorithm>
#include <atomic>
#include <limits>
#include <span>
#include <string>
#include <tuple>
#include <vector>

#include <gmock/gmock.h>

#include <entente/study/recorder.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

/// A walk, an event, one entry of the timeline; a run whose x passes `limit` fails.
std::string walkers(const std::string& limit = "100") {
    return R"yaml(
calendar: {start: 2021-01-01, ticks: 10, step: month}
agents:
  state: {fields: {x: 0, y: 0}, members: [a, b]}
links:
  tie: {source: state, target: state, fields: {w: 0}, pattern: complete}
steps:
  - {rule: walk, on: state, do: [x += normal()]}
  - {event: visit, on: tie, rate: 3, code: {cameo: "042", goldstein: 1.9}, do: [w += 1]}
  - {event: fall, on: state, count: 2 * (x < 0)}
  - {rule: wall, on: state, do: [y = sqrt()yaml" + limit + R"yaml( - x)]}
timeline:
  - {date: 2021-03-05, event: visit, on: b -> a}
measures:
  x: "state[a].x"
  y: {value: y, on: state}
  visits: "total(sum(r.visit for r in tie))"
  falls: {value: "total(sum(k.fall for k in state))", per: year}
  when: "first(state[b].x > 1)"
)yaml";
}

/// Runs [0, n) of `some` are those of `all`.
void expect_prefix(const Results& some, const Results& all, std::size_t n) {
    for (std::size_t m = 0; m < all.measures.size(); ++m) {
        const auto first = [&](std::span<const double> values, std::size_t runs) {
            return runs == 0 ? std::vector<double>{} : std::vector<double>(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / runs * n));
        };
        const auto runs = static_cast<std::size_t>(all.runs);
        EXPECT_TRUE(same_bits(some.final_values[m], first(all.final_values[m], runs)));
        EXPECT_TRUE(same_bits(some.series[m], first(all.series[m], runs)));
        EXPECT_TRUE(same_bits(some.yearly[m], first(all.yearly[m], runs)));
    }
}

// -- plans --------------------------------------------------------------------------------------------------------------------------------

TEST(Ensemble, refuses_plans_that_make_no_sense) {
    const Model model = compile(scenario_of(walkers()));
    EXPECT_EQ(refusal([&] { run_ensemble(model, {.runs = 0}); }), "cannot make 0 runs\nhelp: ask for at least 1");
    EXPECT_EQ(refusal([&] { run_ensemble(model, {.lanes = 12}); }), "a batch cannot have 12 lanes\nhelp: lanes are 1 or a power of two from 8");
    EXPECT_EQ(refusal([&] { run_ensemble(model, {.lanes = 4}); }), "a batch cannot have 4 lanes\nhelp: lanes are 1 or a power of two from 8");
    EXPECT_EQ(refusal([&] { run_ensemble(model, {.first_run = -1}); }), "runs are numbered 0 to 4294967294\nhelp: use another seed for more");
    EXPECT_EQ(refusal([&] { run_ensemble(model, {.first_run = (std::int64_t{1} << 32) - 1}); }), "runs are numbered 0 to 4294967294\nhelp: use another seed for more");
    constexpr auto greatest = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(refusal([&] { run_ensemble(model, {.runs = 10, .first_run = greatest - 2}); }), "runs are numbered 0 to 4294967294\nhelp: use another seed for more");
    EXPECT_EQ(refusal([&] { run_ensemble(model, {.runs = greatest, .first_run = greatest}); }), "runs are numbered 0 to 4294967294\nhelp: use another seed for more");
    EXPECT_THAT(refusal([&] { run_ensemble(model, {.instruction_set = "mmx"}); }), testing::StartsWith("the instruction set 'mmx' is not available on this machine"));
}

TEST(Ensemble, tells_what_it_did) {
    const Results results = run(walkers(), {.runs = 20, .seed = 7, .threads = 2, .lanes = 8, .instruction_set = "portable"});
    EXPECT_EQ(results.runs, 20);
    EXPECT_EQ(results.seed, 7U);
    EXPECT_EQ(results.threads, 2);
    EXPECT_EQ(results.lanes, 8);
    EXPECT_EQ(results.instruction_set, "portable");
    EXPECT_EQ(results.row_updates, 20 * 10 * (2 + 2 + 2 + 2));
    EXPECT_GT(results.seconds, 0);
    EXPECT_EQ(results.calendar.ticks(), 10);
    EXPECT_THAT(results.event_names, ElementsAre("visit", "fall"));
    EXPECT_THAT(results.event_kinds, ElementsAre("tie", "state"));
    EXPECT_THAT(results.event_rows[0], ElementsAre("a -> b", "b -> a"));
    EXPECT_THAT(results.event_cameo, ElementsAre("042", ""));
    EXPECT_EQ(results.event_goldstein[0], 1.9);
    EXPECT_FALSE(results.event_goldstein[1]);
}

TEST(Ensemble, of_few_runs_leaves_no_trace_of_the_lanes_that_were_not_asked_for) {
    const Results three = run(walkers(), {.runs = 3, .threads = 1, .lanes = 64, .log_events = true});
    const Results many = run(walkers(), {.runs = 64, .threads = 1, .lanes = 64});
    expect_prefix(three, many, 3);
    EXPECT_THAT(final_values(three, "x"), SizeIs(3));
    for (const LoggedEvent& event : three.log) EXPECT_LT(event.run, 3);
    EXPECT_EQ(three.event_totals[0], final_values(three, "visits")[0] + final_values(three, "visits")[1] + final_values(three, "visits")[2]);
}

// -- progress and stops -------------------------------------------------------------------------------------------------------------------

TEST(Ensemble, tells_progress_after_every_batch) {
    std::vector<Progress> told;
    run_ensemble(compile(scenario_of(walkers())), {.runs = 100, .threads = 2, .lanes = 8}, [&](const Progress& progress) { return told.push_back(progress), true; });
    ASSERT_THAT(told, SizeIs(13));
    for (std::size_t i = 1; i < told.size(); ++i) EXPECT_GT(told[i].runs_done, told[i - 1].runs_done);
    EXPECT_EQ(told.back().runs_done, 100);
    EXPECT_EQ(told.back().runs_total, 100);
    EXPECT_EQ(told.back().failures, 0);
}

TEST(Ensemble, when_stopped_keeps_the_first_runs_without_a_gap) {
    const Scenario scenario = scenario_of(walkers("2"));
    const Results all = run(scenario, {.runs = 200, .threads = 1, .log_events = true});
    for (const int threads : {1, 2})
        for (const std::int64_t stop_after : {8, 40}) {
            const Results some = run_ensemble(compile(scenario), {.runs = 200, .threads = threads, .lanes = 8, .log_events = true},
                                              [&](const Progress& progress) { return progress.runs_done < stop_after; });
            EXPECT_GE(some.runs, stop_after);
            EXPECT_LE(some.runs, stop_after + 8 * (threads - 1));  // batches in hand are ended
            const auto n = static_cast<std::size_t>(some.runs);
            expect_prefix(some, all, n);
            const Results asked = run(scenario, {.runs = some.runs, .threads = 1, .log_events = true});
            EXPECT_EQ(some.digest, asked.digest);
            EXPECT_EQ(some.failures, asked.failures);
            EXPECT_EQ(some.event_totals, asked.event_totals);
            EXPECT_EQ(some.log.size(), asked.log.size());
            EXPECT_EQ(some.row_updates, asked.row_updates);
        }
}

TEST(Ensemble, fails_fast_when_asked_to) {
    const Results results = run(walkers("2"), {.runs = 500, .threads = 1, .lanes = 8, .fail_fast = true});
    EXPECT_LT(results.runs, 500);
    EXPECT_FALSE(results.failures.empty());
    const std::int64_t first = results.failures.front().run;
    EXPECT_EQ(results.runs, first / 8 * 8 + 8);
    EXPECT_EQ(run(walkers("2"), {.runs = 500, .threads = 1, .lanes = 8}).runs, 500);
}

TEST(Ensemble, counts_failures_in_its_progress) {
    std::int64_t told = 0;
    const Results results = run_ensemble(compile(scenario_of(walkers("2"))), {.runs = 100, .threads = 1, .lanes = 8}, [&](const Progress& progress) { return told = progress.failures, true; });
    EXPECT_GT(told, 0);
    EXPECT_EQ(told, static_cast<std::int64_t>(results.failures.size()));
}

// -- what is kept -------------------------------------------------------------------------------------------------------------------------

TEST(Ensemble, logs_events_by_run_tick_step_and_row) {
    const Results results = run(walkers(), {.runs = 60, .threads = 2, .lanes = 8, .log_events = true});
    const auto key = [](const LoggedEvent& e) { return std::tie(e.run, e.tick, e.event, e.row); };
    EXPECT_TRUE(std::is_sorted(results.log.begin(), results.log.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); }));
    std::vector<double> visits(60);
    std::vector<double> totals(2);
    for (const LoggedEvent& event : results.log) {
        EXPECT_GT(event.count, 0);
        totals[static_cast<std::size_t>(event.event)] += event.count;
        if (event.event == 0) visits[static_cast<std::size_t>(event.run)] += event.count;
    }
    EXPECT_EQ(visits, final_values(results, "visits"));
    EXPECT_EQ(totals, results.event_totals);
}

TEST(Ensemble, logs_what_the_timeline_fires) {
    const Results results = run(walkers(), {.runs = 60, .threads = 1, .log_events = true});
    int seen = 0;
    for (const LoggedEvent& event : results.log) seen += event.cause == EventCause::timeline && event.tick == 2 && event.event == 0 && event.row == 1;
    EXPECT_EQ(seen, 60);
}

TEST(Ensemble, logs_nothing_unless_asked) {
    EXPECT_THAT(run(walkers(), {.runs = 60, .threads = 1}).log, IsEmpty());
}

TEST(Ensemble, keeps_as_many_series_as_asked_for) {
    const Results all = run(walkers(), {.runs = 50, .threads = 2, .lanes = 8});
    const std::vector<double> x = series(all, "x");
    EXPECT_EQ(all.series_runs, 50);
    for (const std::int64_t kept : {0, 1, 20, 100}) {
        const Results some = run(walkers(), {.runs = 50, .threads = 2, .lanes = 8, .series_runs = kept});
        const auto n = static_cast<std::size_t>(std::min<std::int64_t>(kept, 50));
        EXPECT_EQ(some.series_runs, static_cast<std::int64_t>(n));
        EXPECT_EQ(some.final_values[0], all.final_values[0]);
        EXPECT_TRUE(same_bits(series(some, "x"), {x.begin(), x.begin() + static_cast<std::ptrdiff_t>(n * 10)}));
        EXPECT_THAT(series(some, "y"), SizeIs(n * 20));
        EXPECT_EQ(some.digest, all.digest);
    }
}

TEST(Ensemble, keeps_as_many_series_as_fit_in_memory_when_nothing_is_said) {
    const std::string wide = "calendar: {ticks: 1000}\nagents: {cell: {count: 1000, fields: {x: 1}}}\nmeasures: {x: {value: x, on: cell}}";
    const Model model = compile(scenario_of(wide));
    EXPECT_EQ(series_bytes_per_run(model), 8'008'000);
    const Results results = run_ensemble(model, {.runs = 2 * series_memory / 8'000'000, .threads = 1}, [](const Progress&) { return false; });
    EXPECT_LE(results.series_runs, series_memory / 8'000'000);
}

TEST(Ensemble, that_is_abandoned_between_ticks_keeps_the_whole_runs_before) {
    const Model model = compile(scenario_of(walkers()));
    const Results all = run_ensemble(model, {.runs = 400, .threads = 1, .lanes = 8, .log_events = true});
    for (const int threads : {1, 2})
        for (const int patience : {0, 3, 150, 250}) {
            std::atomic<int> asked = 0;
            const Results some = run_ensemble(model, {.runs = 400, .threads = threads, .lanes = 8, .log_events = true, .abandon = [&] { return asked++ >= patience; }});
            EXPECT_EQ(some.runs % 8, 0);
            EXPECT_LE(some.runs, patience);  // ten ticks a batch of eight
            if (threads == 1) {
                EXPECT_EQ(some.runs, patience / 10 * 8);
            }
            const auto n = static_cast<std::size_t>(some.runs);
            for (std::size_t m = 0; m < all.measures.size(); ++m)
                EXPECT_TRUE(same_bits(some.final_values[m], std::span(all.final_values[m]).first(n * all.measures[m].width())));
            std::vector<double> events(all.event_totals.size());
            for (const LoggedEvent& event : all.log)
                if (event.run < some.runs) events[static_cast<std::size_t>(event.event)] += event.count;
            EXPECT_EQ(some.event_totals, events);
            EXPECT_TRUE(std::ranges::all_of(some.log, [&](const LoggedEvent& event) { return event.run < some.runs; }));
        }
}

TEST(Ensemble, the_digest_does_not_hang_on_what_else_is_kept_or_told) {
    const std::string digest = run(walkers(), {.runs = 50, .threads = 1}).digest;
    EXPECT_EQ(run(walkers(), {.runs = 50, .threads = 2, .series_runs = 3, .log_events = true}).digest, digest);
    EXPECT_EQ(run_ensemble(compile(scenario_of(walkers())), {.runs = 50}, [](const Progress&) { return true; }).digest, digest);
    EXPECT_NE(run(walkers(), {.runs = 50, .seed = 2, .threads = 1}).digest, digest);
    EXPECT_NE(run(walkers(), {.runs = 49, .threads = 1}).digest, digest);
}

}  // namespace
}  // namespace entente::test
