/// Units as people write them: products of powers of words, such as `million GBP/year` or `t per person and year`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// A unit is a scale times words to powers. Words of one dimension know each other (a year has 12 months, a tonne 1,000 kg); a word that
/// nobody knows is a dimension of its own, the same in the plural.
class Unit {
public:
    /// What a word stands for. Of events and rows counted a number alone cannot tell which thing it is of.
    enum class Sort { time, measure, money, thing };
    struct Factor {
        std::string written;
        std::string base;    ///< the dimension: words of the same base are converted
        double in_base = 1;  ///< how many of the base one of the word is
        double power = 1;    ///< never 0
        Sort sort = Sort::thing;
    };

    Unit() = default;  ///< a pure number
    static Unit scaled(double scale) { return Unit({}, scale); }
    static Unit of_word(Factor factor) { return Unit({std::move(factor)}, 1); }

    [[nodiscard]] const std::vector<Factor>& factors() const { return factors_; }
    [[nodiscard]] bool is_pure() const { return factors_.empty(); }  ///< a pure number, maybe scaled as percent are
    /// How many units of the bases it is: 12 for `1/month`, 0.01 for `percent`.
    [[nodiscard]] double size() const;
    /// As it would be written: `million GBP/year`, `t/(person year)`, `1`.
    [[nodiscard]] std::string text() const;

    [[nodiscard]] Unit times(const Unit& other) const;
    [[nodiscard]] Unit to_power(double exponent) const;
    [[nodiscard]] Unit over(const Unit& other) const { return times(other.to_power(-1)); }

private:
    Unit(std::vector<Factor> factors, double scale) : factors_(std::move(factors)), scale_(scale) {}
    void multiply_by(const Factor& factor);

    std::vector<Factor> factors_;  ///< in the order in which they came up, each base once
    double scale_ = 1;
};

/// 1/year, in which rates are.
const Unit& per_year();

/// A unit's text, read.
struct ReadUnit {
    enum class Kind {
        unknown,  ///< none given, or words for people alone: compatible with everything
        number,   ///< `yes or no` and the like: a number that may be added to anything
        unit,
        faulty,  ///< meant as a formula, and none
    };
    Kind kind = Kind::unknown;
    Unit unit;          ///< of Kind::unit
    std::string fault;  ///< of Kind::faulty: what is wrong
};

ReadUnit read_unit(std::string_view text);

// -- words ---------------------------------------------------------------------------------------------------------------------------

/// What a single word of a unit is: a factor, a scale (`million`), or a pure number (`share`: scale 1, `percent`: 0.01).
struct UnitWord {
    enum class Kind { factor, scale, pure };
    Kind kind = Kind::factor;
    Unit::Factor factor;
    double scale = 1;
};
UnitWord unit_word(std::string_view word);

/// `people` is person, `countries` country, `GBP` itself.
std::string singular(std::string_view word);

}  // namespace entente
