/// The vocabulary of expressions, in one table each: the parser, the checker, the compiler, the documentation and the tests read these.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <entente/language/operations.hpp>

namespace entente {

class ProgramBuilder;
struct Value;

enum class Function : std::uint8_t {
    add,
    subtract,
    multiply,
    divide,
    power,
    modulo,
    negate,
    less,
    less_equal,
    greater,
    greater_equal,
    equal,
    not_equal,
    logical_and,
    logical_or,
    logical_not,
    conditional,  ///< of condition, then, else
    abs,
    sqrt,
    exp,
    log,
    log1p,
    expm1,
    sin,
    cos,
    tan,
    tanh,
    atan,
    atan2,
    floor,
    ceil,
    round,
    min,
    max,
    sign,
    clip,
    logistic,
    logit,
    step,
    toward,
    chance,
};
enum class Draw : std::uint8_t { uniform, normal, bernoulli, poisson, exponential, lognormal };
enum class Aggregate : std::uint8_t { sum, mean, min, max, count, any, all, median, weighted_median };
enum class OverTime : std::uint8_t { first, last, total, average, peak, trough, share };

/// One callable name.
struct Callable {
    std::string_view name;
    std::string_view signature;  ///< as the reference prints it: `clip(x, lo, hi)`
    std::string_view meaning;    ///< one line, with the equation
    int fewest;                  ///< arguments
    int most;                    ///< -1: any number
};

/// What a row of a table must state: left out, it does not compile.
template <class T>
struct Stated {
    constexpr Stated(T stated) : value(stated) {}  // NOLINT: rows are written as plain values
    T value;
};

/// How units go through a function.
enum class UnitRule {
    alike,     ///< takes values of like units, gives one of them
    product,   ///< gives the product of both
    quotient,  ///< and their quotient
    power,     ///< the first to the power of the second, which is a number
    root,      ///< the square root
    same,      ///< gives the unit that it takes
    compared,  ///< takes values of like units, gives a number
    number,    ///< takes anything, gives a number
    choice,    ///< takes anything and two values of like units, gives one of these
    pure,      ///< takes a number, gives a number
    angle,     ///< takes two values of like units, gives a number
    toward,    ///< takes two values of like units and a rate, gives what is between the first two
    chance,    ///< takes a rate, gives a number
};
/// How units go through a draw.
enum class DrawUnit {
    alike,    ///< takes values of like units, gives one of them
    chance,   ///< takes a number, gives a number
    count,    ///< takes an expected number, gives a number
    inverse,  ///< gives one over what it takes
    number,   ///< takes numbers, gives a number
};
/// How units go through what is taken over rows or over time.
enum class GatheredUnit {
    same,    ///< gives the unit of the values taken
    count,   ///< counts
    number,  ///< gives a number, whatever it takes
    share,   ///< gives a share, whatever it takes
    date,    ///< gives a date
};

struct FunctionEntry : Callable {
    Function function;
    /// The instructions that it becomes; `dt` is a tick's length in years.
    Value (*make)(ProgramBuilder& builder, std::span<const Value> arguments, double dt);
    Stated<UnitRule> unit;
};
struct DrawEntry : Callable {
    Draw draw;
    double defaults[2];
    Stated<DrawUnit> unit;
};
/// How an aggregate is taken, item after item in the order of their rows.
struct Reduction {
    enum class Counted {
        no,
        against_none,  ///< items are counted, and of none it is 0
        for_the_mean,  ///< likewise, and the result is divided by their number
    };
    Op how;             ///< contribution of an item
    double start;       ///< before the first one
    bool of_truth;      ///< items are taken as 0 or 1
    Counted counted;
};

struct AggregateEntry : Callable {
    Aggregate aggregate;
    std::optional<Reduction> reduction;  ///< none: items are sorted
    Stated<GatheredUnit> unit;
};
struct OverTimeEntry : Callable {
    OverTime over_time;
    Stated<GatheredUnit> unit;
};

std::span<const FunctionEntry> functions();  ///< those called by name; operators are not among them
std::span<const DrawEntry> draws();
std::span<const AggregateEntry> aggregates();
std::span<const OverTimeEntry> over_time_functions();

/// What to write for a function that other languages have by that name and this one has not; "" of all other names.
std::string_view help_with_foreign_function(std::string_view name);

/// The row of a table.
const FunctionEntry& entry_of(Function function);  ///< operators' too
const DrawEntry& entry_of(Draw draw);
const AggregateEntry& entry_of(Aggregate aggregate);
const OverTimeEntry& entry_of(OverTime over_time);

std::string_view name_of(Function function);  ///< the operator's sign or the function's name
std::string_view name_of(Draw draw);
std::string_view name_of(Aggregate aggregate);
std::string_view name_of(OverTime over_time);

}  // namespace entente
