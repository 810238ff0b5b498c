#include <entente/store/calibration_runs.hpp>

#include <cmath>
#include <set>

#include <gmock/gmock.h>

#include <entente/study/vary.hpp>

#include "../scratch.hpp"
#include "../worlds.hpp"

namespace entente::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* acting = R"yaml(
calendar: {start: 2020-01-01, end: 2021-12-31, step: month}
parameters: {rate: {value: 2, range: [0, 50], prior: "uniform(0, 50)"}, eye: {value: 0.5, range: [0, 1], prior: "uniform(0, 1)"}}
agents: {state: {fields: {x: 0}, members: [a]}}
steps:
  - event: acts
    on: state
    count: rate
    do: [x += 1, "x += 0 * sqrt(10.5 - x)"]
measures:
  early: "first(state[a].x >= 1)"
  x: "state[a].x"
  acts: {value: "total(acts[a])", per: year}
observed:
  early: {date: 2020-03-01}
  x: {table: x.csv, sd: 0.5}
  acts: {table: acts.csv, per: year, seen: eye}
)yaml";

/// Everything that a calibration runs.
struct Acting {
    Acting() {
        write_text(scratch.path() / "x.csv", "date,value\n2020-06-01,4\n2021-01-01,9\n2021-06-01,12\n");
        write_text(scratch.path() / "acts.csv", "year,value\n2020,3\n2021,5\n");
        Varied varied = vary(scenario_of(acting, scratch.path()), std::vector<std::string>{"rate", "eye"});
        parameters = varied.parameters;
        factors = varied.factors;
        model = compile(varied.scenario, {.varied = parameters});
        summaries = std::make_unique<RecordSummaries>(record_items(varied.scenario, model, parameters).items, model.calendar);
    }
    std::optional<SummaryTable> made(const TilePlan& plan, const Proposals& proposals,
                                     const std::function<bool(const RunsMade&)>& progress = {}) const {
        const auto ranks = alone();
        CalibrationRuns runs({model, parameters, factors, *summaries}, plan, *ranks, scratch.path() / "exchange", progress);
        return runs.make(proposals, 11);
    }
    Scratch scratch;
    std::vector<ParameterId> parameters;
    std::vector<Factor> factors;
    Model model;
    std::unique_ptr<RecordSummaries> summaries;
};

Proposals proposals(std::int64_t first_run, std::size_t count) {
    Proposals made{first_run, {2, {}}};
    KeyedDraws draws(1, 1);
    for (std::size_t skipped = 0; skipped < 2 * static_cast<std::size_t>(first_run); ++skipped) draws.bits();
    for (std::size_t i = 0; i < 2 * count; ++i) made.unit.coordinates.push_back(unit_uniform(draws.bits()));
    return made;
}

void expect_same(const SummaryTable& a, const SummaryTable& b) {
    ASSERT_EQ(a.values.size(), b.values.size());
    for (std::size_t i = 0; i < a.values.size(); ++i)
        EXPECT_TRUE(same_bits(a.values[i], b.values[i]) || (std::isnan(a.values[i]) && std::isnan(b.values[i])));
}

TEST(CalibrationRuns, are_the_same_on_any_threads_and_lanes_and_in_any_rounds) {
    const Acting world;
    EXPECT_EQ(world.summaries->summaries().size(), 2U + 4 + 2);
    const auto whole = world.made({.threads = 1, .lanes = 8}, proposals(0, 300));
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->runs(), 300U);
    expect_same(*whole, *world.made({.threads = 3, .lanes = 1}, proposals(0, 300)));
    expect_same(*whole, *world.made({}, proposals(0, 300)));
    SummaryTable parts = *world.made({}, proposals(0, 130));
    const SummaryTable rest = *world.made({}, proposals(130, 170));
    parts.values.insert(parts.values.end(), rest.values.begin(), rest.values.end());
    expect_same(*whole, parts);
}

TEST(CalibrationRuns, have_luck_of_their_own) {
    const Acting world;
    Proposals alike{0, {2, std::vector<double>(40, .02)}};
    const SummaryTable made = *world.made({}, alike);
    std::set<std::vector<double>> different;
    for (std::size_t run = 0; run < made.runs(); ++run) different.insert({made.row(run).begin(), made.row(run).end()});
    EXPECT_EQ(different.size(), 20U);
}

TEST(CalibrationRuns, that_fail_have_no_numbers) {
    const Acting world;
    const SummaryTable made = *world.made({}, Proposals{0, {2, {.01, .5, 1, .5, 1, .5}}});
    EXPECT_FALSE(std::isnan(made.row(0)[0]));
    for (const std::size_t run : {1, 2})
        for (const double value : made.row(run)) EXPECT_TRUE(std::isnan(value));
}

TEST(CalibrationRuns, are_left_where_somebody_stops_them) {
    const Acting world;
    std::int64_t told = 0;
    EXPECT_FALSE(world.made({.threads = 1}, proposals(0, 5000), [&](const RunsMade& made) {
        told = made.runs;
        return false;
    }));
    EXPECT_GT(told, 0);
    EXPECT_LT(told, 5000);
}

}  // namespace
}  // namespace entente::test
