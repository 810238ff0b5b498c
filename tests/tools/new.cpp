// `entente new`: a first scenario, and `entente reference WORD`.
#include <fstream>

#include "command.hpp"

namespace entente {

namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class New : public Command {};

TEST_F(New, writes_a_scenario_that_checks_and_runs_without_a_warning) {
    const Outcome made = entente("new");
    EXPECT_EQ(made.code, 0);
    EXPECT_THAT(made.out, AllOf(StartsWith("Wrote my.yaml: two states, what they hold toward each other, two events, a variant and four measures\nNext:\n"), HasSubstr("\n  entente check my.yaml ")));
    const Outcome checked = entente("check my.yaml");
    EXPECT_EQ(checked.code, 0);
    EXPECT_EQ(checked.err, "");
    EXPECT_EQ(checked.out, "my.yaml is fine: 2 states, 2 relations, 3 steps, 5 parameters, 4 measures, 1 variant, 60 ticks\n");
    const Outcome ran = entente("run my.yaml --json --no-report --out results");
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(ran.err, "");
    const json treaty = json::parse(ran.out)["measures"]["treaty"];
    EXPECT_GT(treaty["share"].get<double>(), 0.5);
    EXPECT_LT(treaty["share"].get<double>(), 0.9);
}

TEST_F(New, names_next_commands_that_work_as_they_stand) {
    std::istringstream lines(entente("new 'my first.yaml'").out);
    int tried = 0;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("  entente ") || line.find("WORD") != std::string::npos) continue;
        const std::string command = line.substr(2, line.find("  ", 2) - 2);
        const std::string more = command.starts_with("entente sweep") || command.starts_with("entente compare") ? " --replicates 5 --quiet" : "";
        EXPECT_EQ(shell(command + more).code, 0) << command;
        ++tried;
    }
    EXPECT_EQ(tried, 5);
}

TEST_F(New, leaves_a_file_that_is_there_as_it_is) {
    std::ofstream(scratch_.path() / "mine.yaml") << "mine";
    const Outcome made = entente("new mine.yaml");
    EXPECT_EQ(made.code, 2);
    EXPECT_EQ(made.err, "error: 'mine.yaml' is there already, and is left as it is\nhelp: name a new file: entente new another.yaml\n");
    EXPECT_EQ(file("mine.yaml"), "mine");
    EXPECT_EQ(entente("new nowhere/my.yaml").err, "error: the folder of 'nowhere/my.yaml' does not exist\nhelp: make it first: mkdir -p nowhere\n");
    EXPECT_EQ(entente("new ''").err, "error: the file has no name\nhelp: entente new my.yaml\n");
    EXPECT_THAT(entente("new .").err, StartsWith("error: '.' is there already"));
}

TEST_F(New, takes_a_title_and_writes_a_schema) {
    EXPECT_EQ(entente("new titled.yaml --title 'A \"hot\" border: 1\\2' --schema").code, 0);
    EXPECT_THAT(file("titled.yaml"), StartsWith("# yaml-language-server: $schema=entente.schema.json\nentente: 1\ntitle: \"A \\\"hot\\\" border: 1\\\\2\"\nabout: "));
    EXPECT_EQ(json::parse(entente("describe titled.yaml --json").out)["title"], "A \"hot\" border: 1\\2");
    EXPECT_EQ(file("entente.schema.json"), entente("reference --format json-schema").out);
    EXPECT_EQ(entente("new second.yaml --schema").code, 0) << "a schema that is there stays";
    EXPECT_THAT(entente("new -").out, StartsWith("entente: 1\ntitle: Two neighbours\n"));
}

TEST_F(New, words_are_looked_up_in_the_reference) {
    EXPECT_THAT(entente("reference topology_seed").out, StartsWith("## One of `links`\n\n| key | value | meaning |\n"));
    EXPECT_THAT(entente("reference kt").out, StartsWith("As a unit, `kt` is 1e+06 kg.\n"));
    EXPECT_THAT(entente("reference formats").out, StartsWith("# Files that Entente writes\n"));
    EXPECT_EQ(entente("reference topology_sead").err, "error: the reference says nothing of 'topology_sead'\nhelp: did you mean 'topology_seed'?\n");
    EXPECT_EQ(entente("reference --format jsn").err, "error: the reference has no format 'jsn'\nhelp: did you mean 'json'?\n");
    EXPECT_EQ(entente("reference units --format json-schema").err, "error: a JSON Schema is of whole scenarios\nhelp: drop 'units'\n");
    EXPECT_EQ(entente("reference --format json").err, "error: only the reference of formats is there as JSON\nhelp: write entente reference formats --format json\n");
}

}  // namespace

}  // namespace entente
