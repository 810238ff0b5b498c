// Tests: report/ensemble_data, report/report_data, report/scenario_data, report/static_page, report/studies_data, summary/relations.
/// Pages as a user gets them: who writes them, what they hold, and what is refused.
#include <algorithm>
#include <fstream>

#include "command.hpp"
#include "../inflated.hpp"

namespace entente {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ReportPage : public Command {
protected:
    [[nodiscard]] static json data_of(const std::string& page) {
        return json::parse(data_of_page(page));
    }
    [[nodiscard]] json data(const std::string& name) const { return data_of(file(name)); }
    [[nodiscard]] bool is_there(const std::string& name) const { return fs::exists(scratch_.path() / name); }
};

TEST_F(ReportPage, is_written_by_run_and_named_last) {
    const Outcome run = entente("run walk.yaml --out r");
    EXPECT_EQ(run.code, 0) << run.err;
    EXPECT_THAT(run.out, EndsWith("manifest.json, report.html\n"));
    const json page = data("r/report.html");
    EXPECT_EQ(page["format"], "entente-report/1");
    EXPECT_EQ(page["kind"], "run");
    EXPECT_EQ(page["title"], "Two powers drift");
    EXPECT_EQ(page["provenance"]["command"], "entente run walk.yaml --out r");
    EXPECT_THAT(file("r/report.html"), StartsWith("<!DOCTYPE html>"));
}

TEST_F(ReportPage, tells_shares_of_runs_on_levels_in_studies) {
    write_text(scratch_.path() / "ladder.yaml",
               "entente: 1\ncalendar: {start: 2020-01-01, ticks: 12, step: month}\nparameters: {push: 0}\n"
               "agents: {state: {fields: {alert: {start: calm, levels: [calm, {name: war, label: Open war}]}}, members: [iraq]}}\n"
               "steps: [{event: escalates, on: state, where: alert < war, rate: push, do: [alert += 1]}]\nmeasures: {alert: \"state[iraq].alert\"}\n");
    ASSERT_EQ(entente("sweep ladder.yaml --vary push=0:1000:2 --replicates 4 --out s").code, 0);
    const json swept = data("s/report.html");
    EXPECT_THAT(swept["findings"][1], "The share of runs on alert[Open war] ranges from 0 % (at push = 0) to 100 % (at push = 1,000).");
    EXPECT_EQ(swept["sweep"]["outcomes"][1]["mean"], json({0, 1}));
    EXPECT_EQ(swept["sweep"]["outcomes"][1]["low"], json({0, 0.51011})) << "an interval of Wilson's: within 0 and 1";
    EXPECT_EQ(swept["sweep"]["outcomes"][1]["high"], json({0.48989, 1}));
    ASSERT_EQ(entente("compare ladder.yaml --with push=1000 --replicates 4 --out c").code, 0);
    const json compared = data("c/report.html");
    EXPECT_THAT(compared["findings"][1], "With push=1000, the share of runs that end on alert[Open war] is 100 percentage points higher (95 % interval 100–100).");
    EXPECT_EQ(compared["comparison"]["courses"][1]["name"], "alert[Open war]");
    EXPECT_THAT(compared["comparison"]["middle_label"], "median, of a level the share of runs on it");
}

TEST_F(ReportPage, says_what_the_summary_says) {
    ASSERT_EQ(entente("run walk.yaml --out r").code, 0);
    const json summary = json::parse(file("r/summary.json"))["measures"];
    const json ensemble = data("r/report.html")["ensemble"];
    EXPECT_EQ(ensemble["series"][0]["name"], "north");
    const json& median = summary["north"]["time"]["quantiles"]["0.5"];
    ASSERT_EQ(ensemble["series"][0]["q50"].size(), median.size());
    for (std::size_t tick = 0; tick < median.size(); ++tick)
        EXPECT_NEAR(ensemble["series"][0]["q50"][tick].get<double>(), median[tick].get<double>(), 1e-4) << tick;
    EXPECT_EQ(ensemble["dates"][0]["name"], "ahead");
    EXPECT_NEAR(ensemble["dates"][0]["share"].get<double>(), summary["ahead"]["share"].get<double>(), 1e-4);
    EXPECT_EQ(ensemble["dates"][0]["median"], summary["ahead"]["median"]);
}

TEST_F(ReportPage, shows_relations_of_the_same_runs) {
    ASSERT_EQ(entente("run walk.yaml --out r").code, 0);
    const json network = data("r/report.html")["ensemble"]["network"];
    EXPECT_EQ(network["agents"], json({"north", "south"}));
    ASSERT_EQ(network["kinds"][0]["links"], json({{0, 1}, {1, 0}}));
    EXPECT_EQ(network["kinds"][0]["fields"][0]["name"], "warmth");
    const json course = json::parse(file("r/summary.json"))["measures"]["warmth"]["rows"]["north -> south"]["mean_over_time"];
    ASSERT_EQ(network["times"].size(), course.size());
    for (std::size_t tick = 0; tick < course.size(); ++tick)
        EXPECT_NEAR(network["kinds"][0]["fields"][0]["values"][0][tick].get<double>(), course[tick].get<double>(), 1e-4) << tick;
}

TEST_F(ReportPage, shows_medians_of_links_of_a_small_world) {
    std::ofstream(scratch_.path() / "small.yaml") << R"y(entente: 1
calendar: {ticks: 4}
runs: 3
agents: {power: {members: [a, b, c]}}
links:
  tie:
    source: power
    target: power
    fields: {w: 0}
    derived: {usual: "w - median(k.w for k in tie.out(source))"}
    pattern: {complete: {}}
steps: [{rule: r, on: tie, do: ["w += 3 * uniform()"]}]
measures: {gap: {value: usual, on: tie}}
)y";
    const Outcome run = entente("run small.yaml --out r");
    ASSERT_EQ(run.code, 0) << run.err;
    const json network = data("r/report.html")["ensemble"]["network"];
    const json rows = json::parse(file("r/summary.json"))["measures"]["gap"]["rows"];
    EXPECT_EQ(network["kinds"][0]["fields"][0]["name"], "usual");
    const auto drawn = network["kinds"][0]["fields"][0]["values"][0].get<std::vector<double>>();
    const auto mean = rows["a -> b"]["mean_over_time"].get<std::vector<double>>();
    ASSERT_EQ(drawn.size(), mean.size());
    for (std::size_t tick = 0; tick < mean.size(); ++tick) EXPECT_NEAR(drawn[tick], mean[tick], 1e-4) << tick;
    EXPECT_NE(mean.back(), 0);
}

