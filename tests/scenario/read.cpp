// Tests: files, reader, scenario, starts, values.
#include <random>

#include <nlohmann/json.hpp>

#include "reading.hpp"

namespace entente::test {
namespace {

const std::string rivals = R"yaml(entente: 1
title: Two rivals arm
about: Richardson (1960), Arms and Insecurity, ch. 2
calendar: {start: 1909-01-01, end: 1913-12-31, step: month}
runs: 1

parameters:
  reaction: {value: 0.9, unit: 1/year, range: [0, 3], about: answer to the rival's stock}
  fatigue:  {value: 1.2, unit: 1/year, range: [0, 3], about: weight of the cost}

agents:
  bloc:
    fields:
      arms:      {start: 100, unit: million GBP, range: [0, inf], about: yearly outlay}
      grievance: {start: 5, unit: million GBP/year}
    members:
      entente:  {arms: 110}
      alliance: {arms: 85, grievance: 9}

links:
  rivalry:
    source: bloc
    target: bloc
    members:
      - entente -> alliance
      - alliance -> entente

steps:
  - rule: each arms against its rival
    on: bloc
    do:
      - arms += dt * (reaction * sum(r.target.arms for r in rivalry.out(self)) - fatigue * arms + grievance)

measures:
  entente_arms: {value: "bloc[entente].arms", unit: million GBP}
  crossing:     {value: "first(bloc[alliance].arms > bloc[entente].arms)", about: date the alliance overtakes}
)yaml";

TEST(Reading, gives_the_two_rivals_as_they_are_written) {
    const ReadScenario read = read_scenario_text(rivals, "rivals.yaml", "/nonexistent");
    EXPECT_TRUE(read.warnings.empty());
    const Scenario& scenario = read.scenario;
    EXPECT_EQ(scenario.path, "rivals.yaml");
    EXPECT_EQ(scenario.title, "Two rivals arm");
    EXPECT_EQ(scenario.about, "Richardson (1960), Arms and Insecurity, ch. 2");
    EXPECT_EQ(scenario.runs, 1);
    EXPECT_EQ(scenario.calendar.ticks(), 60);
    EXPECT_EQ(iso(scenario.calendar.start()), "1909-01-01");
    EXPECT_EQ(scenario.calendar.dt(), 1.0 / 12);

    ASSERT_EQ(scenario.parameters.size(), 2u);
    EXPECT_EQ(scenario.parameters[0].name, "reaction");
    EXPECT_EQ(scenario.parameters[0].value, 0.9);
    EXPECT_EQ(scenario.parameters[0].unit, "1/year");
    EXPECT_EQ(scenario.parameters[0].range.high, 3);
    EXPECT_EQ(scenario.parameters[0].remarks.about, "answer to the rival's stock");
    EXPECT_EQ(scenario.parameters[1].value, 1.2);

    ASSERT_EQ(scenario.agents.size(), 1u);
    const AgentKind& bloc = scenario.agents[0];
    EXPECT_EQ(bloc.name, "bloc");
    ASSERT_EQ(bloc.fields.size(), 2u);
    EXPECT_EQ(bloc.fields[0].name, "arms");
    EXPECT_EQ(bloc.fields[0].start.tree->number, 100);
    EXPECT_EQ(bloc.fields[0].unit, "million GBP");
    EXPECT_EQ(bloc.fields[0].range.low, 0);
    EXPECT_EQ(bloc.fields[1].unit, "million GBP/year");
    EXPECT_FALSE(bloc.fields[1].range.is_bounded());
    ASSERT_EQ(bloc.members.size(), 2u);
    EXPECT_EQ(bloc.members[0].name, "entente");
    EXPECT_EQ(bloc.members[0].starts.at(0).value.tree->number, 110);
    EXPECT_EQ(bloc.members[1].starts.at(1).field, FieldId{1});
    EXPECT_EQ(bloc.members[1].starts.at(1).value.tree->number, 9);

    ASSERT_EQ(scenario.links.size(), 1u);
    EXPECT_EQ(scenario.links[0].name, "rivalry");
    EXPECT_EQ(scenario.links[0].source, KindId{0});
    ASSERT_EQ(scenario.links[0].members.size(), 2u);
    EXPECT_EQ(scenario.links[0].members[1].source, 1);
    EXPECT_EQ(scenario.links[0].members[1].target, 0);

    ASSERT_EQ(scenario.steps.size(), 1u);
    const Step& step = scenario.steps[0];
    EXPECT_EQ(step.form, Step::Form::rule);
    EXPECT_EQ(step.name, "each arms against its rival");
    EXPECT_EQ(step.on, KindId{0});
    ASSERT_EQ(step.statements.size(), 1u);
    EXPECT_EQ(step.statements[0].op, Statement::Op::add);
    EXPECT_EQ(step.statements[0].field, FieldId{0});
    EXPECT_EQ(step.statements[0].value.tree->function, Function::multiply);
    EXPECT_EQ(step.statements[0].value.tree->args[0]->clock, Clock::dt);

    ASSERT_EQ(scenario.measures.size(), 2u);
    EXPECT_EQ(scenario.measures[0].name, "entente_arms");
    EXPECT_EQ(scenario.measures[0].unit, "million GBP");
    EXPECT_EQ(scenario.measures[0].value.tree->row->member, MemberId{0});
    EXPECT_EQ(scenario.measures[1].value.tree->over_time, OverTime::first);
    EXPECT_EQ(scenario.measures[1].remarks.about, "date the alliance overtakes");
    EXPECT_TRUE(scenario.timeline.empty());
    EXPECT_TRUE(scenario.variants.empty());
}

TEST(Reading, tells_all_problems_of_a_file_in_their_order) {
    EXPECT_EQ(said_about(R"(entente: 1
calendar: {start: 2021-08-15, end: 2025-12-31, step: wek}
parameters: {gain: much}
agents:
  state:
    fields: {trust: {start: 3, range: [0, 1]}}
    members: [russia]
steps:
  - rule: forget
    on: state
    do: [turst -= gian]
)"),
              R"(world.yaml:2:54: error: 'step' must be a length of time, and this is the text 'wek'
    2 | calendar: {start: 2021-08-15, end: 2025-12-31, step: wek}
      |                                                      ^~~
help: write day, week, month, quarter, year, 3.5 days, 2 weeks, …

world.yaml:3:20: error: 'gain' must be a number, and this is the text 'much'
    3 | parameters: {gain: much}
      |                    ^~~~

world.yaml:6:29: error: the start 3 of 'trust' is outside its range [0, 1]
    6 |     fields: {trust: {start: 3, range: [0, 1]}}
      |                             ^
help: change the value or widen the range

world.yaml:11:10: error: 'state' has no field called 'turst'
   11 |     do: [turst -= gian]
      |          ^~~~~
help: did you mean 'trust'?

world.yaml:11:19: error: no parameter or field is called 'gian'
   11 |     do: [turst -= gian]
      |                   ^~~~
help: did you mean 'gain'?)");
}

TEST(Reading, gives_the_problems_as_facts_too) {
    try {
        read(bare + "parameters: {gain: much}\n");
        FAIL();
    } catch (const ScenarioError& error) {
        ASSERT_EQ(error.problems().size(), 1u);
        EXPECT_EQ(error.problems()[0].place.line, 3);
        EXPECT_EQ(error.problems()[0].place.column, 20);
        EXPECT_EQ(error.problems()[0].severity, Severity::error);
        EXPECT_EQ(error.code(), ExitCode::usage);
    }
}

TEST(Reading, of_a_file_that_is_missing_suggests_the_one_that_was_meant) {
    const Folder folder;
    folder.write("kabul.yaml", bare);
    try {
        read_scenario(folder.path() / "kabull.yaml");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.what(), "'" + (folder.path() / "kabull.yaml").string() + "' does not exist");
        EXPECT_EQ(error.help(), "did you mean 'kabul.yaml'?");
        EXPECT_EQ(error.code(), ExitCode::usage);
    }
    EXPECT_EQ(folder.said_about("nowhere/to/be/found.yaml"), "'nowhere/to/be/found.yaml' does not exist");
    EXPECT_EQ(folder.said_about("."), "'.' is a folder");
    EXPECT_EQ(folder.write("large.yaml", std::string((16 << 20) + 1, '#')).said_about("large.yaml"), "'large.yaml' is larger than 16 MiB");
}

TEST(Reading, hashes_the_bytes_of_every_file) {
    const Folder folder;
    folder.write("states.csv", "name\nrussia\n").write("world.yaml", bare + "agents: {state: {table: states.csv}}\n");
    const auto hash = [&] { return read_scenario(folder.path() / "world.yaml").scenario.hash; };
    const std::string first = hash();
    EXPECT_EQ(first.size(), 32u);
    EXPECT_EQ(hash(), first);
    folder.write("states.csv", "name\nrussia \n");
    EXPECT_NE(hash(), first);
}

/// A scenario with something in every section.
const std::string whole = R"(entente: 1
title: One
about: Two
authors: [me]
references: [Walt 1987]
calendar: {start: 2021-08-15, ticks: 10, step: week}
runs: 7
parameters:
  gain: {value: 0.5, unit: 1/year, range: [0, inf], prior: 'uniform(0, 1)', about: a, source: b}
agents:
  state:
    fields: {trust: {start: gain, unit: share, range: [0, 1]}}
    derived: {doubt: {value: 1 - trust, unit: share}}
    members: {russia: {trust: 0.1}, afghanistan: }
  town: {count: 6}
links:
  relation: {source: state, target: state, fields: {goodwill: 1}, pattern: complete, members: [russia -> afghanistan: {goodwill: 2}]}
  grid: {source: town, target: town, pattern: {grid: {width: 3, height: 2}}}
  ring: {source: town, target: town, pattern: {small_world: {k: 2, p: 0.5}}, topology_seed: 3}
steps:
  - {rule: forget, on: state, where: trust > 0, let: {x: trust}, do: [trust -= x]}
  - {event: visit, on: relation, choice: goodwill, temperature: 2, outside: 1, do: [goodwill += 1], code: {cameo: "042", goldstein: 1.9}}
timeline: [{date: 2021-08-20, event: visit, on: russia -> afghanistan, about: c}, {tick: 2, set: {"state[russia].trust": 1}}]
variants:
  calm: {about: d, parameters: {gain: 0}, agents: {state: {fields: {trust: 0}, members: {russia: {trust: 1}}}}, timeline: [{tick: 1, set: {"state[russia].trust": 0}}]}
measures:
  m: {value: 'total(visit[russia, afghanistan])', unit: visits, per: year}
  n: {value: doubt, on: state}
observed: {m: {value: 3, sd: 1, per: year, source: e}}
)";

