#include "reading.hpp"

namespace entente::test {
namespace {

const std::string visits = stepping + R"(  - {event: visit, on: relation, rate: 1, do: [goodwill += 1]}
  - {rule: forget, on: state, do: [trust = 0]}
measures: {a: 'state[russia].trust', b: 'state[russia].arms', c: 'relation[russia, afghanistan].goodwill'}
timeline:
)";
const std::string dated_visits =
    std::string(visits).replace(visits.find("{ticks: 3}"), 10, "{start: 2021-08-15, end: 2021-12-31, step: week}");

const Fault faults[] = {
    {"an_entry_that_is_a_text", visits, R"(
  - visit
)",
     R"(
world.yaml:19:5: error: 'timeline' must be a list of mappings, and this is the text 'visit'
   19 |   - visit
      |     ^~~~~
help: write - {date: 2021-12-17, event: …, on: …} or - {date: …, set: {…}})"},
    {"an_entry_without_a_time", visits, R"(
  - {event: visit, on: russia -> afghanistan}
)",
     R"(
world.yaml:19:5: error: a timeline entry has neither 'date' nor 'tick'
   19 |   - {event: visit, on: russia -> afghanistan}
      |     ^
help: give one of them)"},
    {"an_entry_with_two_times", visits, R"(
  - {tick: 1, date: 2021-08-15, event: visit, on: russia -> afghanistan}
)",
     R"(
world.yaml:19:12: error: a timeline entry has both 'date' and 'tick'
   19 |   - {tick: 1, date: 2021-08-15, event: visit, on: russia -> afghanistan}
      |            ^
help: give one of them)"},
    {"an_entry_in_which_nothing_happens", visits, R"(
  - {tick: 1, about: nothing}
)",
     R"(
world.yaml:19:5: error: a timeline entry has neither 'event' nor 'set'
   19 |   - {tick: 1, about: nothing}
      |     ^
help: say what happens: event and on, or set)"},
    {"a_date_without_a_dated_calendar", visits, R"(
  - {date: 2021-08-15, event: visit, on: russia -> afghanistan}
)",
     R"(
world.yaml:19:12: error: the date 2021-08-15 has no tick: the calendar has no dates
   19 |   - {date: 2021-08-15, event: visit, on: russia -> afghanistan}
      |            ^~~~~~~~~~
help: write `tick:`, or give the calendar a start)"},
    {"a_tick_after_the_end", visits, R"(
  - {tick: 3, event: visit, on: russia -> afghanistan}
)",
     R"(
world.yaml:19:12: warning: this entry never fires: tick 3 is outside the calendar
   19 |   - {tick: 3, event: visit, on: russia -> afghanistan}
      |            ^
help: the calendar runs from tick 0 to tick 2)"},
    {"a_date_outside_the_calendar", dated_visits, R"(
  - {date: 2020-08-15, event: visit, on: russia -> afghanistan}
)",
     R"(
world.yaml:19:12: warning: this entry never fires: 2020-08-15 is outside the calendar
   19 |   - {date: 2020-08-15, event: visit, on: russia -> afghanistan}
      |            ^~~~~~~~~~
help: the calendar runs from 2021-08-15 to 2021-12-25)"},
    {"a_date_that_is_none", visits, R"(
  - {date: 15.8.2021, event: visit, on: russia -> afghanistan}
)",
     R"(
world.yaml:19:12: error: 'date' must be a date, and this is the text '15.8.2021'
   19 |   - {date: 15.8.2021, event: visit, on: russia -> afghanistan}
      |            ^~~~~~~~~
help: dates are written like 2021-08-15)"},
    {"an_unknown_event", visits, R"(
  - {tick: 1, event: vist, on: russia -> afghanistan}
)",
     R"(
world.yaml:19:22: error: no event is called 'vist'
   19 |   - {tick: 1, event: vist, on: russia -> afghanistan}
      |                      ^~~~
help: did you mean 'visit'?)"},
    {"a_rule_instead_of_an_event", visits, R"(
  - {tick: 1, event: forget, on: russia}
)",
     R"(
world.yaml:19:22: error: no event is called 'forget'
   19 |   - {tick: 1, event: forget, on: russia}
      |                      ^~~~~~
help: there is only visit)"},
    {"an_event_on_no_row", visits, R"(
  - {tick: 1, event: visit}
)",
     R"(
world.yaml:19:5: error: the event 'visit' lacks its 'on'
   19 |   - {tick: 1, event: visit}
      |     ^
help: write on: source -> target)"},
    {"a_row_without_an_event", visits, R"(
  - {tick: 1, on: russia, set: {'state[russia].trust': 1}}
)",
     R"(
world.yaml:19:19: error: 'on' needs an 'event'
   19 |   - {tick: 1, on: russia, set: {'state[russia].trust': 1}}
      |                   ^~~~~~
