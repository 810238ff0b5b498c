// Tests: output/study_tables, output/study_text, output/sweep_json, output/sweep_text, summary/sweep_summary.
/// Sweeps as a user meets them: what they print, what they leave, and what they refuse.
#include <cmath>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "command.hpp"

namespace entente {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Sweep : public Command {
protected:
    [[nodiscard]] std::string refused(const std::string& arguments) const {
        const Outcome outcome = entente("sweep walk.yaml " + arguments);
        EXPECT_EQ(outcome.code, 2) << arguments;
        EXPECT_EQ(outcome.out, "") << arguments;
        return outcome.err;
    }
};

TEST_F(Sweep, tells_and_keeps_what_follows_at_each_point) {
    const Outcome swept = entente("sweep walk.yaml --vary drift=0:1:3 --vary 'power[south].influence={0, 2}' --replicates 10 --out s");
    EXPECT_EQ(swept.code, 0) << swept.err;
    EXPECT_THAT(swept.out, StartsWith("Two powers drift\ngrid of 3 × 2 · 6 points of 10 replicates · seed 1\n"));
    EXPECT_THAT(swept.out, HasSubstr("ahead_came"));
    EXPECT_THAT(file("s/design.csv"), StartsWith("point,drift,power[south].influence\n0,0,0\n1,0,2\n2,0.5,0\n"));
    EXPECT_THAT(file("s/runs.csv"), StartsWith("run,point,replicate,status,drift,power[south].influence,north,ahead,visits,visits_yearly,visits_yearly[2020],visits_yearly[2021]\n0,0,0,ok,0,0,"));
    EXPECT_THAT(file("s/points.csv"), StartsWith("point,drift,power[south].influence,runs,failed,north,north_se,ahead_years,"));
    EXPECT_EQ(manifest("s")["state"], "complete");
    EXPECT_EQ(manifest("s")["runs"], 60);
}

TEST_F(Sweep, begins_with_where_the_headline_is_least_and_greatest) {
    const json summary = json::parse(entente("sweep walk.yaml --vary drift=0:1:3 --vary 'power[south].influence={0, 2}' --replicates 10 --json --out s").out);
    const json& headline = summary["headline"];
    ASSERT_EQ(headline.size(), 2);
    EXPECT_EQ(headline[0]["measure"], "ahead");
    for (std::size_t which = 0; const std::string outcome : {"ahead_came", "north"}) {
        const json& numbers = headline[which++]["numbers"];
        const json& told = summary["outcomes"][outcome];
        ASSERT_EQ(numbers.size(), 2) << outcome;
        EXPECT_EQ(numbers[0]["value"], told["min"]["mean"]);
        EXPECT_EQ(numbers[1]["value"], told["max"]["mean"]);
        EXPECT_EQ(numbers[1]["of"], fmt::format("drift = {}, power[south].influence = {}", told["max"]["at"]["drift"].get<double>(), told["max"]["at"]["power[south].influence"].get<double>()));
        EXPECT_EQ(numbers[1].contains("apart"), numbers[0]["high"].get<double>() >= numbers[1]["low"].get<double>()) << "intervals that overlap tell nothing apart";
        EXPECT_GE(numbers[0]["value"].get<double>(), numbers[0]["low"].get<double>());
        EXPECT_LE(numbers[1]["value"].get<double>(), numbers[1]["high"].get<double>());
    }
    EXPECT_THAT(entente("sweep walk.yaml --vary drift=0:1:3 --replicates 10 --measure visits --out v").out, HasSubstr(" replicates · seed 1\n\nvisits, mean of runs: 3.9 at all 3 points.\n"));
}

TEST_F(Sweep, and_other_studies_say_which_measures_they_leave_to_the_tables) {
    std::ofstream(scratch_.path() / "rows.yaml") << "entente: 1\ncalendar: {ticks: 3}\nparameters: {p: 1}\nagents: {a: {members: [x, y], fields: {v: 1}}}\n"
                                                    "steps: [{rule: r, on: a, do: [v += p]}]\nmeasures: {v: {value: v, on: a}, w: {value: 2 * v, on: a}}\n";
    const std::string note = "Measured on each row, and told here only when asked for: v (2 rows of a) and w (2 rows of a). Ask by --measure v for all rows, "
                             "or --measure 'v[x]' for one; the tables have them all.";
    const auto in_one_line = [](std::string text) {
        for (std::size_t at = text.find("\n    "); at != std::string::npos; at = text.find("\n    ")) text.replace(at, 5, " ");
        return text;
    };
    for (const std::string study : {"sweep rows.yaml --vary p=1:2:2 --replicates 1", "sensitivity rows.yaml --vary p=1:2 --samples 4 --replicates 1",
                                    "compare rows.yaml --with p=2 --replicates 2"}) {
        const std::string folder = study.substr(0, study.find(' '));
        EXPECT_THAT(in_one_line(entente(study + " --out " + folder).out), HasSubstr("\n" + note + "\n")) << study;
        EXPECT_EQ(json::parse(file(folder + "/summary.json"))["measured_by_row"], json::array({"v", "w"})) << study;
        EXPECT_EQ(json::parse(entente(study + " --json --out json-" + folder).out)["measured_by_row"], json::array({"v", "w"})) << study;
        EXPECT_THAT(file(folder + "/report.html"), HasSubstr("told here only when asked for: v (2 rows of a)")) << study;
    }
    EXPECT_EQ(entente("sensitivity rows.yaml --vary p=1:2 --samples 4 --measure 'v[z]'").err,
              "error: 'v' is measured on each a, of which none is called 'z'\nhelp: the rows are x and y\n");
    EXPECT_THAT(entente("sweep walk.yaml --vary drift=0:1:2 --replicates 1 --out s").out, HasSubstr("\nMeasured on each row, and told here only when asked for: warmth ("));
}

/// v of x grows by p a tick from 1, v of y from 2; it passes 5 on x at tick 3 / p.
const char* const by_row = "entente: 1\ncalendar: {start: 2020-12-01, ticks: 4, step: month}\nparameters: {p: 1}\n"
                           "agents: {a: {members: {x: {}, y: {v: 2}}, fields: {v: 1}}}\n"
                           "links: {l: {source: a, target: a, fields: {w: 0}, members: [x -> y]}}\n"
                           "steps: [{rule: r, on: a, do: [v += p]}]\n"
                           "measures: {v: {value: v, on: a}, when: {value: first(v >= 5), on: a}, yearly: {value: total(v), on: a, per: year}, w: {value: total(source.v), on: l}}\n";

TEST_F(Sweep, and_other_studies_have_tables_by_row) {
    std::ofstream(scratch_.path() / "rows.yaml") << by_row;
    ASSERT_EQ(entente("sweep rows.yaml --vary p=1:2:2 --replicates 2 --out s").code, 0);
    EXPECT_THAT(file("s/rows.csv"), StartsWith("run,point,replicate,status,p,kind,row,source,target,v,when,yearly,yearly[2020],yearly[2021],w\n"
                                               "0,0,0,ok,1,a,x,,,5,2021-03-01,14,2,12,\n"
                                               "0,0,0,ok,1,a,y,,,6,2021-02-01,18,3,15,\n"
                                               "0,0,0,ok,1,l,x -> y,x,y,,,,,,14\n"
                                               "1,0,1,ok,1,a,x,"));
    EXPECT_THAT(file("s/point_rows.csv"),
                StartsWith("point,p,runs,failed,kind,row,source,target,v,v_se,when_years,when_years_se,when_came,when_came_se,yearly,yearly_se,yearly[2020],yearly[2020]_se,yearly[2021],yearly[2021]_se,w,w_se\n"
                           "0,1,2,0,a,x,,,5,0,0.25,0,1,0,14,0,2,0,12,0,,\n"));
    EXPECT_THAT(file("s/point_rows.csv"), HasSubstr("\n1,2,2,0,l,x -> y,x,y,,,,,,,,,,,,,24,0\n"));
    EXPECT_THAT(file("s/runs.csv"), StartsWith("run,point,replicate,status,p\n0,0,0,ok,1\n"));
    ASSERT_EQ(entente("compare rows.yaml --with p=2 --replicates 2 --out c").code, 0);
    EXPECT_THAT(file("c/rows.csv"), StartsWith("run,alternative,replicate,status,kind,row,source,target,v,"));
    EXPECT_THAT(file("c/rows.csv"), HasSubstr("\n2,p=2,0,ok,a,x,,,9,2021-01-01,24,3,21,\n"));
}

TEST_F(Sweep, and_other_studies_tell_of_the_rows_that_they_are_asked_for) {
    std::ofstream(scratch_.path() / "rows.yaml") << by_row;
    const json swept = json::parse(entente("sweep rows.yaml --vary p=1:2:2 --replicates 2 --out s --json --measure 'when[x]' --measure 'yearly[y][2020]' --measure w").out);
    EXPECT_EQ(swept["outcomes"].size(), 4U);
    EXPECT_EQ(swept["outcomes"]["yearly[y][2020]"]["mean"], 3.5);
    EXPECT_EQ(swept["outcomes"]["w[x -> y]"]["max"]["mean"], 24);
    EXPECT_EQ(swept["outcomes"]["when_came[x]"]["mean"], 1);
    const json compared = json::parse(entente("compare rows.yaml --with p=2 --replicates 2 --out c --json --measure v --measure 'when[x]'").out);
    EXPECT_EQ(compared["outcomes"]["v[x]"]["versus"]["p=2"]["difference"], 4);
    EXPECT_EQ(compared["dates"]["when[x]"]["alternatives"]["baseline"]["came_share"], 1);
    EXPECT_THAT(file("c/courses.csv"), HasSubstr("\n2021-04-01,v[x],p=2,9,4,4,4\n"));
    const json analysed = json::parse(entente("sensitivity rows.yaml --vary p=1:2 --samples 4 --replicates 2 --out n --json --measure 'v[y]'").out);
    EXPECT_EQ(analysed["outcomes"].size(), 1U);
    EXPECT_TRUE(analysed["outcomes"].contains("v[y]"));
    ASSERT_EQ(entente("sensitivity rows.yaml --vary p=1:2 --samples 4 --replicates 2 --out m --measure v").code, 0);
    EXPECT_THAT(file("m/indices.csv"), HasSubstr("\nv[x],p,first,"));
}

TEST_F(Sweep, tells_parameters_from_columns_of_its_own) {
    std::ofstream(scratch_.path() / "named.yaml") << "entente: 1\ncalendar: {ticks: 3}\nparameters: {point: 1, runs: 2}\nagents: {a: {members: [x], fields: {v: 1}}}\n"
                                                     "steps: [{rule: r, on: a, do: [v += point * runs]}]\nmeasures: {v: 'a[x].v'}\n";
    ASSERT_EQ(entente("sweep named.yaml --vary point=1:2:2 --vary runs=3:5:2 --replicates 2 --out a").code, 0);
    EXPECT_THAT(file("a/runs.csv"), StartsWith("run,point,replicate,status,parameter_point,parameter_runs,v\n0,0,0,ok,1,3,10\n"));
    EXPECT_THAT(file("a/points.csv"), StartsWith("point,parameter_point,parameter_runs,runs,failed,v,v_se\n0,1,3,2,0,10,0\n"));
    EXPECT_THAT(file("a/design.csv"), StartsWith("point,parameter_point,parameter_runs\n0,1,3\n"));
    ASSERT_EQ(entente("sweep named.yaml --points a/design.csv --replicates 2 --out b").code, 0);
    EXPECT_EQ(file("a/runs.csv"), file("b/runs.csv"));
    std::ofstream(scratch_.path() / "by_hand.csv") << "point,runs\n1,3\n1,5\n2,3\n2,5\n";
    ASSERT_EQ(entente("sweep named.yaml --points by_hand.csv --replicates 2 --out c").code, 0);
    EXPECT_EQ(file("a/runs.csv"), file("c/runs.csv"));
}

TEST_F(Sweep, gives_a_point_what_run_gives_when_it_is_set) {
    ASSERT_EQ(entente("sweep walk.yaml --vary drift=0:1:3 --replicates 10 --out s").code, 0);
    ASSERT_EQ(entente("run walk.yaml --set drift=0.5 --runs 10 --out r").code, 0);
    const std::string runs = file("r/runs.csv");
    const std::string row = runs.substr(runs.find("\n3,") + 1);
    const std::string values = row.substr(row.find("ok,") + 3, row.find('\n') - row.find("ok,") - 3);
    EXPECT_THAT(file("s/runs.csv"), HasSubstr("\n13,1,3,ok,0.5," + values + '\n'));
}

TEST_F(Sweep, reads_the_points_that_it_emits) {
    ASSERT_EQ(entente("sweep walk.yaml --vary drift=0:1 --samples 8 --emit-design d.csv").code, 0);
    ASSERT_EQ(entente("sweep walk.yaml --vary drift=0:1 --samples 8 --replicates 5 --out a").code, 0);
    ASSERT_EQ(entente("sweep walk.yaml --points d.csv --replicates 5 --out b").code, 0);
    EXPECT_EQ(file("a/runs.csv"), file("b/runs.csv"));
    EXPECT_EQ(manifest("a")["digest"], manifest("b")["digest"]);
    EXPECT_EQ(refused("--vary drift=0:1 --samples 4 --emit-design d.csv"),
              "error: 'd.csv' exists already, with other content\nhelp: name another file, or remove this one\n");
}

TEST_F(Sweep, tells_as_json_what_scripts_read) {
    const Outcome swept = entente("sweep walk.yaml --vary drift=0:1:3 --replicates 4 --out s --json");
    EXPECT_EQ(swept.code, 0);
    const json told = json::parse(swept.out);
    EXPECT_EQ(told["format"], "entente-sweep-summary/1");
    EXPECT_EQ(told["runs"], 12);
    EXPECT_EQ(told["factors"], json::array({"drift"}));
    EXPECT_EQ(told["by_point"].size(), 3U);
    EXPECT_EQ(told["by_point"][2]["at"]["drift"], 1);
    EXPECT_EQ(told["by_point"][2]["outcomes"]["north"]["n"], 4);
    EXPECT_EQ(told["outcomes"]["ahead_came"]["rule"], "1 where the date came, 0 where it did not");
    EXPECT_EQ(file("s/summary.json"), swept.out);
}

TEST_F(Sweep, tells_its_cost_beforehand) {
    const Outcome told = entente("sweep walk.yaml --vary drift=0:1:3 --replicates 1000 --out s --dry-run");
    EXPECT_EQ(told.code, 0);
    EXPECT_THAT(told.out, testing::MatchesRegex("Would make 3,000 runs of 3 points and 1,000 replicates\nTime     about [^\n]+\nMemory   about [^\n]+\nDisk     about [^\n]+ in s\n"));
    EXPECT_FALSE(fs::exists(scratch_.path() / "s"));
}

TEST_F(Sweep, looks_at_what_is_there_without_making_more) {
    EXPECT_EQ(refused("--vary drift=0:1:3 --no-runs --out s"), "error: there are no runs of this study in 's'\nhelp: drop --no-runs to make them\n");
    EXPECT_FALSE(fs::exists(scratch_.path() / "s"));
    ASSERT_EQ(entente("sweep walk.yaml --vary drift=0:1:3 --replicates 10 --out s").code, 0);
    EXPECT_EQ(entente("sweep walk.yaml --vary drift=0:1:3 --replicates 10 --out s --no-runs").code, 0);
    const Outcome more = entente("sweep walk.yaml --vary drift=0:1:3 --replicates 20 --out s --no-runs --quiet");
    EXPECT_EQ(more.code, 1);
    EXPECT_EQ(more.err, "warning: 30 of 60 runs, at 3 of 3 points, are in 's'\nhelp: run the same command without --no-runs or --shard to make the others\n");
}

TEST_F(Sweep, says_what_is_wrong_with_what_is_asked) {
    EXPECT_EQ(refused(""), "error: nothing to vary\nhelp: give --vary NAME=LOW:HIGH:LEVELS, or --points FILE; with --samples, every parameter that has a prior is varied\n");
    EXPECT_EQ(refused("--vary drift=0:1 --runs 10"), "error: 'entente sweep' takes no option '--runs'\nhelp: runs of a point are --replicates\n");
    EXPECT_EQ(refused("--vary drift=0:1:3 --samples 4"),
              "error: 'drift' is varied by 3 levels, and levels have no meaning in a Sobol' sequence\n"
              "help: drop them: a grid of levels is what 'entente sweep' makes without --samples\n");
    EXPECT_EQ(refused("--vary drfit=0:1"), "error: no parameter is called 'drfit'\nhelp: did you mean 'drift'?\n");
    EXPECT_EQ(refused("--vary drift=0:1 --design sobl --samples 4"), "error: there is no design 'sobl'\nhelp: did you mean 'sobol'?\n");
    EXPECT_EQ(refused("--vary drift=0:1 --design latin"), "error: the design 'latin' takes a number of samples\nhelp: as in --samples 64\n");
    EXPECT_EQ(refused("--vary drift=0:1 --design grid --samples 4"),
              "error: a grid has no samples: it has every combination of levels\nhelp: drop --samples, or use --design sobol or latin\n");
    EXPECT_EQ(refused("--points walk.csv"), "error: 'walk.csv' does not exist\nhelp: check the name and the folder\n");
    EXPECT_EQ(refused("--points p.csv --vary drift=0:1"), "error: --points gives all points, and excludes --vary, --design and --samples\nhelp: give one or the other\n");
    EXPECT_EQ(refused("--vary drift=0:1 --shard 3/2"), "error: --shard takes a share of the work as i/n, not '3/2'\nhelp: as in --shard 3/16, the third of sixteen\n");
    EXPECT_EQ(refused("--vary drift=0:1 --replicates 9000000000000000000 --out s"),
              "error: 5 points of 9,000,000,000,000,000,000 replicates are more runs than can be numbered\nhelp: 4,294,967,295 at most: use fewer points or replicates\n");
    EXPECT_THAT(shell("printf 'drift,drift\\n1,2\\n' > p.csv; entente sweep walk.yaml --points p.csv --out s").err, HasSubstr("drift"));
    EXPECT_FALSE(fs::exists(scratch_.path() / "s"));
}

TEST_F(Sweep, keeps_failed_runs_and_says_how_to_make_one_again) {
    const Outcome swept = entente("sweep fails.yaml --vary 'state[one].level={0.3, 3}' --replicates 20 --out s --quiet");
    EXPECT_EQ(swept.code, 3);
    EXPECT_THAT(swept.err, testing::MatchesRegex("error: [0-9]+ of 40 runs failed; run [0-9]+ stopped in [^\n]+\n"
                                                 "help: to repeat that run alone: entente run fails.yaml --set 'state\\[one\\].level=0.3' --seed 1 --first-run [0-9]+ --runs 1\n"));
    const std::string again = swept.err.substr(swept.err.find("entente run"));
    EXPECT_EQ(shell(again.substr(0, again.size() - 1) + " --out again --quiet").code, 3);
}

TEST_F(Sweep, takes_every_parameter_that_has_a_prior_where_none_is_named) {
    const Outcome swept = entente("sweep walk.yaml --samples 8 --replicates 2 --out s");
    EXPECT_EQ(swept.code, 0) << swept.err;
    EXPECT_THAT(swept.out, HasSubstr("\nVaried: every parameter that has a prior, drift.\n"));
    EXPECT_THAT(file("s/design.csv"), StartsWith("point,drift\n"));
    EXPECT_THAT(entente("sweep --help").out, HasSubstr("Exit codes: 0 success, 1 --no-runs found runs missing, 2 "));
}

TEST_F(Sweep, counts_infinite_values_and_leaves_them_out) {
    const Outcome swept = entente("sweep infinite.yaml --vary p --replicates 100 --out s --no-report");
    EXPECT_EQ(swept.code, 0);
    EXPECT_THAT(swept.out, HasSubstr("\n  q is infinite in 7 of 500 runs, excluded\n  lg is infinite in 7 of 500 runs, excluded\n"));
    const json told = json::parse(file("s/summary.json"))["outcomes"]["q"];
    EXPECT_EQ(told["infinite"], 7);
    EXPECT_EQ(told["mean"], 1);
    EXPECT_THAT(file("s/runs.csv"), HasSubstr(",inf,-inf,,inf\n")) << "the runs themselves stay as they are";
}

// -- unpaired

/// Mean hazard of the runs in which nothing ever came, and how many they are.
std::pair<double, double> hazard_given_never(const std::string& runs_csv) {
    std::istringstream lines(runs_csv);
    std::string line;
    std::getline(lines, line);
    EXPECT_EQ(line, "run,point,replicate,drawn_as,status,hazard,recognised");
    double sum = 0;
    double count = 0;
    while (std::getline(lines, line)) {
        if (line.back() != ',') continue;
        sum += std::stod(line.substr(line.find(",ok,") + 4));
        ++count;
    }
    return {sum / count, count};
}

TEST_F(Sweep, that_is_unpaired_is_a_prior_predictive_sample) {
    for (const auto* seed : {"1", "2", "3"}) {
        ASSERT_EQ(entente("sweep hazard.yaml --vary hazard --design latin --samples 20000 --replicates 1 --unpaired --no-report --quiet --out s --seed " +
                          std::string(seed)).code, 0);
        const auto [mean, count] = hazard_given_never(file("s/runs.csv"));
        fs::remove_all(scratch_.path() / "s");
        // hazard is uniform on [0, 2], and exp(-4 hazard) the chance of never: mean 0.2493, sd 0.248
        EXPECT_NEAR(mean, 0.2493, 4 * 0.248 / std::sqrt(count)) << "seed " << seed;
        EXPECT_NEAR(count, 20000 * 0.12496, 4 * std::sqrt(20000 * 0.12496));
    }
}

TEST_F(Sweep, that_is_unpaired_says_so_everywhere) {
    const Outcome swept = entente("sweep walk.yaml --vary drift=0:1:3 --replicates 10 --unpaired --out s");
    EXPECT_EQ(swept.code, 0) << swept.err;
    EXPECT_THAT(swept.out, StartsWith("Two powers drift\ngrid of 3 · 3 points of 10 replicates · seed 1 · unpaired: each point has its own random numbers\n"));
    EXPECT_EQ(manifest("s")["study"]["independent"], true);
    EXPECT_EQ(manifest("s")["design"]["pairing"], "unpaired");
    EXPECT_EQ(json::parse(file("s/summary.json"))["pairing"], "unpaired");
    EXPECT_EQ(refused("--vary drift=0:1:3 --replicates 10 --out s"),
              "error: the folder 's' holds another study: independent runs, not paired ones\nhelp: write elsewhere with --out, or remove that folder if its results are no longer needed\n");
    ASSERT_EQ(entente("sweep walk.yaml --vary drift=0:1:3 --replicates 10 --quiet --out p").code, 0);
    EXPECT_EQ(json::parse(file("p/summary.json"))["pairing"], "paired");
    EXPECT_EQ(refused("--vary drift=0:1:3 --replicates 10 --unpaired --out p"),
              "error: the folder 'p' holds another study: paired runs, not independent ones\nhelp: write elsewhere with --out, or remove that folder if its results are no longer needed\n");
    EXPECT_EQ(refused("--vary drift=0:1 --replicates 10000001 --unpaired"),
              "error: independent points have room for 10,000,000 runs each, not 10,000,001\nhelp: ask for fewer --replicates\n");
}

TEST_F(Sweep, that_is_unpaired_grows_and_is_merged_into_what_one_would_have_made) {
    const std::string sweep = "sweep walk.yaml --vary drift=0:1 --design latin --unpaired --quiet --no-report ";
    ASSERT_EQ(entente(sweep + "--samples 8 --replicates 3 --out grown").code, 0);
    ASSERT_EQ(entente(sweep + "--samples 16 --replicates 5 --out grown --threads 1").code, 0);
    for (const auto* share : {"1/2", "2/2"})
        ASSERT_EQ(entente(sweep + "--samples 16 --replicates 5 --shard " + share + " --out part-" + share[0]).code, 0);
    ASSERT_EQ(entente("sweep walk.yaml --points grown/design.csv --replicates 5 --unpaired --quiet --no-report --out listed").code, 0);
    ASSERT_EQ(entente(sweep + "--samples 16 --replicates 5 --out once --threads 3 --lanes 8").code, 0);
    ASSERT_EQ(entente("merge part-1 part-2 --out whole --quiet").code, 0);
    EXPECT_EQ(file("listed/runs.csv"), file("grown/runs.csv")) << "a point's random numbers depend on its values alone";
    EXPECT_EQ(file("once/runs.csv"), file("whole/runs.csv"));
    EXPECT_EQ(manifest("once")["digest"], manifest("whole")["digest"]);
    ASSERT_EQ(entente("sweep walk.yaml --points grown/design.csv --replicates 3 --unpaired --quiet --no-report --out fewer").code, 0);
    const std::string grown = file("grown/runs.csv");
    const std::string of_fewer = file("fewer/runs.csv");
    EXPECT_THAT(grown, HasSubstr(of_fewer.substr(of_fewer.find(",0,0,") + 5, 60))) << "more replicates change no run";
}

TEST_F(Sweep, that_is_unpaired_draws_as_the_run_that_its_table_names) {
    ASSERT_EQ(shell("printf 'drift\\n0.5\\n0.5\\n1\\n' > p.csv; entente sweep walk.yaml --points p.csv --replicates 4 --unpaired --quiet --out s").code, 0);
    std::istringstream lines(file("s/runs.csv"));
    std::string line;
    std::getline(lines, line);
    std::set<std::string> seen;
    while (std::getline(lines, line)) {
        std::istringstream cells(line);
        std::string run, point, replicate, drawn_as, status, drift;
        for (auto* cell : {&run, &point, &replicate, &drawn_as, &status, &drift}) std::getline(cells, *cell, ',');
        const std::string values = line.substr(line.find(",ok,") + 4 + drift.size());
        seen.insert(values);
        if (replicate != "3") continue;
        ASSERT_EQ(entente("run walk.yaml --set drift=" + drift + " --first-run " + drawn_as + " --runs 1 --quiet --no-report --out again-" + run).code, 0);
        EXPECT_THAT(file("again-" + run + "/runs.csv"), HasSubstr(",ok" + values + '\n'));
    }
    EXPECT_EQ(seen.size(), 12U) << "two points of the same values have luck of their own";
}

TEST_F(Sweep, that_is_unpaired_says_how_to_make_a_failed_run_again) {
    const Outcome swept = entente("sweep fails.yaml --vary 'state[one].level={0.3, 3}' --replicates 20 --unpaired --out s --quiet");
    EXPECT_EQ(swept.code, 3);
    const std::string again = swept.err.substr(swept.err.find("entente run"));
    EXPECT_EQ(shell(again.substr(0, again.size() - 1) + " --out again --quiet").code, 3);
}

TEST_F(Sweep, tells_the_share_of_runs_on_each_level_and_no_mean_between_two) {
    write_text(scratch_.path() / "ladder.yaml", R"yaml(entente: 1
calendar: {start: 2020-01-01, ticks: 12, step: month}
parameters: {push: {value: 1, unit: 1/year}}
agents: {state: {fields: {alert: {start: calm, levels: [calm, tense, {name: war, label: Open war}]}}, members: [iraq, iran]}}
steps:
  - event: escalates
    on: state
    where: alert < war
    rate: push
    do: ["alert += 1"]
measures:
  alert: "state[iraq].alert"
  of_each: {value: alert, on: state}
)yaml");
    const Outcome swept = entente("sweep ladder.yaml --vary push=0:1000:2 --replicates 4 --out s");
    EXPECT_EQ(swept.code, 0) << swept.err;
    EXPECT_THAT(swept.out, HasSubstr("alert[Open war]"));
    EXPECT_THAT(swept.out, testing::ContainsRegex("\n  alert.tense. +probability +0 +0 +– +0 +– +–\n")) << "what is the same everywhere is at no point";
    EXPECT_THAT(swept.out, testing::Not(HasSubstr("\n  alert  ")));
    EXPECT_THAT(file("s/points.csv"), StartsWith("point,push,runs,failed,alert[calm],alert[calm]_se,alert[tense],alert[tense]_se,alert[war],alert[war]_se\n"
                                                 "0,0,4,0,1,0,0,0,0,0\n1,1000,4,0,0,0,0,0,1,0\n"));
    EXPECT_THAT(file("s/point_rows.csv"), HasSubstr(",kind,row,of_each[calm],of_each[calm]_se,of_each[tense],of_each[tense]_se,of_each[war],of_each[war]_se\n"));
    EXPECT_THAT(file("s/point_rows.csv"), HasSubstr("\n1,1000,4,0,state,iran,0,0,0,0,1,0\n"));
    const json told = json::parse(entente("sweep ladder.yaml --vary push=0:1000:2 --replicates 4 --json --measure 'of_each[iran][war]' --out t").out);
    EXPECT_EQ(told["outcomes"].size(), 1U);
    EXPECT_EQ(told["outcomes"]["of_each[iran][war]"]["max"]["mean"], 1);
    EXPECT_EQ(told["by_point"][0]["outcomes"]["of_each[iran][war]"]["mean"], 0);
}

TEST_F(Sweep, names_the_outcomes_that_its_table_of_points_has_no_room_for) {
    std::string measures;
    for (int number = 0; number < 9; ++number) measures += fmt::format("  m{}: \"push * {}\"\n", number, number + 1);
    write_text(scratch_.path() / "many.yaml", "entente: 1\ncalendar: {start: 2020-01-01, ticks: 2, step: month}\nparameters: {push: 1}\nmeasures:\n" + measures);
    EXPECT_THAT(entente("sweep many.yaml --vary push=0:1:2 --replicates 1 --out s").out,
                HasSubstr("\nThese differ between points, too: m6, m7 and m8. --measure chooses; points.csv has all.\n"));
    EXPECT_THAT(entente("sweep many.yaml --vary push=0:1:100 --replicates 1 --out u").out, HasSubstr("\nMeans at each of 100 points are in points.csv.\n"));
}

}  // namespace
}  // namespace entente