/// `text` with a few random pieces taken out, doubled or replaced by signs that mean something to YAML or to expressions.
std::string damaged(std::string text, std::mt19937& random) {
    static const std::string signs = "[]{}:,'\"|>&*!%@#?-+=<>().\\ \n\t0x9~\xC3\xFF";
    const auto below = [&](std::size_t limit) { return random() % limit; };
    for (std::size_t edits = 1 + below(3); edits > 0; --edits) {
        const std::size_t at = below(text.size());
        const std::size_t size = 1 + below(below(10) == 0 ? 200 : 8);
        switch (below(3)) {
            case 0:
                text.erase(at, size);
                break;
            case 1:
                text.insert(below(text.size()), text.substr(at, size));
                break;
            default:
                text[at] = signs[below(signs.size())];
        }
    }
    return text;
}

TEST(Reading, of_a_damaged_scenario_ends_in_a_scenario_or_in_errors_with_their_places) {
    std::mt19937 random(20210815);
    int read_well = 0;
    for (int i = 0; i < 2000; ++i) {
        const std::string text = damaged(whole, random);
        try {
            const ReadScenario read = read_scenario_text(text, "world.yaml", "/nonexistent");
            EXPECT_FALSE(resolved_json(read.scenario).empty());
            ++read_well;
        } catch (const ScenarioError& error) {
            ASSERT_FALSE(error.problems().empty()) << text;
            for (const Problem& problem : error.problems()) {
                EXPECT_FALSE(problem.what.empty()) << text;
                EXPECT_EQ(problem.place.file, 0) << problem.what << "\n" << text;
            }
        }
    }
    EXPECT_GT(read_well, 0);
}

