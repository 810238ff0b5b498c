// Tests: comparison_json, summary/comparison_summary.
#include <entente/output/comparison_json.hpp>
#include <entente/output/comparison_tables.hpp>
#include <entente/output/comparison_text.hpp>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "../sample.hpp"

namespace entente {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

/// Two alternatives of four runs: aid does away with an incursion in each run, and brings recognition a week earlier or at all.
/// The third run of the baseline failed in its second week.
ComparedRuns aid(Pairing pairing = Pairing::paired) {
    const Results sample = sample::ensemble();
    ComparedRuns runs;
    runs.title = "Kabul's search";
    runs.pairing = pairing;
    runs.layout = sample;
    runs.layout.measures.resize(3);
    for (const auto* name : {"baseline", "aid_rate=2"}) {
        AlternativeRuns one{
            .name = name, .identity = sample::record().identity, .scenario = "worlds/kabul.yaml", .failures = {}, .made = {1, 1, 1, 1}};
        if (pairing == Pairing::unpaired) one.identity.first_run = std::ssize(runs.alternatives) * 100;
        runs.alternatives.push_back(one);
    }
    runs.alternatives[0].failures = sample.failures;
    runs.column = [](std::size_t column, std::size_t alternative) {
        const double never = sample::never;
        const std::vector<std::vector<std::vector<double>>> values = {
            {{0.25, 0.5, never, 0.75}, {0.25, 0.5, 0.5, 0.75}}, {{3, 1, never, 2}, {2, 0, 1, 1}}, {{2, never, never, 0}, {1, 2, never, 0}}};
        return values[column][alternative];
    };
    return runs;
}

std::string told(const ComparedRuns& runs, const TextStyle& style = {}) {
    return comparison_text(runs, compare(runs, {}, 0.95), style);
}

json summary(const ComparedRuns& runs) {
    return json::parse(comparison_json(runs, compare(runs, {}, 0.95), "abc"));
}

template <typename Write>
std::string csv(Write write, const ComparedRuns& runs) {
    std::string text;
    write(runs, compare(runs, {}, 0.95), [&](std::string_view piece) { text += piece; });
    return text;
}

TEST(Comparison, of_a_measure_with_levels_is_of_the_shares_of_runs_on_each) {
    ComparedRuns runs = aid();
    runs.layout.measures[1].levels = {{"none", ""}, {"one", ""}, {"two", ""}, {"more", "Three or more"}};
    runs.layout.measures[1].label = "Incursions across the northern border and the river";
    const Comparison found = compare(runs, {"incursions"}, 0.95);
    ASSERT_EQ(found.outcomes.size(), 4);
    EXPECT_EQ(found.outcomes[1].outcome.name, "incursions[one]");
    EXPECT_DOUBLE_EQ(found.outcomes[1].versus[0].mean_baseline, 1 / 3.0);
    EXPECT_EQ(found.outcomes[1].means[1].value, 0.5);
    EXPECT_EQ(found.outcomes[3].outcome.told(), "Incursions across the northern border and the river[Three or more]");
    EXPECT_TRUE(found.dates.empty());
    const std::string text = comparison_text(runs, found, {});
    EXPECT_THAT(text, HasSubstr("\n  Incursions across the northern…[one]")) << "of a long name the level stays";
}

TEST(Comparison, leaves_out_pairs_of_which_one_run_failed) {
    const Comparison found = compare(aid(), {"incursions"}, 0.95);
    ASSERT_EQ(found.outcomes.size(), 1);
    const auto& [mean_baseline, mean, difference, superiority] = found.outcomes[0].versus[0];
    EXPECT_EQ(difference.of_b, 3);
    EXPECT_EQ(difference.left_out, 1);
    EXPECT_EQ(mean_baseline, 2) << "of the pairs that are there";
    EXPECT_EQ(mean, 1);
    EXPECT_EQ(difference.mean, -1);
    EXPECT_EQ(difference.standard_error, 0) << "it is one less in every run";
    EXPECT_TRUE(std::isinf(difference.of_pairs->variance_reduction));
    EXPECT_EQ(superiority.a_larger, 1);
    EXPECT_EQ(found.outcomes[0].means[1].n, 4) << "means are of all runs that have a value";
    EXPECT_EQ(found.outcomes[0].means[1].value, 1);
    EXPECT_TRUE(found.dates.empty()) << "no date was asked for";
}

TEST(Comparison, is_of_no_difference_where_nothing_differs) {
    const auto& versus = compare(aid(), {"trust"}, 0.95).outcomes[0].versus[0];
    EXPECT_EQ(versus.difference.mean, 0);
    EXPECT_TRUE(versus.is_none());
    EXPECT_FALSE(versus.is_clear());
}

TEST(Comparison, of_dates_says_which_came_first) {
    const Comparison found = compare(aid(), {"recognised"}, 0.95);
    ASSERT_EQ(found.dates.size(), 1);
    const DateComparison& date = found.dates[0];
    EXPECT_EQ(date.alternatives[0].came, 2);
    EXPECT_EQ(date.alternatives[0].of, 4) << "one was watched until it failed";
    EXPECT_EQ(date.alternatives[1].of, 4);
    EXPECT_EQ(date.alternatives[1].median, 1);
    const Order& order = *date.versus[0].difference.order;
    EXPECT_EQ(order.b_first.count, 2) << "a week earlier, and at all";
    EXPECT_EQ(order.same.count, 1);
    EXPECT_EQ(order.a_first.count, 0);
    EXPECT_EQ(order.p, 0.5);
    const double week = 7 / 365.25;
    EXPECT_NEAR(date.versus[0].difference.restricted.mean, -0.375 * week, 1e-15) << "weeks 2, 3, 0 and one that failed against 1, 2, 3, 0";
    EXPECT_EQ(found.outcomes[0].outcome.name, "recognised_years");
    EXPECT_DOUBLE_EQ(found.outcomes[0].versus[0].difference.mean, date.versus[0].difference.restricted.mean);
}

TEST(Comparison, counts_a_measure_named_twice_once) {
    EXPECT_EQ(compare(aid(), {"trust", "trust"}, 0.95).outcomes.size(), 1);
    EXPECT_THROW(compare(aid(), {"trsut"}, 0.95), Error);
}

TEST(Comparison, leaves_out_runs_that_were_never_made) {
    ComparedRuns runs = aid();
    runs.alternatives[1].made = {1, 1, 1, 0};
    const auto column = runs.column;
    runs.column = [column](std::size_t number, std::size_t alternative) {
        auto values = column(number, alternative);
        if (alternative == 1) values[3] = sample::never;
        return values;
    };
    const Comparison found = compare(runs, {}, 0.95);
    EXPECT_EQ(found.dates[0].alternatives[1].of, 3);
    EXPECT_EQ(found.dates[0].versus[0].difference.restricted.left_out, 1);
    EXPECT_THAT(told(runs), HasSubstr("\nIncomplete: 3 of 4 runs of aid_rate=2.\n"));
}

TEST(ComparisonText, reads_as_a_page) {
    EXPECT_EQ(told(aid()), R"(Kabul's search
2021-12-20 to 2022-01-09, 3 weeks · baseline and 1 alternative of 4 replicates · seed 7
Against baseline: aid_rate=2
Paired: run k of every alternative draws the same random numbers, and is compared with run k.

First recognition by 9 Jan 2022, share of runs: baseline 62 %, aid_rate=2 75 % (not told apart).
Trust of Russia in Kabul on 9 Jan 2022, mean of runs: baseline 0.5, aid_rate=2 0.5 (the same in
    every run).

aid_rate=2    unit        baseline  aid_rate=2  difference  95 % interval  larger in  gain
  incursions  incursions         2           1          -1  [-1, -1]             0 %     ∞
  up to 1 pair excluded, in which a run failed or has no number
  the same in every run: trust
gain: how many times as many independent runs would give the same precision (variance reduction)
larger in: share of runs in which it is larger than in the same run of the baseline

Dates             came  95 % interval  median      share that came, over time
  recognised
    baseline      62 %  19–99 %        2022-01-03  ▃▃▆
    aid_rate=2    75 %  30–95 %        2021-12-27  ▃▅▇

Delay against the baseline     years  95 % interval      before  after  same  neither  sign p
  recognised
    aid_rate=2              -0.00719  [-0.0309, 0.0165]    67 %    0 %  33 %      0 %     0.5
years: in the mean time to the date, which counts as 0.0575 where it never came
before, after: runs in which it came earlier or later than in the same run of the baseline

Columns left out at 100: log-rank p; --json has all

1 of 4 runs of baseline failed
  run 2 stopped on 2021-12-27 in 'trade' on russia: `x = 1 / y` is inf (y = 0)
)");
}

TEST(ComparisonText, keeps_to_the_width_of_the_terminal) {
    for (const std::size_t width : {80, 100}) {
        const std::string text = told(aid(), {.width = width, .unicode = true, .colour = false});
        std::size_t begin = 0;
        for (std::size_t end = text.find('\n'); end != std::string::npos; begin = end + 1, end = text.find('\n', begin))
            EXPECT_LE(display_width(text.substr(begin, end - begin)), width) << text.substr(begin, end - begin);
    }
    const std::string plain = told(aid(), {.width = 80, .unicode = false, .colour = false});
    EXPECT_TRUE(std::ranges::all_of(plain, [](char c) { return static_cast<unsigned char>(c) < 128; })) << plain;
}

TEST(ComparisonText, gives_every_measure_that_was_asked_for_a_line) {
    const ComparedRuns runs = aid();
    EXPECT_THAT(told(runs), HasSubstr("\n  the same in every run: trust\n"));
    EXPECT_THAT(comparison_text(runs, compare(runs, {"trust"}, 0.95), {}), HasSubstr("\n  trust "));
}

TEST(ComparisonText, never_calls_independent_runs_paired) {
    const std::string text = told(aid(Pairing::unpaired));
    EXPECT_THAT(text, HasSubstr("\nIndependent runs: no two alternatives share random numbers; nothing is compared run by run.\n"));
    for (const auto* word : {"Paired", " gain", "before", "same run", "sign p"}) EXPECT_THAT(text, Not(HasSubstr(word)));
}

TEST(ComparisonJson, has_a_place_for_everything) {
    const json all = summary(aid());
    EXPECT_EQ(all["format"], "entente-comparison-summary/1");
    EXPECT_EQ(all["pairing"], "paired");
    EXPECT_EQ(all["replicates"], 4);
    EXPECT_EQ(all["baseline"], "baseline");
    EXPECT_EQ(all["alternatives"][1]["name"], "aid_rate=2");
    EXPECT_EQ(all["alternatives"][0]["failed"], 1);
    EXPECT_EQ(all["failures"]["listed"][0]["command"], "entente run worlds/kabul.yaml --set aid_rate=0.5 --seed 7 --first-run 2 --runs 1");
    EXPECT_EQ(all["digest"], "abc");
    const json incursions = all["outcomes"]["incursions"];
    EXPECT_EQ(incursions["unit"], "incursions");
    EXPECT_EQ(incursions["means"]["baseline"]["mean"], 2);
    EXPECT_EQ(incursions["versus"]["aid_rate=2"]["difference"], -1);
    EXPECT_EQ(incursions["versus"]["aid_rate=2"]["interval"], json({-1, -1}));
    EXPECT_EQ(incursions["versus"]["aid_rate=2"]["smaller"], 1);
    EXPECT_TRUE(incursions["versus"]["aid_rate=2"]["variance_reduction"].is_null()) << "infinite";
    EXPECT_EQ(all["outcomes"]["recognised_came"]["rule"], "1 where the date came, 0 where it did not");
    const json recognised = all["dates"]["recognised"];
    EXPECT_EQ(recognised["alternatives"]["aid_rate=2"]["came"], 3);
    EXPECT_EQ(recognised["alternatives"]["aid_rate=2"]["median"], "2021-12-27");
    EXPECT_EQ(recognised["alternatives"]["baseline"]["curve"][0]["when"], "2021-12-20");
    EXPECT_EQ(recognised["versus"]["aid_rate=2"]["before"]["count"], 2);
    EXPECT_EQ(recognised["versus"]["aid_rate=2"]["log_rank"]["note"],
              "assumes independent alternatives: for paired runs its p is too large");
}

TEST(ComparisonJson, says_of_independent_runs_nothing_that_only_pairs_tell) {
    const json all = summary(aid(Pairing::unpaired));
    EXPECT_EQ(all["pairing"], "unpaired");
    EXPECT_EQ(all["alternatives"][1]["first_run"], 100);
    const json incursions = all["outcomes"]["incursions"]["versus"]["aid_rate=2"];
    for (const auto* name : {"correlation", "variance_reduction", "sd", "larger_interval"}) EXPECT_FALSE(incursions.contains(name)) << name;
    EXPECT_EQ(incursions["n_baseline"], 3);
    EXPECT_EQ(incursions["n"], 4);
    for (const auto* name : {"before", "after", "sign_test_p"})
        EXPECT_FALSE(all["dates"]["recognised"]["versus"]["aid_rate=2"].contains(name)) << name;
}

TEST(ComparisonTables, hold_a_row_for_each_difference) {
    const std::string text = csv(write_differences, aid());
    EXPECT_THAT(text,
                testing::StartsWith("outcome,alternative,mean_baseline,mean,difference,low,high,pairing,variance_reduction,n,excluded\n"
                                    "trust,aid_rate=2,0.5,0.5,0,0,0,paired,inf,3,1\n"
                                    "incursions,aid_rate=2,2,1,-1,-1,-1,paired,inf,3,1\n"
                                    "recognised_years,aid_rate=2,"));
    EXPECT_THAT(csv(write_differences, aid(Pairing::unpaired)), HasSubstr(",unpaired,,4,1\n")) << "no variance is reduced";
}

TEST(ComparisonTables, hold_a_row_for_each_step_of_a_curve) {
    EXPECT_THAT(csv(write_curves, aid()),
                testing::StartsWith("measure,alternative,tick,date,share,low,high\nrecognised,baseline,0,2021-12-20,0.25,"));
}

}  // namespace
}  // namespace entente
