/// Snapshots as a user meets them: taken by one process, gone on from by another.
#include <entente/runtime/kernels.hpp>

#include "command.hpp"

namespace entente {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

class Snapshots : public Command {
protected:
    void expect_fine(const std::string& arguments) const {
        const Outcome outcome = entente(arguments);
        EXPECT_EQ(outcome.code, 0) << arguments << '\n' << outcome.err;
        EXPECT_EQ(outcome.err, "") << arguments;
    }
    std::string refused(const std::string& arguments) const {
        const Outcome outcome = entente(arguments);
        EXPECT_EQ(outcome.code, 2) << arguments;
        EXPECT_EQ(outcome.out, "") << arguments;
        return outcome.err;
    }
    void expect_same_files(const std::string& folder, const std::string& reference) const {
        for (const auto* name : {"runs.csv", "events.csv", "series.nc"})
            EXPECT_EQ(file(folder + '/' + name), file(reference + '/' + name)) << folder << ": " << name;
        EXPECT_EQ(manifest(folder)["digest"], manifest(reference)["digest"]) << folder;
        EXPECT_EQ(manifest(folder)["identity"], manifest(reference)["identity"]) << folder;
    }
    /// walk.yaml with more variants, as branches.yaml.
    void write_branches() const {
        std::string text = file("walk.yaml");
        const std::string variants = "variants:\n  higher: {agents: {power: {fields: {influence: 5}}}}\n"
                                     "  early: {timeline: [{date: 2020-02-01, set: {\"power[south].influence\": 50}}]}\n"
                                     "  late: {timeline: [{date: 2021-06-01, set: {\"power[south].influence\": 50}}]}\n";
        text.replace(text.find("variants:\n"), std::string("variants:\n").size(), variants);
        write_text(scratch_.path() / "branches.yaml", text);
    }
};

TEST_F(Snapshots, go_on_in_another_process_to_the_same_files) {
    expect_fine("run walk.yaml --events --out whole");
    const Outcome taken = entente("run walk.yaml --events --until 2021-03-15 --snapshot mid.snap");
    EXPECT_EQ(taken.code, 0) << taken.err;
    EXPECT_THAT(taken.out, MatchesRegex("Stopped  20 runs at 2021-03-01, tick 14 of 24, after [^\n]+\n"
                                        "Snapshot mid.snap, [0-9]+ kB\nContinue entente run --from mid.snap\n"));
    EXPECT_FALSE(fs::exists(scratch_.path() / "results")) << "there are no results yet";
    expect_fine("run --from mid.snap --events --out on");
    expect_same_files("on", "whole");
    expect_fine("run --from mid.snap --events --out whole");
    expect_same_files("whole", "on");
}

TEST_F(Snapshots, know_no_threads_lanes_nor_instruction_sets) {
    expect_fine("run walk.yaml --events --runs 30 --out whole");
    expect_fine("run walk.yaml --events --runs 30 --threads 1 --lanes 1 --isa portable --until 2020-08-01 --snapshot one.snap");
    expect_fine("run walk.yaml --events --runs 30 --threads 2 --lanes 8 --until 2020-08-01 --snapshot two.snap");
    int number = 0;
    for (const Kernels* kernels : available_kernels())
        for (const auto* way : {"--threads 1 --lanes 8", "--threads 2 --lanes 1", "--threads 2 --lanes 64"})
            for (const auto* from : {"one.snap", "two.snap"}) {
                const std::string folder = "on" + std::to_string(number++);
                expect_fine(std::string("run --from ") + from + " --events " + way + " --isa " + std::string(kernels->name) + " --out " + folder);
                expect_same_files(folder, "whole");
            }
}

TEST_F(Snapshots, of_the_founding_scenario_go_on_to_its_digest) {
    const std::string world = "'" ENTENTE_ROOT "/tests/scenes/founding.yaml'";
    expect_fine("run " + world + " --runs 130 --until 2023-07-01 --snapshot mid.snap");
    expect_fine("run --from mid.snap --out on");
    EXPECT_EQ(manifest("on")["digest"], "5dd981c43327646134989dd90ada3b12");
    expect_fine("run --from mid.snap --until 2025-01-01 --snapshot late.snap");
    expect_fine("run --from late.snap --out later");
    EXPECT_EQ(manifest("later")["digest"], "5dd981c43327646134989dd90ada3b12");
}

TEST_F(Snapshots, branch_into_variants_and_settings_of_their_own_folders) {
    expect_fine("run walk.yaml --until 2021-03-15 --snapshot mid.snap");
    expect_fine("run walk.yaml --out whole");
    expect_fine("run --from mid.snap --set drift=0.5 --out same");
    EXPECT_EQ(file("same/runs.csv"), file("whole/runs.csv")) << "drift is 0.5 anyway";
    EXPECT_THAT(std::string(manifest("same")["identity"]["from"]), MatchesRegex("[0-9a-f]{12} at 2021-03-01"));
    const Outcome branch = entente("run --from mid.snap --variant standstill --out still");
    EXPECT_THAT(branch.out, HasSubstr(" · variant standstill · from snapshot\n"));
    EXPECT_NE(manifest("still")["digest"], manifest("whole")["digest"]);
    EXPECT_THAT(refused("run walk.yaml --variant standstill --out still"),
                MatchesRegex("error: the folder 'still' holds results of another run: from snapshot [0-9a-f]+ at 2021-03-01, not from the start\n.*"));
    expect_fine("run --from mid.snap --variant standstill --until 2021-08-01 --snapshot still.snap");
    expect_fine("run --from still.snap --out still");
    EXPECT_EQ(manifest("still")["state"], "complete") << "a branch that was stopped goes on as that branch";
}

TEST_F(Snapshots, give_a_failed_run_of_a_branch_again_alone) {
    expect_fine("run fails.yaml --runs 12 --until 1 --snapshot 'a snap'");
    const Outcome ran = entente("run --from 'a snap' --out kept");
    ASSERT_EQ(ran.code, 3);
    EXPECT_THAT(ran.out, HasSubstr("\n  To repeat one: entente run fails.yaml --seed 1 --first-run "));
    std::string text = file("fails.yaml");
    text.replace(text.find("agents:"), 0, "parameters: {jolt: {value: 0.4, range: [0, 9]}}\n");
    text.replace(text.find("0.4 * normal"), 3, "jolt");
    write_text(scratch_.path() / "jolts.yaml", text);
    expect_fine("run jolts.yaml --runs 12 --until 1 --snapshot 'a snap.2'");
    ASSERT_EQ(entente("run --from 'a snap.2' --set jolt=2 --out branch").code, 3);
    const json told = json::parse(file("branch/summary.json"))["failures"]["listed"];
    const std::string command = told[told.size() - 1]["command"];
    EXPECT_THAT(command, MatchesRegex("entente run jolts.yaml --set jolt=2 --from 'a snap.2' --first-run [0-9]+ --runs 1"));
    const Outcome again = shell(command + " --json");
    EXPECT_EQ(again.code, 3);
    EXPECT_EQ(json::parse(again.out)["failures"]["listed"][0]["message"], told[told.size() - 1]["message"]);
}

TEST_F(Snapshots, say_which_arguments_do_not_go_together) {
    EXPECT_EQ(refused("run walk.yaml --until 2021-03-15"), "error: --until needs a file to keep the state in\nhelp: add --snapshot SNAP\n");
    EXPECT_EQ(refused("run walk.yaml --snapshot mid.snap"), "error: --snapshot needs a date to stop at\nhelp: add --until DATE\n");
    EXPECT_EQ(refused("run walk.yaml --until 2021-03-15 --snapshot mid.snap --out kept"),
              "error: --out is for results, and runs that stop at a date have none yet\nhelp: drop --out: --snapshot names the file\n");
    expect_fine("run walk.yaml --until 2021-03-15 --snapshot mid.snap --series 4 --quiet");
    EXPECT_EQ(refused("run --from mid.snap --seed 2"),
              "error: the snapshot's runs draw from seed 1, not 2\nhelp: drop --seed: another seed needs runs from the start\n");
    EXPECT_EQ(refused("run --from mid.snap --runs 30"),
              "error: the snapshot holds runs 0 to 19, not 0 to 29\nhelp: ask for some of those; others need runs from the start\n");
    EXPECT_EQ(refused("run --from mid.snap --first-run 25"),
              "error: the snapshot holds runs 0 to 19, not 25 to 25\nhelp: ask for some of those; others need runs from the start\n");
    EXPECT_EQ(refused("run --from mid.snap --series all"),
              "error: of 4 of these runs the snapshot holds the series so far, not of 20\n"
              "help: ask for no more with --series, or take the snapshot again with as many\n");
    EXPECT_EQ(refused("run --from mid.snap --events"),
              "error: the snapshot holds no events of its past\nhelp: drop --events, or take the snapshot again with --events\n");
    EXPECT_EQ(refused("run --from mid.snap --until 2021-03-31 --snapshot other.snap"),
              "error: the snapshot is at 2021-03-01 already\nhelp: stop later than that\n");
    expect_fine("run --from mid.snap --seed 1 --runs 3 --first-run 17 --quiet");
}

TEST_F(Snapshots, are_taken_within_the_calendar) {
    const std::string rest = " --snapshot mid.snap";
    EXPECT_EQ(refused("run walk.yaml --until 2022-01-01" + rest),
              "error: --until 2022-01-01 is outside the calendar, 2020-01-01 to 2021-12-31\nhelp: choose one inside it\n");
    EXPECT_EQ(refused("run walk.yaml --until 14" + rest), "error: --until takes a date, not '14'\nhelp: write it as 2021-08-15\n");
    EXPECT_EQ(refused("run fails.yaml --until 10" + rest), "error: --until 10 is outside the calendar, tick 0 to 9\nhelp: choose one inside it\n");
    EXPECT_EQ(refused("run fails.yaml --until 2021-08-15" + rest),
              "error: --until takes a whole number of at least 0, not '2021-08-15'\n");
    EXPECT_FALSE(fs::exists(scratch_.path() / "mid.snap"));
}

TEST_F(Snapshots, are_refused_where_they_do_not_belong) {
    const std::string help = "help: snapshots come from: entente run FILE --until DATE --snapshot SNAP\n";
    EXPECT_EQ(refused("run --from walk.yaml"), "error: 'walk.yaml' is not a snapshot\n" + help);
    EXPECT_EQ(refused("run --from nowhere.snap"), "error: 'nowhere.snap' can't be read\n" + help);
    expect_fine("run walk.yaml --until 2021-03-15 --snapshot mid.snap --quiet");
    EXPECT_EQ(refused("run fails.yaml --from mid.snap"),
              "error: 'mid.snap' was taken of another scenario than 'fails.yaml', or of another version of its files\n"
              "help: continue with the files as they were then, or take the snapshot again\n");
    EXPECT_EQ(refused("run fails.yaml --until 3 --snapshot walk.yaml"),
              "error: the file exists already: 'walk.yaml' is not a snapshot\n"
              "help: name another file with --snapshot, or remove that one if it is no longer needed\n");
    EXPECT_EQ(refused("run walk.yaml --seed 2 --until 2021-03-15 --snapshot mid.snap"),
              "error: 'mid.snap' is another snapshot: seed 1, not 2\n"
              "help: name another file with --snapshot, or remove that one if it is no longer needed\n");
    expect_fine("run walk.yaml --until 2021-03-15 --snapshot mid.snap --quiet");
    fs::create_directory(scratch_.path() / "worlds");
    fs::rename(scratch_.path() / "walk.yaml", scratch_.path() / "worlds" / "walk.yaml");
    EXPECT_EQ(refused("run --from mid.snap"),
              "error: the scenario of the snapshot, 'walk.yaml', does not exist\nhelp: say where it is: entente run FILE --from mid.snap\n");
    expect_fine("run worlds/walk.yaml --from mid.snap --quiet");
    const std::string whole = file("mid.snap");
    write_text(scratch_.path() / "mid.snap", whole.substr(0, whole.size() / 2));
    EXPECT_EQ(refused("run worlds/walk.yaml --from mid.snap"), "error: 'mid.snap' is truncated or was modified\n" + help);
}

TEST_F(Snapshots, are_past_the_start_and_past_their_past) {
    write_branches();
    expect_fine("run branches.yaml --until 2021-03-15 --snapshot mid.snap --quiet");
    EXPECT_EQ(refused("run --from mid.snap --variant higher"),
              "error: the variant 'higher' changes start values, and the runs of the snapshot have begun\n"
              "help: branch with a variant of parameters, inputs and timeline only, or make its runs from the start, without --from\n");
    EXPECT_EQ(refused("run --from mid.snap --set 'tie[north, south].warmth=0.9'"),
              "error: 'tie[north, south].warmth=0.9' sets a start value, and the runs of the snapshot have begun\n"
              "help: set parameters only, or make the runs from the start, without --from\n");
    const Outcome early = entente("run --from mid.snap --variant early --out early");
    EXPECT_EQ(early.code, 0);
    EXPECT_EQ(early.err, "warning: all that the variant 'early' changes is before 2021-03-01, where the snapshot was taken\n"
                         "help: the branch continues as the snapshot does; use an earlier snapshot to see a difference\n");
    expect_fine("run --from mid.snap --variant late --out late");
    EXPECT_NE(manifest("late")["digest"], manifest("early")["digest"]);
}

TEST_F(Snapshots, tell_their_cost_beforehand) {
    EXPECT_THAT(entente("run walk.yaml --until 2021-03-15 --snapshot there/mid.snap --dry-run").out,
                MatchesRegex("Would make 20 runs of 14 ticks and 4 rows\nTime [^\n]+\nMemory [^\n]+\nDisk     about [0-9.]+ kB in there/mid.snap\n"));
    EXPECT_FALSE(fs::exists(scratch_.path() / "there"));
    expect_fine("run walk.yaml --until 2021-03-15 --snapshot there/mid.snap --quiet");
    EXPECT_THAT(entente("run --from there/mid.snap --dry-run").out, StartsWith("Would make 20 runs of 10 ticks and 4 rows\n"));
    const Outcome refusal = entente("run walk.yaml --runs 4000000000 --series none --until 2021-03-15 --snapshot mid.snap");
    EXPECT_EQ(refusal.code, 2);
    EXPECT_THAT(refusal.err, StartsWith("error: the snapshot of 4,000,000,000 runs would take "));
}

TEST_F(Snapshots, are_whole_or_not_there) {
    const Outcome interrupted = shell("timeout --foreground --preserve-status -s INT 1 entente run long.yaml --until 190 --snapshot long.snap");
    EXPECT_EQ(interrupted.code, 130);
    EXPECT_THAT(interrupted.err,
                MatchesRegex("error: no snapshot was taken: [0-9,]+ of 1,000,000 runs were made\nhelp: run the same command to start over\n"));
    EXPECT_FALSE(fs::exists(scratch_.path() / "long.snap"));
    const SmallDisk disk;
    if (!disk.is_mounted()) GTEST_SKIP() << "may not mount a small disk";
    const std::string place = disk.path().string();
    EXPECT_EQ(refused("run walk.yaml --runs 2000 --until 2021-03-15 --snapshot '" + place + "/mid.snap'"),
              "error: the disk that holds '" + place +
                  "' is full\nhelp: free some space, or write elsewhere with --snapshot; what was there before is untouched\n");
    EXPECT_TRUE(fs::is_empty(disk.path()));
}

TEST_F(Snapshots, tell_of_themselves_as_json) {
    const json told = json::parse(entente("run walk.yaml --until 2021-03-15 --snapshot mid.snap --json").out);
    EXPECT_EQ(told["format"], "entente-snapshot-summary/1");
    EXPECT_EQ(told["tick"], 14);
    EXPECT_EQ(told["when"], "2021-03-01");
    EXPECT_EQ(told["runs"], 20);
    EXPECT_EQ(told["bytes"], fs::file_size(scratch_.path() / "mid.snap"));
}

}  // namespace
}  // namespace entente