TEST_F(ReportPage, and_tables_for_people_use_labels_where_files_use_names) {
    std::ofstream(scratch_.path() / "labelled.yaml") << R"y(entente: 1
calendar: {ticks: 3}
runs: 2
agents: {state: {fields: {gold: 1}, members: {RUS: {label: Russia}, AFG: {label: Afghanistan, gold: 2}, TJK: {}}}}
links: {tie: {source: state, target: state, fields: {w: 1}, members: [RUS -> TJK]}}
measures:
  gold: {value: gold, on: state, label: Gold held}
  all: {value: "sum(s.gold for s in state)", label: All of the gold}
  w: {value: w, on: tie}
)y";
    const Outcome run = entente("run labelled.yaml --out r");
    ASSERT_EQ(run.code, 0) << run.err;
    for (const char* told : {"Gold held of each state", "Russia (RUS)", "Afghanistan (AFG)", "\n  TJK ", "\n  All of the gold", "Russia -> TJK (RUS -> TJK)"}) EXPECT_THAT(run.out, HasSubstr(told));
    const json ensemble = data("r/report.html")["ensemble"];
    EXPECT_EQ(ensemble["by_row"][0]["rows"], json({"Russia (RUS)", "Afghanistan (AFG)", "TJK"}));
    EXPECT_EQ(ensemble["by_row"][0]["measures"][0]["name"], "Gold held");
    EXPECT_THAT(file("r/rows.csv"), HasSubstr(",state,AFG,"));
    EXPECT_THAT(file("r/runs.csv"), HasSubstr(",all"));
    EXPECT_TRUE(json::parse(file("r/summary.json"))["measures"]["gold"]["rows"].contains("AFG"));
    const Outcome document = entente("describe labelled.yaml");
    EXPECT_THAT(document.out, HasSubstr("| All of the gold |"));
}

