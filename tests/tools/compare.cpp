/// `entente compare` as a user meets it.
#include <algorithm>
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "command.hpp"

namespace entente {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;
using testing::StartsWith;

class Compare : public Command {
protected:
    [[nodiscard]] json compared(const std::string& arguments) const {
        const Outcome outcome = entente("compare " + arguments + " --json --no-courses");
        EXPECT_EQ(outcome.code, 0) << outcome.err;
        return json::parse(outcome.out);
    }
    [[nodiscard]] std::string refusal(const std::string& arguments) const {
        const Outcome outcome = entente("compare " + arguments);
        EXPECT_EQ(outcome.code, 2) << arguments;
        EXPECT_EQ(outcome.out, "") << arguments;
        return outcome.err;
    }
    [[nodiscard]] static std::vector<std::string> names(const json& summary) {
        std::vector<std::string> found;
        for (const auto& one : summary["alternatives"]) found.push_back(one["name"]);
        return found;
    }
    const std::string kabul_ = ENTENTE_ROOT "/tests/scenes/founding.yaml";
};

TEST_F(Compare, takes_all_variants_where_none_is_named) {
    const Outcome outcome = entente("compare walk.yaml --out kept");
    EXPECT_EQ(outcome.code, 0);
    EXPECT_EQ(outcome.err, "");
    EXPECT_THAT(outcome.out,
                StartsWith("Two powers drift\n2020-01-01 to 2021-12-31, 24 months · baseline and 1 alternative of 20 replicates · seed 1\n"
                           "Against baseline: standstill\n"
                           "Paired: run k of every alternative draws the same random numbers, and is compared with run k.\n\n"
                           "ahead by 31 Dec 2021, share of runs: baseline "));
    EXPECT_THAT(outcome.out, HasSubstr("\n\nstandstill "));
    EXPECT_THAT(outcome.out,
                HasSubstr("\nResults  kept: differences.csv, curves.csv, courses.csv, runs.csv, rows.csv, summary.json, manifest.json, report.html\n"));
    EXPECT_THAT(file("kept/runs.csv"),
                StartsWith("run,alternative,replicate,status,north,ahead,visits,visits_yearly,visits_yearly[2020],visits_yearly[2021]\n"
                           "0,baseline,0,ok,"));
    EXPECT_THAT(file("kept/runs.csv"), HasSubstr("\n39,standstill,19,ok,"));
    EXPECT_THAT(file("kept/courses.csv"), HasSubstr("\n2021-12-01,north,standstill,"));
    EXPECT_EQ(manifest("kept")["state"], "complete");
    EXPECT_EQ(manifest("kept")["study"]["alternatives"], json({"baseline", "standstill"}));
}

TEST_F(Compare, begins_with_the_numbers_of_its_tables) {
    const json summary = compared(ENTENTE_ROOT "/scenarios/moscow-kabul.yaml --with no_aid --replicates 200 --measure moscow_trust --measure recognised --out kept");
    ASSERT_EQ(summary["headline"].size(), 2);
    const json& date = summary["headline"][0];
    EXPECT_EQ(date["measure"], "recognised");
    const json& trust = summary["headline"][1];
    EXPECT_EQ(trust["measure"], "moscow_trust");
    for (std::size_t i = 0; i < 2; ++i) {
        const std::string name = summary["alternatives"][i]["name"];
        EXPECT_EQ(date["numbers"][i]["of"], name);
        EXPECT_EQ(date["numbers"][i]["value"], summary["dates"]["recognised"]["alternatives"][name]["came_share"]);
        EXPECT_EQ(date["numbers"][i]["low"], summary["dates"]["recognised"]["alternatives"][name]["interval"][0]);
        EXPECT_EQ(trust["numbers"][i]["value"], summary["outcomes"]["moscow_trust"]["means"][name]["mean"]);
        if (i == 0) continue;
        for (const auto& [told, outcome] : {std::pair(date, "recognised_came"), std::pair(trust, "moscow_trust")}) {
            const json& interval = summary["outcomes"][outcome]["versus"][name]["interval"];
            const bool is_apart = interval[0] > 0 || interval[1] < 0;
            const std::string apart = told["numbers"][i]["apart"];
            EXPECT_EQ(apart.find("lower") != std::string::npos || apart.find("higher") != std::string::npos, is_apart) << outcome << ' ' << name << ' ' << apart;
        }
    }
    EXPECT_EQ(compared("walk.yaml --measure visits")["headline"][0]["measure"], "visits") << "of what was asked for";
}

TEST_F(Compare, names_alternatives_by_what_they_change) {
    EXPECT_THAT(names(compared("walk.yaml --with standstill --with 'drift = 1.50' --with 'standstill,tie[north,south].warmth=0.9'")),
                ElementsAre("baseline", "standstill", "drift=1.5", "standstill, tie[north, south].warmth=0.9"));
    const json other = compared("walk.yaml --baseline standstill --set 'tie[north,south].warmth=0.9'");
    EXPECT_THAT(names(other), ElementsAre("standstill", "as-written"));
    EXPECT_EQ(other["alternatives"][1]["settings"], json({{"tie[north, south].warmth", 0.9}}));
}

TEST_F(Compare, says_which_alternatives_it_can_not_take) {
    EXPECT_EQ(refusal("walk.yaml --with standstil"), "error: no variant is called 'standstil'\nhelp: did you mean 'standstill'?\n");
    EXPECT_EQ(refusal("walk.yaml --with drfit=1"), "error: no parameter is called 'drfit'\nhelp: did you mean 'drift'?\n");
    EXPECT_EQ(refusal("fails.yaml"),
              "error: 'fails.yaml' has no variants to compare\nhelp: name alternatives, as in --with name=value; each --with is one\n");
    EXPECT_EQ(refusal("walk.yaml --with drift=1 --with drift=1.0"),
              "error: the alternative 'drift=1' is given twice\nhelp: name each once\n");
    EXPECT_EQ(refusal("walk.yaml --with baseline"),
              "error: 'baseline' is the baseline, with which the others are compared\nhelp: drop it, or choose another --baseline\n");
    EXPECT_EQ(
        refusal("walk.yaml --baseline standstill --with standstill"),
        "error: 'standstill' is the baseline, with which the others are compared\nhelp: drop it, or choose another --baseline\n");
    EXPECT_EQ(refusal("walk.yaml --with standstill,standstill"),
              "error: 'standstill,standstill' names two variants\nhelp: an alternative is one variant at most, with as many values as you "
              "like\n");
    EXPECT_EQ(refusal("walk.yaml --with standstill,"),
              "error: 'standstill,' lacks a name between its commas\nhelp: as in --with no_aid,aid_rate=2\n");
    EXPECT_EQ(refusal("walk.yaml --measure norht"), "error: no measure is called 'norht'\nhelp: did you mean 'north'?\n");
    EXPECT_EQ(refusal("walk.yaml --confidence 1"), "error: no interval has a confidence of 1\nhelp: as in --confidence 0.99\n");
    EXPECT_EQ(refusal("walk.yaml --unpaired --replicates 10000001"),
              "error: independent alternatives have room for 10,000,000 runs each, not 10,000,001\nhelp: ask for fewer --replicates\n");
    EXPECT_FALSE(fs::exists(scratch_.path() / "results")) << "nothing ran";
}

TEST_F(Compare, finds_no_difference_between_a_scenario_and_itself) {
    const json summary = compared("walk.yaml --with drift=0.5");
    for (const auto& [name, outcome] : summary["outcomes"].items()) {
        const json versus = outcome["versus"]["drift=0.5"];
        EXPECT_EQ(versus["difference"], 0) << name;
        EXPECT_EQ(versus["interval"], json({0, 0})) << name;
        EXPECT_EQ(versus["equal"], 1) << name;
        EXPECT_TRUE(versus["variance_reduction"].is_null() || versus["variance_reduction"] == 1) << name;
    }
    EXPECT_EQ(summary["dates"]["ahead"]["versus"]["drift=0.5"]["sign_test_p"], 1);
    EXPECT_THAT(entente("compare walk.yaml --with drift=0.5").out, HasSubstr("\n  the same in every run: north, visits, visits_yearly\n"));
}

TEST_F(Compare, sees_what_aid_does_to_trust) {
    const json summary = compared(kabul_ + " --with no_aid --replicates 200");
    const auto versus = [&](const std::string& outcome) { return summary["outcomes"][outcome]["versus"]["no_aid"]; };
    EXPECT_LT(versus("kabul_trust")["interval"][1], 0) << "Kabul trusts Moscow less without it";
    EXPECT_LT(versus("aid_yearly")["interval"][1], 0);
    EXPECT_GT(versus("recognised_years")["difference"], 0) << "and recognition comes later";
    EXPECT_GT(versus("kabul_trust")["variance_reduction"], 1);
    EXPECT_GT(versus("kabul_trust")["correlation"], 0);
    const json recognised = summary["dates"]["recognised"];
    EXPECT_GT(recognised["versus"]["no_aid"]["after"]["share"], recognised["versus"]["no_aid"]["before"]["share"]);
    EXPECT_NEAR(recognised["versus"]["no_aid"]["restricted_mean_difference"]["difference"].get<double>(),
                versus("recognised_years")["difference"].get<double>(), 1e-12);
}

TEST_F(Compare, gives_the_same_numbers_whatever_else_is_compared) {
    const json two = compared("walk.yaml --with standstill");
    const json three = compared("walk.yaml --with drift=2 --with standstill");
    for (const auto& [name, outcome] : two["outcomes"].items())
        EXPECT_EQ(outcome["versus"]["standstill"], three["outcomes"][name]["versus"]["standstill"]) << name;
}

TEST_F(Compare, gives_the_same_bytes_with_any_number_of_threads) {
    ASSERT_EQ(entente("compare walk.yaml --replicates 300 --threads 1 --out one").code, 0);
    ASSERT_EQ(entente("compare walk.yaml --replicates 300 --threads 3 --out three").code, 0);
    for (const auto* name : {"differences.csv", "curves.csv", "courses.csv", "runs.csv", "summary.json"})
        EXPECT_EQ(file(std::string("one/") + name), file(std::string("three/") + name)) << name;
}

TEST_F(Compare, calls_independent_runs_unpaired_everywhere) {
    const Outcome outcome = entente("compare walk.yaml --unpaired --out kept");
    EXPECT_EQ(outcome.code, 0);
    EXPECT_THAT(outcome.out, HasSubstr("\nIndependent runs: no two alternatives share random numbers; nothing is compared run by run.\n"));
    EXPECT_THAT(outcome.out, Not(HasSubstr("Paired")));
    const json summary = json::parse(file("kept/summary.json"));
    EXPECT_EQ(summary["pairing"], "unpaired");
    EXPECT_EQ(summary["alternatives"][1]["first_run"], 10000000);
    EXPECT_THAT(file("kept/differences.csv"), HasSubstr(",unpaired,"));
    EXPECT_THAT(file("kept/differences.csv"), Not(HasSubstr(",paired,")));
    EXPECT_THAT(file("kept/runs.csv"), HasSubstr("\n20,standstill,10000000,ok,"));
    EXPECT_EQ(manifest("kept")["study"]["independent"], true);

    ASSERT_EQ(entente("run walk.yaml --variant standstill --first-run 10000000 --runs 1 --out alone").code, 0);
    const std::string alone = file("alone/runs.csv");
    const std::string values = alone.substr(alone.find(",ok,"));
    EXPECT_THAT(file("kept/runs.csv"), HasSubstr("\n20,standstill,10000000" + values)) << "as `run` makes it";
}

TEST_F(Compare, tells_paired_and_independent_studies_apart) {
    ASSERT_EQ(entente("compare walk.yaml --out kept").code, 0);
    EXPECT_THAT(refusal("walk.yaml --unpaired --out kept"),
                StartsWith("error: the folder 'kept' holds another study: paired runs, not independent ones\n"));
    EXPECT_THAT(
        refusal("walk.yaml --with standstill --with drift=1 --out kept"),
        StartsWith(
            "error: the folder 'kept' holds another study: the alternatives baseline, standstill, not baseline, standstill, drift=1\n"));
}

TEST_F(Compare, grows_by_more_replicates) {
    ASSERT_EQ(entente("compare walk.yaml --unpaired --replicates 10 --out kept").code, 0);
    ASSERT_EQ(entente("compare walk.yaml --unpaired --replicates 30 --out kept").code, 0);
    ASSERT_EQ(entente("compare walk.yaml --unpaired --replicates 30 --out fresh").code, 0);
    EXPECT_EQ(file("kept/runs.csv"), file("fresh/runs.csv"));
    EXPECT_EQ(manifest("kept")["digest"], manifest("fresh")["digest"]);
}

TEST_F(Compare, goes_on_where_it_was_interrupted) {
    write_text(scratch_.path() / "strides.yaml",
               "parameters: {stride: 1}\nvariants: {longer: {parameters: {stride: 2}}}\n" + file("long.yaml"));
    ASSERT_EQ(shell("sed -i 's/normal()/stride * normal()/' strides.yaml").code, 0);
    const std::string study = "entente compare strides.yaml --replicates 50000 --no-courses --quiet --out ";
    const Outcome stopped = shell(study + "kept & timeout 60 sh -c 'until ls kept/shards/*.shard; do sleep 0.01; done' >.seen 2>&1; kill -INT $!; wait $!");
    ASSERT_EQ(stopped.code, 130) << stopped.err;
    EXPECT_THAT(stopped.err,
                MatchesRegex("error: interrupted: [0-9,]+ of 100,000 runs are in 'kept'\nhelp: run the same command to resume\n"));
    ASSERT_EQ(shell(study + "kept").code, 0);
    ASSERT_EQ(shell(study + "whole").code, 0);
    EXPECT_EQ(manifest("kept")["digest"], manifest("whole")["digest"]);
    for (const auto* name : {"summary.json", "differences.csv", "runs.csv"})
        EXPECT_EQ(file(std::string("kept/") + name), file(std::string("whole/") + name)) << name;
}

TEST_F(Compare, counts_failed_runs_and_says_how_to_make_one_again) {
    const Outcome outcome = entente("compare fails.yaml --with 'state[one].level=0.5' --set 'state[one].root=2' --json --out kept");
    EXPECT_EQ(outcome.code, 3);
    const json summary = json::parse(outcome.out);
    const std::int64_t failed = summary["alternatives"][1]["failed"];
    EXPECT_GT(failed, 0);
    EXPECT_GE(summary["outcomes"]["root"]["versus"]["state[one].level=0.5"]["excluded"], failed);
    const json told = summary["failures"]["listed"];
    const auto found = std::ranges::find_if(told, [](const json& one) { return one["alternative"] == "state[one].level=0.5"; });
    ASSERT_NE(found, told.end());
    const std::string command = (*found)["command"];
    EXPECT_THAT(command, StartsWith("entente run fails.yaml --set 'state[one].level=0.5' --set 'state[one].root=2' --seed 1 --first-run "));
    const Outcome again = shell(command + " --json");
    EXPECT_EQ(again.code, 3);
    const auto without_number = [](const std::string& message) { return message.substr(message.find(" stopped")); };
    EXPECT_EQ(without_number(json::parse(again.out)["failures"]["listed"][0]["message"]), without_number((*found)["message"])) << command;
}

TEST_F(Compare, tells_of_which_alternative_a_run_failed) {
    const Outcome outcome = entente("compare fails.yaml --with 'state[one].level=0.5' --baseline 'state[one].level=100' --out kept");
    EXPECT_EQ(outcome.code, 3);
    EXPECT_THAT(outcome.err, MatchesRegex("error: [0-9]+ of 60 runs failed; in 'state\\[one\\].level=0.5' run [0-9]+ stopped in .*\n"
                                          "help: to repeat that run alone: entente run fails.yaml --set "
                                          "'state\\[one\\].level=0.5' --seed 1 --first-run [0-9]+ --runs 1\n"));
    EXPECT_THAT(outcome.out, HasSubstr(" of 30 runs of state[one].level=0.5 failed\n"));
}

TEST_F(Compare, tells_the_cost_without_making_it) {
    const Outcome dry = entente("compare walk.yaml --replicates 1000 --dry-run");
    EXPECT_EQ(dry.code, 0);
    EXPECT_THAT(dry.out, StartsWith("Would make 2,000 runs of 1 point and 1,000 replicates of each of 2 alternatives\n"));
    EXPECT_FALSE(fs::exists(scratch_.path() / "results"));
}

TEST_F(Compare, does_not_call_what_is_infinite_the_same) {
    const std::string text = entente("compare infinite.yaml --with p=0.5 --no-report --out kept").out;
    EXPECT_THAT(text, HasSubstr("\n  no clear difference in q, lg, s\n"));
    EXPECT_THAT(text, HasSubstr("\n  the same in every run that has a number: rt\n"));
    EXPECT_THAT(text, HasSubstr("\n  q is infinite in 22 runs of the baseline and 493 of p=0.5, excluded from the difference: larger in\n    47 %, smaller in 0 %\n"));
}

/// All arrive in 2002; in 2006 runs fail with chance p.
const char* const late_failures = R"yaml(entente: 1
title: a date, then a failure
calendar: {start: 2000-01-01, end: 2009-12-31, step: year}
runs: 200
parameters: {p: {value: 0}}
agents:
  f:
    fields: {up: 0, y: 0, bad: {start: "bernoulli(p)"}}
    members: {v: {}}
steps:
  - {rule: arrive, on: f, where: tick == 2, do: [up = 1]}
  - {rule: fail, on: f, where: tick == 6, do: [y = log(1 - 2 * bad)]}
measures:
  came: "first(f[v].up > 0)"
  y: "f[v].y"
  yearly: {value: "average(f[v].up)", per: year}
)yaml";

