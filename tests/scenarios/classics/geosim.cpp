// Cederman's war sizes: the bookkeeping of conquest, and how the sizes of wars fall off with and without alarm and technology. The
// published slopes are of 15 long histories on 50 by 50 provinces; here shorter ones on 30 by 30 must keep their order.
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "classic.hpp"

namespace entente::test {
namespace {

constexpr std::size_t provinces = 900;

/// The scenario with its 10,000 ticks of technology in 2,000, and more measures.
Scenario short_history(const std::string& measures = "") {
    std::string text = replaced(classic_text("geosim"), "calendar:", "runs:", "calendar: {ticks: 2500}\n");
    text = replaced(text, "horizon: {value: 10000", ",", "horizon: {value: 2000");
    text = replaced(text, "adoption: {value: 0.0001", ",", "adoption: {value: 0.0005");
    return read_classic(text + measures);
}

double wars_above(const Results& results, const std::string& measure) {
    double sum = 0;
    for (const double wars : final_values(results, measure)) sum += wars;
    return sum;
}

Results wars(const std::string& variant = "") {
    const Scenario scenario = short_history();
    return run(variant.empty() ? scenario : with_variant(scenario, variant), {.runs = 2});
}

TEST(GeoSim, keeps_every_province_under_one_capital_that_rules_itself) {
    const Results results = run(short_history("  owners: {value: owner, on: province}\n  wealth: {value: resources, on: province}\n"));
    const auto owners = series(results, "owners");
    const auto wealth = series(results, "wealth");
    int changes = 0;
    for (std::size_t tick = 100; tick < 2500; tick += 1) {
        const double* owner = owners.data() + tick * provinces;
        const double* rich = wealth.data() + tick * provinces;
        for (std::size_t p = 0; p < provinces; ++p) {
            ASSERT_GE(owner[p], 1);
            const auto capital = static_cast<std::size_t>(owner[p]) - 1;
            ASSERT_EQ(owner[capital], owner[p]) << "province " << p + 1 << " in tick " << tick;
            ASSERT_GT(rich[p], 0);
            changes += owner[p] != owner[p - provinces];
        }
    }
    EXPECT_GT(changes, 100);
}

TEST(GeoSim, spreads_war_sizes_wider_where_fighting_alarms_the_neighbours) {
    const Results alarmed = wars();
    const Results calm = wars("no_alarm");
    EXPECT_GT(wars_above(alarmed, "wars_above_100") / wars_above(alarmed, "wars_above_1"), 2 * wars_above(calm, "wars_above_100") / wars_above(calm, "wars_above_1"));
    EXPECT_GT(wars_above(alarmed, "largest_war"), 2 * wars_above(calm, "largest_war"));
}

TEST(GeoSim, fights_few_wars_where_technology_stands_still) {
    EXPECT_LT(wars_above(wars("no_shocks"), "wars"), 0.5 * wars_above(wars(), "wars"));
}

}  // namespace
}  // namespace entente::test