TEST(ResolvedJson, holds_every_part_of_a_scenario) {
    const Scenario scenario = read(whole);
    const auto json = nlohmann::json::parse(resolved_json(scenario));
    EXPECT_EQ(json["calendar"], (nlohmann::json{{"start", "2021-08-15"}, {"ticks", 10}, {"step", "week"}}));
    EXPECT_EQ(json["runs"], 7);
    EXPECT_EQ(json["authors"][0], "me");
    EXPECT_EQ(
        json["parameters"]["gain"],
        nlohmann::json::parse(
            R"({"value": 0.5, "unit": "1/year", "range": [0.0, "inf"], "prior": {"form": "uniform", "arguments": [0.0, 1.0]}, "about": "a", "source": "b"})"));
    EXPECT_EQ(json["agents"]["state"], nlohmann::json::parse(R"({
        "fields": {"trust": {"start": "gain", "unit": "share", "range": [0.0, 1.0]}},
        "derived": {"doubt": {"value": "1 - trust", "unit": "share"}},
        "members": {"russia": {"trust": "0.1"}, "afghanistan": {}}})"));
    EXPECT_EQ(json["agents"]["town"]["count"], 6);
    EXPECT_EQ(json["links"]["relation"], nlohmann::json::parse(R"({
        "source": "state", "target": "state", "fields": {"goodwill": {"start": "1"}}, "pattern": {"form": "complete"},
        "members": {"russia -> afghanistan": {"goodwill": "2"}}})"));
    EXPECT_EQ(json["links"]["grid"]["pattern"],
              nlohmann::json::parse(R"({"form": "grid", "width": 3, "height": 2, "torus": false, "neighbours": 4, "topology_seed": 0})"));
    EXPECT_EQ(json["links"]["ring"]["pattern"], nlohmann::json::parse(R"({"form": "small_world", "k": 2, "p": 0.5, "topology_seed": 3})"));
    EXPECT_EQ(json["steps"], nlohmann::json::parse(R"([
        {"rule": "forget", "on": "state", "where": "trust > 0", "let": {"x": "trust"}, "do": ["trust -= x"]},
        {"event": "visit", "on": "relation", "choice": "goodwill", "temperature": "2", "outside": "1", "do": ["goodwill += 1"],
         "code": {"cameo": "042", "goldstein": 1.9}}])"));
    EXPECT_EQ(json["timeline"], nlohmann::json::parse(R"([
        {"date": "2021-08-20", "tick": 0, "event": "visit", "on": "russia -> afghanistan", "about": "c"},
        {"tick": 2, "set": {"state[russia].trust": "1"}}])"));
    EXPECT_EQ(json["variants"]["calm"], nlohmann::json::parse(R"({"about": "d", "parameters": {"gain": 0.0},
        "agents": {"state": {"fields": {"trust": "0"}, "members": {"russia": {"trust": "1"}}}},
        "timeline": [{"tick": 1, "set": {"state[russia].trust": "0"}}]})"));
    EXPECT_EQ(json["measures"]["m"], (nlohmann::json{{"value", "total(visit[russia, afghanistan])"}, {"unit", "visits"}, {"per", "year"}}));
    EXPECT_EQ(json["measures"]["n"]["on"], "state");
    EXPECT_EQ(json["observed"]["m"], (nlohmann::json{{"value", 3.0}, {"sd", 1.0}, {"per", "year"}, {"source", "e"}}));
}

