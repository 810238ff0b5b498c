#include "reading.hpp"

namespace entente::test {
namespace {

const Fault faults[] = {
    {"no_version", none, R"(
calendar: {ticks: 3}
)",
     R"(
world.yaml:1:1: error: a scenario lacks its 'entente'
    1 | calendar: {ticks: 3}
      | ^
help: entente: version of the format)"},
    {"another_version", none, R"(
entente: 2
calendar: {ticks: 3}
)",
     R"(
world.yaml:1:10: error: this program reads format version 1, not 2
    1 | entente: 2
      |          ^
help: write `entente: 1`)"},
    {"a_version_that_is_no_number", none, R"(
entente: one
calendar: {ticks: 3}
)",
     R"(
world.yaml:1:10: error: 'entente' must be a number, and this is the text 'one'
    1 | entente: one
      |          ^~~)"},
    {"an_unknown_key", bare, R"(
paramters: {a: 1}
)",
     R"(
world.yaml:3:1: error: a scenario has no key 'paramters'
    3 | paramters: {a: 1}
      | ^~~~~~~~~
help: did you mean 'parameters'?)"},
    {"an_unknown_key_like_no_other", bare, R"(
zzz: 1
)",
     R"(
world.yaml:3:1: error: a scenario has no key 'zzz'
    3 | zzz: 1
      | ^~~
help: its keys are entente, title, about, authors, references, use, calendar, runs, parameters, inputs, agents, links, steps, timeline, variants, measures, headline, observed and record)"},
    {"no_calendar", none, R"(
entente: 1
)",
     R"(
world.yaml: error: the scenario lacks its 'calendar'
help: write calendar: {start: 2021-08-15, end: 2025-12-31, step: week} or {ticks: 100})"},
    {"a_title_that_is_a_list", bare, R"(
title: [a]
about:
)",
     R"(
world.yaml:3:8: error: 'title' must be a text, and this is a list
    3 | title: [a]
      |        ^
help: put it in quotes

world.yaml:4:1: error: 'about' must be a text, and this is nothing
    4 | about:
      | ^~~~~)"},
    {"authors_that_are_no_list", bare, R"(
authors: Richardson
references: [{a: 1}]
)",
     R"(
world.yaml:3:10: error: 'authors' must be a list, and this is the text 'Richardson'
    3 | authors: Richardson
      |          ^~~~~~~~~~
help: begin each item with '- '

world.yaml:4:14: error: 'references' must be a text, and this is a mapping
    4 | references: [{a: 1}]
      |              ^
help: put it in quotes)"},
    {"runs_that_are_no_count", bare, R"(
runs: 0
)",
     R"(
world.yaml:3:7: error: 'runs' must be a whole number from 1 to 1000000000000, and this is 0
    3 | runs: 0
      |       ^)"},
    {"runs_that_are_no_whole_number", bare, R"(
runs: 1.5
)",
     R"(
world.yaml:3:7: error: 'runs' must be a whole number from 1 to 1000000000000, and this is 1.5
    3 | runs: 1.5
      |       ^~~)"},
    {"a_section_of_the_wrong_shape", bare, R"(
parameters: [a]
agents: 3
links: []
steps: {}
timeline: {}
variants: []
measures: x
observed: []
)",
     R"(
world.yaml:3:13: error: 'parameters' must be a mapping, and this is a list
    3 | parameters: [a]
      |             ^
help: write the name of each parameter with what it is below it

world.yaml:4:9: error: 'agents' must be a mapping, and this is 3
    4 | agents: 3
      |         ^
help: write each kind's name with its keys below it

world.yaml:5:8: error: 'links' must be a mapping, and this is a list
    5 | links: []
      |        ^
help: write each kind's name with its keys below it

world.yaml:6:8: error: 'steps' must be a list, and this is a mapping
    6 | steps: {}
      |        ^
help: begin each item with '- '

