// Scores of dates: closed forms of a constant hazard, the identity with Brier scores, and what an imprecise record leaves out.
#include <algorithm>
#include <cmath>
#include <vector>

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <entente/inference/baselines.hpp>
#include <entente/inference/scores.hpp>

#include "forms.hpp"

namespace entente::test {
namespace {

using testing::IsNan;

const Window year{0, 1};

/// Of an exponential date: the integral of (1 - exp(-r t))^2 up to the date, and of exp(-2 r t) from there to the end, 1.
double hazard_score(double rate, double date) {
    const auto exponentials = [&](double factor, double from, double to) {
        return (std::exp(-factor * rate * from) - std::exp(-factor * rate * to)) / (factor * rate);
    };
    return date - 2 * exponentials(1, 0, date) + exponentials(2, 0, date) + exponentials(2, date, 1);
}

TEST(DateScore, of_a_case_by_hand) {
    // By 3 one of four runs, by 6 two, by 9 three; the record says 5, of 10.
    const DateForecast forecast = date_forecast(std::vector<Arrival>{{3, true}, {6, true}, {9, true}, {10, false}}, {0, 10});
    const double plain = 2 * 1.0 / 16 + 1 * 9.0 / 16 + 3 * 1.0 / 4 + 1 * 1.0 / 16;
    const double spread = (3 * 3.0 / 16 + 3 * 1.0 / 4 + 1 * 3.0 / 16) / 3;
    EXPECT_NEAR(date_score(forecast, date_on(5)).value, (plain - spread) / 10, 1e-15);
    EXPECT_EQ(date_score(forecast, date_on(5)).known, 1);
    DateForecast known = forecast;
    known.concentration = 0;
    EXPECT_NEAR(date_score(known, date_on(5)).value, plain / 10, 1e-15);
}

TEST(DateScore, of_a_constant_hazard_is_its_closed_form) {
    const double rate = 1.3;
    const DateForecast forecast = constant_hazard_date(rate, year, grid(year, 100000));
    for (const double date : {0.05, 0.4, 0.99})
        EXPECT_NEAR(date_score(forecast, date_on(date)).value, hazard_score(rate, date), 1e-5) << date;
    EXPECT_NEAR(date_score(forecast, not_come_by(1)).value, hazard_score(rate, 1), 1e-5);
    EXPECT_NEAR(date_score(forecast, date_on(1.5)).value, hazard_score(rate, 1), 1e-5) << "beyond the horizon is never";
}

TEST(DateScore, of_never_is_what_of_the_window_follows_the_date) {
    EXPECT_NEAR(date_score(never_comes(year), date_on(0.4)).value, 0.6, 1e-15);
    EXPECT_EQ(date_score(never_comes(year), not_come_by(1)).value, 0);
    EXPECT_EQ(date_score(never_comes(year), date_on(-3)).value, 1) << "it had come before the window";
}

TEST(DateScore, is_that_of_a_number_where_all_come) {
    const std::vector<double> dates{0.1, 0.35, 0.35, 0.5, 0.875};
    std::vector<Arrival> runs;
    for (const double date : dates) runs.push_back({date, true});
    for (const double date : {0.05, 0.35, 0.7})
        EXPECT_NEAR(date_score(date_forecast(runs, year), date_on(date)).value, crps({.values = dates}, date), 1e-15) << date;
}

TEST(DateScore, leaves_out_when_it_is_not_known_whether_it_had_come) {
    const DateForecast forecast = constant_hazard_date(1.3, year, grid(year, 1000));
    const DateScore from_until = date_score(forecast, date_within(0.25, 0.5));
    EXPECT_NEAR(from_until.known, 0.75, 1e-15);
    double sum = 0;
    for (int k = 0; k < 1000; ++k) {
        const double chance = chance_by(forecast, k / 1000.0);
        if (k < 250) sum += brier_score(chance, false) / 1000;
        if (k >= 500) sum += brier_score(chance, true) / 1000;
    }
    EXPECT_NEAR(from_until.value, sum, 1e-12);

    const DateScore until = date_score(forecast, not_come_by(0.25));
    EXPECT_NEAR(until.known, 0.25, 1e-15) << "what came of it later is not on record";
    EXPECT_LT(until.value, from_until.value);
    const DateScore nothing = date_score(forecast, {-1, 2});
    EXPECT_EQ(nothing.known, 0);
    EXPECT_EQ(nothing.value, 0);
}

TEST(DateScore, is_missing_where_the_forecast_is) {
    const std::vector<Arrival> lost{{0.2, true}, {0.6, false}, {0.4, false}};
    EXPECT_THAT(date_score(date_forecast(lost, year), date_on(0.3)).value, IsNan());
    EXPECT_FALSE(std::isnan(date_score(date_forecast(lost, year), not_come_by(0.5)).value)) << "known as long as runs were watched";
    EXPECT_THAT(date_score(date_forecast(std::vector<Arrival>{{0.5, true}}, year), date_on(0.3)).value, IsNan()) << "a single run";
    EXPECT_THAT(date_score(date_forecast({}, year), date_on(0.3)).value, IsNan());
}

/// Truth: dates of an exponential with rate 1.3 as quantiles. Other rates do worse.
TEST(DateScore, is_least_on_the_mean_for_the_true_hazard) {
    const auto mean_score = [](double rate) {
        const DateForecast forecast = constant_hazard_date(rate, year, grid(year, 500));
        double sum = 0;
        for (int i = 0; i < 500; ++i) sum += date_score(forecast, date_on(-std::log1p(-(i + 0.5) / 500) / 1.3)).value;
        return sum / 500;
    };
    EXPECT_LT(mean_score(1.3), mean_score(1.1));
    EXPECT_LT(mean_score(1.3), mean_score(1.5));
}

RC_GTEST_PROP(DateScore, is_the_mean_brier_score_over_the_window, (const std::vector<std::uint8_t>& drawn, std::uint8_t date)) {
    std::vector<Arrival> runs{{4, true}, {64, false}};
    for (const std::uint8_t x : drawn) runs.push_back({x / 2.0, x < 128});
    double sum = 0;
    for (int k = 0; k < 128; ++k) {
        const double share =
            static_cast<double>(std::ranges::count_if(runs, [&](const Arrival& a) { return a.came && a.time <= k / 2.0; })) /
            static_cast<double>(runs.size());
        sum += fair_brier_score(share, 1 / static_cast<double>(runs.size()), k / 2.0 >= date / 2.0) / 128;
    }
    RC_ASSERT(std::abs(date_score(date_forecast(runs, {0, 64}), date_on(date / 2.0)).value - sum) < 1e-12);
}

TEST(Pit, of_dates_is_an_interval_where_they_are_ties_or_not_known) {
    const DateForecast forecast = date_forecast(std::vector<Arrival>{{3, true}, {6, true}, {6, true}, {10, false}}, {0, 10});
    const auto expect = [&](const DateRecord& record, double low, double high) {
        EXPECT_EQ(pit(forecast, record).low, low);
        EXPECT_EQ(pit(forecast, record).high, high);
    };
    expect(date_on(6), 0.25, 0.75);
    expect(date_on(5), 0.25, 0.25);
    expect(date_within(2, 6), 0, 0.75);
    expect(not_come_by(10), 0.75, 1);
    expect(date_on(12), 0.75, 1);
    expect(not_come_by(4), 0.25, 1);
    expect(not_come_by(6), 0.75, 1);
}

TEST(LogScore, of_quarters_is_of_the_share_of_runs_in_them) {
    const std::vector<double> edges{0, 3, 6, 9};
    const DateForecast forecast = date_forecast(std::vector<Arrival>{{3, true}, {3.5, true}, {6, true}, {10, false}}, {0, 9});
    const std::vector<double> chances = partition(forecast, edges);
    const double floor = half_run_floor(forecast.concentration, chances.size());
    EXPECT_DOUBLE_EQ(floor, 0.5 / 6);
    EXPECT_NEAR(log_score(chances, cells_of(date_on(4), edges), floor), -std::log(2.5 / 6), 1e-15);
    EXPECT_NEAR(log_score(chances, cells_of(date_on(8), edges), floor), -std::log(0.5 / 6), 1e-15);
    EXPECT_NEAR(log_score(chances, cells_of(not_come_by(9), edges), floor), -std::log(1.5 / 6), 1e-15);
    EXPECT_NEAR(log_score(chances, cells_of(date_within(2, 5), edges), floor), -std::log(4.0 / 6), 1e-15);
}

}  // namespace
}  // namespace entente::test
