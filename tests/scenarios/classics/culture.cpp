// Axelrod's culture model against table 2 of his paper: regions that remain on 10 by 10 sites with five features.
//
// He gives 1.0, 3.2 and 20.0 for 5, 10 and 15 traits, means of ten runs each. From run to run regions vary with a standard deviation of 2.3 for
// 10 traits and of 9 for 15, so that his means have standard errors of 0.7 and 3, and ours, of 24 runs, of 0.5 and 1.8. More sites act
// at once here than in the scenario, to have done sooner.
#include <cmath>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

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

/// Sites that are reached from one another over borders between equal cultures, counted from the final cultures by search.
int regions_of(const std::vector<double>& culture) {
    std::vector<bool> seen(100, false);
    int regions = 0;
    for (int first = 0; first < 100; ++first) {
        if (seen[static_cast<std::size_t>(first)]) continue;
        ++regions;
        std::vector<int> open{first};
        while (!open.empty()) {
            const int site = open.back();
            open.pop_back();
            seen[static_cast<std::size_t>(site)] = true;
            for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
                const int x = site % 10 + dx;
                const int y = site / 10 + dy;
                const auto next = static_cast<std::size_t>(10 * y + x);
                if (x < 0 || x > 9 || y < 0 || y > 9 || seen[next] || culture[next] != culture[static_cast<std::size_t>(site)]) continue;
                open.push_back(static_cast<int>(next));
            }
        }
    }
    return regions;
}

TEST(Culture, counts_by_banners_as_many_regions_as_a_search_does) {
    const auto folder = std::filesystem::path(ENTENTE_ROOT) / "scenarios/classics";
    std::ifstream file(folder / "culture.yaml");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    const std::string more = "  culture: {value: 'religion + 20 * (language + 20 * (dress + 20 * (music + 20 * food)))', on: site}\n";
    Scenario scenario = with_setting(with_setting(read_scenario_text(text + more, "culture.yaml", folder).scenario, "traits=15"), "pace=0.4");
    scenario.calendar = Calendar::undated(4400);
    const Results results = run(scenario, {.runs = 2});
    const auto cultures = series(results, "culture");
    for (const int r : {0, 1}) {
        const auto end = cultures.begin() + (r + 1) * 4400 * 100;
        EXPECT_EQ(final_values(results, "regions")[static_cast<std::size_t>(r)], regions_of({end - 100, end}));
    }
}

}  // namespace
}  // namespace entente::test
