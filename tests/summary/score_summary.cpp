#include <gmock/gmock.h>

#include <entente/scenario/read.hpp>
#include <entente/summary/score_summary.hpp>

namespace entente {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

Skill skill_of(double gain, double low, double high) {
    return {.items = 20,
            .clusters = 10,
            .score = 0.1,
            .baseline = 0.1 + gain,
            .skill = {1 - 0.1 / (0.1 + gain), {nan, nan}},
            .gain = {gain, {low, high}}};
}

PooledScore pooled(const std::string& group, std::vector<std::pair<Baseline, Skill>> against) {
    return {.group = group, .rule = ScoreRule::brier, .items = 20, .score = 0.1, .against = std::move(against)};
}

TEST(ScoreVerdicts, name_what_is_beaten_what_is_not_and_what_beats) {
    ScorePool pool;
    pool.scores = {pooled("", {{Baseline::constant_hazard, skill_of(0.1, 0.05, 0.15)},
                               {Baseline::climatology, skill_of(0.02, -0.05, 0.15)},
                               {Baseline::nothing_changes, skill_of(-0.05, -0.09, -0.01)}})};
    pool.areas = {{.group = "", .items = 20, .came = 7, .area = {}, .gains = {}}};
    EXPECT_THAT(score_verdicts(pool), ElementsAre("In all (20 items, 7 of which came; Brier score 0.1): the forecast beats the constant "
                                                  "hazard (skill 0.5; gain 0.1, 95 % interval 0.05 to 0.15), "
                                                  "is not told apart from climatology (skill 0.167; gain 0.02, 95 % interval -0.05 to "
                                                  "0.15) and is beaten by nothing changes (skill -1; gain -0.05, 95 % interval "
                                                  "-0.09 to -0.01)."));
}

TEST(ScoreVerdicts, say_where_there_is_nothing_to_be_held_against) {
    ScorePool pool;
    pool.scores = {pooled("dates", {})};
    EXPECT_THAT(score_verdicts(pool),
                ElementsAre(HasSubstr("dates (20 items; Brier score 0.1): there is nothing to hold the forecast against")));
    EXPECT_THAT(score_verdicts({}), IsEmpty());
}

TEST(ScoreVerdicts, of_few_items_say_from_how_many) {
    ScorePool pool;
    pool.scores = {pooled("x", {{Baseline::last_value, skill_of(0.1, nan, nan)}})};
    EXPECT_THAT(score_verdicts(pool).at(0), HasSubstr("is not told apart from the last value (skill 0.5; gain 0.1, from 20 items)"));
}

TEST(FittedWarnings, are_of_parameters_that_knew_what_is_scored) {
    const Scenario scenario = read_scenario_text(
                                  "entente: 1\ncalendar: {start: 2020-01-01, ticks: 48, step: month}\nparameters: {early: {value: 1, "
                                  "fitted_to: 2020-12-31}, late: {value: 1, fitted_to: 2021-01-01}, same: {value: 1, fitted_to: 2021-01-01}, none: 1}\n",
                                  "a.yaml", "/nonexistent")
                                  .scenario;
    EXPECT_THAT(fitted_warnings(scenario, 12),
                ElementsAre("'late' and 'same' were fitted to the record until 2021-01-01, which is scored here from 2021-01-01 on"));
    EXPECT_EQ(span_told(scenario.calendar, {12, 24}), "2021-01-01 to 2021-12-31");
    EXPECT_EQ(span_told(Calendar::undated(9), {2, 9}), "tick 2 to tick 8");
}

}  // namespace
}  // namespace entente
