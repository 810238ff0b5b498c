// Tests: tempered_smc, record_likelihoods.
// Posteriors and evidences that are known.
#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <entente/base/statistics.hpp>
#include <entente/inference/record_likelihoods.hpp>
#include <entente/study/vary.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

struct Fit {
    Varied varied;
    Model model;
    std::vector<NumberOnRecord> numbers;
    std::vector<double> weights;

    Fit(const std::string& text, const std::vector<std::string>& what) : varied(vary(scenario_of(text), what)), model(compile(varied.scenario, {.varied = varied.parameters, .conditioned = true})) {
        numbers = numbers_on_record(varied.scenario, model, model.calendar.ticks());
    }
    [[nodiscard]] TemperedSmc made(TemperedPlan plan, int threads = 2) const {
        TemperedSmc smc(varied.factors.size(), plan);
        while (smc.next()) smc.take(log_likelihoods_of({model, varied.parameters, varied.factors, numbers, model.calendar.ticks()}, {.seed = plan.seed, .threads = threads}, *smc.next()));
        return smc;
    }
    [[nodiscard]] std::vector<double> values(const TemperedSmc& smc, std::size_t k) const {
        std::vector<double> all;
        for (const double u : smc.particles().coordinate(k)) all.push_back(varied.factors[k].at(u));
        return all;
    }
};

std::string rate(const std::string& record, const std::string& prior) {
    return "calendar: {start: 2000-01-01, ticks: 209, step: week}\nparameters: {hazard: {value: 0.5, unit: 1/year, range: [0, 100], prior: \"" + prior + "\"}}\n"
           "agents:\n  state:\n    members: [one]\n    fields: {done: 0}\nsteps:\n  - {event: fall, on: state, rate: hazard, where: done == 0, do: [done = 1]}\nrecord:\n  - " + record + "\n";
}

/// Mean, sd and log evidence by a fine grid over the prior's quantiles.
struct Exact {
    double mean = 0;
    double sd = 0;
    double log_evidence = 0;
};
template <class Likelihood>
Exact by_grid(const Factor& factor, Likelihood log_likelihood) {
    constexpr int n = 200'000;
    double sum = 0, first = 0, second = 0;
    for (int i = 0; i < n; ++i) {
        const double x = factor.at((i + 0.5) / n);
        const double w = std::exp(log_likelihood(x));
        sum += w, first += w * x, second += w * x * x;
    }
    return {first / sum, std::sqrt(second / sum - first / sum * first / sum), std::log(sum / n)};
}

TEST(TemperedSmc, FindsThePosteriorOfAHazardThatNeverCame) {
    const Fit fit(rate("{events: fall, dates: {}, complete: [2000-01-01, 2004-01-02]}", "uniform(0, 2)"), {"hazard"});
    const TemperedSmc smc = fit.made({.particles = 2000, .filter_runs = 2});
    const double years = 209 * fit.model.calendar.dt();
    const Exact exact = by_grid(fit.varied.factors[0], [&](double h) { return -h * years; });
    EXPECT_NEAR(exact.mean, 0.24933, 2e-3) << "never within 4 years";
    const auto hazards = fit.values(smc, 0);
    EXPECT_EQ(smc.end(), TemperedEnd::posterior);
    EXPECT_NEAR(mean(hazards), exact.mean, 3 * exact.sd / std::sqrt(700));
    EXPECT_NEAR(standard_deviation(hazards), exact.sd, 0.1 * exact.sd);
    EXPECT_NEAR(smc.log_evidence(), exact.log_evidence, 0.1);
}

TEST(TemperedSmc, FindsThePosteriorOfCounts) {
    // 1, 2, 3, 2 in four years with Gamma(2, 1), told here by its quantiles through a lognormal-free form: uniform over a wide range and the Gamma's density as evidence
    const std::string text = "calendar: {ticks: 4}\nparameters: {mean_count: {value: 2, range: [0, 20], prior: \"uniform(0, 12)\"}}\nagents:\n  state:\n    members: [one]\n    fields: {x: 0}\n"
                             "steps:\n  - {event: hit, on: state, count: mean_count, do: [x += hit]}\nrecord:\n  - {events: hit, ticks: {one: [0, 1, 1, 2, 2, 2, 3, 3]}, complete: [0, 3]}\n";
    const Fit fit(text, {"mean_count"});
    const TemperedSmc smc = fit.made({.particles = 2000, .filter_runs = 2});
    const Exact exact = by_grid(fit.varied.factors[0], [&](double m) { return 8 * std::log(m) - 4 * m - std::log(2.0 * 6 * 2); });
    EXPECT_NEAR(exact.mean, 9.0 / 4, 0.01) << "Gamma(9, 4)";
    EXPECT_NEAR(mean(fit.values(smc, 0)), exact.mean, 3 * exact.sd / std::sqrt(700));
    EXPECT_NEAR(standard_deviation(fit.values(smc, 0)), exact.sd, 0.1 * exact.sd);
    EXPECT_NEAR(smc.log_evidence(), exact.log_evidence, 0.1);
}

