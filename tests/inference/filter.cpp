// Tests: filter, filter_legs, filter_weights, filter_state, numbers_on_record, model/compile_conditions.
// Likelihoods of records against closed forms, the forward algorithm and the Kalman filter, told plainly here.
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <entente/base/statistics.hpp>
#include <entente/inference/filter.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

constexpr double impossible = -std::numeric_limits<double>::infinity();

struct Filtering {
    Scenario scenario;
    Model model;
    explicit Filtering(const std::string& text, CompileOptions options = {}, const std::filesystem::path& folder = "/nonexistent") : scenario(scenario_of(text, folder)) {
        options.conditioned = true;
        model = compile(scenario, options);
    }
    [[nodiscard]] ParticleFilters filters(FilterPlan plan) const {
        if (plan.until == 0) plan.until = scenario.calendar.ticks();
        return {model, numbers_on_record(scenario, model, plan.until), plan};
    }
    [[nodiscard]] ParticleFilters passed(FilterPlan plan) const {
        ParticleFilters made = filters(std::move(plan));
        while (!made.is_over()) EXPECT_TRUE(made.advance());
        return made;
    }
    [[nodiscard]] double log_likelihood(FilterPlan plan) const { return passed(std::move(plan)).log_likelihood(0); }
};

const std::array ways{CompileOptions{.unroll = Unroll::yes}, CompileOptions{.unroll = Unroll::no}, CompileOptions{.unroll = Unroll::no, .all_rows = true}};

/// One state in which something happens or not, by `how`.
std::string of_one(const std::string& how, const std::string& record) {
    return fmt::format("calendar: {{ticks: 10}}\nagents:\n  state:\n    fields: {{seen: 0, x: 1}}\n    members: {{one: {{}}, other: {{x: 0}}}}\n"
                       "steps:\n  - {{event: strike, on: state, {}, do: [seen += strike]}}\nrecord:\n  - {}\n",
                       how, record);
}

TEST(Filter, KeepsEventsOfEachRunAndTellsThoseOnRecordApart) {
    for (CompileOptions way : ways) {
        way.chances = true;
        const Filtering one(of_one("probability: 0.3", "{events: strike, ticks: {one: [2, 5]}, complete: [0, 5]}"), way);
        const Snapshot left = one.passed({.particles = 50, .until = 8, .log_events = true}).finish();
        EXPECT_TRUE(left.logs_events);
        std::vector<int> on_record(50);
        double drawn = 0;
        for (const LoggedEvent& event : left.log) {
            EXPECT_EQ(event.chance, 0.3);
            if (event.cause == EventCause::conditioned) {
                EXPECT_EQ(event.row, 0);
                EXPECT_EQ(event.tick, ++on_record[static_cast<std::size_t>(event.run)] == 1 ? 2 : 5);
            } else {
                EXPECT_EQ(event.cause, EventCause::drawn);
                EXPECT_GE(event.tick, 6);
                drawn += 1;
            }
        }
        EXPECT_EQ(on_record, std::vector<int>(50, 2));
        EXPECT_NEAR(drawn, 50 * 2 * 2 * 0.3, 4 * std::sqrt(200 * 0.21));
        EXPECT_TRUE(one.passed({.particles = 50, .until = 8}).finish().log.empty());
    }
}

TEST(Filter, KeepsOfRunsDrawnAgainTheEventsOfTheirAncestors) {
    // A number on record that only runs with three strikes by then can have: what is left goes on from these.
    const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "entente-filter-log";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "seen.csv") << "date,value\n2020-04-01,3\n";
    const Filtering one("calendar: {start: 2020-01-01, ticks: 6, step: month}\nagents:\n  state: {fields: {seen: 0}, members: [one]}\n"
                        "steps:\n  - {event: strike, on: state, probability: 0.3, do: [seen += 1]}\n"
                        "measures: {seen: \"state[one].seen\"}\nobserved: {seen: {table: seen.csv, sd: 0.01}}\n", {.chances = true}, folder);
    const Snapshot left = one.passed({.particles = 400, .until = 5, .log_events = true}).finish();
    std::vector<int> early(400);
    for (const LoggedEvent& event : left.log) early[static_cast<std::size_t>(event.run)] += event.tick < 3 ? 1 : 0;
    EXPECT_EQ(early, std::vector<int>(400, 3));
}

// -- chances that are the same in every run: the likelihood has no luck in it -----------------------------------------------------------------------

