// Skill by hand and its interval against theory; AUC against R 4.2.2 and closed forms.
#include <cmath>
#include <vector>

#include <gmock/gmock.h>

#include <entente/base/elementary.hpp>
#include <entente/inference/skill.hpp>
#include <entente/study/keyed_draws.hpp>

namespace entente::test {
namespace {

using testing::IsNan;

const Bootstrap usual{.resamples = 1000, .confidence = 0.95, .seed = 1};
const Bootstrap none{.resamples = 0};

/// Standard normal numbers, keyed.
std::vector<double> normals(std::uint64_t seed, std::size_t count) {
    KeyedDraws draws(seed, 77);
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) values.push_back(normal_quantile(open_uniform(unit_uniform(draws.bits()))));
    return values;
}

TEST(Skill, of_a_case_by_hand) {
    const std::vector<double> scores{1, 2, 3, nan, 7};
    const std::vector<double> baselines{2, 5, 1, 3, std::numeric_limits<double>::infinity()};
    const Skill skill = pooled_skill(scores, baselines, {}, usual);
    EXPECT_EQ(skill.items, 3u);
    EXPECT_EQ(skill.left_out, 2u);
    EXPECT_EQ(skill.clusters, 3u);
    EXPECT_DOUBLE_EQ(skill.score, 2);
    EXPECT_DOUBLE_EQ(skill.baseline, 8.0 / 3);
    EXPECT_DOUBLE_EQ(skill.skill.value, 0.25);
    EXPECT_DOUBLE_EQ(skill.gain.value, 2.0 / 3);
    EXPECT_LE(skill.gain.interval.low, skill.gain.value);
    EXPECT_GE(skill.gain.interval.high, skill.gain.value);
    EXPECT_EQ(verdict(skill), Verdict::undecided);
}

TEST(Skill, has_a_verdict_by_the_interval_of_the_gain) {
    const std::vector<double> less{1, 2, 1, 2, 1, 2};
    const std::vector<double> more{3, 3, 4, 4, 3, 4};
    EXPECT_EQ(verdict(pooled_skill(less, more, {}, usual)), Verdict::better);
    EXPECT_EQ(verdict(pooled_skill(more, less, {}, usual)), Verdict::worse);
    EXPECT_EQ(verdict(pooled_skill(less, more, {}, none)), Verdict::undecided) << "without resamples nothing is known";
    EXPECT_EQ(verdict(pooled_skill({}, {}, {}, usual)), Verdict::undecided);
}

TEST(Skill, is_unknown_where_there_is_too_little) {
    const Skill empty = pooled_skill({}, {}, {}, usual);
    EXPECT_EQ(empty.items, 0u);
    EXPECT_THAT(empty.skill.value, IsNan());
    const std::vector<double> one{1};
    const Skill single = pooled_skill(one, one, {}, usual);
    EXPECT_EQ(single.skill.value, 0);
    EXPECT_THAT(single.skill.interval.low, IsNan());
    const std::vector<double> zero{0, 0};
    EXPECT_THAT(pooled_skill(zero, zero, {}, usual).skill.value, IsNan()) << "a perfect baseline";
    const std::vector<double> two{1, 3};
    const std::vector<std::size_t> same{5, 5};
    EXPECT_THAT(pooled_skill(two, two, same, usual).gain.interval.high, IsNan()) << "one cluster";
}

/// The gain is a mean of differences: its interval is Student's, nearly.
TEST(Skill, interval_of_the_gain_is_that_of_a_mean) {
    std::vector<double> scores = normals(3, 400);
    const std::vector<double> shifted = normals(4, 400);
    std::vector<double> differences;
    for (std::size_t i = 0; i < scores.size(); ++i) differences.push_back(shifted[i] - scores[i]);
    const Skill skill = pooled_skill(scores, shifted, {}, {.resamples = 4000, .confidence = 0.95, .seed = 1});
    const double half = 1.966 * standard_error(differences);
    EXPECT_NEAR(skill.gain.interval.low, mean(differences) - half, 0.08 * half);
    EXPECT_NEAR(skill.gain.interval.high, mean(differences) + half, 0.08 * half);
}

/// Scores 1 + e, baselines 1.25 + f, both with sd 0.3: the skill is 0.2.
TEST(Skill, interval_holds_the_skill_as_often_as_it_says) {
    int held = 0;
    for (int trial = 0; trial < 400; ++trial) {
        std::vector<double> scores = normals(1000 + trial, 60);
        std::vector<double> baselines = normals(9000 + trial, 60);
        for (double& x : scores) x = 1 + 0.3 * x;
        for (double& x : baselines) x = 1.25 + 0.3 * x;
        const Interval interval = pooled_skill(scores, baselines, {}, {.resamples = 400, .confidence = 0.9, .seed = 1}).skill.interval;
        held += interval.low <= 0.2 && 0.2 <= interval.high ? 1 : 0;
    }
    EXPECT_GE(held, 340) << "of 400, 360 expected with sd 6";
    EXPECT_LE(held, 380);
}

TEST(Skill, draws_clusters_whole) {
    const std::vector<double> scores = normals(5, 30);
    const std::vector<double> baselines = normals(6, 30);
    std::vector<double> four_scores;
    std::vector<double> four_baselines;
    std::vector<std::size_t> clusters;
    for (std::size_t i = 0; i < 120; ++i) {
        four_scores.push_back(scores[i / 4]);
        four_baselines.push_back(baselines[i / 4]);
        clusters.push_back(100 + 7 * (i / 4));
    }
    const Skill alone = pooled_skill(scores, baselines, {}, usual);
    const Skill copied = pooled_skill(four_scores, four_baselines, clusters, usual);
    EXPECT_EQ(copied.clusters, 30u);
    EXPECT_NEAR(copied.gain.interval.low, alone.gain.interval.low, 1e-13) << "copies tell nothing new";
    EXPECT_NEAR(copied.gain.interval.high, alone.gain.interval.high, 1e-13);
    const Skill apart = pooled_skill(four_scores, four_baselines, {}, usual);
    const auto width = [](const Interval& interval) { return interval.high - interval.low; };
    EXPECT_LT(width(apart.gain.interval), 0.7 * width(copied.gain.interval));
}

TEST(Skill, hangs_on_the_seed_alone) {
    const std::vector<double> scores = normals(5, 30);
    const std::vector<double> baselines = normals(6, 30);
    const auto low = [&](std::uint64_t seed) {
        return pooled_skill(scores, baselines, {}, {.resamples = 200, .seed = seed}).gain.interval.low;
    };
    EXPECT_EQ(low(1), low(1));
    EXPECT_NE(low(1), low(2));
}

// -- discrimination -----------------------------------------------------------------------------------------------------------------------

const std::vector<double> chances{.1, .4, .35, .8, .4, .4, .9, .05, .6, .35};
const std::vector<double> came{0, 0, 1, 1, 1, 0, 1, 0, 0, 0};

/// wilcox.test(ch[o == 1], ch[o == 0], exact = FALSE)$statistic / (4 * 6).
TEST(Auc, with_ties_is_that_of_R) {
    EXPECT_NEAR(auc(chances, came, {}, none).value, 0.7708333333333334, 1e-15);
}

TEST(Auc, of_cases_by_hand) {
    EXPECT_EQ(auc(std::vector<double>{.2, .9}, std::vector<double>{0, 1}, {}, none).value, 1);
    EXPECT_EQ(auc(std::vector<double>{.9, .2}, std::vector<double>{0, 1}, {}, none).value, 0);
    EXPECT_EQ(auc(std::vector<double>{.3, .3, .3}, std::vector<double>{0, 1, 0}, {}, none).value, 0.5);
    EXPECT_EQ(auc(std::vector<double>{.2, nan, .9, .1}, std::vector<double>{0, 1, 1, nan}, {}, none).value, 1)
        << "what is missing is left out";
    EXPECT_THAT(auc(std::vector<double>{.2, .9}, std::vector<double>{1, 1}, {}, usual).value, IsNan());
    EXPECT_THAT(auc({}, {}, {}, usual).interval.low, IsNan());
}

/// Normal chances, 1 further up for those that came: AUC = Phi(1 / sqrt 2) = 0.7602; its standard error by Hanley & McNeil's (1982) formula
/// for 300 and 300, with Q1 = Q2 = integrate(function(x) dnorm(x) * pnorm(1 - x)^2, -10, 10).
TEST(Auc, of_normal_chances_is_its_closed_form_and_so_is_its_interval) {
    std::vector<double> values = normals(11, 600);
    std::vector<double> outcomes(600, 0.0);
    for (std::size_t i = 0; i < 300; ++i) {
        values[i] += 1;
        outcomes[i] = 1;
    }
    const Estimate found = auc(values, outcomes, {}, {.resamples = 2000, .seed = 1});
    const double truth = std::erfc(-0.5) / 2;
    const double q = 0.6337020458;
    const double error = std::sqrt((truth * (1 - truth) + 2 * 299 * (q - truth * truth)) / (300.0 * 300));
    EXPECT_NEAR(found.value, truth, 3 * error);
    EXPECT_NEAR(found.interval.high - found.interval.low, 2 * 1.96 * error, 0.12 * 2 * 1.96 * error);
}

TEST(Auc, draws_countries_whole) {
    std::vector<double> values;
    std::vector<double> outcomes;
    std::vector<std::size_t> country;
    for (std::size_t i = 0; i < 40; ++i) {
        values.push_back(chances[i / 4]);
        outcomes.push_back(came[i / 4]);
        country.push_back(i / 4);
    }
    const Estimate alone = auc(chances, came, {}, usual);
    const Estimate copied = auc(values, outcomes, country, usual);
    EXPECT_NEAR(copied.value, alone.value, 1e-15);
    EXPECT_NEAR(copied.interval.low, alone.interval.low, 1e-14);
    EXPECT_NEAR(copied.interval.high, alone.interval.high, 1e-14);
}

TEST(Auc, gain_is_of_the_same_items_and_resamples) {
    std::vector<double> baseline = chances;
    const Estimate same = auc_gain(chances, baseline, came, {}, usual);
    EXPECT_EQ(same.value, 0);
    EXPECT_EQ(same.interval.low, 0);
    EXPECT_EQ(same.interval.high, 0);
    for (double& x : baseline) x = 0.5;
    EXPECT_NEAR(auc_gain(chances, baseline, came, {}, none).value, 0.7708333333333334 - 0.5, 1e-15);
    baseline[3] = nan;
    EXPECT_NEAR(auc_gain(chances, baseline, came, {}, none).value, 12.5 / 18 - 0.5, 1e-15) << "without the fourth item in either";
}

}  // namespace
}  // namespace entente::test
