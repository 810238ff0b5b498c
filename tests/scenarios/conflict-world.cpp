// What must follow from scenarios/conflict-world.yaml, and how it stands to the record of 2018 to 2024.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <entente/base/statistics.hpp>
#include <entente/inference/skill.hpp>
#include <entente/model/model.hpp>
#include <entente/scenario/read.hpp>
#include <entente/study/ensemble.hpp>
#include <entente/study/run_results.hpp>

namespace entente {
namespace {

const std::filesystem::path folder_of_world = std::filesystem::path(ENTENTE_ROOT) / "scenarios";
constexpr std::int64_t runs_of_world = 2000;

/// The scenario with each state's chance in the coming year, and variants, beside its own.
Scenario conflict_world() {
    std::ifstream file(folder_of_world / "conflict-world.yaml");
    std::string text{std::istreambuf_iterator<char>(file), {}};
    text += R"yaml(
measures:
  chance_of_conflict:
    value: "logistic(base + persistence * fought + severity * warred + remembrance * remembered + contagion * neighbours
            + size * log(population / reference_size) + wealth * log(income))"
    on: state
variants:
  alone: {parameters: {contagion: 0}}
  oblivious: {parameters: {remembrance: 0}}
)yaml";
    return read_scenario_text(text, "conflict-world.yaml", folder_of_world).scenario;
}

Results run_world(const Scenario& scenario) {
    RunPlan plan;
    plan.runs = runs_of_world;
    plan.seed = 7;
    plan.series_runs = 1;
    return run_ensemble(compile(scenario), plan);
}

const Results& world_as_written() {
    static const Results results = run_world(conflict_world());
    return results;
}

std::size_t measure_of_world(const Results& results, const std::string& name) {
    const auto found = std::find_if(results.measures.begin(), results.measures.end(), [&](const MeasureInfo& m) { return m.name == name; });
    if (found == results.measures.end()) throw std::logic_error("no measure " + name);
    return static_cast<std::size_t>(found - results.measures.begin());
}

/// In which share of runs each state was in conflict: [year][state].
std::vector<std::vector<double>> shares_in_conflict(const Results& results) {
    const std::size_t measure = measure_of_world(results, "in_conflict");
    const std::size_t states = results.measures[measure].width();
    const std::size_t years = results.years.size();
    std::vector<std::vector<double>> shares(years, std::vector<double>(states, 0));
    const auto& values = results.yearly[measure];  // [run][year][state]
    for (std::size_t run = 0; run < static_cast<std::size_t>(runs_of_world); ++run)
        for (std::size_t state = 0; state < states; ++state)
            for (std::size_t year = 0; year < years; ++year)
                shares[year][state] += values[(run * years + year) * states + state] / static_cast<double>(runs_of_world);
    return shares;
}

double conflicts_of_all_years(const Results& results) {
    double sum = 0;
    for (const std::vector<double>& year : shares_in_conflict(results)) sum = std::accumulate(year.begin(), year.end(), sum);
    return sum;
}

TEST(ConflictWorld, is_read_without_a_warning) {
    EXPECT_TRUE(read_scenario(folder_of_world / "conflict-world.yaml").warnings.empty());
}

TEST(ConflictWorld, every_run_ends_well) {
    EXPECT_TRUE(world_as_written().failures.empty());
}

TEST(ConflictWorld, its_first_year_has_the_chances_of_the_formula) {
    const Results& results = world_as_written();
    const auto& chances = results.series[measure_of_world(results, "chance_of_conflict")];
    const std::vector<double> shares = shares_in_conflict(results).front();
    for (std::size_t state = 0; state < shares.size(); ++state) {
        const double error = std::sqrt(chances[state] * (1 - chances[state]) / static_cast<double>(runs_of_world));
        EXPECT_NEAR(shares[state], chances[state], 4.5 * error) << results.measures[measure_of_world(results, "in_conflict")].rows[state];
    }
}

