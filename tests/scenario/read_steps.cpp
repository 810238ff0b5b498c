#include "reading.hpp"

namespace entente::test {
namespace {

const Fault faults[] = {
    {"a_step_that_is_neither", stepping, R"(
  - {on: state, do: [trust = 1]}
)",
     R"(
world.yaml:15:5: error: a step is neither a rule nor an event
   15 |   - {on: state, do: [trust = 1]}
      |     ^
help: begin it with `rule: its name` or `event: its_name`)"},
    {"a_step_that_is_both", stepping, R"(
  - {rule: a, event: b, on: state, do: [trust = 1]}
)",
     R"(
world.yaml:15:22: error: a step is a rule or an event, not both
   15 |   - {rule: a, event: b, on: state, do: [trust = 1]}
      |                      ^
help: begin a step of its own with '- ')"},
    {"a_step_that_is_a_text", stepping, R"(
  - forget
)",
     R"(
world.yaml:15:5: error: a step is neither a rule nor an event
   15 |   - forget
      |     ^~~~~~
help: begin it with `rule: its name` or `event: its_name`)"},
    {"a_step_without_on", stepping, R"(
  - {rule: forget, do: [trust = 1]}
)",
     R"(
world.yaml:15:5: error: a rule lacks its 'on'
   15 |   - {rule: forget, do: [trust = 1]}
      |     ^
help: on: the kind of agents or links on whose rows it runs)"},
    {"a_step_on_an_unknown_kind", stepping, R"(
  - {rule: forget, on: relatoin, do: [trust = 1]}
)",
     R"(
world.yaml:15:24: error: no kind of agents or links is called 'relatoin'
   15 |   - {rule: forget, on: relatoin, do: [trust = 1]}
      |                        ^~~~~~~~
help: did you mean 'relation'?)"},
    {"a_step_without_statements", stepping, R"(
  - {rule: forget, on: state}
)",
     R"(
world.yaml:15:5: error: a rule lacks its 'do'
   15 |   - {rule: forget, on: state}
      |     ^
help: do: `x = e`, `x += e`, `x -= e`, `x *= e` on own fields; `source.x`, `target.x`, `reverse.x` take `+=` and `-=`)"},
    {"a_turned_sign", stepping, R"(
  - {rule: r, on: state, do: ["arms =+ dt * 2", "trust =* 2", "arms =- 1"]}
)",
     R"(
world.yaml:15:37: error: '=+' sets, whatever sign comes after it
   15 |   - {rule: r, on: state, do: ["arms =+ dt * 2", "trust =* 2", "arms =- 1"]}
      |                                     ^~
help: did you mean `+=`? To set, write a space after the =

world.yaml:15:56: error: '=*' sets, whatever sign comes after it
   15 |   - {rule: r, on: state, do: ["arms =+ dt * 2", "trust =* 2", "arms =- 1"]}
      |                                                        ^~
help: did you mean `*=`? To set, write a space after the =

world.yaml:15:69: error: '=-' sets, whatever sign comes after it
   15 |   - {rule: r, on: state, do: ["arms =+ dt * 2", "trust =* 2", "arms =- 1"]}
      |                                                                     ^~
help: did you mean `-=`? To set, write a space after the =)"},
    {"a_statement_torn_by_its_comma", stepping, R"(
  - {rule: r, on: state, do: [arms = clip(normal(0, 2), 0, 1), trust = 1]}
)",
     R"said(
world.yaml:15:31: error: within [ ] a comma ends a statement
   15 |   - {rule: r, on: state, do: [arms = clip(normal(0, 2), 0, 1), trust = 1]}
      |                               ^~~~~~~~~~~~~~~~~~~~
help: put it in quotes: "arms = clip(normal(0, 2), 0, 1)")said"},
    {"two_steps_of_one_name", stepping, R"(
  - {rule: forget, on: state, do: [trust = 1]}
  - {rule: forget, on: state, do: [trust = 0]}
)",
     R"(
world.yaml:16:12: error: step 'forget' is already defined on line 15
   16 |   - {rule: forget, on: state, do: [trust = 0]}
      |            ^~~~~~
help: a step's name keys its random draws: give it another name)"},
    {"a_rule_with_a_rate", stepping, R"(
  - {rule: forget, on: state, rate: 1, do: [trust = 1]}
)",
     R"(
