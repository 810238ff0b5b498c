// `entente calibrate`, and what reads its posterior.
#include <cmath>
#include <sstream>

#include "command.hpp"

namespace entente {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::StartsWith;

class Calibrate : public Command {
protected:
    Calibrate() {
        write("never.yaml", hazard("2024-01-01", "{date: never}"));
        write("came.yaml", hazard("2024-01-01", "{date: 2020-03-25}"));
    }

    /// A hazard of which something is on record.
    static std::string hazard(const std::string& end, const std::string& record) {
        return "entente: 1\ncalendar: {start: 2020-01-01, end: " + end + R"yaml(, step: week}
parameters: {hazard: {value: 0.5, unit: 1/year, range: [0, 10], prior: "uniform(0, 2)"}}
agents: {state: {members: {a: {}}, fields: {done: 0}}}
steps:
  - event: recognises
    on: state
    where: done == 0
    rate: hazard
    do: [done = 1]
measures: {recognised: "first(state[a].done > 0)"}
observed: {recognised: )yaml" +
               record + "}\n";
    }
    void write(const std::string& name, const std::string& text) const { write_text(scratch_.path() / name, text); }

    [[nodiscard]] std::string refused(const std::string& arguments) const {
        const Outcome outcome = entente("calibrate " + arguments);
        EXPECT_EQ(outcome.code, 2) << outcome.out;
        return outcome.err;
    }

    /// Mean and sd of the first parameter by the weights, and their effective number.
    struct Moments {
        double mean = 0;
        double sd = 0;
        double effective = 0;
    };
    [[nodiscard]] Moments posterior(const std::string& folder) const {
        std::istringstream lines(file(folder + "/posterior.csv"));
        std::string line;
        std::getline(lines, line);
        EXPECT_THAT(line, testing::MatchesRegex("point,.*,weight"));
        double sum = 0, first = 0, second = 0, squares = 0;
        while (std::getline(lines, line)) {
            std::istringstream cells(line);
            std::string point, value;
            std::getline(cells, point, ',');
            std::getline(cells, value, ',');
            const double weight = std::stod(line.substr(line.rfind(',') + 1));
            sum += weight;
            squares += weight * weight;
            first += weight * std::stod(value);
            second += weight * std::stod(value) * std::stod(value);
        }
        EXPECT_NEAR(sum, 1, 1e-9);
        return {first, std::sqrt(second - first * first), 1 / squares};
    }

