#include <entente/summary/outcomes.hpp>

#include <gmock/gmock.h>

#include <entente/store/shard_file.hpp>
#include <entente/study/recorder.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A measure of each form, of the world and by row, on agents, links and agents without names.
Results layout() {
    return empty_results(compile(scenario_of(R"yaml(
calendar: {start: 2020-12-01, ticks: 3, step: month}
agents:
  state: {fields: {x: 1}, members: [syria, "iraq"]}
  cell: {fields: {y: 1}, count: 2}
links: {trust: {source: state, target: state, fields: {w: 1}, members: [syria -> iraq, iraq -> syria]}}
measures:
  all: "sum(s.x for s in state)"
  fell: {value: first(x > 3), on: state}
  aid: {value: total(x), on: state, per: year, unit: t}
  warmth: {value: w, on: trust}
  heat: {value: peak(y), on: cell}
)yaml")),
                         0, 0);
}

std::vector<std::string> named(const std::string& name) {
    std::vector<std::string> names;
    for (const Outcome& outcome : chosen_outcomes(layout(), {name})) names.push_back(outcome.name);
    return names;
}

TEST(Outcomes, by_row_are_one_for_each_row_and_year) {
    std::vector<std::string> names;
    for (const Outcome& outcome : outcomes(layout())) names.push_back(outcome.name);
    EXPECT_THAT(names, ElementsAre("all", "fell_years[syria]", "fell_came[syria]", "fell_years[iraq]", "fell_came[iraq]", "aid[syria]", "aid[iraq]",
                                   "aid[syria][2020]", "aid[iraq][2020]", "aid[syria][2021]", "aid[iraq][2021]", "warmth[syria -> iraq]",
                                   "warmth[iraq -> syria]", "heat[cell 0]", "heat[cell 1]"));
}

TEST(Outcomes, stand_in_columns_of_their_own) {
    std::vector<std::size_t> columns;
    for (const Outcome& outcome : outcomes(layout())) columns.push_back(outcome.column);
    EXPECT_THAT(columns, ElementsAre(0, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
    const auto all = value_columns(layout());
    EXPECT_EQ(all.back().name, "heat");
    EXPECT_EQ(all.back().first + all.back().columns, 13U);
}

TEST(Outcomes, that_nobody_asked_for_are_those_of_the_world) {
    std::vector<std::string> names;
    for (const Outcome& outcome : chosen_outcomes(layout(), {})) names.push_back(outcome.name);
    EXPECT_THAT(names, ElementsAre("all"));
}

TEST(Outcomes, of_a_row_are_chosen_by_its_name_and_those_of_all_rows_by_the_measure_s) {
    EXPECT_THAT(named("fell"), ElementsAre("fell_years[syria]", "fell_came[syria]", "fell_years[iraq]", "fell_came[iraq]"));
    EXPECT_THAT(named("fell[iraq]"), ElementsAre("fell_years[iraq]", "fell_came[iraq]"));
    EXPECT_THAT(named("fell_came"), ElementsAre("fell_came[syria]", "fell_came[iraq]"));
    EXPECT_THAT(named("fell_came[syria]"), ElementsAre("fell_came[syria]"));
    EXPECT_THAT(named("fell['syria']"), ElementsAre("fell_years[syria]", "fell_came[syria]"));
    EXPECT_THAT(named("aid"), ElementsAre("aid[syria]", "aid[iraq]"));
    EXPECT_THAT(named("aid[syria]"), ElementsAre("aid[syria]"));
}

TEST(Outcomes, of_a_row_and_a_year_are_chosen_by_both) {
    EXPECT_THAT(named("aid[syria][2020]"), ElementsAre("aid[syria][2020]"));
    EXPECT_THAT(named("aid[syria, 2021]"), ElementsAre("aid[syria][2021]"));
    EXPECT_THAT(named("aid[2021]"), ElementsAre("aid[syria][2021]", "aid[iraq][2021]"));
}

TEST(Outcomes, of_links_and_of_rows_without_names_are_chosen_as_people_write_them) {
    for (const std::string name : {"warmth[syria -> iraq]", "warmth[syria, iraq]", "warmth[syria->iraq]", "warmth['syria', 'iraq']"})
        EXPECT_THAT(named(name), ElementsAre("warmth[syria -> iraq]")) << name;
    for (const std::string name : {"heat[cell 1]", "heat[1]"}) EXPECT_THAT(named(name), ElementsAre("heat[cell 1]")) << name;
}

TEST(Outcomes, that_are_unknown_are_refused_with_what_there_is) {
    const auto refused = [](const std::string& name) { return refusal([&] { chosen_outcomes(layout(), {name}); }); };
    EXPECT_EQ(refused("fell[syira]"), "'fell' is measured on each state, of which none is called 'syira'\nhelp: did you mean 'syria'?");
    EXPECT_EQ(refused("aid[1999]"), "'aid' is measured on each state, of which none is called '1999'\n"
                                    "help: the rows are syria and iraq; its years are 2020 to 2021, as in aid[2020]");
    EXPECT_EQ(refused("warmth[iraq]"), "'warmth' is measured on each trust, of which none is called 'iraq'\n"
                                       "help: did you mean 'iraq -> syria'?");
    EXPECT_EQ(refused("fel[syria]"), "no measure is called 'fel[syria]'\nhelp: did you mean 'fell'?");
    EXPECT_EQ(refused("all[syria]"), "no measure is called 'all[syria]'\nhelp: did you mean 'all'?");
}

/// Measures with levels: of the world, over the whole run and by year, and by row; one row is called like a level.
Results ladders() {
    return empty_results(compile(scenario_of(R"yaml(
calendar: {start: 2020-12-01, ticks: 3, step: month}
agents:
  state: {fields: {alert: {start: calm, levels: [calm, {name: tense, label: Much tension}, war]}}, members: [syria, calm]}
measures:
  worst: "peak(state[syria].alert)"
  yearly: {value: "last(state[syria].alert)", per: year}
  alert: {value: alert, on: state}
  each_year: {value: last(alert), on: state, per: year}
)yaml")),
                         0, 0);
}

std::vector<std::string> of_ladders(const std::string& name) {
    std::vector<std::string> names;
    for (const Outcome& outcome : chosen_outcomes(ladders(), name.empty() ? std::vector<std::string>() : std::vector<std::string>{name}))
        names.push_back(outcome.name);
    return names;
}

TEST(Outcomes, of_a_measure_with_levels_are_its_levels) {
    EXPECT_THAT(of_ladders(""), ElementsAre("worst[calm]", "worst[tense]", "worst[war]", "yearly[calm]", "yearly[tense]", "yearly[war]"));
    EXPECT_THAT(of_ladders("worst"), ElementsAre("worst[calm]", "worst[tense]", "worst[war]"));
    EXPECT_THAT(of_ladders("worst[tense]"), ElementsAre("worst[tense]"));
    EXPECT_THAT(of_ladders("worst['war']"), ElementsAre("worst[war]"));
    EXPECT_THAT(of_ladders("yearly[2021]"), ElementsAre("yearly[2021][calm]", "yearly[2021][tense]", "yearly[2021][war]"));
    EXPECT_THAT(of_ladders("yearly[2021][tense]"), ElementsAre("yearly[2021][tense]"));
    EXPECT_THAT(of_ladders("yearly[tense]"), ElementsAre("yearly[tense]"));
}

TEST(Outcomes, of_levels_by_row_are_chosen_by_the_row_the_year_the_level_or_all) {
    EXPECT_THAT(of_ladders("alert[syria]"), ElementsAre("alert[syria][calm]", "alert[syria][tense]", "alert[syria][war]"));
    EXPECT_THAT(of_ladders("alert[tense]"), ElementsAre("alert[syria][tense]", "alert[calm][tense]"));
    EXPECT_THAT(of_ladders("alert[syria][tense]"), ElementsAre("alert[syria][tense]"));
    EXPECT_THAT(of_ladders("alert[syria, tense]"), ElementsAre("alert[syria][tense]"));
    EXPECT_THAT(of_ladders("each_year[syria][2021][tense]"), ElementsAre("each_year[syria][2021][tense]"));
    EXPECT_THAT(of_ladders("each_year[2021, tense]"), ElementsAre("each_year[syria][2021][tense]", "each_year[calm][2021][tense]"));
    EXPECT_THAT(of_ladders("each_year[syria, 2021]"),
                ElementsAre("each_year[syria][2021][calm]", "each_year[syria][2021][tense]", "each_year[syria][2021][war]"));
    EXPECT_THAT(of_ladders("alert[calm]"), ElementsAre("alert[calm][calm]", "alert[calm][tense]", "alert[calm][war]"))
        << "a row before a level";
    EXPECT_EQ(refusal([&] { chosen_outcomes(ladders(), {"worst[tens]"}); }),
              "'worst' has no level called 'tens'\nhelp: did you mean 'tense'?");
    EXPECT_EQ(refusal([&] { chosen_outcomes(ladders(), {"yearly[peace at last]"}); }),
              "'yearly' has no level or year called 'peace at last'\nhelp: the levels are calm, tense and war");
}

TEST(Outcomes, of_a_level_are_1_where_it_is_and_are_told_by_its_label) {
    const Outcome tense = chosen_outcomes(ladders(), {"worst[tense]"}).front();
    const double nan = Results::missing;
    EXPECT_THAT(by_rule(tense, ladders().calendar, {0, 1, 2, 1, nan}, {}, 5), ElementsAre(0, 1, 0, 1, testing::IsNan()));
    EXPECT_EQ(tense.told(), "worst[Much tension]");
    EXPECT_EQ(tense.unit, "probability");
    EXPECT_EQ(rule_text(tense, ladders().calendar),
              "1 where it is on the level, 0 where it is on another; the mean is the share of runs on it");
    EXPECT_EQ(name_without_row(ladders(), chosen_outcomes(ladders(), {"each_year[syria, 2021, tense]"}).front()), "each_year[2021][tense]");
}

TEST(Outcomes, that_are_not_told_are_named) {
    const Results results = layout();
    const std::vector<std::string> told = {"all", "fell_came[iraq]", "aid[syria]", "heat[cell 0]"};
    EXPECT_EQ(by_row_text(results, told), "Measured on each row, and told here only when asked for: warmth (2 rows of trust). Ask by --measure warmth for all rows, "
                                          "or --measure 'warmth[syria -> iraq]' for one; the tables have them all.");
    EXPECT_THAT(by_row_text(results, std::vector<std::string>{"fell_years[syria]", "aid[syria]", "warmth[iraq -> syria]", "heat[cell 0]"}), IsEmpty());
}

TEST(Outcomes, are_told_by_labels_where_measures_or_rows_have_them) {
    const Results layout = empty_results(compile(scenario_of(R"yaml(
calendar: {start: 2020-12-01, ticks: 3, step: month}
agents: {state: {fields: {x: 1}, members: {"652": {label: Syria}, iraq: {}}}}
measures:
  fell: {value: "first(state['652'].x > 3)", label: Fall of Damascus}
  aid: {value: total(x), on: state, per: year, label: Aid}
  x: {value: x, on: state}
  all: {value: "sum(s.x for s in state)"}
)yaml")),
                                         0, 0);
    std::vector<std::string> told;
    for (const Outcome& outcome : outcomes(layout)) told.push_back(outcome.told());
    EXPECT_THAT(told, ElementsAre("Fall of Damascus (years)", "Fall of Damascus (came)", "Aid[Syria (652)]", "Aid[iraq]", "Aid[Syria (652)][2020]", "Aid[iraq][2020]",
                                  "Aid[Syria (652)][2021]", "Aid[iraq][2021]", "x[Syria (652)]", "x[iraq]", "all"));
    EXPECT_EQ(outcomes(layout)[0].name, "fell_years");
    EXPECT_EQ(label_of_date(layout, outcomes(layout)[0]), "Fall of Damascus");
}

}  // namespace
}  // namespace entente::test
