// Tests: builder, emitter.
// What expressions become: folded, shared, hoisted, skipped, in few registers. Slots 0 and up are columns.
#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include <entente/language/builder.hpp>

namespace entente {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A builder with names for what programs are made of.
struct Draft : ProgramBuilder {
    Value column(int number) { return load({{number}, {}}); }
    Value parameter(int number) { return uniform({Uniform::Form::parameter, number, {}, -1}); }
    Value add(Value a, Value b) { return op(Op::add, a, b); }
    Value times(Value a, Value b) { return op(Op::multiply, a, b); }
    void keep(Value value, Value mask = {}) { store({{9}, {}}, value, mask); }
    std::string listed() { return listing(finish()); }
};

TEST(Folding, operations_on_constants_leave_one_constant) {
    Draft d;
    d.keep(d.times(d.constant(2), d.op(Op::exp, d.constant(0))));
    EXPECT_EQ(d.listed(), "each block:\n  store 2 #0\n");
}

TEST(Folding, what_changes_no_bit_is_left_out) {
    Draft d;
    const Value x = d.column(0);
    EXPECT_EQ(d.times(x, d.constant(1)), x);
    EXPECT_EQ(d.times(d.constant(1), x), x);
    EXPECT_EQ(d.op(Op::divide, x, d.constant(1)), x);
    EXPECT_EQ(d.op(Op::subtract, x, d.constant(0)), x);
    EXPECT_NE(d.add(x, d.constant(0)), x);                  // -0.0 + 0 is 0
    EXPECT_NE(d.op(Op::subtract, x, d.constant(-0.0)), x);  // -0.0 + 0 again
    EXPECT_NE(d.times(x, d.constant(0)), d.constant(0));    // a NaN stays one
}

TEST(Folding, an_approach_to_0_takes_off_a_share) {
    Draft d;
    const Value x = d.column(0);
    const Value k = d.column(1);
    EXPECT_EQ(d.add(x, d.times(d.op(Op::subtract, d.constant(0), x), k)), d.op(Op::subtract, x, d.times(x, k)));
    for (const double a : {0.0, -0.0, 1.5, -2.5, 1e300})  // not a bit is changed
        for (const double b : {0.0, -0.0, 0.3, -0.7, 1e300}) EXPECT_EQ(std::bit_cast<std::uint64_t>(a + (0 - a) * b), std::bit_cast<std::uint64_t>(a - a * b));
}

TEST(Folding, logic_is_decided_as_soon_as_it_can_be) {
    Draft d;
    const Value x = d.column(0);
    const Value truth = d.op(Op::less, x, d.column(1));
    const Value yes = d.constant(1);
    const Value no = d.constant(0);
    EXPECT_EQ(d.op(Op::logical_and, x, no), no);
    EXPECT_EQ(d.op(Op::logical_and, no, x), no);
    EXPECT_EQ(d.op(Op::logical_and, yes, truth), truth);
    EXPECT_EQ(d.op(Op::logical_and, truth, yes), truth);
    EXPECT_NE(d.op(Op::logical_and, yes, x), x);  // which may be 5
    EXPECT_EQ(d.op(Op::logical_or, x, yes), yes);
    EXPECT_EQ(d.op(Op::logical_or, yes, x), yes);
    EXPECT_EQ(d.op(Op::logical_or, no, truth), truth);
    EXPECT_EQ(d.op(Op::logical_or, truth, no), truth);
    EXPECT_EQ(d.op(Op::not_equal, truth, no), truth);
    EXPECT_EQ(d.op(Op::select, yes, x, truth), x);
    EXPECT_EQ(d.op(Op::select, no, x, truth), truth);
    EXPECT_EQ(d.op(Op::select, truth, x, x), x);
}

TEST(Folding, a_sign_is_changed_as_late_and_as_seldom_as_can_be) {
    Draft d;
    const Value x = d.column(0);
    const Value y = d.column(1);
    const auto minus = [&](Value v) { return d.op(Op::negate, v); };
    EXPECT_EQ(minus(minus(x)), x);
    EXPECT_EQ(d.times(minus(x), y), minus(d.times(x, y)));
    EXPECT_EQ(d.times(minus(x), minus(y)), d.times(x, y));
    EXPECT_EQ(d.times(d.constant(2), minus(x)), d.times(d.constant(-2), x));
    EXPECT_EQ(d.add(x, minus(y)), d.op(Op::subtract, x, y));
    EXPECT_EQ(d.op(Op::subtract, x, minus(y)), d.add(x, y));
}

TEST(Folding, knows_what_is_surely_0_or_1) {
    Draft d;
    EXPECT_TRUE(d.is_boolean(d.op(Op::equal, d.column(0), d.column(1))));
    EXPECT_TRUE(d.is_boolean(d.op(Op::logical_not, d.column(0))));
    EXPECT_TRUE(d.is_boolean(d.load({{}, {3}, true})));
    EXPECT_TRUE(d.is_boolean(d.constant(1)));
    EXPECT_FALSE(d.is_boolean(d.constant(-0.0)));
    EXPECT_FALSE(d.is_boolean(d.constant(0.5)));
    EXPECT_FALSE(d.is_boolean(d.column(0)));
}

TEST(Sharing, equal_values_are_computed_once) {
    Draft d;
    const Value x = d.column(0);
    EXPECT_EQ(d.column(0), x);
    EXPECT_NE(d.column(1), x);
    EXPECT_NE(d.load({{0}, {2}}), x);  // by another map
    EXPECT_EQ(d.op(Op::exp, x), d.op(Op::exp, x));
    EXPECT_NE(d.constant(0), d.constant(-0.0));
    d.keep(d.times(d.op(Op::exp, x), d.op(Op::exp, x)));
    EXPECT_EQ(d.listed(), "each block:\n  exp r0 load0\n  multiply r0 r0 r0\n  store r0 #0\n");
}

TEST(Sharing, what_nothing_needs_is_not_computed) {
    Draft d;
    d.op(Op::exp, d.column(0));
    d.draw({1, {0}}, 0);
    d.keep(d.op(Op::negate, d.column(1)));
    EXPECT_EQ(d.listed(), "each block:\n  negate r0 load1\n  store r0 #0\n");
}

TEST(Sharing, both_uniforms_of_a_draw_come_from_one_instruction) {
    Draft d;
    const DrawSpec spec{5, {0}};
    EXPECT_EQ(d.draw(spec, 0), d.draw(spec, 0));
    d.keep(d.add(d.draw(spec, 0), d.draw(spec, 1)));
    d.keep(d.draw({6, {0}}, 1));
    EXPECT_EQ(d.listed(), "each block:\n  draw r0 r1 #0\n  add r0 r0 r1\n  draw r1 #1\n  store r0 #0\n  store r1 #1\n");
}

TEST(Hoisting, what_is_the_same_on_every_row_is_computed_once_a_step) {
    Draft d;
    const Value gain = d.parameter(0);
    const Value rate = d.op(Op::exp, d.times(gain, d.parameter(1)));
    d.keep(d.times(d.column(0), rate));
    EXPECT_EQ(
        d.listed(),
        "once a step:\n  multiply r0 uniform0 uniform1\n  exp uniform2 r0\neach block:\n  multiply r0 load0 uniform2\n  store r0 #0\n");
}

TEST(Hoisting, a_draw_is_fresh_on_every_row) {
    Draft d;
    const Value u = d.draw({1, {0}}, 1);
    d.keep(d.op(Op::poisson, u, d.op(Op::exp, d.parameter(0))));
    Program program = d.finish();
    EXPECT_EQ(listing(program),
              "once a step:\n  exp uniform1 uniform0\neach block:\n  draw r0 #0\n  poisson r0 r0 uniform1 #0\n  store r0 #0\n");
    EXPECT_EQ(program.body[1].c.constant, 1);  // the half that the count goes on from
}

TEST(Registers, are_given_again_once_their_value_is_used) {
    Draft d;
    Value sum = d.column(0);
    for (int i = 1; i < 20; ++i) sum = d.add(d.op(Op::exp, sum), d.op(Op::sin, d.column(i)));
    d.keep(sum);
    const Program program = d.finish();
    EXPECT_EQ(program.registers, 2);
}

TEST(Registers, a_value_used_late_keeps_its_own) {
    Draft d;
    const Value early = d.op(Op::exp, d.column(0));
    const Value late = d.op(Op::log, d.op(Op::sin, d.column(1)));
    d.keep(d.times(early, late));
    EXPECT_EQ(d.listed(), "each block:\n  exp r0 load0\n  sin r1 load1\n  log r1 r1\n  multiply r0 r0 r1\n  store r0 #0\n");
}

TEST(Effects, a_skip_leaves_out_what_follows) {
    Draft d;
    const Value mask = d.op(Op::less, d.column(0), d.constant(3));
    d.skip_unless(mask);
    d.keep(d.op(Op::exp, d.column(1)), mask);
    EXPECT_EQ(d.listed(), "each block:\n  less r0 load0 3\n  skip r0 #4\n  exp r1 load1\n  store r1 r0 #0\n");
}

TEST(Effects, contributions_come_before_stores_and_loads_to_be_stored_are_copied) {
    Draft d;
    d.store({{0}, {}}, d.column(1), {});  // an exchange
    d.store({{1}, {}}, d.column(0), {});
    d.contribute(Op::contribute, {{2}, {4}}, d.column(0), {});
    EXPECT_EQ(d.listed(), "each block:\n  copy r0 load0\n  copy r1 load1\n  contribute r1 #2\n  store r0 #0\n  store r1 #1\n");
}

TEST(Effects, a_load_to_be_contributed_is_copied_where_another_contribution_changes_it) {
    Draft d;
    d.contribute(Op::contribute, {{0}, {}}, d.column(1), {});
    d.contribute(Op::contribute, {{2}, {4}}, d.column(0), {});
    EXPECT_EQ(d.listed(), "each block:\n  copy r0 load1\n  contribute load0 #0\n  contribute r0 #1\n");
}

TEST(Effects, one_whose_mask_is_never_true_is_left_out) {
    Draft d;
    d.keep(d.op(Op::exp, d.column(0)), d.constant(0));
    EXPECT_EQ(d.listed().find("store"), std::string::npos);
}

TEST(Checks, keep_the_operands_worth_showing_until_they_are_made) {
    Draft d;
    const Value x = d.column(0);
    const Value twice = d.times(d.constant(2), d.parameter(0));
    const Value sum = d.add(x, twice);
    const Value value = d.op(Op::log, sum);
    d.check(value, {}, {Check::Demand::finite, "y = log(x + 2 * p)"}, {{"x", x}, {"2 * p", twice}, {"4", d.constant(4)}, {"x + 2 * p", sum}});
    d.keep(d.op(Op::exp, value));
    const Program program = d.finish();
    EXPECT_EQ(listing(program),
              "once a step:\n  multiply uniform1 2 uniform0\n"
              "each block:\n  add r0 load0 uniform1\n  log r1 r0\n  check r1 #0\n  exp r0 r1\n  store r0 #0\n");
    ASSERT_EQ(program.checks.size(), 1U);
    const Check& check = program.checks[0];
    ASSERT_EQ(check.names.size(), 4U);
    EXPECT_EQ(check.names[0].value.slot, program.load_slot(0));
    EXPECT_EQ(check.names[1].value.slot, program.uniform_slot(1));
    EXPECT_EQ(check.names[2].value.constant, 4);
    EXPECT_EQ(check.names[3].value.slot, 0);  // the sum, whose register is not given again before
}

TEST(Checks, of_constants_are_made_once_and_for_all) {
    Draft d;
    d.check(d.constant(0.5), {}, {Check::Demand::probability, "probability: 0.5"}, {});
    d.check(d.constant(1.5), {}, {Check::Demand::probability, "probability: 1.5"}, {});
    d.keep(d.column(0));
    const Program program = d.finish();
    ASSERT_EQ(program.checks.size(), 1U);
    EXPECT_EQ(program.checks[0].what, "probability: 1.5");
}

TEST(Segments, a_skip_leads_to_the_end_of_its_own) {
    Draft d;
    const Value mask = d.op(Op::less, d.column(0), d.constant(3));
    d.skip_unless(mask);
    d.store({{1}, {}}, d.op(Op::exp, d.column(1)), mask);
    d.end_segment();
    d.keep(d.op(Op::log, d.column(2)));
    EXPECT_EQ(d.listed(),
              "each block:\n  less r0 load0 3\n  skip r0 #4\n  exp r1 load1\n  store r1 r0 #0\n  log r0 load2\n  store r0 #1\n");
}

TEST(Segments, what_a_skip_may_leave_out_is_made_anew_beyond_and_what_was_there_before_is_not) {
    Draft d;
    const Value before = d.op(Op::sin, d.column(1));
    d.skip_unless(d.op(Op::less, d.column(0), d.constant(3)));
    const Value inside = d.op(Op::exp, d.column(1));
    d.end_segment();
    EXPECT_EQ(d.op(Op::sin, d.column(1)), before);
    EXPECT_NE(d.op(Op::exp, d.column(1)), inside);
}

TEST(Segments, a_load_after_a_settled_store_is_another_value) {
    Draft d;
    const Load load{{0}, {}, false, 2};
    const Value old = d.load(load);
    const Value kept = d.op(Op::copy, old);
    d.store({{0}, {}, 2}, d.op(Op::exp, old), {});
    EXPECT_EQ(d.load(load), old);
    d.settle();
    const Value now = d.load(load);
    EXPECT_NE(now, old);
    EXPECT_EQ(d.load({{0}, {}, false, 1}), d.load({{0}, {}, false, 1}));
    d.store({{1}, {}}, d.add(now, kept), {});
    EXPECT_EQ(d.listed(), "each block:\n  copy r0 load0\n  exp r1 load0\n  store r1 #0\n  add r0 load1 r0\n  store r0 #1\n");
}

TEST(Evaluation, gives_every_operation_that_draws_nothing_its_meaning) {
    EXPECT_EQ(evaluate(Op::add, 2, 3), 5);
    EXPECT_EQ(evaluate(Op::subtract, 2, 3), -1);
    EXPECT_EQ(evaluate(Op::multiply, 2, 3), 6);
    EXPECT_EQ(evaluate(Op::divide, 3, 2), 1.5);
    EXPECT_EQ(evaluate(Op::power, 2, 3), 8);
    EXPECT_EQ(evaluate(Op::modulo, -7, 3), 2);
    EXPECT_EQ(evaluate(Op::atan2, 0, 3), 0);
    EXPECT_EQ(evaluate(Op::minimum, 2, 3), 2);
    EXPECT_EQ(evaluate(Op::maximum, 2, 3), 3);
    EXPECT_EQ(evaluate(Op::less, 2, 2), 0);
    EXPECT_EQ(evaluate(Op::less_equal, 2, 2), 1);
    EXPECT_EQ(evaluate(Op::equal, 2, 2), 1);
    EXPECT_EQ(evaluate(Op::not_equal, nan, nan), 1);
    EXPECT_EQ(evaluate(Op::logical_and, 2, nan), 1);  // NaN is not 0
    EXPECT_EQ(evaluate(Op::logical_or, 0, -0.0), 0);
    EXPECT_EQ(evaluate(Op::logical_not, 0), 1);
    EXPECT_EQ(evaluate(Op::fires, 0.39, 0.5), 1);  // 1 - exp(-0.5) = 0.3935
    EXPECT_EQ(evaluate(Op::fires, 0.4, 0.5), 0);
    EXPECT_EQ(evaluate(Op::negate, 2), -2);
    EXPECT_EQ(evaluate(Op::absolute, -2), 2);
    EXPECT_EQ(evaluate(Op::square_root, 4), 2);
    EXPECT_EQ(evaluate(Op::exp, 0), 1);
    EXPECT_EQ(evaluate(Op::expm1, 0), 0);
    EXPECT_EQ(evaluate(Op::log, 1), 0);
    EXPECT_EQ(evaluate(Op::log1p, 0), 0);
    EXPECT_EQ(evaluate(Op::sin, 0), 0);
    EXPECT_EQ(evaluate(Op::cos, 0), 1);
    EXPECT_EQ(evaluate(Op::tan, 0), 0);
    EXPECT_EQ(evaluate(Op::tanh, 0), 0);
    EXPECT_EQ(evaluate(Op::atan, 0), 0);
    EXPECT_EQ(evaluate(Op::floor, -0.5), -1);
    EXPECT_EQ(evaluate(Op::ceil, 0.5), 1);
    EXPECT_EQ(evaluate(Op::round, 2.5), 2);
    EXPECT_EQ(evaluate(Op::copy, 7), 7);
    EXPECT_EQ(evaluate(Op::select, 0, 1, 2), 2);
    EXPECT_NEAR(evaluate(Op::normal, 0.975), 1.959963984540054, 1e-14);
}

}  // namespace
}  // namespace entente
