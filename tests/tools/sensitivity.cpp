/// `entente sensitivity` as a user meets it. What its indices are good for is tested in tests/summary.
#include <gmock/gmock.h>

#include "../inflated.hpp"
#include "command.hpp"

namespace entente {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const std::string walk = "sensitivity walk.yaml --vary drift --vary 'tie[north, south].warmth=0.2:0.8' ";

class SensitivityCommand : public Command {
protected:
    [[nodiscard]] json summary(const std::string& folder) const { return json::parse(file(folder + "/summary.json")); }
    void expect_same_files(const std::string& one, const std::string& other) const {
        for (const auto* name : {"summary.json", "indices.csv", "design.csv", "points.csv", "runs.csv"})
            EXPECT_EQ(file(one + "/" + name), file(other + "/" + name)) << name;
        EXPECT_EQ(manifest(one)["digest"], manifest(other)["digest"]);
    }
    [[nodiscard]] std::string refused(const std::string& arguments, int code = 2) const {
        const Outcome outcome = entente(arguments);
        EXPECT_EQ(outcome.code, code) << arguments;
        EXPECT_EQ(outcome.out, "") << arguments;
        return outcome.err;
    }
};

TEST_F(SensitivityCommand, ranks_the_factors_of_each_outcome) {
    const Outcome ran = entente(walk + "--samples 32 --replicates 6 --out kept");
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(ran.err, "");
    EXPECT_THAT(ran.out, StartsWith("Two powers drift\nSaltelli's design of 32 base rows · 128 points of 6 replicates · seed 1\n"));
    EXPECT_THAT(ran.out, HasSubstr("\nvisits · mean "));
    EXPECT_THAT(ran.out, HasSubstr("\nVary by chance alone, alike at every point: ahead_years, ahead_came\n  *_years: years to the date, at most 2, the whole calendar\n"
                                   "  *_came: 1 where the date came, 0 where it did not\n"))
        << "both drift alike; what a date that never came counts as is said";
    EXPECT_THAT(ran.out, HasSubstr("\nResults  kept: indices.csv, points.csv, runs.csv, point_rows.csv, rows.csv, design.csv, summary.json, manifest.json, report.html\n"));
    const json told = summary("kept");
    EXPECT_EQ(told["method"], "sobol");
    EXPECT_GT(told["outcomes"]["visits"]["indices"]["tie[north, south].warmth"]["total"], 0.8);
    EXPECT_LT(told["outcomes"]["visits"]["indices"]["drift"]["total"], 0.2);
    EXPECT_EQ(told["outcomes"]["ahead_came"]["rule"], "1 where the date came, 0 where it did not");
    EXPECT_FALSE(told["outcomes"].contains("visits_yearly[2020]")) << "single years are told when asked for";
    EXPECT_EQ(entente(walk + "--samples 32 --replicates 6 --out kept --json").out, file("kept/summary.json"));
}

TEST_F(SensitivityCommand, begins_with_what_drives_the_headline) {
    const json told = json::parse(entente(walk + "--samples 32 --replicates 6 --measure visits --json --out kept").out);
    ASSERT_EQ(told["headline"].size(), 1) << "of what was asked for";
    const json& numbers = told["headline"][0]["numbers"];
    ASSERT_EQ(numbers.size(), 2);
    EXPECT_EQ(numbers[0]["of"], "tie[north, south].warmth");
    for (const json& number : numbers) {
        const json& indices = told["outcomes"]["visits"]["indices"][number["of"].get<std::string>()];
        EXPECT_EQ(number["value"], indices["total"]);
        EXPECT_EQ(number["low"], indices["total_interval"][0]);
    }
    EXPECT_FALSE(numbers[1].contains("apart")) << "its interval is below that of the first";
    const json all = json::parse(entente(walk + "--samples 32 --replicates 6 --json --out kept").out);
    EXPECT_EQ(all["headline"][0]["measure"], "ahead");
    EXPECT_EQ(all["headline"][0]["numbers"][0]["number"], "–");
    EXPECT_EQ(all["headline"][0]["sentence"], "ahead by 31 Dec 2021, share of runs: varies by chance alone.");
}

TEST_F(SensitivityCommand, gives_the_same_bytes_for_any_threads_and_again) {
    ASSERT_EQ(entente(walk + "--samples 16 --replicates 4 --second-order --quiet --threads 1 --out one").code, 0);
    ASSERT_EQ(entente(walk + "--samples 16 --replicates 4 --second-order --quiet --threads 3 --lanes 8 --out many").code, 0);
    expect_same_files("one", "many");
    const std::string before = file("one/summary.json");
    EXPECT_THAT(entente(walk + "--samples 16 --replicates 4 --second-order --out one").out,
                HasSubstr("\nCost     none: all runs existed already\n"));
    EXPECT_EQ(file("one/summary.json"), before);
}

TEST_F(SensitivityCommand, grows_into_what_would_have_been_made_at_once) {
    ASSERT_EQ(entente(walk + "--samples 8 --replicates 2 --quiet --out grown").code, 0);
    ASSERT_EQ(entente(walk + "--samples 16 --replicates 2 --quiet --out grown").code, 0);
    ASSERT_EQ(entente(walk + "--samples 16 --replicates 3 --quiet --second-order --out grown").code, 0);
    ASSERT_EQ(entente(walk + "--samples 16 --replicates 3 --quiet --second-order --out once").code, 0);
    expect_same_files("grown", "once");
    EXPECT_LT(manifest("grown")["cost"]["runs_made"], manifest("once")["cost"]["runs_made"]);
}

TEST_F(SensitivityCommand, grows_by_trajectories) {
    const std::string morris = walk + "--method morris --replicates 2 --quiet ";
    ASSERT_EQ(entente(morris + "--trajectories 4 --out grown").code, 0);
    ASSERT_EQ(entente(morris + "--trajectories 9 --out grown").code, 0);
    ASSERT_EQ(entente(morris + "--trajectories 9 --out once").code, 0);
    expect_same_files("grown", "once");
    EXPECT_GT(summary("once")["outcomes"]["visits"]["indices"]["tie[north, south].warmth"]["mu_star"], 0);
}

TEST_F(SensitivityCommand, finds_the_folder_of_a_study_that_can_grow) {
    for (const auto* more : {"--samples 4", "--samples 8", "--samples 8 --second-order", "--samples 8 --scramble none", "--method morris",
                             "--samples 8 --group all=drift"})
        EXPECT_EQ(entente(walk + "--replicates 1 --quiet " + more).code, 0) << more;
    const auto folders = std::distance(fs::directory_iterator(scratch_.path() / "results"), fs::directory_iterator());
    EXPECT_EQ(folders, 3) << "the first three are one study, and a group of one factor is that factor";
}

TEST_F(SensitivityCommand, reads_back_its_own_means) {
    ASSERT_EQ(entente(walk + "--samples 16 --replicates 4 --quiet --out kept").code, 0);
    const Outcome given = entente(walk + "--samples 16 --from-results kept/points.csv --out indices --json");
    EXPECT_EQ(given.code, 0) << given.err;
    const json told = json::parse(given.out);
    EXPECT_EQ(told["from_results"], "kept/points.csv");
    EXPECT_EQ(told["replicates"], 1);
    EXPECT_TRUE(told["outcomes"]["visits"]["noise_share"].is_null());
    EXPECT_EQ(file("indices/indices.csv"), file("kept/indices.csv"));
    EXPECT_EQ(file("indices/design.csv"), file("kept/design.csv"));
    EXPECT_EQ(file("indices/summary.json"), given.out);
}

TEST_F(SensitivityCommand, reads_back_its_own_runs) {
    ASSERT_EQ(entente(walk + "--samples 16 --replicates 4 --quiet --out kept --measure north --measure visits").code, 0);
    const json told = json::parse(entente(walk + "--samples 16 --from-results kept/runs.csv --measure north --measure visits --json").out);
    EXPECT_EQ(told["replicates"], 4);
    EXPECT_EQ(told["outcomes"], summary("kept")["outcomes"]) << "noise too";
}

TEST_F(SensitivityCommand, emits_a_design_for_others_to_run) {
    ASSERT_EQ(entente(walk + "--samples 8 --emit-design design.csv").code, 0);
    EXPECT_THAT(file("design.csv"), StartsWith("point,drift,\"tie[north, south].warmth\"\n0,"));
    ASSERT_EQ(entente("sweep walk.yaml --points design.csv --replicates 3 --quiet --out swept").code, 0);
    ASSERT_EQ(entente(walk + "--samples 8 --from-results swept/points.csv --quiet --out indices").code, 0);
    ASSERT_EQ(entente(walk + "--samples 8 --replicates 3 --quiet --out kept").code, 0);
    EXPECT_EQ(file("indices/indices.csv"), file("kept/indices.csv"));
    EXPECT_EQ(file("swept/runs.csv"), file("kept/runs.csv"));
}

TEST_F(SensitivityCommand, reads_what_pandas_and_r_have_read_and_written) {
    ASSERT_EQ(entente(walk + "--samples 16 --replicates 4 --quiet --out kept").code, 0);
    const std::string indices = file("kept/indices.csv");
    const auto near = [&](const std::string& table) {
        const Outcome given = entente(walk + "--samples 16 --from-results " + table + " --out from-" + table + " --json --measure north --measure visits");
        EXPECT_EQ(given.code, 0) << table << ' ' << given.err;
        const json here = json::parse(given.out)["outcomes"];
        const json there = summary("kept")["outcomes"];
        for (const auto* outcome : {"north", "visits"}) {
            for (const auto* factor : {"drift", "tie[north, south].warmth"})
                EXPECT_NEAR(here[outcome]["indices"][factor]["total"], there[outcome]["indices"][factor]["total"], 1e-9) << table;
            EXPECT_NEAR(here[outcome]["noise_share"], there[outcome]["noise_share"], 1e-9) << table;
        }
    };
    ASSERT_EQ(shell(ENTENTE_PYTHON " -c \"import pandas; pandas.read_csv('kept/runs.csv').to_csv('pandas.csv'); "
                    "pandas.read_csv('pandas.csv').to_csv('pandas-twice.csv')\"").code, 0);
    near("pandas.csv");
    near("pandas-twice.csv");
    EXPECT_THAT(entente(walk + "--samples 16 --from-results pandas-twice.csv --quiet").err,
                StartsWith("warning: 'pandas-twice.csv': column 1 has no name, and is ignored\n"));
    ASSERT_EQ(shell("command -v Rscript").code, 0) << "tools/setup installs it";
    ASSERT_EQ(shell("Rscript -e 'write.csv(read.csv(\"kept/runs.csv\"), \"r.csv\"); write.csv(read.csv(\"r.csv\"), \"r-twice.csv\")'").code, 0);
    EXPECT_THAT(file("r.csv"), HasSubstr("\"tie.north..south..warmth\"")) << "as R renames it";
    near("r.csv");
    near("r-twice.csv");

    ASSERT_EQ(entente(walk + "--samples 8 --emit-design design.csv").code, 0);
    ASSERT_EQ(shell("Rscript -e 'write.csv(read.csv(\"design.csv\"), \"design-r.csv\")'").code, 0);
    ASSERT_EQ(entente("sweep walk.yaml --points design.csv --replicates 2 --quiet --out ours").code, 0);
    const Outcome swept = entente("sweep walk.yaml --points design-r.csv --replicates 2 --quiet --out theirs");
    EXPECT_EQ(swept.code, 0);
    EXPECT_EQ(swept.err, "warning: 'design-r.csv': column 1 has no name, and is ignored\n");
    EXPECT_EQ(json::parse(file("theirs/manifest.json"))["study"]["factors"], json({"drift", "tie[north, south].warmth"}));
    const Outcome given = entente(walk + "--samples 8 --from-results theirs/points.csv --json");
    EXPECT_EQ(given.code, 0) << given.err;
}

TEST_F(SensitivityCommand, keeps_indices_of_given_results_apart_from_studies) {
    ASSERT_EQ(entente(walk + "--samples 4 --replicates 1 --quiet --out kept").code, 0);
    EXPECT_EQ(entente(walk + "--samples 4 --from-results kept/points.csv --quiet --out mine").code, 0);
    EXPECT_EQ(entente(walk + "--samples 4 --from-results kept/points.csv --quiet --out mine").code, 0) << "again";
    EXPECT_THAT(refused(walk + "--samples 4 --from-results kept/points.csv --quiet --out kept"),
                HasSubstr("error: the folder 'kept' is taken: it holds '"));
    EXPECT_EQ(refused(walk + "--samples 8 --from-results kept/points.csv"),
              "kept/points.csv: error: the table has rows for 16 points, and the design 32\n"
              "help: give the outcomes at every point of the design, one row each, in its order\n");
    EXPECT_THAT(refused(walk + "--samples 4 --seed 2 --from-results kept/points.csv"),
                HasSubstr("kept/points.csv:2:3: error: 'drift' is "));
}

TEST_F(SensitivityCommand, moves_groups_together) {
    ASSERT_EQ(entente(walk + "--samples 8 --replicates 2 --quiet --out kept --group 'both=drift,tie[north,south].warmth'").code, 0);
    const json told = summary("kept");
    EXPECT_EQ(told["points"], 8 * 3);
    EXPECT_EQ(told["groups"]["both"], json({"drift", "tie[north, south].warmth"}));
    EXPECT_TRUE(told["outcomes"]["visits"]["indices"].contains("both"));
    EXPECT_EQ(refused(walk + "--group both=drift,gain"),
              "error: the group 'both' names 'gain', which is not varied\n"
              "help: the factors are drift and tie[north, south].warmth\n");
}

TEST_F(SensitivityCommand, refuses_indices_when_more_runs_failed_than_are_allowed) {
    const std::string fails = "sensitivity fails.yaml --vary 'state[one].level=0.5:3' --samples 8 --replicates 20 --out kept ";
    const Outcome ran = entente(fails);
    EXPECT_EQ(ran.code, 3);
    EXPECT_THAT(ran.err, HasSubstr(" runs failed, and --allow-failed allows a share of 0\nhelp: find out why they fail, or allow them: "));
    EXPECT_THAT(ran.err, HasSubstr("\nhelp: to repeat that run alone: entente run fails.yaml --set 'state[one].level="));
    EXPECT_THAT(ran.out, HasSubstr(" runs failed: there are no indices.\n"));
    EXPECT_EQ(summary("kept")["refused"], true);
    EXPECT_EQ(summary("kept")["outcomes"], json::object());
    EXPECT_EQ(file("kept/indices.csv"), "outcome,factor,index,estimate,low,high\n");

    const Outcome allowed = entente(fails + "--allow-failed 0.9");
    EXPECT_EQ(allowed.code, 0);
    EXPECT_THAT(allowed.err, StartsWith("warning: "));
    EXPECT_THAT(allowed.err, HasSubstr(" of 480 runs failed; run "));
    EXPECT_THAT(allowed.out, HasSubstr(" runs failed; means are over those that did not.\n"));
    EXPECT_GT(summary("kept")["failures"]["count"], 0);
    EXPECT_TRUE(summary("kept")["outcomes"]["root"].contains("excluded"));
    EXPECT_EQ(entente(fails + "--allow-failed 0.01 --quiet").code, 3);
}

TEST_F(SensitivityCommand, says_what_is_wrong_with_its_arguments) {
    EXPECT_EQ(refused("sensitivity fails.yaml"),
              "error: nothing to vary: there is no --vary, and no parameter without --set has a prior\n"
              "help: as in --vary trust=0:1; or write a prior for a parameter, as in prior: \"uniform(0, 1)\"\n");
    EXPECT_EQ(refused("sensitivity walk.yaml --set drift=0.3"), refused("sensitivity fails.yaml")) << "what is set stays";
    EXPECT_EQ(refused(walk + "--runs 10"), "error: 'entente sensitivity' takes no option '--runs'\nhelp: runs of a point are --replicates\n");
    EXPECT_EQ(refused("sensitivity walk.yaml --vary drift=0:1:3"),
              "error: 'drift' is varied by 3 levels, and levels have no meaning in a sensitivity analysis\n"
              "help: drop them: a grid of levels is what 'entente sweep' makes without --samples\n");
    for (const auto* confidence : {"0", "1"})
        EXPECT_EQ(refused(walk + "--confidence " + confidence),
                  "error: no interval has a confidence of " + std::string(confidence) + "\nhelp: as in --confidence 0.99\n");
    EXPECT_EQ(refused(walk + "--method moris"), "error: there is no method 'moris'\nhelp: did you mean 'morris'?\n");
    EXPECT_EQ(refused(walk + "--scramble some"), "error: there is no scramble 'some'\nhelp: there are owen and none\n");
    EXPECT_EQ(refused(walk + "--method morris --samples 8"),
              "error: --samples belongs to the method sobol\nhelp: Morris's method takes --trajectories\n");
    EXPECT_EQ(refused(walk + "--trajectories 8"),
              "error: --trajectories belongs to the method morris\nhelp: Sobol's method takes --samples\n");
    EXPECT_EQ(refused(walk + "--method morris --levels 5"),
              "error: a Morris design can't have 5 levels: they are even, and 2 at least\nhelp: take 4 or 6\n");
    EXPECT_EQ(refused(walk + "--measure visit"), "error: no measure is called 'visit'\nhelp: did you mean 'visits'?\n");
    EXPECT_EQ(refused(walk + "--allow-failed 2"), "error: --allow-failed takes a share between 0 and 1, not '2'\n");
    EXPECT_EQ(refused(walk + "--from-results a.csv --replicates 3"),
              "error: --replicates counts runs, and --from-results makes none\n"
              "help: drop it: the table has a column 'replicate', or means of points\n");
    EXPECT_FALSE(fs::exists(scratch_.path() / "results")) << "nothing ran";
}

TEST_F(SensitivityCommand, takes_every_parameter_that_has_a_prior_where_none_is_named) {
    const Outcome ran = entente("sensitivity walk.yaml --samples 8 --replicates 2 --out all");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr(" · seed 1\nVaried: every parameter that has a prior, drift.\n"));
    EXPECT_EQ(manifest("all")["factor_selection"], "every parameter that has a prior");
    EXPECT_EQ(manifest("all")["study"]["factors"], json({"drift"}));
    ASSERT_EQ(entente("sensitivity walk.yaml --vary drift --samples 8 --replicates 2 --quiet --out named").code, 0);
    EXPECT_EQ(manifest("named")["factor_selection"], "named");
    expect_same_files("all", "named");
}

