// Numbers on record laid out by ticks, held to what a plain loop over the days finds.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <entente/scenario/input_values.hpp>

namespace entente::test {
namespace {

using testing::ElementsAre;

Day day(std::string_view text) { return *parse_date(text); }

/// A record of each period.
std::vector<DatedValue> on(std::initializer_list<std::pair<std::string_view, double>> records) {
    std::vector<DatedValue> made;
    for (const auto& [text, value] : records) {
        const Period period = *parse_period(text);
        made.push_back({period.first.time_since_epoch().count(), period.end.time_since_epoch().count(), value});
    }
    return made;
}

std::vector<std::vector<DatedValue>> one_row(std::vector<DatedValue> records) { return {std::move(records)}; }

/// By tick, the value of a row.
std::vector<double> values_of(const InputValues& values, std::int64_t ticks, RowIndex row = 0) {
    std::vector<double> found;
    double now = 0;
    std::size_t next = 0;
    for (std::int64_t tick = 0; tick < ticks; ++tick) {
        for (; next < values.ticks.size() && values.ticks[next] == tick; ++next)
            for (std::size_t i = 0; i < values.rows_at(next).size(); ++i)
                if (values.rows_at(next)[i] == row) now = values.values_at(next)[i];
        found.push_back(now);
    }
    EXPECT_EQ(next, values.ticks.size());
    return found;
}

const std::vector<DatedValue> months = on({{"2021-08", 70}, {"2021-09", 74.5}, {"2021-10", 83.5}, {"2021-11", 81}, {"2021-12", 74}, {"2022-01", 86}});

TEST(InputValues, of_a_tick_are_those_at_its_beginning) {
    const Calendar weeks = Calendar::dated(day("2021-08-15"), {StepUnit::week, 1}, 22);
    const InputValues held = by_tick(one_row(months), weeks, Between::hold);
    std::vector<double> expected;
    for (std::int64_t tick = 0; tick < 22; ++tick) {
        const std::chrono::year_month_day first{weeks.first_day(tick)};
        const auto month = static_cast<unsigned>(first.month());
        expected.push_back(month == 1 ? 86 : std::vector<double>{70, 74.5, 83.5, 81, 74}[month - 8]);
    }
    EXPECT_EQ(values_of(held, 22), expected);
    EXPECT_EQ(weeks.first_day(3), day("2021-09-05"));
    EXPECT_THAT(held.ticks, ElementsAre(0, 3, 7, 12, 16, 20));  // the first weeks that begin in a month
}

TEST(InputValues, go_straight_from_date_to_date) {
    const Calendar weeks = Calendar::dated(day("2021-08-15"), {StepUnit::week, 1}, 22);
    const std::vector<double> found = values_of(by_tick(one_row(months), weeks, Between::linear), 22);
    EXPECT_DOUBLE_EQ(found[0], 70 + (74.5 - 70) * 14 / 31);
    EXPECT_DOUBLE_EQ(found[3], 74.5 + (83.5 - 74.5) * 4 / 30);
    EXPECT_DOUBLE_EQ(found[19], 74 + (86 - 74) * 25.0 / 31);
    EXPECT_EQ(found[20], 86);  // of the last month nothing is known but its own number
    EXPECT_EQ(found[21], 86);
}

TEST(InputValues, are_taken_with_the_fraction_of_a_day) {
    const Calendar steps = Calendar::dated(day("2021-01-01"), {StepUnit::day, 0.5}, 6);
    const auto days = on({{"2021-01-01", 0}, {"2021-01-02", 10}, {"2021-01-03", 30}});
    EXPECT_THAT(values_of(by_tick(one_row(days), steps, Between::hold), 6), ElementsAre(0, 0, 10, 10, 30, 30));
    EXPECT_THAT(values_of(by_tick(one_row(days), steps, Between::linear), 6), ElementsAre(0, 5, 10, 20, 30, 30));
}

TEST(InputValues, of_several_dates_in_a_tick_are_those_of_the_last_before_the_next_begins) {
    const Calendar months_of_2021 = Calendar::dated(day("2021-01-01"), {StepUnit::month, 1}, 3);
    const auto days = on({{"2020-12-30", 1}, {"2021-01-01", 2}, {"2021-01-15", 3}, {"2021-01-20", 2}, {"2021-02-15", 9}, {"2021-02-28", 4}});
    EXPECT_THAT(values_of(by_tick(one_row(days), months_of_2021, Between::hold), 3), ElementsAre(2, 2, 4));
    EXPECT_THAT(by_tick(one_row(days), months_of_2021, Between::hold).ticks, ElementsAre(0, 2));
}

TEST(InputValues, hold_before_the_first_date_and_after_the_last) {
    const Calendar ten = Calendar::undated(10);
    const std::vector<DatedValue> records{{3, 4, 1}, {5, 6, 2}};
    EXPECT_THAT(values_of(by_tick(one_row(records), ten, Between::hold), 10), ElementsAre(1, 1, 1, 1, 1, 2, 2, 2, 2, 2));
    EXPECT_THAT(values_of(by_tick(one_row(records), ten, Between::linear), 10), ElementsAre(1, 1, 1, 1, 1.5, 2, 2, 2, 2, 2));
}

TEST(InputValues, change_only_on_rows_that_change) {
    const std::vector<std::vector<DatedValue>> rows{{{0, 1, 5}, {2, 3, 5}, {4, 5, 6}}, {{0, 1, 7}}, {{0, 1, 1}, {4, 5, 2}}};
    const InputValues values = by_tick(rows, Calendar::undated(8), Between::hold);
    EXPECT_THAT(values.ticks, ElementsAre(0, 4));
    EXPECT_THAT(values.rows, ElementsAre(0, 1, 2, 0, 2));
    EXPECT_THAT(values.values, ElementsAre(5, 7, 1, 6, 2));
    EXPECT_FALSE(values.is_constant());
    EXPECT_TRUE(by_tick(std::span(rows).subspan(1, 1), Calendar::undated(8), Between::linear).is_constant());
}

}  // namespace
}  // namespace entente::test