world.yaml:7:11: error: 'timeline' must be a list, and this is a mapping
    7 | timeline: {}
      |           ^
help: begin each item with '- '

world.yaml:8:11: error: 'variants' must be a mapping, and this is a list
    8 | variants: []
      |           ^
help: write the name of each variant with what it is below it

world.yaml:9:11: error: 'measures' must be a mapping, and this is the text 'x'
    9 | measures: x
      |           ^
help: write the name of each measure with what it is below it

world.yaml:10:11: error: 'observed' must be a mapping, and this is a list
   10 | observed: []
      |           ^
help: write the name of each record with what it is below it)"},
    {"a_kind_of_the_wrong_shape", bare, R"(
agents: {state: 3}
links: {relation: []}
)",
     R"(
world.yaml:3:17: error: 'state' must be a mapping, and this is 3
    3 | agents: {state: 3}
      |                 ^
help: write its fields, members and so on below it

world.yaml:4:19: error: 'relation' must be a mapping, and this is a list
    4 | links: {relation: []}
      |                   ^
help: write its fields, members and so on below it)"},
    {"a_use_that_is_no_list", bare, R"(
use: {a: 1}
)",
     R"(
world.yaml:3:6: error: 'use' must be a list of files, and this is a mapping
    3 | use: {a: 1}
      |      ^)"},
};

const Fault calendar_faults[] = {
    {"a_calendar_that_is_no_mapping", none, R"(
entente: 1
calendar: week
)",
     R"(
world.yaml:2:11: error: 'calendar' must be a mapping, and this is the text 'week'
    2 | calendar: week
      |           ^~~~
help: write {start: 2021-08-15, end: 2025-12-31, step: week} or {ticks: 100})"},
    {"a_calendar_with_nothing", none, R"(
entente: 1
calendar: {}
)",
     R"(
world.yaml:2:11: error: the calendar has neither 'start' nor 'ticks'
    2 | calendar: {}
      |           ^
help: write {start: 2021-08-15, end: 2025-12-31, step: week} or {ticks: 100})"},
    {"an_end_without_a_start", none, R"(
entente: 1
calendar: {end: 2025-12-31, step: week, ticks: 3}
)",
     R"(
world.yaml:2:17: error: a calendar without 'start' takes no 'end'
    2 | calendar: {end: 2025-12-31, step: week, ticks: 3}
      |                 ^~~~~~~~~~
help: add `start: 2021-08-15`; without dates a tick is one year long

world.yaml:2:35: error: a calendar without 'start' takes no 'step'
    2 | calendar: {end: 2025-12-31, step: week, ticks: 3}
      |                                   ^~~~
help: add `start: 2021-08-15`; without dates a tick is one year long)"},
    {"no_end", none, R"(
entente: 1
calendar: {start: 2021-08-15, step: week}
)",
     R"(
world.yaml:2:11: error: the calendar has neither 'end' nor 'ticks'
    2 | calendar: {start: 2021-08-15, step: week}
      |           ^
help: give one of them)"},
    {"both_an_end_and_ticks", none, R"(
entente: 1
calendar: {start: 2021-08-15, end: 2025-12-31, ticks: 3, step: week}
)",
     R"(
world.yaml:2:55: error: the calendar has both 'end' and 'ticks'
    2 | calendar: {start: 2021-08-15, end: 2025-12-31, ticks: 3, step: week}
      |                                                       ^
help: give one of them)"},
    {"no_step", none, R"(
entente: 1
calendar: {start: 2021-08-15, end: 2025-12-31}
)",
     R"(
world.yaml:2:11: error: a calendar with dates lacks its 'step'
    2 | calendar: {start: 2021-08-15, end: 2025-12-31}
      |           ^
help: write day, week, month, quarter, year, 3.5 days, 2 weeks, …)"},
    {"a_step_that_is_no_length", none, R"(
entente: 1
calendar: {start: 2021-08-15, end: 2025-12-31, step: fortnight}
)",
     R"(
