// Snapshots: a run that was stopped and went on is, to the last bit, the run that did not stop.
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

const std::filesystem::path root = ENTENTE_ROOT;

Scenario scene(const std::string& file) { return read_scenario(root / file).scenario; }

Snapshot stopped(const Model& model, RunPlan plan, std::int64_t tick) {
    plan.until = tick;
    Snapshot snapshot;
    run_ensemble(model, plan, {}, &snapshot);
    return snapshot;
}

Results continued(const Model& model, RunPlan plan, const Snapshot& from) {
    plan.from = &from;
    return run_ensemble(model, plan);
}

void expect_same(const Results& other, const Results& reference) {
    EXPECT_EQ(other.digest, reference.digest);
    EXPECT_EQ(other.event_totals, reference.event_totals);
    EXPECT_EQ(other.failures, reference.failures);
    EXPECT_EQ(other.series_runs, reference.series_runs);
    for (std::size_t m = 0; m < reference.measures.size(); ++m) {
        EXPECT_TRUE(same_bits(other.final_values[m], reference.final_values[m])) << reference.measures[m].name;
        EXPECT_TRUE(same_bits(other.series[m], reference.series[m])) << reference.measures[m].name;
        EXPECT_TRUE(same_bits(other.yearly[m], reference.yearly[m])) << reference.measures[m].name;
    }
    const auto lines = [](const Results& results) {
        std::vector<std::vector<double>> all;
        for (const LoggedEvent& e : results.log) all.push_back({static_cast<double>(e.run), static_cast<double>(e.tick), static_cast<double>(e.event), static_cast<double>(e.row), e.count});
        return all;
    };
    EXPECT_EQ(lines(other), lines(reference));
}

// -- going on -----------------------------------------------------------------------------------------------------------------------------

struct Scene {
    std::string file;
    std::int64_t runs;
};
const std::vector<Scene> scenes{{"tests/scenes/founding.yaml", 21},     {"tests/scenes/council.yaml", 21}, {"tests/scenes/market.yaml", 11},
                                {"tests/scenes/diffusion.yaml", 11},     {"tests/scenes/choice.yaml", 5},   {"tests/scenes/aggregates.yaml", 5},
                                {"tests/scenes/events.yaml", 3},         {"tests/scenes/grid.yaml", 3},     {"tests/scenes/random_graph.yaml", 3},
                                {"tests/scenes/governments.yaml", 3},    {"tests/scenes/rows.yaml", 3},     {"scenarios/classics/richardson.yaml", 5},
                                {"scenarios/classics/friedkin-johnsen.yaml", 5}};

class StoppedRuns : public testing::TestWithParam<Scene> {};

TEST_P(StoppedRuns, a_run_that_was_stopped_goes_on_to_the_same_end_however_the_model_is_compiled) {
    const auto& [file, runs] = GetParam();
    const Scenario scenario = scene(file);
    const std::vector<Model> models{compile(scenario), compile(scenario, {{}, Unroll::no}), compile(scenario, {{}, Unroll::automatic, false})};
    const RunPlan plan{.runs = runs, .seed = 3, .series_runs = 2, .log_events = true};
    const Results reference = run_ensemble(models[0], plan);
    const std::int64_t ticks = scenario.calendar.ticks();
    for (const std::int64_t tick : {std::int64_t{0}, std::int64_t{1}, ticks / 3, ticks - 1})
        for (std::size_t first = 0; first < 2; ++first) {
            const Snapshot snapshot = stopped(models[first], plan, tick);
            for (std::size_t second = 0; second < models.size(); ++second) {
                SCOPED_TRACE(testing::Message() << "stopped at " << tick << " as model " << first << ", went on as " << second);
                expect_same(continued(models[second], plan, snapshot), reference);
            }
        }
}

TEST_P(StoppedRuns, threads_lanes_and_instruction_sets_may_change_on_the_way) {
    const auto& [file, runs] = GetParam();
    const Model model = compile(scene(file));
    const RunPlan plan{.runs = runs, .log_events = true};
    const Results reference = run_ensemble(model, plan);
    const auto as = [&](int threads, int lanes, const Kernels& kernels) {
        RunPlan changed = plan;
        changed.threads = threads, changed.lanes = lanes, changed.instruction_set = std::string(kernels.name);
        return changed;
    };
    const auto kernels = available_kernels();
    const std::int64_t tick = model.calendar.ticks() / 2;
    for (const Kernels* one : kernels) {
        expect_same(continued(model, as(2, 8, *one), stopped(model, as(1, 1, *kernels.front()), tick)), reference);
        expect_same(continued(model, as(1, 1, *one), stopped(model, as(2, 16, *kernels.back()), tick)), reference);
    }
}

