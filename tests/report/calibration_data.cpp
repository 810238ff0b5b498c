// Tests: calibration_data, page_calibration.

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <entente/report/calibration_data.hpp>
#include <entente/report/page_json.hpp>

namespace entente {
namespace {

using testing::ElementsAre;

const std::vector<Factor> factors{{"gain", "1/year", {Prior::Form::uniform, {0, 10}}, {}, {}},
                                  {"idle", "", {Prior::Form::uniform, {0, 1}}, {}, {}}};

/// 1,000 particles: the first coordinate evenly over the lowest fifth.
page::CalibrationData data(CalibrationMethod method) {
    Particles particles{{2, {}}, std::vector<double>(1000, 1e-3)};
    for (int i = 0; i < 1000; ++i)
        particles.unit.coordinates.insert(particles.unit.coordinates.end(), {.2 * (i + .5) / 1000, (i * 617 % 1000 + .5) / 1000});
    const RecordSummaries summaries({{.form = ItemForm::number, .name = "w", .values = {3}}}, Calendar::undated(3));
    const SummaryTable runs{1, {1, 2, 3, 4, 5}};
    CalibrationFacts facts{.method = method, .until = {}, .end = "budget"};
    facts.generations = {{.tolerance = std::numeric_limits<double>::infinity(),
                          .runs = 10,
                          .acceptance = 1,
                          .effective = 10,
                          .temperature = .25,
                          .log_evidence = -3.5}};
    return calibration_data({}, factors, particles, facts, summarise_calibration(factors, particles, summaries, runs, runs));
}

TEST(CalibrationData, tells_parameters_by_their_priors) {
    const page::CalibrationData told = data(CalibrationMethod::abc);
    ASSERT_EQ(told.parameters.size(), 2U);
    const page::FittedParameter& gain = told.parameters[0];
    EXPECT_EQ(gain.how, "uniform(0, 10)");
    EXPECT_NEAR(gain.by_prior.median, .1, .001);
    EXPECT_NEAR(gain.tenths[0], .5, 1e-9);
    EXPECT_NEAR(gain.tenths[1], .5, 1e-9);
    EXPECT_EQ(gain.tenths[2], 0);
    EXPECT_EQ(gain.draws.size(), 300U);
    EXPECT_TRUE(gain.informed);
    EXPECT_FALSE(told.parameters[1].informed);
    EXPECT_EQ(told.pairs.size(), 1U);
    EXPECT_EQ(told.record.at(0).record, 3);
    EXPECT_EQ(told.record[0].posterior.median, 3);
}

TEST(CalibrationData, tells_generations_by_the_method) {
    const page::GenerationData by_abc = data(CalibrationMethod::abc).generations.at(0);
    EXPECT_TRUE(std::isnan(by_abc.tolerance)) << "the first has none";
    EXPECT_TRUE(std::isnan(by_abc.temperature));
    const page::GenerationData by_likelihood = data(CalibrationMethod::likelihood).generations.at(0);
    EXPECT_EQ(by_likelihood.temperature, .25);
    EXPECT_EQ(by_likelihood.log_evidence, -3.5);
}

TEST(CalibrationData, tells_ranks_alone_of_simulated_records) {
    const RankSummary ranks{.parameters = {{"gain", {.counts = {5, 3}, .expected = 4, .band = {0, 9}, .chance = .5}, .9, {.7, .97}}},
                            .fits = 8};
    const page::CalibrationData told = rank_data({}, ranks);
    EXPECT_TRUE(told.parameters.empty());
    EXPECT_THAT(told.ranks.at(0).counts, ElementsAre(5, 3));
    page::Report report;
    report.calibration = told;
    const auto json = nlohmann::json::parse(page_json(report));
    EXPECT_EQ(json["calibration"]["ranks"][0]["held_low"], .7);
    EXPECT_EQ(json["calibration"]["ranks"][0]["counts"], nlohmann::json({5, 3}));
}

}  // namespace
}  // namespace entente
