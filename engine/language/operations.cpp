#include <entente/language/operations.hpp>

#include <array>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include <entente/base/elementary.hpp>
#include <entente/base/enumerators.hpp>

namespace entente {
namespace {

using Form = Operation::Form;
constexpr auto number = Operation::Result::number;
constexpr auto truth = Operation::Result::truth;

// What things cost, in additions.
constexpr double simple = 1;
constexpr double division = 4;
constexpr double exponential = 20;
constexpr double transcendental = 40;
constexpr double dear = 100;

constexpr std::array table{
    Operation{Op::add, "add", Form::value, 2, simple, number, [](double a, double b, double) { return a + b; }},
    Operation{Op::subtract, "subtract", Form::value, 2, simple, number, [](double a, double b, double) { return a - b; }},
    Operation{Op::multiply, "multiply", Form::value, 2, simple, number, [](double a, double b, double) { return a * b; }},
    Operation{Op::divide, "divide", Form::value, 2, division, number, [](double a, double b, double) { return a / b; }},
    Operation{Op::power, "power", Form::value, 2, dear, number, [](double a, double b, double) { return elementary().power(a, b); }},
    Operation{Op::modulo, "modulo", Form::value, 2, dear, number, [](double a, double b, double) { return python_modulo(a, b); }},
    Operation{Op::atan2, "atan2", Form::value, 2, transcendental, number, [](double a, double b, double) { return elementary().atan2(a, b); }},
    Operation{Op::minimum, "minimum", Form::value, 2, simple, number, [](double a, double b, double) { return b < a ? b : a; }},
    Operation{Op::maximum, "maximum", Form::value, 2, simple, number, [](double a, double b, double) { return b > a ? b : a; }},
    Operation{Op::less, "less", Form::value, 2, simple, truth, [](double a, double b, double) { return a < b ? 1.0 : 0.0; }},
    Operation{Op::less_equal, "less_equal", Form::value, 2, simple, truth, [](double a, double b, double) { return a <= b ? 1.0 : 0.0; }},
    Operation{Op::equal, "equal", Form::value, 2, simple, truth, [](double a, double b, double) { return a == b ? 1.0 : 0.0; }},
    Operation{Op::not_equal, "not_equal", Form::value, 2, simple, truth, [](double a, double b, double) { return a != b ? 1.0 : 0.0; }},
    Operation{Op::logical_and, "and", Form::value, 2, simple, truth, [](double a, double b, double) { return a != 0 && b != 0 ? 1.0 : 0.0; }},
    Operation{Op::logical_or, "or", Form::value, 2, simple, truth, [](double a, double b, double) { return a != 0 || b != 0 ? 1.0 : 0.0; }},
    Operation{Op::fires, "fires", Form::value, 2, exponential, truth,
              [](double a, double b, double) { return a < -elementary().expm1(-b) ? 1.0 : 0.0; }},
    Operation{Op::negate, "negate", Form::value, 1, simple, number, [](double a, double, double) { return -a; }},
    Operation{Op::logical_not, "not", Form::value, 1, simple, truth, [](double a, double, double) { return a == 0 ? 1.0 : 0.0; }},
    Operation{Op::absolute, "absolute", Form::value, 1, simple, number, [](double a, double, double) { return std::fabs(a); }},
    Operation{Op::square_root, "square_root", Form::value, 1, division, number, [](double a, double, double) { return std::sqrt(a); }},
    Operation{Op::exp, "exp", Form::value, 1, exponential, number, [](double a, double, double) { return elementary().exp(a); }},
    Operation{Op::expm1, "expm1", Form::value, 1, transcendental, number, [](double a, double, double) { return elementary().expm1(a); }},
    Operation{Op::log, "log", Form::value, 1, exponential, number, [](double a, double, double) { return elementary().log(a); }},
    Operation{Op::log1p, "log1p", Form::value, 1, transcendental, number, [](double a, double, double) { return elementary().log1p(a); }},
    Operation{Op::sin, "sin", Form::value, 1, transcendental, number, [](double a, double, double) { return elementary().sin(a); }},
    Operation{Op::cos, "cos", Form::value, 1, transcendental, number, [](double a, double, double) { return elementary().cos(a); }},
    Operation{Op::tan, "tan", Form::value, 1, transcendental, number, [](double a, double, double) { return elementary().tan(a); }},
    Operation{Op::tanh, "tanh", Form::value, 1, transcendental, number, [](double a, double, double) { return elementary().tanh(a); }},
    Operation{Op::atan, "atan", Form::value, 1, transcendental, number, [](double a, double, double) { return elementary().atan(a); }},
    Operation{Op::floor, "floor", Form::value, 1, simple, number, [](double a, double, double) { return std::floor(a); }},
    Operation{Op::ceil, "ceil", Form::value, 1, simple, number, [](double a, double, double) { return std::ceil(a); }},
    Operation{Op::round, "round", Form::value, 1, simple, number, [](double a, double, double) { return std::nearbyint(a); }},
    Operation{Op::copy, "copy", Form::value, 1, simple, number, [](double a, double, double) { return a; }},
    Operation{Op::normal, "normal", Form::value, 1, dear, number, [](double a, double, double) { return normal_quantile(open_uniform(a)); }},
    Operation{Op::select, "select", Form::value, 3, simple, number, [](double a, double b, double c) { return a != 0 ? b : c; }},
    Operation{Op::poisson, "poisson", Form::count, 2, exponential},
    Operation{Op::draw, "draw", Form::draw, 0, transcendental},
    Operation{Op::check, "check", Form::check, 2, simple},
    Operation{Op::skip, "skip", Form::skip, 1, simple},
    Operation{Op::store, "store", Form::store, 2, simple},
    Operation{Op::contribute, "contribute", Form::contribution, 2, simple, number, [](double a, double b, double) { return a + b; }},
    // What is not a number stays: it must not pass for the smallest or the largest.
    Operation{Op::contribute_min, "contribute_min", Form::contribution, 2, simple, number,
              [](double a, double b, double) { return b < a || b != b ? b : a; }},
    Operation{Op::contribute_max, "contribute_max", Form::contribution, 2, simple, number,
              [](double a, double b, double) { return b > a || b != b ? b : a; }},
    Operation{Op::native, "native", Form::native, 0, simple},
};
static_assert(is_table_of(table, &Operation::op), "one row for each operation, in their order");

}  // namespace

const Operation& operation(Op op) {
    return table[static_cast<std::size_t>(op)];
}

double evaluate(Op op, double a, double b, double c) {
    const Operation& what = operation(op);
    if (what.form != Form::value) throw std::logic_error(fmt::format("'{}' has no value", what.name));
    return what.value(a, b, c);
}

}  // namespace entente
