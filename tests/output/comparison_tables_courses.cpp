// Tests: summary/comparison_courses.
#include <entente/output/comparison_tables.hpp>

#include <gmock/gmock.h>

#include "../sample.hpp"

namespace entente {
namespace {

/// The sample, its trust higher by `more` in every run and week.
Results higher(double more) {
    Results results = sample::ensemble();
    for (double& value : results.series[0]) value += more;
    return results;
}

std::string courses(Pairing pairing) {
    std::string text;
    const auto make = [](std::size_t alternative) { return higher(alternative == 0 ? 0 : 1); };
    write_courses(comparison_courses(2, make, pairing, 0.95, course_rows(make(0), {})), {"baseline", "aid_rate=2"}, [&](std::string_view piece) { text += piece; });
    return text;
}

TEST(Courses, begin_with_the_start_and_part_from_the_baselines_tick_by_tick) {
    EXPECT_THAT(courses(Pairing::paired), testing::StartsWith("date,measure,alternative,mean,difference,low,high\n"
                                                              "2021-12-20,trust,baseline,0.05,,,\n"
                                                              "2021-12-27,trust,baseline,0.1,,,\n"
                                                              "2022-01-03,trust,baseline,0.3,,,\n"
                                                              "2022-01-10,trust,baseline,0.5,,,\n"
                                                              "2021-12-20,trust,aid_rate=2,1.05,1,1,1\n"));
}

TEST(Courses, of_independent_runs_have_wider_intervals) {
    EXPECT_THAT(courses(Pairing::unpaired), testing::HasSubstr("\n2022-01-10,trust,aid_rate=2,1.5,1,0.4332"));
}

TEST(Courses, are_of_as_many_runs_as_fit) {
    EXPECT_EQ(course_runs(20, 100), 20);
    EXPECT_EQ(course_runs(5000, 100), 1000);
    EXPECT_EQ(course_runs(5000, std::int64_t{1} << 20), 64);
    EXPECT_EQ(course_runs(5000, std::int64_t{1} << 40), 1);
}

TEST(Courses, of_rows_are_taken_where_they_are_compared) {
    const Results layout = sample::ensemble();
    const SeriesRows none = course_rows(layout, chosen_outcomes(layout, {}));
    EXPECT_THAT(none, testing::ElementsAre(testing::ElementsAre(0), testing::IsEmpty(), testing::IsEmpty(), testing::IsEmpty(), testing::IsEmpty()));
    const SeriesRows one = course_rows(layout, chosen_outcomes(layout, {"alarm[afghanistan -> russia]", "aid"}));
    EXPECT_THAT(one[4], testing::ElementsAre(1));
    const auto make = [](std::size_t) { return sample::ensemble(); };
    const ComparisonCourses courses = comparison_courses(2, make, Pairing::paired, 0.95, one);
    ASSERT_EQ(courses.series.size(), 2U);
    EXPECT_EQ(courses.series[1].name, "alarm[afghanistan -> russia]");
    EXPECT_EQ(courses.series[1].alternatives[0].means[0], (1 + 9 + 17 + 25) / 4.0);
}

TEST(Courses, of_a_measure_with_levels_are_the_shares_of_runs_on_each) {
    const auto make = [](std::size_t alternative) {
        Results results = sample::ensemble();
        results.measures[0].levels = {{"low", ""}, {"high", "Much trust"}};
        for (double& value : results.series[0]) value = alternative == 0 ? 0 : 1;
        results.series[0][1] = 1;  // of the first run in the second moment
        return results;
    };
    const ComparisonCourses courses = comparison_courses(2, make, Pairing::paired, 0.95, course_rows(make(0), {}));
    ASSERT_EQ(courses.series.size(), 2U);
    const auto& [name, about, unit, alternatives, label, is_share] = courses.series[1];
    EXPECT_EQ(name, "trust[high]");
    EXPECT_EQ(label, "trust[Much trust]");
    EXPECT_TRUE(is_share);
    const double runs = static_cast<double>(make(0).series_runs);
    EXPECT_THAT(alternatives[0].means, testing::ElementsAre(0, 1 / runs, 0, 0));
    EXPECT_THAT(alternatives[1].means, testing::ElementsAre(1, 1, 1, 1));
    EXPECT_EQ(alternatives[0].bands[1].median, 1 / runs);
    EXPECT_EQ(alternatives[0].bands[1].q95, wilson_interval(1, static_cast<std::size_t>(runs)).high);
    EXPECT_EQ(alternatives[1].apart[1].mean, 1 - 1 / runs);
    EXPECT_EQ(courses.series[0].alternatives[0].means[1], 1 - 1 / runs);
}

}  // namespace
}  // namespace entente