TEST_F(SensitivityCommand, warns_of_a_range_that_cuts_a_distribution) {
    const Outcome ran = entente("sensitivity walk.yaml --vary 'drift=normal(100, 1)' --samples 8 --replicates 1 --quiet");
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(ran.err, "warning: the range [-5, 5] of 'drift' leaves 0 % of its distribution: it is always 5\n");
    EXPECT_EQ(entente("sensitivity walk.yaml --vary 'drift=normal(6, 2)' --samples 8 --replicates 1 --quiet").err,
              "warning: the range [-5, 5] of 'drift' leaves 31 % of its distribution: 90 % of its values are from 1.682 to 4.911\n");
    EXPECT_EQ(entente("sensitivity walk.yaml --vary 'drift=normal(0, 2)' --samples 8 --replicates 1 --quiet").err, "");
}

TEST_F(SensitivityCommand, says_that_one_base_row_or_trajectory_is_too_few) {
    EXPECT_THAT(entente(walk + "--samples 1 --replicates 2").out, HasSubstr("\nOne base row is too few for intervals.\n"));
    EXPECT_THAT(entente(walk + "--method morris --trajectories 1 --replicates 2").out,
                HasSubstr("\nOne trajectory is too few for intervals, and for sigma.\n"));
}

TEST_F(SensitivityCommand, that_is_unpaired_tells_the_noise_that_is_left_in_means) {
    const std::string noise = "sensitivity chancy.yaml --samples 512 --replicates 8 --measure y --quiet --no-report ";
    ASSERT_EQ(entente(noise + "--unpaired --out apart").code, 0);
    ASSERT_EQ(entente(noise + "--out alike").code, 0);
    // y = x1 + x2 / 2 + N(0, 0.2): variances 1/12, 1/48 and 0.04; of means of 8 that is 0.005.
    const json apart = summary("apart")["outcomes"]["y"];
    const double of_means = 1.25 / 12 + 0.005;
    EXPECT_EQ(summary("apart")["pairing"], "unpaired");
    EXPECT_NEAR(apart["noise_share"], 0.04 / (1.25 / 12 + 0.04), 0.02);
    EXPECT_LT(apart["noise_share_interval"][0], 0.04 / (1.25 / 12 + 0.04));
    EXPECT_GT(apart["noise_share_interval"][1], 0.04 / (1.25 / 12 + 0.04));
    EXPECT_NEAR(apart["noise_share_of_means"], 0.005 / of_means, 0.01);
    EXPECT_NEAR(apart["indices"]["x1"]["first"], 1.0 / 12 / of_means, 0.06);
    EXPECT_NEAR(apart["indices"]["x2"]["total"], (1.0 / 48 + 0.005) / of_means, 0.04) << "what is left of chance counts as interaction";
    const json alike = summary("alike")["outcomes"]["y"];
    EXPECT_NEAR(alike["noise_share_of_means"], 0, 1e-9) << "shared luck cancels";
    EXPECT_NEAR(alike["indices"]["x2"]["total"], 0.2, 0.02);
    EXPECT_EQ(manifest("alike")["design"]["pairing"], "paired");
}

