#include <entente/language/facts.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>
#include <optional>

namespace entente {
namespace {

using Known = RowFacts::Known;

bool same_bits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// A value on one row.
struct Fact {
    Known known = Known::no;
    double value = 0;
    [[nodiscard]] bool is_zero() const { return known != Known::no && value == 0; }
    [[nodiscard]] bool is_not_zero() const { return known == Known::yes && value != 0; }
    bool operator==(const Fact& other) const { return known == other.known && same_bits(value, other.value); }
};

Fact fact_at(const KnownOperand& operand, std::size_t row) {
    if (!operand.is_given || operand.is_constant) return {Known::yes, operand.constant};
    if (!operand.facts) return {};
    return {operand.facts->known[row], operand.facts->value[row]};
}

/// The result of both signs of zeros that have either.
Fact evaluated(Op op, const std::array<Fact, 3>& x) {
    std::optional<Fact> found;
    for (unsigned signs = 0; signs < 8; ++signs) {
        std::array<double, 3> number{};
        bool asked = true;
        for (std::size_t i = 0; i < 3; ++i) {
            const bool is_negative = (signs >> i & 1U) != 0;
            asked = asked && (!is_negative || x[i].known == Known::zero);
            number[i] = is_negative ? -0.0 : x[i].value;
        }
        if (!asked) continue;
        const Fact one{Known::yes, evaluate(op, number[0], number[1], number[2])};
        if (!found)
            found = one;
        else if (found->value == 0 && one.value == 0 && !same_bits(found->value, one.value))
            found = Fact{Known::zero, 0};
        else if (!same_bits(found->value, one.value) && !(found->known == Known::zero && one.value == 0))
            return {};
    }
    return *found;
}

/// A row's result where an operand alone decides it.
Fact decided(Op op, const std::array<Fact, 3>& x, std::span<const KnownOperand, 3> operands) {
    if (op == Op::multiply && ((x[0].is_zero() && operands[1].bounds.is_finite()) || (x[1].is_zero() && operands[0].bounds.is_finite())))
        return {Known::zero, 0};
    if (op == Op::logical_and && (x[0].is_zero() || x[1].is_zero())) return {Known::yes, 0};
    if (op == Op::logical_or && (x[0].is_not_zero() || x[1].is_not_zero())) return {Known::yes, 1};
    if (op == Op::select) return x[0].is_not_zero() ? x[1] : x[0].is_zero() ? x[2] : x[1] == x[2] ? x[1] : Fact{};
    if (op == Op::poisson && x[1].is_zero()) return {Known::yes, 0};
    if (op == Op::fires && operands[0].is_draw && x[1].is_zero()) return {Known::yes, 0};
    if (op == Op::less && operands[0].is_draw && x[1].is_zero()) return {Known::yes, 0};
    if (op == Op::less && operands[0].is_draw && x[1].is_not_zero() && x[1].value >= 1) return {Known::yes, 1};
    return {};
}

}  // namespace

bool RowFacts::is(std::size_t row, double number) const {
    return known[row] == Known::yes && same_bits(value[row], number);
}

std::optional<double> RowFacts::everywhere() const {
    if (value.empty() || !std::ranges::all_of(known, [](Known one) { return one == Known::yes; })) return {};
    const double first = value.front();
    return std::ranges::all_of(value, [&](double one) { return same_bits(one, first); }) ? std::optional(first) : std::nullopt;
}

RowFactsPtr facts_of(Op op, std::span<const KnownOperand, 3> operands) {
    const auto first = std::ranges::find_if(operands, [](const KnownOperand& one) { return one.facts != nullptr; });
    if (first == operands.end()) return nullptr;
    const std::size_t rows = first->facts->value.size();
    const bool has_value = operation(op).form == Operation::Form::value;
    auto made = std::make_shared<RowFacts>();
    made->value.resize(rows);
    made->known.resize(rows, Known::no);
    bool any = false;
    std::array<Fact, 3> last{};  // neighbours are often alike
    Fact last_result;
    for (std::size_t row = 0; row < rows; ++row) {
        const std::array<Fact, 3> x{fact_at(operands[0], row), fact_at(operands[1], row), fact_at(operands[2], row)};
        if (row == 0 || x != last) {
            const bool all = has_value && std::ranges::all_of(x, [](const Fact& one) { return one.known != Known::no; });
            last_result = all ? evaluated(op, x) : decided(op, x, operands);
            last = x;
        }
        made->value[row] = last_result.value;
        made->known[row] = last_result.known;
        any = any || last_result.known != Known::no;
    }
    return any ? made : nullptr;
}

Bounds bounds_of(double constant) {
    const bool is_negative_zero = constant == 0 && std::signbit(constant);
    return {std::isnan(constant) ? std::numeric_limits<double>::infinity() : std::fabs(constant), !is_negative_zero, !std::signbit(constant)};
}

Bounds bounds_of(Op op, std::span<const KnownOperand, 3> operands) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const Bounds& a = operands[0].bounds;
    const Bounds& b = operands[1].bounds;
    const Bounds& c = operands[2].bounds;
    const auto positive = [](const KnownOperand& one) { return one.is_constant && one.constant > 0; };
    if (operation(op).result == Operation::Result::truth) return {1, true, true};
    if (op == Op::add) return {a.most + b.most, a.no_negative_zero || b.no_negative_zero, a.sign_clear && b.sign_clear};
    if (op == Op::subtract) return {a.most + b.most, a.no_negative_zero, false};
    if (op == Op::multiply) {
        const bool is_zero = a.is_finite() && b.is_finite() && (a.most == 0 || b.most == 0);
        const double most = is_zero ? 0 : a.most == 0 || b.most == 0 ? infinite : a.most * b.most;
        return {most, a.sign_clear && b.sign_clear, a.sign_clear && b.sign_clear};
    }
    if (op == Op::divide) {
        const bool by_number = operands[1].is_constant && operands[1].constant != 0 && std::isfinite(operands[1].constant);
        return {by_number ? a.most / std::fabs(operands[1].constant) : infinite, a.sign_clear && b.sign_clear, a.sign_clear && b.sign_clear};
    }
    if (op == Op::minimum) return {std::max(a.most, b.most), a.no_negative_zero && b.no_negative_zero, a.sign_clear && b.sign_clear};
    if (op == Op::maximum) {
        const bool above = positive(operands[0]) || positive(operands[1]);
        return {std::max(a.most, b.most), above || (a.no_negative_zero && b.no_negative_zero), above || a.sign_clear};
    }
    if (op == Op::select) return {std::max(b.most, c.most), b.no_negative_zero && c.no_negative_zero, b.sign_clear && c.sign_clear};
    if (op == Op::negate) return {a.most, false, false};
    if (op == Op::absolute) return {a.most, true, true};
    if (op == Op::copy) return a;
    if (op == Op::exp) return {a.most < 700 ? 2 * std::exp(a.most) : infinite, true, true};
    if (op == Op::normal) return {40, false, false};
    if (op == Op::poisson) return {infinite, true, true};
    return {};
}

}  // namespace entente
