#include <entente/language/functions.hpp>

#include <array>
#include <limits>

#include <entente/base/enumerators.hpp>
#include <entente/language/builder.hpp>

namespace entente {
namespace {

using Builder = ProgramBuilder;
using Values = std::span<const Value>;

/// A function that is one operation on its arguments.
template <Op op>
Value as(Builder& b, Values x, double) {
    return b.op(op, x[0], x.size() > 1 ? x[1] : Value{}, x.size() > 2 ? x[2] : Value{});
}

/// The same on two arguments the other way round.
template <Op op>
Value turned(Builder& b, Values x, double) {
    return b.op(op, x[1], x[0]);
}

Value chance_of(Builder& b, Value rate, double dt) {
    return b.op(Op::negate, b.op(Op::expm1, b.op(Op::multiply, b.op(Op::negate, rate), b.constant(dt))));
}

constexpr FunctionEntry sign_of(std::string_view sign, Function function, decltype(FunctionEntry::make) make, UnitRule unit) {
    return {{sign, {}, {}, 1, 3}, function, make, unit};
}

constexpr std::array function_table{
    sign_of("+", Function::add, as<Op::add>, UnitRule::alike),
    sign_of("-", Function::subtract, as<Op::subtract>, UnitRule::alike),
    sign_of("*", Function::multiply, as<Op::multiply>, UnitRule::product),
    sign_of("/", Function::divide, as<Op::divide>, UnitRule::quotient),
    sign_of("**", Function::power, as<Op::power>, UnitRule::power),
    sign_of("%", Function::modulo, as<Op::modulo>, UnitRule::alike),
    sign_of("-", Function::negate, as<Op::negate>, UnitRule::same),
    sign_of("<", Function::less, as<Op::less>, UnitRule::compared),
    sign_of("<=", Function::less_equal, as<Op::less_equal>, UnitRule::compared),
    sign_of(">", Function::greater, turned<Op::less>, UnitRule::compared),
    sign_of(">=", Function::greater_equal, turned<Op::less_equal>, UnitRule::compared),
    sign_of("==", Function::equal, as<Op::equal>, UnitRule::compared),
    sign_of("!=", Function::not_equal, as<Op::not_equal>, UnitRule::compared),
    sign_of("and", Function::logical_and, as<Op::logical_and>, UnitRule::number),
    sign_of("or", Function::logical_or, as<Op::logical_or>, UnitRule::number),
    sign_of("not", Function::logical_not, as<Op::logical_not>, UnitRule::number),
    sign_of("if", Function::conditional, as<Op::select>, UnitRule::choice),
    FunctionEntry{{"abs", "abs(x)", "|x|", 1, 1}, Function::abs, as<Op::absolute>, UnitRule::same},
    FunctionEntry{{"sqrt", "sqrt(x)", "square root", 1, 1}, Function::sqrt, as<Op::square_root>, UnitRule::root},
    FunctionEntry{{"exp", "exp(x)", "e to the power x", 1, 1}, Function::exp, as<Op::exp>, UnitRule::pure},
    FunctionEntry{{"log", "log(x)", "natural logarithm", 1, 1}, Function::log, as<Op::log>, UnitRule::pure},
    FunctionEntry{{"log1p", "log1p(x)", "log(1 + x), exact for small x", 1, 1}, Function::log1p, as<Op::log1p>, UnitRule::pure},
    FunctionEntry{{"expm1", "expm1(x)", "exp(x) - 1, exact for small x", 1, 1}, Function::expm1, as<Op::expm1>, UnitRule::pure},
    FunctionEntry{{"sin", "sin(x)", "sine, x in radians", 1, 1}, Function::sin, as<Op::sin>, UnitRule::pure},
    FunctionEntry{{"cos", "cos(x)", "cosine, x in radians", 1, 1}, Function::cos, as<Op::cos>, UnitRule::pure},
    FunctionEntry{{"tan", "tan(x)", "tangent, x in radians", 1, 1}, Function::tan, as<Op::tan>, UnitRule::pure},
    FunctionEntry{{"tanh", "tanh(x)", "hyperbolic tangent", 1, 1}, Function::tanh, as<Op::tanh>, UnitRule::pure},
    FunctionEntry{{"atan", "atan(x)", "arc tangent, in radians", 1, 1}, Function::atan, as<Op::atan>, UnitRule::pure},
    FunctionEntry{{"atan2", "atan2(y, x)", "angle of the point (x, y) seen from (0, 0), in radians from -pi to pi", 2, 2}, Function::atan2, as<Op::atan2>, UnitRule::angle},
    FunctionEntry{{"floor", "floor(x)", "the largest whole number not above x", 1, 1}, Function::floor, as<Op::floor>, UnitRule::same},
    FunctionEntry{{"ceil", "ceil(x)", "the smallest whole number not below x", 1, 1}, Function::ceil, as<Op::ceil>, UnitRule::same},
    FunctionEntry{{"round", "round(x)", "the nearest whole number, halves to the even one", 1, 1}, Function::round, as<Op::round>, UnitRule::same},
    FunctionEntry{{"min", "min(a, b, …)", "the smallest", 2, -1}, Function::min, as<Op::minimum>, UnitRule::alike},
    FunctionEntry{{"max", "max(a, b, …)", "the largest", 2, -1}, Function::max, as<Op::maximum>, UnitRule::alike},
    FunctionEntry{{"sign", "sign(x)", "-1, 0 or 1", 1, 1}, Function::sign,
                  [](Builder& b, Values x, double) {
                      return b.op(Op::subtract, b.op(Op::less, b.constant(0), x[0]), b.op(Op::less, x[0], b.constant(0)));
                  },
                  UnitRule::number},
    FunctionEntry{{"clip", "clip(x, lo, hi)", "x held between lo and hi: min(max(x, lo), hi)", 3, 3}, Function::clip,
                  [](Builder& b, Values x, double) { return b.op(Op::minimum, b.op(Op::maximum, x[0], x[1]), x[2]); }, UnitRule::alike},
    FunctionEntry{{"logistic", "logistic(x)", "1 / (1 + exp(-x))", 1, 1}, Function::logistic,
                  [](Builder& b, Values x, double) {
                      return b.op(Op::divide, b.constant(1), b.op(Op::add, b.constant(1), b.op(Op::exp, b.op(Op::negate, x[0]))));
                  },
                  UnitRule::pure},
    FunctionEntry{{"logit", "logit(p)", "log(p / (1 - p))", 1, 1}, Function::logit,
                  [](Builder& b, Values p, double) { return b.op(Op::log, b.op(Op::divide, p[0], b.op(Op::subtract, b.constant(1), p[0]))); },
                  UnitRule::pure},
    FunctionEntry{{"step", "step(x)", "1 if x >= 0, else 0", 1, 1}, Function::step,
                  [](Builder& b, Values x, double) { return b.op(Op::less_equal, b.constant(0), x[0]); }, UnitRule::number},
    FunctionEntry{{"toward", "toward(x, target, rate)", "x + (target - x) * (1 - exp(-rate * dt)): x after a tick of approach at `rate` a year", 3, 3},
                  Function::toward,
                  [](Builder& b, Values x, double dt) {
                      return b.op(Op::add, x[0], b.op(Op::multiply, b.op(Op::subtract, x[1], x[0]), chance_of(b, x[2], dt)));
                  },
                  UnitRule::toward},
    FunctionEntry{{"chance", "chance(rate)", "1 - exp(-rate * dt): the chance that something of `rate` a year happens within a tick", 1, 1},
                  Function::chance, [](Builder& b, Values rate, double dt) { return chance_of(b, rate[0], dt); }, UnitRule::chance},
};
static_assert(is_table_of(function_table, &FunctionEntry::function), "one row for each function, in their order");

/// Operators come first.
constexpr auto first_called = static_cast<std::size_t>(Function::abs);

constexpr std::array<DrawEntry, 6> draw_table{{
    {{"uniform", "uniform(a=0, b=1)", "evenly between a and b", 0, 2}, Draw::uniform, {0, 1}, DrawUnit::alike},
    {{"normal", "normal(m=0, s=1)", "normal with mean m and standard deviation s", 0, 2}, Draw::normal, {0, 1}, DrawUnit::alike},
    {{"bernoulli", "bernoulli(p)", "1 with probability p, else 0", 1, 1}, Draw::bernoulli, {0, 0}, DrawUnit::chance},
    {{"poisson", "poisson(m)", "a Poisson count with mean m", 1, 1}, Draw::poisson, {0, 0}, DrawUnit::count},
    {{"exponential", "exponential(rate)", "a waiting time with mean 1 / rate", 1, 1}, Draw::exponential, {0, 0}, DrawUnit::inverse},
    {{"lognormal", "lognormal(m, s)", "exp of a normal with mean m and standard deviation s", 2, 2}, Draw::lognormal, {0, 0}, DrawUnit::number},
}};

static_assert(is_table_of(draw_table, &DrawEntry::draw), "one row for each distribution, in their order");

using Counted = Reduction::Counted;
constexpr double infinity = std::numeric_limits<double>::infinity();

constexpr std::array aggregate_table{
    AggregateEntry{{"sum", "sum(x for r in …)", "the sum; of nothing 0", 1, 1}, Aggregate::sum, Reduction{Op::contribute, 0, false, Counted::no}, GatheredUnit::same},
    AggregateEntry{{"mean", "mean(x for r in …)", "the mean; of nothing 0", 1, 1},
                   Aggregate::mean,
                   Reduction{Op::contribute, 0, false, Counted::for_the_mean}, GatheredUnit::same},
    AggregateEntry{{"min", "min(x for r in …)", "the smallest; of nothing 0", 1, 1},
                   Aggregate::min,
                   Reduction{Op::contribute_min, infinity, false, Counted::against_none}, GatheredUnit::same},
    AggregateEntry{{"max", "max(x for r in …)", "the largest; of nothing 0", 1, 1},
                   Aggregate::max,
                   Reduction{Op::contribute_max, -infinity, false, Counted::against_none}, GatheredUnit::same},
    AggregateEntry{{"count", "count(x for r in …)", "how many are not 0", 1, 1}, Aggregate::count, Reduction{Op::contribute, 0, true, Counted::no}, GatheredUnit::count},
    AggregateEntry{{"any", "any(x for r in …)", "1 if one is not 0; of nothing 0", 1, 1},
                   Aggregate::any,
                   Reduction{Op::contribute_max, 0, true, Counted::no}, GatheredUnit::number},
    AggregateEntry{{"all", "all(x for r in …)", "1 if none is 0; of nothing 1", 1, 1},
                   Aggregate::all,
                   Reduction{Op::contribute_min, 1, true, Counted::no}, GatheredUnit::number},
    AggregateEntry{{"median", "median(x for r in …)", "the middle value, the mean of the two middle ones; of nothing 0", 1, 1}, Aggregate::median, {}, GatheredUnit::same},
    AggregateEntry{{"weighted_median", "weighted_median((x, w) for r in …)", "the smallest x at which half of the weight is reached; of nothing 0", 1, 1},
                   Aggregate::weighted_median,
                   {}, GatheredUnit::same},
};
static_assert(is_table_of(aggregate_table, &AggregateEntry::aggregate), "one row for each aggregate, in their order");

constexpr std::array<OverTimeEntry, 7> over_time_table{{
    {{"first", "first(condition)", "the date of the first tick at whose end the condition holds, or never", 1, 1}, OverTime::first, GatheredUnit::date},
    {{"last", "last(x)", "the value at the end of the last tick", 1, 1}, OverTime::last, GatheredUnit::same},
    {{"total", "total(x)", "the sum over the ticks", 1, 1}, OverTime::total, GatheredUnit::same},
    {{"average", "average(x)", "the mean over the ticks", 1, 1}, OverTime::average, GatheredUnit::same},
    {{"peak", "peak(x)", "the largest value", 1, 1}, OverTime::peak, GatheredUnit::same},
    {{"trough", "trough(x)", "the smallest value", 1, 1}, OverTime::trough, GatheredUnit::same},
    {{"share", "share(condition)", "the share of ticks in which the condition holds", 1, 1}, OverTime::share, GatheredUnit::share},
}};

static_assert(is_table_of(over_time_table, &OverTimeEntry::over_time), "one row for each function over time, in their order");

constexpr std::string_view one_of_several = "of links an event's `choice` draws one; of two numbers write a if uniform() < 0.5 else b";
constexpr std::string_view evenly = "write uniform(a, b)";

constexpr std::array<std::pair<std::string_view, std::string_view>, 37> foreign_functions{{
    {"ln", "the natural logarithm is log(x)"},
    {"log10", "write log(x) / log(10)"},
    {"log2", "write log(x) / log(2)"},
    {"pow", "a power is written x ** y"},
    {"power", "a power is written x ** y"},
    {"square", "a square is written x ** 2"},
    {"mod", "a remainder is written x % y"},
    {"fabs", "write abs(x)"},
    {"int", "write floor(x)"},
    {"trunc", "write floor(x)"},
    {"floordiv", "write floor(x / y)"},
    {"float", "every value is such a number: write x alone"},
    {"bool", "write x != 0"},
    {"sgn", "write sign(x)"},
    {"clamp", "write clip(x, lo, hi)"},
    {"sigmoid", "write logistic(x)"},
    {"expit", "write logistic(x)"},
    {"heaviside", "write step(x)"},
    {"ifelse", "write a if condition else b"},
    {"where", "write a if condition else b"},
    {"avg", "write mean(r.x for r in …)"},
    {"len", "write count(1 for r in …)"},
    {"length", "write count(1 for r in …)"},
    {"std", "write sqrt(mean(r.x ** 2 for r in …) - mean(r.x for r in …) ** 2)"},
    {"sd", "write sqrt(mean(r.x ** 2 for r in …) - mean(r.x for r in …) ** 2)"},
    {"stdev", "write sqrt(mean(r.x ** 2 for r in …) - mean(r.x for r in …) ** 2)"},
    {"var", "write mean(r.x ** 2 for r in …) - mean(r.x for r in …) ** 2"},
    {"variance", "write mean(r.x ** 2 for r in …) - mean(r.x for r in …) ** 2"},
    {"rand", evenly},
    {"random", evenly},
    {"runif", evenly},
    {"randint", "write floor(uniform(a, b + 1)), a whole number from a to b"},
    {"gauss", "write normal(m, s)"},
    {"rnorm", "write normal(m, s)"},
    {"one_of", one_of_several},
    {"choice", one_of_several},
    {"sample", one_of_several},
}};

}  // namespace

std::span<const FunctionEntry> functions() {
    return std::span(function_table).subspan(first_called);
}
std::span<const DrawEntry> draws() {
    return draw_table;
}
std::span<const AggregateEntry> aggregates() {
    return aggregate_table;
}
std::span<const OverTimeEntry> over_time_functions() {
    return over_time_table;
}

std::string_view help_with_foreign_function(std::string_view name) {
    for (const auto& [foreign, help] : foreign_functions)
        if (foreign == name) return help;
    return {};
}

const FunctionEntry& entry_of(Function function) {
    return function_table[static_cast<std::size_t>(function)];
}
const DrawEntry& entry_of(Draw draw) {
    return draw_table[static_cast<std::size_t>(draw)];
}
const AggregateEntry& entry_of(Aggregate aggregate) {
    return aggregate_table[static_cast<std::size_t>(aggregate)];
}
const OverTimeEntry& entry_of(OverTime over_time) {
    return over_time_table[static_cast<std::size_t>(over_time)];
}

std::string_view name_of(Function function) {
    return entry_of(function).name;
}
std::string_view name_of(Draw draw) {
    return entry_of(draw).name;
}
std::string_view name_of(Aggregate aggregate) {
    return entry_of(aggregate).name;
}
std::string_view name_of(OverTime over_time) {
    return entry_of(over_time).name;
}

}  // namespace entente
