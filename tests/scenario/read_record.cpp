// Tests: event_record_entry, read_event_record_table, keys_records, shared_keys.
#include <gmock/gmock.h>

#include <entente/scenario/event_record_entry.hpp>

#include "reading.hpp"

namespace entente::test {
namespace {

using testing::HasSubstr;

const std::string weeks = R"(entente: 1
calendar: {start: 2021-08-15, ticks: 20, step: week}
agents:
  state:
    fields: {trust: 0}
    members: [russia, iran, afghanistan]
links:
  relation: {source: state, target: state, fields: {warmth: 0}, members: [russia -> afghanistan, iran -> afghanistan, russia -> iran]}
steps:
  - {rule: drift, on: state, do: [trust += 0]}
  - {event: visit, on: relation, rate: 1, do: [warmth += 1]}
  - {event: revolt, on: state, count: 1, do: [trust -= 1]}
  - {event: side, on: relation, choice: 1}
measures: {m: "state[russia].trust + relation[russia, afghanistan].warmth"}
)";

const std::string ticks = R"(entente: 1
calendar: {ticks: 10}
agents: {chain: {fields: {state: 0}, members: [a]}}
steps:
  - {event: signal, on: chain, probability: 0.5, do: [state += 1]}
measures: {m: "chain[a].state"}
record:
)";

Scenario with(const std::string& record, const std::string& csv = "") {
    const Folder folder;
    folder.write("steps.csv", csv);
    return read(weeks + "record:\n" + record, folder.path());
}
std::string said(const std::string& record, const std::string& csv = "") {
    const Folder folder;
    folder.write("steps.csv", csv);
    return said_about(weeks + "record:\n" + record, folder.path());
}

TEST(Record, of_a_table_has_a_firing_a_row_and_tick) {
    const Scenario scenario = with(
        "  - {table: steps.csv, events: [visit, side], on: relation, where: 'target == state[afghanistan]', complete: [2021-08-15, "
        "2021-10-09], source: a gazette}\n",
        "date,event,source,target\n"
        "2021-09-01,visit,iran,afghanistan\n"
        "2021-08-16,visit,russia,afghanistan\n"
        "2021-08-20,side,russia,afghanistan\n"
        "2021-08-20,revolt,russia,afghanistan\n");
    ASSERT_EQ(scenario.record.size(), 2u);
    const EventRecord& visits = scenario.record[0];
    EXPECT_EQ(visits.step, 1);
    EXPECT_EQ(visits.first_tick, 0);
    EXPECT_EQ(visits.last_tick, 7);
    ASSERT_TRUE(visits.where && visits.where->tree);
    EXPECT_EQ(visits.remarks.source, "a gazette");
    ASSERT_EQ(visits.firings.size(), 2u);
    EXPECT_EQ(visits.firings[0], (EventRecord::Firing{{0, 2}, 0, 1, {}}));
    EXPECT_EQ(visits.firings[1], (EventRecord::Firing{{1, 2}, 2, 1, {}}));
    EXPECT_EQ(visits.firings[1].place.line, 2);
    EXPECT_EQ(scenario.record[1].step, 3);
    EXPECT_EQ(scenario.record[1].firings.size(), 1u);
}

TEST(Record, of_a_table_may_name_its_columns_and_count) {
    const Scenario scenario =
        with("  - {table: {file: steps.csv, date: day, on: who, count: n}, events: revolt, complete: [2021-08, 2021]}\n",
             "day,who,n\n2021-08-16,iran,2\n2021-08-17,iran,1\n2021-10-01,russia,0\n2021-10-01,iran,4\n");
    ASSERT_EQ(scenario.record.size(), 1u);
    ASSERT_EQ(scenario.record[0].firings.size(), 2u);
    EXPECT_EQ(scenario.record[0].firings[0], (EventRecord::Firing{{1}, 0, 3, {}}));
    EXPECT_EQ(scenario.record[0].firings[1], (EventRecord::Firing{{1}, 6, 4, {}}));
}

TEST(Record, may_be_written_out) {
    const Scenario scenario = with(
        "  - {events: visit, dates: {russia -> afghanistan: [2021-08-15, 2021-09-07], iran -> afghanistan: 2021-08-20}, complete: "
        "[2021-08-15, 2021-12-31]}\n");
    ASSERT_EQ(scenario.record.size(), 1u);
    ASSERT_EQ(scenario.record[0].firings.size(), 3u);
    EXPECT_EQ(scenario.record[0].firings[1], (EventRecord::Firing{{1, 2}, 0, 1, {}}));
    EXPECT_EQ(scenario.record[0].firings[2], (EventRecord::Firing{{0, 2}, 3, 1, {}}));
    EXPECT_EQ(scenario.record[0].last_tick, 18);
}