help: name the event that happens there)"},
    {"an_event_on_an_unknown_member", visits, R"(
  - {tick: 1, event: visit, on: rusia -> afghanistan}
)",
     R"(
world.yaml:19:33: error: no member of 'state' is called 'rusia'
   19 |   - {tick: 1, event: visit, on: rusia -> afghanistan}
      |                                 ^~~~~
help: did you mean 'russia'?)"},
    {"an_event_on_a_link_that_is_absent", visits, R"(
  - {tick: 1, event: visit, on: afghanistan -> russia}
)",
     R"(
world.yaml:19:33: error: no link of 'relation' runs from afghanistan to russia
   19 |   - {tick: 1, event: visit, on: afghanistan -> russia}
      |                                 ^~~~~~~~~~~~~~~~~~~~~
help: did you mean 'russia -> afghanistan'?)"},
    {"an_event_on_an_agent_instead_of_a_link", visits, R"(
  - {tick: 1, event: visit, on: russia}
)",
     R"(
world.yaml:19:33: error: 'russia' is not a row of 'relation'
   19 |   - {tick: 1, event: visit, on: russia}
      |                                 ^~~~~~
help: a link is written source -> target)"},
    {"a_set_that_is_a_list", visits, R"(
  - {tick: 1, set: [1]}
)",
     R"(
world.yaml:19:20: error: 'set' must be a mapping of fields and parameters to values, and this is a list
   19 |   - {tick: 1, set: [1]}
      |                    ^
help: write set: {"relation[russia, afghanistan].listed": 0})"},
    {"a_set_of_an_unknown_field", visits, R"(
  - {tick: 1, set: {'state[russia].turst': 1}}
)",
     R"(
world.yaml:19:36: error: 'state' has no field called 'turst'
   19 |   - {tick: 1, set: {'state[russia].turst': 1}}
      |                                    ^~~~~
help: did you mean 'trust'?)"},
    {"a_set_of_a_derived_field", visits, R"(
  - {tick: 1, set: {'relation[russia, afghanistan].warmth': 1}}
)",
     R"(
world.yaml:19:22: error: 'relation[russia, afghanistan].warmth' can't be set: it is not a field
   19 |   - {tick: 1, set: {'relation[russia, afghanistan].warmth': 1}}
      |                      ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
help: only fields hold state)"},
    {"a_set_on_a_link_that_is_absent", visits, R"(
  - {tick: 1, set: {'relation[afghanistan, russia].goodwill': 1}}
)",
     R"(
world.yaml:19:22: error: no link of 'relation' runs from afghanistan to russia
   19 |   - {tick: 1, set: {'relation[afghanistan, russia].goodwill': 1}}
      |                      ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
help: did you mean relation[russia, afghanistan]?)"},
    {"a_set_to_an_unknown_name", visits, R"(
  - {tick: 1, set: {'state[russia].trust': nothing}}
)",
     R"(
world.yaml:19:44: error: no parameter is called 'nothing'
   19 |   - {tick: 1, set: {'state[russia].trust': nothing}}
      |                                            ^~~~~~~)"},
    {"a_set_to_a_draw", visits, R"(
  - {tick: 1, set: {'state[russia].trust': uniform()}}
)",
     R"(
world.yaml:19:44: error: nothing can be drawn in the timeline
   19 |   - {tick: 1, set: {'state[russia].trust': uniform()}}
      |                                            ^~~~~~~~~
help: draw in a rule and keep the value in a field)"},
};

/// With a parameter `aid` of 0 to 1.
const std::string aided = std::string(visits).replace(visits.find("measures:"), 0, "parameters: {aid: {value: 0.5, range: [0, 1]}}\n");

const Fault faults_of_sets[] = {
    {"a_set_of_an_unknown_parameter", aided, R"(
  - {tick: 1, set: {aidd: 1}}
)",
     R"(
world.yaml:20:21: error: no parameter is called 'aidd'
   20 |   - {tick: 1, set: {aidd: 1}}
      |                     ^~~~
help: did you mean 'aid'?)"},
    {"a_set_of_a_field_on_no_row", aided, R"(
  - {tick: 1, set: {trust: 1}}
)",
     R"(
world.yaml:20:21: error: no parameter is called 'trust'
   20 |   - {tick: 1, set: {trust: 1}}
      |                     ^~~~~
help: 'trust' is a field of 'state': write state[a].trust, or with * for all rows)"},
    {"a_set_of_a_parameter_outside_its_range", aided, R"(
  - {tick: 1, set: {aid: 2}}
)",
     R"(
world.yaml:20:26: error: the value 2 of 'aid' is outside its range [0, 1]
   20 |   - {tick: 1, set: {aid: 2}}
      |                          ^
help: change the value or widen the range)"},
    {"a_set_of_an_unknown_field_of_all_rows", aided, R"(
  - {tick: 1, set: {'state[*].turst': 1}}
)",
     R"(
