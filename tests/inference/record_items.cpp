// Tests: record_items.

#include <filesystem>

#include <gmock/gmock.h>

#include <entente/inference/record_items.hpp>
#include <entente/study/ensemble.hpp>

#include "../scratch.hpp"
#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* two_years = R"yaml(
calendar: {start: 2020-01-01, end: 2021-12-31, step: week}
parameters: {rate: {value: 2, range: [0, 50]}, eye: {value: 0.5, range: [0, 1]}}
agents: {state: {fields: {x: 0}, members: [a, b]}}
steps:
  - event: acts
    on: state
    rate: rate
    do: [x += 1]
timeline:
  - {date: 2021-06-01, set: {rate: 9}}
measures:
  early: "first(state[a].x >= 1)"
  late: "first(state[a].x >= 90)"
  x: "state[a].x"
  acts: {value: "total(acts[a])", per: year}
  whole: "total(acts[a])"
  each: {value: "first(x >= 2)", on: state}
observed:
)yaml";

RecordUntil read(const std::string& observed, std::int64_t ticks = 1000, const std::filesystem::path& folder = "/nonexistent") {
    const Scenario scenario = scenario_of(two_years + observed, folder);
    return record_items(scenario, compile(ending_at(scenario, ticks), {}), {});
}

TEST(RecordItems, have_dates_in_ticks) {
    const RecordItem item = read("  early: {date: 2020-01-20}\n").items.at(0);
    EXPECT_EQ(item.form, ItemForm::date);
    EXPECT_TRUE(item.came);
    EXPECT_EQ(item.first, 2);
    EXPECT_EQ(item.last, 2);
    EXPECT_EQ(item.horizon, 104);
}

TEST(RecordItems, have_what_was_known_by_then) {
    const RecordItem item = read("  early: {date: 2020-06-20}\n", 10).items.at(0);
    EXPECT_FALSE(item.came) << "it came later";
    EXPECT_EQ(item.horizon, 10);
    const RecordItem never = read("  early: {date: never}\n").items.at(0);
    EXPECT_FALSE(never.came);
    EXPECT_EQ(never.horizon, 104);
}

TEST(RecordItems, have_periods_and_bounds) {
    const RecordItem month = read("  early: {date: 2020-02-15, precision: month}\n").items.at(0);
    EXPECT_EQ(month.first, 4) << "2020-01-29 to 2020-02-04";
    EXPECT_EQ(month.last, 8) << "2020-02-26 to 2020-03-03";
    const RecordItem before = read("  early: {date: {before: 2020-02-01}}\n").items.at(0);
    EXPECT_EQ(before.first, 0);
    EXPECT_EQ(before.last, 4);
    const RecordItem not_by = read("  early: {never: 2020-02-04}\n").items.at(0);
    EXPECT_FALSE(not_by.came);
    EXPECT_EQ(not_by.horizon, 5);
}

TEST(RecordItems, have_values_at_the_nearest_moments_and_whole_years) {
    const Scratch scratch;
    write_text(scratch.path() / "x.csv", "date,value\n2021-03-01,4\n2020-01-02,1\n2020-01-07,2\n");
    write_text(scratch.path() / "acts.csv", "year,value\n2020,3\n2021,5\n");
    const auto items = read("  x: {table: x.csv, sd: 0.5}\n  acts: {table: acts.csv, per: year, seen: eye}\n", 1000, scratch.path()).items;
    ASSERT_EQ(items.size(), 2U);
    EXPECT_THAT(items[0].moments, ElementsAre(0, 1, 61)) << "2021-03-01 is nearer to 2021-03-03 than to 2021-02-24";
    EXPECT_THAT(items[0].values, ElementsAre(1, 2, 4));
    EXPECT_EQ(items[0].sd, 0.5);
    EXPECT_FALSE(items[0].is_count);
    EXPECT_THAT(items[1].moments, ElementsAre(0, 1));
    EXPECT_TRUE(items[1].is_count);
    EXPECT_EQ(items[1].seen->share, 0.5) << "the parameter's own value, for it is not varied";
    const RecordUntil first_year = read("  x: {table: x.csv}\n  acts: {table: acts.csv, per: year}\n", 53, scratch.path());
    EXPECT_THAT(first_year.items[0].moments, ElementsAre(0, 1));
    EXPECT_THAT(first_year.items[1].years, ElementsAre(2020));
    EXPECT_THAT(first_year.left_out, ElementsAre("of the record of 'x' 1 value outside the time to which it is fitted",
                                                 "of the record of 'acts' 1 value outside the time to which it is fitted"));
}

