// The loop by hand of one seeker among many governments does what the engine does, to the last bit: only then may they race.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>
#include <recognition.hpp>
#include <scenes.hpp>

#include <entente/model/model.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/scenario/read.hpp>

namespace entente::by_hand {
namespace {

const Model& model_of(int governments) {
    static std::map<int, Model> kept;
    const auto found = kept.find(governments);
    if (found != kept.end()) return found->second;
    return kept.emplace(governments, compile(read_scenario_text(scenes::recognition(governments), "recognition", ENTENTE_ROOT).scenario)).first->second;
}

struct Compared {
    std::string name;
    ColumnId column;
};

/// Fields, counts of events, and measures read at every tick.
std::vector<Compared> columns_of(const Model& model) {
    std::vector<Compared> all;
    for (const auto& fields : model.field_columns)
        for (const ColumnId column : fields) all.push_back({model.column(column).name, column});
    for (const CompiledEvent& event : model.events) all.push_back({"count of " + event.name, event.count});
    for (const CompiledMeasure& measure : model.measures)
        if (measure.form == CompiledMeasure::Form::series) all.push_back({measure.name, measure.value});
    return all;
}

/// Measures that are kept over time.
std::vector<Compared> kept_measures(const Model& model) {
    std::vector<Compared> all;
    for (const CompiledMeasure& measure : model.measures)
        if (measure.form != CompiledMeasure::Form::series) all.push_back({measure.name, measure.value});
    return all;
}

/// The first difference, in words; "" when there is none.
std::string difference(const Model& model, const std::vector<Compared>& columns, const Batch& batch, const Recognition& by_hand) {
    for (const auto& [name, column] : columns)
        for (int lane = 0; lane < batch.lanes(); ++lane) {
            const std::vector<double> hand = by_hand.column(name, lane);
            if (std::ssize(hand) != model.rows_of(column)) return name + " has another number of rows";
            const std::span<const double> engine = batch.column(column);
            for (std::size_t row = 0; row < hand.size(); ++row) {
                const double told = engine[row * static_cast<std::size_t>(batch.lanes()) + static_cast<std::size_t>(lane)];
                if (std::memcmp(&told, &hand[row], sizeof told) == 0) continue;
                char text[300];
                const KindId kind = model.domain(model.column(column).domain).kind;
                std::snprintf(text, sizeof text, "%s on row %s, lane %d, after tick %lld: %.17g by the engine, %.17g by hand", name.c_str(),
                              kind.value < 0 ? "0" : row_name(model.tables, kind, static_cast<std::int64_t>(row)).c_str(), lane,
                              static_cast<long long>(batch.next_tick() - 1), told, hand[row]);
                return text;
            }
        }
    return "";
}

/// Governments, instruction set, lanes, seed.
using Case = std::tuple<int, std::string, int, std::uint64_t>;

class RecognitionByHand : public testing::TestWithParam<Case> {};

TEST_P(RecognitionByHand, has_the_engines_bits_in_every_field_count_and_measure_at_every_tick) {
    const auto& [governments, instruction_set, lanes, seed] = GetParam();
    const Model& model = model_of(governments);
    const std::vector<Compared> columns = columns_of(model);
    Batch batch(model, lanes, choose_kernels(instruction_set));
    Recognition by_hand(governments, lanes, instruction_set.substr(0, instruction_set.find('-')));
    batch.begin(seed, 1000);
    by_hand.begin(seed, 1000);
    ASSERT_EQ(by_hand.calendar().ticks(), model.calendar.ticks());
    for (std::int64_t tick = 0; tick < model.calendar.ticks(); ++tick) {
        batch.tick();
        by_hand.tick();
        ASSERT_EQ(difference(model, columns, batch, by_hand), "");
    }
    batch.measure_over_time();
    EXPECT_EQ(difference(model, kept_measures(model), batch, by_hand), "");
    EXPECT_TRUE(batch.failures().empty());
}

std::vector<Case> cases() {
    std::vector<Case> all;
    for (const Kernels* kernels : available_kernels()) {
        for (const std::uint64_t seed : {1, 20210815}) all.emplace_back(20, kernels->name, 8, seed);
        all.emplace_back(57, kernels->name, 1, 3);  // so that arrays by government take more than one turn
    }
    all.emplace_back(195, choose_kernels("").name, 1, 1);
    return all;
}

std::string case_name(const testing::TestParamInfo<Case>& one) {
    const auto& [governments, instruction_set, lanes, seed] = one.param;
    std::string name = std::to_string(governments) + "_governments_" + instruction_set + "_" + std::to_string(lanes) +
                       "_lanes_seed_" + std::to_string(seed);
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Bench, RecognitionByHand, testing::ValuesIn(cases()), case_name);

TEST(RecognitionByHand, refuses_loops_sizes_and_columns_that_are_not_there) {
    EXPECT_THROW(Recognition(20, 1, "mmx"), std::out_of_range);
    EXPECT_THROW(Recognition(8, 1, "portable"), std::invalid_argument);
    Recognition by_hand(20, 1, "portable");
    by_hand.begin(1, 0);
    EXPECT_THROW((void)by_hand.column("relation.love", 0), std::out_of_range);
}

}  // namespace
}  // namespace entente::by_hand