world.yaml:15:31: error: a rule has no key 'rate'
   15 |   - {rule: forget, on: state, rate: 1, do: [trust = 1]}
      |                               ^~~~
help: what has a 'rate' is an event: write `event:` instead of `rule:`)"},
    {"a_misspelt_key", stepping, R"(
  - {rule: forget, on: state, when: trust > 0, do: [trust = 1]}
)",
     R"(
world.yaml:15:31: error: a rule has no key 'when'
   15 |   - {rule: forget, on: state, when: trust > 0, do: [trust = 1]}
      |                               ^~~~
help: did you mean 'where'?)"},
    {"an_event_without_a_chance", stepping, R"(
  - {event: visit, on: state, do: [trust = 1]}
)",
     R"(
world.yaml:15:13: error: the event 'visit' lacks its chance
   15 |   - {event: visit, on: state, do: [trust = 1]}
      |             ^~~~~
help: give it one of probability, rate, count and choice)"},
    {"an_event_with_two_chances", stepping, R"(
  - {event: visit, on: state, rate: 1, probability: 0.5}
)",
     R"(
world.yaml:15:40: error: the event 'visit' has a second chance, 'probability'
   15 |   - {event: visit, on: state, rate: 1, probability: 0.5}
      |                                        ^~~~~~~~~~~
help: keep one of probability, rate, count and choice)"},
    {"a_choice_among_agents", stepping, R"(
  - {event: visit, on: state, choice: trust}
)",
     R"(
world.yaml:15:39: error: a choice is made among links, and 'state' are agents
   15 |   - {event: visit, on: state, choice: trust}
      |                                       ^~~~~
help: run the event on the links from the choosing agents)"},
    {"a_temperature_without_a_choice", stepping, R"(
  - {event: visit, on: state, rate: 1, temperature: 2, outside: 1}
)",
     R"(
world.yaml:15:53: error: 'temperature' belongs to a choice, and this event has none
   15 |   - {event: visit, on: state, rate: 1, temperature: 2, outside: 1}
      |                                                     ^
help: remove it

world.yaml:15:65: error: 'outside' belongs to a choice, and this event has none
   15 |   - {event: visit, on: state, rate: 1, temperature: 2, outside: 1}
      |                                                                 ^
help: remove it)"},
    {"a_temperature_that_reads_the_link", stepping, R"(
  - {event: visit, on: relation, choice: goodwill, temperature: goodwill}
)",
     R"(
world.yaml:15:65: error: no parameter is called 'goodwill'
   15 |   - {event: visit, on: relation, choice: goodwill, temperature: goodwill}
      |                                                                 ^~~~~~~~
help: only source and parameters are known)"},
    {"an_outside_that_reads_the_target", stepping, R"(
  - {event: visit, on: relation, choice: goodwill, outside: target.trust}
)",
     R"(
world.yaml:15:61: error: 'target' can't be read in a choice's outside
   15 |   - {event: visit, on: relation, choice: goodwill, outside: target.trust}
      |                                                             ^~~~~~
help: it belongs to the choosing agent: only source and parameters are known)"},
    {"a_statement_that_compares", stepping, R"(
  - {rule: r, on: state, do: [trust == 1]}
)",
     R"(
world.yaml:15:31: error: 'trust == 1' is not an assignment
   15 |   - {rule: r, on: state, do: [trust == 1]}
      |                               ^~~~~~~~~~
help: write x = e, x += e, x -= e or x *= e)"},
    {"a_statement_that_compares_from_above", stepping, R"(
  - {rule: r, on: state, do: [trust >= 1]}
)",
     R"(
world.yaml:15:31: error: 'trust >= 1' is not an assignment
   15 |   - {rule: r, on: state, do: [trust >= 1]}
      |                               ^~~~~~~~~~
help: write x = e, x += e, x -= e or x *= e)"},
    {"a_statement_without_a_sign", stepping, R"(
  - {rule: r, on: state, do: [trust]}
)",
     R"(
world.yaml:15:31: error: 'trust' is not an assignment
   15 |   - {rule: r, on: state, do: [trust]}
      |                               ^~~~~
help: write x = e, x += e, x -= e or x *= e)"},
    {"a_statement_that_divides", stepping, R"(
  - {rule: r, on: state, do: [trust /= 2]}
)",
     R"(
world.yaml:15:31: error: 'trust /= 2' is not an assignment
   15 |   - {rule: r, on: state, do: [trust /= 2]}
      |                               ^~~~~~~~~~
