/// Expression text to tokens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <entente/base/problem.hpp>
#include <entente/language/quotes.hpp>

namespace entente {

struct Token {
    enum class Kind { number, name, text, sign, end };
    Kind kind;
    std::string_view text;
    std::size_t begin;
    double number = 0;
    std::string value{};  ///< of a text, without quotes and escapes
};

/// All tokens, the last of Kind::end; empty after a problem, which helps with names that lack their quotes.
std::vector<Token> tokenise(const Text& text, Problems& problems, const IsName& is_name = {});

}  // namespace entente
