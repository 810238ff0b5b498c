// Tests: calibration_summary, rank_summary.

#include <cmath>

#include <gmock/gmock.h>

#include <entente/summary/calibration_summary.hpp>
#include <entente/summary/rank_summary.hpp>

namespace entente {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Factor uniform(const std::string& name, double low, double high) {
    return {.name = name, .unit = "1/year", .prior = {Prior::Form::uniform, {low, high}}, .range = {}, .levels = {}};
}

/// 1,000 equal particles: the first coordinate evenly over [low, high], the second evenly over [0, 1], in another order.
Particles particles(double low, double high) {
    Particles made{{2, {}}, std::vector<double>(1000, 1e-3)};
    for (int i = 0; i < 1000; ++i) {
        made.unit.coordinates.push_back(low + (high - low) * (i + .5) / 1000);
        made.unit.coordinates.push_back((i * 617 % 1000 + .5) / 1000);
    }
    return made;
}

RecordSummaries one_number(double value) {
    return {{{.form = ItemForm::number, .name = "incidents", .unit = "points", .values = {value}}}, Calendar::undated(3)};
}

SummaryTable evenly(double low, double high) {
    SummaryTable table{1, {}};
    for (int i = 0; i < 1000; ++i) table.values.push_back(low + (high - low) * (i + .5) / 1000);
    return table;
}

const std::vector<Factor> two{uniform("gain", 0, 10), uniform("idle", 5, 6)};

CalibrationSummary summary(double low, double high, double record = 5, const SummaryTable& prior = evenly(0, 10),
                           const SummaryTable& posterior = evenly(4, 6)) {
    return summarise_calibration(two, particles(low, high), one_number(record), prior, posterior);
}

std::vector<std::string> findings(const CalibrationSummary& of) {
    return calibration_findings(of, [](const std::string& name) { return '<' + name + '>'; });
}

TEST(CalibrationSummary, tells_each_parameter_before_and_after) {
    const CalibrationSummary told = summary(.25, .5);
    const ParameterLearned& gain = told.parameters[0];
    EXPECT_EQ(gain.prior_text, "uniform(0, 10)");
    EXPECT_DOUBLE_EQ(gain.prior.median, 5);
    EXPECT_DOUBLE_EQ(gain.prior.low, .5);
    EXPECT_NEAR(gain.posterior.median, 3.75, .01);
    EXPECT_NEAR(gain.posterior.high, 4.875, .01);
    EXPECT_NEAR(gain.mean, 3.75, 1e-9);
    EXPECT_NEAR(gain.sd, 2.5 / std::sqrt(12), .01);
    EXPECT_NEAR(gain.contraction, 1 - 1. / 16, .01) << "a quarter of the prior's width is a sixteenth of its variance";
    EXPECT_NEAR(gain.shift, -.125 * std::sqrt(12), .001);
    EXPECT_TRUE(gain.is_informed);
    EXPECT_FALSE(told.parameters[1].is_informed);
    EXPECT_NEAR(told.parameters[1].contraction, 0, .01);
    EXPECT_NEAR(told.effective, 1000, 1e-6);
    ASSERT_EQ(told.pairs.size(), 1U);
    EXPECT_NEAR(told.pairs[0].correlation, 0, .1);
}

TEST(CalibrationSummary, tells_the_record_from_both_sides) {
    const RecordPredicted record = summary(.25, .5, 4.2).record.at(0);
    EXPECT_EQ(record.record, 4.2);
    EXPECT_NEAR(record.prior.median, 5, .01);
    EXPECT_NEAR(record.posterior.low, 4.1, .01);
    EXPECT_NEAR(record.prior_chance, .84, .005);
    EXPECT_NEAR(record.posterior_chance, .2, .005);
    EXPECT_FALSE(record.is_beyond_prior());
    EXPECT_TRUE(summary(.25, .5, 11).record.at(0).is_beyond_prior());
}

TEST(CalibrationSummary, tells_counts_as_counts) {
    RecordItem item{.form = ItemForm::number, .name = "incidents", .values = {7}, .is_count = true};
    SummaryTable runs{1, {}};
    for (const double count : {3, 5, 7, 9, 11}) runs.values.push_back(std::sqrt(count + .375));
    const CalibrationSummary told = summarise_calibration(two, particles(0, 1), {{item}, Calendar::undated(3)}, runs, runs);
    EXPECT_EQ(told.record[0].record, 7);
    EXPECT_EQ(told.record[0].prior.median, 7);
    EXPECT_DOUBLE_EQ(told.record[0].prior_chance, 1) << "7 is as far out as itself";
}

TEST(CalibrationSummary, says_in_words_what_the_record_says_nothing_about) {
    EXPECT_THAT(findings(summary(.25, .5)),
                ElementsAre("The record says nothing about <idle>: what was believed before is believed still."));
    EXPECT_THAT(findings(summary(0, 1)),
                ElementsAre("The record says nothing about any of the parameters: their posteriors can't be told from the priors."));
}

TEST(CalibrationSummary, says_where_prior_model_and_record_disagree) {
    EXPECT_THAT(findings(summary(.94, 1)), testing::Contains("The record presses <gain> against the upper end of its prior: the prior and "
                                                             "the record disagree, or the model lacks something."));
    EXPECT_THAT(findings(summary(0, .03)), testing::Contains(HasSubstr("against the lower end")));
    EXPECT_THAT(findings(summary(.25, .5, 11)),
                testing::Contains("No run of the prior came to what is on record of incidents (11, runs 0.005 to 9.99)."));
    EXPECT_THAT(findings(summary(.25, .5, 11)),
                testing::Contains("At the posterior, too, the model hardly comes to what is on record of incidents."));
    EXPECT_THAT(findings(summary(.25, .5, 9.99)),
                testing::Contains("The prior had less than one chance in a hundred for what is on record of incidents."));
}

TEST(CalibrationSummary, says_why_it_ended) {
    EXPECT_THAT(end_told({.until = {}, .budget = 2000, .end = "budget"}), HasSubstr("its budget of 2,000 runs"));
    EXPECT_THAT(end_told({.until = {}, .end = ""}), HasSubstr("not at its end"));
    for (const auto* end : {"exact", "acceptance", "tolerance"})
        EXPECT_THAT(end_told({.until = {}, .end = end}), testing::Not(HasSubstr("not at its end")));
    EXPECT_EQ(calibration_method("likelihood"), CalibrationMethod::likelihood);
    EXPECT_FALSE(calibration_method("mcmc"));
}

TEST(RankSummary, holds_truths_against_fits) {
    std::vector<std::vector<double>> fits;
    for (int i = 0; i < 200; ++i) {
        Particles fit{{2, {}}, std::vector<double>(500, .002)};
        KeyedDraws draws(4, static_cast<std::uint64_t>(i));
        const double truth[2] = {unit_uniform(draws.bits()), unit_uniform(draws.bits())};
        for (int k = 0; k < 500; ++k) {
            fit.unit.coordinates.push_back(unit_uniform(draws.bits()));            // as the truth was drawn
            fit.unit.coordinates.push_back(.4 + .2 * unit_uniform(draws.bits()));  // too sure of itself
        }
        fits.push_back(ranked_fit(two, truth, &fit, draws));
        EXPECT_EQ(fits.back().size(), ranked_numbers(2));
        EXPECT_DOUBLE_EQ(ranked_parameter(fits.back(), 0).truth, 10 * truth[0]);
    }
    const double nowhere[2] = {.5, .5};
    KeyedDraws draws(1, 1);
    fits.push_back(ranked_fit(two, nowhere, nullptr, draws));
    const RankSummary told = summarise_ranks(two, fits);
    EXPECT_EQ(told.fits, 201);
    EXPECT_EQ(told.without_fit, 1);
    EXPECT_NEAR(told.effective, 500, 1e-6);
    EXPECT_GT(told.parameters[0].check.chance, .01);
    EXPECT_LT(told.parameters[1].check.chance, 1e-6);
    EXPECT_TRUE(told.parameters[0].held_interval.low < .9 && told.parameters[0].held_interval.high > .9);
    EXPECT_NEAR(told.parameters[1].held, .18, .08);
    EXPECT_THAT(rank_findings(told),
                ElementsAre(HasSubstr("not uniform for idle"), HasSubstr("for idle"), HasSubstr("1 of 201 fits came to nothing")));
}

}  // namespace
}  // namespace entente