TEST(ResolvedJson, names_a_table_and_the_members_beside_it) {
    const Folder folder;
    folder.write("states.csv", "name,arms\nrussia,1\nafghanistan,2\n")
        .write("roads.csv", "source,target\nrussia,afghanistan\n")
        .write("r.csv", "year,value\n2021,2.5\n");
    const Scenario scenario = read(bare + R"(
agents: {state: {fields: {arms: 1}, table: states.csv, members: {russia: {arms: 3}, tajikistan: }}}
links: {road: {source: state, target: state, table: roads.csv}}
measures: {a: "state[russia].arms", b: 'first(state[russia].arms > 2)'}
observed: {a: {table: r.csv}, b: 2025-07-03}
)",
                                   folder.path());
    const auto json = nlohmann::json::parse(resolved_json(scenario));
    EXPECT_EQ(json["agents"]["state"]["table"], "states.csv");
    EXPECT_EQ(json["agents"]["state"]["members"], nlohmann::json::parse(R"({"russia": {"arms": "3"}, "tajikistan": {}})"));
    EXPECT_EQ(json["links"]["road"]["table"], "roads.csv");
    EXPECT_EQ(json["observed"], nlohmann::json::parse(R"({"a": {"series": [["2021-01-01", 2.5]]}, "b": {"date": "2025-07-03"}})"));
}

}  // namespace
}  // namespace entente::test
