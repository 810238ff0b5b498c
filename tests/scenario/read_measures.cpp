// Tests: read_observed.
#include "reading.hpp"

namespace entente::test {
namespace {

const std::string visiting = stepping + "  - {event: visit, on: relation, rate: 1, do: [goodwill += 1]}\n";

const Fault faults[] = {
    {"a_measure_with_nothing", visiting, R"(
measures: {m: }
)",
     R"(
world.yaml:16:12: error: 'm' must be an expression, and this is nothing
   16 | measures: {m: }
      |            ^)"},
    {"a_measure_without_value", visiting, R"(
measures: {m: {unit: km}}
)",
     R"(
world.yaml:16:15: error: a measure lacks its 'value'
   16 | measures: {m: {unit: km}}
      |               ^
help: value: a series, recorded before the first tick and at the end of each, or one value by a function over time)"},
    {"a_measure_per_month", visiting, R"(
measures: {m: {value: 'total(visit[russia, afghanistan])', per: month}}
)",
     R"(
world.yaml:16:65: error: 'per' must be `run` or `year`, and this is the text 'month'
   16 | measures: {m: {value: 'total(visit[russia, afghanistan])', per: month}}
      |                                                                 ^~~~~)"},
    {"a_measure_on_an_unknown_kind", visiting, R"(
measures: {m: {value: goodwill, on: relatoin}}
)",
     R"(
world.yaml:16:37: error: no kind of agents or links is called 'relatoin'
   16 | measures: {m: {value: goodwill, on: relatoin}}
      |                                     ^~~~~~~~
help: did you mean 'relation'?)"},
    {"a_measure_of_an_unknown_name", visiting, R"(
measures: {m: 'state[russia].turst'}
)",
     R"(
world.yaml:16:30: error: 'state' has no field called 'turst'
   16 | measures: {m: 'state[russia].turst'}
      |                              ^~~~~
help: did you mean 'trust'?)"},
    {"a_measure_torn_by_a_comma", visiting, R"(
measures:
  m: {value: clip(1, 2, 3)}
)",
     R"(
world.yaml:17:18: error: '(' is not closed
   17 |   m: {value: clip(1, 2, 3)}
      |                  ^
help: a ')' is missing

world.yaml:17:22: error: a measure has no key '2'
   17 |   m: {value: clip(1, 2, 3)}
      |                      ^
help: put an expression in quotes: within { } a comma or bracket ends it

world.yaml:17:25: error: a measure has no key '3)'
   17 |   m: {value: clip(1, 2, 3)}
      |                         ^~
help: put an expression in quotes: within { } a comma or bracket ends it)"},
    {"an_event_that_is_misspelt", visiting, R"(
measures: {m: 'total(vist[russia, afghanistan])'}
)",
     R"(
world.yaml:16:22: error: no kind of agents or links is called 'vist'
   16 | measures: {m: 'total(vist[russia, afghanistan])'}
      |                      ^~~~
help: did you mean 'visit'?)"},
    {"a_draw_in_a_measure", visiting, R"(
measures: {m: normal()}
)",
     R"(
world.yaml:16:15: error: nothing can be drawn in a measure
   16 | measures: {m: normal()}
      |               ^~~~~~~~
help: draw in a rule and keep the value in a field)"},
    {"a_record_of_no_measure", visiting, R"(
measures: {trust: 'state[russia].trust'}
observed: {trsut: {value: 1}}
)",
     R"(
world.yaml:17:12: error: no measure is called 'trsut'
   17 | observed: {trsut: {value: 1}}
      |            ^~~~~
help: did you mean 'trust'?)"},
    {"a_record_of_nothing", visiting, R"(
measures: {m: 'state[russia].trust'}
observed: {m: {sd: 1}}
)",
     R"(
world.yaml:17:15: error: the record of 'm' has none of 'date', 'never', 'value' and 'table'
   17 | observed: {m: {sd: 1}}
      |               ^
help: give one of them)"},
    {"a_record_of_two_things", visiting, R"(
measures: {m: 'state[russia].trust'}
observed: {m: {value: 1, date: 2021-08-15}}
)",
     R"(
world.yaml:17:15: error: the record of 'm' has more than one of 'date', 'never', 'value' and 'table'
   17 | observed: {m: {value: 1, date: 2021-08-15}}
      |               ^
help: give one of them)"},
    {"a_record_with_an_error_below_zero", visiting, R"(
measures: {m: 'state[russia].trust'}
observed: {m: {value: 1, sd: -1}}
)",
     R"(
