#include <entente/summary/telling_runs.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <string>

#include <gmock/gmock.h>

#include "../sample.hpp"

namespace entente {
namespace {

using Why = TellingReason::Why;
using testing::ElementsAre;

constexpr std::int64_t runs = 61;

MeasureInfo measure(const std::string& name, MeasureInfo::Form form) {
    MeasureInfo info;
    info.name = name;
    info.form = form;
    return info;
}

/// A date, a series, a number and a rung of 61 runs, of which run 5 failed; they begin with run 100.
Results made_at_random(unsigned seed) {
    using Form = MeasureInfo::Form;
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    Results results;
    results.calendar = Calendar::undated(70);
    results.runs = runs;
    results.first_run = 100;
    results.series_runs = runs;
    results.measures = {measure("fell", Form::date), measure("trust", Form::series), measure("aid", Form::scalar), measure("rung", Form::scalar)};
    results.measures[3].levels = {{.name = "none", .label = {}}, {.name = "some", .label = {}}, {.name = "full", .label = {}}};
    results.final_values.resize(4);
    results.series.resize(4);
    for (std::int64_t run = 0; run < runs; ++run) {
        const double date = std::floor(50 + 25 * normal(random));
        results.final_values[0].push_back(date < 70 ? std::max(0.0, date) : Results::missing);
        double trust = 0.5;
        for (int moment = 0; moment <= 70; ++moment) {
            results.series[1].push_back(trust);
            if (moment == 70) results.final_values[1].push_back(trust);
            trust += 0.01 * normal(random);
        }
        results.final_values[2].push_back(100 * normal(random));
        results.final_values[3].push_back(std::floor(std::uniform_real_distribution<double>(0, 2.999)(random)));
    }
    results.failures.emplace_back().run = 105;
    results.final_values[2][5] = Results::missing;
    return results;
}

double middle_of(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
}

/// The rule as the header has it, told plainly: for each run its mean over four measures.
std::map<std::int64_t, double> distances_told_plainly(const Results& results) {
    std::vector<std::vector<std::vector<double>>> values(4);  // [measure][value][run]
    const auto of_all = [&](auto one) {
        std::vector<double> all;
        for (std::int64_t run = 0; run < runs; ++run)
            if (run != 5) all.push_back(one(static_cast<std::size_t>(run)));
        return all;
    };
    values[0].push_back(of_all([&](std::size_t run) { return std::isnan(results.final_values[0][run]) ? 70 : results.final_values[0][run]; }));
    for (std::size_t moment = 1; moment <= 70; moment += 3) values[1].push_back(of_all([&](std::size_t run) { return results.series[1][run * 71 + moment]; }));
    for (std::size_t m : {2, 3}) values[m].push_back(of_all([&](std::size_t run) { return results.final_values[m][run]; }));
    std::map<std::int64_t, double> distances;
    for (std::size_t i = 0; i < runs - 1; ++i) {
        double total = 0;
        for (const auto& of_measure : values) {
            double sum = 0;
            int count = 0;
            for (const auto& one : of_measure) {
                const double median = middle_of(one);
                double spread = 0;
                for (const double x : one) spread += std::pow(x - median, 2);
                spread = std::sqrt(spread / static_cast<double>(one.size()));
                sum += std::pow((one[i] - median) / spread, 2);
                ++count;
            }
            total += sum / count / 4;
        }
        distances[static_cast<std::int64_t>(i < 5 ? i : i + 1)] = total;
    }
    return distances;
}

TEST(TellingRuns, have_the_distances_of_a_plain_telling) {
    for (const unsigned seed : {1U, 2U, 3U}) {
        const Results results = made_at_random(seed);
        const auto found = distances_from_medians(results);
        const auto plain = distances_told_plainly(results);
        ASSERT_EQ(found.size(), 61U);
        EXPECT_TRUE(std::isnan(found[5])) << "it failed";
        double sum = 0;
        for (const auto& [run, distance] : plain) {
            EXPECT_NEAR(found[static_cast<std::size_t>(run)], distance, 1e-12) << run;
            sum += distance;
        }
        EXPECT_NEAR(sum / 60, 1, 1e-12) << "each value counts alike";
    }
}

TEST(TellingRuns, are_chosen_by_the_rule) {
    const Results results = made_at_random(4);
    const auto plain = distances_told_plainly(results);
    const auto least = [&](auto rank) {
        std::int64_t best = -1;
        for (const auto& [run, distance] : plain)
            if (!std::isnan(rank(run)) && (best < 0 || std::pair(rank(run), distance) < std::pair(rank(best), plain.at(best)))) best = run;
        return 100 + best;
    };
    const auto date = [&](std::int64_t run) { return results.final_values[0][static_cast<std::size_t>(run)]; };
    std::vector<double> dates;
    for (const auto& [run, distance] : plain)
        if (!std::isnan(date(run))) dates.push_back(date(run));
    ASSERT_LT(dates.size(), plain.size());
    const double median = middle_of(dates);

    const TellingRuns found = telling_runs(results, std::vector<std::size_t>{0, 3}, 20);
    EXPECT_EQ(found.compared, 60);
    EXPECT_TRUE(found.has_all);
    std::map<std::pair<Why, int>, std::int64_t> by_reason;
    for (const TellingRun& one : found.runs)
        for (const TellingReason& reason : one.reasons) {
            by_reason[{reason.why, reason.why == Why::on_level ? static_cast<int>(reason.value) : 0}] = one.run;
            if (reason.why != Why::typical && reason.why != Why::comes_not) {
                EXPECT_EQ(reason.value, results.final_values[reason.measure][static_cast<std::size_t>(one.run - 100)]);
            }
        }
    const auto rung = [&](double level) { return [&results, level](std::int64_t run) { return results.final_values[3][static_cast<std::size_t>(run)] == level ? 0 : Results::missing; }; };
    const std::map<std::pair<Why, int>, std::int64_t> expected{
        {{Why::typical, 0}, least([](std::int64_t) { return 0.0; })},
        {{Why::median_date, 0}, least([&](std::int64_t run) { return std::abs(date(run) - median); })},
        {{Why::comes_not, 0}, least([&](std::int64_t run) { return std::isnan(date(run)) ? 0 : Results::missing; })},
        {{Why::earliest, 0}, least(date)},
        {{Why::latest, 0}, least([&](std::int64_t run) { return -date(run); })},
        {{Why::on_level, 0}, least(rung(0))},
        {{Why::on_level, 1}, least(rung(1))},
        {{Why::on_level, 2}, least(rung(2))}};
    EXPECT_EQ(by_reason, expected);
    EXPECT_EQ(found.runs.front().reasons.front().why, Why::typical);
}

TEST(TellingRuns, of_a_number_are_near_its_quantiles_and_at_its_ends) {
    const Results results = made_at_random(5);
    const TellingRuns found = telling_runs(results, std::vector<std::size_t>{2}, 20);
    std::vector<double> values;
    for (std::size_t run = 0; run < runs; ++run)
        if (run != 5) values.push_back(results.final_values[2][run]);
    std::sort(values.begin(), values.end());
    std::map<Why, double> by_reason;
    for (const TellingRun& one : found.runs)
        for (const TellingReason& reason : one.reasons) by_reason[reason.why] = reason.value;
    by_reason.erase(Why::typical);
    // Of 60 values the 5 % quantile lies at 2.95 from the least, the 95 % quantile at 56.05.
    EXPECT_EQ(by_reason, (std::map<Why, double>{{Why::low, values[3]}, {Why::high, values[56]}, {Why::least, values.front()}, {Why::greatest, values.back()}}));
}

TEST(TellingRuns, are_few_and_each_told_once) {
    const Results results = made_at_random(6);
    const TellingRuns found = telling_runs(results, usual_headline(results));
    EXPECT_LE(found.runs.size(), most_telling_runs);
    std::vector<std::int64_t> numbers;
    for (const TellingRun& one : found.runs) {
        EXPECT_NE(one.run, 105);
        EXPECT_FALSE(one.reasons.empty());
        numbers.push_back(one.run);
    }
    std::sort(numbers.begin(), numbers.end());
    EXPECT_EQ(std::adjacent_find(numbers.begin(), numbers.end()), numbers.end());
    EXPECT_THAT(usual_headline(results), ElementsAre(0, 1, 2, 3));
}

TEST(TellingRuns, of_which_all_failed_are_none) {
    Results results = sample::ensemble();
    results.failures.clear();
    for (std::int64_t run = 0; run < 4; ++run) results.failures.emplace_back().run = run;
    EXPECT_TRUE(telling_runs(results, usual_headline(results)).runs.empty());
}

TEST(TellingRuns, of_alike_runs_are_the_first) {
    Results results;
    results.runs = 3;
    results.measures = {measure("n", MeasureInfo::Form::scalar)};
    results.final_values = {{2, 2, 2}};
    results.series.resize(1);
    const TellingRuns found = telling_runs(results, usual_headline(results));
    ASSERT_EQ(found.runs.size(), 1U);
    EXPECT_EQ(found.runs[0].run, 0);
    EXPECT_EQ(found.runs[0].reasons.size(), 1U);
}

TEST(TellingRuns, are_compared_where_their_series_are_kept) {
    Results results = made_at_random(7);
    results.series_runs = 20;
    results.series[1].resize(20 * 71);
    const TellingRuns found = telling_runs(results, usual_headline(results), 3);
    EXPECT_EQ(found.compared, 19);
    EXPECT_FALSE(found.has_all);
    EXPECT_LT(found.runs.front().run, 120);
}

}  // namespace
}  // namespace entente