help: to divide write x *= 1 / e)"},
    {"a_statement_without_a_value", stepping, R"(
  - {rule: r, on: state, do: ['trust = ']}
)",
     R"(
world.yaml:15:32: error: 'trust =' lacks one of its sides
   15 |   - {rule: r, on: state, do: ['trust = ']}
      |                                ^~~~~~~
help: write x = e, x += e, x -= e or x *= e)"},
    {"a_statement_that_is_a_mapping", stepping, R"(
  - rule: r
    on: state
    do:
      - trust: 1
)",
     R"(
world.yaml:18:9: error: 'do' must be a list of statements, and this is a mapping
   18 |       - trust: 1
      |         ^
help: write each as `- x += e`, in quotes if it holds ': ')"},
    {"statements_that_are_a_mapping", stepping, R"(
  - {rule: r, on: state, do: {trust: 1}}
)",
     R"(
world.yaml:15:30: error: 'do' must be a list of statements, and this is a mapping
   15 |   - {rule: r, on: state, do: {trust: 1}}
      |                              ^
help: write each as `- x += e`, in quotes if it holds ': ')"},
    {"a_write_to_an_unknown_field", stepping, R"(
  - {rule: r, on: state, do: [turst = 1]}
)",
     R"(
world.yaml:15:31: error: 'state' has no field called 'turst'
   15 |   - {rule: r, on: state, do: [turst = 1]}
      |                               ^~~~~
help: did you mean 'trust'?)"},
    {"a_write_to_a_field_of_the_link", stepping, R"(
  - {rule: r, on: state, do: [goodwill = 1]}
)",
     R"(
world.yaml:15:31: error: 'state' has no field called 'goodwill'
   15 |   - {rule: r, on: state, do: [goodwill = 1]}
      |                               ^~~~~~~~
help: its fields are trust and arms)"},
    {"a_write_to_a_derived_field", stepping, R"(
  - {rule: r, on: relation, do: [warmth = 1]}
)",
     R"(
world.yaml:15:34: error: 'warmth' is derived and can't be written
   15 |   - {rule: r, on: relation, do: [warmth = 1]}
      |                                  ^~~~~~
help: write the fields it is made of)"},
    {"a_write_to_a_parameter", stepping, R"(
  - {rule: r, on: state, do: [gain = 1]}
parameters: {gain: 1}
)",
     R"(
world.yaml:15:31: error: 'gain' is a parameter and can't be written
   15 |   - {rule: r, on: state, do: [gain = 1]}
      |                               ^~~~
help: make it a field if it changes)"},
    {"a_write_to_an_event", stepping, R"(
  - {event: visit, on: state, rate: 1, do: [visit = 1]}
)",
     R"(
world.yaml:15:45: error: 'visit' is an event and can't be written
   15 |   - {event: visit, on: state, rate: 1, do: [visit = 1]}
      |                                             ^~~~~
help: it reads as how often it fired)"},
    {"a_write_to_a_let", stepping, R"(
  - {rule: r, on: state, let: {x: 1}, do: [x = 2]}
)",
     R"(
world.yaml:15:44: error: 'x' is a name given by `let` and can't be written
   15 |   - {rule: r, on: state, let: {x: 1}, do: [x = 2]}
      |                                            ^
help: write a field)"},
    {"a_write_to_another_row", stepping, R"(
  - {rule: r, on: state, do: ['relation[russia, afghanistan].goodwill = 1']}
)",
     R"(
world.yaml:15:32: error: 'relation[russia, afghanistan].goodwill' can't be written to by a step
   15 |   - {rule: r, on: state, do: ['relation[russia, afghanistan].goodwill = 1']}
      |                                ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
help: a step writes its own row's fields, and adds to source.x, target.x and reverse.x)"},
    {"a_write_to_self", stepping, R"(
  - {rule: r, on: state, do: [self.trust = 1]}
)",
     R"(
world.yaml:15:31: error: a step on 'state' can't write to 'self'
   15 |   - {rule: r, on: state, do: [self.trust = 1]}
      |                               ^~~~
help: it writes its own row's fields, and adds to source.x, target.x and reverse.x)"},
    {"a_write_to_the_source_of_an_agent", stepping, R"(
  - {rule: r, on: state, do: [source.trust += 1]}
)",
     R"(
world.yaml:15:31: error: 'source' is a link's word, and 'state' are agents
   15 |   - {rule: r, on: state, do: [source.trust += 1]}
      |                               ^~~~~~
