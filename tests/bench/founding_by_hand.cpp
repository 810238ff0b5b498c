// The founding scenario's loops written by hand do what the engine does, to the last bit: only then may they race.
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string>
#include <tuple>
#include <vector>

#include <founding.hpp>
#include <gtest/gtest.h>

#include <entente/model/model.hpp>
#include <entente/runtime/batch.hpp>
#include <entente/scenario/read.hpp>

namespace entente::by_hand {
namespace {

const Model& model() {
    static const Model compiled = compile(read_scenario(ENTENTE_ROOT "/tests/scenes/founding.yaml").scenario);
    return compiled;
}

bool keeps_to_the_end(const CompiledMeasure& measure) { return measure.form != CompiledMeasure::Form::series; }

/// One column's row on both sides.
struct Compared {
    std::string name;
    ColumnId column;
    std::int64_t row;
    Founding::Place place;
};

std::vector<Compared> rows_of(const std::string& name, ColumnId column) {
    std::vector<Compared> rows;
    for (std::int64_t row = 0; row < model().rows_of(column); ++row) rows.push_back({name, column, row, Founding::place(name, row)});
    return rows;
}

void add(std::vector<Compared>& to, const std::vector<Compared>& more) { to.insert(to.end(), more.begin(), more.end()); }

/// Fields and the counts of events: the state.
std::vector<Compared> state() {
    std::vector<Compared> all;
    for (const auto& fields : model().field_columns)
        for (const ColumnId column : fields) add(all, rows_of(model().column(column).name, column));
    for (const CompiledEvent& event : model().events) add(all, rows_of("count of " + event.name, event.count));
    return all;
}

/// Measures read at every tick, or those that are kept over time.
std::vector<Compared> measures(bool to_the_end) {
    std::vector<Compared> all;
    for (const CompiledMeasure& measure : model().measures)
        if (keeps_to_the_end(measure) == to_the_end) add(all, rows_of(measure.name, measure.value));
    return all;
}

std::string row_text(const Compared& one) {
    const KindId kind = model().domain(model().column(one.column).domain).kind;
    return kind.value < 0 ? "0" : row_name(model().tables, kind, one.row);
}

/// The first difference, in words; "" when there is none.
std::string difference(const std::vector<Compared>& compared, const Batch& batch, const Founding& founding) {
    for (const Compared& one : compared) {
        const auto lanes = batch.lanes_of(one.column, one.row);
        for (int lane = 0; lane < batch.lanes(); ++lane) {
            const double engine = lanes[static_cast<std::size_t>(lane)];
            const double hand = founding.at(one.place, lane);
            if (std::memcmp(&engine, &hand, sizeof engine) == 0) continue;
            char text[300];
            std::snprintf(text, sizeof text, "%s on row %s, lane %d, after tick %lld: %.17g by the engine, %.17g by hand", one.name.c_str(),
                          row_text(one).c_str(), lane, static_cast<long long>(batch.next_tick() - 1), engine, hand);
            return text;
        }
    }
    return "";
}

bool ends_year(std::int64_t tick) {
    const Calendar& calendar = model().calendar;
    return tick + 1 == calendar.ticks() || calendar.year(tick + 1) != calendar.year(tick);
}

/// The loops that are compiled for the same instructions as these kernels: `avx512` for `avx512-interpreted`.
std::string loops_for(const std::string& kernels) { return kernels.substr(0, kernels.find('-')); }

using Case = std::tuple<std::string, Way, int, std::uint64_t>;

class FoundingByHand : public testing::TestWithParam<Case> {
protected:
    /// The year's measures are taken on both sides, compared, and begin anew.
    static std::string end_of_year(Batch& batch, Founding& founding) {
        batch.measure_over_time();
        const std::string found = difference(measures(true), batch, founding);
        for (const CompiledMeasure& measure : model().measures)
            if (measure.form == CompiledMeasure::Form::yearly) batch.restart(measure);
        founding.begin_year();
        return found;
    }
};

TEST_P(FoundingByHand, has_the_engines_bits_in_every_field_count_and_measure_at_every_tick) {
    const auto& [instruction_set, way, lanes, seed] = GetParam();
    const std::vector<Compared> fields = state();
    const std::vector<Compared> series = measures(false);
    Batch batch(model(), lanes, choose_kernels(instruction_set));
    Founding founding(lanes, loops_for(instruction_set), way);
    batch.begin(seed, 1000);
    founding.begin(seed, 1000);
    ASSERT_EQ(founding.calendar().ticks(), model().calendar.ticks());
    ASSERT_EQ(difference(fields, batch, founding), "");
    for (std::int64_t tick = 0; tick < model().calendar.ticks(); ++tick) {
        batch.tick();
        founding.tick();
        ASSERT_EQ(difference(fields, batch, founding), "");
        ASSERT_EQ(difference(series, batch, founding), "");
        if (!ends_year(tick)) continue;
        ASSERT_EQ(end_of_year(batch, founding), "");
    }
    EXPECT_TRUE(batch.failures().empty());
}

TEST_P(FoundingByHand, may_take_each_vector_through_many_ticks) {
    const auto& [instruction_set, way, lanes, seed] = GetParam();
    const std::vector<Compared> fields = state();
    const std::vector<Compared> series = measures(false);
    Batch batch(model(), lanes, choose_kernels(instruction_set));
    Founding founding(lanes, loops_for(instruction_set), way);
    batch.begin(seed, 0);
    founding.begin(seed, 0);
    for (std::int64_t tick = 0; tick < model().calendar.ticks(); ++tick) {
        batch.tick();
        if (!ends_year(tick)) continue;
        founding.run_ticks(tick + 1 - founding.next_tick());
        ASSERT_EQ(difference(fields, batch, founding), "");
        ASSERT_EQ(difference(series, batch, founding), "");
        ASSERT_EQ(end_of_year(batch, founding), "");
    }
}

std::vector<Case> cases() {
    std::vector<Case> all;
    for (const Kernels* kernels : available_kernels())
        for (const Way way : {Way::fused, Way::sparing})
            for (const int lanes : {8, 64, 256})
                for (const std::uint64_t seed : {1, 20210815}) all.emplace_back(kernels->name, way, lanes, seed);
    return all;
}

std::string case_name(const testing::TestParamInfo<Case>& one) {
    const auto& [instruction_set, way, lanes, seed] = one.param;
    std::string name = instruction_set + (way == Way::fused ? "_fused_" : "_sparing_") + std::to_string(lanes) + "_lanes_seed_" + std::to_string(seed);
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

INSTANTIATE_TEST_SUITE_P(Bench, FoundingByHand, testing::ValuesIn(cases()), case_name);

TEST(FoundingByHand, refuses_loops_and_columns_that_are_not_there) {
    EXPECT_THROW(Founding(8, "mmx", Way::fused), std::out_of_range);
    EXPECT_THROW(Founding(12, "avx512", Way::fused), std::invalid_argument);
    EXPECT_THROW((void)Founding::place("relation.love", 0), std::out_of_range);
}

}  // namespace
}  // namespace entente::by_hand
