// `entente check`: notes, which are no warnings, and everything as JSON.
#include <fstream>

#include "command.hpp"

namespace entente {

namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Check : public Command {
protected:
    void write(const std::string& name, const std::string& text) const { std::ofstream(scratch_.path() / name) << text; }
    void SetUp() override {
        write("b.csv", "source,target\na,b\na,c\nd,b\n");
        write("noted.yaml", "entente: 1\ncalendar: {ticks: 3}\nagents: {state: {fields: {arms: 1}, members: [a, b]}}\nlinks:\n  border:\n    source: state\n    target: state\n"
                            "    table: {file: b.csv, unknown: skip}\nmeasures: {m: 'sum(s.arms for s in state)'}\n");
    }
};

TEST_F(Check, tells_notes_and_finds_the_scenario_fine) {
    const Outcome noted = entente("check noted.yaml");
    EXPECT_EQ(noted.code, 0);
    EXPECT_EQ(noted.out, "noted.yaml is fine: 2 states, 1 border, 0 steps, 0 parameters, 1 measure, 3 ticks\n");
    EXPECT_THAT(noted.err, StartsWith("noted.yaml:8:35: note: 2 of 3 rows of 'b.csv' are left out, the first on line 3: no member of 'state' is called 'c'\n"));
    const Outcome ran = entente("run noted.yaml --runs 1");
    EXPECT_EQ(ran.code, 0);
    EXPECT_THAT(ran.err, HasSubstr("note: 2 of 3 rows of 'b.csv'"));
}

TEST_F(Check, prints_json_with_notes_warnings_and_errors) {
    const Outcome noted = entente("check noted.yaml --json");
    EXPECT_EQ(noted.code, 0);
    EXPECT_EQ(noted.err, "");
    EXPECT_EQ(json::parse(noted.out), json::parse(R"({"format": "entente-problems/1", "verdict": "fine", "contents": "2 states, 1 border, 0 steps, 0 parameters, 1 measure, 3 ticks", "problems": [
        {"severity": "note", "file": "noted.yaml", "line": 8, "column": 35, "length": 4,
         "what": "2 of 3 rows of 'b.csv' are left out, the first on line 3: no member of 'state' is called 'c'"}]})"));
    const Outcome warned = entente("check warned.yaml --json");
    EXPECT_EQ(warned.code, 1);
    const json warning = json::parse(warned.out);
    EXPECT_EQ(warning["verdict"], "warnings");
    EXPECT_EQ(warning["problems"][0]["severity"], "warning");
    EXPECT_EQ(warning["problems"][0]["help"], "use it, or remove it");
    const Outcome broken = entente("check broken.yaml --json");
    EXPECT_EQ(broken.code, 2);
    EXPECT_EQ(broken.err, "");
    const json errors = json::parse(broken.out);
    EXPECT_EQ(errors["verdict"], "errors");
    EXPECT_FALSE(errors.contains("contents"));
    EXPECT_EQ(errors["problems"][0]["severity"], "error");
    EXPECT_EQ(errors["problems"][0]["file"], "broken.yaml");
    EXPECT_EQ(errors["problems"][0]["line"], 6);
    const Outcome missing = entente("check nowhere.yaml --json");
    EXPECT_EQ(missing.code, 2);
    EXPECT_THAT(missing.err, StartsWith("error: 'nowhere.yaml' does not exist\n"));
    EXPECT_EQ(json::parse(missing.out), json::parse(R"({"format": "entente-problems/1", "verdict": "errors", "exit_code": 2, "problems": [
        {"severity": "error", "line": 0, "column": 0, "length": 0, "what": "'nowhere.yaml' does not exist", "help": "check the name and the folder"}]})"));
}

TEST_F(Check, gives_errors_of_every_command_in_its_own_form_where_json_is_asked_for) {
    const json broken = json::parse(entente("check broken.yaml --json").out);
    for (const auto* command : {"run broken.yaml", "sweep broken.yaml --vary drift=0:1:2", "sensitivity broken.yaml --vary drift=0:1", "compare broken.yaml --with drift=1",
                                "score broken.yaml", "calibrate broken.yaml", "condition broken.yaml --until 2021-01-01", "describe broken.yaml", "explain broken.yaml"}) {
        const Outcome outcome = entente(command + std::string(" --json"));
        EXPECT_EQ(outcome.code, 2) << command;
        EXPECT_EQ(json::parse(outcome.out), broken) << command;
        EXPECT_THAT(outcome.err, StartsWith("broken.yaml:6:22: error: a parameter has no key 'rnage'\n")) << command;
    }
    const auto told = [&](const std::string& command) {
        const Outcome outcome = entente(command);
        EXPECT_EQ(outcome.code, 2) << command;
        const json problems = json::parse(outcome.out);
        EXPECT_EQ(problems["verdict"], "errors") << command;
        EXPECT_EQ(problems["exit_code"], 2) << command;
        EXPECT_EQ(problems["problems"].size(), 1U) << command;
        const json& only = problems["problems"][0];
        const std::string help = only.contains("help") ? "help: " + only["help"].get<std::string>() + "\n" : "";
        EXPECT_EQ(outcome.err, "error: " + only["what"].get<std::string>() + "\n" + help) << command;
        return only["what"].get<std::string>();
    };
    EXPECT_EQ(told("run nowhere.yaml --json"), "'nowhere.yaml' does not exist");
    EXPECT_EQ(told("score nowhere.yaml --json"), "'nowhere.yaml' does not exist");
    EXPECT_EQ(told("run walk.yaml --runs many --json"), "--runs takes a whole number of at least 1, not 'many'");
    EXPECT_EQ(told("run walk.yaml --rnus 3 --json"), "'entente run' takes no option '--rnus'");
    EXPECT_EQ(told("sweep walk.yaml --json"), "nothing to vary");
    EXPECT_EQ(told("sweep walk.yaml --vary drfit=0:1:2 --json"), "no parameter is called 'drfit'");
    EXPECT_EQ(told("calibrate walk.yaml --particles few --json"), "--particles takes a whole number of at least 2, not 'few'");
    EXPECT_EQ(told("rnu walk.yaml --json"), "there is no command 'rnu'");
}

TEST_F(Check, prints_one_object_where_results_and_an_error_come) {
    const Outcome full = entente("run walk.yaml --runs 3 --json --out /dev/null/nowhere");
    EXPECT_EQ(full.code, 2);
    EXPECT_EQ(json::parse(full.out)["format"], "entente-problems/1");
    const Outcome failed = entente("run fails.yaml --runs 3 --json --out failed");
    EXPECT_EQ(failed.code, 3);
    EXPECT_EQ(json::parse(failed.out)["format"], "entente-run-summary/1") << "runs that fail are part of the results";
}

}  // namespace

}  // namespace entente