help: an agent writes its own fields: run the step on the links instead)"},
    {"an_assignment_to_the_source", stepping, R"(
  - {rule: r, on: relation, do: [source.trust = 1]}
)",
     R"(
world.yaml:15:34: error: 'source.trust' can only be added to
   15 |   - {rule: r, on: relation, do: [source.trust = 1]}
      |                                  ^~~~~~~~~~~~
help: several rows may write to it in one step: use += or -=)"},
    {"a_write_to_an_unknown_field_of_the_target", stepping, R"(
  - {rule: r, on: relation, do: [target.goodwill += 1]}
)",
     R"(
world.yaml:15:41: error: 'state' has no field called 'goodwill'
   15 |   - {rule: r, on: relation, do: [target.goodwill += 1]}
      |                                         ^~~~~~~~
help: its fields are trust and arms)"},
    {"a_write_to_a_reverse_that_can_not_be", bare, R"(
agents: {state: {members: [russia]}, town: {members: [kabul]}}
links: {road: {source: state, target: town, fields: {x: 1}, members: [russia -> kabul]}}
steps:
  - {rule: r, on: road, do: [reverse.x += 1]}
)",
     R"(
world.yaml:6:30: error: 'road' has no reverse: its ends are of different kinds
    6 |   - {rule: r, on: road, do: [reverse.x += 1]}
      |                              ^~~~~~~)"},
    {"an_unknown_name", stepping, R"(
  - {rule: r, on: relation, do: [goodwill += gian]}
parameters: {gain: 1}
)",
     R"(
world.yaml:15:46: error: no parameter or field is called 'gian'
   15 |   - {rule: r, on: relation, do: [goodwill += gian]}
      |                                              ^~~~
help: did you mean 'gain'?)"},
    {"an_unknown_function", stepping, R"(
  - {rule: r, on: relation, do: [goodwill += sqr(2)]}
)",
     R"(
world.yaml:15:46: error: no function is called 'sqr'
   15 |   - {rule: r, on: relation, do: [goodwill += sqr(2)]}
      |                                              ^~~
help: did you mean 'sqrt'?)"},
    {"a_broken_expression", stepping, R"(
  - {rule: r, on: relation, do: [goodwill += (1 + ]}
)",
     R"(
world.yaml:15:50: error: the expression ends too early
   15 |   - {rule: r, on: relation, do: [goodwill += (1 + ]}
      |                                                  ^
help: something is missing after the last sign)"},
    {"a_let_that_is_a_list", stepping, R"(
  - {rule: r, on: state, let: [x], do: [trust = 1]}
)",
     R"(
world.yaml:15:31: error: 'let' must be a mapping of names to expressions, and this is a list
   15 |   - {rule: r, on: state, let: [x], do: [trust = 1]}
      |                               ^
help: write let: {name: expression})"},
    {"a_let_that_reads_a_later_one", stepping, R"(
  - {rule: r, on: state, let: {x: y, y: 1}, do: [trust = x]}
)",
     R"(
world.yaml:15:35: error: no parameter or field is called 'y'
   15 |   - {rule: r, on: state, let: {x: y, y: 1}, do: [trust = x]}
      |                                   ^)"},
    {"a_code_that_is_a_text", stepping, R"(
  - {event: visit, on: state, rate: 1, code: '0233'}
)",
     R"(
world.yaml:15:47: error: 'code' must be a mapping, and this is the text '0233'
   15 |   - {event: visit, on: state, rate: 1, code: '0233'}
      |                                               ^~~~
help: write code: {cameo: "0233", goldstein: 7})"},
    {"a_goldstein_weight_too_large", stepping, R"(
  - {event: visit, on: state, rate: 1, code: {cameo: '0233', goldstien: 3, goldstein: 70}}
)",
     R"(
world.yaml:15:62: error: a code has no key 'goldstien'
   15 |   - {event: visit, on: state, rate: 1, code: {cameo: '0233', goldstien: 3, goldstein: 70}}
      |                                                              ^~~~~~~~~
help: did you mean 'goldstein'?

world.yaml:15:87: error: 'goldstein' must be a number from -10 to 10, and this is 70
   15 |   - {event: visit, on: state, rate: 1, code: {cameo: '0233', goldstien: 3, goldstein: 70}}
      |                                                                                       ^~)"},
};

ENTENTE_TELLS(Steps, faults);

