// Tests: record_summaries.

#include <cmath>

#include <gmock/gmock.h>

#include <entente/inference/record_summaries.hpp>

namespace entente {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::Pointwise;

const Calendar months = Calendar::dated(*parse_date("2020-01-01"), *parse_step("month"), 24);

/// Results of one run, of a measure of that form whose values are given.
Results results_of(std::vector<double> final_values, std::vector<double> yearly = {}, std::vector<double> series = {},
                   std::size_t rows = 1) {
    Results results;
    results.calendar = months;
    results.runs = 1;
    results.years = {2020, 2021};
    MeasureInfo info;
    info.name = "m";
    if (rows > 1) {
        info.kind = "state";
        for (std::size_t row = 0; row < rows; ++row) info.rows.push_back(std::to_string(row));
    }
    results.measures.push_back(info);
    results.final_values = {std::move(final_values)};
    results.yearly = {std::move(yearly)};
    results.series.emplace_back();
    for (const double value : series) results.series[0].push_back(value);
    results.series_rows = {{0}};
    return results;
}

std::vector<double> told(const RecordSummaries& summaries, const Results& results, std::span<const double> point = {}) {
    KeyedDraws draws(1, 2);
    return summaries.of(results, 0, point, draws);
}

std::vector<std::string> names(const RecordSummaries& summaries) {
    std::vector<std::string> names;
    for (const RecordSummary& summary : summaries.summaries()) names.push_back(summary.name);
    return names;
}

RecordItem date(bool came, std::int64_t first, std::int64_t last, std::int64_t horizon) {
    return {.form = ItemForm::date, .name = "m", .came = came, .first = first, .last = last, .horizon = horizon};
}

TEST(RecordSummaries, of_a_date_are_its_years_and_whether_it_came) {
    const RecordSummaries summaries({date(true, 6, 6, 24)}, months);
    EXPECT_THAT(names(summaries), ElementsAre("m, years", "m, came"));
    EXPECT_THAT(summaries.record(), ElementsAre(0.5, 1));
    EXPECT_THAT(told(summaries, results_of({12})), ElementsAre(1, 1));
    EXPECT_THAT(told(summaries, results_of({Results::missing})), ElementsAre(2, 0));
}

TEST(RecordSummaries, of_a_date_end_at_its_horizon) {
    const RecordSummaries summaries({date(false, 12, 0, 12)}, months);
    EXPECT_THAT(summaries.record(), ElementsAre(1, 0));
    EXPECT_THAT(told(summaries, results_of({11})), ElementsAre(DoubleNear(11. / 12, 1e-12), 1));
    EXPECT_THAT(told(summaries, results_of({12})), ElementsAre(1, 0)) << "what came later is as if it had not";
    EXPECT_THAT(told(summaries, results_of({Results::missing})), ElementsAre(1, 0));
}

TEST(RecordSummaries, of_a_period_are_met_anywhere_in_it) {
    const RecordSummaries summaries({date(true, 3, 5, 24)}, months);
    for (const double tick : {3, 4, 5}) EXPECT_EQ(told(summaries, results_of({tick})), summaries.record());
    EXPECT_NE(told(summaries, results_of({6})), summaries.record());
}

TEST(RecordSummaries, of_counts_are_roots) {
    RecordItem item{.form = ItemForm::years, .name = "m", .moments = {0, 1}, .years = {2020, 2021}, .values = {2, 7}, .is_count = true};
    const RecordSummaries summaries({item}, months);
    EXPECT_THAT(names(summaries), ElementsAre("m, 2020", "m, 2021"));
    EXPECT_THAT(summaries.record(), ElementsAre(std::sqrt(2.375), std::sqrt(7.375)));
    EXPECT_DOUBLE_EQ(summaries.summaries()[1].natural(summaries.record()[1]), 7);
    EXPECT_THAT(told(summaries, results_of({0}, {0, 4})), ElementsAre(std::sqrt(.375), std::sqrt(4.375)));
}

TEST(RecordSummaries, of_a_series_are_yearly_means_last_value_and_slope) {
    RecordItem item{.form = ItemForm::series,
                    .name = "m",
                    .unit = "points",
                    .moments = {0, 6, 12, 24},
                    .years = {2020, 2020, 2021, 2021},
                    .values = {1, 2, 3, 5},
                    .sd = .2};
    const RecordSummaries summaries({item}, months);
    EXPECT_THAT(names(summaries), ElementsAre("m, 2020", "m, 2021", "m, last", "m, slope"));
    EXPECT_THAT(summaries.record(), Pointwise(DoubleNear(1e-12), std::vector{1.5, 4.0, 5.0, 2.0}));
    const double over_times = std::sqrt(.875 * .875 + .375 * .375 + .125 * .125 + 1.125 * 1.125);
    EXPECT_THAT(summaries.record_sd(),
                Pointwise(DoubleNear(1e-12), std::vector{.2 / std::sqrt(2.), .2 / std::sqrt(2.), .2, .2 / over_times}));
    EXPECT_EQ(summaries.summaries()[3].unit, "points/year");
    item.sd = 0;
    std::vector<double> course(25);
    for (int moment = 0; moment <= 24; ++moment) course[static_cast<std::size_t>(moment)] = 10 + moment;
    EXPECT_THAT(told(RecordSummaries({item}, months), results_of({0}, {}, course)),
                Pointwise(DoubleNear(1e-12), std::vector{13.0, 28.0, 34.0, 12.0}));
}

TEST(RecordSummaries, see_a_share_of_what_happens) {
    RecordItem item{.form = ItemForm::number, .name = "m", .values = {3}, .is_count = true, .seen = SeenShare{.share = .9, .varied = 1}};
    const RecordSummaries summaries({item}, months);
    const std::vector<double> point{7, .25};
    double sum = 0, squares = 0;
    constexpr int n = 4000;
    for (int run = 0; run < n; ++run) {
        KeyedDraws draws(5, static_cast<std::uint64_t>(run));
        const double seen = summaries.summaries()[0].natural(summaries.of(results_of({40}), 0, point, draws)[0]);
        sum += seen;
        squares += seen * seen;
    }
    EXPECT_NEAR(sum / n, 10, 3 * std::sqrt(7.5 / n)) << "binomial of 40 and the varied parameter's 0.25";
    EXPECT_NEAR(squares / n - sum / n * sum / n, 7.5, 3 * 7.5 * std::sqrt(2. / n));
    EXPECT_EQ(told(summaries, results_of({40}), std::vector<double>{7, 1})[0], std::sqrt(40.375));
    EXPECT_EQ(told(summaries, results_of({40}), std::vector<double>{7, 0})[0], std::sqrt(.375));
}

TEST(RecordSummaries, err_as_the_record_does) {
    const RecordSummaries summaries({{.form = ItemForm::number, .name = "m", .values = {3}, .sd = 2}}, months);
    double sum = 0, squares = 0;
    constexpr int n = 4000;
    for (int run = 0; run < n; ++run) {
        KeyedDraws draws(6, static_cast<std::uint64_t>(run));
        const double seen = summaries.of(results_of({40}), 0, {}, draws)[0];
        sum += seen - 40;
        squares += (seen - 40) * (seen - 40);
    }
    EXPECT_NEAR(sum / n, 0, 3 * 2 / std::sqrt(n));
    EXPECT_NEAR(squares / n, 4, 3 * 4 * std::sqrt(2. / n));
}

TEST(RecordSummaries, tell_many_rows_together) {
    std::vector<RecordItem> dates, values;
    std::vector<double> ticks;
    for (std::int64_t row = 0; row < 40; ++row) {
        RecordItem item = date(row < 30, row < 10 ? 3 : 20, row < 10 ? 3 : 20, 24);
        item.name = "m[r]";
        item.row = row;
        item.is_by_row = true;
        dates.push_back(item);
        ticks.push_back(row < 25 ? 2 : Results::missing);
        values.push_back(
            {.form = ItemForm::number, .name = "m[r]", .row = row, .is_by_row = true, .values = {static_cast<double>(row % 2)}});
    }
    const RecordSummaries summaries(dates, months);
    EXPECT_THAT(names(summaries), ElementsAre("m, rows by the end of 2020", "m, rows by the end of 2021"));
    EXPECT_THAT(summaries.record(), ElementsAre(std::sqrt(10.375), std::sqrt(30.375)));
    EXPECT_THAT(told(summaries, results_of(ticks, {}, {}, 40)), ElementsAre(std::sqrt(25.375), std::sqrt(25.375)));
    const RecordSummaries of_values(values, months);
    EXPECT_THAT(of_values.record(), ElementsAre(.5, .5)) << "mean and sd";
    dates.resize(32);
    EXPECT_EQ(RecordSummaries(dates, months).summaries().size(), 64U) << "so many are told apart";
}

TEST(RecordSummaries, name_the_rows_of_which_series_are_kept) {
    RecordItem item{.form = ItemForm::series, .name = "m", .row = 2, .moments = {1}, .years = {2020}, .values = {1}};
    Results layout = results_of({}, {}, {}, 3);
    layout.measures.emplace_back();
    EXPECT_THAT(RecordSummaries({item}, months).series_rows(layout), ElementsAre(ElementsAre(2), ElementsAre()));
}

TEST(ThinnedCount, never_sees_more_than_there_is) {
    KeyedDraws draws(1, 1);
    for (int i = 0; i < 200; ++i) {
        const double seen = thinned_count(3, .7, draws);
        EXPECT_TRUE(seen >= 0 && seen <= 3 && seen == std::floor(seen));
    }
    EXPECT_EQ(thinned_count(0, .5, draws), 0);
    EXPECT_EQ(thinned_count(5, 0, draws), 0);
    EXPECT_EQ(thinned_count(5, 1, draws), 5);
}

}  // namespace
}  // namespace entente
