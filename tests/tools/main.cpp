// Tests: report/markdown, report/odd, report/odd_details, report/odd_words, base/version, scenario/reference, scenario/resolved_json, store/run_record.
/// The command as a user meets it: what it prints, what it leaves, and its exit codes.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <sstream>

#include <fcntl.h>
#include <unistd.h>

#include <gmock/gmock.h>

#include "command.hpp"

namespace entente {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

TEST_F(Command, tells_what_it_can_do) {
    const Outcome help = entente("--help");
    EXPECT_EQ(help.code, 0);
    for (const auto* name : {"check", "describe", "run", "sweep", "sensitivity", "reference"}) EXPECT_THAT(help.out, HasSubstr(std::string("\n  ") + name + " "));
    EXPECT_THAT(entente("--version").out, MatchesRegex("entente [0-9]+\\.[0-9]+\\.[0-9]+\n"));
    EXPECT_EQ(entente("").code, 2);
    EXPECT_THAT(entente("run --help").out, HasSubstr("--runs N"));
    EXPECT_THAT(entente("reference").out, StartsWith("# "));
    EXPECT_THAT(entente("reference idioms").out, AllOf(StartsWith("# Idioms"), HasSubstr("## A market (`market.yaml`)\n\nWhere a price is found by many"),
                                                       HasSubstr("```yaml\nentente: 1\ntitle: A ranking\n")));
    EXPECT_EQ(entente("reference idiom").err, "error: the reference says nothing of 'idiom'\nhelp: did you mean 'idioms'?\n");
}

TEST_F(Command, tells_of_a_fault_by_one_write) {
    for (const auto* faulty : {"run nowhere.yaml", "run broken.yaml", "run walk.yaml --rusn 3", "run walk.yaml --set nothing=1"}) {
        std::array<int, 2> ends{};
        ASSERT_EQ(::pipe2(ends.data(), O_DIRECT | O_NONBLOCK), 0) << "each write is a packet of its own";
        ASSERT_EQ(::dup2(ends[1], 9), 9);
        EXPECT_EQ(shell(std::string("entente ") + faulty + " 2>&9").code, 2);
        std::array<char, 4096> packet{};
        const auto size = static_cast<std::size_t>(std::max<ssize_t>(::read(ends[0], packet.data(), packet.size()), 0));
        EXPECT_THAT(std::string(packet.data(), size), ContainsRegex("error: .*\nhelp: .*\n")) << faulty;
        EXPECT_EQ(::read(ends[0], packet.data(), packet.size()), -1) << faulty << ": " << packet.data();
        for (const int end : {ends[0], ends[1], 9}) ::close(end);
    }
}

TEST_F(Command, explains_its_commands_in_eighty_columns) {
    const auto is_continuation = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; };
    for (const auto* name : {"", "new", "check", "describe", "explain", "import", "reference", "run", "compare", "sweep", "sensitivity", "report", "merge"}) {
        std::istringstream lines(entente(std::string(name) + " --help").out);
        for (std::string line; std::getline(lines, line);) EXPECT_LE(std::ssize(line) - std::ranges::count_if(line, is_continuation), 80) << name << ": " << line;
    }
    EXPECT_THAT(entente("--help").out, ContainsRegex("\nScenarios:\n  new .*\n  check .*\n  describe .*\nSimulation:\n  run .*\n  sensitivity .*\nResults:\n  report "));
}

TEST_F(Command, groups_options_and_gives_their_defaults) {
    const std::string help = entente("run --help").out;
    std::size_t reached = 0;
    for (const auto* group : {"Arguments", "What to run", "Where results go", "How", "Help"}) {
        const std::size_t at = help.find(std::string("\n") + group + ":\n");
        ASSERT_NE(at, std::string::npos) << group << '\n' << help;
        EXPECT_GE(at, reached) << group;
        reached = at;
    }
    EXPECT_THAT(help, HasSubstr("\n  --runs N                 Number of runs (default: `runs` of the scenario)\n"));
    EXPECT_THAT(help, HasSubstr("\n  --set NAME=VALUE ...     Set a parameter, or a start value such as\n                           'state[russia].trust'; may be repeated\n"));
}