TEST_F(SensitivityCommand, refuses_a_factor_that_can_have_no_value) {
    write_text(
        scratch_.path() / "below.yaml",
        "entente: 1\ncalendar: {ticks: 3}\nparameters:\n  gain: {value: -1, range: [-2, 0]}\nagents:\n  state:\n    fields: {trust: 0}\n"
        "    members: {one: {}}\nsteps:\n  - rule: grow\n    on: state\n    do: [trust += gain]\nmeasures:\n  trust: "
        "\"state[one].trust\"\n");
    EXPECT_EQ(refused("sensitivity below.yaml --vary 'gain=lognormal(0, 1)'"),
              "error: no value of the distribution of 'gain' is in its range\nhelp: give other bounds with --vary name=low:high\n");
}

TEST_F(SensitivityCommand, warns_of_samples_that_are_no_power_of_two) {
    const Outcome ran = entente(walk + "--samples 12 --replicates 1 --quiet");
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(ran.err, "warning: a Sobol' sequence is balanced at powers of two, and 12 is not one: take 8 or 16\n");
}

TEST_F(SensitivityCommand, tells_the_cost_without_making_runs) {
    EXPECT_THAT(entente(walk + "--samples 64 --replicates 5 --dry-run").out,
                StartsWith("Would make 1,280 runs of 256 points and 5 replicates\n"));
    EXPECT_THAT(entente("sensitivity --help").out, HasSubstr("skiprows=1)[:, 1:]")) << "how SALib's users read the design";
}

