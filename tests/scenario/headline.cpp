#include <entente/scenario/headline.hpp>

#include <gmock/gmock.h>

#include "reading.hpp"

namespace entente::test {
namespace {

const std::string measured = states + R"yaml(measures:
  arms: "state[russia].arms"
  each: {value: trust, on: state}
  yearly: {value: "total(state[russia].arms)", per: year}
  armed: first(state[russia].arms > 5)
  often: {value: first(trust > 0.9), on: state}
)yaml";

std::vector<std::string> headline(const std::string& more) {
    const Scenario scenario = read(measured + more);
    std::vector<std::string> names;
    for (const std::size_t number : headline_of(scenario)) names.push_back(scenario.measures.at(number).name);
    return names;
}

TEST(Headline, is_what_the_scenario_names_in_its_order) {
    EXPECT_THAT(headline("headline: [yearly, often, arms]\n"), testing::ElementsAre("yearly", "often", "arms"));
    EXPECT_THAT(headline("headline: each\n"), testing::ElementsAre("each"));
}

TEST(Headline, is_of_dates_first_and_then_in_the_order_of_the_measures_where_none_is_named) {
    EXPECT_THAT(headline(""), testing::ElementsAre("armed", "arms"));
}

TEST(Headline, is_of_rows_where_nothing_else_is_measured) {
    const Scenario scenario = read(states + "measures: {each: {value: trust, on: state}, often: {value: first(trust > 0.9), on: state}}\n");
    EXPECT_THAT(headline_of(scenario), testing::ElementsAre(1u, 0u)) << "dates first, here too";
    EXPECT_THAT(headline_of(read(states)), testing::IsEmpty());
}

TEST(Headline, of_a_file_that_uses_another_is_its_own) {
    const Folder folder;
    folder.write("base.yaml", measured + "headline: [yearly, arms]\n");
    folder.write("plain.yaml", "entente: 1\nuse: base.yaml\n");
    folder.write("other.yaml", "entente: 1\nuse: base.yaml\nheadline: armed\n");
    EXPECT_THAT(read_scenario(folder.path() / "plain.yaml").scenario.headline, testing::ElementsAre("yearly", "arms"));
    EXPECT_THAT(read_scenario(folder.path() / "other.yaml").scenario.headline, testing::ElementsAre("armed"));
}

TEST(Headline, stands_in_the_resolved_scenario) {
    EXPECT_THAT(resolved_json(read(measured + "headline: [yearly, arms]\n")), testing::HasSubstr("\"headline\": [\n    \"yearly\",\n    \"arms\"\n  ]"));
    EXPECT_THAT(resolved_json(read(measured)), testing::Not(testing::HasSubstr("headline")));
}

const std::string two = bare + "agents: {a: {count: 1, fields: {x: 1, y: 2}}}\nmeasures: {most: mean(s.x for s in a), least: mean(s.y for s in a)}\n";

const Fault faults[] = {
    {"a_headline_of_no_measure", two, R"(
headline: [most, lest]
)",
     R"(
world.yaml:5:18: error: no measure is called 'lest'
    5 | headline: [most, lest]
      |                  ^~~~
help: did you mean 'least'?)"},
    {"a_headline_that_names_one_twice", two, R"(
headline: [most, most]
)",
     R"(
world.yaml:5:18: error: the headline names 'most' twice
    5 | headline: [most, most]
      |                  ^~~~
help: keep one of them)"},
    {"a_headline_of_nothing", two, R"(
headline: []
)",
     R"(
world.yaml:5:11: error: the headline names no measure
    5 | headline: []
      |           ^
help: name one, or leave `headline` out)"},
    {"a_headline_that_is_a_mapping", two, R"(
headline: {most: 1}
)",
     R"(
world.yaml:5:11: error: 'headline' must be a measure, or a list of them, and this is a mapping
    5 | headline: {most: 1}
      |           ^
help: write headline: [recognised, moscow_trust])"},
    {"a_headline_without_measures", bare, R"(
headline: most
)",
     R"(
world.yaml:3:11: error: no measure is called 'most'
    3 | headline: most
      |           ^~~~
help: the scenario has no `measures`)"},
    {"a_headline_of_too_many", two, R"(
headline: [a, b, c, d, e, f]
)",
     R"(
world.yaml:5:11: error: the headline names 6 measures, more than 5
    5 | headline: [a, b, c, d, e, f]
      |           ^
help: keep those that answer the question)"},
};
ENTENTE_TELLS(Headline, faults);

}  // namespace
}  // namespace entente::test
