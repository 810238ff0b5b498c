// Richardson's fit to 1909-1913: he published a slope of 0.73 a year and no growth at 194 million pounds (Rapoport 1957; Braun,
// Differential Equations and Their Applications, 4.5). Least squares of the yearly increase on the total midway, over the four
// intervals of the record, worked apart: 0.7310150042575029 a year and 194.91427604871436.
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "classic.hpp"

namespace entente::test {
namespace {

constexpr double dt = 1 / 365.25;
const std::vector<double> record{199.2, 204.8, 214.9, 238.7, 289.0};

double total_after(const Results& results, int years) {
    return series(results, "total")[static_cast<std::size_t>(std::lround(years * 365.25)) - (years == 0 ? 0 : 1)];
}

/// The numbers of each line of a table of the scenario; its first column is no number.
std::vector<std::vector<double>> table(const std::string& name) {
    std::ifstream file(std::filesystem::path(ENTENTE_ROOT) / "scenarios/classics/data" / name);
    std::vector<std::vector<double>> rows;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream cells(line);
        std::string cell;
        std::getline(cells, cell, ',');
        rows.emplace_back();
        while (std::getline(cells, cell, ',')) rows.back().push_back(std::stod(cell));
    }
    return rows;
}

TEST(Richardson1909, has_countries_that_add_up_to_the_printed_totals) {
    const auto outlays = table("richardson-outlays.csv");
    const auto totals = table("richardson-totals.csv");
    ASSERT_EQ(outlays.size(), 5U);
    ASSERT_EQ(totals.size(), 5U);
    for (std::size_t year = 0; year < 5; ++year) {
        ASSERT_EQ(outlays[year].size(), 4U);
        EXPECT_NEAR(outlays[year][0] + outlays[year][1] + outlays[year][2] + outlays[year][3], record[year], 1e-9);
        EXPECT_EQ(totals[year].at(0), record[year]);
    }
}

TEST(Richardson1909, finds_the_published_fit_in_the_record) {
    const Results results = run(classic("richardson-1909"));
    EXPECT_NEAR(final_values(results, "recorded_slope")[0], 0.7310150042575029, 1e-9);
    EXPECT_NEAR(final_values(results, "recorded_balance")[0], 194.91427604871436, 1e-7);
    EXPECT_NEAR(final_values(results, "recorded_slope")[0], 0.73, 0.005);
    EXPECT_NEAR(final_values(results, "recorded_balance")[0], 194, 0.005 * 194);
}

TEST(Richardson1909, grows_from_the_balance_at_the_published_slope) {
    const Results results = run(classic("richardson-1909"));
    for (const int tick : {0, 100, 1000, 1461})
        EXPECT_NEAR(series(results, "total")[static_cast<std::size_t>(tick)], 194 + 5.2 * std::pow(1 + 0.73 * dt, tick + 1), 1e-9);
}

TEST(Richardson1909, follows_the_record_within_two_per_cent) {
    const Results results = run(classic("richardson-1909"));
    for (int year = 0; year < 5; ++year) EXPECT_NEAR(total_after(results, year) / record[static_cast<std::size_t>(year)], 1, 0.02) << 1909 + year;
    EXPECT_NEAR(total_after(results, 4) / 289.0, 1, 0.005);
}

/// In 1909 the total stands only a fortieth above the balance, so that an error of 0.9 in the balance is a sixth of what grows.
TEST(Richardson1909, of_least_squares_ends_five_per_cent_below_the_record) {
    const Results results = run(with_variant(classic("richardson-1909"), "least_squares"));
    EXPECT_NEAR(total_after(results, 4), 194.9142760487 + (199.2 - 194.9142760487) * std::pow(1 + 0.7310150042575 * dt, 1461), 1e-9);
    EXPECT_NEAR(total_after(results, 4) / 289.0, 0.9497, 0.0001);
}

}  // namespace
}  // namespace entente::test