TEST_F(Compare, keeps_dates_of_runs_that_fail_later) {
    std::ofstream(scratch_.path() / "late.yaml") << late_failures;
    const Outcome told = entente("compare late.yaml --with p=0.3 --json --no-courses --out c");
    EXPECT_EQ(told.code, 3);
    const json summary = json::parse(told.out);
    const json& date = summary["dates"]["came"];
    EXPECT_EQ(date["alternatives"]["p=0.3"]["came_share"], 1);
    EXPECT_EQ(date["alternatives"]["p=0.3"]["median"], "2002-01-01");
    EXPECT_EQ(date["versus"]["p=0.3"]["log_rank"]["p"], 1);
    EXPECT_EQ(date["versus"]["p=0.3"]["same"]["count"], 200);
    EXPECT_EQ(summary["outcomes"]["came_came"]["versus"]["p=0.3"]["n"], 200);
    EXPECT_NEAR(summary["outcomes"]["yearly"]["means"]["baseline"]["mean"].get<double>(), 0.8, 1e-12) << "of ten years, not their sum";
    EXPECT_FALSE(summary["outcomes"].contains("yearly[2003]")) << "single years where they are asked for";
    const json failure = summary["failures"]["listed"][0];
    const auto number = failure["run"].get<int>();
    EXPECT_EQ(number, 200 + failure["replicate"].get<int>());
    const auto line = fmt::format("\n{},p=0.3,{},failed,", number, number - 200);
    EXPECT_THAT(file("c/runs.csv"), HasSubstr(line)) << "messages number runs as runs.csv does";
    EXPECT_THAT(failure["message"].get<std::string>(), StartsWith(fmt::format("run {} stopped on 2006-01-01", number)));
    EXPECT_THAT(told.err, HasSubstr(fmt::format("in 'p=0.3' run {} stopped", number)));
}

TEST_F(Compare, tells_single_years_where_they_are_asked_for) {
    std::ofstream(scratch_.path() / "late.yaml") << late_failures;
    const json summary = compared("late.yaml --with p=0 --measure 'yearly[2003]' --out c");
    EXPECT_EQ(summary["outcomes"].size(), 1U);
    EXPECT_EQ(summary["outcomes"]["yearly[2003]"]["means"]["p=0"]["mean"], 1);
}

}  // namespace
}  // namespace entente
