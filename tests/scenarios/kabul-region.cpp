// What must follow from scenarios/kabul-region.yaml, and how it stands to the record.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
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

const std::filesystem::path folder_of_region = std::filesystem::path(ENTENTE_ROOT) / "scenarios";
constexpr std::int64_t runs_of_region = 400;

/// The scenario as it stands, with the measures that these tests need beside its own.
Scenario region() {
    std::ifstream file(folder_of_region / "kabul-region.yaml");
    std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::string heading = "\nmeasures:\n";
    const std::size_t at = text.find(heading);
    if (at == std::string::npos) throw std::logic_error("the scenario has no measures");
    text.insert(at + heading.size(), R"yaml(
  pull_of_trust: "pull_trust * (relation[kazakhstan, afghanistan].trust - indifference)"
  trust_in_pakistan: "relation[india, pakistan].trust"
  trust_in_kyrgyzstan: "relation[kazakhstan, kyrgyzstan].trust"
  best_listed_rung: "peak(max(r.standing for r in relation.into(afghanistan) if r.listed > 0))"
)yaml");
    return read_scenario_text(text, "kabul-region.yaml", folder_of_region).scenario;
}

const Results& as_written() {
    static const Results results = [] {
        RunPlan plan;
        plan.runs = runs_of_region;
        plan.seed = 7;
        plan.series_runs = runs_of_region;
        return run_ensemble(compile(region()), plan);
    }();
    return results;
}

std::size_t measure_of_region(const std::string& name) {
    const auto& measures = as_written().measures;
    const auto found = std::find_if(measures.begin(), measures.end(), [&](const MeasureInfo& m) { return m.name == name; });
    if (found == measures.end()) throw std::logic_error("no measure " + name);
    return static_cast<std::size_t>(found - measures.begin());
}

std::vector<double> last_values(const std::string& name) {
    return as_written().final_values[measure_of_region(name)];
}

TEST(KabulRegion, is_read_without_a_warning) {
    EXPECT_TRUE(read_scenario(folder_of_region / "kabul-region.yaml").warnings.empty());
}

TEST(KabulRegion, every_run_ends_well) {
    EXPECT_TRUE(as_written().failures.empty());
}

TEST(KabulRegion, every_start_has_its_source) {
    const Scenario scenario = region();
    for (int kind = 0; kind < static_cast<int>(scenario.kind_count()); ++kind)
        for (const Field& field : scenario.fields(KindId{kind})) EXPECT_FALSE(field.remarks.source.empty()) << field.name;
    for (const Parameter& parameter : scenario.parameters) EXPECT_FALSE(parameter.remarks.source.empty()) << parameter.name;
}

TEST(KabulRegion, trust_pulls_a_government_without_a_history_of_its_own_neither_way) {
    EXPECT_EQ(as_written().series[measure_of_region("pull_of_trust")].front(), 0) << "before the first tick";
}

/// What bonds and frictions sustain is (12 + 1) / (12 + 2) and 1 / (4 + 2); what strangers remember of each other fades.
TEST(KabulRegion, rivals_stay_rivals_and_allies_allies) {
    for (const double trust : last_values("trust_in_kyrgyzstan")) {
        ASSERT_GT(trust, 13.0 / 16);
        ASSERT_LT(trust, 13.0 / 14);
    }
    for (const double trust : last_values("trust_in_pakistan")) {
        ASSERT_LT(trust, 3.0 / 10);
        ASSERT_GT(trust, 1.0 / 6);
    }
}

TEST(KabulRegion, nobody_stands_above_rung_2_while_listing_the_seeker) {
    for (const double rung : last_values("best_listed_rung")) ASSERT_LE(rung, 2);
}

TEST(KabulRegion, nobody_does_more_than_is_on_record_until_the_end_of_2021) {
    const Results& results = as_written();
    const std::size_t last_of_2021 = 20;  // 26 December
    const auto at_the_end_of_2021 = [&](const std::string& name, std::size_t run) {
        return results.series[measure_of_region(name)][run * static_cast<std::size_t>(results.calendar.moments()) + last_of_2021];
    };
    for (std::size_t run = 0; run < static_cast<std::size_t>(runs_of_region); ++run) {
        ASSERT_EQ(at_the_end_of_2021("missions", run), 12);
        ASSERT_EQ(at_the_end_of_2021("accepting", run), 1);
        ASSERT_EQ(at_the_end_of_2021("exchanging", run), 0);
    }
}

TEST(KabulRegion, its_numbers_of_governments_hold_the_record) {
    const std::map<std::string, double> at_the_end{
        {"missions", 14}, {"accepting", 12}, {"exchanging", 5}, {"recognisers", 1}, {"listing", 2}};
    for (const auto& [name, record] : at_the_end) {
        const std::vector<double> governments = last_values(name);
        EXPECT_LE(quantile(governments, 0.05), record) << name;
        EXPECT_GE(quantile(governments, 0.95), record) << name;
    }
}

}  // namespace
}  // namespace entente
