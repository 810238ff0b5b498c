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

/// Whose unit a function's value has.
enum class Unit {
    none,       ///< its own, or it is a pure number
    product,    ///< of both arguments together: a product or a quotient
    of_first,   ///< the first argument's
    of_all,     ///< that of all arguments
    of_choice,  ///< that of all but the first
};

struct FunctionEntry : Callable {
    Function function;
    /// The instructions that it becomes; `dt` is a tick's length in years.
    Value (*make)(ProgramBuilder& builder, std::span<const Value> arguments, double dt);
    Unit unit = Unit::none;
};
struct DrawEntry : Callable {
    Draw draw;
    double defaults[2];
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
};
struct OverTimeEntry : Callable {
    OverTime over_time;
};

std::span<const FunctionEntry> functions();  ///< those called by name; operators are not among them
std::span<const DrawEntry> draws();
std::span<const AggregateEntry> aggregates();
std::span<const OverTimeEntry> over_time_functions();

/// What to write for a function that other languages have by that name and this one has not; "" of all other names.
std::string_view help_with_foreign_function(std::string_view name);

/// The row of a table.
const FunctionEntry& entry_of(Function function);  ///< operators' too
const AggregateEntry& entry_of(Aggregate aggregate);

std::string_view name_of(Function function);  ///< the operator's sign or the function's name
std::string_view name_of(Draw draw);
std::string_view name_of(Aggregate aggregate);
std::string_view name_of(OverTime over_time);

}  // namespace entente
