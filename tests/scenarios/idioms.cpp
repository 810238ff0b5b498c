// Idioms of the language (scenarios/idioms), each held to a closed form or a plain calculation.
#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include <entente/base/statistics.hpp>
#include <entente/scenario/settings.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(ENTENTE_ROOT) / "scenarios/idioms";

Scenario idiom(const std::string& stem) {
    return read_scenario(folder / (stem + ".yaml")).scenario;
}

double end_of(const Results& results, const std::string& measure) {
    return final_values(results, measure).front();
}

TEST(Idioms, are_ten_and_read_without_a_warning) {
    int count = 0;
    for (const auto& file : fs::directory_iterator(folder)) {
        if (file.path().extension() != ".yaml") continue;
        const ReadScenario read = read_scenario(file.path());
        EXPECT_TRUE(read.warnings.empty()) << file.path();
        EXPECT_FALSE(read.scenario.title.empty()) << file.path();
        EXPECT_FALSE(read.scenario.about.empty()) << file.path();
        ++count;
    }
    EXPECT_EQ(count, 10);
}

TEST(Idioms, a_series_is_read_at_its_dates) {
    const double prices[] = {25, 26, 24, 25, 27, 26, 24, 25, 22, 19, 17, 16};
    const Results results = run(idiom("series"));
    EXPECT_NEAR(end_of(results, "revenue"), std::accumulate(std::begin(prices), std::end(prices), 0.0), 1e-9);
    EXPECT_EQ(end_of(results, "dearest"), 27);
}

TEST(Idioms, a_panel_is_read_by_row_and_date) {
    const double aid[3][4] = {{100, 120, 80, 60}, {50, 0, 70, 90}, {0, 0, 30, 0}};
    const Results results = run(idiom("panel"));
    const auto stocks = series(results, "stock");
    double received = 0;
    for (int state = 0; state < 3; ++state) {
        double stock = 0;
        for (int year = 0; year < 4; ++year) {
            stock += aid[state][year] - 0.1 * stock;
            received += aid[state][year];
            EXPECT_NEAR(stocks[static_cast<std::size_t>(3 * year + state)], stock, 1e-12) << state << ", " << 2010 + year;
        }
    }
    EXPECT_NEAR(end_of(results, "received"), received, 1e-9);
}

TEST(Idioms, a_vector_on_links_has_its_distances) {
    const Results results = run(idiom("vector-as-links"));
    EXPECT_EQ(end_of(results, "near_distance"), std::sqrt(2 * 0 + 1 + 4));
    EXPECT_EQ(end_of(results, "far_distance"), std::sqrt(2 * 64 + 36 + 16));
}

/// Two buyers, three rounds, prices that rise by 1.5 where they buy.
TEST(Idioms, the_best_offer_is_taken) {
    double price[2][2] = {{4, 7}, {6, 5}};
    double stock[2] = {100, 100};
    double first = 0;
    for (int round = 0; round < 3; ++round)
        for (int buyer = 0; buyer < 2; ++buyer) {
            const double lowest = std::min(price[buyer][0], price[buyer][1]);
            for (int seller = 0; seller < 2; ++seller) {
                if (price[buyer][seller] != lowest) continue;
                stock[seller] -= 5;
                price[buyer][seller] += 1.5;
                if (buyer == 0 && seller == 0) ++first;
            }
        }
    const Results results = run(idiom("best-of-choice"));
    EXPECT_EQ(end_of(results, "stock_cheap"), stock[0]);
    EXPECT_EQ(end_of(results, "stock_dear"), stock[1]);
    EXPECT_EQ(end_of(results, "first_choice"), first);
}

TEST(Idioms, births_and_deaths_come_to_their_balance) {
    const Results results = run(idiom("births-and-deaths"), {.runs = 2000});
    const double birth = -std::expm1(-0.2);
    const double death = -std::expm1(-0.1);
    const double living = 50 * birth / (birth + death) * (1 - std::pow(1 - birth - death, 40));
    const auto values = final_values(results, "living");
    EXPECT_NEAR(mean(values), living, 4 * standard_error(values));
}

TEST(Idioms, a_price_comes_to_rest_where_nothing_is_lacking) {
    const Results results = run(idiom("market"));
    EXPECT_NEAR(end_of(results, "price"), 10, 1e-12);
    EXPECT_NEAR(end_of(results, "traded"), 50, 1e-12);
    // The way there is geometric: each tick leaves 1 - speed * (3 + 2 + 4 + 1) of the distance.
    EXPECT_NEAR(series(results, "price")[4], 10 - 9 * std::pow(0.8, 5), 1e-12);
}