TEST(Filter, EventsByProbabilityHaveTheChanceOfJustThat) {
    for (const CompileOptions& way : ways) {
        const Filtering one(of_one("probability: 0.3", "{events: strike, ticks: {one: [2, 5]}, complete: [0, 9]}"), way);
        EXPECT_NEAR(one.log_likelihood({.particles = 16}), 2 * std::log(0.3) + 18 * std::log(0.7), 1e-12);
    }
}

TEST(Filter, EventsByRateHaveTheChanceOfATick) {
    for (const CompileOptions& way : ways) {
        const Filtering one(of_one("rate: 0.3 * x", "{events: strike, ticks: {one: [2, 5]}, complete: [0, 9]}"), way);
        EXPECT_NEAR(one.log_likelihood({.particles = 16}), 2 * std::log(1 - std::exp(-0.3)) - 8 * 0.3, 1e-12) << "the other has rate 0";
    }
}

TEST(Filter, CountsHaveThePoissonChance) {
    for (const CompileOptions& way : ways) {
        const Filtering one(of_one("count: 0.8", "{events: strike, ticks: {one: [2, 5, 5, 5]}, complete: [0, 9]}"), way);
        EXPECT_NEAR(one.log_likelihood({.particles = 16}), -20 * 0.8 + 4 * std::log(0.8) - std::log(6.0), 1e-12) << "1 and 3! in the tick of three";
    }
}

TEST(Filter, WhatIsNotCompleteIsLeftToChance) {
    for (const CompileOptions& way : ways) {
        const Filtering one(of_one("probability: 0.3", "{events: strike, ticks: {one: 5}, complete: [4, 6]}"), way);
        EXPECT_NEAR(one.log_likelihood({.particles = 16}), std::log(0.3) + 5 * std::log(0.7), 1e-12);
        const Filtering row(of_one("probability: 0.3", "{events: strike, ticks: {one: 5}, complete: [0, 9], where: x > 0}"), way);
        EXPECT_NEAR(row.log_likelihood({.particles = 16}), std::log(0.3) + 9 * std::log(0.7), 1e-12) << "of one row only";
    }
}

TEST(Filter, RunsDoWhatIsOnRecord) {
    const std::string text = of_one("probability: 0.3", "{events: strike, ticks: {one: [2, 5]}, complete: [0, 9]}") + "measures: {so_far: {value: \"state[one].seen\"}}\n";
    for (const CompileOptions& way : ways) {
        const Filtering one(text, way);
        const ParticleFilters passed = one.passed({.particles = 16});
        ASSERT_EQ(passed.values().size(), 1U);
        EXPECT_DOUBLE_EQ(passed.values()[0].back().mean, 2);
        EXPECT_EQ(passed.values()[0].back().low, 2);
    }
}

TEST(Filter, TheTimelinesFiringsArePartOfTheRecord) {
    for (const CompileOptions& way : ways) {
        const Filtering one(of_one("probability: 0.3", "{events: strike, ticks: {one: [2, 5]}, complete: [0, 9]}") + "timeline: [{tick: 2, event: strike, on: one}]\n", way);
        EXPECT_NEAR(one.log_likelihood({.particles = 16}), std::log(0.3) + 19 * std::log(0.7), 1e-12) << "in tick 2 the step itself does nothing";
    }
}

TEST(Filter, WhatCannotBeHasNoChance) {
    for (const CompileOptions& way : ways)
        for (const char* how : {"probability: 0", "rate: 0", "count: 0", "where: x > 1, probability: 0.5", "where: seen > 0, rate: 1"}) {
            const Filtering one(of_one(how, "{events: strike, ticks: {one: 3}, complete: [0, 9]}"), way);
            const ParticleFilters passed = one.passed({.particles = 16});
            EXPECT_EQ(passed.log_likelihood(0), impossible) << how;
            const auto is_cause = [](const ChanceOfRecord& chance) { return chance.what == ChanceOfRecord::What::event && chance.tick == 3 && chance.row == 0 && chance.log_chance == impossible; };
            EXPECT_TRUE(std::ranges::any_of(passed.chances(), is_cause)) << how;
        }
}

// -- choices ---------------------------------------------------------------------------------------------------------------------------------------------