world.yaml:20:31: error: 'state' has no field called 'turst'
   20 |   - {tick: 1, set: {'state[*].turst': 1}}
      |                               ^~~~~
help: did you mean 'trust'?)"},
    {"a_set_of_a_derived_field_of_all_rows", aided, R"(
  - {tick: 1, set: {'relation[*, *].warmth': 1}}
)",
     R"(
world.yaml:20:22: error: 'relation[*, *].warmth' can't be set: it is not a field
   20 |   - {tick: 1, set: {'relation[*, *].warmth': 1}}
      |                      ^~~~~~~~~~~~~~~~~~~~~
help: only fields hold state)"},
    {"a_set_of_all_links_with_one_star", aided, R"(
  - {tick: 1, set: {'relation[*].goodwill': 1}}
)",
     R"(
world.yaml:20:22: error: relation[…] takes a source and a target
   20 |   - {tick: 1, set: {'relation[*].goodwill': 1}}
      |                      ^~~~~~~~~~~
help: write relation[*, *] for all rows)"},
    {"a_set_of_the_links_of_an_unknown_member", aided, R"(
  - {tick: 1, set: {'relation[*, rusia].goodwill': 1}}
)",
     R"(
world.yaml:20:34: error: no member of 'state' is called 'rusia'
   20 |   - {tick: 1, set: {'relation[*, rusia].goodwill': 1}}
      |                                  ^~~~~
help: did you mean 'russia'?)"},
    {"a_set_of_all_rows_of_an_unknown_kind", aided, R"(
  - {tick: 1, set: {'stat[*].trust': 1}}
)",
     R"(
world.yaml:20:22: error: no kind of agents or links is called 'stat'
   20 |   - {tick: 1, set: {'stat[*].trust': 1}}
      |                      ^~~~
help: did you mean 'state'?)"},
    {"all_rows_in_an_expression", aided, R"(
  - {tick: 1, set: {'state[russia].trust': 'state[*].trust'}}
)",
     R"(
world.yaml:20:51: error: '*' names all rows, and one is wanted here
   20 |   - {tick: 1, set: {'state[russia].trust': 'state[*].trust'}}
      |                                                   ^
help: take them together: sum(k.x for k in state); a timeline's `set` alone is given to all rows)"},
};

ENTENTE_TELLS(Timeline, faults);
ENTENTE_TELLS(TimelineSets, faults_of_sets);

TEST(Timeline, is_kept_by_tick_then_as_written) {
    const Scenario scenario = read(dated_visits + R"(
  - {date: 2021-12-17, event: visit, on: russia -> afghanistan, about: Kabulov announces, source: TASS}
  - {date: 2021-08-20, set: {"state[russia].trust": 0.1, "relation[russia, afghanistan].goodwill": 2}}
  - {tick: 0, event: visit, on: russia -> afghanistan}
)");
    ASSERT_EQ(scenario.timeline.size(), 3u);
    const TimelineEntry& set = scenario.timeline[0];
    EXPECT_EQ(set.tick, 0);
    EXPECT_EQ(iso(*set.date), "2021-08-20");
    EXPECT_EQ(set.step, -1);
    ASSERT_EQ(set.sets.size(), 2u);
    EXPECT_EQ(set.sets[0].target->field.value, 0);
    EXPECT_EQ(set.sets[0].value.tree->number, 0.1);
    EXPECT_EQ(set.sets[1].target->row->form, RowRef::Form::link_between);
    EXPECT_FALSE(scenario.timeline[1].date);
    const TimelineEntry& event = scenario.timeline[2];
    EXPECT_EQ(event.tick, 17);
    EXPECT_EQ(event.step, 0);
    EXPECT_EQ(event.row->from->member.value, 0);
    EXPECT_EQ(event.row->to->member.value, 1);
    EXPECT_EQ(event.remarks.source, "TASS");
}

TEST(Timeline, sets_parameters_and_all_rows) {
    const Scenario scenario = read(aided + "  - {tick: 1, set: {aid: 'aid / 2', 'state[*].trust': 'trust / 2', 'relation[*, afghanistan].goodwill': source.arms}}\n");
    const auto& sets = scenario.timeline.at(0).sets;
    ASSERT_EQ(sets.size(), 3u);
    EXPECT_EQ(sets[0].target->kind, Expr::Kind::parameter);
    EXPECT_EQ(sets[1].target->row->form, RowRef::Form::own);
    EXPECT_EQ(sets[1].target->filter, nullptr);
    EXPECT_EQ(sets[2].target->filter->row->form, RowRef::Form::target_of);
    EXPECT_EQ(sets[2].target->filter->other_row->member.value, 1);
}

TEST(Timeline, leaves_out_what_never_fires) {
    EXPECT_TRUE(read(dated_visits + "  - {date: 2030-01-01, event: visit, on: russia -> afghanistan}\n").timeline.empty());
}

}  // namespace
}  // namespace entente::test
