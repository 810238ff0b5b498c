#include "reading.hpp"

namespace entente::test {
namespace {

const std::string library = R"(entente: 1
title: The library
about: of states
references: [Jervis 1978]
parameters:
  gain: {value: 1, unit: 1/year, range: [0, 5]}
  loss: 2
agents:
  state:
    fields:
      trust: {start: 0.5, unit: share}
steps:
  - {rule: learn, on: state, do: [trust += gain]}
  - {rule: forget, on: state, do: [trust -= loss]}
measures:
  mean_trust: mean(k.trust for k in state)
timeline: [{tick: 2, set: {"state[russia].trust": 1}}]
variants:
  calm: {parameters: {gain: 0}}
)";

TEST(Use, puts_the_used_file_before_the_one_that_uses_it) {
    const Folder folder;
    folder.write("library/trust.yaml", library).write("world.yaml", R"(entente: 1
title: The world
use: [library/trust.yaml]
calendar: {ticks: 3}
references: [Walt 1987]
parameters: {speed: 3}
agents:
  state:
    about: governments
    fields: {arms: speed}
    members: [russia, afghanistan]
steps:
  - {rule: arm, on: state, do: [arms += trust]}
timeline: [{tick: 1, set: {"state[russia].trust": 0}}]
)");
    const Scenario scenario = read_scenario(folder.path() / "world.yaml").scenario;
    EXPECT_EQ(scenario.title, "The world");
    EXPECT_EQ(scenario.about, "of states");
    EXPECT_EQ(scenario.references, (std::vector<std::string>{"Jervis 1978", "Walt 1987"}));
    EXPECT_EQ(scenario.schema.parameters, (std::vector<std::string>{"gain", "loss", "speed"}));
    EXPECT_EQ(scenario.schema.kinds.at(0).fields, (std::vector<std::string>{"trust", "arms"}));
    EXPECT_EQ(scenario.schema.kinds.at(0).members, (std::vector<std::string>{"russia", "afghanistan"}));
    ASSERT_EQ(scenario.steps.size(), 3u);
    EXPECT_EQ(scenario.steps[2].name, "arm");
    EXPECT_EQ(scenario.timeline.at(0).tick, 1);
    EXPECT_EQ(scenario.timeline.at(1).tick, 2);
    EXPECT_EQ(scenario.sources->path(1), (folder.path() / "library/trust.yaml").string());
}

const std::string world = "entente: 1\nuse: [library.yaml]\ncalendar: {ticks: 3}\nagents: {state: {members: [russia]}}\n";

/// What is said of a world that uses the library and adds `text`.
std::string said_of_world(const std::string& text) {
    const Folder folder;
    return folder.write("library.yaml", library).write("world.yaml", world + text).said_about("world.yaml");
}
Scenario world_with(const std::string& text) {
    const Folder folder;
    folder.write("library.yaml", library).write("world.yaml", world + text);
    return read_scenario(folder.path() / "world.yaml").scenario;
}

TEST(Use, lets_a_later_file_override_and_keeps_the_keys_it_does_not_give) {
    const Scenario scenario =
        world_with("parameters: {gain: {value: 3, override: yes}, loss: {about: now with a reason, override: yes}}\n");
    EXPECT_EQ(scenario.parameters.at(0).value, 3);
    EXPECT_EQ(scenario.parameters.at(0).unit, "1/year");
    EXPECT_EQ(scenario.parameters.at(0).range.high, 5);
    EXPECT_EQ(scenario.parameters.at(1).value, 2);
    EXPECT_EQ(scenario.parameters.at(1).remarks.about, "now with a reason");
}

TEST(Use, lets_a_later_step_take_the_place_of_an_earlier_one) {
    const Scenario scenario = world_with("steps: [{rule: learn, on: state, do: [trust = gain], override: yes}]\n");
    ASSERT_EQ(scenario.steps.size(), 2u);
    EXPECT_EQ(scenario.steps[0].name, "learn");
    EXPECT_EQ(scenario.steps[0].statements.at(0).op, Statement::Op::set);
}

TEST(Use, lets_a_later_variant_take_the_place_of_an_earlier_one) {
    const Scenario scenario = world_with("variants: {calm: {parameters: {loss: 0}, override: yes}}\n");
    EXPECT_EQ(scenario.variants.at(0).parameters.at(0).parameter.value, 1);
}

TEST(Use, refuses_a_name_defined_twice_and_shows_the_first) {
    EXPECT_EQ(said_of_world("parameters: {gain: 3, loss: {value: 3}}\nsteps: [{rule: learn, on: state, do: [trust = 1]}]\nagents: {state: "
                            "{fields: {trust: 1}}}\n"),
              R"(world.yaml:5:14: error: parameter 'gain' is already defined on line 6 of library.yaml
    5 | parameters: {gain: 3, loss: {value: 3}}
      |              ^~~~
help: to change the first, write {value: …, override: yes}

world.yaml:5:23: error: parameter 'loss' is already defined on line 7 of library.yaml
    5 | parameters: {gain: 3, loss: {value: 3}}
      |                       ^~~~
help: to change the first, write `override: yes` beside the new keys

world.yaml:6:16: error: step 'learn' is already defined on line 13 of library.yaml
    6 | steps: [{rule: learn, on: state, do: [trust = 1]}]
      |                ^~~~~
help: to change the first, write `override: yes` beside the new keys

world.yaml:7:1: error: 'agents' occurs twice: first on line 4
    7 | agents: {state: {fields: {trust: 1}}}
      | ^~~~~~
help: keep one of them)");
}

TEST(Use, refuses_to_override_what_is_not_there) {
    EXPECT_EQ(said_of_world("parameters: {gian: {value: 3, override: yes}}\n"),
              R"(world.yaml:5:14: error: there is no parameter 'gian' yet to override
    5 | parameters: {gian: {value: 3, override: yes}}
      |              ^~~~
help: did you mean 'gain'?)");
    EXPECT_EQ(said_of_world("measures: {x: {value: 3, override: maybe}}\n"),
              R"(world.yaml:5:12: error: there is no measure 'x' yet to override
    5 | measures: {x: {value: 3, override: maybe}}
      |            ^
help: remove `override`, or `use` the file that defines it

world.yaml:5:36: error: 'override' must be yes or no, and this is the text 'maybe'
    5 | measures: {x: {value: 3, override: maybe}}
      |                                    ^~~~~)");
}

TEST(Use, tells_a_fault_in_the_file_where_it_stands) {
    const Folder folder;
    folder.write("library.yaml", "entente: 1\nparameters: {a: x}\n")
        .write("world.yaml", "entente: 1\nuse: library.yaml\ncalendar: {ticks: 1}\nparameters: {b: y}\n");
    EXPECT_EQ(folder.said_about("world.yaml"), R"(world.yaml:4:17: error: 'b' must be a number, and this is the text 'y'
    4 | parameters: {b: y}
      |                 ^

library.yaml:2:17: error: 'a' must be a number, and this is the text 'x'
    2 | parameters: {a: x}
      |                 ^)");
}

TEST(Use, reads_a_file_once_however_many_use_it) {
    const Folder folder;
    folder.write("base.yaml", "entente: 1\nparameters: {a: 1}\n")
        .write("left.yaml", "entente: 1\nuse: [base.yaml]\nparameters: {b: 1}\n")
        .write("right.yaml", "entente: 1\nuse: [./base.yaml]\nparameters: {c: 1}\n")
        .write("world.yaml", "entente: 1\nuse: [left.yaml, right.yaml]\ncalendar: {ticks: 1}\nmeasures: {m: a + b + c}\n");
    const Scenario scenario = read_scenario(folder.path() / "world.yaml").scenario;
    EXPECT_EQ(scenario.schema.parameters, (std::vector<std::string>{"a", "b", "c"}));
    EXPECT_EQ(scenario.sources->count(), 4);
}

TEST(Use, refuses_files_that_use_each_other_in_a_circle) {
    const Folder folder;
    folder.write("a.yaml", "entente: 1\nuse: [b.yaml]\n")
        .write("b.yaml", "entente: 1\nuse: [c.yaml]\n")
        .write("c.yaml", "entente: 1\nuse: [b.yaml]\n");
    EXPECT_EQ(folder.said_about("a.yaml"), R"(c.yaml:2:7: error: files use each other in a cycle: b.yaml uses c.yaml uses b.yaml
    2 | use: [b.yaml]
      |       ^~~~~~
help: move what both need into a third file)");
    folder.write("self.yaml", "entente: 1\nuse: [self.yaml]\n");
    EXPECT_EQ(folder.said_about("self.yaml"), R"(self.yaml:2:7: error: files use each other in a cycle: self.yaml uses self.yaml
    2 | use: [self.yaml]
      |       ^~~~~~~~~
help: move what both need into a third file)");
}

TEST(Use, refuses_files_that_are_missing_or_out_of_reach) {
    const Folder outside;
    outside.write("secret.yaml", "entente: 1\n");
    const Folder folder;
    std::filesystem::create_symlink(outside.path() / "secret.yaml", folder.path() / "link.yaml");
    std::filesystem::create_directory(folder.path() / "folder");
    folder.write("library.yaml", library).write("world.yaml", R"(entente: 1
use:
  - librray.yaml
  - nothing/like/it.yaml
  - ../secret.yaml
  - folder/../../secret.yaml
  - /etc/passwd
  - link.yaml
  - folder
  - [list]
)");
    EXPECT_EQ(folder.said_about("world.yaml"), R"(world.yaml:3:5: error: 'librray.yaml' does not exist
    3 |   - librray.yaml
      |     ^~~~~~~~~~~~
help: did you mean 'library.yaml'?

world.yaml:4:5: error: 'nothing/like/it.yaml' does not exist
    4 |   - nothing/like/it.yaml
      |     ^~~~~~~~~~~~~~~~~~~~
help: check the name and the folder

world.yaml:5:5: error: '../secret.yaml' leads out of the scenario's folder
    5 |   - ../secret.yaml
      |     ^~~~~~~~~~~~~~
help: a scenario reads files in its own folder and below: copy it there

world.yaml:6:5: error: 'folder/../../secret.yaml' leads out of the scenario's folder
    6 |   - folder/../../secret.yaml
      |     ^~~~~~~~~~~~~~~~~~~~~~~~
help: a scenario reads files in its own folder and below: copy it there

world.yaml:7:5: error: '/etc/passwd' is an absolute path
    7 |   - /etc/passwd
      |     ^~~~~~~~~~~
help: name a file relative to the folder of this one

world.yaml:8:5: error: 'link.yaml' leads out of the scenario's folder
    8 |   - link.yaml
      |     ^~~~~~~~~
help: a scenario reads files in its own folder and below: copy it there

world.yaml:9:5: error: 'folder' is a folder
    9 |   - folder
      |     ^~~~~~
help: name a file

world.yaml:10:5: error: 'use' must be a text, and this is a list
   10 |   - [list]
      |     ^
help: put it in quotes)");
}

TEST(Use, refuses_a_file_that_is_too_large) {
    const Folder folder;
    folder.write("large.yaml", "# " + std::string(16 << 20, 'x')).write("world.yaml", "entente: 1\nuse: [large.yaml]\n");
    EXPECT_EQ(folder.said_about("world.yaml"), R"(world.yaml:2:7: error: 'large.yaml' is larger than 16 MiB
    2 | use: [large.yaml]
      |       ^~~~~~~~~~
help: put large data into tables, and split large tables)");
}

}  // namespace
}  // namespace entente::test
