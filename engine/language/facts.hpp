/// What is known of a value before anything runs: on every row of its program, and of the value as a whole.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <entente/language/program.hpp>

namespace entente {

/// By row of a program's domain: the number that the value is there, in all runs and ticks, as far as it is known.
struct RowFacts {
    enum class Known : std::uint8_t {
        no,
        zero,  ///< 0 of either sign
        yes,   ///< to the last bit
    };
    std::vector<double> value;
    std::vector<Known> known;

    [[nodiscard]] bool is_zero(std::size_t row) const { return known[row] != Known::no && value[row] == 0; }
    [[nodiscard]] bool is_not_zero(std::size_t row) const { return known[row] == Known::yes && value[row] != 0; }
    [[nodiscard]] bool is(std::size_t row, double number) const;  ///< that number, to the last bit
    [[nodiscard]] std::optional<double> everywhere() const;         ///< the number that it is on all rows, if there is one
};
using RowFactsPtr = std::shared_ptr<const RowFacts>;  ///< null: nothing is known on any row

/// What a value surely is, on whatever row.
struct Bounds {
    double most = std::numeric_limits<double>::infinity();  ///< |value| is not above it; infinite: it may be infinite, or not a number
    bool no_negative_zero = false;  ///< it is never -0
    bool sign_clear = false;        ///< it is 0 or more (or not a number), and never -0
    [[nodiscard]] bool is_finite() const { return most <= std::numeric_limits<double>::max(); }
};

/// What a program's builder is told of what the program reads.
class Knowledge {
public:
    virtual ~Knowledge() = default;
    [[nodiscard]] virtual RowFactsPtr facts(const Load& load) const = 0;  ///< of as many rows as the program's domain has
    [[nodiscard]] virtual Bounds bounds(const Load& load) const = 0;
    [[nodiscard]] virtual Bounds bounds(const Uniform& uniform) const = 0;
};

Bounds bounds_of(double constant);

/// An operand of an operation, as far as it is known.
struct KnownOperand {
    bool is_given = false;
    bool is_constant = false;
    bool is_draw = false;  ///< a uniform draw: at least 0, below 1
    double constant = 0;
    const RowFacts* facts = nullptr;
    Bounds bounds;
};

/// What follows for the result. Where operands are known on a row, so is it; beyond that 0 makes a product 0, if that hides nothing that is
/// not a number, and decides `and`; what is not 0 decides `or`; nothing fires at rate 0. Of chances that are none nothing is said,
/// so that their check is made.
RowFactsPtr facts_of(Op op, std::span<const KnownOperand, 3> operands);
Bounds bounds_of(Op op, std::span<const KnownOperand, 3> operands);

}  // namespace entente
