// What must follow from scenarios/conflict-record.yaml: a world that is like the one on record.
#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <entente/base/statistics.hpp>
#include <entente/model/model.hpp>
#include <entente/scenario/read.hpp>
#include <entente/study/ensemble.hpp>
#include <entente/study/run_results.hpp>

namespace entente {
namespace {

Scenario conflict_record() {
    return read_scenario(std::filesystem::path(ENTENTE_ROOT) / "scenarios/conflict-record.yaml").scenario;
}

const EventRecord& record_of(const Scenario& scenario, const std::string& event) {
    const auto found = std::find_if(scenario.record.begin(), scenario.record.end(), [&](const EventRecord& one) {
        return scenario.steps[static_cast<std::size_t>(one.step)].name == event;
    });
    if (found == scenario.record.end()) throw std::logic_error("no record of " + event);
    return *found;
}

TEST(ConflictRecord, is_read_without_a_warning) {
    EXPECT_TRUE(read_scenario(std::filesystem::path(ENTENTE_ROOT) / "scenarios/conflict-record.yaml").warnings.empty());
}

TEST(ConflictRecord, has_every_year_of_conflict_on_record) {
    const Scenario scenario = conflict_record();
    EXPECT_EQ(record_of(scenario, "fighting").firings.size(), 822U);
    EXPECT_EQ(record_of(scenario, "war").firings.size(), 227U);
}

/// Begun with 1989 and left alone for 28 years.
TEST(ConflictRecord, lies_among_the_histories_that_might_have_been) {
    const Results results = run_ensemble(compile(conflict_record()), {.runs = 500, .seed = 7});
    const auto of_all_years = [&](const std::string& name) {
        const auto found =
            std::find_if(results.measures.begin(), results.measures.end(), [&](const MeasureInfo& m) { return m.name == name; });
        return results.final_values.at(static_cast<std::size_t>(found - results.measures.begin()));
    };
    EXPECT_LT(quantile(of_all_years("conflicts_yearly"), 0.05), 822);
    EXPECT_GT(quantile(of_all_years("conflicts_yearly"), 0.95), 822);
    EXPECT_LT(quantile(of_all_years("wars_yearly"), 0.05), 227);
    EXPECT_GT(quantile(of_all_years("wars_yearly"), 0.95), 227);
}

}  // namespace
}  // namespace entente
