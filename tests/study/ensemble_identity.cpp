// The identity promise: run k depends on the scenario, the seed, its parameters and k, and on nothing else.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>

#include "../worlds.hpp"

namespace entente::test {
namespace {

const std::filesystem::path root = ENTENTE_ROOT;

struct Scene {
    std::string file;
    std::int64_t runs;  ///< no multiple of 8, so that the last lanes of a batch are idle
    bool fails = false;  ///< some of them
};
const std::vector<Scene> scenes{{"tests/scenes/founding.yaml", 66}, {"tests/scenes/diffusion.yaml", 21}, {"tests/scenes/market.yaml", 21}, {"tests/scenes/council.yaml", 66}, {"tests/scenes/strikes.yaml", 299, true}};

/// What is said of the runs that failed.
std::vector<std::string> messages_of(const Results& results) {
    std::vector<std::string> messages;
    for (const RunFailure& failure : results.failures) messages.push_back(failure.told());
    return messages;
}

Scenario scene(const std::string& file) { return read_scenario(root / file).scenario; }

std::string text_of(const std::string& file) {
    std::ifstream stream(root / file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    if (at == std::string::npos) throw std::logic_error("the scene no longer holds: " + from);
    return text.replace(at, from.size(), to);
}

/// Every measure of `reference` has the same bits in `other`, which may have more.
void expect_same_measures(const Results& other, const Results& reference, const std::string& what) {
    for (const MeasureInfo& info : reference.measures) {
        const std::size_t here = number_of(reference, info.name);
        const std::size_t there = number_of(other, info.name);
        EXPECT_TRUE(same_bits(other.final_values[there], reference.final_values[here])) << info.name << " " << what;
        EXPECT_TRUE(same_bits(other.series[there], reference.series[here])) << info.name << " " << what;
        EXPECT_TRUE(same_bits(other.yearly[there], reference.yearly[here])) << info.name << " " << what;
    }
}

// -- how it is run ------------------------------------------------------------------------------------------------------------------------

class OnScenes : public testing::TestWithParam<Scene> {};

void expect_one_digest(const Model& model, std::int64_t runs, bool fails, const std::string& what) {
    const Results reference = run_ensemble(model, {.runs = runs, .threads = 1, .lanes = 1});
    EXPECT_EQ(!reference.failures.empty(), fails) << what;
    for (const Kernels* kernels : available_kernels())
        for (const int lanes : {1, 8, 64, 0})
            for (const int threads : {1, 2}) {
                const Results other = run_ensemble(model, {.runs = runs, .threads = threads, .lanes = lanes, .instruction_set = std::string(kernels->name)});
                EXPECT_EQ(other.digest, reference.digest) << what << ", " << threads << " threads, " << lanes << " lanes, " << kernels->name;
                EXPECT_EQ(other.event_totals, reference.event_totals);
                EXPECT_EQ(messages_of(other), messages_of(reference));
            }
}

TEST_P(OnScenes, the_digest_is_one_for_all_threads_lanes_and_instruction_sets) {
    const auto& [file, runs, fails] = GetParam();
    expect_one_digest(compile(scene(file)), runs, fails, file);
}

TEST(Identity, of_rare_strikes_holds_in_a_world_of_more_rows_than_one_program_takes) {
    const std::string text = replaced(text_of("tests/scenes/strikes.yaml"), "members: [a, b, c, d, e]", "members: [a, b, c, d, e, j, m, n, o]");
    const Model model = compile(read_scenario_text(text, "strikes.yaml", root).scenario);
    ASSERT_FALSE(model.steps.front().passes.empty());
    expect_one_digest(model, 299, true, "strikes among nine");
}

TEST_P(OnScenes, a_run_alone_is_that_run_of_the_ensemble) {
    const std::string& file = GetParam().file;
    const std::int64_t runs = GetParam().runs;
    const Model model = compile(scene(file));
    const Results all = run_ensemble(model, {.runs = runs, .log_events = true});
    for (const std::int64_t k : {std::int64_t{0}, std::int64_t{7}, std::int64_t{8}, runs - 1}) {
        const Results alone = run_ensemble(model, {.runs = 1, .log_events = true, .first_run = k});
        EXPECT_EQ(alone.first_run, k);
        const auto part = [&](std::span<const double> values) {
            const auto width = static_cast<std::ptrdiff_t>(values.size()) / runs;
            return std::vector<double>(values.begin() + k * width, values.begin() + (k + 1) * width);
        };
        for (std::size_t m = 0; m < all.measures.size(); ++m) {
            EXPECT_TRUE(same_bits(alone.final_values[m], part(all.final_values[m]))) << all.measures[m].name;
            EXPECT_TRUE(same_bits(alone.series[m], part(all.series[m]))) << all.measures[m].name;
            EXPECT_TRUE(same_bits(alone.yearly[m], part(all.yearly[m]))) << all.measures[m].name;
        }
        std::vector<std::pair<std::int64_t, double>> logged;
        std::vector<std::pair<std::int64_t, double>> expected;
        for (const LoggedEvent& event : alone.log) logged.emplace_back(event.tick, event.count);
        for (const LoggedEvent& event : all.log)
            if (event.run == k) expected.emplace_back(event.tick, event.count);
        EXPECT_EQ(logged, expected);
        EXPECT_TRUE(std::all_of(alone.log.begin(), alone.log.end(), [&](const LoggedEvent& event) { return event.run == k; }));
    }
}

TEST_P(OnScenes, reading_and_compiling_again_gives_the_same) {
    const auto& file = GetParam().file;
    EXPECT_EQ(run(scene(file), {.runs = 9}).digest, run(scene(file), {.runs = 9}).digest);
}

TEST_P(OnScenes, two_ensembles_at_once_do_not_disturb_each_other) {
    const auto& file = GetParam().file;
    const std::string one = run(scene(file), {.runs = 20, .threads = 1}).digest;
    const std::string two = run(scene("tests/scenes/council.yaml"), {.runs = 20, .seed = 2, .threads = 1}).digest;
    std::string one_beside;
    std::string two_beside;
    std::thread beside([&] { one_beside = run(scene(file), {.runs = 20, .threads = 2}).digest; });
    two_beside = run(scene("tests/scenes/council.yaml"), {.runs = 20, .seed = 2, .threads = 2}).digest;
    beside.join();
    EXPECT_EQ(one_beside, one);
    EXPECT_EQ(two_beside, two);
}

TEST_P(OnScenes, the_digest_is_one_however_the_model_is_compiled) {
    const std::string& file = GetParam().file;
    const std::int64_t runs = GetParam().runs;
    const auto digest = [&](Unroll unroll) { return run_ensemble(compile(scene(file), {{}, unroll}), {.runs = runs}).digest; };
    EXPECT_EQ(digest(Unroll::automatic), digest(Unroll::no));
}

/// Who changes the founding model, the key of a draw or the order of a sum changes these on purpose, and tells users.
TEST(Identity, of_the_founding_scenario_holds_from_version_to_version) {
    const Model model = compile(scene("tests/scenes/founding.yaml"));
    EXPECT_EQ(run_ensemble(model, {.runs = 130}).digest, "5dd981c43327646134989dd90ada3b12");
}

/// Of every scenario that is shipped, for as many runs as take a moment.
TEST(Identity, of_every_shipped_scenario_holds_for_one_lane_for_eight_and_for_as_many_as_are_suitable) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "scenarios"))
        if (entry.path().extension() == ".yaml" && entry.path().parent_path().filename() != "library") files.push_back(entry.path());
    ASSERT_GE(files.size(), 19U);
    for (const auto& file : files) {
        const Model model = compile(read_scenario(file).scenario);
        const std::int64_t updates = model.row_updates_per_tick() * model.calendar.ticks();
        if (updates > 20'000'000) continue;  // of these a batch has one lane anyway
        const std::int64_t runs = std::clamp<std::int64_t>(20'000'000 / updates, 9, 300);
        const std::string digest = run_ensemble(model, {.runs = runs, .lanes = 8}).digest;
        EXPECT_EQ(run_ensemble(model, {.runs = runs}).digest, digest) << file;
        const std::string of_few = run_ensemble(model, {.runs = 9, .lanes = 8}).digest;
        EXPECT_EQ(run_ensemble(model, {.runs = 9, .lanes = 1}).digest, of_few) << file;
    }
}

