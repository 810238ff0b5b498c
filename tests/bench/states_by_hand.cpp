// The loops by hand of worlds in which every row changes do what the engine does, to the last bit but for long sums: only then may they race.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>
#include <scenes.hpp>
#include <states.hpp>

#include <entente/model/model.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/scenario/read.hpp>

#include "../scratch.hpp"

namespace entente::by_hand {
namespace {

ColumnId column_of(const Model& model, const std::string& name) {
    for (const auto& fields : model.field_columns)
        for (const ColumnId column : fields)
            if (model.column(column).name == name) return column;
    for (const CompiledEvent& event : model.events)
        if ("count of " + event.name == name) return event.count;
    for (const CompiledMeasure& measure : model.measures)
        if (measure.name == name) return measure.value;
    throw std::logic_error("no column is called " + name);
}

std::string told(const std::string& name, std::size_t at, std::int64_t tick, double engine, double hand) {
    char text[200];
    std::snprintf(text, sizeof text, "%s, number %zu, after tick %lld: %.17g by the engine, %.17g by hand", name.c_str(), at, static_cast<long long>(tick),
                  engine, hand);
    return text;
}

/// Where the two differ first; "" when they have the same bits.
std::string difference(const std::string& name, std::int64_t tick, std::span<const double> engine, std::span<const double> hand) {
    if (engine.size() < hand.size()) return name + " is shorter";
    for (std::size_t i = 0; i < hand.size(); ++i)
        if (std::memcmp(&engine[i], &hand[i], sizeof hand[i]) != 0) return told(name, i, tick, engine[i], hand[i]);
    return "";
}

using Case = std::tuple<std::string, std::uint64_t>;

class StatesByHand : public testing::TestWithParam<Case> {
protected:
    [[nodiscard]] const std::string& kernels() const { return std::get<0>(GetParam()); }
    [[nodiscard]] std::string loops() const { return kernels().substr(0, kernels().find('-')); }
    [[nodiscard]] std::uint64_t seed() const { return std::get<1>(GetParam()); }
};

TEST_P(StatesByHand, have_the_engines_bits_in_a_conflict_world) {
    constexpr int lanes = 16;
    const Scratch folder;
    const std::string text = scenes::conflict(37, folder.path());
    const Model model = compile(read_scenario_text(text, "conflict", folder.path()).scenario);
    Batch batch(model, lanes, choose_kernels(kernels()));
    Conflict by_hand(37, lanes, loops());
    batch.begin(seed(), 1000);
    by_hand.begin(seed(), 1000);
    const Conflict::Data& d = by_hand.data();
    const std::vector<std::pair<const char*, const Doubles*>> columns{
        {"state.gdp", &d.gdp},          {"state.population", &d.population}, {"state.conflict", &d.conflict},    {"state.history", &d.history},
        {"state.deaths", &d.deaths},    {"count of onset", &d.onset},        {"count of ending", &d.ending},     {"count of battles", &d.battles},
        {"conflicts", &d.conflicts},    {"wealth", &d.wealth}};
    for (std::int64_t tick = 0; tick < model.calendar.ticks(); ++tick) {
        batch.tick();
        by_hand.tick();
        for (const auto& [name, hand] : columns) ASSERT_EQ(difference(name, tick, batch.column(column_of(model, name)), *hand), "");
    }
    batch.measure_over_time();
    EXPECT_EQ(difference("onsets", 0, batch.column(column_of(model, "onsets")), d.onsets), "");
    EXPECT_EQ(difference("deaths", 0, batch.column(column_of(model, "deaths")), d.all_deaths), "");
    EXPECT_TRUE(batch.failures().empty());
}

/// A column of the square without what is nobody's.
std::vector<double> relations(const Governments::Data& d, const Doubles& square) {
    std::vector<double> column;
    for (int source = 0; source < d.governments; ++source)
        for (int target = 0; target < d.governments; ++target)
            if (target != source) column.push_back(square[static_cast<std::size_t>(source * d.stride + target)]);
    return column;
}

TEST_P(StatesByHand, have_the_engines_bits_among_governments) {
    const Model model = compile(read_scenario_text(scenes::governments(41), "governments", ENTENTE_ROOT).scenario);
    Batch batch(model, 1, choose_kernels(kernels()));
    batch.begin(seed(), 1000);
    const auto first = [&](const char* name) {
        const ColumnId column = column_of(model, name);
        return batch.column(column).first(static_cast<std::size_t>(model.rows_of(column)));
    };
    Governments by_hand(41, first("government.capability"), first("relation.affinity"), loops());
    by_hand.begin(seed(), 1000);
    const Governments::Data& d = by_hand.data();
    const std::vector<std::pair<const char*, const Doubles*>> columns{{"relation.trust", &d.trust},
                                                                      {"relation.alarm", &d.alarm},
                                                                      {"relation.standing", &d.standing},
                                                                      {"count of visit", &d.visit},
                                                                      {"count of step_up", &d.step_up}};
    for (std::int64_t tick = 0; tick < model.calendar.ticks(); ++tick) {
        batch.tick();
        by_hand.tick();
        for (const auto& [name, hand] : columns) ASSERT_EQ(difference(name, tick, batch.column(column_of(model, name)), relations(d, *hand)), "");
        ASSERT_NEAR(first("trust")[0], d.mean_trust, 1e-12);
        ASSERT_NEAR(first("standing")[0], d.mean_standing, 1e-12);
    }
    EXPECT_TRUE(batch.failures().empty());
}

std::vector<Case> cases() {
    std::vector<Case> all;
    for (const Kernels* kernels : available_kernels())
        for (const std::uint64_t seed : {1, 20210815}) all.emplace_back(kernels->name, seed);
    return all;
}

std::string case_name(const testing::TestParamInfo<Case>& one) {
    std::string name = std::get<0>(one.param) + "_seed_" + std::to_string(std::get<1>(one.param));
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Bench, StatesByHand, testing::ValuesIn(cases()), case_name);

TEST(StatesByHand, refuse_loops_and_lanes_that_are_not_there) {
    EXPECT_THROW(Conflict(20, 8, "mmx"), std::out_of_range);
    EXPECT_THROW(Conflict(20, 12, "avx512"), std::invalid_argument);
    EXPECT_THROW(Governments(2, std::vector<double>{1, 1}, std::vector<double>{0, 0}, "mmx"), std::out_of_range);
}

}  // namespace
}  // namespace entente::by_hand