    void expect_same(const std::string& a, const std::string& b) const {
        for (const char* name : {"posterior.csv", "generations.csv", "record.csv", "scales.csv", "summary.json"})
            EXPECT_EQ(file(a + '/' + name), file(b + '/' + name)) << name;
        EXPECT_EQ(manifest(a)["digest"], manifest(b)["digest"]);
    }
};

TEST_F(Calibrate, finds_a_hazard_from_what_never_came_whatever_the_seed) {
    for (const auto* seed : {"1", "2", "3"}) {
        const Outcome done = entente("calibrate never.yaml --particles 1000 --out never --no-report --seed " + std::string(seed));
        ASSERT_EQ(done.code, 0) << done.err;
        // U(0, 2), never in 208 weeks, 3.986 years: mean .25002, sd .24785.
        const Moments found = posterior("never");
        EXPECT_NEAR(found.mean, .25002, 3 * .24785 / std::sqrt(found.effective)) << "seed " << seed;
        EXPECT_NEAR(found.sd, .24785, 4 * .24785 * std::sqrt(8 / found.effective) / 2);
        EXPECT_EQ(json::parse(file("never/summary.json"))["end"], "exact");
        EXPECT_THAT(done.out, HasSubstr("no tolerance is left"));
        fs::remove_all(scratch_.path() / "never");
    }
}

TEST_F(Calibrate, tells_what_was_known_before_and_is_now) {
    const Outcome done = entente("calibrate came.yaml --particles 400 --runs 20000 --out fit");
    ASSERT_EQ(done.code, 0) << done.err;
    EXPECT_THAT(done.out, StartsWith("came.yaml\ncalibrated by abc · 400 particles · record until 2023-12-26 · seed 1\n"));
    EXPECT_THAT(done.out, ContainsRegex("\n  hazard +uniform\\(0, 2\\) +1 \\(0.1 – 1.9\\) "));
    EXPECT_THAT(done.out, ContainsRegex("\n  recognised, years +0.23 "));
    EXPECT_THAT(
        done.out,
        HasSubstr("\nResults  fit: posterior.csv, generations.csv, record.csv, scales.csv, summary.json, manifest.json, report.html\n"
                  "Next     entente run came.yaml --posterior fit/posterior.csv\n"
                  "         where values from here go into the scenario, write fitted_to: 2023-12-26 beside them\n"));
    EXPECT_THAT(file("fit/report.html"), HasSubstr("calibrat"));
    const json told = json::parse(file("fit/summary.json"));
    EXPECT_EQ(told["format"], "entente-calibration-summary/1");
    EXPECT_EQ(told["generations"].size() + 1, static_cast<std::size_t>(std::ranges::count(file("fit/generations.csv"), '\n')));
    // The hazard's posterior in the limit: h exp(-0.23 h) on [0, 2], mean 1.29.
    const Moments found = posterior("fit");
    EXPECT_NEAR(found.mean, 1.29, .1);
}

TEST_F(Calibrate, gives_the_same_bytes_on_any_threads_and_lanes) {
    const std::string fit = "calibrate came.yaml --particles 300 --runs 6000 --no-report --quiet --out ";
    ASSERT_EQ(entente(fit + "one --threads 1").code, 0);
    ASSERT_EQ(entente(fit + "three --threads 3 --lanes 8").code, 0);
    expect_same("one", "three");
    EXPECT_EQ(entente(fit + "one --threads 2").code, 0) << "all is there";
    EXPECT_EQ(manifest("one")["cost"]["runs_made"], 0);
    expect_same("one", "three");
    if (ENTENTE_HAS_MPI == 0 || shell("command -v mpirun").code != 0) return;
    ASSERT_EQ(
        shell("ASAN_OPTIONS=detect_leaks=0 mpirun --allow-run-as-root --oversubscribe -n 3 entente " + fit + "ranks --threads 1")
            .code,
        0);
    expect_same("one", "ranks");
}

TEST_F(Calibrate, goes_on_after_a_kill_to_the_same_bytes) {
    const std::string fit = "calibrate came.yaml --particles 500 --runs 60000 --no-report --quiet --threads 1 --out ";
    ASSERT_EQ(entente(fit + "whole").code, 0);
    for (const auto* after : {"0.03", "0.06", "0.1"}) {
        const std::string folder = std::string("killed-") + after;
        (void)shell("entente " + fit + folder + " & sleep " + after + "; kill -9 $! 2>/dev/null; wait $! 2>/dev/null; true");
        ASSERT_EQ(entente(fit + folder).code, 0);
        expect_same("whole", folder);
    }
    // Of rounds that are lost or damaged only these are made again.
    const auto rounds = fs::directory_iterator(scratch_.path() / "whole" / "rounds");
    const fs::path round = rounds->path();
    std::string bytes = read_text(round);
    bytes[bytes.size() / 2] ^= 1;
    write_text(round, bytes);
    const Outcome again = entente(fit + "whole");
    EXPECT_EQ(again.code, 0);
    EXPECT_THAT(again.err, HasSubstr("it is made again"));
    expect_same("whole", "killed-0.1");
}

TEST_F(Calibrate, goes_on_with_a_larger_budget) {
    const std::string fit = "calibrate came.yaml --particles 300 --no-report --quiet --out ";
    ASSERT_EQ(entente(fit + "grown --runs 2000").code, 0);
    const std::string before = file("grown/generations.csv");
    ASSERT_EQ(entente(fit + "grown --runs 9000").code, 0);
    ASSERT_EQ(entente(fit + "whole --runs 9000").code, 0);
    EXPECT_EQ(file("grown/posterior.csv"), file("whole/posterior.csv"));
    EXPECT_THAT(file("grown/generations.csv"), StartsWith(before));
    EXPECT_LT(manifest("grown")["cost"]["runs_made"].get<int>(), 8000);
    EXPECT_EQ(entente("calibrate came.yaml --particles 300 --no-report --out grown --runs 9000 --no-runs").code, 0);
}

TEST_F(Calibrate, fits_to_the_record_until_a_day) {
    const Outcome before = entente("calibrate came.yaml --until 2020-03-03 --particles 300 --out before --no-report");
    ASSERT_EQ(before.code, 0);
    EXPECT_EQ(
        before.err,
        "warning: by 2020-03-03 nothing on record had come: all that is fitted is that it had not\nhelp: name a later day with --until\n");
    EXPECT_THAT(before.out, ContainsRegex("\n  recognised, came +0 "));
    const json told = json::parse(file("before/summary.json"));
    EXPECT_EQ(told["until"], "2020-03-03");
    EXPECT_NEAR(told["record"][0]["record"].get<double>(), 9 * 7 / 365.25, 1e-9);
}

TEST_F(Calibrate, makes_a_posterior_that_other_commands_go_on_from) {
    ASSERT_EQ(entente("calibrate never.yaml --particles 400 --quiet --no-report --out fit").code, 0);
    const Outcome run = entente("run never.yaml --posterior fit/posterior.csv --runs 1024 --no-report --out r");
    ASSERT_EQ(run.code, 0) << run.err;
    EXPECT_THAT(file("r/runs.csv"), StartsWith("run,point,replicate,status,hazard,recognised\n0,"));
    double sum = 0;
    std::istringstream lines(file("r/runs.csv"));
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) sum += std::stod(line.substr(line.find(",ok,") + 4));
    const Moments found = posterior("fit");
    EXPECT_NEAR(sum / 1024, found.mean, .01) << "spread by weight, evenly";
    ASSERT_EQ(
        entente(
            "run never.yaml --posterior fit/posterior.csv --runs 16 --first-run 512 --threads 1 --lanes 1 --no-report --quiet --out some")
            .code,
        0);
    const std::string some = file("some/runs.csv");
    EXPECT_THAT(file("r/runs.csv"), HasSubstr(some.substr(some.find("\n512,")))) << "a run is the same however many are made";
    EXPECT_THAT(entente("run never.yaml --runs 1024 --no-report --out r").err, HasSubstr("holds results of another run: the posterior "));

