// Tests: study_runs_data, page_study_runs.
#include <entente/report/study_runs_data.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <gmock/gmock.h>

#include <entente/base/statistics.hpp>

#include "../scratch.hpp"
#include "../study_sample.hpp"
#include "unpacked.hpp"

namespace entente {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<double> decoded(const page::CodedNumbers& numbers) {
    std::vector<double> found = unpacked(numbers.codes);
    if (!numbers.means.empty())
        for (double& one : found)
            if (!std::isnan(one)) one = numbers.means[static_cast<std::size_t>(std::lround(one))];
    return found;
}

TEST(CodedNumbers, are_exact_where_few_differ) {
    const std::vector<double> numbers = {0.1, 1e9, Results::missing, -7, 0.1};
    const std::vector<double> found = decoded(coded(numbers, {}));
    ASSERT_EQ(found.size(), 5U);
    for (const std::size_t at : {0U, 1U, 3U, 4U}) EXPECT_EQ(found[at], numbers[at]);
    EXPECT_TRUE(std::isnan(found[2]));
}

TEST(CodedNumbers, of_many_no_class_lies_on_both_sides_of_a_mark_and_means_stay) {
    std::vector<double> numbers;
    for (int i = 0; i < 6007; ++i) numbers.push_back(i % 7 == 0 ? 3.25 : std::sin(i) * 1e-3 + 3);
    const std::vector<double> marks = quantiles(numbers, std::vector<double>{0.1, 0.5, 0.9});
    const page::CodedNumbers told = coded(numbers, marks);
    EXPECT_LE(told.means.size(), 254U);
    EXPECT_TRUE(std::ranges::is_sorted(told.means));
    const std::vector<double> found = decoded(told);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        for (const double mark : marks) {
            EXPECT_EQ(found[i] >= mark, numbers[i] >= mark) << numbers[i];
            EXPECT_EQ(found[i] > mark, numbers[i] > mark) << numbers[i];
        }
        EXPECT_NEAR(found[i], numbers[i], 2e-4);
    }
    EXPECT_NEAR(mean(found), mean(numbers), 1e-6);
    EXPECT_EQ(*std::ranges::max_element(found), 3.25);
}

class StudyRunsDataTest : public testing::Test {
protected:
    /// The sample's study, with so many replicates, all of whose runs are made.
    std::optional<page::StudyRunsData> data_of(std::int64_t replicates, std::int64_t together = 1, bool made = true) {
        StudyRecord record = sample::study_record(replicates);
        record.points = sample_.study.point_count();
        const Scratch scratch;
        StudyFolder folder(scratch.path() / "study", record, sample_.study);
        if (made) sample::make(folder, sample_.study, folder.missing());
        const StudyValues values = sample::values_of(folder, sample_.study);
        luck_ = values.column(2);
        return study_runs_data(values, sample_.study, sample_.scenario, together);
    }

    void grid_of(int gains, int shifts) {
        sample_.study.points.values.clear();
        for (int i = 0; i < gains; ++i)
            for (int j = 0; j < shifts; ++j) sample_.study.points.values.insert(sample_.study.points.values.end(), {0.001 * i, 0.01 * j});
    }

    sample::SampleStudy sample_;
    std::vector<double> luck_;
};