TEST_F(ReportPage, and_tables_for_people_use_labels_of_events_kinds_fields_and_variants) {
    std::ofstream(scratch_.path() / "coded.yaml") << R"y(entente: 1
calendar: {start: 2020-01-01, ticks: 6, step: month}
runs: 2
parameters: {pull: {value: 1, label: Pull of the capital}}
agents: {state: {label: Country, fields: {gold: 1}, members: {"365": {label: Russia}, "700": {label: Afghanistan}}}}
links: {tie: {label: Bilateral tie, source: state, target: state, fields: {w: {start: 1, label: Weight}}, members: ["365 -> 700"]}}
steps: [{event: e040, on: tie, rate: 3 * pull, label: Consultation, do: [w += 1]}]
timeline: [{date: 2020-03-01, event: e040, on: "365 -> 700"}]
measures: {gold: {value: "state['365'].gold", label: Gold of Moscow, about: what Moscow holds}}
observed: {gold: {table: gold.csv}}
variants: {calm: {label: A calm year, parameters: {pull: 0.5}}}
)y";
    std::ofstream(scratch_.path() / "gold.csv") << "date,value\n2020-02-01,3\n";
    const Outcome run = entente("run coded.yaml --variant calm --set pull=2 --events --out r");
    ASSERT_EQ(run.code, 0) << run.err;
    for (const char* told : {"variant A calm year", "Pull of the capital = 2", "\n  Gold of Moscow ", "\n  Consultation ", "Bilateral tie"}) EXPECT_THAT(run.out, HasSubstr(told));
    EXPECT_THAT(run.out, Not(HasSubstr("e040")));
    EXPECT_THAT(file("r/events.csv"), HasSubstr("e040"));
    const json page = data("r/report.html");
    EXPECT_EQ(page["ensemble"]["events"]["events"][0]["name"], "Consultation");
    EXPECT_EQ(page["ensemble"]["events"]["events"][0]["on"], "Bilateral tie");
    EXPECT_EQ(page["ensemble"]["events"]["events"][0]["rows"][0]["name"], "Russia -> Afghanistan");
    EXPECT_EQ(page["ensemble"]["network"]["kinds"][0]["fields"][0]["name"], "Weight");
    EXPECT_EQ(page["ensemble"]["series"][0]["about"], "Gold of Moscow");
    EXPECT_EQ(page["ensemble"]["series"][0]["observed"][0]["value"], 3) << "a record of a measure that has a label";
    EXPECT_EQ(page["scenario"]["timeline"][0]["what"], "Consultation");
    EXPECT_EQ(page["scenario"]["timeline"][0]["on"], "Russia -> Afghanistan");
    EXPECT_EQ(page["scenario"]["parameters"][0]["about"], "Pull of the capital");
    EXPECT_EQ(page["scenario"]["measures"][0]["about"], "Gold of Moscow: what Moscow holds");
    EXPECT_EQ(page["findings"][0].get<std::string>().substr(0, 14), "Gold of Moscow");
}