TEST_F(Command, says_what_is_wrong_with_its_arguments) {
    const auto refused = [&](const std::string& arguments) {
        const Outcome outcome = entente(arguments);
        EXPECT_EQ(outcome.code, 2) << arguments;
        EXPECT_EQ(outcome.out, "") << arguments;
        return outcome.err;
    };
    EXPECT_EQ(refused("rnu walk.yaml"), "error: there is no command 'rnu'\nhelp: did you mean 'run'?\n");
    EXPECT_EQ(refused("run"), "error: FILE is required\nhelp: 'entente run --help' lists its arguments\n");
    EXPECT_EQ(refused("run walk.yaml --rnus 3"), "error: 'entente run' takes no option '--rnus'\nhelp: did you mean '--runs'?\n");
    EXPECT_EQ(refused("--verison"), "error: 'entente' takes no option '--verison'\nhelp: did you mean '--version'?\n");
    EXPECT_EQ(refused("run walk.yaml other.yaml"),
              "error: 'other.yaml' is an unexpected argument\nhelp: 'entente run --help' lists its arguments\n");
    EXPECT_EQ(refused("run walk.yaml --runs"), "error: --runs takes a value\nhelp: 'entente run --help' lists its arguments\n");
    EXPECT_EQ(refused("run walk.yaml --runs many"), "error: --runs takes a whole number of at least 1, not 'many'\n");
    EXPECT_EQ(refused("run walk.yaml --runs 0"), "error: --runs takes a whole number of at least 1, not '0'\n");
    EXPECT_EQ(refused("run walk.yaml --seed -1"), "error: --seed takes a whole number of at least 0, not '-1'\n");
    EXPECT_EQ(refused("run walk.yaml --series some"), "error: --series takes a whole number of at least 0, not 'some'\n");
    EXPECT_EQ(refused("run nowhere.yaml"), "error: 'nowhere.yaml' does not exist\nhelp: check the name and the folder\n");
    EXPECT_EQ(refused("run walk.yaml --variant standstil"), "error: no variant is called 'standstil'\nhelp: did you mean 'standstill'?\n");
    EXPECT_EQ(refused("run walk.yaml --set drfit=1"), "error: no parameter is called 'drfit'\nhelp: did you mean 'drift'?\n");
    EXPECT_EQ(refused("run walk.yaml --set drift=9"),
              "error: the value 9 of 'drift' is outside its range [-5, 5]\nhelp: choose a value inside\n");
    EXPECT_FALSE(fs::exists(scratch_.path() / "results")) << "nothing ran";
}

TEST_F(Command, logs_what_is_being_done_where_asked_to) {
    const Outcome outcome = entente("run walk.yaml --runs 2 --quiet --verbose --no-report --out told");
    EXPECT_EQ(outcome.code, 0);
    const std::string line = "[0-9][0-9]:[0-9][0-9]:[0-9][0-9]\\.[0-9][0-9][0-9] ";
    EXPECT_THAT(outcome.err, MatchesRegex(line + "read walk.yaml in [^\n]+\n" + line + "read and compiled in [^\n]+ of state a run\n" + line + "made 2 runs in [^\n]+\n"));
}

TEST_F(Command, checks_a_scenario) {
    const Outcome fine = entente("check walk.yaml");
    EXPECT_EQ(fine.code, 0);
    EXPECT_EQ(fine.out, "walk.yaml is fine: 2 powers, 2 ties, 2 steps, 1 parameter, 5 measures, 1 variant, 24 ticks\n");
    EXPECT_EQ(fine.err, "");
}