TEST(Idioms, ranks_are_those_of_sorted_powers) {
    const Results results = run(idiom("ranking"));
    const auto ranks = series(results, "rank");
    for (int tick = 0; tick < 10; ++tick) {
        const double powers[] = {100 * std::pow(1.01, tick + 1), 60 * std::pow(1.02, tick + 1), 30 * std::pow(1.2, tick + 1)};
        for (int state = 0; state < 3; ++state)
            EXPECT_EQ(ranks[static_cast<std::size_t>(3 * tick + state)],
                      1 + std::ranges::count_if(powers, [&](double p) { return p > powers[state]; }));
    }
    EXPECT_EQ(end_of(results, "overtaken"), std::floor(std::log(100.0 / 30) / std::log(1.2 / 1.01)));  // ticks count from 0
}

/// The weeks to the third step are negative binomial: reached in n weeks when of n chances at least three come.
TEST(Idioms, stages_are_reached_in_the_time_that_their_rates_tell) {
    const Results results = run(idiom("staged-partners"), {.runs = 4000});
    const double p = -std::expm1(-7 / 365.25);
    const int weeks = 156;
    const double fewer = std::pow(1 - p, weeks) * (1 + weeks * p / (1 - p) + weeks * (weeks - 1) / 2.0 * std::pow(p / (1 - p), 2));
    const auto dates = final_values(results, "agreed");
    const auto in_time = static_cast<double>(std::ranges::count_if(dates, [](double tick) { return tick < weeks; })) / 4000;
    EXPECT_NEAR(in_time, 1 - fewer, 4 * std::sqrt(fewer * (1 - fewer) / 4000));
}

using Order = std::array<int, 3>;

/// Gale and Shapley's deferred acceptance: whom each donor gets. `liking[d][h]` and `favour[d][h]` are higher for the better.
Order stable_matching(const std::array<Order, 3>& liking, const std::array<Order, 3>& favour) {
    Order host_of{-1, -1, -1};
    Order donor_of{-1, -1, -1};
    bool refused[3][3] = {};
    for (int free = 0; free >= 0;) {
        int asked = -1;
        for (int h = 0; h < 3; ++h)
            if (!refused[free][h] && (asked < 0 || liking[free][h] > liking[free][asked])) asked = h;
        const int rival = donor_of[asked];
        const int loser = rival < 0 ? -1 : favour[rival][asked] > favour[free][asked] ? free : rival;
        if (loser >= 0) refused[loser][asked] = true;
        if (loser != free) donor_of[asked] = free, host_of[free] = asked;
        if (loser >= 0) host_of[loser] = -1;
        free = static_cast<int>(std::ranges::find(host_of, -1) - host_of.begin());
        if (free == 3) free = -1;
    }
    return host_of;
}

TEST(Idioms, a_matching_is_that_of_deferred_acceptance) {
    const std::array<std::string, 3> donors{"norway", "japan", "qatar"};
    const std::array<std::string, 3> hosts{"kabul", "juba", "dili"};
    const Scenario scenario = idiom("matching");
    std::vector<Order> orders;
    for (Order order{1, 2, 3}; orders.push_back(order), std::ranges::next_permutation(order).found;) continue;
    for (int trial = 0; trial < 36; ++trial) {
        std::array<Order, 3> liking{};
        std::array<Order, 3> favour{};
        Scenario changed = scenario;
        for (int d = 0; d < 3; ++d) {
            liking[d] = orders[static_cast<std::size_t>((trial + d * (trial / 6)) % 6)];
            for (int h = 0; h < 3; ++h) favour[d][h] = orders[static_cast<std::size_t>((trial * 5 + h * (1 + trial / 6)) % 6)][d];
            for (int h = 0; h < 3; ++h) {
                const std::string pair = "pair[" + donors[d] + ", " + hosts[h] + "].";
                changed = with_setting(changed, pair + "liking=" + std::to_string(liking[d][h]));
                changed = with_setting(changed, pair + "favour=" + std::to_string(favour[d][h]));
            }
        }
        const Results results = run(changed);
        EXPECT_EQ(end_of(results, "pairs"), 3);
        const auto matched = at_moments(results, "matched", 9, 10);
        const Order expected = stable_matching(liking, favour);
        for (int d = 0; d < 3; ++d) EXPECT_EQ(matched[static_cast<std::size_t>(3 * d + expected[d])], 1) << trial << ", " << donors[d];
    }
}

TEST(Idioms, a_shock_fades_at_its_rate) {
    const Scenario scenario = idiom("exogenous-shock");
    const auto output = series(run(scenario), "output");
    for (int month = 0; month < 24; ++month)
        EXPECT_NEAR(output[static_cast<std::size_t>(month)], month < 6 ? 1 : 1 - 0.3 * std::exp(-2.0 * (month - 5) / 12), 1e-12) << month;
    EXPECT_EQ(end_of(run(with_variant(scenario, "no_shock")), "lost"), 0);
}

}  // namespace
}  // namespace entente::test