TEST_F(ReportPage, and_descriptions_end_long_lists_and_say_so) {
    std::ofstream table(scratch_.path() / "record.csv");
    table << "tick,event,on\n";
    for (int line = 0; line < 400; ++line) table << line << ",visit,a\n";
    table.close();
    std::ofstream(scratch_.path() / "dated.yaml") << R"y(entente: 1
calendar: {ticks: 400}
agents: {state: {fields: {gold: 1}, members: [a]}}
steps: [{event: visit, on: state, probability: 0}]
timeline: [{table: record.csv}]
measures: {gold: "sum(s.gold for s in state)"}
)y";
    const std::string note = "The first 300 of 400 entries; entente describe --json has all.";
    const Outcome document = entente("describe dated.yaml");
    ASSERT_EQ(document.code, 0) << document.err;
    EXPECT_THAT(document.out, HasSubstr(note));
    EXPECT_THAT(document.out, HasSubstr("| tick 299 |"));
    EXPECT_THAT(document.out, Not(HasSubstr("| tick 300 |")));
    EXPECT_EQ(json::parse(entente("describe dated.yaml --json").out)["timeline"].size(), 400U);
    ASSERT_EQ(entente("run dated.yaml --out r").code, 0);
    const json scenario = data("r/report.html")["scenario"];
    EXPECT_EQ(scenario["timeline"].size(), 300U);
    EXPECT_EQ(scenario["timeline_note"], note);
}

TEST_F(ReportPage, counts_events_by_year_and_pair) {
    ASSERT_EQ(entente("run walk.yaml --out r").code, 0);
    const json events = data("r/report.html")["ensemble"]["events"];
    EXPECT_EQ(events["years"], json({"2020", "2021"}));
    const json years = json::parse(file("r/summary.json"))["measures"]["visits_yearly"]["years"];
    for (const json& row : events["events"][0]["rows"]) {
        if (row["name"] != "north -> south") continue;
        EXPECT_NEAR(row["by_year"][0].get<double>(), years["2020"]["mean"].get<double>(), 1e-4);
        EXPECT_NEAR(row["by_year"][1].get<double>(), years["2021"]["mean"].get<double>(), 1e-4);
        return;
    }
    FAIL() << events;
}

TEST_F(ReportPage, says_of_which_runs_relations_are_means) {
    const auto means_over = [&](const std::string& how) {
        EXPECT_EQ(entente("run walk.yaml --out r" + how).code, 0);
        const json ensemble = data("r/report.html")["ensemble"];
        EXPECT_FALSE(ensemble["network"].is_null());
        EXPECT_EQ(ensemble["no_network"], "");
        EXPECT_EQ(ensemble["no_events"], "");
        std::filesystem::remove_all(scratch_.path() / "r");
        return ensemble["means_over"];
    };
    EXPECT_EQ(means_over(""), "Means over all 20 runs.");
    EXPECT_EQ(means_over(" --runs 1"), "Of the one run.");
    EXPECT_EQ(means_over(" --runs 1200"), "Means over the first 1,000 of 1,200 runs.");
}

TEST_F(ReportPage, says_why_relations_are_left_out) {
    ASSERT_EQ(entente("run walk.yaml --until 2021-01-01 --snapshot mid.snap").code, 0);
    ASSERT_EQ(entente("run --from mid.snap --out branch").code, 0);
    const json branch = data("branch/report.html")["ensemble"];
    EXPECT_GE(branch["network"]["times"].front(), "2020-12-25") << "the branch begins there";
    EXPECT_EQ(branch["no_events"], "Events by year are left out: the runs continue from a snapshot, and what came before it was not counted.");
    const auto told = [&](int ticks, const std::string& world) {
        std::ofstream(scratch_.path() / "world.yaml") << "entente: 1\ncalendar: {ticks: " << ticks << "}\nruns: 1\n" << world << "\nmeasures: {m: sum(k.x for k in cell)}\n";
        const Outcome run = entente("run world.yaml --quiet --out w");
        EXPECT_EQ(run.code, 0) << run.err;
        const json ensemble = data("w/report.html")["ensemble"];
        std::filesystem::remove_all(scratch_.path() / "w");
        return ensemble;
    };
    const auto ring = [](int cells, int k) {
        return "agents: {cell: {count: " + std::to_string(cells) + ", fields: {x: 1}}}\nlinks: {tie: {source: cell, target: cell, fields: {w: 1}, pattern: {ring: {k: " + std::to_string(k) +
               "}}}}\nsteps: [{event: e, on: tie, rate: w, do: ['target.x += 1']}]";
    };
    const json agents = told(10, ring(202, 2));
    EXPECT_EQ(agents["no_network"], "Relations over time are left out: the drawing has room for 200 agents, and there are 202.");
    EXPECT_EQ(agents["no_events"], "");
    EXPECT_EQ(agents["events"]["events"].size(), 1U);
    EXPECT_EQ(told(10, ring(200, 4))["no_network"], "Relations over time are left out: the drawing has room for 400 links of a kind, and there are 800 of tie.");
    EXPECT_EQ(told(10, ring(200, 2))["no_network"], "");
    const json long_one = told(10'001, "agents: {cell: {count: 20000, fields: {x: 1}}, town: {fields: {x: 1}, members: [a]}}\n"
                                   "steps: [{rule: r, on: cell, do: ['x = x + 1']}, {event: e, on: town, rate: x, do: []}]");
    EXPECT_EQ(long_one["no_network"], "") << "there are no links";
    EXPECT_EQ(long_one["no_events"], "");
    EXPECT_EQ(long_one["events"]["events"].size(), 1U) << "a run of 200,030,001 row updates is made once, and counted as it is made";
}

