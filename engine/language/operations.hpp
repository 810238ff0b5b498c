/// What the instructions of block programs may do, in one table: whoever lists, folds, weighs, checks or cuts up programs reads it.
///
/// How the kernels do an operation is `execute` in engine/runtime/kernels.inc, and which machine instruction it is, if one, the table in
/// engine/runtime/native_writer.cpp.
#pragma once

#include <cstdint>
#include <string_view>

namespace entente {

enum class Op : std::uint8_t {
    // d = a op b; at most one of them a constant
    add,
    subtract,
    multiply,
    divide,
    power,
    modulo,
    atan2,
    minimum,
    maximum,
    less,
    less_equal,
    equal,
    not_equal,
    logical_and,
    logical_or,
    fires,  ///< 1 where the uniform draw a lies below -expm1(-b), the chance of an event that is expected b times; else 0
    // d = op a
    negate,
    logical_not,
    absolute,
    square_root,
    exp,
    expm1,
    log,
    log1p,
    sin,
    cos,
    tan,
    tanh,
    atan,
    floor,
    ceil,
    round,
    copy,
    normal,  ///< the standard normal quantile of a uniform draw
    // d = a ? b : c
    select,
    poisson,  ///< d = Poisson count with mean b for the uniform draw a, the half c of its block
    draw,     ///< d, second = two independent uniforms in [0, 1)
    // effects
    check,       ///< stop the run where mask b holds and a is no admissible value
    skip,        ///< what follows is for elements where a is not 0; c: what its instructions cost on a vector, in the mean
    store,       ///< column[map] = a [where b]
    contribute,  ///< column[map] += a [where b], in row order
    contribute_min,
    contribute_max,
    native,  ///< machine code does what the instructions up to `second` do; put in by the runtime
};

/// What an operation is, whoever runs it.
struct Operation {
    enum class Form {
        value,         ///< d = value(a, b, c), and nothing else
        count,         ///< d, for which further uniforms of the draw `extra` may be taken
        draw,          ///< d and second: the uniforms of the draw `extra`
        check,         ///< the check `extra`
        skip,          ///< to the instruction `extra`
        store,         ///< to the effect `extra`
        contribution,  ///< to the effect `extra`
        native,        ///< the machine code `extra`
    };
    enum class Result { number, truth };  ///< truth: surely 0 or 1
    /// Of numbers: what is folded where all operands are known, with the bits of every kernel. Of contributions: what a row that has a
    /// becomes when b is contributed.
    using Value = double (*)(double a, double b, double c);

    Op op;
    std::string_view name;  ///< as listings have it
    Form form;
    int operands;  ///< the first so many of a, b and c are read; the second one of an effect is its mask, or missing
    double cost;   ///< on a vector, in additions, about
    Result result = Result::number;
    Value value = nullptr;  ///< null: none can be worked out beforehand
};

const Operation& operation(Op op);

/// The value of `op` on numbers: the same bits as every kernel gives. For folding constants, and as the tests' reference. Throws
/// std::logic_error for operations that have none.
double evaluate(Op op, double a, double b = 0, double c = 0);

}  // namespace entente