const std::string hidden = R"yaml(
calendar: {ticks: 24}
parameters:
  turning: {value: 0.2, range: [0, 1], prior: "uniform(0, 1)"}
  war_shots: {value: 0.7, range: [0, 1], prior: "uniform(0, 1)"}
agents:
  state:
    fields: {war: 0}
    members: [one]
steps:
  - {rule: turn, on: state, do: [war = bernoulli(0.9 if war > 0 else turning)]}
  - {event: shot, on: state, probability: war_shots if war > 0 else 0.1}
record:
  - {events: shot, ticks: {one: [3, 4, 6, 7, 15, 16, 22]}, complete: [0, 23]}
)yaml";

double forward(double turning, double shots_in_war) {
    double p = 0;
    double log_likelihood = 0;
    for (int t = 0; t < 24; ++t) {
        const double war = p * 0.9 + (1 - p) * turning;
        const std::vector<int> shots{3, 4, 6, 7, 15, 16, 22};
        const bool shot = std::ranges::find(shots, t) != shots.end();
        const double both = war * (shot ? shots_in_war : 1 - shots_in_war) + (1 - war) * (shot ? 0.1 : 0.9);
        log_likelihood += std::log(both);
        p = war * (shot ? shots_in_war : 1 - shots_in_war) / both;
    }
    return log_likelihood;
}

TEST(TemperedSmc, FindsThePosteriorOfAHiddenChainThatIsFilteredByFewRuns) {
    const Fit fit(hidden, {"turning", "war_shots"});
    const TemperedSmc smc = fit.made({.particles = 1500, .filter_runs = 60, .moves = 4});
    double sum = 0, a = 0, b = 0, aa = 0, bb = 0;
    constexpr int n = 200;
    for (int i = 0; i < n; ++i)
        for (int k = 0; k < n; ++k) {
            const double x = (i + 0.5) / n, y = (k + 0.5) / n;
            const double w = std::exp(forward(x, y));
            sum += w, a += w * x, b += w * y, aa += w * x * x, bb += w * y * y;
        }
    const double sd_a = std::sqrt(aa / sum - a / sum * a / sum), sd_b = std::sqrt(bb / sum - b / sum * b / sum);
    EXPECT_NEAR(mean(fit.values(smc, 0)), a / sum, 3 * sd_a / std::sqrt(400));
    EXPECT_NEAR(mean(fit.values(smc, 1)), b / sum, 3 * sd_b / std::sqrt(400));
    EXPECT_NEAR(standard_deviation(fit.values(smc, 0)), sd_a, 0.12 * sd_a);
    EXPECT_NEAR(standard_deviation(fit.values(smc, 1)), sd_b, 0.12 * sd_b);
    EXPECT_NEAR(smc.log_evidence(), std::log(sum / (n * n)), 0.2);
    EXPECT_GT(smc.distinct(), 1000U);
}

TEST(TemperedSmc, IsTheSameOnAnyNumberOfThreads) {
    const Fit fit(hidden, {"turning", "war_shots"});
    const TemperedPlan plan{.particles = 100, .filter_runs = 20};
    const TemperedSmc one = fit.made(plan, 1);
    const TemperedSmc two = fit.made(plan, 2);
    EXPECT_EQ(one.particles().unit.coordinates, two.particles().unit.coordinates);
    EXPECT_EQ(one.log_evidence(), two.log_evidence());
}

TEST(TemperedSmc, TellsARecordThatNoParticleCouldHave) {
    const Fit fit("calendar: {ticks: 4}\nparameters: {p: {value: 0, range: [0, 1], prior: \"uniform(0, 1)\"}}\nagents: {state: {members: [one], fields: {x: 0}}}\n"
                  "steps:\n  - {event: hit, on: state, where: x > 0, probability: p}\nrecord:\n  - {events: hit, ticks: {one: 1}, complete: [0, 3]}\n", {"p"});
    EXPECT_EQ(fit.made({.particles = 20, .filter_runs = 2}).end(), TemperedEnd::impossible);
}

TEST(TemperedSmc, StopsWhereNoRunsAreLeft) {
    const Fit fit(hidden, {"turning", "war_shots"});
    const TemperedSmc smc = fit.made({.particles = 50, .filter_runs = 20, .runs = 3000});
    EXPECT_EQ(smc.end(), TemperedEnd::budget);
    EXPECT_EQ(smc.runs(), 3000);
}

}  // namespace
}  // namespace entente::test
