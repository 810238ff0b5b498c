// Tests: output/score_json, output/score_text, report/score_data, summary/score_summary.
/// Scores as a user meets them.
#include <cmath>

#include "../inflated.hpp"
#include "command.hpp"

namespace entente {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr double hazard = 0.5;
constexpr double years_a_tick = 7 / 365.25;

class Score : public Command {
protected:
    Score() { write("world.yaml", "fitted_to: 2021-12-31, "); }

    void write(const std::string& name, const std::string& keys) const {
        std::ofstream(scratch_.path() / name)
            << "entente: 1\ntitle: Three fall\ncalendar: {start: 2020-01-01, ticks: 208, step: week}\n"
               "parameters: {hazard: {value: 0.5, " +
                   keys +
                   "unit: 1/year}}\n"
                   "agents: {state: {members: [a, b, c], fields: {done: 0}}}\n"
                   "steps:\n  - {event: falls, on: state, where: done == 0, rate: hazard, do: [done = 1]}\n"
                   "measures: {fell: {value: first(done > 0), on: state}, fallen: sum(k.done for k in state)}\n"
                   "observed: {fallen: {value: 2}}\n"
                   "record:\n  - {events: falls, dates: {a: 2020-05-05, b: 2022-03-01}, complete: [2020-01-01, 2023-12-31]}\n";
    }