    const Outcome swept = entente("sweep never.yaml --points fit/posterior.csv --replicates 8 --unpaired --no-report --out s");
    ASSERT_EQ(swept.code, 0) << swept.err;
    EXPECT_THAT(swept.out, ContainsRegex("weighted: mean of the points by their weights, effectively [0-9]+ of 400"));
    EXPECT_THAT(file("s/design.csv"), StartsWith("point,hazard,weight\n0,"));
    const double came = json::parse(file("s/summary.json"))["outcomes"]["recognised_came"]["mean"];
    EXPECT_NEAR(came, .5, .06) << "Laplace's rule: as long again, once more never of two";
}

TEST_F(Calibrate, refuses_what_can_not_be_fitted) {
    EXPECT_EQ(refused("never.yaml --set hazard=1"),
              "error: nothing to fit: there is no --vary, and no parameter without --set has a prior\nhelp: as in --vary trust=0:1; or "
              "write a prior for a parameter, as in prior: \"uniform(0, 1)\"\n");
    EXPECT_EQ(refused("walk.yaml --vary drift=0:1"),
              "error: there is nothing on record to fit to: the scenario has no `observed`\nhelp: write what came of its measures, as in "
              "observed: {recognised: {date: 2025-07-03}}; 'entente reference' tells how\n");
    EXPECT_EQ(refused("never.yaml --vary hazard --vary 'state[a].done=0:1' --particles 2"),
              "error: 2 particles are too few for 2 parameters: their spread can't be seen\nhelp: use more, a hundred for each parameter: "
              "--particles 1000\n");
    EXPECT_EQ(refused("never.yaml --runs 500"),
              "error: a budget of 500 runs does not suffice for the first generation of 1,000 particles\nhelp: use more --runs, or fewer "
              "--particles\n");
    EXPECT_EQ(refused("never.yaml --until 2020-01-03"),
              "error: no tick has ended by 2020-01-03: the calendar begins on 2020-01-01\nhelp: name a later day with --until\n");
    EXPECT_EQ(refused("never.yaml --method mcmc"), "error: there is no method 'mcmc'\nhelp: the methods are abc and likelihood\n");
    EXPECT_EQ(refused("never.yaml --vary hazard=20:30"),
              "error: the value 20 of 'hazard' is outside its range [0, 10]\nhelp: stay inside\n");
    write("values.yaml",
          "entente: 1\ncalendar: {start: 2020-01-01, end: 2021-12-31, step: month}\nparameters: {rate: {value: 2, prior: \"uniform(0, "
          "9)\"}}\n"
          "measures: {total: {value: \"total(rate)\", per: year}}\nobserved: {total: {table: t.csv, per: year}}\n");
    write("t.csv", "year,value\n2021,3\n");
    EXPECT_EQ(refused("values.yaml --until 2020-12-31"),
              "error: nothing of the record lies before the end of 2020-12-31: of the record of 'total' 1 value outside the time to which "
              "it is fitted\nhelp: name a later day with --until\n");
    write("weight.yaml",
          "entente: 1\ncalendar: {ticks: 4}\nparameters: {weight: {value: 2, prior: \"uniform(0, 9)\"}}\nmeasures: {w: weight}\nobserved: "
          "{w: 3}\n");
    EXPECT_THAT(refused("weight.yaml"), HasSubstr("a parameter called 'weight' can't be told from the weights of posterior.csv"));
    ASSERT_EQ(entente("calibrate never.yaml --particles 100 --quiet --no-report --out fit").code, 0);
    EXPECT_THAT(refused("never.yaml --particles 200 --out fit"),
                HasSubstr("the folder 'fit' holds another calibration: 'abc of 100 particles, record until 2023-12-26: hazard ~ uniform(0, "
                          "2)', not 'abc of 200 particles"));
    EXPECT_THAT(refused("never.yaml --out empty --no-runs"), HasSubstr("there are no runs of this calibration in 'empty'"));
}

