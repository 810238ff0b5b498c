// The identity promise on scenarios made at random: what becomes of them does not depend on how they are run.
//   ENTENTE_RANDOM_SCENARIOS=50000 tests many, ENTENTE_RANDOM_SEED=7 other ones.
#include <algorithm>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "../worlds.hpp"
#include "random_scenarios.hpp"

namespace entente::test {
namespace {

/// The sanitizers take ten times as long.
#ifdef NDEBUG
constexpr int usual = 250;
#else
constexpr int usual = 25;
#endif

std::int64_t asked(const char* variable, std::int64_t otherwise) {
    const char* text = std::getenv(variable);
    return text ? std::atoll(text) : otherwise;
}

/// Where two ensembles of the same runs differ first: in the digest of every value, in what events came to, or in what is said of runs that
/// failed; "" where they do not.
std::string difference(const Results& got, const Results& expected) {
    std::string text;
    if (got.failures.size() != expected.failures.size()) text += fmt::format("{} runs failed, not {}; ", got.failures.size(), expected.failures.size());
    for (std::size_t i = 0; i < std::min(got.failures.size(), expected.failures.size()); ++i)
        if (got.failures[i].run != expected.failures[i].run || got.failures[i].message != expected.failures[i].message)
            return text + fmt::format("run {}: {}\nnot run {}: {}", got.failures[i].run, got.failures[i].message, expected.failures[i].run, expected.failures[i].message);
    for (std::size_t e = 0; e < expected.event_totals.size(); ++e)
        if (got.event_totals[e] != expected.event_totals[e])
            text += fmt::format("{} fired {} times, not {}; ", expected.event_names[e], got.event_totals[e], expected.event_totals[e]);
    if (got.digest == expected.digest && text.empty()) return "";
    std::int64_t tick = got.calendar.ticks();
    std::string at = "no measure differs, but a field does";
    for (std::size_t m = 0; m < expected.measures.size(); ++m) {
        const auto width = static_cast<std::int64_t>(std::max<std::size_t>(expected.measures[m].rows.size(), 1));
        for (std::size_t i = 0; i < expected.series[m].size(); ++i) {
            const double a = got.series[m][i];
            const double b = expected.series[m][i];
            const std::int64_t here = static_cast<std::int64_t>(i) / width % expected.calendar.ticks();
            if (same_bits(a, b) || (a != a && b != b) || here >= tick) continue;
            tick = here;
            at = fmt::format("{} of run {} at tick {}: {}, not {}", expected.measures[m].name, static_cast<std::int64_t>(i) / width / expected.calendar.ticks(), here, a, b);
        }
    }
    return text + at;
}

class RandomScenarios : public testing::TestWithParam<int> {};

TEST_P(RandomScenarios, give_the_same_by_all_lanes_threads_instruction_sets_and_ways_through_a_tick) {
    const std::int64_t count = asked("ENTENTE_RANDOM_SCENARIOS", usual);
    const auto first = static_cast<std::uint64_t>(asked("ENTENTE_RANDOM_SEED", 1)) * 1'000'000'000 + static_cast<std::uint64_t>(GetParam()) * 100'000'000;
    std::int64_t with_failures = 0;
    std::int64_t small = 0;
    for (std::int64_t number = 0; number < count; ++number) {
        const std::string text = RandomScenario(first + static_cast<std::uint64_t>(number)).text();
        std::mt19937_64 random(first + static_cast<std::uint64_t>(number));
        const Scenario scenario = read_scenario_text(text, "random.yaml", "/nonexistent").scenario;
        const Model model = compile(scenario);
        const Model by_tables = compile(scenario, {.unroll = Unroll::no, .fewest_products = random() % 2 == 0 ? 0 : 100'000});
        const Model on_all_rows = compile(scenario, {.unroll = Unroll::no, .all_rows = true});
        const Model with_chances = compile(scenario, {.unroll = number % 2 == 0 ? Unroll::automatic : Unroll::no, .chances = true});
        const std::int64_t runs = 70 + static_cast<std::int64_t>(random() % 130);
        const auto sets = available_kernels();
        const auto any_set = [&] { return std::string(sets[random() % sets.size()]->name); };
        const auto threads = [&] { return 1 + static_cast<int>(random() % 2); };
        const Results reference = run_ensemble(model, {.runs = runs, .threads = 1, .lanes = 8});
        const Results few = run_ensemble(model, {.runs = 20, .threads = 1, .lanes = 8});
        const auto expect = [&](const Model& of, const RunPlan& plan) {
            EXPECT_EQ(difference(run_ensemble(of, plan), plan.runs == 20 ? few : reference), "")
                << "scenario " << number << ", " << plan.runs << " runs, " << plan.lanes << " lanes, " << plan.threads << " threads, " << plan.instruction_set
                << (&of == &by_tables ? ", by tables" : &of == &on_all_rows ? ", by tables, on all rows" : &of == &with_chances ? ", with chances" : "");
        };
        for (const std::string& set : {std::string(sets.back()->name), any_set(), any_set()}) expect(model, {.runs = runs, .threads = threads(), .lanes = 0, .instruction_set = set});
        for (const int lanes : {8, 64}) expect(model, {.runs = runs, .threads = threads(), .lanes = lanes, .instruction_set = any_set()});
        for (const Model* of : {&by_tables, &on_all_rows})
            expect(*of, {.runs = runs, .threads = threads(), .lanes = random() % 2 == 0 ? 64 : 0, .instruction_set = any_set()});
        expect(with_chances, {.runs = runs, .threads = threads(), .lanes = random() % 2 == 0 ? 64 : 1, .instruction_set = any_set()});
        for (const Model* of : {&model, &by_tables, &on_all_rows}) expect(*of, {.runs = 20, .threads = threads(), .lanes = 1, .instruction_set = any_set()});
        if (HasFailure()) FAIL() << text;  // one is enough to look at
        with_failures += !reference.failures.empty();
        small += model.steps.front().passes.empty();
    }
    EXPECT_GT(with_failures, count / 20);
    EXPECT_GT(small, count / 3);
    EXPECT_LT(small, count);
}

INSTANTIATE_TEST_SUITE_P(Identity, RandomScenarios, testing::Range(0, 4));

}  // namespace
}  // namespace entente::test