TEST_F(ReportPage, shows_what_was_observed) {
    std::ofstream(scratch_.path() / "walk.yaml", std::ios::app) << "\nobserved:\n  ahead: {date: 2020-06-01, source: a diary}\n  visits: {value: 30, sd: 4, source: a ledger}\n";
    ASSERT_EQ(entente("run walk.yaml --out r").code, 0);
    const json page = data("r/report.html");
    EXPECT_EQ(page["scenario"]["observed"], json({{{"measure", "ahead"}, {"value", "2020-06-01"}, {"sd", ""}, {"source", "a diary"}},
                                                  {{"measure", "visits"}, {"value", "30"}, {"sd", "4"}, {"source", "a ledger"}}}));
    EXPECT_EQ(page["ensemble"]["dates"][0]["observed"]["told"], "2020-06-01");
    EXPECT_EQ(page["ensemble"]["scalars"][0]["observed"], 30);
    EXPECT_THAT(page["findings"][0].get<std::string>(), testing::AllOf(StartsWith("ahead: in "), EndsWith(" Observed: 1 Jun 2020.")));
    EXPECT_THAT(file("r/report.html"), HasSubstr("<caption>Record</caption>"));
}

TEST_F(ReportPage, is_written_by_every_study) {
    const Outcome swept = entente("sweep walk.yaml --vary drift=0:1:3 --replicates 4 --out s");
    EXPECT_THAT(swept.out, EndsWith("manifest.json, report.html\n"));
    EXPECT_EQ(data("s/report.html")["sweep"]["factors"][0]["values"], json({0.0, 0.5, 1.0}));
    const Outcome ranked = entente("sensitivity walk.yaml --vary drift --samples 8 --replicates 4 --out i");
    EXPECT_THAT(ranked.out, EndsWith("manifest.json, report.html\n"));
    EXPECT_EQ(data("i/report.html")["sensitivity"]["factors"][0]["name"], "drift");
    const Outcome compared = entente("compare walk.yaml --with standstill --replicates 4 --out c");
    EXPECT_THAT(compared.out, EndsWith("manifest.json, report.html\n"));
    const json comparison = data("c/report.html")["comparison"];
    EXPECT_EQ(comparison["alternatives"].size(), 2U);
    EXPECT_EQ(comparison["courses"][0]["differences"].size(), 1U);
    EXPECT_EQ(comparison["courses"][0]["differences"][0]["middle"].size(), comparison["times"].size());
}

