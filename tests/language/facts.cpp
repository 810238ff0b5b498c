// Tests: facts.
// What follows from what is known of operands, row by row and of values as a whole; and what a builder makes of it.
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <entente/language/builder.hpp>
#include <entente/language/facts.hpp>

namespace entente {
namespace {

using Known = RowFacts::Known;
using testing::ElementsAre;

constexpr double infinite = std::numeric_limits<double>::infinity();
const double nan_value = std::numeric_limits<double>::quiet_NaN();

/// Rows of `value`; `?` is not known, `0` is 0 of either sign.
std::vector<std::string> told(const RowFacts* facts) {
    if (!facts) return {"nothing"};
    std::vector<std::string> rows;
    for (std::size_t row = 0; row < facts->value.size(); ++row) {
        const double value = facts->value[row];
        rows.push_back(facts->known[row] == Known::no ? "?" : facts->known[row] == Known::zero ? "0 of either sign" : value == 0 ? (std::signbit(value) ? "-0" : "+0") : fmt::format("{}", value));
    }
    return rows;
}

RowFacts of(std::vector<double> value, std::vector<Known> known) { return {std::move(value), std::move(known)}; }

/// Four rows: 2, +0, 0 of either sign, and what is not known.
const RowFacts some = of({2, 0, 0, 0}, {Known::yes, Known::yes, Known::zero, Known::no});

KnownOperand rows(const RowFacts& facts, Bounds bounds = {}) { return {.is_given = true, .facts = &facts, .bounds = bounds}; }
KnownOperand number(double x) { return {.is_given = true, .is_constant = true, .constant = x, .bounds = bounds_of(x)}; }
KnownOperand unknown(Bounds bounds = {}) { return {.is_given = true, .bounds = bounds}; }
KnownOperand draw() { return {.is_given = true, .is_draw = true, .bounds = {1, true, true}}; }

std::vector<std::string> result(Op op, KnownOperand a, KnownOperand b = {}, KnownOperand c = {}) {
    return told(facts_of(op, std::array{a, b, c}).get());
}

TEST(Facts, are_results_of_known_operands) {
    EXPECT_THAT(result(Op::add, rows(some), number(1)), ElementsAre("3", "1", "1", "?"));
    EXPECT_THAT(result(Op::subtract, number(0), rows(some)), ElementsAre("-2", "+0", "+0", "?")) << "0 - (-0) is 0, too";
    EXPECT_THAT(result(Op::multiply, rows(some), number(-1)), ElementsAre("-2", "-0", "0 of either sign", "?"));
    EXPECT_THAT(result(Op::less, number(0), rows(some)), ElementsAre("1", "+0", "+0", "?"));
    EXPECT_THAT(result(Op::divide, number(1), rows(some)), ElementsAre("0.5", "inf", "?", "?")) << "the sign of 0 matters";
    EXPECT_THAT(result(Op::exp, rows(some)), ElementsAre(fmt::format("{}", evaluate(Op::exp, 2)), "1", "1", "?"));
}

TEST(Facts, say_nothing_of_what_nothing_is_known_of) {
    EXPECT_THAT(result(Op::add, unknown(), number(1)), ElementsAre("nothing"));
    EXPECT_THAT(result(Op::add, rows(some), unknown()), ElementsAre("nothing"));
}

TEST(Facts, take_a_product_with_zero_for_zero_only_where_that_hides_no_nan) {
    EXPECT_THAT(result(Op::multiply, rows(some), unknown({10})), ElementsAre("?", "0 of either sign", "0 of either sign", "?"));
    EXPECT_THAT(result(Op::multiply, unknown({10}), rows(some)), ElementsAre("?", "0 of either sign", "0 of either sign", "?"));
    EXPECT_THAT(result(Op::multiply, rows(some), unknown({infinite})), ElementsAre("nothing"));
}

TEST(Facts, follow_from_one_operand_where_it_decides) {
    EXPECT_THAT(result(Op::logical_and, rows(some), unknown()), ElementsAre("?", "+0", "+0", "?"));
    EXPECT_THAT(result(Op::logical_or, unknown(), rows(some)), ElementsAre("1", "?", "?", "?"));
    EXPECT_THAT(result(Op::select, rows(some), number(5), unknown()), ElementsAre("5", "?", "?", "?"));
    EXPECT_THAT(result(Op::select, rows(some), unknown(), number(5)), ElementsAre("?", "5", "5", "?"));
    EXPECT_THAT(result(Op::select, unknown(), rows(some), number(2)), ElementsAre("2", "?", "?", "?")) << "both branches are 2";
}

TEST(Facts, know_that_nothing_fires_at_rate_0) {
    EXPECT_THAT(result(Op::fires, draw(), rows(some)), ElementsAre("?", "+0", "+0", "?"));
    EXPECT_THAT(result(Op::poisson, draw(), rows(some)), ElementsAre("?", "+0", "+0", "?"));
    EXPECT_THAT(result(Op::fires, unknown(), rows(some)), ElementsAre("nothing")) << "that is no draw";
}

TEST(Facts, know_what_happens_at_a_chance_of_0_and_1_and_leave_wrong_chances_to_their_check) {
    const RowFacts chances = of({0, 1, 0.5, -0.5, nan_value}, {Known::yes, Known::yes, Known::yes, Known::yes, Known::yes});
    EXPECT_THAT(result(Op::less, draw(), rows(chances)), ElementsAre("+0", "1", "?", "?", "?"));
}

TEST(Facts, know_a_number_that_is_the_same_everywhere) {
    EXPECT_EQ(of({2, 2}, {Known::yes, Known::yes}).everywhere(), 2);
    EXPECT_EQ(of({2, 3}, {Known::yes, Known::yes}).everywhere(), std::nullopt);
    EXPECT_EQ(of({0, -0.0}, {Known::yes, Known::yes}).everywhere(), std::nullopt);
    EXPECT_EQ(of({2, 2}, {Known::yes, Known::no}).everywhere(), std::nullopt);
    EXPECT_EQ(of({}, {}).everywhere(), std::nullopt);
}

Bounds bounds(Op op, KnownOperand a, KnownOperand b = {}, KnownOperand c = {}) { return bounds_of(op, std::array{a, b, c}); }

TEST(Bounds, follow_arithmetic) {
    EXPECT_EQ(bounds(Op::add, unknown({3}), unknown({4})).most, 7);
    EXPECT_EQ(bounds(Op::multiply, unknown({3}), unknown({4})).most, 12);
    EXPECT_EQ(bounds(Op::multiply, unknown({1e200}), unknown({1e200})).most, infinite) << "it may overflow";
    EXPECT_EQ(bounds(Op::divide, unknown({3}), number(2)).most, 1.5);
    EXPECT_FALSE(bounds(Op::divide, unknown({3}), unknown({2})).is_finite()) << "by 0, perhaps";
    EXPECT_FALSE(bounds(Op::log, unknown({3})).is_finite());
    EXPECT_EQ(bounds(Op::less, unknown(), unknown()).most, 1);
    EXPECT_GE(bounds(Op::exp, unknown({3})).most, std::exp(3));
    EXPECT_FALSE(bounds(Op::exp, unknown({710})).is_finite());
}

TEST(Bounds, know_where_a_negative_zero_can_come_from) {
    const KnownOperand may_be = unknown({1, false, false});
    const KnownOperand never = unknown({1, true, false});
    const KnownOperand positive = unknown({1, true, true});
    EXPECT_TRUE(bounds(Op::add, may_be, never).no_negative_zero) << "-0 + x is -0 for x = -0 alone";
    EXPECT_FALSE(bounds(Op::add, may_be, may_be).no_negative_zero);
    EXPECT_TRUE(bounds(Op::subtract, never, may_be).no_negative_zero);
    EXPECT_FALSE(bounds(Op::subtract, may_be, never).no_negative_zero) << "-0 - 0";
    EXPECT_FALSE(bounds(Op::multiply, never, never).no_negative_zero) << "0 * -1";
    EXPECT_TRUE(bounds(Op::multiply, positive, positive).no_negative_zero);
    EXPECT_FALSE(bounds(Op::maximum, may_be, number(0)).no_negative_zero) << "the larger of -0 and 0 is the first";
    EXPECT_TRUE(bounds(Op::maximum, may_be, number(0.5)).no_negative_zero);
    EXPECT_FALSE(bounds(Op::negate, positive).no_negative_zero);
    EXPECT_FALSE(bounds_of(-0.0).no_negative_zero);
    EXPECT_TRUE(bounds_of(0).sign_clear);
}

/// Of column 0 some rows are known; all others are not.
class OneColumn : public Knowledge {
public:
    explicit OneColumn(RowFacts facts) : facts_(std::make_shared<const RowFacts>(std::move(facts))) {}
    [[nodiscard]] RowFactsPtr facts(const Load& load) const override { return load.column.value == 0 ? facts_ : nullptr; }
    [[nodiscard]] Bounds bounds(const Load&) const override { return {10, true, false}; }
    [[nodiscard]] Bounds bounds(const Uniform&) const override { return {5, true, true}; }

private:
    RowFactsPtr facts_;
};

TEST(ProgramBuilder, knows_of_its_values_what_follows_from_what_it_is_told) {
    ProgramBuilder b(std::make_shared<const OneColumn>(some));
    const Value x = b.load({{0}, {}});
    const Value y = b.load({{1}, {}});
    EXPECT_THAT(told(b.facts(b.op(Op::multiply, x, y))), ElementsAre("?", "0 of either sign", "0 of either sign", "?"));
    EXPECT_EQ(b.bounds(b.op(Op::add, y, b.uniform({Uniform::Form::parameter, 0, {}, -1}))).most, 15);
    EXPECT_EQ(b.facts(y), nullptr);
}

TEST(ProgramBuilder, takes_what_is_the_same_on_all_rows_for_a_constant) {
    ProgramBuilder b(std::make_shared<const OneColumn>(of({2, 2}, {Known::yes, Known::yes})));
    const Value x = b.load({{0}, {}});
    ASSERT_TRUE(b.is_constant(x));
    EXPECT_EQ(b.constant_of(b.op(Op::multiply, x, x)), 4);
}

TEST(ProgramBuilder, knows_nothing_of_a_column_that_it_has_stored_to) {
    ProgramBuilder b(std::make_shared<const OneColumn>(some));
    b.store({{0}, {}}, b.load({{1}, {}}), {});
    b.settle();
    EXPECT_EQ(b.facts(b.load({{0}, {}})), nullptr);
}

}  // namespace
}  // namespace entente
