// Tests: abc_smc.

#include "calibrating.hpp"

namespace entente {
namespace {

using namespace calibrating;
using testing::Each;
using testing::ElementsAre;

Fit seven_of_twenty(const AbcPlan& plan, std::size_t at_once = 1000000) {
    return fitted(
        {uniform(0, 1)}, {{7}, {0}}, [](auto values, Luck& luck) { return std::vector{luck.binomial(20, values[0])}; }, plan, at_once);
}

TEST(AbcSmc, ends_in_the_exact_posterior_where_the_record_can_be_met) {
    const Fit fit = seven_of_twenty({.particles = 2000});
    EXPECT_EQ(fit.smc.end(), AbcEnd::exact);
    EXPECT_EQ(fit.last().tolerance, 0);
    expect_posterior(fit.values(), fit.weights(), .36363636, .10030496);  // Beta(8, 14)
    EXPECT_NEAR(weighted_quantile(fit.values(), fit.weights(), .5), .35943427, .015);
    EXPECT_NEAR(weighted_quantile(fit.values(), fit.weights(), .025), .18107163, .03);
    EXPECT_NEAR(weighted_quantile(fit.values(), fit.weights(), .975), .56967548, .03);
    EXPECT_LT(fit.smc.runs_made(), 2000 * 21) << "the acceptance of plain rejection is 1/21";
}

/// Moments of theta ~ N(0, 2^2) given |x - 1.5| <= eps, x ~ N(theta, 1/10), by the midpoint rule.
std::pair<double, double> normal_mean_within(double eps) {
    double mass = 0, first = 0, second = 0;
    for (double theta = -6; theta < 8; theta += .001) {
        const auto chance = [&](double x) { return std::erfc(-(x - theta) * std::sqrt(5.0)) / 2; };
        const double weight = std::exp(-theta * theta / 8) * (chance(1.5 + eps) - chance(1.5 - eps));
        mass += weight;
        first += weight * theta;
        second += weight * theta * theta;
    }
    return {first / mass, std::sqrt(second / mass - first * first / mass / mass)};
}

TEST(AbcSmc, gives_the_posterior_of_its_tolerance_at_any_generation) {
    EXPECT_NEAR(normal_mean_within(.5).first, 1.43397618, 1e-6);
    EXPECT_NEAR(normal_mean_within(.5).second, .41918964, 1e-6);
    const Fit fit = fitted({factor(Prior::Form::normal, {0, 2})}, {{1.5}, {0}},
                           [](auto values, Luck& luck) { return std::vector{values[0] + luck.normal() / std::sqrt(10.0)}; },
                           {.particles = 3000, .runs = 90'000});
    EXPECT_EQ(fit.smc.end(), AbcEnd::budget);
    ASSERT_GT(fit.smc.generations().size(), 5U);
    for (std::size_t t = 1; t < fit.smc.generations().size(); ++t) {
        const AbcGeneration& generation = fit.smc.generations()[t];
        std::vector<double> theta = generation.particles.coordinate(0);
        for (double& value : theta) value = fit.factors[0].at(value);
        const auto [mean, sd] = normal_mean_within(generation.tolerance * generation.scales[0]);
        expect_posterior(theta, generation.particles.weights, mean, sd);
        EXPECT_GT(generation.effective, 1500) << "generation " << t;
    }
}

TEST(AbcSmc, weighs_the_tails_of_a_mixture) {  // Sisson, Fan & Tanaka (2007), PNAS 104:1760-1765, and its erratum
    const Fit fit = fitted({uniform(-10, 10)}, {{0}, {0}},
                           [](auto values, Luck& luck) { return std::vector{values[0] + (luck.uniform() < .5 ? 1 : .1) * luck.normal()}; },
                           {.particles = 3000, .runs = 400'000, .least_acceptance = .02});
    EXPECT_LT(fit.last().tolerance * fit.last().scales[0], .1);
    const auto near = fit.values_of([](auto values) { return std::abs(values[0]) < .1 ? 1.0 : 0.0; });
    const double share = weighted_mean(near, fit.weights());
    EXPECT_NEAR(share, .38, .015 + 3 * std::sqrt(.38 * .62 / effective_size(fit.weights())));
}

/// The hazard's posterior by weekly ticks: of an event in tick 12 (0.228 years), and none in 208 (4 years) of two others.
TEST(AbcSmc, finds_a_hazard_from_a_date_and_two_that_never_came) {
    constexpr double week = 7 / 365.25;
    const auto hazard = [](std::span<const double> u) { return -(std::log(u[0]) + std::log(u[1])) / 4; };  // Gamma(2, rate 4)
    const auto simulate = [&](std::span<const double> values, Luck& luck) {
        std::vector<double> record;
        for (int i = 0; i < 3; ++i) {
            const auto tick = luck.trials(-std::expm1(-hazard(values) * week));
            record.insert(record.end(), {static_cast<double>(std::min<std::int64_t>(tick, 208)), tick <= 208 ? 1.0 : 0.0});
        }
        return record;
    };
    const Fit fit = fitted({uniform(0, 1), uniform(0, 1)}, {{12, 1, 208, 0, 208, 0}, std::vector<double>(6)}, simulate,
                           {.particles = 2000, .runs = 400'000});
    // The date is seen to a week: Gamma(3, 4 + 11.5 week + 2 * 208 week), half a tick less than the date's end, up to terms of week^2.
    const double rate = 4 + (11.5 + 416) * week;
    EXPECT_NEAR(rate, 12.193, .001);
    expect_posterior(fit.values_of(hazard), fit.weights(), 3 / rate, std::sqrt(3) / rate);
}

TEST(AbcSmc, finds_a_hazard_from_what_never_came) {
    const auto simulate = [](std::span<const double> values, Luck& luck) {
        const double years = -std::log(luck.uniform()) / values[0];
        return std::vector{std::min(years, 4.0), years <= 4 ? 1.0 : 0.0};
    };
    for (const std::uint64_t seed : {1, 2, 3}) {
        const Fit fit = fitted({uniform(0, 2)}, {{4, 0}, {0, 0}}, simulate, {.particles = 2000, .seed = seed});
        EXPECT_EQ(fit.smc.end(), AbcEnd::exact);
        expect_posterior(fit.values(), fit.weights(), .24933, .24730);
    }
}

TEST(AbcSmc, finds_a_rate_from_counts) {
    const auto rate = [](std::span<const double> u) { return -(std::log(u[0]) + std::log(u[1])); };  // Gamma(2, 1)
    const auto root = [](double count) { return std::sqrt(count + .375); };
    const auto simulate = [&](std::span<const double> values, Luck& luck) {
        std::vector<double> record;
        for (int year = 0; year < 4; ++year) record.push_back(root(luck.poisson(rate(values))));
        return record;
    };
    const Fit fit = fitted({uniform(0, 1), uniform(0, 1)}, {{root(1), root(2), root(3), root(2)}, std::vector<double>(4)}, simulate,
                           {.particles = 400, .runs = 1'000'000, .least_acceptance = .0005});
    EXPECT_EQ(fit.smc.end(), AbcEnd::exact);
    expect_posterior(fit.values_of(rate), fit.weights(), 2, std::sqrt(10) / 5);  // Gamma(10, 5)
}

TEST(AbcSmc, gives_choices_their_posterior_chances) {
    const auto choice = factor(Prior::Form::choice, {0.1, 0.9, 0.3, 0.3});
    const auto simulate = [](auto values, Luck& luck) { return std::vector{luck.binomial(4, values[0])}; };
    const Fit fit = fitted({choice, uniform(0, 1)}, {{3}, {0}}, simulate, {.particles = 2000});
    // Chances of 3 of 4: .0036, .2916, .0756 twice.
    const auto share_of = [&](double value) {
        return weighted_mean(fit.values_of([&](auto values) { return values[0] == value ? 1.0 : 0.0; }), fit.weights());
    };
    const double all = .0036 + .2916 + 2 * .0756;
    const double size = effective_size(fit.weights());
    const auto error_of = [&](double p) { return 3 * std::sqrt(p * (1 - p) / size); };
    EXPECT_NEAR(share_of(.9), .2916 / all, error_of(.2916 / all));
    EXPECT_NEAR(share_of(.3), .1512 / all, error_of(.1512 / all));
    EXPECT_NEAR(share_of(.1), .0036 / all, error_of(.0036 / all));
    expect_posterior(fit.values(1), fit.weights(), .5, std::sqrt(1. / 12));
}

TEST(AbcSmc, hangs_on_nothing_but_what_runs_give) {
    const AbcPlan plan{.particles = 200, .seed = 7};
    const Fit at_once = seven_of_twenty(plan);
    const Fit by_three = seven_of_twenty(plan, 3);
    ASSERT_EQ(at_once.smc.generations().size(), by_three.smc.generations().size());
    EXPECT_EQ(at_once.values(), by_three.values());
    EXPECT_EQ(at_once.weights(), by_three.weights());
    EXPECT_NE(at_once.values(), seven_of_twenty({.particles = 200, .seed = 8}).values());
}

TEST(AbcSmc, numbers_every_run_once) {
    const Fit fit = seven_of_twenty({.particles = 200});
    std::int64_t next = 0;
    for (const AbcGeneration& generation : fit.smc.generations()) {
        EXPECT_EQ(generation.first_run, next);
        next += generation.runs;
    }
    EXPECT_LE(next, fit.smc.runs_made());
}

TEST(AbcSmc, goes_on_where_a_smaller_budget_ended) {
    const Fit little = seven_of_twenty({.particles = 200, .runs = 700});
    const Fit more = seven_of_twenty({.particles = 200, .runs = 7000});
    EXPECT_EQ(little.smc.end(), AbcEnd::budget);
    EXPECT_EQ(little.smc.runs_made(), 700);
    ASSERT_LT(little.smc.generations().size(), more.smc.generations().size());
    for (std::size_t t = 0; t < little.smc.generations().size(); ++t)
        EXPECT_EQ(little.smc.generations()[t].particles.weights, more.smc.generations()[t].particles.weights);
}

TEST(AbcSmc, gives_up_where_next_to_none_come_near) {
    const auto simulate = [](auto values, Luck& luck) { return std::vector{values[0] + luck.normal()}; };
    const Fit fit = fitted({uniform(0, 1)}, {{0.5}, {0}}, simulate, {.particles = 100, .least_acceptance = .05});
    EXPECT_EQ(fit.smc.end(), AbcEnd::acceptance);
}

TEST(AbcSmc, ends_where_the_tolerance_does_not_fall) {
    const Fit fit = fitted({uniform(0, 1)}, {{5, 1}, {0, 0}},
                           [](auto, Luck& luck) {
                               return std::vector{luck.uniform() < .5 ? 0.0 : 1.0, 2.0};
                           },
                           {.particles = 100});
    EXPECT_EQ(fit.smc.end(), AbcEnd::tolerance);
    EXPECT_TRUE(std::isinf(fit.last().scales[1])) << "what never varies does not count";
}

TEST(AbcSmc, takes_no_run_that_lacks_a_number) {
    const auto simulate = [](auto values, Luck& luck) { return std::vector{values[0] < .5 ? entente::nan : luck.uniform()}; };
    const Fit fit = fitted({uniform(0, 1)}, {{.5}, {0}}, simulate, {.particles = 100, .runs = 1000});
    for (const AbcGeneration& generation : fit.smc.generations()) EXPECT_GE(std::ranges::min(generation.particles.unit.coordinates), .5);
    EXPECT_GT(fit.smc.generations().front().failed, 50);
    const Fit none =
        fitted({uniform(0, 1)}, {{.5}, {0}}, [](auto, Luck&) { return std::vector{entente::nan}; }, {.particles = 100, .runs = 1000});
    EXPECT_EQ(none.smc.end(), AbcEnd::budget);
    EXPECT_TRUE(none.smc.generations().empty());
}

}  // namespace
}  // namespace entente
