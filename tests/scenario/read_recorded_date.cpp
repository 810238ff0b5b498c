// Tests: recorded_date, read_observed, read_record_table.
#include <gmock/gmock.h>

#include <entente/scenario/recorded_date.hpp>

#include "reading.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string weeks = R"--(entente: 1
calendar: {start: 2021-08-15, end: 2025-12-31, step: week}
parameters: {told: {value: 0.5, range: [0, 1]}}
agents: {state: {fields: {trust: {start: told, range: [0, 1]}}, members: [russia, iran]}}
steps:
  - {event: visit, on: state, rate: 1, do: [trust += 0.1]}
measures:
  came: "first(state[russia].trust > 0.9)"
  level: "state[russia].trust"
  visits: {value: "total(visit[russia])", per: year}
  fell: {value: first(trust > 0.9), on: state}
)--";

Observed observed(const std::string& record, const std::filesystem::path& folder = "/nonexistent") {
    return read(weeks + "observed: {" + record + "}\n", folder).observed.at(0);
}
std::string came(const std::string& record) {
    return told(observed(record).came.value());
}
std::string said(const std::string& record, const std::filesystem::path& folder = "/nonexistent") {
    return said_about(weeks + "observed: {" + record + "}\n", folder);
}

TEST(RecordedDates, are_days_or_what_is_known_of_them) {
    EXPECT_EQ(came("came: 2025-07-03"), "2025-07-03");
    EXPECT_EQ(came("came: {date: 2025-07-03, precision: day}"), "2025-07-03");
    EXPECT_EQ(came("came: {date: 2025-07-03, precision: week}"), "2025-06-30 to 2025-07-06") << "Monday to Sunday";
    EXPECT_EQ(came("came: {date: 2025-07-03, precision: month}"), "2025-07");
    EXPECT_EQ(came("came: {date: 2025-07-03, precision: quarter}"), "2025Q3");
    EXPECT_EQ(came("came: {date: 2025-07-03, precision: year}"), "2025");
    EXPECT_EQ(came("came: {date: 2025-07}"), "2025-07");
    EXPECT_EQ(came("came: {date: [2024-11-01, 2024-11-09]}"), "2024-11-01 to 2024-11-09");
    EXPECT_EQ(came("came: {date: {before: 2024-11-11}}"), "before 2024-11-11");
    EXPECT_EQ(came("came: {date: {after: 2024-11-11}}"), "not by 2024-11-11");
    EXPECT_EQ(came("came: {date: {after: 2024-11-11, before: 2024-11-13}}"), "2024-11-12");
    EXPECT_EQ(came("came: {date: {after: 2024-11, before: 2025}}"), "2024-12");
}

TEST(RecordedDates, may_be_that_it_never_came) {
    const std::string end = "not by 2025-12-27";  // of the last whole week
    EXPECT_EQ(came("came: never"), end);
    EXPECT_EQ(came("came: {date: never}"), end);
    EXPECT_EQ(came("came: {never: yes}"), end);
    EXPECT_EQ(came("came: {never: 2025-11-30}"), "not by 2025-11-30");
    EXPECT_FALSE(observed("came: never").came->came());
    EXPECT_TRUE(observed("came: 2025-07").came->came());
}

TEST(RecordedDates, stand_in_the_resolved_scenario) {
    EXPECT_THAT(resolved_json(read(weeks + "observed: {came: never}\n")), HasSubstr(R"("first": "2025-12-28")"));
    EXPECT_THAT(resolved_json(read(weeks + "observed: {came: {date: {before: 2025-01-01}}, visits: {value: 3, seen: told}}\n")),
                HasSubstr(R"("last": "2024-12-31")"));
    EXPECT_THAT(resolved_json(read(weeks + "observed: {visits: {value: 3, seen: told}}\n")), HasSubstr(R"("seen": "told")"));
}

TEST(RecordedDates, by_row_are_days_periods_or_never) {
    const Folder folder;
    folder.write("fell.csv", "name,date\nrussia,2022-03\niran,never\n");
    const Observed fell = observed("fell: {table: fell.csv, on: state}", folder.path());
    ASSERT_EQ(fell.rows.size(), 2u);
    EXPECT_EQ(told(*fell.rows[0].came), "2022-03");
    EXPECT_FALSE(fell.rows[0].date);
    EXPECT_EQ(told(*fell.rows[1].came), "not by 2025-12-27");
}

TEST(RecordedDates, by_row_may_say_what_rows_without_a_line_had_not) {
    const Folder folder;
    folder.write("fell.csv", "name,date\niran,2022-03-04\nrussia,\n");
    const Observed fell = observed("fell: {table: fell.csv, never: 2024-12-31, precision: month}", folder.path());
    ASSERT_EQ(fell.rows.size(), 2u);
    EXPECT_THAT(fell.rows[0].row, ElementsAre(1));
    EXPECT_EQ(told(*fell.rows[0].came), "2022-03");
    EXPECT_THAT(fell.rows[1].row, ElementsAre(0));
    EXPECT_EQ(told(*fell.rows[1].came), "not by 2024-12-31");
}