world.yaml:17:30: error: 'sd' must be 0 or more, and this is -1
   17 | observed: {m: {value: 1, sd: -1}}
      |                              ^~)"},
    {"a_date_on_record_for_what_is_none", visiting, R"(
measures: {m: 'state[russia].trust'}
observed: {m: {date: 2021-08-15}}
)",
     R"(
world.yaml:17:12: error: the record of 'm' is a date, and the measure is not
   17 | observed: {m: {date: 2021-08-15}}
      |            ^
help: a measure that is a date is written first(condition))"},
    {"a_value_on_record_for_a_date", visiting, R"(
measures: {m: 'first(state[russia].trust > 3)'}
observed: {m: 3}
)",
     R"(
world.yaml:17:12: error: the measure 'm' is a date, and its record is not
   17 | observed: {m: 3}
      |            ^
help: write {date: 2021-08-15})"},
};

ENTENTE_TELLS(Measures, faults);

TEST(Measures, are_series_values_and_dates) {
    const Scenario scenario = read(visiting + R"(
measures:
  trust: "state[russia].trust"
  visits: {value: 'total(visit[russia, afghanistan])', unit: visits, per: year, about: how many, source: TASS}
  all_goodwill: {value: goodwill, on: relation}
  friends: 'first(relation[russia, afghanistan].goodwill > 2)'
)");
    ASSERT_EQ(scenario.measures.size(), 4u);
    EXPECT_EQ(scenario.measures[0].value.tree->kind, Expr::Kind::field);
    EXPECT_EQ(scenario.measures[0].per, Measure::Per::run);
    EXPECT_EQ(scenario.measures[0].on.value, -1);
    EXPECT_EQ(scenario.measures[1].per, Measure::Per::year);
    EXPECT_EQ(scenario.measures[1].unit, "visits");
    EXPECT_EQ(scenario.measures[1].remarks.source, "TASS");
    EXPECT_EQ(scenario.measures[2].on.value, 1);
    EXPECT_EQ(scenario.measures[3].value.tree->over_time, OverTime::first);
}

TEST(Measures, have_a_record_beside_them) {
    const Folder folder;
    folder.write("data/visits.csv", "year,value\n2021,3\n2022,5\n").write("trust.csv", "date,value\n2021-08-15,0.5\n");
    const Scenario scenario = read(visiting + R"(
measures:
  visits: {value: 'total(visit[russia, afghanistan])', per: year}
  trust: "state[russia].trust"
  friends: 'first(relation[russia, afghanistan].goodwill > 2)'
  arms: "state[russia].arms"
observed:
  visits: {table: data/visits.csv, per: year, sd: 2, about: counted}
  trust: {table: trust.csv}
  friends: {date: 2025-07-03, source: TASS}
  arms: 3.5
)",
                                   folder.path());
    ASSERT_EQ(scenario.observed.size(), 4u);
    const Observed& visits = scenario.observed[0];
    EXPECT_EQ(visits.measure, "visits");
    EXPECT_TRUE(visits.per_year);
    EXPECT_EQ(visits.sd, 2);
    ASSERT_EQ(visits.series.size(), 2u);
    EXPECT_EQ(iso(visits.series[1].first), "2022-01-01");
    EXPECT_EQ(visits.series[1].second, 5);
    EXPECT_EQ(iso(scenario.observed[1].series.at(0).first), "2021-08-15");
    EXPECT_EQ(told(*scenario.observed[2].came), "2025-07-03");
    EXPECT_EQ(scenario.observed[2].remarks.source, "TASS");
    EXPECT_EQ(scenario.observed[3].value, 3.5);
}

TEST(Measures, have_records_whose_rows_are_checked) {
    const Folder folder;
    folder.write("visits.csv", "year,value\n21,3\n2022,many\n");
    EXPECT_EQ(said_about(visiting + "measures: {visits: 'total(visit[russia, afghanistan])'}\nobserved: {visits: {table: visits.csv}}\n",
                         folder.path()),
              R"(visits.csv:2:1: error: '21' is not a date
    2 | 21,3
      | ^~
help: dates are written like 2021-08-15, months like 2021-08, quarters like 2021Q3, years like 2021

visits.csv:3:6: error: 'many' in the column 'value' is not a finite number
    3 | 2022,many
      |      ^~~~)");
}

}  // namespace
}  // namespace entente::test
