// The grammar of units:
//   unit   = group, then any of "*" group, "/" group, "per" group { "and" group }
//   group  = factors beside each other, which belong together on either side of a stroke
//   factor = number or word or "(" unit ")" or "sqrt(" unit ")", then maybe "^" number
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include <entente/language/units.hpp>

namespace entente {
namespace {

/// Thrown inside the reader only: what stands there is for people, and no formula.
struct NoFormula {};
/// A formula that is wrong.
struct WrongFormula {
    std::string what;
};

bool is_part_of_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c == '\'' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

class UnitReader {
public:
    explicit UnitReader(std::string_view text) : text_(text) {}

    Unit whole() {
        Unit unit = product();
        if (!at_end()) stray();
        return unit;
    }

private:
    Unit product() {
        Unit unit = next_is("/") || next_is_word("per") ? Unit{} : group();
        for (;;) {
            if (take("*") || take("·") || take("×"))
                unit = unit.times(wanted_group());
            else if (take("/"))
                unit = unit.over(wanted_group());
            else if (take_word("per") || take_article())
                unit = divided_by_all(unit);
            else
                return unit;
        }
    }

    /// What stands after `per`: `person and year`.
    Unit divided_by_all(Unit unit) {
        do unit = unit.over(wanted_group());
        while (take_word("and"));
        return unit;
    }

    Unit wanted_group() {
        if (!begins_factor()) throw WrongFormula{at_end() ? "it ends where a unit should follow" : fmt::format("'{}' stands where a unit should", text_[at_])};
        return group();
    }

    Unit group() {
        if (!begins_factor()) stray();
        Unit unit = factor();
        while (begins_factor() && !next_is_article()) unit = unit.times(factor());
        if (take_word("of")) {
            const Unit of = wanted_group();  // a share of people is a share, thousands of people are people
            if (!unit.is_pure() || unit.size() > 1) unit = unit.times(of);
        }
        return unit;
    }

    Unit factor() {
        Unit unit;
        if (take("(")) {
            unit = product();
            if (!take(")")) throw WrongFormula{"a parenthesis is not closed"};
        } else if (is_digit(peek())) {
            unit = number();
        } else {
            unit = word();
        }
        return raised(unit);
    }

    Unit raised(const Unit& unit) {
        if (take("²")) return unit.to_power(2);
        if (take("³")) return unit.to_power(3);
        if (!take("**") && !take("^")) return unit;
        skip_blanks();
        const bool is_negative = take("-");
        if (!is_digit(peek())) throw WrongFormula{"a power is no number"};
        const double power = digits();
        return unit.to_power(is_negative ? -power : power);
    }

    /// A year before or after words is part of a name: `million 2015 USD`.
    Unit number() {
        const std::size_t begin = at_;
        const double value = digits();
        const std::string written(text_.substr(begin, at_ - begin));
        if (written.size() == 4 && value >= 1900 && value <= 2100 && value == std::floor(value) && text_.size() > 4)
            return Unit::of_word({written, written, 1, 1, Unit::Sort::thing});
        return Unit::scaled(value);
    }

