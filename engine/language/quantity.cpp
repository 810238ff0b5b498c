#include <entente/language/quantity.hpp>

#include <algorithm>
#include <cmath>

namespace entente {
namespace {

constexpr std::size_t most_literals = 64;
/// 365 days or 52 weeks are meant to be a year.
constexpr double near_enough = 0.05;

bool is_thing(const Unit::Factor& factor) {
    return factor.sort == Unit::Sort::thing;
}

}  // namespace

Quantity Quantity::unknown() {
    Quantity quantity;
    quantity.has_unknown_ = true;
    return quantity;
}
Quantity Quantity::number(std::optional<double> value) {
    Quantity quantity;
    quantity.is_number_ = true;
    quantity.value_ = value;
    return quantity;
}
Quantity Quantity::count() {
    Quantity quantity = number();
    quantity.counts_ = true;
    return quantity;
}
Quantity Quantity::of(Unit unit) {
    Quantity quantity;
    quantity.unit_ = std::move(unit);
    return quantity;
}
Quantity Quantity::clock(Unit unit) {
    Quantity quantity = of(std::move(unit));
    quantity.has_clock_ = true;
    return quantity;
}

Quantity Quantity::declared(const ReadUnit& read) {
    switch (read.kind) {
        case ReadUnit::Kind::unknown:
        case ReadUnit::Kind::faulty:
            return unknown();
        case ReadUnit::Kind::number:
            return number();
        case ReadUnit::Kind::unit:
            return of(read.unit);
    }
    return unknown();
}

std::string Quantity::text() const {
    return is_known() && literals_.size() == 1 ? unit_.text() : std::string{};
}

void Quantity::multiply_by_literal(double value) {
    if (has_unknown_ || value == 0 || std::abs(value) == 1 || !std::isfinite(value)) return;
    const std::size_t count = literals_.size();
    for (std::size_t i = 0; i < count; ++i) literals_.push_back(literals_[i] * std::abs(value));
    forget_if_many();
}

/// Of so many numbers nobody can say what they convert.
void Quantity::forget_if_many() {
    if (literals_.size() <= most_literals) return;
    literals_ = {1};
    has_unknown_ = true;
}

Quantity Quantity::times(const Quantity& other) const {
    if (other.is_number_ && !is_number_) return other.times(*this);
    Quantity product = other;
    product.counts_ = counts_ || other.counts_;
    product.has_clock_ = has_clock_ || other.has_clock_;
    if (is_number_) {
        if (other.is_number_)
            product.value_ = value_ && other.value_ ? std::optional(*value_ * *other.value_) : std::nullopt;
        else if (value_)
            product.multiply_by_literal(*value_);
        return product;
    }
    product.has_unknown_ = has_unknown_ || other.has_unknown_;
    product.unit_ = unit_.times(other.unit_);
    product.literals_ = {1};
    if (product.has_unknown_) return product;
    product.literals_.clear();
    for (const double a : literals_)
        for (const double b : other.literals_) product.literals_.push_back(a * b);
    product.forget_if_many();
    return product;
}

Quantity Quantity::inverse() const {
    return power_of(-1);
}

Quantity Quantity::power_of(double exponent) const {
    Quantity power = *this;
    if (value_) power.value_ = std::pow(*value_, exponent);
    power.unit_ = unit_.to_power(exponent);
    for (double& literal : power.literals_) literal = std::pow(literal, exponent);
    return power;
}

Quantity Quantity::to_power(const Quantity& exponent) const {
    if (exponent.value_ && std::isfinite(*exponent.value_)) return power_of(*exponent.value_);
    if (is_number_) return number();
    if (!has_unknown_ && unit_.is_pure()) return pure();
    return unknown();
}

Quantity Quantity::negated() const {
    Quantity negative = *this;
    if (value_) negative.value_ = -*value_;
    return negative;
}

bool Quantity::explains(double factor, const Quantity& other) const {
    for (const double a : literals_)
        for (const double b : other.literals_)
            if (std::abs(factor * b / a - 1) < near_enough) return true;
    return false;
}

std::optional<Quantity::Unlike> Quantity::unlike(const Quantity& other) const {
    if (!is_known() || !other.is_known()) return std::nullopt;
    const Unit ratio = unit_.over(other.unit_);
    const bool counts = counts_ || other.counts_;
    const auto& left = ratio.factors();
    if (std::any_of(left.begin(), left.end(), [&](const Unit::Factor& factor) { return !counts || !is_thing(factor); }))
        return literals_.size() > 1 || other.literals_.size() > 1 ? std::nullopt : std::optional(Unlike{});
    if (explains(ratio.size(), other)) return std::nullopt;
    return Unlike{ratio.size()};
}

std::optional<Quantity::Unlike> Quantity::unlike_number() const {
    const bool is_time = unit_.factors().size() == 1 && unit_.factors()[0].sort == Unit::Sort::time && unit_.factors()[0].power > 0;
    if (has_clock_ && is_time) return std::nullopt;
    return unlike(pure());
}

std::optional<Quantity::Unlike> Quantity::unlike_count() const {
    Quantity of_things = *this;
    of_things.counts_ = true;
    return of_things.unlike_number();
}

std::optional<Quantity::Unlike> Quantity::unlike_rate() const {
    const Unit years = unit_.over(per_year());
    const auto& left = years.factors();
    if (is_known() && left.size() == 1 && is_thing(left[0]) && left[0].power > 0) {
        Quantity of_things = *this;
        of_things.counts_ = true;
        return of_things.unlike(of(per_year()));
    }
    return unlike(of(per_year()));
}

Quantity Quantity::joined(const Quantity& other) const {
    if (is_number_ && other.is_number_) return counts_ ? *this : counts_ == other.counts_ ? number() : other;
    if (is_number_ || (has_unknown_ && !other.has_unknown_)) return other;
    if (other.is_number_ || other.has_unknown_) return *this;
    Quantity either = literals_.size() <= other.literals_.size() ? *this : other;  // what is surer of its unit
    either.counts_ = counts_ && other.counts_;
    either.has_clock_ = has_clock_ || other.has_clock_;
    return either;
}

}  // namespace entente