TEST_F(ReportPage, is_written_of_indices_of_given_outcomes) {
    ASSERT_EQ(entente("sensitivity walk.yaml --vary drift --samples 8 --replicates 4 --out kept").code, 0);
    const std::string given = "sensitivity walk.yaml --vary drift --samples 8 --from-results kept/runs.csv ";
    const Outcome written = entente(given + "--out g");
    EXPECT_THAT(written.out, EndsWith("\nResults  g: indices.csv, design.csv, summary.json, report.html\n"));
    const json page = data("g/report.html");
    const json of_runs = data("kept/report.html");
    EXPECT_EQ(page["sensitivity"]["outcomes"][0]["rows"], of_runs["sensitivity"]["outcomes"][0]["rows"]);
    EXPECT_EQ(page["findings"], of_runs["findings"]);
    EXPECT_EQ(page["provenance"]["entries"].back(), json({{"label", "Outcomes from"}, {"value", "kept/runs.csv"}}));
    EXPECT_TRUE(std::ranges::any_of(page["facts"], [](const json& fact) { return fact == json({{"label", "Rows"}, {"value", "96, 4 each"}}); })) << page["facts"];
    EXPECT_EQ(entente(given + "--out g").code, 0) << "again, in its own folder";
    ASSERT_EQ(entente(given + "--out n --no-report").code, 0);
    EXPECT_FALSE(is_there("n/report.html"));
    EXPECT_THAT(entente(given + "--report alone.html").out, EndsWith("\nReport   alone.html\n"));
    EXPECT_EQ(data("alone.html")["sensitivity"], page["sensitivity"]);
    EXPECT_THAT(entente(given).out, testing::Not(HasSubstr("Report ")));
}

TEST_F(ReportPage, is_left_out_when_not_wanted) {
    const Outcome run = entente("run walk.yaml --out r --no-report");
    EXPECT_THAT(run.out, EndsWith("manifest.json\n"));
    EXPECT_FALSE(is_there("r/report.html"));
    ASSERT_EQ(entente("sweep walk.yaml --vary drift=0:1:3 --replicates 4 --out s --no-report").code, 0);
    EXPECT_FALSE(is_there("s/report.html"));
}

TEST_F(ReportPage, is_made_later_from_what_is_there) {
    ASSERT_EQ(entente("run walk.yaml --set drift=1 --out r").code, 0);
    ASSERT_EQ(entente("sweep walk.yaml --vary drift=0:1:3 --replicates 4 --out s --no-report").code, 0);
    const json before = data("r/report.html");
    const json command = manifest("s")["command"];
    const Outcome run = entente("report r --out later.html");
    EXPECT_EQ(run.code, 0) << run.err;
    EXPECT_EQ(run.out, "Report   later.html\n");
    EXPECT_EQ(data("later.html")["ensemble"], before["ensemble"]);
    EXPECT_EQ(data("later.html")["findings"], before["findings"]);
    EXPECT_EQ(data("later.html")["provenance"]["command"], before["provenance"]["command"]);
    const Outcome swept = entente("report s");
    EXPECT_EQ(swept.out, "Report   s/report.html\n") << swept.err;
    EXPECT_EQ(manifest("s")["command"], command);
}

TEST_F(ReportPage, tells_what_was_overridden) {
    ASSERT_EQ(entente("run walk.yaml --set drift=1 --out r").code, 0);
    const json scenario = data("r/report.html")["scenario"];
    EXPECT_EQ(scenario["overridden"], json({{{"what", "drift"}, {"was", "0.5"}, {"now", "1"}, {"by", "--set"}}}));
    EXPECT_EQ(scenario["parameters"][0]["was"], 0.5);
    ASSERT_EQ(entente("run walk.yaml --variant standstill --out v").code, 0);
    EXPECT_EQ(data("v/report.html")["scenario"]["overridden"][0]["by"], "--variant standstill");
}

TEST_F(ReportPage, tells_what_each_step_reads_and_changes) {
    const json flows = data_of(entente("describe walk.yaml --format html").out)["scenario"]["flows"];
    EXPECT_EQ(flows, json({{{"step", "influence drifts"}, {"event", false}, {"reads", {"power.influence"}}, {"writes", {"power.influence"}}},
                           {{"step", "visit"}, {"event", true}, {"reads", {"tie.warmth"}}, {"writes", {"tie.warmth"}}}}) )
        << "a statement that adds reads what it changes";
}