TEST_F(Calibrate, says_where_the_prior_has_no_mass_at_the_fit) {
    write("far.yaml",
          "entente: 1\ncalendar: {ticks: 4}\nparameters: {level: {value: 2, prior: \"uniform(0, 9)\"}}\nmeasures: {w: level}\nobserved: "
          "{w: 30}\n");
    const Outcome done = entente("calibrate far.yaml --particles 100 --out fit --no-report");
    EXPECT_EQ(done.code, 0) << done.err;
    EXPECT_THAT(done.out, ContainsRegex("The record presses level against the upper end of its prior"));
    EXPECT_THAT(done.out, ContainsRegex("No run of the prior came to what is on record of w \\(30, runs [0-9.]+ to"));
}

TEST_F(Calibrate, says_that_every_run_fails) {
    write("broken-runs.yaml",
          "entente: 1\ncalendar: {ticks: 4}\nparameters: {level: {value: 2, prior: \"uniform(0, 9)\"}}\nagents: {state: {members: {a: {}}, "
          "fields: {x: 0}}}\n"
          "steps:\n  - rule: r\n    on: state\n    do: [\"x = sqrt(-1 - level)\"]\nmeasures: {w: \"state[a].x\"}\nobserved: {w: 30}\n");
    EXPECT_THAT(refused("broken-runs.yaml --particles 100 --runs 300 --out fit"),
                StartsWith("error: of 300 runs, fewer than 100 left a number for all that is on record: the others failed, or have values "
                           "that are missing\n"));
}

TEST_F(Calibrate, tells_what_it_would_do) {
    const Outcome dry = entente("calibrate never.yaml --dry-run");
    EXPECT_EQ(dry.code, 0);
    EXPECT_THAT(dry.out,
                StartsWith("Would make at most 200,000 runs of 208 ticks\nFits     1 parameter\n           hazard ~ uniform(0, 2)\n"
                           "To       2 numbers on record until 2023-12-26\n           recognised, years = 3.99\n           recognised, "
                           "came = 0\nTime     about "));
    EXPECT_FALSE(fs::exists(scratch_.path() / "results"));
}

TEST_F(Calibrate, ranks_truths_uniformly_among_posteriors_of_records_simulated_at_them) {
    const std::string sbc = "calibrate never.yaml --sbc 60 --particles 100 --runs 4000 --no-report --out ";
    const Outcome done = entente(sbc + "ranks");
    ASSERT_EQ(done.code, 0) << done.err;
    EXPECT_THAT(done.out, HasSubstr("simulation-based calibration of abc · 60 fits of 100 particles each"));
    const json told = json::parse(file("ranks/summary.json"));
    EXPECT_EQ(told["format"], "entente-rank-summary/1");
    EXPECT_EQ(told["parameters"]["hazard"]["counts"].size(), 10U);
    EXPECT_GT(told["parameters"]["hazard"]["chance"].get<double>(), .01);
    EXPECT_GT(told["parameters"]["hazard"]["held_interval"][1].get<double>(), .9);
    EXPECT_THAT(file("ranks/sbc.csv"), StartsWith("fit,parameter,truth,rank,of,mean,sd,q05,q95\n0,hazard,"));
    fs::remove(scratch_.path() / "ranks" / "fits" / "000007.fit");
    const std::string table = file("ranks/sbc.csv");
    ASSERT_EQ(entente(sbc + "ranks --threads 1").code, 0);
    EXPECT_EQ(file("ranks/sbc.csv"), table) << "what is lost is made again as it was";
}

TEST_F(Calibrate, is_reported_again) {
    ASSERT_EQ(entente("calibrate never.yaml --particles 100 --quiet --no-report --out fit").code, 0);
    const Outcome report = entente("report fit");
    EXPECT_EQ(report.code, 0) << report.err;
    EXPECT_TRUE(fs::exists(scratch_.path() / "fit" / "report.html"));
}

}  // namespace
}  // namespace entente
