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

}  // namespace
}  // namespace entente