/// One state that courts one of three, or none.
std::string courtship(const std::string& record) {
    return "calendar: {ticks: 4}\nagents:\n  state:\n    members: [one, a, b, c]\n    fields: {asked: 0}\n"
           "links:\n  tie:\n    source: state\n    target: state\n    fields: {u: 0, open: 1}\n"
           "    members: {one -> a: {u: 0.5}, one -> b: {u: -0.25}, one -> c: {u: 1, open: 0}}\n"
           "steps:\n  - {event: court, on: tie, where: open > 0, choice: u, temperature: 0.5, outside: 0.1, do: [target.asked += 1]}\nmeasures:\n"
           "  courted: \"sum(s.asked for s in state)\"\n  b: \"state[b].asked\"\nrecord:\n" + record;
}

const double of_a = std::exp(0.5 / 0.5), of_b = std::exp(-0.25 / 0.5), of_none = std::exp(0.1 / 0.5), of_all = of_a + of_b + of_none;

TEST(Filter, ChoicesHaveTheLogitChanceOfWhatTheRecordLeaves) {
    struct Case {
        const char* record;
        double chance;
    };
    for (const auto& [record, chance] : {Case{"  - {events: court, ticks: {one -> b: 1}, complete: [1, 1]}\n", of_b / of_all}, Case{"  - {events: court, ticks: {}, complete: [1, 1]}\n", of_none / of_all},
                                         Case{"  - {events: court, ticks: {}, complete: [1, 1], where: \"target == state[a]\"}\n", (of_b + of_none) / of_all},
                                         Case{"  - {events: court, ticks: {one -> b: 1}, complete: [1, 1], where: \"target == state[b]\"}\n", of_b / of_all},
                                         Case{"  - {events: court, ticks: {one -> c: 1}, complete: [1, 1]}\n", 0}})
        for (const CompileOptions& way : ways) EXPECT_NEAR(std::exp(Filtering(courtship(record), way).log_likelihood({.particles = 16})), chance, 1e-12) << record;
}