TEST_F(ReportPage, says_why_a_world_is_not_drawn) {
    const auto describe = [&](const std::string& text, int ticks = 10) {
        std::ofstream(scratch_.path() / "world.yaml") << "entente: 1\ncalendar: {ticks: " << ticks << "}\n" << text << "\nsteps: [{rule: r, on: cell, do: ['x = sum(k.x * x for k in cell)']}]\n"
                                                      << "measures: {m: sum(k.x for k in cell)}\n";
        const Outcome described = entente("describe world.yaml --format html");
        EXPECT_EQ(described.code, 0) << described.err;
        return data_of(described.out)["scenario"];
    };
    const std::string sorry = "The diagram is left out, because the world was not compiled for it: ";
    const std::string small = "agents: {cell: {count: 30, fields: {x: 1}}}";
    EXPECT_EQ(describe(small)["flows"].size(), 1U);
    EXPECT_EQ(describe(small)["no_flows"], "");
    const json pairs = describe("agents: {cell: {count: 5000, fields: {x: 1}}}");
    EXPECT_EQ(pairs["flows"], json::array());
    EXPECT_EQ(pairs["no_flows"], sorry + "'sum(k.x * x for k in cell)' looks at 25000000 pairs of rows on every tick, more than 20000000.");
    EXPECT_EQ(describe("agents: {cell: {count: 3000, fields: {x: 1}}}\nlinks: {tie: {source: cell, target: cell, pattern: complete}}")["no_flows"],
              sorry + "it has about 9,003,000 agents and links.");
    EXPECT_EQ(describe(small, 20'000'000)["no_flows"], sorry + "the calendar has 20000000 ticks, more than 16777215.");
}

TEST_F(ReportPage, lets_no_text_of_a_scenario_become_markup) {
    std::string text = file("walk.yaml");
    const auto replace = [&](const std::string& from, const std::string& to) { text.replace(text.find(from), from.size(), to); };
    replace("Two powers drift", "'<script>alert(1)</script>'");
    replace("A random walk of influence, and what it draws after it.", "'</script><script>alert(2)</script><!-- {{ $& '");
    replace("influence of the north", "'</title></script><img src=x onerror=alert(3)>'");
    std::ofstream(scratch_.path() / "evil.yaml") << text;
    ASSERT_EQ(entente("check evil.yaml").code, 0);
    ASSERT_EQ(entente("run evil.yaml --out r").code, 0);
    const std::string page = file("r/report.html");
    for (const char* markup : {"<script>alert", "</script><script>", "<img src=x", "</title></script>"}) EXPECT_THAT(page, Not(HasSubstr(markup)));
    EXPECT_THAT(page, HasSubstr("<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>"));
    EXPECT_EQ(data("r/report.html")["title"], "<script>alert(1)</script>");
    EXPECT_EQ(data("r/report.html")["about"], "</script><script>alert(2)</script><!-- {{ $& ");
}

TEST_F(ReportPage, allows_by_hash_what_it_holds_and_nothing_else) {
    ASSERT_EQ(entente("run walk.yaml --out r").code, 0);
    std::ofstream(scratch_.path() / "hashes.py") << R"py(
import base64, hashlib, re, zlib
page = open("r/report.html", encoding="utf-8").read()
policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy, policy
blocks = re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", page, re.S)
packed = re.search(r'id="entente-script">(.*?)</script>', page)
if packed:
    blocks.append(zlib.decompress(base64.b64decode(packed[1]), -15).decode())
wanted = {"'sha256-" + base64.b64encode(hashlib.sha256(b.encode()).digest()).decode() + "'" for b in blocks}
assert wanted == set(re.findall(r"'sha256-[^']*'", policy)), (wanted, policy)
)py";
    const Outcome checked = shell(ENTENTE_PYTHON " hashes.py");
    EXPECT_EQ(checked.code, 0) << checked.err;
}

