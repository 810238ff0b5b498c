#include "importing.hpp"

#include <entente/import/event_list.hpp>

namespace entente::test {
namespace {

const std::string icews =
    "Event ID\tEvent Date\tSource Name\tSource Country\tCAMEO Code\tTarget Country\n"
    "1\t2018-06-01\tx\tBangladesh\t040\tVietnam\n"
    "2\t2018-06-03\tx\tBangladesh\t190\tVietnam\n"
    "3\t2018-06-03\tx\tVietnam\t042\tVietnam\n"
    "4\t2018-06-03\tx\t\t190\tVietnam\n"
    "5\t2018-07-01\tx\tVietnam\t054\tBangladesh\n";

Trial events(const std::string& text, const EventList& asked = {}) {
    return tried(text, [&](int file, const Sources& sources, Problems& problems) { return event_list(file, sources, asked, problems); });
}

TEST(EventList, each_event_has_its_weight) {
    const Trial trial = events(icews);
    EXPECT_EQ(trial.said, "");
    EXPECT_EQ(trial.imported.csv,
              "date,event,source,target,goldstein\n2018-06-01,040,BGD,VNM,1\n2018-06-03,190,BGD,VNM,-10\n2018-07-01,054,VNM,BGD,6\n");
    EXPECT_EQ(trial.imported.tally(),
              "read 5 rows, wrote 3; left out: 1 event within one country, 1 event without a source's or target's country");
}

TEST(EventList, months_add_up) {
    EXPECT_EQ(events(icews, {.by_month = true, .with_domestic = true}).imported.csv,
              "date,source,target,events,goldstein\n2018-06-01,BGD,VNM,2,-9\n2018-07-01,VNM,BGD,1,6\n2018-06-01,VNM,VNM,1,1.9\n");
}

TEST(EventList, a_kind_of_event_becomes_a_timeline) {
    EXPECT_EQ(events(icews, {.codes = {"05", "20"}, .event = "recognition"}).imported.csv,
              "date,event,source,target\n2018-07-01,recognition,VNM,BGD\n");
}

TEST(EventList, plain_columns_and_other_namings_do_too) {
    EXPECT_EQ(events("date,source,target,code\n20180601,2,365,161\n", {.change = {.from = Naming::cow}}).imported.csv,
              "date,event,source,target,goldstein\n2018-06-01,161,USA,RUS,-4\n");
}

TEST(EventList, what_does_not_fit_is_told) {
    EXPECT_EQ(
        events("date,source,target,code\n2018-02-30,China,India,040\n2018-02-03,China,India,40\n2018-02-03,Ruritania,India,040\n").said,
        "a.csv:2:1: error: '2018-02-30' is not a date: February 2018 has 28 days\n    2 | 2018-02-30,China,India,040\n      | ^~~~~~~~~~\n"
        "help: dates are written like 2018-06-01 or 20180601\n\n"
        "a.csv:3:24: error: '40' is not a CAMEO code\n    3 | 2018-02-03,China,India,40\n      |                        ^~\n"
        "help: a leading zero was lost, 040: save the table with this column as text\n\n"
        "a.csv:4:12: error: 'Ruritania' is not the name of a state\n    4 | 2018-02-03,Ruritania,India,040\n      |            ^~~~~~~~~\n"
        "help: --unknown skip leaves such rows out");
}

}  // namespace
}  // namespace entente::test
