/// What is known of the unit of an expression's value, and how operations on values change it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <entente/language/units.hpp>

namespace entente {

/// The rules for what carries no unit of its own:
///  - a number written in an expression, a truth value, a count of events or rows goes with everything in a sum or comparison;
///  - a number in a product may be a conversion (`12 * monthly`) or have any unit (`0.1 * distance`): only a scale that it does not
///    explain is told;
///  - what has no unit goes with everything, and so does each product of it.
class Quantity {
public:
    static Quantity unknown();
    static Quantity number(std::optional<double> value = {});  ///< as written, where that is known
    static Quantity count();                                   ///< of events or rows
    static Quantity of(Unit unit);
    static Quantity pure() { return of({}); }
    /// t and dt: years, which with an unwritten rate of 1 a year may stand for a number.
    static Quantity clock(Unit unit);
    /// What is declared by a unit's text; a faulty one is unknown.
    static Quantity declared(const ReadUnit& read);

    [[nodiscard]] bool is_known() const { return !is_number_ && !has_unknown_; }
    [[nodiscard]] bool is_number() const { return is_number_; }
    [[nodiscard]] const Unit& unit() const { return unit_; }
    /// For people and results: `million GBP/year`; "" where nobody knows.
    [[nodiscard]] std::string text() const;

    [[nodiscard]] Quantity times(const Quantity& other) const;
    [[nodiscard]] Quantity over(const Quantity& other) const { return times(other.inverse()); }
    [[nodiscard]] Quantity to_power(const Quantity& exponent) const;
    [[nodiscard]] Quantity negated() const;

    /// How two quantities that should be alike are not.
    struct Unlike {
        std::optional<double> factor;  ///< how many of the other's unit one of this one's is; none: they measure different things
    };
    [[nodiscard]] std::optional<Unlike> unlike(const Quantity& other) const;
    /// How it is no number as exp, log and sin take.
    [[nodiscard]] std::optional<Unlike> unlike_number() const;
    /// How it is no number of events or rows, as a probability is; things counted may be its unit.
    [[nodiscard]] std::optional<Unlike> unlike_count() const;
    /// How it is no 1/year. Things counted may be per year, too: attacks/year.
    [[nodiscard]] std::optional<Unlike> unlike_rate() const;
    /// The unit of a value that is this one or the other, which are alike.
    [[nodiscard]] Quantity joined(const Quantity& other) const;

private:
    [[nodiscard]] Quantity inverse() const;
    [[nodiscard]] Quantity power_of(double exponent) const;
    void multiply_by_literal(double value);
    void forget_if_many();
    /// Whether `factor` is explained by the literals of either side, as near as 365 days are a year.
    [[nodiscard]] bool explains(double factor, const Quantity& other) const;

    bool is_number_ = false;
    bool has_unknown_ = false;  ///< a factor of no unit
    bool counts_ = false;       ///< a factor that counts events or rows: which things they are it does not say
    bool has_clock_ = false;
    std::optional<double> value_;      ///< of a number
    Unit unit_;                        ///< of its known factors
    std::vector<double> literals_{1};  ///< what the number may have been converted by: any product of the literals in it
};

}  // namespace entente