TEST(Record, may_have_ticks_where_there_are_no_dates) {
    const Scenario scenario = read(ticks + "  - {events: signal, ticks: {a: [0, 3, 4]}, complete: [0, 7]}\n");
    ASSERT_EQ(scenario.record.size(), 1u);
    EXPECT_EQ(scenario.record[0].last_tick, 7);
    ASSERT_EQ(scenario.record[0].firings.size(), 3u);
    EXPECT_EQ(scenario.record[0].firings[2].tick, 4);
}

TEST(Record, of_nothing_says_that_it_never_happened) {
    EXPECT_THAT(said_about(ticks + "  - {events: signal, ticks: {}, complete: [0, 7]}\n"),
                HasSubstr("note: 'signal' is not on record: so it is known not to have happened from tick 0 to tick 7"));
}

TEST(Record, stays_with_a_variant) {
    const Scenario scenario = with(
        "  - {events: revolt, dates: {iran: [2021-08-15, 2021-08-15]}, complete: [2021-08-15, 2021-12-31]}\nvariants: {calm: {agents: "
        "{state: {fields: {trust: 1}}}}}\n");
    const Scenario calm = with_variant(scenario, "calm");
    ASSERT_EQ(calm.record.size(), 1u);
    EXPECT_EQ(calm.record[0].firings.at(0).count, 2);
    EXPECT_THAT(resolved_json(calm), HasSubstr("\"record\""));
}

TEST(Record, leaves_out_what_lies_outside_of_its_days_and_tells_so) {
    const std::string record = "  - {table: steps.csv, events: visit, complete: [2021-08-20, 2021-10-01]}\n";
    const std::string csv = "date,source,target\n2021-08-20,iran,afghanistan\n2021-08-23,iran,afghanistan\n2021-10-01,iran,afghanistan\n";
    const Scenario scenario = with(record, csv);
    EXPECT_EQ(scenario.record[0].first_tick, 1);
    EXPECT_EQ(scenario.record[0].last_tick, 5);
    EXPECT_EQ(scenario.record[0].firings.size(), 1u);
    EXPECT_THAT(said(record, csv),
                HasSubstr("note: 2 of 3 lines of 'steps.csv' are left out: the record is complete from 2021-08-22 to 2021-09-25"));
}

TEST(Record, tells_dates_that_are_no_single_tick_and_takes_their_middle) {
    const std::string record = "  - {events: visit, dates: {russia -> afghanistan: 2021-09}, complete: [2021, 2021]}\n";
    EXPECT_EQ(with(record).record[0].firings[0].tick, 4);  // 16 September
    EXPECT_THAT(said(record),
                HasSubstr("note: 1 of 1 event is known to no single tick: the middle of the month, quarter or year is taken"));
}

TEST(Record, caps_what_fires_at_most_once_a_tick) {
    const std::string record = "  - {events: visit, dates: {russia -> afghanistan: [2021-09-01, 2021-09-02]}, complete: [2021, 2021]}\n";
    EXPECT_EQ(with(record).record[0].firings.at(0).count, 1);
    EXPECT_THAT(said(record), HasSubstr("note: 1 event on record more than once in a tick is taken for once"));
}

TEST(Record, may_skip_unknown_rows_and_lines_without_a_date) {
    const std::string record = "  - {table: {file: steps.csv, unknown: skip, missing: skip}, events: visit, complete: [2021, 2021]}\n";
    const std::string csv =
        "date,event,source,target\n2021-09-01,visit,iran,france\n,visit,iran,afghanistan\n2021-09-01,visit,iran,afghanistan\n2021-09-01,"
        "war,iran,afghanistan\n";
    EXPECT_EQ(with(record, csv).record.at(0).firings.size(), 1u);
    const std::string told = said(record, csv);
    EXPECT_THAT(told, HasSubstr("note: 2 of 4 rows of 'steps.csv' are left out, the first on line 2"));
    EXPECT_THAT(told, HasSubstr("note: 1 line of 'steps.csv' without a date is left out"));
}

TEST(Record, takes_whole_ticks) {
    using std::chrono::days;
    const Day start = *parse_date("2022-01-01");
    const Calendar months = Calendar::dated(start, *parse_step("month"), 12);
    const auto span = [&](const char* from, const char* to) {
        const TickSpan found = whole_ticks(months, *parse_date(from), *parse_date(to));
        return std::pair(found.first, found.last);
    };
    EXPECT_EQ(span("2022-01-01", "2022-12-31"), std::pair(std::int64_t{0}, std::int64_t{11}));
    EXPECT_EQ(span("1990-01-01", "2030-12-31"), std::pair(std::int64_t{0}, std::int64_t{11}));
    EXPECT_EQ(span("2022-01-02", "2022-12-30"), std::pair(std::int64_t{1}, std::int64_t{10}));
    EXPECT_TRUE(whole_ticks(months, *parse_date("2022-03-02"), *parse_date("2022-04-29")).is_empty());
    EXPECT_TRUE(whole_ticks(months, *parse_date("2023-01-01"), *parse_date("2023-04-29")).is_empty());
    const Calendar halves = Calendar::dated(start, *parse_step("0.5 days"), 20);
    const TickSpan two_days = whole_ticks(halves, start + days{1}, start + days{2});
    EXPECT_EQ(two_days.first, 2);
    EXPECT_EQ(two_days.last, 5);
}