TEST(Filter, ChoicesFallOnWhatTheRecordLeaves) {
    for (const CompileOptions& way : ways) {
        const Filtering on_b(courtship("  - {events: court, ticks: {one -> b: [0, 1, 2, 3]}, complete: [0, 3]}\n"), way);
        const ParticleFilters always = on_b.passed({.particles = 64});
        EXPECT_DOUBLE_EQ(always.values()[1].back().mean, 4);
        EXPECT_DOUBLE_EQ(always.values()[0].back().mean, 4);
        const Filtering but_a(courtship("  - {events: court, ticks: {}, complete: [0, 3], where: \"target == state[a]\"}\n"), way);
        const ParticleFilters others = but_a.passed({.particles = 40'000});
        const double share = of_b / (of_b + of_none);
        EXPECT_NEAR(others.values()[1].back().mean, 4 * share, 4 * std::sqrt(4 * share * (1 - share) / 40'000));
    }
}

// -- a hidden Markov chain -----------------------------------------------------------------------------------------------------------------------------

/// The state turns by chance; a shot is more likely in war.
const std::string hidden = R"yaml(
calendar: {ticks: 24}
agents:
  state:
    fields: {war: 0}
    members: [one]
steps:
  - {rule: turn, on: state, do: [war = bernoulli(0.9 if war > 0 else 0.2)]}
  - {event: shot, on: state, probability: 0.7 if war > 0 else 0.1}
record:
  - {events: shot, ticks: {one: [3, 4, 6, 7, 15, 16, 22]}, complete: [0, 23]}
)yaml";

/// Forward algorithm.
double forward(const std::vector<int>& shots, int ticks) {
    std::array<double, 2> p{1, 0};
    double log_likelihood = 0;
    for (int t = 0; t < ticks; ++t) {
        const std::array<double, 2> moved{p[0] * 0.8 + p[1] * 0.1, p[0] * 0.2 + p[1] * 0.9};
        const bool shot = std::ranges::find(shots, t) != shots.end();
        p = {moved[0] * (shot ? 0.1 : 0.9), moved[1] * (shot ? 0.7 : 0.3)};
        const double sum = p[0] + p[1];
        log_likelihood += std::log(sum);
        p = {p[0] / sum, p[1] / sum};
    }
    return log_likelihood;
}

TEST(Filter, LikelihoodOfAHiddenChainIsThatOfTheForwardAlgorithm) {
    const double exact = forward({3, 4, 6, 7, 15, 16, 22}, 24);
    for (const CompileOptions& way : ways) {
        const Filtering one(hidden, way);
        const ParticleFilters passed = one.passed({.particles = 20'000});
        EXPECT_NEAR(passed.log_likelihood(0), exact, 4 * passed.standard_error(0));
        EXPECT_LT(passed.standard_error(0), 0.06);
        EXPECT_GT(passed.standard_error(0), 0.002);
    }
}

TEST(Filter, TheMeanOfLikelihoodsIsTheLikelihood) {
    const double exact = std::exp(forward({3, 4, 6, 7, 15, 16, 22}, 24));
    const Filtering one(hidden);
    std::vector<double> ratios;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        ParticleFilters passed = one.filters({.particles = 64, .filters = 100, .seed = seed, .tells = false});
        while (!passed.is_over()) passed.advance();
        for (int f = 0; f < 100; ++f) ratios.push_back(std::exp(passed.log_likelihood(f)) / exact);
    }
    EXPECT_NEAR(mean(ratios), 1, 4 * standard_error(ratios)) << "over 1,000 filters of 64";
    EXPECT_GT(standard_deviation(ratios), 0.05);
}

TEST(Filter, OnePassKnowsHowFarItsLikelihoodIsOff) {
    const double exact = std::exp(forward({3, 4, 6, 7, 15, 16, 22}, 24));
    const Filtering one(hidden);
    ParticleFilters passed = one.filters({.particles = 1000, .filters = 300, .tells = false});
    while (!passed.is_over()) passed.advance();
    std::vector<double> ratios;
    std::vector<double> variances;
    for (int f = 0; f < 300; ++f) {
        ratios.push_back(std::exp(passed.log_likelihood(f)) / exact);
        variances.push_back(std::pow(passed.standard_error(f), 2));
    }
    const double told = std::sqrt(mean(variances)) / standard_deviation(ratios);
    EXPECT_GT(told, 0.9);
    EXPECT_LT(told, 2) << "drawing again systematically is steadier than what it reckons with";
}

// -- a linear Gaussian model ---------------------------------------------------------------------------------------------------------------------------

const std::string gaussian = R"yaml(
calendar: {start: 2021-01-01, end: 2021-01-12, step: day}
agents:
  state:
    fields: {x: {start: 1, range: [-1000, 1000]}}
    members: [one]
steps:
  - {rule: move, on: state, do: ["x = 0.8 * x + normal(0, 0.5)"]}
measures:
  level: {value: "state[one].x"}
observed:
  level: {table: level.csv, sd: 0.7}
)yaml";

const std::vector<std::pair<int, double>> levels{{2, 1.2}, {3, 0.1}, {5, -0.9}, {6, -1.1}, {12, 0.8}};  // day, value

double kalman() {
    double m = 1;
    double v = 0;
    double log_likelihood = 0;
    for (int day = 2; day <= 12; ++day) {  // a number of a day is that at its beginning, after the ticks of all days before
        m *= 0.8;
        v = 0.64 * v + 0.25;
        for (const auto& [at, y] : levels) {
            if (at != day) continue;
            const double s = v + 0.49;
            log_likelihood += -0.5 * std::log(2 * std::numbers::pi * s) - (y - m) * (y - m) / (2 * s);
            m += v / s * (y - m);
            v *= 0.49 / s;
        }
    }
    return log_likelihood;
}

TEST(Filter, LikelihoodOfALinearGaussianModelIsThatOfTheKalmanFilter) {
    const std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "entente-filter";
    std::filesystem::create_directories(folder);
    std::ofstream table(folder / "level.csv");
    table << "date,value\n";
    for (const auto& [day, value] : levels) table << fmt::format("2021-01-{:02},{}\n", day, value);
    table.close();
    for (const CompileOptions& way : ways) {
        const Filtering one(gaussian, way, folder);
        const ParticleFilters passed = one.passed({.particles = 20'000});
        EXPECT_NEAR(passed.log_likelihood(0), kalman(), 4 * passed.standard_error(0));
        EXPECT_LT(passed.standard_error(0), 0.05);
    }
}

// -- the same bits -------------------------------------------------------------------------------------------------------------------------------------

TEST(Filter, IsTheSameOverThreadsLanesInstructionSetsAndWaysToCompile) {
    const std::string reference = Filtering(hidden).passed({.particles = 300, .filters = 3, .threads = 1}).digest();
    for (const CompileOptions& way : ways)
        for (const int threads : {1, 2})
            for (const int lanes : {0, 1, 8, 64, 256})
                for (const Kernels* kernels : available_kernels()) {
                    const FilterPlan plan{.particles = 300, .filters = 3, .threads = threads, .lanes = lanes, .instruction_set = std::string(kernels->name)};
                    EXPECT_EQ(Filtering(hidden, way).passed(plan).digest(), reference) << threads << ' ' << lanes << ' ' << kernels->name;
                }
}

TEST(Filter, AFilterIsTheSameWhateverStandsBesideIt) {
    const Filtering one(hidden);
    const double alone = one.log_likelihood({.particles = 100});
    EXPECT_EQ(one.log_likelihood({.particles = 100, .filters = 7}), alone);
}

// -- what comes after ------------------------------------------------------------------------------------------------------------------------------------

TEST(Filter, RunsGoOnFromTheStateThatTheRecordLeaves) {
    std::string text = hidden;
    text.replace(text.find("complete: [0, 23]"), 17, "complete: [0, 16]");
    text.replace(text.find(", 22]}"), 6, "]}");
    text += "measures:\n  war: \"state[one].war\"\n";
    const Filtering one(text);
    ParticleFilters passed = one.passed({.particles = 8'000, .until = 17});
    const double in_war = passed.values()[0].back().mean;
    EXPECT_GT(in_war, 0.6) << "there were shots in the last two ticks";
    const Snapshot snapshot = passed.finish();
    const Model plain = compile(one.scenario);
    ASSERT_TRUE(is_of(snapshot, plain));
    RunPlan plan{.runs = 8'000, .series_runs = 0};
    plan.from = &snapshot;
    const Results results = run_ensemble(plain, plan);
    double expected = in_war;
    for (int t = 17; t < 24; ++t) expected = 0.9 * expected + 0.2 * (1 - expected);
    EXPECT_NEAR(mean(results.final_values[0]), expected, 0.02);
}

TEST(Filter, FiltersWithTheirOwnParametersGiveTheLikelihoodOfEach) {
    std::string text = of_one("probability: p", "{events: strike, ticks: {one: [2, 5]}, complete: [0, 9]}") + "parameters: {p: {value: 0.5, range: [0, 1]}}\n";
    const Scenario scenario = scenario_of(text);
    const Model model = compile(scenario, {.varied = {ParameterId{0}}, .conditioned = true});
    FilterPlan plan{.particles = 10, .filters = 3, .parameters = {{0.1, 0.3, 0.9}}, .until = 10};
    ParticleFilters passed(model, {}, plan);
    while (!passed.is_over()) passed.advance();
    for (const std::int64_t f : {0, 1, 2}) {
        const double p = passed.parameter(0, f);
        EXPECT_NEAR(passed.log_likelihood(f), 2 * std::log(p) + 18 * std::log(1 - p), 1e-10);
    }
}

TEST(Filter, FiltersAreDrawnAgainAndReplacedWithAllTheyHold) {
    const Scenario scenario = scenario_of(of_one("probability: p", "{events: strike, ticks: {one: [2, 5]}, complete: [0, 9]}") + "parameters: {p: {value: 0.5, range: [0, 1]}}\n");
    const Model model = compile(scenario, {.varied = {ParameterId{0}}, .conditioned = true});
    FilterPlan plan{.particles = 10, .filters = 3, .parameters = {{0.1, 0.3, 0.9}}, .until = 10};
    ParticleFilters passed(model, {}, plan);
    passed.advance();
    passed.redraw_filters(std::vector<std::int64_t>{1, 1, 2});
    plan.parameters = {{0.2, 0.6, 0.7}};
    ParticleFilters other(model, {}, plan);
    other.advance();
    passed.replace(2, other, 1);
    while (!passed.is_over()) passed.advance();
    const auto exact = [](double p) { return 2 * std::log(p) + 18 * std::log(1 - p); };
    EXPECT_EQ(passed.parameter(0, 0), 0.3);
    EXPECT_EQ(passed.parameter(0, 2), 0.6);
    EXPECT_NEAR(passed.log_likelihood(0), exact(0.3), 1e-10);
    EXPECT_NEAR(passed.log_likelihood(2), exact(0.6), 1e-10);
}

TEST(Filter, RunsThatFailCountNoMore) {
    const Filtering one(of_one("probability: 0.5 if uniform() < 0.9 else 2", "{events: strike, ticks: {one: 5}, complete: [0, 9]}"));
    const ParticleFilters passed = one.passed({.particles = 64});
    EXPECT_GT(passed.failures().size(), 5U);
    EXPECT_THAT(passed.failures().front().message, testing::HasSubstr("a probability is between 0 and 1"));
}

}  // namespace
}  // namespace entente::test