INSTANTIATE_TEST_SUITE_P(Identity, OnScenes, testing::ValuesIn(scenes), [](const auto& scene_of) {
    std::string name = std::filesystem::path(scene_of.param.file).stem().string();
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

// -- what else there is -------------------------------------------------------------------------------------------------------------------

/// What may be added to the council without changing anything else.
struct Addition {
    std::string what;
    std::string from;
    std::string to;
};

TEST(Identity, what_is_added_beside_the_rest_changes_no_other_measure_by_a_bit) {
    const std::string text = text_of("tests/scenes/council.yaml");
    const Results reference = run_ensemble(compile(read_scenario_text(text, "council.yaml", root).scenario), {.runs = 40});
    const std::vector<Addition> additions{
        {"with a measure before the others", "measures:\n", "measures:\n  first_of_all: mean(r.trust for r in relation)\n  when: first(sum(s.power for s in state) > 12)\n"},
        {"with a step that touches nothing", "steps:\n", "steps:\n  - {rule: idle, on: state, do: [fear += 0]}\n"},
        {"with a field that starts with a draw", "      middle: 0\n", "      middle: 0\n      whim: normal()\n"},
        {"with a field, and a step that draws for it", "      middle: 0\n", "      whim: 0\n      middle: 0\n"},
        {"with an event", "steps:\n", "steps:\n  - {event: sneeze, on: relation, rate: 5}\n"},
        {"with a derived field", "    derived:\n      abroad", "    derived:\n      twice: 2 * power\n      abroad"},
        {"with a variant", "variants:\n", "variants:\n  other: {parameters: {alarm_rate: 2}}\n"},
        {"with a parameter", "parameters:\n", "parameters:\n  unused: {value: 3}\n"},
        {"with another kind of agents", "agents:\n", "agents:\n  observer: {count: 3, fields: {eyes: normal()}}\n"},
    };
    for (const auto& [what, from, to] : additions) {
        std::string changed = replaced(text, from, to);
        if (what == "with a field, and a step that draws for it")
            changed = replaced(changed, "  - event: call\n", "  - {rule: moods, on: state, do: [whim += normal() + uniform()]}\n  - event: call\n");
        expect_same_measures(run_ensemble(compile(read_scenario_text(changed, "council.yaml", root).scenario), {.runs = 40}), reference, what);
    }
}

TEST(Identity, what_is_added_to_the_founding_scenario_changes_no_other_measure_by_a_bit) {
    const std::string text = text_of("tests/scenes/founding.yaml");
    const auto results = [&](const std::string& changed) { return run_ensemble(compile(read_scenario_text(changed, "founding.yaml", root / "tests/scenes").scenario), {.runs = 40}); };
    const Results reference = results(text);
    expect_same_measures(results(replaced(text, "\nmeasures:\n", "\nmeasures:\n  kabul_alarm: \"relation[afghanistan, russia].alarm\"\n")), reference, "with a measure");
    expect_same_measures(results(replaced(text, "\nvariants:\n", "\nvariants:\n  more: {parameters: {aid_rate: 2}}\n")), reference, "with a variant");
    expect_same_measures(results(replaced(text, "\ntimeline:\n", "\nsteps:\n  - {event: sneeze, on: government, rate: 5}\n\ntimeline:\n")), reference, "with an event");
}

TEST(Identity, a_variant_shares_every_draw_with_the_scenario) {
    // nothing is drawn for what the variant changes: the walk is the same, only its drift differs
    const Scenario scenario = scenario_of("calendar: {ticks: 20}\nparameters: {drift: 0}\nagents: {state: {fields: {x: normal(), y: 0}, members: [a]}}\n"
                                          "steps: [{rule: r, on: state, do: [x += normal(), y += drift]}]\nvariants: {fast: {parameters: {drift: 3}}}\n"
                                          "measures: {x: \"state[a].x\", y: \"state[a].y\"}");
    const Results base = run(scenario, {.runs = 30});
    const Results fast = run(with_variant(scenario, "fast"), {.runs = 30});
    EXPECT_TRUE(same_bits(series(fast, "x"), series(base, "x")));
    EXPECT_EQ(final_values(fast, "y")[0], 60);
}

TEST(Identity, a_new_member_shifts_no_draw_of_the_others) {
    const auto walks = [](const std::string& members, const std::string& links) {
        return run("calendar: {ticks: 20}\nagents: {state: {fields: {x: 0}, members: " + members + "}}\nlinks: {tie: {source: state, target: state, fields: {w: normal()}, members: " + links +
                       "}}\nsteps: [{rule: r, on: state, do: [x += normal()]}, {event: e, on: tie, rate: 1, do: [w += normal()]}]\n"
                       "measures: {a: \"state[a].x\", b: \"state[b].x\", w: \"tie[a, b].w\"}",
                   {.runs = 30});
    };
    expect_same_measures(walks("[z, b, y, a]", "[z -> a, a -> b, b -> a, y -> b]"), walks("[a, b]", "[b -> a, a -> b]"), "with more members in another order");
}

TEST(Identity, a_step_keeps_its_draws_wherever_it_stands) {
    const auto walk = [](const std::string& steps) {
        return run("calendar: {ticks: 20}\nagents: {state: {fields: {x: 0, y: 0}, members: [a]}}\nsteps: [" + steps + "]\nmeasures: {x: \"state[a].x\", y: \"state[a].y\"}", {.runs = 30});
    };
    const std::string first = "{rule: first, on: state, do: [x += normal()]}";
    const std::string second = "{rule: second, on: state, do: [y += normal()]}";
    expect_same_measures(walk(second + ", " + first), walk(first + ", " + second), "in the other order");
}

TEST(Identity, further_runs_change_none_of_those_before_them) {
    const Model model = compile(scene("tests/scenes/council.yaml"));
    const Results few = run_ensemble(model, {.runs = 10});
    const Results many = run_ensemble(model, {.runs = 30});
    for (std::size_t m = 0; m < few.measures.size(); ++m) {
        const auto cut = [](std::span<const double> values) { return std::vector<double>(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 3)); };
        EXPECT_TRUE(same_bits(few.final_values[m], cut(many.final_values[m])));
        EXPECT_TRUE(same_bits(few.series[m], cut(many.series[m])));
    }
}

TEST(Identity, seeds_give_other_runs) {
    for (const Scene& one : scenes) EXPECT_NE(run(scene(one.file), {.runs = 3}).digest, run(scene(one.file), {.runs = 3, .seed = 2}).digest);
}

}  // namespace
}  // namespace entente::test