TEST_F(Command, reads_a_scenario_from_standard_input) {
    EXPECT_EQ(shell("entente check - <walk.yaml").out, "standard input is fine: 2 powers, 2 ties, 2 steps, 1 parameter, 5 measures, 1 variant, 24 ticks\n");
    EXPECT_THAT(shell("entente check - <broken.yaml").err, StartsWith("stdin:6:22: error: a parameter has no key 'rnage'\n"));
    EXPECT_THAT(shell("entente check - </dev/null").err, StartsWith("stdin: error: the file is empty\n"));
    EXPECT_EQ(json::parse(shell("entente run - --runs 3 --json <walk.yaml").out)["digest"], json::parse(entente("run walk.yaml --runs 3 --json --out other").out)["digest"]);
    EXPECT_EQ(shell("entente describe - <walk.yaml").out, entente("describe walk.yaml").out);
    EXPECT_EQ(shell("cat walk.yaml | entente check /dev/stdin").err,
              "error: '/dev/stdin' is a pipe or a device, not a regular file\nhelp: write - to read a scenario from standard input\n");
}

TEST_F(Command, makes_runs_and_their_page_of_what_comes_from_standard_input) {
    const Outcome ran = shell("cat walk.yaml | entente run - --runs 3 --out piped");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_TRUE(fs::exists(scratch_.path() / "piped" / "report.html"));
    EXPECT_EQ(json::parse(file("piped/manifest.json"))["digest"], json::parse(entente("run walk.yaml --runs 3 --no-report --json").out)["digest"]);
    EXPECT_EQ(shell("cat walk.yaml | entente compare - --with drift=1 --replicates 4 --out compared").code, 0);
    EXPECT_EQ(entente("report piped").err, "error: the scenario of these results came from standard input, and a report needs it\nhelp: run it again from a file\n");
}

TEST_F(Command, says_why_a_file_can_not_be_reached) {
    EXPECT_EQ(shell("ln -s round.yaml round.yaml; entente check round.yaml").err,
              "error: 'round.yaml' can't be reached: symbolic links form a cycle\nhelp: check the name, the folder and its permissions\n");
    EXPECT_EQ(shell("entente run walk.yaml --runs 2 --out round.yaml").err,
              "error: symbolic links from 'round.yaml' form a cycle\nhelp: write elsewhere with --out\n");
}

TEST_F(Command, needs_no_large_stack_of_the_shell) {
    const std::string nested = std::string(60, '(') + "1" + std::string(60, ')');
    std::ofstream(scratch_.path() / "nested.yaml") << "entente: 1\ncalendar: {ticks: 2}\nmeasures: {m: '" << nested << "'}\n";
    EXPECT_EQ(shell("ulimit -s 64; entente check nested.yaml").code, 0);
    EXPECT_EQ(shell("ulimit -s 64; entente run walk.yaml --runs 20 --quiet").code, 0);
}

TEST_F(Command, says_that_too_many_files_are_open) {
    const Outcome full = shell("for n in 3 4 5 6 7 8 9; do eval \"exec $n>&-\"; done; ulimit -n 4; entente sweep walk.yaml --vary drift=0:1:2 --replicates 2 --out few");
    EXPECT_EQ(full.code, 2);
    EXPECT_THAT(full.err, HasSubstr("too many open files\nhelp: raise the limit (ulimit -n), or end programs that hold files open\n"));
}

TEST_F(Command, says_when_its_output_could_not_be_written) {
    for (const auto* line : {"--help", "run --help", "--version", "reference", "check walk.yaml"})
        EXPECT_EQ(shell(std::string("entente ") + line + " >/dev/full").err, "error: cannot write the output\nhelp: check that its disk is not full\n") << line;
    EXPECT_EQ(shell("entente --help >/dev/full").code, 2);
}

