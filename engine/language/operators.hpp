/// The operators of expressions and how tightly they bind, in one table: the parser, the checker and the reference read it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <entente/language/functions.hpp>

namespace entente {

/// Python's order, loosest first.
enum class Binding : std::uint8_t { choice, disjunction, conjunction, negation, comparison, sum, product, sign, power };

struct OperatorEntry {
    std::string_view sign;
    Binding binding;
    std::optional<Function> function;  ///< none: it leaves its operand as it is
    std::string_view form;             ///< as the reference prints it: `x + y`
    std::string_view meaning;          ///< one line
};

/// All of them, loosest first.
std::span<const OperatorEntry> operators();

/// The one of that sign among those that bind so; nothing when there is none.
const OperatorEntry* find_operator(Binding binding, std::string_view sign);

}  // namespace entente