TEST_F(SensitivityCommand, gives_the_same_with_ranks) {
    if (std::system("command -v mpirun >/dev/null") != 0) GTEST_SKIP() << "there is no mpirun";
    for (const std::string pairing : {"", " --unpaired"}) {
        const std::string study = walk + "--samples 16 --replicates 4 --quiet --out ";
        ASSERT_EQ(entente(study + "one" + pairing).code, 0);
        const Outcome ran =
            shell("ASAN_OPTIONS=detect_leaks=0 mpirun --allow-run-as-root --oversubscribe -n 2 entente " + study + "ranks" + pairing);
        ASSERT_EQ(ran.code, 0) << ran.err;
        expect_same_files("one", "ranks");
        for (const auto* folder : {"one", "ranks"}) fs::remove_all(scratch_.path() / folder);
    }
}

TEST_F(SensitivityCommand, counts_runs_of_points_that_come_again_alike_on_the_page_and_in_the_terminal) {
    const Outcome told = entente(walk + "--method morris --replicates 2 --trajectories 9 --out m");
    EXPECT_EQ(told.code, 0) << told.err;
    const std::size_t at = told.out.find("\nRuns     ");
    ASSERT_NE(at, std::string::npos) << told.out;
    const std::string words = told.out.substr(at + 10, told.out.find('\n', at + 1) - at - 10);
    EXPECT_THAT(words, testing::MatchesRegex("54, [0-9]+ of them at repeated points"));
    const int doubled = std::stoi(words.substr(4));
    EXPECT_THAT(told.out, HasSubstr("Cost     " + std::to_string(54 - doubled) + " runs in "));
    EXPECT_THAT(data_of_page(file("m/report.html")), HasSubstr("{\"label\":\"Runs\",\"value\":\"" + words + "; 2 each\"}"));
}

}  // namespace
}  // namespace entente
