/// Numbers as people write them, by one rule wherever they stand: scenarios, expressions, tables, arguments.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace entente {

/// Python's decimal literals, without a sign: 12, 1_000, 0.5, .5, 1e-3. A whole number begins with no 0, which would mean eight in some
/// programs and ten in others. Nothing for all else, and for what is too large or too small for a double.
std::optional<double> parse_decimal(std::string_view text);

/// The same literals without the underscores that group digits; nothing where one does not stand between two digits, or a 0 leads.
std::optional<std::string> plain_decimal(std::string_view text);

/// Of a text that is none for its leading zeros alone, with or without a sign, what it is without them: "10" of "010"; else "".
std::string without_leading_zeros(std::string_view text);

}  // namespace entente