TEST_F(StudyRunsDataTest, bears_each_runs_values_dates_first) {
    const auto data = data_of(4);
    ASSERT_TRUE(data);
    EXPECT_EQ(data->over, "all 12 runs");
    EXPECT_EQ(data->points, 3);
    EXPECT_EQ(data->replicates, 4);
    EXPECT_TRUE(data->paired);
    EXPECT_FALSE(data->crossed);
    EXPECT_EQ(data->left_out, "");
    ASSERT_EQ(data->measures.size(), 4U);
    const page::StudyMeasure& late = data->measures[0];
    EXPECT_EQ(late.name, "late");
    EXPECT_EQ(late.form, "date");
    const std::vector<double> came = decoded(late.values);
    for (std::size_t run = 0; run < 12; ++run) EXPECT_EQ(std::isnan(came[run]), run < 4) << run;  // 100 gain + shift > 50 at the second point and the third
    EXPECT_EQ(came[4], 3);
    EXPECT_EQ(late.outcomes.size(), 1U);
    EXPECT_EQ(late.outcomes.front().name, "late_came");
    EXPECT_EQ(late.outcomes.front().rule, "came");
    EXPECT_THAT(decoded(data->measures[1].values), ElementsAre(26, 26, 26, 26, 52, 52, 52, 52, 78, 78, 78, 78));
    EXPECT_THAT(data->measures[1].marks, ElementsAre(26, 52, 78));
    EXPECT_EQ(data->measures[1].unit, "points");
    EXPECT_EQ(decoded(data->measures[2].values), luck_);
    EXPECT_EQ(data->measures[3].form, "once");
    ASSERT_EQ(data->factors.size(), 2U);
    EXPECT_EQ(data->factors[0].name, "gain");
    EXPECT_THAT(decoded(data->factors[0].values), ElementsAre(0.25, 0.5, 0.75));
    EXPECT_THAT(decoded(data->factors[1].values), ElementsAre(1, 2, 3));
    for (const double failed : unpacked(data->failed)) EXPECT_TRUE(std::isnan(failed));
    EXPECT_EQ(data->end, 12);
    EXPECT_EQ(data->ticks.size(), data->times.size());
    EXPECT_EQ(data->ticks.front(), 1);
    EXPECT_EQ(std::get<std::string>(data->times.front().when), "2020-08-01");
}

TEST_F(StudyRunsDataTest, knows_from_when_on_nothing_is_known) {
    sample_.study.points.values = {0.25, 1, 9.5, 2, 0.75, 3};  // the second point divides by nothing
    const auto data = data_of(4);
    const std::vector<double> failed = unpacked(data->failed);
    for (std::size_t run = 0; run < 12; ++run) {
        if (run >= 4 && run < 8)
            EXPECT_EQ(failed[run], 0) << run;  // it failed in the first tick
        else
            EXPECT_TRUE(std::isnan(failed[run])) << run;
    }
    EXPECT_TRUE(std::isnan(decoded(data->measures[1].values)[5]));
}

TEST_F(StudyRunsDataTest, of_runs_that_were_never_made_nothing_is_known) {
    const auto data = data_of(4, 1, false);
    for (const double failed : unpacked(data->failed)) EXPECT_EQ(failed, 0);
}

TEST_F(StudyRunsDataTest, tells_a_grid_from_drawn_points_and_own_luck_from_shared) {
    grid_of(3, 4);
    EXPECT_TRUE(data_of(2)->crossed);
    EXPECT_EQ(data_of(2)->together, 1);
    sample_.study.first_runs_of_points = own_first_runs(sample_.study.points);
    EXPECT_FALSE(data_of(2)->paired);
}

TEST_F(StudyRunsDataTest, of_too_many_runs_fewer_replicates_then_fewer_points_that_belong_together) {
    grid_of(100, 30);
    sample_.study.points.values[0] = 5;  // no grid any more
    const auto fewer = data_of(400, 1, false);
    EXPECT_EQ(fewer->points, 3000);
    EXPECT_EQ(fewer->replicates, 25);
    EXPECT_EQ(fewer->over, "75,000 runs, the first 25 of 400 replicates at each point");
    EXPECT_EQ(unpacked(fewer->measures[0].values.codes).size(), 75'000U);
    grid_of(200, 150);
    sample_.study.points.values[0] = 5;
    const auto least = data_of(40, 7, false);
    EXPECT_EQ(least->replicates, 5);
    EXPECT_EQ(least->points, 15'000 / 7 * 7);
    EXPECT_THAT(least->over, HasSubstr("of 30,000 points"));
    EXPECT_EQ(unpacked(least->factors[0].values.codes).size(), static_cast<std::size_t>(least->points));
}

TEST_F(StudyRunsDataTest, bears_all_runs_that_pack_into_its_room) {
    grid_of(100, 30);
    EXPECT_EQ(data_of(80, 1, false)->over, "all 240,000 runs");  // there is nothing in them
}

TEST_F(StudyRunsDataTest, of_a_grid_all_points_stay_or_none) {
    grid_of(200, 200);
    const auto few = data_of(16, 1, false);
    EXPECT_EQ(few->points, 40'000);
    EXPECT_EQ(few->replicates, 1);
    grid_of(400, 300);
    const auto none = data_of(8, 1, false);
    EXPECT_EQ(none->points, 0);
    EXPECT_THAT(none->measures, IsEmpty());
    EXPECT_THAT(none->left_out, HasSubstr("120,000 points"));
}

}  // namespace
}  // namespace entente