/// What a model has columns for besides: results of a tick, and what is counted once and for all.
bool is_derived(const Model& model, ColumnId id) {
    const auto holds = [&](const auto& columns) { return std::find(columns.begin(), columns.end(), id) != columns.end(); };
    if (std::any_of(model.field_columns.begin(), model.field_columns.end(), holds)) return false;
    for (const CompiledMeasure& measure : model.measures)
        for (const Accumulator& one : measure.accumulators)
            if (one.column == id) return false;
    const bool is_count = std::any_of(model.events.begin(), model.events.end(), [&](const CompiledEvent& event) { return event.count == id; });
    return !is_count && !model.column(id).name.starts_with("items of ");
}

TEST_P(StoppedRuns, need_nothing_of_any_other_column) {
    for (const Unroll unroll : {Unroll::automatic, Unroll::no}) {
        const Model model = compile(scene(GetParam().file), {{}, unroll});
        const std::int64_t tick = model.calendar.ticks() / 2;
        const Snapshot snapshot = stopped(model, {.runs = 8}, tick);
        Batch whole(model, 8, choose_kernels(""));
        Batch resumed(model, 8, choose_kernels(""));
        LaneRecord record{std::vector<std::uint64_t>(8), std::vector<double>(8 * model.events.size()), {}};
        put_lanes(snapshot, model, resumed, record, 0, 8);
        for (const ColumnId column : model.columns.ids())
            if (is_derived(model, column))
                for (double& value : resumed.values(column)) value = 12345;
        whole.begin(1, 0);
        while (whole.next_tick() < model.calendar.ticks()) {
            whole.tick();
            if (whole.next_tick() > tick) resumed.tick();
        }
        for (const auto& fields : model.field_columns)
            for (const ColumnId column : fields) {
                const auto values = [&](const Batch& batch) { return std::vector<double>(batch.column(column).begin(), batch.column(column).end()); };
                EXPECT_TRUE(same_bits(values(resumed), values(whole))) << model.column(column).name;
            }
        for (const CompiledMeasure& measure : model.measures)
            for (const Accumulator& one : measure.accumulators)
                EXPECT_TRUE(measure.form == CompiledMeasure::Form::yearly || same_bits(resumed.lanes_of(one.column, 0)[3], whole.lanes_of(one.column, 0)[3])) << measure.name;
    }
}

