// Tests: output/condition_json, output/condition_tables, output/condition_text, summary/condition_summary, report/condition_data.
/// A scenario run through its record, as a user meets it.
#include <cmath>
#include <fstream>
#include <sstream>

#include "command.hpp"

namespace entente {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class Condition : public Command {
protected:
    Condition() { fs::copy_file(fs::path(ENTENTE_ROOT) / "tests" / "tools" / "hidden.yaml", scratch_.path() / "hidden.yaml"); }
    void write(const std::string& name, const std::string& text) const { std::ofstream(scratch_.path() / name) << text; }
    [[nodiscard]] std::string changed(const std::string& what, const std::string& to) const {
        std::string text = file("hidden.yaml");
        const auto at = text.find(what);
        EXPECT_NE(at, std::string::npos) << what;
        return text.replace(at, what.size(), to);
    }
    [[nodiscard]] std::string refused(const std::string& arguments) const {
        const Outcome outcome = entente("condition " + arguments);
        EXPECT_EQ(outcome.code, 2) << arguments;
        EXPECT_EQ(outcome.out, "") << arguments;
        return outcome.err;
    }
};

TEST_F(Condition, tells_how_likely_the_record_is_and_what_in_it_is_surprising) {
    const Outcome told = entente("condition hidden.yaml --until 2020-05-31 --particles 4000 --out c");
    EXPECT_EQ(told.code, 0) << told.err;
    EXPECT_THAT(told.out, StartsWith("War and peace\nRecord   4 events and 0 numbers to 2020-05-31\nLog-likelihood -"));
    EXPECT_THAT(told.out, HasSubstr("Most surprising"));
    EXPECT_THAT(told.out, HasSubstr("shot on south"));
    EXPECT_THAT(told.out, HasSubstr("At 2020-05-31, given the record"));
    EXPECT_THAT(told.out, HasSubstr("Continue entente run --from c/state.snap"));
    EXPECT_THAT(file("c/record.csv"), HasSubstr("2020-02-02,event,shot,north,,1,-"));
    EXPECT_THAT(file("c/moments.csv"), StartsWith("time,log_likelihood,effective_runs,redrawn\n2020-02-02,-"));
    EXPECT_THAT(file("c/filtered.csv"), StartsWith("time,wars,wars_q05,wars_q25,wars_q50,wars_q75,wars_q95\n2020-02-02,"));
    EXPECT_THAT(file("c/report.html"), HasSubstr("runs that count"));
}

/// The forward algorithm over both states.
double exact(const std::vector<int>& shots) {
    double p = 0;
    double log_likelihood = 0;
    for (int t = 0; t < 21; ++t) {
        const double war = p * 0.9 + (1 - p) * 0.2;
        const bool shot = std::ranges::find(shots, t) != shots.end();
        const double both = war * (shot ? 0.7 : 0.3) + (1 - war) * (shot ? 0.1 : 0.9);
        log_likelihood += std::log(both);
        p = war * (shot ? 0.7 : 0.3) / both;
    }
    return log_likelihood;
}

TEST_F(Condition, gives_the_likelihood_of_the_forward_algorithm) {
    const Outcome told = entente("condition hidden.yaml --until 2020-05-31 --particles 40000 --out c --json");
    ASSERT_EQ(told.code, 0) << told.err;
    const json summary = json::parse(told.out);
    EXPECT_EQ(summary["format"], "entente-condition-summary/1");
    EXPECT_EQ(summary["until"], "2020-05-31");
    EXPECT_NEAR(summary["log_likelihood"].get<double>(), exact({3, 4, 9}) + exact({9}), 4 * summary["standard_error"].get<double>());
    EXPECT_EQ(json::parse(file("c/summary.json")), summary);
}

TEST_F(Condition, leaves_a_state_that_runs_go_on_from) {
    ASSERT_EQ(entente("condition hidden.yaml --until 2020-05-31 --particles 500 --out c --quiet").code, 0);
    const Outcome run = entente("run --from c/state.snap --out r");
    EXPECT_EQ(run.code, 0) << run.err;
    EXPECT_THAT(run.out, HasSubstr("500 runs · seed 1 · from the record to 2020-05-31"));
    EXPECT_EQ(manifest("r")["identity"]["runs"], 500) << manifest("r").dump();
}

TEST_F(Condition, gives_the_same_bytes_on_any_number_of_threads_and_again) {
    ASSERT_EQ(entente("condition hidden.yaml --until 2020-05-31 --particles 700 --threads 1 --out one --quiet --no-report").code, 0);
    ASSERT_EQ(entente("condition hidden.yaml --until 2020-05-31 --particles 700 --threads 2 --lanes 8 --out two --quiet --no-report").code, 0);
    for (const char* name : {"record.csv", "moments.csv", "filtered.csv", "state.snap"}) EXPECT_EQ(file(std::string("one/") + name), file(std::string("two/") + name)) << name;
    const std::string before = file("one/summary.json");
    ASSERT_EQ(entente("condition hidden.yaml --until 2020-05-31 --particles 700 --out one --quiet --no-report").code, 0);
    EXPECT_EQ(file("one/summary.json"), before);
}

TEST_F(Condition, names_what_no_run_could_have) {
    write("never.yaml", changed("0.7 if war > 0 else 0.1", "\"(0.7 if war > 0 else 0.1) * (self == state[north])\""));
    EXPECT_EQ(refused("never.yaml --until 2020-05-31 --particles 100 --out n"),
              "error: shot on south, on record by 2020-03-15, has no chance in any of 100 runs\n"
              "help: take it out of the record, or give the scenario a way to it; --particles N where it is only rare\n");
    EXPECT_FALSE(fs::exists(scratch_.path() / "n" / "summary.json"));
}

TEST_F(Condition, refuses_what_makes_no_sense) {
    EXPECT_THAT(refused("hidden.yaml"), HasSubstr("--until is required"));
    EXPECT_THAT(refused("hidden.yaml --until 2020-01-07"), StartsWith("error: no tick has ended by 2020-01-07"));
    EXPECT_THAT(refused("hidden.yaml --until soon"), StartsWith("error: --until takes a date, not 'soon'"));
    EXPECT_EQ(refused("hidden.yaml --until 2020-05-31 --particles 1"), "error: --particles takes a whole number of at least 2, not '1'\n");
    EXPECT_EQ(refused("walk.yaml --until 2020-12-31"), "error: nothing is on record up to 2020-12-31 that runs could go by\n"
                                                       "help: give events under `record`, or numbers under `observed` with an `sd` or `seen`\n");
    ASSERT_EQ(entente("condition hidden.yaml --until 2020-05-31 --particles 50 --out c --quiet --no-report").code, 0);
    EXPECT_THAT(refused("hidden.yaml --until 2020-05-31 --particles 60 --out c"), HasSubstr("the folder 'c' holds results with 50 runs, not 60"));
    EXPECT_THAT(refused("hidden.yaml --until 2020-04-30 --particles 50 --out c"), HasSubstr("the folder 'c' holds results"));
}

TEST_F(Condition, warns_where_runs_are_too_few) {
    const Outcome few = entente("condition hidden.yaml --until 2020-05-31 --particles 4 --out c");
    EXPECT_EQ(few.code, 0);
    EXPECT_THAT(few.err, HasSubstr("4 runs are too few for this record"));
}

TEST_F(Condition, says_what_it_would_do) {
    const Outcome plan = entente("condition hidden.yaml --until 2020-05-31 --dry-run --out c");
    EXPECT_EQ(plan.code, 0);
    EXPECT_THAT(plan.out, StartsWith("Record   4 events and 0 numbers to 2020-05-31\nRuns     10,000 of 21 ticks\n"));
    EXPECT_FALSE(fs::exists(scratch_.path() / "c"));
}

TEST_F(Condition, has_its_report_written_again) {
    ASSERT_EQ(entente("condition hidden.yaml --until 2020-05-31 --particles 200 --out c --quiet --no-report").code, 0);
    EXPECT_FALSE(fs::exists(scratch_.path() / "c" / "report.html"));
    const Outcome again = entente("report c");
    EXPECT_EQ(again.code, 0) << again.err;
    EXPECT_THAT(file("c/report.html"), HasSubstr("runs that count"));
}

TEST_F(Condition, goes_to_the_end_of_the_calendar_and_then_leaves_no_state) {
    const Outcome told = entente("condition hidden.yaml --until 2020-08-02 --particles 500 --out c");
    EXPECT_EQ(told.code, 0) << told.err;
    EXPECT_THAT(told.out, Not(HasSubstr("Continue")));
    EXPECT_FALSE(fs::exists(scratch_.path() / "c" / "state.snap"));
}

}  // namespace
}  // namespace entente