TEST_F(ReportPage, refuses_what_holds_no_results) {
    EXPECT_EQ(entente("report nowhere").err, "error: there is no folder 'nowhere'\nhelp: name the folder of a run or a study\n");
    EXPECT_EQ(entente("report .").err,
              "error: the folder '.' holds no results of Entente\nhelp: name a folder that run, sweep, sensitivity, compare, calibrate or score wrote: it has a manifest.json\n");
    std::ofstream(scratch_.path() / "manifest.json") << "{}";
    const Outcome other = entente("report .");
    EXPECT_EQ(other.code, 2);
    EXPECT_THAT(other.err, StartsWith("error: './manifest.json' is not a manifest of Entente: "));
}

TEST_F(ReportPage, is_written_again_whatever_the_command_printed_or_left_out) {
    const auto again = [&](const std::string& made_by) {
        fs::remove_all(scratch_.path() / "r");
        EXPECT_EQ(entente(made_by).code, 0) << made_by;
        const Outcome report = entente("report r --out again.html");
        EXPECT_EQ(report.code, 0) << made_by << report.err;
        EXPECT_EQ(report.out, "Report   again.html\n") << made_by;
        EXPECT_FALSE(is_there("first.html")) << made_by;
        const json page = data("again.html");
        fs::remove(scratch_.path() / "again.html");
        return page;
    };
    const json run = again("run walk.yaml --out=r --json --no-report --seed 7 --verbose");
    EXPECT_EQ(run["provenance"]["command"], "entente run walk.yaml --out=r --json --no-report --seed 7 --verbose");
    EXPECT_EQ(run["ensemble"]["series"][0]["name"], "north");
    const json share = again("sweep walk.yaml --vary drift=0:1:2 --replicates 2 --json --no-report --out r --shard 1/1");
    EXPECT_EQ(share["sweep"]["factors"][0]["values"], json({0, 1}));
    const json compared = again("compare walk.yaml --with drift=1 --replicates 2 --quiet --no-report --out r");
    EXPECT_EQ(compared["kind"], "compare");
}

TEST_F(ReportPage, refuses_a_scenario_that_is_gone_or_has_changed) {
    ASSERT_EQ(entente("run walk.yaml --out r").code, 0);
    ASSERT_EQ(shell("mv walk.yaml gone.yaml").code, 0);
    EXPECT_EQ(entente("report r").err,
              "error: the scenario of these results, 'walk.yaml', does not exist\nhelp: call this from the folder in which the results were made\n");
    ASSERT_EQ(shell("sed 's/value: 0.5/value: 0.6/' gone.yaml > walk.yaml").code, 0);
    EXPECT_THAT(entente("report r").err, StartsWith("error: the folder 'r' holds results of another run: "));
}

TEST_F(ReportPage, takes_the_place_of_no_other_file) {
    std::ofstream(scratch_.path() / "notes.txt") << "mine";
    const Outcome run = entente("run walk.yaml --out r --report notes.txt");
    EXPECT_EQ(run.code, 2);
    EXPECT_EQ(run.err, "error: 'notes.txt' exists already, and is not a report\nhelp: name another file, or remove this one\n");
    EXPECT_EQ(file("notes.txt"), "mine");
}

TEST_F(ReportPage, describes_a_scenario_without_running_it) {
    const json page = data_of(entente("describe walk.yaml --format html").out);
    EXPECT_EQ(page["kind"], "describe");
    EXPECT_FALSE(page.contains("ensemble"));
    EXPECT_EQ(page["scenario"]["steps"][1]["drives"], json({{{"name", "rate"}, {"value", "2 * warmth"}}}));
    EXPECT_EQ(entente("describe walk.yaml --format htm").err, "error: there is no format 'htm'\nhelp: did you mean 'html'?\n");
}

}  // namespace
}  // namespace entente