TEST_F(Command, lets_no_text_of_a_scenario_or_argument_command_the_terminal) {
    const auto is_harmless = [](const std::string& text) {
        return text.find_first_of("\x1b\r\b\a\x7f") == std::string::npos && text.find('\0') == std::string::npos &&
               text.find("\u009b") == std::string::npos && text.find("\u202e") == std::string::npos;
    };
    for (const auto* line : {"check escapes.yaml", "describe escapes.yaml", "describe escapes.yaml --json", "describe escapes.yaml --format html",
                             "run escapes.yaml --runs 3 --out runs", "sweep escapes.yaml --vary p=0:2:2 --replicates 2 --out sweep",
                             "compare escapes.yaml --with p=0 --replicates 4 --out compare", "run escapes.yaml --runs 2 --json --out json"}) {
        const Outcome told = entente(line);
        EXPECT_TRUE(is_harmless(told.out)) << line << '\n' << told.out;
        EXPECT_TRUE(is_harmless(told.err)) << line << '\n' << told.err;
        EXPECT_NE(told.code, 2) << told.err;
    }
    for (const auto* name : {"runs/report.html", "runs/summary.json", "runs/runs.csv", "runs/manifest.json"}) EXPECT_TRUE(is_harmless(file(name))) << name;
    EXPECT_THAT(entente("run escapes.yaml --runs 2 --out shown").out, StartsWith("A\\x1b]0;PWNED\\x07\\x1b[31mred\\x1b[2J\\u009b31m\\x0d fake: all good \\u202eabc\n"));
    EXPECT_EQ(entente("run walk.yaml --set '\x1b\a" "drift=1'").err, "error: no parameter is called '\\x1b\\x07drift'\nhelp: did you mean 'drift'?\n");
    EXPECT_EQ(entente("check '\r\x1b[Kall good'").err, "error: '\\x0d\\x1b[Kall good' does not exist\nhelp: check the name and the folder\n");
    EXPECT_EQ(entente("run walk.yaml --variant '\xff\a'").err, "error: no variant is called '\\xff\\x07'\nhelp: there is only standstill\n");
}

TEST_F(Command, tells_every_mistake_of_a_scenario_at_once) {
    const Outcome broken = entente("check broken.yaml");
    EXPECT_EQ(broken.code, 2);
    EXPECT_EQ(broken.out, "");
    EXPECT_THAT(broken.err,
                StartsWith("broken.yaml:6:22: error: a parameter has no key 'rnage'\n    6 |   gain: {value: 0.1, rnage: [0, 1]}\n"));
    EXPECT_THAT(broken.err, HasSubstr("\nhelp: did you mean 'range'?\n\nbroken.yaml:17:9: error: 'state' has no field called 'trsut'\n"));
    EXPECT_THAT(broken.err, HasSubstr("\nbroken.yaml:18:18: error: no parameter or field is called 'gian'\n"));
    EXPECT_EQ(entente("run broken.yaml").err, broken.err);
    EXPECT_EQ(entente("describe broken.yaml").code, 2);
}

TEST_F(Command, tells_warnings_with_an_exit_code_of_their_own) {
    const Outcome warned = entente("check warned.yaml");
    EXPECT_EQ(warned.code, 1);
    EXPECT_EQ(warned.out, "warned.yaml can run, with 1 warning: 1 state, 1 step, 1 parameter, 1 measure, 3 ticks\n");
    EXPECT_THAT(warned.err, StartsWith("warned.yaml:6:3: warning: nothing reads the parameter 'gain'\n"));
    EXPECT_EQ(entente("run warned.yaml").code, 0);
}

