// Tests: output/story_json.
#include <sstream>
#include <string>
#include <vector>

#include "command.hpp"

namespace entente {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// What events.csv has of a run.
std::vector<std::string> lines_of_run(const std::string& table, int run) {
    std::vector<std::string> lines;
    std::istringstream text(table);
    for (std::string line; std::getline(text, line);)
        if (line.starts_with(std::to_string(run) + ',')) lines.push_back(line);
    return lines;
}

TEST_F(Command, tells_what_happened_in_a_run) {
    const Outcome told = entente("run walk.yaml --replay 17");
    EXPECT_EQ(told.code, 0) << told.err;
    EXPECT_EQ(told.err, "");
    EXPECT_THAT(told.out, StartsWith("Two powers drift\n2020-01-01 to 2021-12-31, 24 months · seed 1\n\nRun 17\n\n"
                                     "date        who             what   cause     chance in a month\n"));
    EXPECT_THAT(told.out, HasSubstr("2020-03-01  north -> south  visit  timeline\n"));
    EXPECT_THAT(told.out, testing::ContainsRegex("  visit  drawn +[0-9]+ %\n"));
    EXPECT_THAT(told.out, HasSubstr("\nOver time"));
    EXPECT_FALSE(fs::exists(scratch_.path() / "results")) << "nothing is saved";
}

TEST_F(Command, tells_of_a_run_the_events_and_values_that_it_has_among_all) {
    ASSERT_EQ(entente("run walk.yaml --events --out all").code, 0);
    const json told = json::parse(entente("run walk.yaml --replay 17 --replay 3 --json").out);
    EXPECT_EQ(told["format"], "entente-replay/1");
    ASSERT_EQ(told["replay"].size(), 2U);
    for (const json& run : told["replay"]) {
        const int number = run["run"];
        const auto lines = lines_of_run(file("all/events.csv"), number);
        ASSERT_EQ(run["events"].size(), lines.size());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const json& event = run["events"][i];
            EXPECT_THAT(lines[i], StartsWith(std::to_string(number) + ',' + event["tick"].dump() + ',' + event["date"].get<std::string>() + ',' +
                                             event["event"].get<std::string>() + ',' + event["on"].get<std::string>() + ','));
            EXPECT_THAT(lines[i], HasSubstr(',' + event["cause"].get<std::string>() + ','));
            const std::string chance = lines[i].substr(lines[i].rfind(',') + 1);
            if (event["chance"].is_null())
                EXPECT_EQ(chance, "");
            else
                EXPECT_EQ(std::stod(chance), event["chance"].get<double>());
        }
        const std::string alone = "run walk.yaml --first-run " + std::to_string(number) + " --runs 1 --no-report --json --out alone" + std::to_string(number);
        const json one = json::parse(entente(alone).out);
        EXPECT_EQ(run["digest"], one["digest"]);
        EXPECT_EQ(run["measures"]["north"]["course"], one["measures"]["north"]["time"]["mean"]);
        EXPECT_EQ(run["measures"]["north"]["value"], one["measures"]["north"]["mean"]);
    }
}

TEST_F(Command, tells_the_typical_run_and_the_telling_ones) {
    const json told = json::parse(entente("run walk.yaml --replay telling --json").out);
    ASSERT_GE(told["replay"].size(), 3U);
    EXPECT_THAT(told["replay"][0]["reasons"][0], StartsWith("typical: nearest the medians of all measures"));
    std::string reasons;
    for (const json& run : told["replay"])
        for (const json& reason : run["reasons"]) reasons += reason.get<std::string>() + '\n';
    EXPECT_THAT(reasons, HasSubstr("ahead: earliest, "));
    EXPECT_THAT(reasons, HasSubstr("ahead: does not come\n"));
    const Outcome typical = entente("run walk.yaml --replay typical");
    EXPECT_THAT(typical.out, HasSubstr("Run " + told["replay"][0]["run"].dump() + "\n  typical: nearest the medians"));
    const json both = json::parse(entente("run walk.yaml --replay typical," + told["replay"][0]["run"].dump() + " --json").out);
    EXPECT_EQ(both["replay"].size(), 1U) << "each run is told once";
}

TEST_F(Command, refuses_runs_that_there_are_not) {
    EXPECT_EQ(entente("run walk.yaml --replay 20").err,
              "error: there is no run 20: they are numbered 0 to 19\nhelp: ask for one of those, or for more with --runs\n");
    EXPECT_EQ(entente("run walk.yaml --replay 20 --runs 21").code, 0);
    EXPECT_EQ(entente("run walk.yaml --replay 5 --first-run 10").err,
              "error: there is no run 5: they are numbered 10 to 29\nhelp: ask for one of those, or for more with --runs\n");
    EXPECT_EQ(entente("run walk.yaml --replay second").err, "error: --replay takes numbers of runs, typical or telling, not 'second'\nhelp: as in --replay 17 or --replay typical,17\n");
    EXPECT_EQ(entente("run walk.yaml --replay 1 --out kept").err, "error: --replay tells single runs and saves nothing, so --out has nothing to hold\nhelp: give one or the other\n");
    for (const std::string with : {"--events", "--series 3", "--report r.html", "--dry-run", "--quiet", "--until 2021-01-01 --snapshot s.snap"}) EXPECT_EQ(entente("run walk.yaml --replay 1 " + with).code, 2) << with;
}

TEST_F(Command, tells_a_run_that_failed_up_to_its_failure) {
    const json all = json::parse(entente("run fails.yaml --json --out kept").out)["failures"]["listed"];
    const Outcome told = entente("run fails.yaml --replay " + all[0]["run"].dump());
    EXPECT_EQ(told.code, 3);
    EXPECT_THAT(told.out, HasSubstr("\nIt stopped "));
}

TEST_F(Command, tells_runs_of_a_branch) {
    ASSERT_EQ(entente("run walk.yaml --until 2021-01-01 --snapshot mid.snap").code, 0);
    const json branch = json::parse(entente("run --from mid.snap --replay 4 --json").out)["replay"][0];
    const json whole = json::parse(entente("run walk.yaml --replay 4 --json").out)["replay"][0];
    EXPECT_EQ(branch["digest"], whole["digest"]);
    json later = json::array();
    for (const json& event : whole["events"])
        if (event["date"] >= "2021-01-01") later.push_back(event);
    EXPECT_EQ(branch["events"], later);
    EXPECT_THAT(entente("run --from mid.snap --replay 4").out, HasSubstr("Run 4\n  events from 2021-01-01 on; the snapshot holds none before\n"));
}

TEST_F(Command, makes_words_of_a_story_harmless) {
    std::string text = file("walk.yaml");
    text.insert(text.find("    rate: 2 * warmth"), "    label: \"\\e[31mred\\e[0m\"\n");
    write_text(scratch_.path() / "red.yaml", text);
    const Outcome told = entente("run red.yaml --replay 17");
    EXPECT_EQ(told.code, 0) << told.err;
    EXPECT_THAT(told.out, Not(HasSubstr("\x1b")));
    EXPECT_THAT(told.out, HasSubstr("\\x1b[31mred"));
}

}  // namespace
}  // namespace entente
