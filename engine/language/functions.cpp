#include <entente/language/functions.hpp>

#include <array>

namespace entente {
namespace {

constexpr std::array<FunctionEntry, 23> function_table{{
    {{"abs", "abs(x)", "|x|", 1, 1}, Function::abs},
    {{"sqrt", "sqrt(x)", "square root", 1, 1}, Function::sqrt},
    {{"exp", "exp(x)", "e to the power x", 1, 1}, Function::exp},
    {{"log", "log(x)", "natural logarithm", 1, 1}, Function::log},
    {{"log1p", "log1p(x)", "log(1 + x), exact for small x", 1, 1}, Function::log1p},
    {{"expm1", "expm1(x)", "exp(x) - 1, exact for small x", 1, 1}, Function::expm1},
    {{"sin", "sin(x)", "sine, x in radians", 1, 1}, Function::sin},
    {{"cos", "cos(x)", "cosine, x in radians", 1, 1}, Function::cos},
    {{"tan", "tan(x)", "tangent, x in radians", 1, 1}, Function::tan},
    {{"tanh", "tanh(x)", "hyperbolic tangent", 1, 1}, Function::tanh},
    {{"atan", "atan(x)", "arc tangent, in radians", 1, 1}, Function::atan},
    {{"floor", "floor(x)", "the largest whole number not above x", 1, 1}, Function::floor},
    {{"ceil", "ceil(x)", "the smallest whole number not below x", 1, 1}, Function::ceil},
    {{"round", "round(x)", "the nearest whole number, halves to the even one", 1, 1}, Function::round},
    {{"min", "min(a, b, …)", "the smallest", 2, -1}, Function::min},
    {{"max", "max(a, b, …)", "the largest", 2, -1}, Function::max},
    {{"sign", "sign(x)", "-1, 0 or 1", 1, 1}, Function::sign},
    {{"clip", "clip(x, lo, hi)", "x held between lo and hi: min(max(x, lo), hi)", 3, 3}, Function::clip},
    {{"logistic", "logistic(x)", "1 / (1 + exp(-x))", 1, 1}, Function::logistic},
    {{"logit", "logit(p)", "log(p / (1 - p))", 1, 1}, Function::logit},
    {{"step", "step(x)", "1 if x >= 0, else 0", 1, 1}, Function::step},
    {{"toward", "toward(x, target, rate)", "x + (target - x) * (1 - exp(-rate * dt)): x after a tick of approach at `rate` a year", 3, 3},
     Function::toward},
    {{"chance", "chance(rate)", "1 - exp(-rate * dt): the chance that something of `rate` a year happens within a tick", 1, 1},
     Function::chance},
}};

constexpr std::array<DrawEntry, 6> draw_table{{
    {{"uniform", "uniform(a=0, b=1)", "evenly between a and b", 0, 2}, Draw::uniform, {0, 1}},
    {{"normal", "normal(m=0, s=1)", "normal with mean m and standard deviation s", 0, 2}, Draw::normal, {0, 1}},
    {{"bernoulli", "bernoulli(p)", "1 with probability p, else 0", 1, 1}, Draw::bernoulli, {0, 0}},
    {{"poisson", "poisson(m)", "a Poisson count with mean m", 1, 1}, Draw::poisson, {0, 0}},
    {{"exponential", "exponential(rate)", "a waiting time with mean 1 / rate", 1, 1}, Draw::exponential, {0, 0}},
    {{"lognormal", "lognormal(m, s)", "exp of a normal with mean m and standard deviation s", 2, 2}, Draw::lognormal, {0, 0}},
}};

constexpr std::array<AggregateEntry, 9> aggregate_table{{
    {{"sum", "sum(x for r in …)", "the sum; of nothing 0", 1, 1}, Aggregate::sum},
    {{"mean", "mean(x for r in …)", "the mean; of nothing 0", 1, 1}, Aggregate::mean},
    {{"min", "min(x for r in …)", "the smallest; of nothing 0", 1, 1}, Aggregate::min},
    {{"max", "max(x for r in …)", "the largest; of nothing 0", 1, 1}, Aggregate::max},
    {{"count", "count(x for r in …)", "how many are not 0", 1, 1}, Aggregate::count},
    {{"any", "any(x for r in …)", "1 if one is not 0; of nothing 0", 1, 1}, Aggregate::any},
    {{"all", "all(x for r in …)", "1 if none is 0; of nothing 1", 1, 1}, Aggregate::all},
    {{"median", "median(x for r in …)", "the middle value, the mean of the two middle ones; of nothing 0", 1, 1}, Aggregate::median},
    {{"weighted_median", "weighted_median((x, w) for r in …)", "the smallest x at which half of the weight is reached; of nothing 0", 1, 1},
     Aggregate::weighted_median},
}};

constexpr std::array<OverTimeEntry, 7> over_time_table{{
    {{"first", "first(condition)", "the date of the first tick at whose end the condition holds, or never", 1, 1}, OverTime::first},
    {{"last", "last(x)", "the value at the end of the last tick", 1, 1}, OverTime::last},
    {{"total", "total(x)", "the sum over the ticks", 1, 1}, OverTime::total},
    {{"average", "average(x)", "the mean over the ticks", 1, 1}, OverTime::average},
    {{"peak", "peak(x)", "the largest value", 1, 1}, OverTime::peak},
    {{"trough", "trough(x)", "the smallest value", 1, 1}, OverTime::trough},
    {{"share", "share(condition)", "the share of ticks in which the condition holds", 1, 1}, OverTime::share},
}};

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

template <class Table, class Member, class Value>
std::string_view find_name(const Table& table, Member member, Value value) {
    for (const auto& entry : table)
        if (entry.*member == value) return entry.name;
    return "?";
}

}  // namespace

std::span<const FunctionEntry> functions() {
    return function_table;
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

std::string_view name_of(Function function) {
    switch (function) {
        case Function::add:
            return "+";
        case Function::subtract:
        case Function::negate:
            return "-";
        case Function::multiply:
            return "*";
        case Function::divide:
            return "/";
        case Function::power:
            return "**";
        case Function::modulo:
            return "%";
        case Function::less:
            return "<";
        case Function::less_equal:
            return "<=";
        case Function::greater:
            return ">";
        case Function::greater_equal:
            return ">=";
        case Function::equal:
            return "==";
        case Function::not_equal:
            return "!=";
        case Function::logical_and:
            return "and";
        case Function::logical_or:
            return "or";
        case Function::logical_not:
            return "not";
        case Function::conditional:
            return "if";
        default:
            return find_name(functions(), &FunctionEntry::function, function);
    }
}
std::string_view name_of(Draw draw) {
    return find_name(draw_table, &DrawEntry::draw, draw);
}
std::string_view name_of(Aggregate aggregate) {
    return find_name(aggregate_table, &AggregateEntry::aggregate, aggregate);
}
std::string_view name_of(OverTime over_time) {
    return find_name(over_time_table, &OverTimeEntry::over_time, over_time);
}

}  // namespace entente