TEST(RecordedCounts, may_be_thinned) {
    const Observed number = observed("visits: {value: 3, seen: 0.3}");
    EXPECT_FALSE(number.seen->parameter.is_given());
    EXPECT_EQ(number.seen->share, 0.3);
    const Observed named = observed("visits: {value: 3, seen: told}");
    EXPECT_EQ(named.seen->parameter.value, 0);
    EXPECT_EQ(named.seen->share, 0.5);
}

TEST(Parameters, may_say_how_far_they_were_fitted) {
    const Scenario scenario = read("entente: 1\ncalendar: {ticks: 3}\nparameters: {a: {value: 1, fitted_to: 2023-12-31}}\n");
    EXPECT_EQ(iso(*scenario.parameters[0].fitted_to), "2023-12-31");
    EXPECT_THAT(resolved_json(scenario), HasSubstr(R"("fitted_to": "2023-12-31")"));
    EXPECT_THAT(said_about("entente: 1\ncalendar: {ticks: 3}\nparameters: {a: {value: 1, fitted_to: 2023-12-32}}\n"),
                HasSubstr("'2023-12-32' is not a date"));
}

struct Refusal {
    const char* record;
    const char* what;
};

TEST(RecordedDates, are_refused_with_their_place_where_they_contradict) {
    const Refusal refusals[] = {
        {"came: {date: [2024-11-11, 2024-11-01]}", "world.yaml:12:25: error: this date ends, 2024-11-01, before it begins, 2024-11-11"},
        {"came: {date: {after: 2024-11-11, before: 2024-11-11}}",
         "world.yaml:12:25: error: no day is on record: after 2024-11-11 none is before 2024-11-11"},
        {"came: {date: {befor: 2024-11-11}}", "error: the date of a record has no key 'befor'"},
        {"came: {date: {}}", "error: this date is empty"},
        {"came: {date: [2024-11-11]}", "error: 'date' must be a date or two"},
        {"came: {date: 2024-11-31}", "world.yaml:12:25: error: 'date' must be a date, and this is the text '2024-11-31'"},
        {"came: {date: 2019-11-30}",
         "world.yaml:12:25: warning: no run can meet this record: 2019-11-30 lies before the calendar, which begins on 2021-08-15"},
        {"came: {never: 2019-11-30}",
         "world.yaml:12:26: error: this record says nothing: not by 2019-11-30, before the calendar, which begins on 2021-08-15"},
        {"came: {date: 2025-07-03, never: 2025-11-30}",
         "world.yaml:12:18: error: the record of 'came' has more than one of 'date', 'never', 'value' and 'table'"},
        {"came: {date: never, precision: month}", "error: 'precision' belongs to a day, and this date is none"},
        {"came: {never: 2025-11-30, precision: month}", "error: 'precision' belongs to a date, and this record has none"},
        {"came: {date: 2025-07-03, precision: fortnight}", "error: 'precision' must be `day`, `week`, `month`, `quarter` or `year`"},
        {"level: {date: never}", "error: the record of 'level' is a date, and the measure is not"},
        {"visits: {value: 3, seen: 0}",
         "world.yaml:12:37: error: 'seen' is 0, and a chance with which something is on record lies above 0 and is at most 1"},
        {"visits: {value: 3, seen: 1.5}", "error: 'seen' is 1.5,"},
        {"visits: {value: 3, seen: tol}", "help: did you mean 'told'?"},
        {"level: {value: 3, seen: 0.5}", "error: 'seen' is of counts, and the measure 'level' is none"},
        {"came: {date: 2025-07-03, seen: 0.5}", "error: 'seen' is of counts, and the measure 'came' is a date"},
        {"level: {value: 3, on: state}", "error: the measure 'level' is on no rows, not on 'state'"},
        {"level: {table: level.csv, never: yes}", "error: 'never' beside a table is of dates by row, and 'level' is no date"},
    };
    const Folder folder;
    folder.write("level.csv", "date,value\n2022-01-01,1\n");
    for (const Refusal& refusal : refusals) EXPECT_THAT(said(refusal.record, folder.path()), HasSubstr(refusal.what)) << refusal.record;
}

TEST(RecordedDates, need_a_calendar_with_dates) {
    EXPECT_THAT(
        said_about(bare + "agents: {a: {fields: {x: 0}, members: [b]}}\nmeasures: {m: 'first(a[b].x > 1)'}\nobserved: {m: never}\n"),
        HasSubstr("error: this record needs dates, and the calendar has none"));
}

TEST(RecordedDates, are_told_in_sentences_as_people_write_them) {
    const Day first{std::chrono::year{2025} / 7 / 1};
    const auto until = [&](int days) { return RecordedDate{first, first + std::chrono::days{days - 1}}; };
    EXPECT_EQ(date_words(RecordedDate::on(first)), "1 Jul 2025");
    EXPECT_EQ(date_words(until(9)), "1 Jul 2025 to 9 Jul 2025");
    EXPECT_EQ(date_words(until(31)), "Jul 2025");
    EXPECT_EQ(date_words(until(92)), "2025Q3");
    EXPECT_EQ(date_words(RecordedDate::before(first)), "before 1 Jul 2025");
    EXPECT_EQ(date_words(RecordedDate::not_by(first)), "not by 1 Jul 2025");
}

}  // namespace
}  // namespace entente::test