TEST_F(Command, tells_the_first_of_very_many_warnings) {
    std::string text = "entente: 1\ncalendar: {ticks: 3}\nparameters:\n";
    for (int i = 0; i < 100'000; ++i) text += "  p" + std::to_string(i) + ": 1\n";
    std::ofstream(scratch_.path() / "many.yaml") << text;
    const Outcome warned = entente("check many.yaml");
    EXPECT_EQ(warned.code, 1);
    EXPECT_THAT(warned.out, HasSubstr("many.yaml can run, with 100,000 warnings: "));
    EXPECT_LT(warned.err.size(), 40'000u);
    EXPECT_THAT(warned.err, testing::EndsWith("\n\n… and 99800 more problems\n\n"));
}

TEST_F(Command, describes_a_scenario_as_an_odd_document) {
    const std::string text = entente("describe walk.yaml").out;
    std::size_t at = 0;
    for (const auto* heading : {"# Two powers drift\n", "## 1. Purpose and patterns\n", "## 2. Entities, state variables and scales\n",
                                "## 3. Process overview and scheduling\n", "## 4. Design concepts\n", "## 5. Initialization\n",
                                "## 6. Input data\n", "## 7. Submodels\n", "## Parameters\n", "## Variants\n", "## References\n"}) {
        at = text.find(heading, at);
        ASSERT_NE(at, std::string::npos) << heading << " is missing or out of place";
    }
    EXPECT_THAT(text, HasSubstr("\nA random walk of influence, and what it draws after it.\n"));
    EXPECT_THAT(text, HasSubstr("\n| `influence` | `0` | 1 | [-100, 100] | what it weighs | assumption |\n"));
    EXPECT_THAT(text, HasSubstr("\n2. *visit* (event by rate on each `tie`): A visit \\| warms.\n"));
    EXPECT_THAT(text, HasSubstr("\n| influence drifts | `normal()` |\n| visit | whether it happens |\n"));
    EXPECT_THAT(text, HasSubstr("\n| power | `influence` |\n| --- | --- |\n| north | `1` |\n"));
    EXPECT_THAT(text, HasSubstr("\n| 2020-03-10 | `visit` | north -> south | a first visit | the record |\n"));
    EXPECT_THAT(text, HasSubstr("\nEvent by rate on each `tie`, CAMEO 042, Goldstein 1.9. A visit \\| warms.\n\n```python\nrate = 2 * "
                                "warmth\nwarmth += 0.1\n```\n"));
    EXPECT_THAT(text, HasSubstr("\n| `drift` | 0.5 | 1/year | [-5, 5] | `uniform(0, 1)` | yearly gain | assumption |\n"));
    EXPECT_THAT(text, HasSubstr("\n| `standstill` | `drift = 0` |\n"));
    EXPECT_THAT(text, HasSubstr("\n- Richardson (1960), Arms and Insecurity\n"));
    const json described = json::parse(entente("describe walk.yaml --json").out);
    EXPECT_EQ(described["title"], "Two powers drift");
    EXPECT_EQ(described["format"], "entente-resolved-scenario/1");
}

TEST_F(Command, tells_how_far_a_grid_reaches) {
    const std::string text = entente("describe '" ENTENTE_ROOT "/scenarios/classics/civil-violence.yaml'").out;
    EXPECT_THAT(text, HasSubstr("number: a grid of 40 × 40 closed to a torus, each linked to all within 7 cells."));
}

TEST_F(Command, runs_a_scenario_and_keeps_what_follows) {
    const Outcome ran = entente("run walk.yaml --out kept");
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(ran.err, "") << "no progress where nobody watches";
    EXPECT_THAT(ran.out, StartsWith("Two powers drift\n2020-01-01 to 2021-12-31, 24 months · 20 runs · seed 1\n\n"));
    EXPECT_THAT(ran.out, HasSubstr("\nResults  kept: runs.csv, rows.csv, series.nc, summary.json, manifest.json, report.html\n"));
    EXPECT_EQ(manifest("kept")["state"], "complete");
    EXPECT_EQ(manifest("kept")["command"], json({"entente", "run", "walk.yaml", "--out", "kept"}));
    EXPECT_THAT(file("kept/runs.csv"),
                StartsWith("run,replicate,status,north,ahead,visits,visits_yearly,visits_yearly[2020],visits_yearly[2021]\n0,0,ok,"));
}

TEST_F(Command, gives_the_summary_as_json) {
    const Outcome ran = entente("run walk.yaml --json --runs 5 --seed 3 --set drift=1");
    EXPECT_EQ(ran.code, 0);
    const json summary = json::parse(ran.out);
    EXPECT_EQ(summary["runs"], 5);
    EXPECT_EQ(summary["seed"], 3);
    EXPECT_EQ(summary["measures"]["north"]["n"], 5);
    EXPECT_EQ(entente("run walk.yaml --quiet --runs 5").out, "");
}

TEST_F(Command, sets_the_start_of_a_named_row) {
    const Outcome ran = entente("run walk.yaml --quiet --runs 5 --set 'tie[north,south].warmth=0.9' --out kept");
    EXPECT_EQ(ran.err, "");
    EXPECT_EQ(manifest("kept")["identity"]["settings"]["tie[north, south].warmth"], 0.9);
    EXPECT_EQ(manifest("kept")["scenario"]["parameters"]["tie[north, south].warmth"]["value"], 0.9);
    EXPECT_EQ(entente("run walk.yaml --quiet --runs 5 --set 'tie[ north, south ].warmth = 0.9' --out kept").code, 0)
        << "the same start, spelled otherwise";
    EXPECT_EQ(entente("run walk.yaml --set 'tie[north, south].wramth=0.9'").err,
              "error: 'tie' has no field called 'wramth'\nhelp: did you mean 'warmth'?\n");
}

TEST_F(Command, finds_a_folder_of_its_own_for_every_run) {
    for (const auto* arguments : {"", "--seed 2", "--variant standstill", "--set drift=1", "--runs 3", ""})
        EXPECT_EQ(entente(std::string("run --quiet walk.yaml ") + arguments).code, 0);
    std::size_t folders = 0;
    for (const auto& entry : fs::directory_iterator(scratch_.path() / "results"))
        folders += entry.path().filename().string().starts_with("walk-");
    EXPECT_EQ(folders, 5u) << "the same run again goes to the same folder";
}

TEST_F(Command, leaves_the_results_of_another_run_alone) {
    ASSERT_EQ(entente("run walk.yaml --out kept").code, 0);
    const std::string before = file("kept/runs.csv");
    const Outcome refused = entente("run walk.yaml --out kept --seed 2 --set drift=1");
    EXPECT_EQ(refused.code, 2);
    EXPECT_EQ(refused.err,
              "error: the folder 'kept' holds results of another run: no --set, not --set drift=1; seed 1, not 2\n"
              "help: write elsewhere with --out, or remove that folder if its results are no longer needed\n");
    write_text(scratch_.path() / "walk.yaml", file("walk.yaml") + "# another version\n");
    EXPECT_THAT(entente("run walk.yaml --out kept").err,
                HasSubstr("holds results of another run: another scenario, or another version of its files\n"));
    EXPECT_EQ(file("kept/runs.csv"), before);
}

TEST_F(Command, names_what_stands_where_results_should_go) {
    write_text(scratch_.path() / "a-file", "text");
    EXPECT_EQ(entente("run walk.yaml --out a-file").err,
              "error: 'a-file' is a file, and results need a folder\nhelp: name a folder with --out\n");
    fs::create_directory(scratch_.path() / "thesis");
    write_text(scratch_.path() / "thesis" / "chapter.tex", "text");
    EXPECT_EQ(entente("run walk.yaml --out thesis").err,
              "error: the folder 'thesis' is not empty and holds no results of Entente\nhelp: name a new or empty folder with --out\n");
    EXPECT_EQ(entente("run walk.yaml --out thesis").code, 2);
}

TEST_F(Command, tells_what_it_found_when_the_disk_is_full) {
    const SmallDisk disk;
    if (!disk.is_mounted()) GTEST_SKIP() << "may not mount a small disk";
    const Outcome ran = entente("run walk.yaml --runs 2000 --out '" + (disk.path() / "kept").string() + "'");
    EXPECT_EQ(ran.code, 2);
    EXPECT_EQ(ran.err, "error: the disk that holds '" + (disk.path() / "kept").string() +
                           "' is full\nhelp: free some space, or write elsewhere with --out; what was there before is untouched\n");
    EXPECT_THAT(ran.out, HasSubstr("24 months · 2,000 runs · seed 1\n")) << "the summary is not lost";
    for (const auto& entry : fs::directory_iterator(disk.path() / "kept"))
        EXPECT_EQ(entry.path().filename(), "manifest.json") << "nothing is half written";
}

TEST_F(Command, says_that_a_file_grew_beyond_a_limit) {
    const Outcome ran = shell("ulimit -f 40; entente run walk.yaml --runs 2000 --out kept");
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err,
                HasSubstr("error: a file in 'kept' would exceed this user's file size limit\nhelp: raise the limit (ulimit -f), "));
}

TEST_F(Command, says_that_its_output_could_not_be_written) {
    const Outcome ran = shell("entente describe walk.yaml >/dev/full");
    EXPECT_EQ(ran.code, 2);
    EXPECT_EQ(ran.err, "error: cannot write the output\nhelp: check that its disk is not full\n");
}

TEST_F(Command, will_not_write_where_it_may_not) {
    if (::geteuid() == 0) {
        const SmallDisk disk(MS_RDONLY);
        if (!disk.is_mounted()) GTEST_SKIP() << "root writes everywhere, and may not mount a disk to be read only";
        const std::string folder = disk.path().string();
        EXPECT_EQ(
            entente("run walk.yaml --out " + folder).err,
            "error: the folder '" + folder + "' is not writable\nhelp: change its permissions, or write elsewhere with --out\n");
        return;
    }
    fs::create_directory(scratch_.path() / "locked");
    fs::permissions(scratch_.path() / "locked", fs::perms::owner_read | fs::perms::owner_exec);
    EXPECT_EQ(entente("run walk.yaml --out locked").err,
              "error: the folder 'locked' is not writable\nhelp: change its permissions, or write elsewhere with --out\n");
    fs::permissions(scratch_.path() / "locked", fs::perms::owner_all);
}

TEST_F(Command, keeps_failed_runs_and_says_how_to_make_one_again) {
    const Outcome ran = entente("run fails.yaml --out kept");
    EXPECT_EQ(ran.code, 3);
    EXPECT_THAT(ran.out, HasSubstr("of 30 runs failed\n"));
    const json told = json::parse(file("kept/summary.json"))["failures"]["listed"];
    ASSERT_FALSE(told.empty());
    const std::string command = told[told.size() - 1]["command"];
    const std::string message = told[told.size() - 1]["message"];
    EXPECT_THAT(message, HasSubstr("`root = sqrt(level)` is"));
    EXPECT_THAT(message, HasSubstr("(level = -"));
    EXPECT_THAT(ran.out, HasSubstr("\n  To repeat one: entente run fails.yaml --seed 1 --first-run "));

    const Outcome again = shell(command + " --json");
    EXPECT_EQ(again.code, 3);
    EXPECT_EQ(json::parse(again.out)["failures"]["listed"][0]["message"], message) << command;
    EXPECT_EQ(again.err, "error: 1 of 1 run failed; " + message + "\nhelp: to repeat that run alone: " + command + "\n");
}

TEST_F(Command, stops_at_the_first_failure_when_asked_to) {
    const Outcome ran = entente("run fails.yaml --runs 100000 --fail-fast --threads 1 --json --series none --out kept");
    EXPECT_EQ(ran.code, 3);
    EXPECT_LT(json::parse(ran.out)["runs"], 100000);
    EXPECT_EQ(manifest("kept")["state"], "interrupted");
}

TEST_F(Command, makes_one_run_again_with_the_same_values) {
    ASSERT_EQ(entente("run walk.yaml --out all").code, 0);
    ASSERT_EQ(entente("run walk.yaml --out one --first-run 7 --runs 1").code, 0);
    const std::string one = file("one/runs.csv");
    const std::string row = one.substr(one.find('\n'));
    EXPECT_THAT(row, StartsWith("\n7,7,ok,"));
    EXPECT_THAT(file("all/runs.csv"), HasSubstr(row));
}

TEST_F(Command, logs_events_on_request) {
    ASSERT_EQ(entente("run walk.yaml --events --out kept").code, 0);
    EXPECT_THAT(file("kept/events.csv"), StartsWith("run,tick,date,event,on,count,cameo,goldstein,cause,chance\n"));
    EXPECT_THAT(file("kept/events.csv"), HasSubstr("\n19,2,2020-03-01,visit,north -> south,1,042,1.9,timeline,\n"));
}

TEST_F(Command, keeps_as_many_series_as_asked) {
    ASSERT_EQ(entente("run walk.yaml --series 4 --out four").code, 0);
    EXPECT_EQ(manifest("four")["runs_with_series"], 4);
    ASSERT_EQ(entente("run walk.yaml --series none --out none").code, 0);
    EXPECT_FALSE(fs::exists(scratch_.path() / "none" / "series.nc"));
    EXPECT_EQ(manifest("none")["digest"], manifest("four")["digest"]) << "what is kept changes no value";
}

TEST_F(Command, saves_what_is_complete_when_interrupted) {
    const Outcome ran = shell("timeout --foreground --preserve-status -s INT 2 entente run long.yaml --out kept");
    EXPECT_EQ(ran.code, 130);
    EXPECT_THAT(
        ran.err,
        MatchesRegex(
            "error: interrupted: [0-9,]+ of 1,000,000 runs were made and saved in 'kept'\nhelp: run the same command to make all of them\n"));
    EXPECT_EQ(manifest("kept")["state"], "interrupted");
    EXPECT_EQ(manifest("kept")["runs_made"], json::parse(file("kept/summary.json"))["runs"]);
    EXPECT_EQ(shell("timeout --foreground --preserve-status -s INT 2 entente run long.yaml --out kept").code, 130) << "and may be started over";
}

TEST_F(Command, draws_a_progress_bar_on_a_terminal) {
    if (std::system("command -v script >/dev/null") != 0) GTEST_SKIP() << "there is no script(1) to pretend to be a terminal";
    const Outcome ran = shell("script -qec 'entente run walk.yaml --runs 500' /dev/null");
    EXPECT_EQ(ran.code, 0);
    EXPECT_THAT(ran.out, HasSubstr(" of 500 runs · "));
    EXPECT_THAT(ran.out, HasSubstr("█"));
}

TEST_F(Command, tells_the_cost_of_a_run_without_making_it) {
    const Outcome dry = entente("run walk.yaml --runs 1000 --dry-run");
    EXPECT_EQ(dry.code, 0);
    EXPECT_THAT(dry.out, MatchesRegex("Would make 1,000 runs of 24 ticks and 4 rows\n"
                                      "Time     about [^\n]+ on [0-9]+ threads? \\([0-9.,e+]+ a second in a trial of 512 runs\\)\n"
                                      "Memory   about [^\n]+\nDisk     about [0-9]+ kB in results/walk-[0-9a-f]+\n"));
    EXPECT_FALSE(fs::exists(scratch_.path() / "results"));
}

TEST_F(Command, refuses_more_runs_than_memory_holds) {
    const Outcome refused = entente("run walk.yaml --runs 4000000000 --series none");
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.err, MatchesRegex("error: the results of 4,000,000,000 runs would take [0-9.]+ [GT]B of memory, and [0-9.]+ [MGT]B "
                                          "are free\nhelp: make fewer runs at a time .*\n"));
}

TEST_F(Command, run_counts_infinite_and_missing_values_and_leaves_them_out) {
    const std::string text = entente("run infinite.yaml --no-report --out kept").out;
    EXPECT_THAT(text, HasSubstr("\n  s is infinite in 22 of 1,000 runs, excluded\n"));
    EXPECT_THAT(text, HasSubstr("\n  q is infinite in 22 of 1,000 runs, excluded\n  lg is infinite in 22 of 1,000 runs, excluded\n"
                                "  rt has no value in 22 of 1,000 runs, excluded\n"));
    const json measures = json::parse(file("kept/summary.json"))["measures"];
    EXPECT_EQ(measures["q"]["n"], 978);
    EXPECT_EQ(measures["q"]["infinite"], 22);
    EXPECT_EQ(measures["q"]["mean"], 1);
    EXPECT_EQ(measures["lg"]["min"], 0);
    EXPECT_EQ(measures["rt"]["missing"], 22);
}

}  // namespace
}  // namespace entente