TEST(RecordItems, leave_out_what_takes_the_whole_calendar) {
    EXPECT_EQ(read("  whole: 7\n").items.at(0).values, std::vector{7.0});
    const RecordUntil cut = read("  whole: 7\n", 50);
    EXPECT_THAT(cut.items, IsEmpty());
    EXPECT_THAT(cut.left_out, ElementsAre("of the record of 'whole' the value of the calendar's end"));
}

TEST(RecordItems, are_of_rows) {
    const Scratch scratch;
    write_text(scratch.path() / "each.csv", "name,date\nb,2020-03-04\na,2021-01-05\n");
    const auto items = read("  each: {table: each.csv}\n", 1000, scratch.path()).items;
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].name, "each[b]");
    EXPECT_EQ(items[0].row, 1);
    EXPECT_EQ(items[0].first, 9);
    EXPECT_EQ(items[1].row, 0);
}

TEST(EndingAt, gives_the_beginning_of_the_same_runs) {
    const Scenario scenario = scenario_of(two_years + std::string("  early: {date: 2020-01-20}\n"));
    const Results whole = run_ensemble(compile(scenario, {}), {.runs = 20});
    const Results cut = run_ensemble(compile(ending_at(scenario, 60), {}), {.runs = 20});
    for (std::int64_t run = 0; run < 20; ++run) {
        const double early = whole.final_values[0][static_cast<std::size_t>(run)];
        EXPECT_TRUE(same_bits(cut.final_values[0][static_cast<std::size_t>(run)], early < 60 ? early : Results::missing) || early >= 60);
        for (std::int64_t moment = 0; moment <= 60; ++moment)
            EXPECT_EQ(cut.series[2][static_cast<std::size_t>(run * 61 + moment)],
                      whole.series[2][static_cast<std::size_t>(run * 105 + moment)]);
    }
}

TEST(TicksUntil, counts_ticks_that_have_ended) {
    const Calendar weeks = Calendar::until(*parse_date("2020-01-01"), *parse_step("week"), *parse_date("2020-12-31"));
    EXPECT_EQ(ticks_until(weeks, "2020-01-07"), 1);
    EXPECT_EQ(ticks_until(weeks, "2020-01-13"), 1);
    EXPECT_EQ(ticks_until(weeks, "2020-01-14"), 2);
    EXPECT_EQ(ticks_until(weeks, "2031-01-01"), weeks.ticks());
    EXPECT_EQ(ticks_until(Calendar::undated(9), "4"), 4);
    const auto refusal = [](const Calendar& calendar, const std::string& text) {
        try {
            ticks_until(calendar, text);
        } catch (const Error& error) {
            return error.what() + std::string("\n") + error.help();
        }
        return std::string();
    };
    EXPECT_EQ(refusal(weeks, "2020-01-06"),
              "no tick has ended by 2020-01-06: the calendar begins on 2020-01-01\nname a later day with --until");
    EXPECT_EQ(refusal(weeks, "soon"), "--until takes a date, not 'soon'\nas in --until 2023-12-31");
    EXPECT_EQ(refusal(Calendar::undated(9), "2020-01-06"),
              "--until takes a number of ticks, not '2020-01-06': the calendar has no dates\nas in --until 12");
}

}  // namespace
}  // namespace entente::test
