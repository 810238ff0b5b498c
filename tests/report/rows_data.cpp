#include <entente/report/rows_data.hpp>

#include <fstream>

#include <gmock/gmock.h>

#include <entente/report/ensemble_data.hpp>

#include "../scratch.hpp"
#include "../worlds.hpp"

namespace entente::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// x of the states a and b grows by 1 a month from 1 and 5; w of the link by 2 from 0.
std::string world(const std::string& more) {
    return R"yaml(
calendar: {start: 2020-11-01, ticks: 4, step: month}
agents: {state: {members: {a: {}, b: {x: 5}}, fields: {x: 1}}}
links: {tie: {source: state, target: state, fields: {w: 0}, members: [a -> b]}}
steps: [{rule: r, on: state, do: [x += 1]}, {rule: s, on: tie, do: [w += 2]}]
measures:
  all: "sum(s.x for s in state)"
  x: {value: x, on: state, unit: t}
  when: {value: first(x > 3), on: state}
  yearly: {value: total(x), on: state, per: year}
  w: {value: peak(w), on: tie}
)yaml" + more;
}

class RowsOnPage : public testing::Test {
protected:
    [[nodiscard]] std::vector<page::RowsData> shown(const std::string& more = "", const RunPlan& plan = {.runs = 3}) {
        scenario_ = scenario_of(world(more), scratch_.path());
        results_ = run(scenario_, plan);
        summary_ = summarise(results_);
        return rows_data(scenario_, results_, summary_);
    }
    Scratch scratch_;
    Scenario scenario_;
    Results results_;
    Summary summary_;
};

TEST_F(RowsOnPage, are_a_table_for_each_kind) {
    const auto kinds = shown();
    ASSERT_THAT(kinds, SizeIs(2));
    EXPECT_EQ(kinds[0].kind, "state");
    EXPECT_THAT(kinds[0].rows, ElementsAre("a", "b"));
    EXPECT_THAT(kinds[0].note, IsEmpty());
    ASSERT_THAT(kinds[0].measures, SizeIs(3));
    EXPECT_EQ(kinds[0].measures[0].unit, "t");
    EXPECT_THAT(kinds[0].measures[0].values, ElementsAre(5, 9));
    EXPECT_THAT(kinds[0].measures[0].courses[1], ElementsAre(5, 6, 7, 8, 9));
    EXPECT_THAT(kinds[1].rows, ElementsAre("a -> b"));
    EXPECT_THAT(kinds[1].measures[0].values, ElementsAre(8));
    EXPECT_THAT(kinds[1].measures[0].courses[0], IsEmpty()) << "a value a run has no course";
}

TEST_F(RowsOnPage, tell_of_dates_the_share_of_runs_and_of_years_their_means) {
    const auto kinds = shown();
    const page::RowsMeasure& when = kinds[0].measures[1];
    EXPECT_TRUE(when.is_share);
    EXPECT_THAT(when.values, ElementsAre(1, 1));
    EXPECT_THAT(when.when, ElementsAre("2021-01-01", "2020-11-01"));
    EXPECT_THAT(when.courses[0], ElementsAre(0, 0, 0, 1, 1)) << "by the end of the third month";
    EXPECT_THAT(kinds[0].measures[2].values, ElementsAre(14, 30));
    EXPECT_THAT(kinds[0].measures[2].courses[0], ElementsAre(5, 9));
}

TEST_F(RowsOnPage, stand_beside_their_latest_records) {
    std::ofstream(scratch_.path() / "x.csv") << "name,date,value\nb,2020-12-01,6.5\nb,2021-01-01,7.25\n";
    std::ofstream(scratch_.path() / "when.csv") << "name,date\na,2021-02-01\n";
    std::ofstream(scratch_.path() / "w.csv") << "source,target,value\na,b,7\n";
    const auto kinds = shown("observed: {x: {table: x.csv, sd: 2}, when: {table: when.csv}, w: {table: w.csv}}\n");
    EXPECT_THAT(kinds[0].measures[0].observed, ElementsAre("", "7.25 (2021-01-01)"));
    EXPECT_THAT(kinds[0].measures[1].observed, ElementsAre("2021-02-01", ""));
    EXPECT_THAT(kinds[0].measures[2].observed, IsEmpty());
    EXPECT_THAT(kinds[1].measures[0].observed, ElementsAre("7"));
    const page::EnsembleData data = ensemble_data(scenario_, results_, summary_, nullptr);
    const auto b = std::ranges::find(data.series, "x[b]", &page::SeriesData::name);
    ASSERT_NE(b, data.series.end());
    ASSERT_THAT(b->observed, SizeIs(2));
    EXPECT_EQ(double{b->observed[0].value}, 6.5);
    EXPECT_EQ(double{b->observed[0].sd}, 2);
}

TEST_F(RowsOnPage, say_which_records_are_of_links_that_there_are_not) {
    std::ofstream(scratch_.path() / "w.csv") << "source,target,value\na,b,7\nb,a,3\n";
    const auto kinds = shown("observed: {w: {table: w.csv}}\n");
    EXPECT_EQ(kinds[0].note, "");
    EXPECT_THAT(kinds[1].measures[0].observed, ElementsAre("7"));
    EXPECT_EQ(kinds[1].note, "1 record of w left out: there is no such link as b -> a.");
}

TEST_F(RowsOnPage, of_a_large_kind_are_the_first_ones_and_it_is_said) {
    const Scenario scenario = scenario_of("calendar: {ticks: 2}\nagents: {a: {count: 450, fields: {f: 1}}}\nmeasures: {m: {value: f, on: a}}\n");
    const Results results = run(scenario, {.runs = 3});
    const auto kinds = rows_data(scenario, results, summarise(results));
    EXPECT_THAT(kinds[0].rows, SizeIs(400));
    EXPECT_EQ(kinds[0].note, "The first 400 of 450 rows; rows.csv has all. Over time, quantiles are drawn of the first 40 rows.");
}

}  // namespace
}  // namespace entente::test
