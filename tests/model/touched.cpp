// Tests: touched.
// What a tick has in hand, by which the lanes of a batch are chosen.
#include <gtest/gtest.h>

#include <entente/model/touched.hpp>

#include "../worlds.hpp"

namespace entente::test {
namespace {

std::int64_t doubles(const std::string& text, Unroll unroll = Unroll::no) {
    const Model model = compile(scenario_of(text), {.unroll = unroll});
    EXPECT_EQ(model.bytes_of_a_tick, bytes_touched(model));
    return model.bytes_of_a_tick / 8;
}

TEST(BytesTouched, are_of_the_rows_that_programs_read_and_write) {
    const std::string cells = "agents: {cell: {count: 100, fields: {x: 'uniform(0, 1)', y: 0, z: 1}}}\n";
    EXPECT_EQ(doubles(cells + "steps: [{rule: r, on: cell, do: [x += 1]}]"), 100);
    EXPECT_EQ(doubles(cells + "steps: [{rule: r, on: cell, do: [y = x]}]"), 200) << "z is never looked at";
    EXPECT_EQ(doubles(cells), 0);
}

TEST(BytesTouched, are_fewer_where_steps_go_over_few_rows) {
    const std::string states = "agents: {state: {fields: {x: 0, s: 0}, members: {a: {s: 1}, b: {}, c: {}, d: {}}}}\n";
    EXPECT_EQ(doubles(states + "steps: [{rule: r, on: state, where: s > 0, do: [x += 1]}]"), 1);
    EXPECT_EQ(doubles(states + "steps: [{rule: r, on: state, where: s > 0, do: [x += 1]}]", Unroll::yes), 1);
    EXPECT_EQ(doubles(states + "steps: [{event: e, on: state, where: s > 0, rate: 1, do: [x += 1]}]"), 2) << "the field and the count";
}

}  // namespace
}  // namespace entente::test
