/// Names as people have them, where an expression holds them: what is no plain word stands in quotes there, as Python has it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace entente {

/// Whether an agent may be called so: any text that is not empty and holds no control characters, line breaks or tabs among them. Gives
/// what is wrong, "" where nothing is.
std::string name_fault(std::string_view name);

/// `'Côte d\'Ivoire'`: the name in single quotes.
std::string in_quotes(std::string_view name);

/// As the brackets of `state[…]` take it: a plain word as it is, all else in quotes, the words `self`, `source`, `target` and `reverse` too.
std::string as_index(std::string_view name);

/// As one end of `a -> b`, where a name needs quotes only if it holds an arrow, begins with a quote or has blanks around it.
std::string as_end(std::string_view name);

/// The names of both ends of `a -> b`, as written by as_end; nothing where there is no arrow.
std::optional<std::pair<std::string, std::string>> ends_of_link(std::string_view link);

/// The names as_index, for a list of them.
std::vector<std::string> as_indices(const std::vector<std::string>& names);

/// "did you mean 'Côte d\'Ivoire'?", or `otherwise` when no name is near.
std::string did_you_mean_name(std::string_view name, const std::vector<std::string>& candidates, std::string otherwise);

/// Where the arrow of `a -> b` stands; npos where there is none. In quotes, with which an end may begin, it is part of a name.
std::size_t find_arrow(std::string_view link);

/// What stands in quotes at the beginning of a text, by Python's rules for strings without prefixes: either quote; `\\`, `\'`, `\"`, `\n`,
/// `\t`, `\r`, `\x41`, `\u0041` and `\U00000041`.
struct Quoted {
    std::string text;        ///< without its quotes and escapes
    std::size_t size = 0;    ///< bytes that it takes, quotes among them; those up to the fault where there is one
    std::string fault = {};  ///< what is wrong; "" where nothing is
    std::string help = {};
};
Quoted read_quoted(std::string_view text);
/// The name that one end of `a -> b` holds in quotes; nothing where it is not in quotes from its first to its last character.
std::optional<std::string> name_in_quotes(std::string_view end);

/// The first of the characters `wanted` from `from` on that stands outside brackets, within which quotes are passed over; npos: there is none.
std::size_t find_outside_brackets(std::string_view text, std::string_view wanted, std::size_t from = 0);

/// Whether a text is a name that an expression may hold.
using IsName = std::function<bool(std::string_view)>;

/// What helps where an expression can't be read at byte `at` since a name stands there without the quotes that it needs; "" where none does.
std::string help_with_bare_name(std::string_view expression, std::size_t at, const IsName& is_name);

}  // namespace entente