    /// `1000`, `1,000`, `0.5`, `1e6`
    double digits() {
        std::string found;
        while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.' || is_comma_in_number() || is_exponent())) {
            if (text_[at_] != ',') found += text_[at_];
            ++at_;
        }
        return std::strtod(found.c_str(), nullptr);
    }
    [[nodiscard]] bool is_comma_in_number() const {
        return text_[at_] == ',' && at_ + 3 < text_.size() && std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(at_) + 1, text_.begin() + static_cast<std::ptrdiff_t>(at_) + 4, is_digit);
    }
    [[nodiscard]] bool is_exponent() const { return text_[at_] == 'e' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]); }

    Unit word() {
        const std::string_view written = next_word();
        at_ += written.size();
        if (written == "sqrt" && next_is("(")) return factor().to_power(0.5);
        const UnitWord word = unit_word(written);
        if (singular(written) == "log") {  // of odds, of a hazard: a number
            while (begins_factor()) factor();
            return {};
        }
        switch (word.kind) {
            case UnitWord::Kind::factor:
                return Unit::of_word(word.factor);
            case UnitWord::Kind::scale:
                return Unit::scaled(word.scale);
            case UnitWord::Kind::pure:
                if (singular(next_word()) == "point") at_ += next_word().size();  // percentage points
                return Unit::scaled(word.scale);
        }
        return {};
    }

    // -- characters ------------------------------------------------------------------------------------------------------------------

    void skip_blanks() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    }
    [[nodiscard]] char peek() {
        skip_blanks();
        return at_ < text_.size() ? text_[at_] : '\0';
    }
    [[nodiscard]] bool at_end() { return peek() == '\0'; }
    [[nodiscard]] bool next_is(std::string_view sign) {
        skip_blanks();
        return text_.substr(at_).starts_with(sign);
    }
    bool take(std::string_view sign) {
        if (!next_is(sign)) return false;
        at_ += sign.size();
        return true;
    }
    /// The word that comes next, a sign of percent among them; "" where none does. A hyphen parts words.
    [[nodiscard]] std::string_view next_word() {
        skip_blanks();
        if (at_ < text_.size() && text_[at_] == '%') return text_.substr(at_, 1);
        std::size_t end = at_;
        while (end < text_.size() && is_part_of_word(text_[end]) && !is_sign(end)) ++end;
        return text_.substr(at_, end - at_);
    }
    [[nodiscard]] bool is_sign(std::size_t at) const {
        constexpr std::array<std::string_view, 4> signs{"·", "×", "²", "³"};
        return std::any_of(signs.begin(), signs.end(), [&](std::string_view sign) { return text_.substr(at).starts_with(sign); });
    }
    [[nodiscard]] bool next_is_word(std::string_view word) { return next_word() == word; }
    bool take_word(std::string_view word) {
        if (!next_is_word(word)) return false;
        at_ += word.size();
        return true;
    }
    /// `2 visits a year`
    [[nodiscard]] bool next_is_article() {
        const std::string_view word = next_word();
        if (word != "a" && word != "an") return false;
        const std::size_t before = at_;
        at_ += word.size();
        const UnitWord next = unit_word(next_word());
        at_ = before;
        return next.kind == UnitWord::Kind::factor && next.factor.sort == Unit::Sort::time;
    }
    bool take_article() {
        if (!next_is_article()) return false;
        at_ += next_word().size();
        return true;
    }
    [[nodiscard]] bool begins_factor() {
        if (next_is_word("per") || next_is_word("and") || next_is_word("of")) return false;
        if (peek() == '-' && at_ > 0 && is_part_of_word(text_[at_ - 1])) {  // person-years
            ++at_;
            return begins_factor();
        }
        return is_digit(peek()) || peek() == '(' || !next_word().empty();
    }
    [[noreturn]] void stray() {
        if (peek() == ')') throw WrongFormula{"a parenthesis is not opened"};
        throw NoFormula{};
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

constexpr std::array<std::string_view, 12> truths{"yes or no", "yes/no",   "no or yes", "no/yes", "true or false", "true/false",
                                                  "0 or 1",    "1 or 0", "0/1",       "boolean", "binary",        "bool"};

}  // namespace

ReadUnit read_unit(std::string_view text) {
    ReadUnit read;
    if (text.empty() || text == "n/a") return read;
    if (std::find(truths.begin(), truths.end(), text) != truths.end()) {
        read.kind = ReadUnit::Kind::number;
        return read;
    }
    try {
        read.unit = UnitReader(text).whole();
        read.kind = ReadUnit::Kind::unit;
    } catch (const NoFormula&) {
        read.kind = ReadUnit::Kind::unknown;
    } catch (const WrongFormula& wrong) {
        read.kind = ReadUnit::Kind::faulty;
        read.fault = wrong.what;
    }
    return read;
}

}  // namespace entente
