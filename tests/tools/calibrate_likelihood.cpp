// Tests: inference/simulated_record.
/// `entente calibrate --method likelihood`, as its users meet it.
#include <cmath>
#include <sstream>

#include <entente/base/statistics.hpp>

#include "command.hpp"

namespace entente {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class CalibrateByLikelihood : public Command {
protected:
    CalibrateByLikelihood() {
        write_text(scratch_.path() / "strikes.yaml", R"yaml(entente: 1
title: Strikes
calendar: {ticks: 40}
parameters:
  odds: {value: 0.3, range: [0, 1], prior: "uniform(0, 1)"}
  heat: {value: 1, range: [0, 5]}
agents: {state: {members: [a, b], fields: {hits: 0}}}
steps:
  - {event: strike, on: state, probability: "min(1, odds * heat)", do: [hits += 1]}
measures: {struck: "sum(s.hits for s in state)"}
record:
  - {events: strike, ticks: {a: [1, 5, 9], b: [2, 30]}, complete: [0, 39]}
variants:
  hot: {about: twice as likely, parameters: {heat: 2}}
)yaml");
    }
    [[nodiscard]] std::string refused(const std::string& arguments) const {
        const Outcome outcome = entente("calibrate " + arguments);
        EXPECT_EQ(outcome.code, 2) << outcome.out;
        return outcome.err;
    }
    [[nodiscard]] std::vector<double> posterior(const std::string& folder) const {
        std::istringstream lines(file(folder + "/posterior.csv"));
        std::vector<double> values;
        std::string line;
        std::getline(lines, line);
        EXPECT_EQ(line, "point,odds,weight");
        while (std::getline(lines, line)) values.push_back(std::stod(line.substr(line.find(',') + 1)));
        return values;
    }
};

const std::string fit = "calibrate strikes.yaml --method likelihood --vary odds --particles 1000 --filter-runs 2 ";

TEST_F(CalibrateByLikelihood, finds_the_beta_posterior_and_its_evidence) {
    // 5 of 80: Beta(6, 76) over a uniform prior; the evidence of the order that was seen is B(6, 76).
    const Outcome told = entente(fit + "--out f --json");
    ASSERT_EQ(told.code, 0) << told.err;
    const json summary = json::parse(told.out);
    EXPECT_EQ(summary["method"], "likelihood");
    EXPECT_EQ(summary["end"], "posterior");
    const double mean = 6.0 / 82;
    const double sd = std::sqrt(6.0 * 76 / (82.0 * 82 * 83));
    const auto values = posterior("f");
    ASSERT_EQ(values.size(), 1000U);
    EXPECT_NEAR(entente::mean(values), mean, 3 * sd / std::sqrt(400));
    EXPECT_NEAR(standard_deviation(values), sd, 0.1 * sd);
    EXPECT_NEAR(summary["log_evidence"].get<double>(), std::lgamma(6) + std::lgamma(76) - std::lgamma(82), 0.2);
    EXPECT_GT(summary["distinct"], 900);
}

TEST_F(CalibrateByLikelihood, tells_its_steps_and_the_evidence) {
    const Outcome told = entente(fit + "--out f");
    ASSERT_EQ(told.code, 0) << told.err;
    EXPECT_THAT(told.out, StartsWith("Strikes\ncalibrated by likelihood · 1,000 particles"));
    EXPECT_THAT(told.out, HasSubstr("Step  temperature"));
    EXPECT_THAT(told.out, HasSubstr("It ended at the posterior, with "));
    EXPECT_THAT(told.out, HasSubstr("\nEvidence log -2"));
    EXPECT_THAT(told.out, Not(HasSubstr("tolerance")));
    EXPECT_THAT(file("f/generations.csv"), StartsWith("generation,temperature,filter_runs,runs,acceptance,effective,log_evidence\n0,0."));
}

TEST_F(CalibrateByLikelihood, gives_the_same_bytes_on_any_number_of_threads_and_goes_on_where_it_was) {
    ASSERT_EQ(entente(fit + "--out one --threads 1 --quiet --no-report").code, 0);
    ASSERT_EQ(entente(fit + "--out two --threads 2 --lanes 8 --quiet --no-report").code, 0);
    EXPECT_EQ(file("one/posterior.csv"), file("two/posterior.csv"));
    ASSERT_EQ(entente(fit + "--out less --runs 20000 --quiet --no-report").code, 0);
    EXPECT_EQ(json::parse(file("less/summary.json"))["end"], "budget");
    ASSERT_EQ(entente(fit + "--out less --quiet --no-report").code, 0);
    EXPECT_EQ(file("less/posterior.csv"), file("one/posterior.csv"));
    const Outcome again = entente(fit + "--out one");
    EXPECT_THAT(again.out, HasSubstr("none: all runs existed already"));
}

TEST_F(CalibrateByLikelihood, compares_variants_by_bayes_factors) {
    const Outcome told = entente(fit + "--variants hot --out f --json");
    ASSERT_EQ(told.code, 0) << told.err;
    const json variants = json::parse(told.out)["variants"];
    ASSERT_EQ(variants.size(), 2U);
    EXPECT_EQ(variants[1]["variant"], "hot");
    // chance on [0, 1] and min(1, 2 chance): the evidence of the second is half of the first's.
    EXPECT_NEAR(std::log(variants[1]["bayes_factor"].get<double>()), std::log(0.5), 0.3);
    EXPECT_TRUE(fs::exists(scratch_.path() / "f/as-written/posterior.csv"));
    EXPECT_TRUE(fs::exists(scratch_.path() / "f/hot/posterior.csv"));
    EXPECT_THAT(entente(fit + "--variants hot --out f").out, HasSubstr("Bayes factor: how many times as likely as the first the record is"));
}

TEST_F(CalibrateByLikelihood, ranks_truths_evenly_among_posteriors_of_what_they_made) {
    const Outcome told = entente("calibrate strikes.yaml --method likelihood --vary odds --particles 100 --filter-runs 2 --sbc 60 --out s --json");
    ASSERT_EQ(told.code, 0) << told.err;
    const json summary = json::parse(told.out);
    EXPECT_EQ(summary["fits"], 60);
    EXPECT_GT(summary["parameters"]["odds"]["chance"], 0.01) << summary.dump(2);
}

TEST_F(CalibrateByLikelihood, refuses_what_has_no_likelihood) {
    write_text(scratch_.path() / "date.yaml", "entente: 1\ncalendar: {start: 2020-01-01, ticks: 20, step: week}\nparameters: {p: {value: 0.1, range: [0, 1], prior: \"uniform(0, 1)\"}}\n"
                                              "agents: {state: {members: [a], fields: {done: 0}}}\nsteps: [{event: falls, on: state, probability: p, do: [done = 1]}]\n"
                                              "measures: {fell: \"first(state[a].done > 0)\"}\nobserved: {fell: {date: 2020-02-03}}\n");
    EXPECT_THAT(refused("date.yaml --method likelihood"), StartsWith("error: nothing is on record by the end of 2020-05-19 that has a likelihood\n"
                                                                     "help: give events under `record`, or numbers under `observed` with an `sd` or `seen`; --method abc fits"));
    EXPECT_THAT(refused("strikes.yaml --vary odds --variants hot"), StartsWith("error: --variants needs --method likelihood"));
    EXPECT_THAT(refused("strikes.yaml --method likelihood --vary heat=0:0.5 --set odds=0 --particles 20"),
                StartsWith("error: none of 20 particles drawn from the priors could have what is on record"));
    EXPECT_THAT(refused("strikes.yaml --method luck"), HasSubstr("the methods are abc and likelihood"));
}

TEST_F(CalibrateByLikelihood, says_what_it_would_do) {
    const Outcome plan = entente(fit + "--out f --dry-run");
    EXPECT_EQ(plan.code, 0);
    EXPECT_THAT(plan.out, HasSubstr("To       5 events and 0 numbers on record until"));
    EXPECT_FALSE(fs::exists(scratch_.path() / "f"));
}

}  // namespace
}  // namespace entente