const Fault faults[] = {
    {"an_unknown_event", weeks, "record:\n  - {events: visits, dates: {}, complete: [2021, 2021]}\n",
     "world.yaml:16:14: error: no event is called 'visits'\n"
     "   16 |   - {events: visits, dates: {}, complete: [2021, 2021]}\n"
     "      |              ^~~~~~\n"
     "help: did you mean 'visit'?"},
    {"a_rule", weeks, "record:\n  - {events: drift, dates: {}, complete: [2021, 2021]}\n",
     "world.yaml:16:14: error: 'drift' is a rule: it always happens, and is on no record\n"
     "   16 |   - {events: drift, dates: {}, complete: [2021, 2021]}\n"
     "      |              ^~~~~\n"
     "help: name an event"},
    {"a_kind_of_other_events", weeks, "record:\n  - {events: visit, on: state, dates: {}, complete: [2021, 2021]}\n",
     "world.yaml:16:25: error: the event 'visit' happens on 'relation', not on 'state'\n"
     "   16 |   - {events: visit, on: state, dates: {}, complete: [2021, 2021]}\n"
     "      |                         ^~~~~\n"
     "help: record events of different kinds in entries of their own"},
    {"reversed_days", weeks, "record:\n  - {events: visit, dates: {}, complete: [2021-12-01, 2021-08-20]}\n",
     "world.yaml:16:42: error: 'complete' ends, 2021-08-20, before it begins, 2021-12-01\n"
     "   16 |   - {events: visit, dates: {}, complete: [2021-12-01, 2021-08-20]}\n"
     "      |                                          ^\n"
     "help: write the first before the last"},
    {"days_outside", weeks, "record:\n  - {events: visit, dates: {}, complete: [2019-01-01, 2019-12-31]}\n",
     "world.yaml:16:42: error: this record lies outside the calendar\n"
     "   16 |   - {events: visit, dates: {}, complete: [2019-01-01, 2019-12-31]}\n"
     "      |                                          ^\n"
     "help: the calendar runs from 2021-08-15 to 2022-01-01"},
    {"days_within_one_tick", weeks, "record:\n  - {events: visit, dates: {}, complete: [2021-08-16, 2021-08-25]}\n",
     "world.yaml:16:42: error: no tick lies wholly within 2021-08-16 to 2021-08-25\n"
     "   16 |   - {events: visit, dates: {}, complete: [2021-08-16, 2021-08-25]}\n"
     "      |                                          ^\n"
     "help: the record of a tick is complete where that of all its days is: take shorter ticks or more days"},
    {"no_form", weeks, "record:\n  - {events: visit, complete: [2021, 2021]}\n",
     "world.yaml:16:5: error: a record has none of 'table', 'dates' and 'ticks'\n"
     "   16 |   - {events: visit, complete: [2021, 2021]}\n"
     "      |     ^\n"
     "help: where nothing happened in all its days, write dates: {}"},
    {"ticks_in_a_dated_calendar", weeks, "record:\n  - {events: visit, ticks: {russia -> afghanistan: 3}, complete: [2021, 2021]}\n",
     "world.yaml:16:28: error: the calendar has dates, and these are ticks\n"
     "   16 |   - {events: visit, ticks: {russia -> afghanistan: 3}, complete: [2021, 2021]}\n"
     "      |                            ^\n"
     "help: write `dates:`"},
    {"a_link_that_is_not_there", weeks,
     "record:\n  - {events: visit, dates: {afghanistan -> russia: 2021-09-01}, complete: [2021, 2021]}\n",
     "world.yaml:16:29: error: no link of 'relation' runs from afghanistan to russia\n"
     "   16 |   - {events: visit, dates: {afghanistan -> russia: 2021-09-01}, complete: [2021, 2021]}\n"
     "      |                             ^~~~~~~~~~~~~~~~~~~~~\n"
     "help: did you mean 'russia -> afghanistan'?"},
    {"a_where_of_another_kind", weeks,
     "record:\n  - {events: revolt, dates: {iran: 2021-09-01}, where: 'source == state[iran]', complete: [2021, 2021]}\n",
     "world.yaml:16:57: error: 'source' is a link's word, and this row is an agent\n"
     "   16 |   - {events: revolt, dates: {iran: 2021-09-01}, where: 'source == state[iran]', complete: [2021, 2021]}\n"
     "      |                                                         ^~~~~~\n"
     "help: an agent reaches links by aggregates: relation.out(self), relation.into(self)"},
    {"two_records_of_the_same_days", weeks,
     "record:\n  - {events: visit, dates: {russia -> iran: 2021-09-01}, complete: [2021-08-15, 2021-10-30]}\n  - {events: visit, dates: "
     "{russia -> iran: 2021-12-01}, complete: [2021-10-17, 2021-12-31]}\n",
     "world.yaml:17:5: error: two records of 'visit' are complete from 2021-10-17 to 2021-10-30: this one and that on line 16\n"
     "   17 |   - {events: visit, dates: {russia -> iran: 2021-12-01}, complete: [2021-10-17, 2021-12-31]}\n"
     "      |     ^\n"
     "help: let the one end before the other begins, give each rows of its own by `where`, or make their tables one"},
    {"two_choices_of_one_source", weeks,
     "record:\n  - {events: side, dates: {russia -> iran: 2021-09-01, russia -> afghanistan: 2021-09-02}, complete: [2021, 2021]}\n",
     "world.yaml:16:79: error: the choice 'side' picks one link of a source in a tick, and the record has both russia -> iran (on line 16) "
     "and russia -> afghanistan in that of 2021-08-29\n"
     "   16 |   - {events: side, dates: {russia -> iran: 2021-09-01, russia -> afghanistan: 2021-09-02}, complete: [2021, 2021]}\n"
     "      |                                                                               ^~~~~~~~~~\n"
     "help: take shorter ticks, or make the event a rate or probability"},
    {"what_the_timeline_has_and_the_record_lacks", weeks,
     "timeline:\n  - {date: 2021-09-15, event: visit, on: russia -> iran}\nrecord:\n  - {events: visit, dates: {russia -> iran: "
     "2021-09-01}, complete: [2021, 2021]}\n",
     "world.yaml:16:5: error: the timeline has 'visit' on russia -> iran in the tick of 2021-09-12, and the record on line 18, complete "
     "from 2021-08-15 to 2021-12-25, has not\n"
     "   16 |   - {date: 2021-09-15, event: visit, on: russia -> iran}\n"
     "      |     ^\n"
     "help: add it to the record, remove it from the timeline, or correct the date of either"},
    {"a_misspelt_key", weeks, "record:\n  - {events: visit, dates: {russia -> iran: 2021-09-01}, completed: [2021, 2021]}\n",
     "world.yaml:16:58: error: a record of events has no key 'completed'\n"
     "   16 |   - {events: visit, dates: {russia -> iran: 2021-09-01}, completed: [2021, 2021]}\n"
     "      |                                                          ^~~~~~~~~\n"
     "help: did you mean 'complete'?"},
};
ENTENTE_TELLS(Record, faults);

