/// Names people type: what they may look like, and what they may have meant.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// Letters, digits and underscores, not beginning with a digit, no word of the language (`and`, `if`, `for`, …).
bool is_identifier(std::string_view name);

/// The candidate nearest to `name` (Damerau-Levenshtein, case-blind), if it is near enough to be what was meant; else "".
std::string nearest_name(std::string_view name, std::span<const std::string> candidates);

/// "did you mean 'trust'?", or `otherwise` when nothing is near.
std::string did_you_mean(std::string_view name, std::span<const std::string> candidates, std::string otherwise = {});

/// Columns of our own in tables of results, of which none may be taken for a parameter's or measure's: run, point, status, …
std::span<const std::string> reserved_columns();
bool is_reserved_column(std::string_view name);

/// "a, b and c"; at most `most` names, or one more, and of more "and 12 more".
std::string listed(std::span<const std::string> names, std::size_t most = 12);

}  // namespace entente
