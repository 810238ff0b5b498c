// Axelrod's culture model against table 2 of his paper: regions that remain on 10 by 10 sites with five features.
//
// He gives 1.0, 3.2 and 20.0 for 5, 10 and 15 traits, means of ten runs each. From run to run regions vary with a standard deviation of 2.3 for
// 10 traits and of 9 for 15, so that his means have standard errors of 0.7 and 3, and ours, of 24 runs, of 0.5 and 1.8. More sites act
// at once here than in the scenario, to have done sooner.
#include <cmath>

#include <entente/scenario/settings.hpp>
#include <gtest/gtest.h>

#include "across_runs.hpp"
#include "classic.hpp"

namespace entente::test {
namespace {

struct Territory {
    Territory(const std::string& traits, const std::string& pace, std::int64_t ticks) {
        Scenario scenario = with_setting(with_setting(classic("culture"), "traits=" + traits), "pace=" + pace);
        scenario.calendar = Calendar::undated(ticks);
        results = run(scenario, {.runs = 24, .series_runs = 0});
    }
    Across regions() const { return Across(final_values(results, "regions")); }
    int unsettled() const {
        int never = 0;
        for (const double tick : final_values(results, "settled")) never += std::isnan(tick);
        return never;
    }
    Results results;
};

TEST(Culture, leaves_one_region_of_five_traits) {
    const Territory territory("5", "0.4", 5000);
    EXPECT_LE(territory.unsettled(), 2);  // where a border or two may still open
    EXPECT_NEAR(territory.regions().mean, 1.0, 0.15);
}

TEST(Culture, leaves_as_many_regions_of_ten_traits_as_Axelrod_found) {
    const Territory territory("10", "0.4", 5000);
    EXPECT_LE(territory.unsettled(), 2);  // where a border or two may still open
    EXPECT_NEAR(territory.regions().mean, 3.2, 2 * std::hypot(0.7, territory.regions().error));
}

TEST(Culture, leaves_as_many_regions_of_fifteen_traits_as_Axelrod_found) {
    const Territory territory("15", "0.4", 5000);
    EXPECT_LE(territory.unsettled(), 2);  // where a border or two may still open
    EXPECT_NEAR(territory.regions().mean, 20.0, 2 * std::hypot(3, territory.regions().error));
}

}  // namespace
}  // namespace entente::test