TEST(Steps, read_rules_with_all_they_have) {
    const Scenario scenario = read(stepping + R"(
  - rule: drift and decay
    about: slow change
    source: Jøsang
    on: relation
    where: goodwill > 0
    let:
      pull: source.trust
      twice: 2 * pull
    do:
      - goodwill = twice
      - goodwill+=1
      - goodwill -= dt
      - goodwill *= 0.5
      - source.trust += 0.1
      - target.arms -= goodwill
      - reverse.goodwill += 1
)");
    const Step& step = scenario.steps.at(0);
    EXPECT_EQ(step.form, Step::Form::rule);
    EXPECT_EQ(step.name, "drift and decay");
    EXPECT_EQ(step.remarks.source, "Jøsang");
    EXPECT_EQ(scenario.schema[step.on].name, "relation");
    EXPECT_EQ(step.where->text.value, "goodwill > 0");
    ASSERT_EQ(step.lets.size(), 2u);
    EXPECT_EQ(step.lets[1].value.tree->args[1]->let, 0);
    using S = Statement;
    const std::vector<std::tuple<S::On, S::Op, int, std::string>> expected{
        {S::On::own, S::Op::set, 0, "twice"},    {S::On::own, S::Op::add, 0, "1"},      {S::On::own, S::Op::subtract, 0, "dt"},
        {S::On::own, S::Op::multiply, 0, "0.5"}, {S::On::source, S::Op::add, 0, "0.1"}, {S::On::target, S::Op::subtract, 1, "goodwill"},
        {S::On::reverse, S::Op::add, 0, "1"},
    };
    std::vector<std::tuple<S::On, S::Op, int, std::string>> found;
    for (const S& s : step.statements) found.emplace_back(s.on, s.op, s.field.value, s.value.text.value);
    EXPECT_EQ(found, expected);
}

TEST(Steps, set_to_what_has_a_sign) {
    const Scenario scenario = read(stepping + "  - {rule: r, on: state, do: ['arms =-1', 'trust = -arms']}\n");
    EXPECT_EQ(scenario.steps[0].statements[0].op, Statement::Op::set);
    EXPECT_EQ(scenario.steps[0].statements[0].value.text.value, "-1");
}

TEST(Steps, read_events_of_each_form) {
    const Scenario scenario = read(stepping + R"(
  - {event: visit, on: relation, probability: 0.5, do: goodwill += visit, code: {cameo: "0233", goldstein: 7}}
  - {event: raid, on: relation, rate: 2}
  - {event: shipment, on: state, count: 3, do: [arms -= shipment]}
  - {event: bid, on: relation, choice: goodwill + visit, temperature: source.trust, outside: -1}
)");
    ASSERT_EQ(scenario.steps.size(), 4u);
    EXPECT_EQ(scenario.steps[0].form, Step::Form::probability);
    EXPECT_EQ(scenario.steps[0].cameo, "0233");
    EXPECT_EQ(scenario.steps[0].goldstein, 7);
    EXPECT_EQ(scenario.steps[0].statements.at(0).value.tree->kind, Expr::Kind::event);
    EXPECT_EQ(scenario.steps[1].form, Step::Form::rate);
    EXPECT_EQ(scenario.steps[2].form, Step::Form::count);
    EXPECT_EQ(scenario.steps[3].form, Step::Form::choice);
    EXPECT_EQ(scenario.steps[3].event.value, 3);
    EXPECT_EQ(scenario.steps[3].temperature->tree->row->form, RowRef::Form::source_of);
    EXPECT_EQ(scenario.steps[3].outside->text.value, "-1");
}

TEST(Steps, number_their_draws_in_the_order_of_the_text_after_the_events_own) {
    const Scenario scenario = read(stepping +
                                   "  - {event: e, on: state, let: {a: normal()}, where: bernoulli(0.5), rate: uniform(), do: ['trust = a "
                                   "+ poisson(1)', arms = normal()]}\n");
    const Step& step = scenario.steps.at(0);
    EXPECT_EQ(step.lets[0].value.tree->place_number, 1);
    EXPECT_EQ(step.where->tree->place_number, 2);
    EXPECT_EQ(step.drive->tree->place_number, 3);
    EXPECT_EQ(step.statements[0].value.tree->args[1]->place_number, 4);
    EXPECT_EQ(step.statements[1].value.tree->place_number, 5);
}

}  // namespace
}  // namespace entente::test
