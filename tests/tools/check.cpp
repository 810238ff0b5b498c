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
    EXPECT_EQ(json::parse(noted.out), json::parse(R"({"verdict": "fine", "contents": "2 states, 1 border, 0 steps, 0 parameters, 1 measure, 3 ticks", "problems": [
        {"severity": "note", "file": "noted.yaml", "line": 8, "column": 35,
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
}

}  // namespace

}  // namespace entente