TEST(Record, tells_what_is_wrong_in_its_table_with_its_line) {
    const std::string record = "  - {table: steps.csv, events: [visit, revolt], complete: [2021, 2021]}\n";
    EXPECT_THAT(said(record, "date,event,source,target\n2021-09-01,vist,iran,afghanistan\n"),
                HasSubstr("steps.csv:2:12: error: no event is called 'vist'"));
    EXPECT_THAT(said(record, "date,event,source,target\n2021-09-01,revolt,iran,afghanistan\n"),
                HasSubstr("steps.csv:2:19: error: 'revolt' happens on agents, 'state', and the line names two"));
    EXPECT_THAT(said(record, "date,event,source,target\n2021-09-01,visit,afghanistan,iran\n"),
                HasSubstr("steps.csv:2:18: error: no link of 'relation' runs from afghanistan to iran"));
    EXPECT_THAT(said(record, "date,event,on\n2021-09-31,revolt,iran\n"),
                HasSubstr("steps.csv:2:1: error: '2021-09-31' is not a date: September 2021 has 30 days"));
    EXPECT_THAT(said(record, "date,event,on,count\n2021-09-30,revolt,iran,-1\n"),
                HasSubstr("steps.csv:2:24: error: -1 is no number of events"));
    EXPECT_THAT(said(record, "date,source,target\n2021-09-30,iran,afghanistan\n"),
                HasSubstr("steps.csv:1:1: error: the table lacks its column 'event'"));
    EXPECT_THAT(
        said("  - {table: {file: steps.csv, count: 2 *}, events: revolt, complete: [2021, 2021]}\n", "date,on,count\n2021-09-30,iran,1\n"),
        HasSubstr("error"));
}

}  // namespace
}  // namespace entente::test