    [[nodiscard]] json scored(const std::string& arguments) const {
        const Outcome outcome = entente("score world.yaml --json --no-report " + arguments);
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        return json::parse(outcome.out);
    }
    [[nodiscard]] std::string refused(const std::string& arguments) const {
        const Outcome outcome = entente("score " + arguments);
        EXPECT_EQ(outcome.code, 2) << arguments;
        EXPECT_EQ(outcome.out, "");
        return outcome.err;
    }
};

const json& item(const json& all, const std::string& name) {
    for (const json& one : all["items"])
        if (one["name"] == name) return one;
    throw std::runtime_error("no item " + name);
}

TEST_F(Score, of_a_constant_hazard_is_that_by_hand) {
    constexpr double runs = 20000;
    const json all = scored("--since 2021-12-29 --runs 20000");
    const auto chance_after = [](double ticks) {
        return std::exp(-hazard * years_a_tick * 104) * (1 - std::exp(-hazard * years_a_tick * ticks));
    };
    const double chance = chance_after(104);
    const double error = std::sqrt(chance * (1 - chance) / runs);
    for (const std::string name : {"falls[a]", "falls[b]", "falls[c]"})
        EXPECT_NEAR(item(all, name)["forecast"]["chance"], chance, 4 * error);
    EXPECT_NEAR(item(all, "falls[b]")["forecast"]["brier"], (1 - chance) * (1 - chance), 8 * error);
    EXPECT_NEAR(item(all, "falls[c]")["forecast"]["brier"], chance * chance, 8 * error);
    const double known = 1.5 / (3 * 104);  // one came in three times 104 ticks
    EXPECT_NEAR(item(all, "falls[c]")["against"]["constant_hazard"]["chance"], 1 - std::exp(-known * 104), 1e-9);
    EXPECT_EQ(item(all, "falls[b]")["came"], 1);
    EXPECT_EQ(item(all, "falls[b]")["record"], "2022-02-23");
    EXPECT_EQ(item(all, "fallen")["value"], 2);
    EXPECT_EQ(item(all, "fallen")["median"], 3) << "each has fallen with chance 0.86";
    EXPECT_EQ(all["origins"], json::parse(R"([{"since": "2021-12-29", "until": "2023-12-26"}])"));
}

TEST_F(Score, is_the_same_on_any_number_of_threads_and_lanes) {
    const json one = scored("--since 2021-12-29 --runs 300 --threads 1 --lanes 8 --out one");
    json two = scored("--since 2021-12-29 --runs 300 --threads 2 --lanes 64 --out two");
    EXPECT_EQ(one, two);
    EXPECT_EQ(file("one/scores.csv"), file("two/scores.csv"));
    EXPECT_THAT(file("one/items.csv"), HasSubstr("falls[b],falls,b,2021-12-29,2023-12-26,2022-02-23,1,,"));
    EXPECT_THAT(file("one/item_scores.csv"), HasSubstr("\nfalls[b],2021-12-29,constant_hazard,"));
    EXPECT_THAT(file("one/reliability.csv"), StartsWith("low,high,items,mean_chance,share,consistent_low,consistent_high\n"));
}

TEST_F(Score, goes_on_with_what_is_there_and_refuses_what_is_scored_otherwise) {
    EXPECT_EQ(entente("score world.yaml --since 2021-12-29 --runs 100 --out s").code, 0);
    EXPECT_THAT(entente("score world.yaml --since 2021-12-29 --runs 200 --out s").out, HasSubstr("200 replicates"));
    EXPECT_EQ(scored("--since 2021-12-29 --runs 200 --out s")["digest"], scored("--since 2021-12-29 --runs 200 --out fresh")["digest"]);
    EXPECT_THAT(refused("world.yaml --since 2022-12-29 --runs 100 --out s"),
                HasSubstr("scored 2021-12-29 to 2023-12-26, not 2023-01-04 to 2023-12-26"));
    EXPECT_EQ(manifest("s")["study"]["command"], "score");
}

TEST_F(Score, begins_where_the_parameters_were_fitted_to) {
    EXPECT_EQ(scored("--runs 50")["origins"][0]["since"], "2022-01-05");
    const Outcome warned = entente("score world.yaml --since 2021-06-30 --runs 50");
    EXPECT_EQ(warned.code, 0);
    EXPECT_THAT(warned.err,
                HasSubstr("warning: 'hazard' was fitted to the record until 2021-12-31, which is scored here from 2021-06-30 on"));
    EXPECT_EQ(scored("--since 2021-06-30 --runs 50")["warnings"].size(), 1u);
}

TEST_F(Score, tells_its_verdict_and_every_baseline) {
    const Outcome told = entente("score world.yaml --runs 200 --out s");
    EXPECT_THAT(told.out, AllOf(StartsWith("Three fall\n"), HasSubstr("Scored from 2022-01-05 to 2023-12-26 · 4 items"),
                                HasSubstr("falls (3 items, 1 of which came; Brier score"), HasSubstr("the constant hazard"),
                                HasSubstr("nothing changes"), HasSubstr("Area under the ROC curve"), HasSubstr("not by 2023-12-26"),
                                HasSubstr("Results  s: scores.csv")));
    EXPECT_THAT(data_of_page(file("s/report.html")), AllOf(HasSubstr("\"score\":"), HasSubstr("\"reliability\":"), HasSubstr("Brier score")));
    fs::remove(scratch_.path() / "s/report.html");
    EXPECT_EQ(entente("report s").code, 0);
    EXPECT_THAT(data_of_page(file("s/report.html")), HasSubstr("\"score\":"));
}

TEST_F(Score, rolls_from_year_to_year) {
    const json all = scored("--since 2021-01-01 --rolling year --runs 100");
    EXPECT_EQ(all["origins"].size(), 3u);
    EXPECT_EQ(all["origins"][1]["since"], "2022-01-05");
    EXPECT_EQ(all["origins"][0]["until"], "2022-01-04");
    EXPECT_EQ(all["headline"][0]["sentence"], all["verdict"][0]);
    EXPECT_FALSE(all["headline"][0]["numbers"].empty());
    int of_b = 0;
    for (const json& one : all["items"])
        if (one["name"] == "falls[b]") of_b += one["came"] == 1 ? 1 : 10;
    EXPECT_EQ(of_b, 21) << "once came, twice not";
}

TEST_F(Score, spreads_its_runs_over_a_posterior) {
    std::ofstream(scratch_.path() / "posterior.csv") << "point,hazard,weight\n0,0,3\n1,1000,1\n";
    const json all = scored("--posterior posterior.csv --since 2020-01-01 --runs 200 --out p");
    EXPECT_EQ(item(all, "falls[c]")["forecast"]["chance"], 0.25) << "it always falls with a quarter of the weight";
    EXPECT_EQ(all["runs"], 200);
    EXPECT_NEAR(all["effective_runs"], 160, 1e-9) << "100 (3 + 1)^2 / (9 + 1)";
    EXPECT_THAT(file("p/design.csv"), StartsWith("point,hazard,weight\n0,0,3\n1,1000,1\n"));
    EXPECT_EQ(scored("--posterior posterior.csv --since 2020-01-01 --runs 200 --threads 1 --lanes 16 --out q")["digest"], all["digest"]);
    std::ofstream(scratch_.path() / "bad.csv") << "hazzard,weight\n0,3\n";
    EXPECT_THAT(refused("world.yaml --posterior bad.csv"), HasSubstr("bad.csv:1:1: error"));
    std::ofstream(scratch_.path() / "none.csv") << "hazard,weight\n1,0\n";
    EXPECT_THAT(refused("world.yaml --posterior none.csv"), HasSubstr("every weight is 0"));
}

TEST_F(Score, goes_on_from_what_was_known) {
    constexpr double particles = 4000;
    ASSERT_EQ(entente("condition world.yaml --until 2021-12-28 --particles 4000 --snapshot known.snap --out c").code, 0);
    const Outcome told = entente("score --from known.snap --json --out f");
    ASSERT_EQ(told.code, 0) << told.err;
    const json all = json::parse(told.out);
    EXPECT_EQ(all["origins"][0]["since"], "2021-12-29");
    EXPECT_EQ(item(all, "falls[a]")["forecast"]["chance"], 0) << "it is known to have fallen";
    const double chance = 1 - std::exp(-hazard * years_a_tick * 104);
    for (const std::string name : {"falls[b]", "falls[c]"})
        EXPECT_NEAR(item(all, name)["forecast"]["chance"], chance, 4 * std::sqrt(chance * (1 - chance) / particles)) << "it is known not to have fallen";
    EXPECT_EQ(json::parse(entente("score --from known.snap --json --out g --threads 1 --lanes 8").out), all);
    EXPECT_EQ(manifest("f")["digest"], all["digest"]);
    EXPECT_THAT(data_of_page(file("f/report.html")), HasSubstr("\"score\":"));
    EXPECT_THAT(refused("--from known.snap --since 2021-01-01"), HasSubstr("lies before the snapshot, which stands at 2021-12-29"));
    EXPECT_THAT(refused("--from known.snap --until 2023-06-01 --out f"), HasSubstr("the folder 'f' holds other results: scored 2021-12-29 to 2023-12-26"));
    EXPECT_THAT(refused("--from known.snap --rolling year"), HasSubstr("a snapshot is of one"));
    EXPECT_THAT(refused("--from known.snap --posterior p.csv"), HasSubstr("give one or the other"));
    EXPECT_THAT(entente("score --from known.snap --dry-run").out, HasSubstr("Would make 4,000 runs of 104 ticks"));
}

TEST_F(Score, tells_what_it_would_cost) {
    const Outcome told = entente("score world.yaml --runs 100000 --dry-run --out s");
    EXPECT_THAT(told.out, HasSubstr("Would make 100,000 runs"));
    EXPECT_FALSE(fs::exists(scratch_.path() / "s"));
}

TEST_F(Score, refuses_what_makes_no_sense) {
    EXPECT_THAT(refused("walk.yaml"), HasSubstr("has nothing to be scored against"));
    EXPECT_THAT(
        refused("world.yaml --since 2024-01-01"),
        HasSubstr("nothing can be scored since 2024-01-01: the calendar is over\nhelp: the calendar runs from 2020-01-01 to 2023-12-26"));
    EXPECT_THAT(refused("world.yaml --since yesterday"), HasSubstr("--since takes a date, not 'yesterday'"));
    EXPECT_THAT(refused("world.yaml --since 2022-02-30"), HasSubstr("February 2022 has 28 days"));
    EXPECT_THAT(refused("world.yaml --since 2022-02-01 --until 2021-02-01"), HasSubstr("nothing is left to score"));
    EXPECT_THAT(refused("world.yaml --rolling month"), HasSubstr("there are no origins by 'month'"));
    EXPECT_THAT(refused("world.yaml --posterior nowhere.csv"), Not(HasSubstr("internal")));
}

}  // namespace
}  // namespace entente