world.yaml:2:54: error: 'step' must be a length of time, and this is the text 'fortnight'
    2 | calendar: {start: 2021-08-15, end: 2025-12-31, step: fortnight}
      |                                                      ^~~~~~~~~
help: write day, week, month, quarter, year, 3.5 days, 2 weeks, …)"},
    {"a_day_that_does_not_exist", none, R"(
entente: 1
calendar: {start: 2021-02-30, end: 2025-12-31, step: week}
)",
     R"(
world.yaml:2:19: error: '2021-02-30' is not a date: February 2021 has 28 days
    2 | calendar: {start: 2021-02-30, end: 2025-12-31, step: week}
      |                   ^~~~~~~~~~
help: write a day that exists)"},
    {"an_end_before_the_start", none, R"(
entente: 1
calendar: {start: 2021-08-15, end: 2020-12-31, step: week}
)",
     R"(
world.yaml:2:36: error: the end 2020-12-31 is before the start 2021-08-15
    2 | calendar: {start: 2021-08-15, end: 2020-12-31, step: week}
      |                                    ^~~~~~~~~~)"},
    {"a_step_longer_than_the_time", none, R"(
entente: 1
calendar: {start: 2021-08-15, end: 2021-08-17, step: week}
)",
     R"(
world.yaml:2:36: error: between 2021-08-15 and 2021-08-17 no step of a 'week' fits
    2 | calendar: {start: 2021-08-15, end: 2021-08-17, step: week}
      |                                    ^~~~~~~~~~
help: take a later end or a shorter step)"},
    {"no_ticks_at_all", none, R"(
entente: 1
calendar: {ticks: 0}
)",
     R"(
world.yaml:2:19: error: 'ticks' must be a whole number from 1 to 1000000000, and this is 0
    2 | calendar: {ticks: 0}
      |                   ^)"},
    {"a_misspelt_key", none, R"(
entente: 1
calendar: {tick: 3}
)",
     R"(
world.yaml:2:12: error: the calendar has no key 'tick'
    2 | calendar: {tick: 3}
      |            ^~~~
help: did you mean 'ticks'?)"},
};

ENTENTE_TELLS(Top, faults);
ENTENTE_TELLS(CalendarSection, calendar_faults);

Calendar calendar(const std::string& text) {
    return read("entente: 1\ncalendar: " + text + "\n").calendar;
}

TEST(Top, reads_calendars_with_dates_and_without) {
    EXPECT_EQ(calendar("{ticks: 7}").ticks(), 7);
    EXPECT_FALSE(calendar("{ticks: 7}").is_dated());
    const Calendar weekly = calendar("{start: 2021-08-15, end: 2025-12-31, step: week}");
    EXPECT_EQ(weekly.ticks(), 228);
    EXPECT_EQ(weekly.label(0), "2021-08-15");
    EXPECT_EQ(weekly.step().text(), "week");
    EXPECT_EQ(calendar("{start: 2021-08-15, ticks: 10, step: 3.5 days}").label(2), "2021-08-22");
}

TEST(Top, reads_what_is_for_people) {
    const Scenario scenario =
        read(bare + "title: One\nabout: Two\nauthors: [Richardson]\nreferences: [Arms and Insecurity, 1960]\nruns: 250\n");
    EXPECT_EQ(scenario.title, "One");
    EXPECT_EQ(scenario.about, "Two");
    EXPECT_EQ(scenario.authors, std::vector<std::string>{"Richardson"});
    EXPECT_EQ(scenario.references, (std::vector<std::string>{"Arms and Insecurity", "1960"}));
    EXPECT_EQ(scenario.runs, 250);
}

TEST(Top, runs_once_where_nothing_is_said) {
    EXPECT_EQ(read(bare).runs, 1);
}

}  // namespace
}  // namespace entente::test
