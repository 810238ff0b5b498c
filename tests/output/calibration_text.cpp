// Tests: calibration_json, calibration_tables, rank_text.
// What a calibration says of results made by hand.
#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <entente/output/calibration_json.hpp>
#include <entente/output/calibration_tables.hpp>
#include <entente/output/calibration_text.hpp>
#include <entente/output/rank_text.hpp>

namespace entente {
namespace {

using nlohmann::json;
using testing::HasSubstr;

StudyRecord record() {
    StudyRecord record;
    record.title = "Kabul's search";
    record.identity.scenario.seed = 3;
    return record;
}

CalibrationFacts facts() {
    return {.until = "2023-12-31",
            .particles = 1000,
            .budget = 5000,
            .runs = 4321,
            .generations = {{std::numeric_limits<double>::infinity(), 1000, 0, 1, 1000}, {2.5, 3321, 7, .301, 812.4}},
            .end = "budget",
            .left_out = {"of the record of 'x' all"}};
}

CalibrationSummary summary() {
    CalibrationSummary made;
    made.parameters = {{.name = "gain",
                        .unit = "1/year",
                        .prior_text = "uniform(0, 2)",
                        .prior = {1, .1, 1.9},
                        .posterior = {.4, .2, .8},
                        .mean = .45,
                        .sd = .2,
                        .contraction = .9,
                        .shift = -1,
                        .is_informed = true},
                       {.name = "idle",
                        .unit = "",
                        .prior_text = "beta(2, 2)",
                        .prior = {.5, .1, .9},
                        .posterior = {.5, .1, .9},
                        .mean = .5,
                        .sd = .2,
                        .pressed_against = PriorEnd::high}};
    made.pairs = {{0, 1, -.75}};
    made.record = {{.name = "trade, 2022",
                    .unit = "",
                    .record = 7,
                    .prior = {5, 1, 9},
                    .posterior = {6.5, 5, 8},
                    .prior_chance = .4,
                    .posterior_chance = .75,
                    .prior_least = 0,
                    .prior_greatest = 10}};
    made.effective = 812.4;
    return made;
}

std::string written(const std::function<void(const Sink&)>& write) {
    std::string text;
    write([&](std::string_view piece) { text += piece; });
    return text;
}

TEST(CalibrationText, tells_parameters_record_and_how_it_went) {
    const std::string text = calibration_text(record(), {.runs = 4321, .digest = "0123", .finished = {}, .instruction_set = {}}, facts(),
                                              summary(), {.width = 120});
    EXPECT_THAT(text, testing::StartsWith("Kabul's search\ncalibrated by abc · 1,000 particles · record until 2023-12-31 · seed 3\n"));
    EXPECT_THAT(text, HasSubstr("seed 3\n\nGiven the record: gain 0.4 per year (90 % interval 0.2–0.8), idle 0.5 (the record says nothing about it).\n"));
    EXPECT_THAT(text,
                testing::ContainsRegex("\n  gain +uniform\\(0, 2\\) +1 \\(0.1 – 1.9\\) +0.4 \\(0.2 – 0.8\\) +0.45 +0.2 +0.90 +−1.00\n"));
    EXPECT_THAT(text, testing::ContainsRegex("\n  idle +beta.* none +none\n"));
    EXPECT_THAT(text, testing::ContainsRegex("\n  gain +idle +−0.75\n"));
    EXPECT_THAT(text, testing::ContainsRegex("\n  trade, 2022 +7 +5 \\(1 – 9\\) +6.5 \\(5 – 8\\) +0.75\n"));
    EXPECT_THAT(text, HasSubstr("The record says nothing about idle"));
    EXPECT_THAT(text, HasSubstr("Left out of the record of 'x' all."));
    EXPECT_THAT(text, testing::ContainsRegex("\n +1 +2.5 +3,321 +30 % +812\n"));
    EXPECT_THAT(text, HasSubstr("It ended with its budget of 5,000 runs"));
    EXPECT_THAT(text, HasSubstr("Runs     4,321 in all"));
}

TEST(CalibrationText, is_told_as_json) {
    const json told =
        json::parse(calibration_json(record(), {.digest = "0123", .finished = {}, .instruction_set = {}}, facts(), summary()));
    EXPECT_EQ(told["format"], "entente-calibration-summary/1");
    EXPECT_EQ(told["method"], "abc");
    EXPECT_EQ(told["headline"][0]["numbers"][0]["of"], "gain");
    EXPECT_EQ(told["headline"][0]["numbers"][0]["value"], .4);
    EXPECT_EQ(told["parameters"]["gain"]["posterior"]["q95"], .8);
    EXPECT_EQ(told["parameters"]["gain"]["informed"], true);
    EXPECT_EQ(told["parameters"]["idle"]["pressed_against"], "high");
    EXPECT_FALSE(told["parameters"]["gain"].contains("pressed_against"));
    EXPECT_TRUE(told["generations"][0]["tolerance"].is_null());
    EXPECT_EQ(told["generations"][1]["failed"], 7);
    EXPECT_EQ(told["record"][0]["posterior_chance"], .75);
    EXPECT_EQ(told["pairs"][0]["correlation"], -.75);
    EXPECT_EQ(told["end"], "budget");
}

TEST(CalibrationText, is_written_as_tables) {
    EXPECT_EQ(written([](const Sink& sink) {
                  write_posterior({{"gain", "a[b, c].d"}, {1, 2, .5, 4}}, std::vector<double>{.25, .75}, sink);
              }),
              "point,gain,\"a[b, c].d\",weight\n0,1,2,0.25\n1,0.5,4,0.75\n");
    EXPECT_EQ(written([](const Sink& sink) { write_generations(facts().generations, CalibrationMethod::abc, sink); }),
              "generation,tolerance,runs,failed,acceptance,effective\n0,,1000,0,1,1000\n1,2.5,3321,7,0.301,812.4\n");
    EXPECT_EQ(written([](const Sink& sink) { write_predicted(summary().record, sink); }),
              "summary,unit,record,prior_median,prior_q05,prior_q95,posterior_median,posterior_q05,posterior_q95,prior_chance,posterior_"
              "chance\n\"trade, 2022\",,7,5,1,9,6.5,5,8,0.4,0.75\n");
    const std::vector<RecordSummary> summaries{{.name = "a", .unit = {}}, {.name = "b", .unit = {}}};
    EXPECT_EQ(written([&](const Sink& sink) {
                  write_scales(summaries, std::vector<std::vector<double>>{{}, {1.5, std::numeric_limits<double>::infinity()}}, sink);
              }),
              "generation,summary,scale\n1,a,1.5\n1,b,\n");
}

TEST(RankText, tells_histograms_and_coverage) {
    const RankSummary ranks{
        .parameters = {{"gain", {.counts = {5, 3, 7, 5}, .expected = 5, .band = {0, 11}, .chance = .53}, .9, {.7, .97}}},
        .fits = 20,
        .effective = 80};
    const std::string text = rank_text(record(), {.digest = "0123", .finished = {}, .instruction_set = {}}, facts(), ranks, {.width = 120});
    EXPECT_THAT(text, HasSubstr("simulation-based calibration of abc · 20 fits of 1,000 particles each"));
    EXPECT_THAT(text, testing::ContainsRegex("\n  gain +[^ ]+ +3 +7 +5 \\(0 – 11\\) +0.53 +90 % \\(70 – 97\\)\n"));
    EXPECT_THAT(text, HasSubstr("The ranks of the truths look uniform"));
    const json told = json::parse(rank_json(record(), {.digest = "0123", .finished = {}, .instruction_set = {}}, facts(), ranks));
    EXPECT_EQ(told["parameters"]["gain"]["counts"], json({5, 3, 7, 5}));
    const std::vector<Factor> factors{{"gain", "", {Prior::Form::uniform, {0, 1}}, {}, {}}};
    EXPECT_EQ(
        written([&](const Sink& sink) {
            write_ranks(factors, std::vector<std::vector<double>>{{.5, 42, .4, .1, .2, .6, 80}, {.5, nan, nan, nan, nan, nan, nan}}, sink);
        }),
        "fit,parameter,truth,rank,of,mean,sd,q05,q95\n0,gain,0.5,42,99,0.4,0.1,0.2,0.6\n1,gain,0.5,,99,,,,\n");
}

}  // namespace
}  // namespace entente
