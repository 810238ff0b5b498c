// What rows hold run by run gives back the means of any part of the runs.
#include <entente/report/outcome_rows.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <entente/base/statistics.hpp>
#include <entente/output/run_tables.hpp>
#include <entente/report/outcomes_data.hpp>
#include <entente/study/ensemble.hpp>

#include "../worlds.hpp"
#include "unpacked.hpp"

namespace entente::test {
namespace {

const std::string ties = R"yaml(
calendar: {start: 2020-01-01, ticks: 36, step: month}
agents:
  state:
    label: State
    fields: {worth: {start: 100, label: Worth}, size: 5}
    members: {a: {iso: AFG}, b: {iso: DEU}, c: {}}
links:
  tie: {source: state, target: state, pattern: complete, label: Tie, fields: {warmth: 0.5, rung: 0}}
steps:
  - {rule: drift, on: state, do: ["worth += normal()"]}
  - {rule: shift, on: tie, do: ["warmth += normal(0, 0.01)", "rung = min(4, rung + bernoulli(0.1))"]}
  - {event: quarrel, on: tie, rate: 0.5, do: ["warmth -= 0.01"]}
measures:
  rich: {value: first(worth > 103), on: state}
  best: {value: peak(worth), on: state}
  warmth: {value: warmth, on: tie}
  all_warm: "mean(k.warmth for k in tie)"
  quarrels: {value: total(quarrel), on: tie, per: year}
)yaml";

struct Parted {
    Results results;
    page::OutcomesData data;
};

Parted parted(const std::string& text, std::int64_t runs) {
    const Scenario scenario = scenario_of(text);
    const Model model = compile(scenario, {.show = Shown::relations});
    Parted made{.results = run_ensemble(model, {.runs = runs, .relations = true}), .data = {}};
    made.data = *outcomes_data(scenario, made.results, summarise(made.results), {});
    add_outcome_rows(scenario, model, made.results, made.data);
    return made;
}

const page::OutcomeRows& rows_named(const page::OutcomesData& data, const std::string& of, const std::string& name) {
    const auto found = std::ranges::find_if(data.rows, [&](const page::OutcomeRows& rows) { return rows.of == of && rows.name == name; });
    if (found == data.rows.end()) throw std::runtime_error("there are no rows of " + name);
    return *found;
}

/// [row][run][moment], as page_outcomes.hpp tells them.
std::vector<double> numbers_of(const page::OutcomeRows& rows) {
    std::vector<double> numbers = unpacked(rows.values);
    const std::size_t a_row = numbers.size() / rows.low.size();
    const double steps = rows.values.width == 1 ? 254 : 65534;
    for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = rows.low[i / a_row] + rows.step[i / a_row] * std::round(numbers[i] * steps);
    return numbers;
}

/// The mean over every third run must be near the true one, as compared with how far runs are spread.
void expect_means(const page::OutcomeRows& rows, const std::vector<double>& truth, std::size_t moments) {
    const std::vector<double> kept = numbers_of(rows);
    ASSERT_EQ(kept.size(), truth.size());
    const auto runs = static_cast<std::size_t>(rows.runs);
    for (std::size_t row = 0; row < rows.low.size(); ++row)
        for (std::size_t moment = 0; moment < moments; ++moment) {
            double sum = 0;
            std::vector<double> part;
            for (std::size_t run = 0; run < runs; run += 3) {
                const std::size_t at = (row * runs + run) * moments + moment;
                sum += kept[at];
                part.push_back(truth[at]);
            }
            const double spread = part.size() > 1 ? standard_deviation(part) : 0;
            EXPECT_NEAR(sum / static_cast<double>(part.size()), mean(part), 0.15 * spread / std::sqrt(static_cast<double>(part.size())) + 2 * rows.step[row] / std::sqrt(static_cast<double>(part.size()))) << rows.name << ' ' << row << ' ' << moment;
        }
}

TEST(OutcomeRows, give_back_means_of_links_and_agents_over_part_of_the_runs) {
    const auto [results, data] = parted(ties, 300);
    const page::OutcomeRows& warmth = rows_named(data, "links", "warmth");
    EXPECT_EQ(warmth.kind, "Tie");
    EXPECT_EQ(warmth.runs, 300);
    EXPECT_EQ(warmth.times.back(), page::Moment{std::string("2023-01-01")});
    const auto moments = thinned(37, 8);
    ASSERT_EQ(warmth.times.size(), moments.size());
    std::vector<double> truth;
    for (std::size_t link = 0; link < 6; ++link)
        for (std::size_t run = 0; run < 300; ++run)
            for (const std::int64_t moment : moments) truth.push_back(results.series[2][(run * 37 + static_cast<std::size_t>(moment)) * 6 + link]);
    expect_means(warmth, truth, moments.size());
    const page::OutcomeRows& rung = rows_named(data, "links", "rung");
    for (const double value : numbers_of(rung)) EXPECT_EQ(value, std::round(value)) << "whole numbers stay whole";
    EXPECT_EQ(rows_named(data, "places", "Worth").kind, "State");
}

TEST(OutcomeRows, keep_dates_to_the_day_and_numbers_of_single_runs) {
    const auto [results, data] = parted(ties, 120);
    const page::OutcomeRows& rich = rows_named(data, "measure", "rich");
    EXPECT_TRUE(rich.times.empty());
    const auto days = numbers_of(rich);
    std::vector<double> best;
    for (std::size_t row = 0; row < 3; ++row)
        for (std::size_t run = 0; run < 120; ++run) {
            const double tick = results.final_values[0][run * 3 + row];
            if (std::isnan(tick)) EXPECT_TRUE(std::isnan(days[row * 120 + run]));
            else EXPECT_EQ(days[row * 120 + run], page::days_or_ticks(results.calendar, tick));
            best.push_back(results.final_values[1][run * 3 + row]);
        }
    expect_means(rows_named(data, "measure", "best"), best, 1);
    EXPECT_THROW(rows_named(data, "measure", "warmth"), std::runtime_error) << "there are courses of each of its rows";
    EXPECT_EQ(std::ranges::count(data.alike, "size", &page::OutcomeRowsName::name), 1) << "what is the same in all runs";
}

TEST(OutcomeRows, count_events_of_each_run_by_year) {
    const auto [results, data] = parted(ties, 50);
    ASSERT_EQ(data.event_runs, 50);
    ASSERT_EQ(data.events.size(), 1U);
    const auto counts = unpacked(data.events[0]);
    ASSERT_EQ(counts.size(), 3U * 50);
    for (std::size_t year = 0; year < 3; ++year)
        for (std::size_t run = 0; run < 50; ++run) {
            double all = 0;
            for (std::size_t link = 0; link < 6; ++link) all += results.yearly[4][(run * 3 + year) * 6 + link];
            EXPECT_EQ(std::round(counts[year * 50 + run]), all) << year << ' ' << run;
        }
}

TEST(OutcomeRows, fit_into_their_room) {
    std::string members;
    for (int i = 0; i < 19; ++i) members += "s" + std::to_string(i) + ", ";
    const auto [results, data] = parted(R"yaml(
calendar: {ticks: 40}
agents: {state: {members: [)yaml" + members + R"yaml(z]}}
links: {tie: {source: state, target: state, pattern: complete, fields: {other: 0, trust: 0}}}
steps: [{rule: walk, on: tie, do: ["other += normal()", "trust += normal()"]}]
measures: {x: "mean(k.other for k in tie)"}
)yaml", 200);
    std::size_t bytes = 0;
    for (const page::OutcomeRows& rows : data.rows) bytes += rows.values.bytes.size();
    EXPECT_LE(bytes, most_outcome_row_bytes);
    for (const page::OutcomeRows& rows : data.rows) EXPECT_NE(rows.name, "other") << "what is looked at first comes first";
}

}  // namespace
}  // namespace entente::test