TEST(ConflictWorld, neighbours_and_memory_keep_conflicts_alive) {
    EXPECT_GT(conflicts_of_all_years(world_as_written()), conflicts_of_all_years(run_world(with_variant(conflict_world(), "alone"))) + 5);
    EXPECT_GT(conflicts_of_all_years(world_as_written()),
              conflicts_of_all_years(run_world(with_variant(conflict_world(), "oblivious"))) + 20);
}

/// Items are state-years of 2018 to 2024, in the order of years and states; clusters are states.
struct Held {
    std::vector<double> came, chances, base_rates, last_five;
    std::vector<std::size_t> states;
};

/// The share of years in conflict of each state's years on record from `first` to 2017, shrunk by half an event.
std::vector<double> shares_since(const std::map<std::pair<std::string, int>, double>& record, const std::vector<std::string>& states,
                                 int first) {
    std::vector<double> shares;
    for (const std::string& state : states) {
        double events = 0.5, years = 1;
        for (int year = first; year <= 2017; ++year)
            if (const auto found = record.find({state, year}); found != record.end()) events += found->second, years += 1;
        shares.push_back(events / years);
    }
    return shares;
}

std::map<std::pair<std::string, int>, double> conflicts_on_record() {
    std::ifstream file(folder_of_world / "data/conflict_panel.csv");
    std::map<std::pair<std::string, int>, double> record;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream cells(line);
        std::string state, year, conflict;
        std::getline(cells, state, ',');
        std::getline(cells, year, ',');
        std::getline(cells, conflict, ',');
        if (!conflict.empty()) record[{state, std::stoi(year)}] = std::stod(conflict) >= 1 ? 1 : 0;
    }
    return record;
}

Held held_against_the_record() {
    const auto record = conflicts_on_record();
    const Results& results = world_as_written();
    const std::vector<std::string>& states = results.measures[measure_of_world(results, "in_conflict")].rows;
    const auto shares = shares_in_conflict(results);
    const std::vector<double> base = shares_since(record, states, 1990);
    const std::vector<double> five = shares_since(record, states, 2013);
    Held held;
    for (std::size_t year = 0; year < shares.size(); ++year)
        for (std::size_t state = 0; state < states.size(); ++state) {
            held.came.push_back(record.at({states[state], results.years[year]}));
            held.chances.push_back(shares[year][state]);
            held.base_rates.push_back(base[state]);
            held.last_five.push_back(five[state]);
            held.states.push_back(state);
        }
    return held;
}

std::vector<double> squared_errors(const std::vector<double>& chances, const std::vector<double>& came) {
    std::vector<double> errors;
    std::transform(chances.begin(), chances.end(), came.begin(), std::back_inserter(errors),
                   [](double p, double y) { return (p - y) * (p - y); });
    return errors;
}

/// The figures of scenarios/README.md.
TEST(ConflictWorld, tells_states_at_war_from_those_at_peace_better_than_their_past_shares_do) {
    const Held held = held_against_the_record();
    EXPECT_EQ(held.came.size(), 1365U);
    EXPECT_EQ(std::accumulate(held.came.begin(), held.came.end(), 0.0), 239);
    EXPECT_NEAR(auc(held.chances, held.came, held.states, {}).value, 0.969, 0.002);
    EXPECT_GT(auc_gain(held.chances, held.base_rates, held.came, held.states, {}).interval.low, 0);
    EXPECT_GT(auc_gain(held.chances, held.last_five, held.came, held.states, {}).interval.low, 0);
    const std::vector<double> errors = squared_errors(held.chances, held.came);
    EXPECT_NEAR(mean(errors), 0.055, 0.001);
    EXPECT_EQ(verdict(pooled_skill(errors, squared_errors(held.base_rates, held.came), held.states, {})), Verdict::better);
    EXPECT_EQ(verdict(pooled_skill(errors, squared_errors(held.last_five, held.came), held.states, {})), Verdict::undecided);
}

}  // namespace
}  // namespace entente