INSTANTIATE_TEST_SUITE_P(Snapshots, StoppedRuns, testing::ValuesIn(scenes), [](const auto& scene_of) {
    std::string name = std::filesystem::path(scene_of.param.file).stem().string();
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

/// A walk, events, a timeline, a measure of each form; a run whose x passes `limit` fails.
std::string walkers(const std::string& limit = "100", const std::string& more = "") {
    return R"yaml(
calendar: {start: 2020-03-01, ticks: 30, step: month}
parameters: {pace: {value: 1, range: [0, 9]}, bent: {value: 1, range: [0, 9]}}
agents:
  state: {fields: {x: 0, y: 0, slope: bent}, members: [a, b]}
links:
  tie: {source: state, target: state, fields: {w: 0}, pattern: complete}
steps:
  - {rule: walk, on: state, do: [x += pace * slope * normal()]}
  - {event: visit, on: tie, rate: 3, do: [w += 1]}
  - {rule: wall, on: state, do: [y = sqrt()yaml" +
           limit + R"yaml( - x)]}
timeline:
  - {date: 2020-05-05, event: visit, on: b -> a}
  - {date: 2021-05-01, set: {"state[a].x": 1}}
measures:
  x: "state[a].x"
  y: {value: y, on: state}
  visits: "total(sum(r.visit for r in tie)) / average(state[b].y)"
  yearly: {value: "total(sum(r.visit for r in tie))", per: year}
  highest: {value: "peak(state[a].x) - trough(state[a].x)", per: year}
  when: "first(state[b].x > 1)"
  whens: {value: first(x > 1), on: state}
  sums: {value: total(x) / average(y), on: state}
  yearly_sums: {value: total(x), on: state, per: year}
  visits_of: {value: total(visit), on: tie}
)yaml" + more;
}

TEST(Snapshot, is_the_same_however_it_was_made) {
    const Scenario scenario = scenario_of(walkers("3"));
    const RunPlan plan{.runs = 20, .log_events = true};
    const Snapshot one = stopped(compile(scenario), {.runs = 20, .threads = 1, .lanes = 1, .log_events = true}, 13);
    const Snapshot other = stopped(compile(scenario, {{}, Unroll::no}), {.runs = 20, .threads = 2, .lanes = 8, .log_events = true}, 13);
    ASSERT_EQ(one.blocks.size(), other.blocks.size());
    for (std::size_t b = 0; b < one.blocks.size(); ++b) {
        EXPECT_EQ(one.blocks[b].name, other.blocks[b].name);
        EXPECT_TRUE(same_bits(one.blocks[b].values, other.blocks[b].values)) << one.blocks[b].name;
    }
    EXPECT_EQ(one.hashes, other.hashes);
    EXPECT_EQ(one.log.size(), other.log.size());
    ASSERT_FALSE(one.failures.empty());
    ASSERT_EQ(one.failures.size(), other.failures.size());
    for (std::size_t f = 0; f < one.failures.size(); ++f) EXPECT_EQ(one.failures[f].lane, other.failures[f].lane);
}

TEST(Snapshot, names_what_it_holds) {
    const Snapshot snapshot = stopped(compile(scenario_of(walkers())), {.runs = 4, .series_runs = 2}, 13);
    std::vector<std::string> held;
    for (const auto& [name, runs, each, values] : snapshot.blocks) held.push_back(fmt::format("{}: {} x {}", name, runs, each));
    EXPECT_THAT(held, testing::ElementsAre("field state.x: 4 x 2", "field state.y: 4 x 2", "field state.slope: 4 x 2", "field tie.w: 4 x 2",
                                           "so far visits 0: 4 x 1", "so far visits 1: 4 x 1", "so far visits 2: 4 x 1", "so far yearly 0: 4 x 1",
                                           "so far highest 0: 4 x 1", "so far highest 1: 4 x 1", "so far when 0: 4 x 1", "so far whens 0: 4 x 2",
                                           "so far sums 0: 4 x 2", "so far sums 1: 4 x 2", "so far sums 2: 4 x 2", "so far yearly_sums 0: 4 x 2",
                                           "so far visits_of 0: 4 x 2", "events visit: 4 x 1",
                                           "past years yearly 0: 4 x 1", "past years highest 0: 4 x 1", "past years highest 1: 4 x 1",
                                           "past years yearly_sums 0: 4 x 2",
                                           "series x: 2 x 14", "series y: 2 x 28", "years yearly: 4 x 2", "years highest: 4 x 2", "years yearly_sums: 4 x 4"));
}

TEST(Snapshot, carries_runs_that_failed_before_and_leaves_those_to_fail_that_will) {
    const Scenario scenario = scenario_of(walkers("6"));
    const RunPlan plan{.runs = 40, .log_events = true};
    const Model model = compile(scenario);
    const Results reference = run_ensemble(model, plan);
    const Snapshot snapshot = stopped(model, plan, 15);
    EXPECT_GT(snapshot.failures.size(), 0U);
    EXPECT_LT(snapshot.failures.size(), reference.failures.size());
    EXPECT_LT(reference.failures.size(), 40U);
    expect_same(continued(model, plan, snapshot), reference);
    expect_same(continued(compile(scenario, {{}, Unroll::no}), plan, snapshot), reference);
}

TEST(Snapshot, carries_dates_of_runs_that_failed_before) {
    const Scenario scenario = scenario_of(walkers("6", "  soon: \"first(state[a].y > 2.3)\"\n"));
    const Model model = compile(scenario);
    const Snapshot snapshot = stopped(model, {.runs = 60}, 15);
    const Results reference = run_ensemble(model, {.runs = 60});
    std::int64_t kept = 0;
    std::int64_t lacking = 0;
    for (const LaneFailure& failure : snapshot.failures)
        ++(std::isnan(final_values(reference, "soon")[static_cast<std::size_t>(failure.lane)]) ? lacking : kept);
    EXPECT_GT(kept, 0);
    EXPECT_GT(snapshot.failures.size(), 5U);
    expect_same(continued(model, {.runs = 60}, snapshot), reference);
}

TEST(Snapshot, carries_runs_that_failed_before_the_first_tick) {
    const Model model = compile(scenario_of("agents: {state: {fields: {x: sqrt(normal())}, members: [a]}}\nsteps: [{rule: r, on: state, do: [x += normal()]}]\nmeasures: {x: \"state[a].x\"}"));
    const Results reference = run_ensemble(model, {.runs = 20});
    ASSERT_EQ(reference.failures.front().tick, -1);
    expect_same(continued(model, {.runs = 20}, stopped(model, {.runs = 20}, 0)), reference);
}

TEST(Snapshot, may_be_taken_of_runs_that_go_on_from_one) {
    const Model model = compile(scenario_of(walkers()));
    const RunPlan plan{.runs = 9, .log_events = true};
    const Snapshot first = stopped(model, plan, 7);
    RunPlan on = plan;
    on.from = &first;
    expect_same(continued(model, plan, stopped(model, on, 22)), run_ensemble(model, plan));
}

TEST(Snapshot, gives_some_of_its_runs_too) {
    const Model model = compile(scenario_of(walkers("4")));
    const Snapshot snapshot = stopped(model, {.runs = 20, .series_runs = 10, .log_events = true, .first_run = 100}, 12);
    for (const std::int64_t k : {100, 104, 109})
        expect_same(continued(model, {.runs = 1, .log_events = true, .first_run = k}, snapshot), run_ensemble(model, {.runs = 1, .log_events = true, .first_run = k}));
    EXPECT_EQ(continued(model, {.runs = 5, .first_run = 108}, snapshot).series_runs, 2);
    EXPECT_EQ(continued(model, {.runs = 5, .first_run = 112}, snapshot).digest, run_ensemble(model, {.runs = 5, .first_run = 112}).digest);
}

TEST(Snapshot, keeps_as_many_series_as_it_was_asked_to) {
    const Model model = compile(scenario_of(walkers()));
    const Snapshot snapshot = stopped(model, {.runs = 20, .series_runs = 4}, 12);
    EXPECT_EQ(continued(model, {.runs = 20}, snapshot).series_runs, 4);
    expect_same(continued(model, {.runs = 20, .series_runs = 0}, snapshot), run_ensemble(model, {.runs = 20, .series_runs = 0}));
}

TEST(Snapshot, of_stopped_runs_is_not_whole) {
    Snapshot snapshot;
    const Model model = compile(scenario_of(walkers()));
    const Results results = run_ensemble(model, {.runs = 64, .threads = 1, .lanes = 8, .until = 4}, [](const Progress&) { return false; }, &snapshot);
    EXPECT_EQ(results.runs, 8);
    EXPECT_EQ(results.row_updates, 8 * 4 * model.row_updates_per_tick());
}

// -- branches -----------------------------------------------------------------------------------------------------------------------------

/// Goes on as `scenario` would have it.
Results branched(const Scenario& scenario, const RunPlan& plan, const Snapshot& from) {
    const Results unrolled = continued(compile(scenario, {{}, Unroll::automatic, false}), plan, from);
    expect_same(continued(compile(scenario, {{}, Unroll::no, false}), plan, from), unrolled);
    return unrolled;
}

TEST(Branch, with_what_it_had_anyway_is_the_run_that_did_not_branch) {
    const Scenario scenario = scenario_of(walkers());
    const RunPlan plan{.runs = 12, .log_events = true};
    const Snapshot snapshot = stopped(compile(scenario), plan, 11);
    expect_same(branched(with_setting(scenario, "pace=1"), plan, snapshot), run_ensemble(compile(scenario), plan));
}

TEST(Branch, shares_its_past_and_its_luck_with_all_others) {
    const Scenario scenario = scenario_of(walkers());
    const RunPlan plan{.runs = 12};
    const Snapshot snapshot = stopped(compile(scenario), plan, 20);  // after the timeline's last entry
    const Results reference = run_ensemble(compile(scenario), plan);
    const Results branch = branched(with_setting(scenario, "pace=3"), plan, snapshot);
    EXPECT_NE(branch.digest, reference.digest);
    const auto of_run = [](const Results& results, std::size_t run, std::size_t tick) { return series(results, "x")[run * 30 + tick]; };
    for (std::size_t run = 0; run < 12; ++run) {
        for (std::size_t tick = 0; tick < 20; ++tick) EXPECT_EQ(of_run(branch, run, tick), of_run(reference, run, tick));
        for (std::size_t tick = 20; tick < 30; ++tick)  // three times as far, by the same draws
            EXPECT_NEAR(of_run(branch, run, tick) - of_run(branch, run, tick - 1), 3 * (of_run(reference, run, tick) - of_run(reference, run, tick - 1)), 1e-12);
    }
    EXPECT_TRUE(same_bits(final_values(branch, "yearly"), final_values(reference, "yearly"))) << "pace moves nothing else";
}

TEST(Branch, keeps_what_the_snapshot_holds_of_fields_that_no_step_changes) {
    const Scenario scenario = scenario_of(walkers());  // a slope is `bent` at the start, and nothing changes it later
    const RunPlan plan{.runs = 12};
    const Snapshot snapshot = stopped(compile(scenario), plan, 11);
    const Scenario other = with_setting(scenario, "bent=4");
    expect_same(branched(other, plan, snapshot), run_ensemble(compile(scenario), plan));
    EXPECT_NE(continued(compile(other), plan, snapshot).digest, run_ensemble(compile(scenario), plan).digest) << "else it would be folded";
}

TEST(Branch, takes_of_a_timeline_what_is_still_to_come) {
    const std::string variants = "variants:\n  late: {timeline: [{date: 2020-04-01, set: {\"state[b].x\": 50}}, {date: 2021-03-15, set: {\"state[b].x\": 70}}]}\n"
                                 "  past: {timeline: [{date: 2020-04-01, set: {\"state[b].x\": 50}}]}\n";
    const Scenario scenario = scenario_of(walkers("100", variants));
    const RunPlan plan{.runs = 3};
    const Results reference = run_ensemble(compile(scenario), plan);
    const Snapshot snapshot = stopped(compile(scenario), plan, 12);  // March 2021, before its timeline
    expect_same(branched(with_variant(scenario, "past"), plan, snapshot), reference);
    const Results late = branched(with_variant(scenario, "late"), plan, snapshot);
    EXPECT_GE(final_values(late, "when")[0], 0);
    EXPECT_NEAR(series(late, "y")[2 * 12 + 1], std::sqrt(100 - 70), 0.5);
}

/// `rate` is set on tick 3 to a number of each run's own, and doubled on tick 6.
std::string rates(const std::string& variants) {
    return R"yaml(
calendar: {ticks: 10}
parameters: {rate: {value: 2, range: [0, 100]}, other: 1}
agents: {state: {fields: {x: "uniform(0, 1)"}, members: [a, b]}}
steps: [{rule: grow, on: state, do: [x += rate + other]}]
timeline:
  - {tick: 3, set: {rate: "state[a].x"}}
  - {tick: 6, set: {rate: 2 * rate}}
measures: {x: "sum(k.x for k in state)", seen: rate + 1000 * other}
)yaml" + variants;
}

TEST(Snapshot, carries_parameters_that_the_timeline_has_set) {
    const Scenario scenario = scenario_of(rates(""));
    const RunPlan plan{.runs = 9};
    const Results reference = run_ensemble(compile(scenario), plan);
    for (const Unroll unroll : {Unroll::no, Unroll::yes})
        for (const std::int64_t tick : {0, 3, 4, 6, 7, 9}) {
            const Model model = compile(scenario, {{}, unroll});
            SCOPED_TRACE(tick);
            expect_same(branched(scenario, plan, stopped(model, plan, tick)), reference);
        }
}

TEST(Branch, has_its_own_parameters_but_for_those_that_the_timeline_had_set) {
    const Scenario scenario = scenario_of(rates("variants: {late: {timeline: [{tick: 2, set: {other: 50}}, {tick: 7, set: {other: 3}}]}}\n"));
    const RunPlan plan{.runs = 3};
    const Results reference = run_ensemble(compile(scenario), plan);
    const Snapshot early = stopped(compile(scenario), plan, 3);
    const Snapshot late = stopped(compile(scenario), plan, 5);
    EXPECT_EQ(series(branched(with_setting(scenario, "rate=9"), plan, early), "x"), series(reference, "x")) << "it is set on the tick that follows";
    expect_same(branched(with_setting(scenario, "rate=9"), plan, late), reference);
    const auto others = series(branched(with_variant(scenario, "late"), plan, late), "seen");
    EXPECT_NEAR(others[6], 1000, 100) << "what it sets before the branch lies in the past";
    EXPECT_NEAR(others[7], 3000, 100);
    const Snapshot of_variant = stopped(compile(with_variant(scenario, "late")), plan, 5);
    EXPECT_NEAR(series(branched(scenario, plan, of_variant), "seen")[5], 1000, 100) << "who does not set it has its own";
    EXPECT_NEAR(series(branched(with_variant(scenario, "late"), plan, of_variant), "seen")[5], 50000, 100);
}

// -- refusals -----------------------------------------------------------------------------------------------------------------------------

TEST(Snapshot, takes_measures_that_its_model_lacked_and_lets_them_begin_with_it) {
    const std::string world = "calendar: {ticks: 12}\nagents: {a: {fields: {x: 0}, members: [b, c]}}\n"
                              "steps: [{event: steps, on: a, probability: 0.4, do: [x += 1]}]\nmeasures:\n  mine: {value: total(x), on: a}\n  x: a[b].x\n";
    const Model less = compile(scenario_of(world), {{}, Unroll::automatic, false});
    const Model more = compile(scenario_of(world + "  late: {value: first(steps > 0 and tick >= 5), on: a}\n  sum: total(a[c].x if tick >= 5 else 0)\n"), {{}, Unroll::automatic, false});
    const RunPlan plan{.runs = 9, .seed = 3};
    Snapshot snapshot = stopped(less, plan, 5);
    EXPECT_FALSE(is_of(snapshot, more));
    add_measures(snapshot, more);
    ASSERT_TRUE(is_of(snapshot, more));
    const Results on = continued(more, plan, snapshot);
    const Results whole = run_ensemble(more, plan);
    for (std::size_t m = 0; m < whole.measures.size(); ++m) EXPECT_TRUE(same_bits(on.final_values[m], whole.final_values[m])) << whole.measures[m].name;
    EXPECT_EQ(on.failures, whole.failures);
}

TEST(Snapshot, refuses_what_it_does_not_hold) {
    const Model model = compile(scenario_of(walkers()));
    const Snapshot snapshot = stopped(model, {.runs = 20, .series_runs = 4}, 12);
    const auto refused = [&](RunPlan plan) { return refusal([&] { continued(model, plan, snapshot); }); };
    EXPECT_EQ(refused({.runs = 20, .seed = 2}), "the snapshot's runs draw from seed 1, not 2\nhelp: drop --seed: another seed needs runs from the start");
    EXPECT_EQ(refused({.runs = 21}), "the snapshot holds runs 0 to 19, not 0 to 20\nhelp: ask for some of those; others need runs from the start");
    EXPECT_EQ(refused({.runs = 1, .first_run = 20}), "the snapshot holds runs 0 to 19, not 20 to 20\nhelp: ask for some of those; others need runs from the start");
    EXPECT_EQ(refused({.runs = 20, .series_runs = 10}),
              "of 4 of these runs the snapshot holds the series so far, not of 10\nhelp: ask for no more with --series, or take the snapshot again with as many");
    EXPECT_EQ(refused({.runs = 20, .log_events = true}), "the snapshot holds no events of its past\nhelp: drop --events, or take the snapshot again with --events");
    const Model other = compile(scenario_of(walkers("100", "  another: \"state[b].x\"\n")));
    EXPECT_EQ(refusal([&] { continued(other, {.runs = 20}, snapshot); }),
              "the snapshot holds other fields, measures or events than the scenario\nhelp: continue with the scenario that it was taken of");
}

TEST(Snapshot, is_taken_within_the_calendar_and_after_the_one_it_goes_on_from) {
    const Model model = compile(scenario_of(walkers()));
    EXPECT_EQ(refusal([&] { stopped(model, {}, 30); }), "the runs end before tick 30\nhelp: stop at one from 0 to 29");
    const Snapshot snapshot = stopped(model, {}, 12);
    EXPECT_EQ(refusal([&] { stopped(model, {.from = &snapshot}, 12); }), "the snapshot is at 2021-03-01 already\nhelp: stop later than that");
}

}  // namespace
}  // namespace entente::test
