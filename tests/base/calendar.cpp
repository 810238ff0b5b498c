#include <entente/base/calendar.hpp>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <entente/base/problem.hpp>

namespace entente {
namespace {

Day day(const char* text) {
    return parse_date(text).value();
}

StepLength step(const char* text) {
    return parse_step(text).value();
}

TEST(Calendar, a_date_reads_back_as_written) {
    EXPECT_EQ(iso(day("2021-08-15")), "2021-08-15");
    EXPECT_EQ(iso(day("0044-03-15")), "0044-03-15");
    EXPECT_EQ(day("1970-01-02").time_since_epoch().count(), 1);
}

TEST(Calendar, what_is_no_date_is_refused) {
    for (const char* text : {"2021-02-30", "2021-02-29", "1900-02-29", "2021-13-01", "2021-00-10", "2021-01-00", "21-8-15", "2021-8-15",
                             "2021/08/15", "2021-08-15 ", "", "-021-08-15", "2021-08-1x", "２０２１"}) {
        EXPECT_FALSE(parse_date(text)) << text;
    }
    EXPECT_TRUE(parse_date("2000-02-29"));
    EXPECT_TRUE(parse_date("2024-02-29"));
}

TEST(Periods, are_days_months_quarters_or_years) {
    const auto shown = [](std::string_view text) {
        const auto period = parse_period(text);
        return period ? iso(period->first) + " " + iso(period->end) : "none";
    };
    EXPECT_EQ(shown("2021-08-15"), "2021-08-15 2021-08-16");
    EXPECT_EQ(shown("2021-12"), "2021-12-01 2022-01-01");
    EXPECT_EQ(shown("2024M02"), "2024-02-01 2024-03-01");
    EXPECT_EQ(shown("2021Q3"), "2021-07-01 2021-10-01");
    EXPECT_EQ(shown("2021-Q4"), "2021-10-01 2022-01-01");
    EXPECT_EQ(shown("1909"), "1909-01-01 1910-01-01");
    for (const char* text : {"", "21", "2021-13", "2021-00", "2021Q5", "2021Q0", "2021-8", "2021M1", "2021-", "2021-02-30", "15/08/2021", "2021Q", "-2021", "20210815"})
        EXPECT_EQ(shown(text), "none") << text;
}

TEST(Calendar, step_lengths_read_back_as_written) {
    for (const char* text : {"day", "week", "month", "quarter", "year", "2 weeks", "3.5 days", "10 years", "0.25 days"}) {
        EXPECT_EQ(step(text).text(), text);
    }
    EXPECT_EQ(step("1 week").text(), "week");
    EXPECT_EQ(step("2   months").text(), "2 months");
}

TEST(Calendar, what_is_no_step_is_refused) {
    for (const char* text : {"", "fortnight", "weekly", "0 days", "-1 days", "1.5 months", "0.5 years", "1.5 quarters", "2weeks",
                             "inf days", "nan days", "1e999 days", "2 ", "2", "weeks 2", "Week", "2 weeks "}) {
        EXPECT_FALSE(parse_step(text)) << text;
    }
}

TEST(Calendar, a_step_is_so_many_years) {
    EXPECT_DOUBLE_EQ(step("day").years(), 1 / 365.25);
    EXPECT_DOUBLE_EQ(step("week").years(), 7 / 365.25);
    EXPECT_DOUBLE_EQ(step("3.5 days").years(), 3.5 / 365.25);
    EXPECT_DOUBLE_EQ(step("month").years(), 1.0 / 12);
    EXPECT_DOUBLE_EQ(step("quarter").years(), 0.25);
    EXPECT_DOUBLE_EQ(step("10 years").years(), 10);
}

TEST(Calendar, only_whole_steps_count) {
    EXPECT_EQ(Calendar::until(day("2021-08-15"), step("week"), day("2025-12-31")).ticks(), 228);
    EXPECT_EQ(Calendar::until(day("2021-08-15"), step("3.5 days"), day("2025-12-31")).ticks(), 457);
    EXPECT_EQ(Calendar::until(day("1909-01-01"), step("month"), day("1913-12-31")).ticks(), 60);
    EXPECT_EQ(Calendar::until(day("1909-01-01"), step("month"), day("1913-12-30")).ticks(), 59);
    EXPECT_EQ(Calendar::until(day("1909-01-01"), step("quarter"), day("1913-12-31")).ticks(), 20);
    EXPECT_EQ(Calendar::until(day("1909-01-01"), step("year"), day("1913-12-31")).ticks(), 5);
    EXPECT_EQ(Calendar::until(day("2024-01-01"), step("day"), day("2024-12-31")).ticks(), 366);
    EXPECT_EQ(Calendar::until(day("2024-01-01"), step("0.1 days"), day("2024-01-10")).ticks(), 100);
}

TEST(Calendar, an_end_before_the_first_step_is_over_leaves_no_tick) {
    EXPECT_EQ(Calendar::until(day("2021-08-15"), step("week"), day("2021-08-20")).ticks(), 0);
    EXPECT_EQ(Calendar::until(day("2021-08-15"), step("week"), day("2021-08-21")).ticks(), 1);
    EXPECT_EQ(Calendar::until(day("2021-08-15"), step("day"), day("2021-08-14")).ticks(), 0);
    EXPECT_EQ(Calendar::until(day("2021-08-15"), step("month"), day("1999-01-01")).ticks(), 0);
}

TEST(Calendar, a_week_holds_seven_days) {
    const Calendar calendar = Calendar::dated(day("2021-08-15"), step("week"), 3);
    EXPECT_EQ(iso(calendar.first_day(1)), "2021-08-22");
    EXPECT_EQ(calendar.tick_of(day("2021-08-15")), 0);
    EXPECT_EQ(calendar.tick_of(day("2021-08-21")), 0);
    EXPECT_EQ(calendar.tick_of(day("2021-08-22")), 1);
    EXPECT_EQ(calendar.tick_of(day("2021-09-04")), 2);
    EXPECT_FALSE(calendar.tick_of(day("2021-08-14")));
    EXPECT_FALSE(calendar.tick_of(day("2021-09-05")));
}

TEST(Calendar, half_weeks_take_turns_of_three_and_four_days) {
    const Calendar calendar = Calendar::dated(day("2021-08-15"), step("3.5 days"), 4);
    EXPECT_EQ(iso(calendar.first_day(1)), "2021-08-18");
    EXPECT_EQ(iso(calendar.first_day(2)), "2021-08-22");
    EXPECT_DOUBLE_EQ(calendar.days_since_start(1), 3.5);
    EXPECT_EQ(calendar.tick_of(day("2021-08-17")), 0);
    EXPECT_EQ(calendar.tick_of(day("2021-08-18")), 1);
    EXPECT_EQ(calendar.tick_of(day("2021-08-21")), 1);
}

TEST(Calendar, a_day_of_several_steps_is_held_by_its_first) {
    const Calendar calendar = Calendar::dated(day("2021-08-15"), step("0.25 days"), 11);
    EXPECT_EQ(calendar.tick_of(day("2021-08-15")), 0);
    EXPECT_EQ(calendar.tick_of(day("2021-08-16")), 4);
    EXPECT_EQ(calendar.tick_of(day("2021-08-17")), 8);  // of which three steps are left
    EXPECT_FALSE(calendar.tick_of(day("2021-08-18")));
}

TEST(Calendar, months_run_to_the_same_day_or_the_months_last) {
    const Calendar calendar = Calendar::dated(day("2023-10-31"), step("month"), 12);
    EXPECT_EQ(iso(calendar.first_day(1)), "2023-11-30");
    EXPECT_EQ(iso(calendar.first_day(2)), "2023-12-31");
    EXPECT_EQ(iso(calendar.first_day(4)), "2024-02-29");
    EXPECT_EQ(iso(calendar.first_day(5)), "2024-03-31");
    EXPECT_EQ(calendar.tick_of(day("2024-02-28")), 3);
    EXPECT_EQ(calendar.tick_of(day("2024-02-29")), 4);
    EXPECT_DOUBLE_EQ(calendar.days_since_start(1), 30);
}

TEST(Calendar, a_leap_day_has_its_anniversary_on_28_february) {
    const Calendar calendar = Calendar::dated(day("2020-02-29"), step("year"), 5);
    EXPECT_EQ(iso(calendar.first_day(1)), "2021-02-28");
    EXPECT_EQ(iso(calendar.first_day(4)), "2024-02-29");
    EXPECT_EQ(calendar.year(4), 2024);
    EXPECT_EQ(calendar.month(1), 2);
}

TEST(Calendar, quarters_are_three_months) {
    const Calendar calendar = Calendar::dated(day("2021-01-15"), step("2 quarters"), 4);
    EXPECT_EQ(iso(calendar.first_day(1)), "2021-07-15");
    EXPECT_EQ(calendar.month(1), 7);
    EXPECT_EQ(calendar.label(3), "2022-07-15");
}

TEST(Calendar, a_day_that_there_was_not_is_told_why) {
    EXPECT_EQ(date_fault("1909-02-30"), "February 1909 has 28 days");
    EXPECT_EQ(date_fault("2024-02-30"), "February 2024 has 29 days");
    EXPECT_EQ(date_fault("2021-06-31"), "June 2021 has 30 days");
    EXPECT_EQ(date_fault("2021-06-00"), "June 2021 has 30 days");
    EXPECT_EQ(date_fault("2021-13-01"), "a year has 12 months");
    for (const char* text : {"2021-06-30", "2021-6-31", "30.02.1909", "", "2021-06-3x"}) EXPECT_EQ(date_fault(text), "") << text;
}

TEST(Calendar, an_undated_tick_is_a_year_with_a_number) {
    const Calendar calendar = Calendar::undated(40);
    EXPECT_FALSE(calendar.is_dated());
    EXPECT_EQ(calendar.ticks(), 40);
    EXPECT_EQ(calendar.dt(), 1);
    EXPECT_EQ(calendar.year(12), 12);
    EXPECT_EQ(calendar.month(12), 1);
    EXPECT_EQ(calendar.label(12), "tick 12");
    EXPECT_FALSE(calendar.tick_of(day("2021-08-15")));
}

TEST(Calendar, covers_years_of_which_no_tick_is_missing) {
    const Calendar weeks = Calendar::until(day("2021-08-15"), step("week"), day("2025-12-31"));
    EXPECT_FALSE(weeks.covers(2021));
    EXPECT_TRUE(weeks.covers(2022));
    EXPECT_TRUE(weeks.covers(2025)) << "the four days that are left are no week";
    EXPECT_FALSE(weeks.covers(2026));
    EXPECT_FALSE(Calendar::until(day("2021-08-15"), step("week"), day("2025-12-20")).covers(2025));
    const Calendar months = Calendar::until(day("1909-01-01"), step("month"), day("1913-11-30"));
    EXPECT_TRUE(months.covers(1909));
    EXPECT_FALSE(months.covers(1913));
    EXPECT_FALSE(Calendar::dated(day("2020-11-15"), step("month"), 5).covers(2020));
    EXPECT_TRUE(Calendar::dated(day("1900-01-01"), step("10 years"), 3).covers(1910));
    EXPECT_TRUE(Calendar::dated(day("2000-06-01"), step("year"), 3).covers(2000)) << "one tick a year";
    EXPECT_FALSE(Calendar::dated(day("2021-02-15"), step("quarter"), 7).covers(2022)) << "the quarter that begins in November";
    EXPECT_FALSE(Calendar::dated(day("2021-01-10"), step("month"), 23).covers(2022));
    EXPECT_TRUE(Calendar::dated(day("2021-01-10"), step("month"), 24).covers(2022));
    EXPECT_TRUE(Calendar::undated(3).covers(0));
}

TEST(Calendar, years_since_the_start_are_ticks_times_dt) {
    const Calendar calendar = Calendar::dated(day("2021-08-15"), step("week"), 228);
    EXPECT_DOUBLE_EQ(calendar.years_since_start(52), 52 * 7 / 365.25);
}

TEST(Calendar, a_calendar_past_the_year_9999_is_refused) {
    try {
        Calendar::dated(day("2021-08-15"), step("10 years"), 1000);
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_STREQ(error.what(), "a calendar of 1000 steps (10 years) from 2021-08-15 ends after the year 9999");
        EXPECT_EQ(error.code(), ExitCode::usage);
    }
}

RC_GTEST_PROP(CalendarProperty, every_day_is_in_the_tick_whose_days_hold_it, ()) {
    const StepLength length = step(*rc::gen::element("day", "week", "3.5 days", "month", "quarter", "year", "1.7 days", "5 months"));
    const Day start = Day{} + std::chrono::days{*rc::gen::inRange(-40000, 40000)};
    const auto ticks = *rc::gen::inRange<std::int64_t>(1, 300);
    const Calendar calendar = Calendar::dated(start, length, ticks);
    const auto span = (calendar.first_day(ticks) - start).count();
    const Day any = start + std::chrono::days{*rc::gen::inRange<std::int64_t>(0, span)};
    const std::int64_t tick = calendar.tick_of(any).value();
    RC_ASSERT(calendar.first_day(tick) <= any);
    RC_ASSERT(any < calendar.first_day(tick + 1));
    RC_ASSERT(Calendar::until(start, length, calendar.first_day(ticks) - std::chrono::days{1}).ticks() <= ticks);
}

}  // namespace
}  // namespace entente
